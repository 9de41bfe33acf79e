/* Badges of stages: for each pattern one letter a stage that ran the line, a dot for one that only could. */
#include "render/html.h"

#include "base/mem.h"

#include <stdlib.h>

enum { STAGES_WITH_LETTERS = 16 };

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The first letter of the name that no stage before has taken, else the first of all. */
static char
letter_for(struct str name, const char *taken, size_t count)
{
	for (size_t i = 0; i < name.length; i++)
		if (is_letter(upper(name.s[i])) && !memchr(taken, upper(name.s[i]), count))
			return upper(name.s[i]);
	for (char c = 'A'; c <= 'Z'; c++)
		if (!memchr(taken, c, count))
			return c;
	return '?';
}

static void
choose_letters(struct html *html)
{
	const struct result *result = html->page.result;

	if (result->stage_count > STAGES_WITH_LETTERS)
		return;
	html->letters = mem_zalloc(result->stage_count + 1, 1);
	for (size_t i = 0; i < result->stage_count; i++)
		html->letters[i] = letter_for(result->stages[i].name, html->letters, i);
}

/* What became of each stage of the result on the lines of a pattern. */
enum share { SHARE_NONE, SHARE_COULD, SHARE_DID };

static void
share_out(const struct html *html, const struct pattern *pattern, const size_t *rows, unsigned char *shares)
{
	const struct lanes *lanes = &html->page.result->report->lanes;

	memset(shares, SHARE_NONE, html->page.result->stage_count);
	for (uint32_t i = 0; i < pattern->could_count; i++)
		shares[rows[lanes->lanes[pattern->could[i]].stage]] = SHARE_COULD;
	for (uint32_t i = 0; i < pattern->did_count; i++)
		shares[rows[lanes->lanes[pattern->did[i]].stage]] = SHARE_DID;
}

static void
add_letters(const struct html *html, const unsigned char *shares, struct strbuf *mark)
{
	size_t end = html->page.result->stage_count;

	while (end && shares[end - 1] == SHARE_NONE)
		end--;
	for (size_t i = 0; i < end; i++) {
		if (shares[i] == SHARE_DID)
			strbuf_add_char(mark, html->letters[i]);
		else
			strbuf_add_string(mark, shares[i] == SHARE_COULD ? "·" : " ");
	}
}

/* "2/3": stages that ran the line of those that could. */
static void
add_counts(const struct html *html, const unsigned char *shares, struct strbuf *mark)
{
	size_t could = 0, did = 0;

	for (size_t i = 0; i < html->page.result->stage_count; i++) {
		could += shares[i] != SHARE_NONE;
		did += shares[i] == SHARE_DID;
	}
	if (could)
		strbuf_addf(mark, "%zu/%zu", did, could);
}

/* By stage id of the report's lanes: the row of the result. */
static size_t *
stage_rows(const struct result *result)
{
	size_t *rows = mem_zalloc(result->report->lanes.stage_count, sizeof(*rows));

	for (size_t i = 0; i < result->stage_count; i++)
		if (result->stages[i].id != UINT32_MAX)
			rows[result->stages[i].id] = i;
	return rows;
}

void
html_marks_build(struct html *html)
{
	const struct result *result = html->page.result;
	const struct lanes *lanes = &result->report->lanes;
	unsigned char *shares = mem_zalloc(result->stage_count, 1);
	size_t *rows = stage_rows(result);
	struct strbuf mark = {0};

	choose_letters(html);
	html->marks = mem_zalloc(lanes->pattern_count, sizeof(*html->marks));
	for (size_t i = 0; i < lanes->pattern_count; i++) {
		strbuf_reset(&mark);
		share_out(html, &lanes->patterns[i], rows, shares);
		if (html->letters)
			add_letters(html, shares, &mark);
		else
			add_counts(html, shares, &mark);
		html->marks[i] = (struct str){arena_string(&html->arena, strbuf_str(&mark)), mark.length};
	}
	strbuf_clear(&mark);
	free(rows);
	free(shares);
}
