/* The <line> elements of Cobertura. */
#include "render/cobertura_line.h"

#include "base/number.h"
#include "model/branch.h"
#include "render/escape.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	PERCENT_PLACES = 6,
	INTEGER_WIDTH =
	    100, /* branches of a condition from which a whole percent does not tell how many */
	JUMP_WIDTH = 2,
};

static void
begin_line(uint32_t number, uint64_t hits, struct strbuf *out)
{
	strbuf_add_string(out, "<line number=\"");
	strbuf_add_u64(out, number);
	strbuf_add_string(out, "\" hits=\"");
	strbuf_add_u64(out, hits);
	strbuf_add_char(out, '"');
}

void
cobertura_plain_line(uint32_t number, uint64_t hits, struct strbuf *out)
{
	begin_line(number, hits, out);
	strbuf_add_string(out, "/>\n");
}

/* Whether a token comes back from a list that is parted by commas and trimmed. */
static bool
is_listable(struct str token)
{
	return token.length && !memchr(token.s, ',', token.length) &&
	       str_trim(token).length == token.length;
}

/* Numbers by their value, before and behind all else by bytes. */
static int
compare_tokens(const void *left, const void *right, void *strings)
{
	struct str a = strpool_get(strings, *(const uint32_t *)left);
	struct str b = strpool_get(strings, *(const uint32_t *)right);
	uint64_t x, y;

	if (number_plain(a, &x) && number_plain(b, &y) && x != y)
		return x < y ? -1 : 1;
	return str_compare(a, b);
}

/* missing-branches="12,exit", unless a token would not come back from such a list. */
static void
add_missing(const struct line_branches *branches, const struct strpool *strings, struct strbuf *out)
{
	for (uint32_t i = 0; i < branches->count; i++)
		if (!is_listable(strpool_get(strings, branches->data[i])))
			return;
	qsort_r(branches->data, branches->count, sizeof(*branches->data), compare_tokens,
	    (void *)(uintptr_t)strings);
	strbuf_add_string(out, " missing-branches=\"");
	for (uint32_t i = 0; i < branches->count; i++) {
		if (i)
			strbuf_add_char(out, ',');
		escape_xml_attribute(out, strpool_get(strings, branches->data[i]));
	}
	strbuf_add_char(out, '"');
}

/* Whether children can say the conditions: of several widths all but one are jumps. */
static bool
is_sayable(const struct line_branches *branches)
{
	const uint32_t *condition = branches->data;
	uint32_t others = 0;

	if (branches->kind != BRANCH_CONDS)
		return false;
	for (uint32_t i = 0; i < branches->count; i++, condition += CONDITION_WORDS)
		others += condition[CONDITION_WIDTH] != JUMP_WIDTH;
	return others <= 1 || branches->count == branches->interval.n;
}

/* A percentage that, times the width and rounded, is the number of covered branches again. */
static void
add_percent(uint32_t covered, uint32_t width, struct strbuf *out)
{
	uint64_t millionths = (uint64_t)covered * 100000000 / width;

	if (width < INTEGER_WIDTH)
		strbuf_add_u64(out, ((uint64_t)covered * 100 + width / 2) / width);
	else
		strbuf_addf(out, "%" PRIu64 ".%0*" PRIu64, millionths / 1000000, PERCENT_PLACES,
		    millionths % 1000000);
	strbuf_add_char(out, '%');
}

static void
add_conditions(const struct line_branches *branches, struct strbuf *out)
{
	const uint32_t *condition = branches->data;

	strbuf_add_string(out, ">\n<conditions>\n");
	for (uint32_t i = 0; i < branches->count; i++, condition += CONDITION_WORDS) {
		uint32_t width = condition[CONDITION_WIDTH];
		bool jump = width == JUMP_WIDTH || branches->count == branches->interval.n;

		strbuf_add_string(out, "<condition number=\"");
		strbuf_add_u64(out, condition[CONDITION_NUMBER]);
		strbuf_addf(out, "\" type=\"%s\" coverage=\"", jump ? "jump" : "switch");
		add_percent(condition[CONDITION_MAX], width, out);
		strbuf_add_string(out, "\"/>\n");
	}
	strbuf_add_string(out, "</conditions>\n</line>\n");
}

static void
add_coverage(struct interval interval, struct strbuf *out)
{
	strbuf_add_string(out, " branch=\"true\" condition-coverage=\"");
	strbuf_add_u64(out, (uint64_t)interval.lo * 100 / interval.n);
	strbuf_add_string(out, "% (");
	strbuf_add_u64(out, interval.lo);
	strbuf_add_char(out, '/');
	strbuf_add_u64(out, interval.n);
	strbuf_add_string(out, ")\"");
}

void
cobertura_line(
    struct branch_walk *walk, const struct strpool *strings, uint32_t row, struct strbuf *out)
{
	const struct file *file = walk->file;
	struct line_branches branches;

	branch_walk_to(walk, row, &branches);
	begin_line(file->lines[row], file->hits[row], out);
	if (branches.interval.n)
		add_coverage(branches.interval, out);
	if (branches.kind == BRANCH_IDS)
		add_missing(&branches, strings, out);
	if (is_sayable(&branches))
		add_conditions(&branches, out);
	else
		strbuf_add_string(out, "/>\n");
}
