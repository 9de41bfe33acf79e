/* What the limits of a page leave out, in words (GITHUB 4). */
#include "render/page_rows.h"

#include "model/comparison.h"

#include <inttypes.h>

enum { COUNTED_MOST = 999999 };	/* more digits on end may be taken for a commit */

static uint64_t
over(uint64_t count, size_t limit)
{
	return count > limit ? count - limit : 0;
}

static uint64_t
gates_over(const struct page *page)
{
	const struct result *result = page->result;
	uint64_t failed = 0;

	for (size_t i = 0; i < result->gate_count; i++)
		failed += result->gates[i].status == VERDICT_FAIL;
	return over(failed, page->limits.gates);
}

static uint64_t
tests_over(const struct page *page)
{
	const struct comparison *comparison = page->result->comparison;
	size_t limit = page->limits.tests;

	if (!comparison)
		return over(page->result->outcome.failing.count, limit);
	return over(comparison->tests[CHANGE_NEW_FAILURE].count, limit) +
	    over(comparison->tests[CHANGE_STILL_FAILING].count, limit) +
	    over(comparison->incomparable.count, limit);
}

static uint64_t
files_over(const struct page *page)
{
	return over(page->result->patch.diff ? page->uncovered_count : page->file_count, page->limits.files);
}

static void
add_words(struct strbuf *out, bool some, const char *words)
{
	if (some)
		strbuf_addf(out, "%s%s", out->length ? ", " : "", words);
}

static void
add_count(struct strbuf *out, uint64_t count, const char *one, const char *many)
{
	add_words(out, count > 0, count > COUNTED_MOST ? "over " : "");
	if (count)
		strbuf_addf(out, "%" PRIu64 " %s", count > COUNTED_MOST ? COUNTED_MOST : count,
		    count == 1 ? one : many);
}

static struct str
words_text(struct view view, struct strbuf *scratch)
{
	const struct page *page = page_of(view);
	const struct page_limits *limits = &page->limits;
	bool failing = page->result->outcome.failing.count > 0;

	strbuf_reset(scratch);
	add_count(scratch, gates_over(page), "failed gate", "failed gates");
	add_count(scratch, tests_over(page), "failing test", "failing tests");
	add_count(scratch, files_over(page), "file to cover", "files to cover");
	add_count(scratch, over(page->result->report->audit.count, limits->findings), "finding of the audit",
	    "findings of the audit");
	add_words(scratch, limits->no_messages && failing, "messages");
	add_words(scratch, !limits->stack_lines && failing, "stacks");
	add_count(scratch, limits->no_groups || page->package_count < 2 ? 0 : over(page->package_count, limits->files),
	    "package", "packages");
	add_words(scratch, limits->no_groups && page->result->component_count, "components");
	add_words(scratch, limits->no_groups && page->package_count > 1, "packages");
	add_words(scratch, limits->no_details, "what passed");
	return strbuf_str(scratch);
}

static const struct view_type words_type = {
	.kind = VIEW_TEXT,
	.text = words_text,
	.some = view_built,
	.plain = true,
};

struct view
page_left_out(const struct page *page)
{
	return (struct view){&words_type, page, 0};
}
