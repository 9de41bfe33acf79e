/*
 * The terminal's section about the baseline and the history, and what is said of a failing test
 * because of them.
 */
#include "render/text.h"

#include "model/comparison.h"
#include "model/history.h"
#include "model/quarantine.h"
#include "render/escape.h"

#include <inttypes.h>

enum { TESTS_SHOWN = 5, FILES_SHOWN = 10, INDENT = 2, DEEPER = 6 };

static void
print_line(const struct canvas *canvas, enum style style, const struct strbuf *line)
{
	output_addf(canvas->output, "%*s", INDENT, "");
	canvas_wrap(canvas, INDENT, DEEPER, style, strbuf_str(line));
}

static void
heading(const struct canvas *canvas, const char *words, struct str name)
{
	struct strbuf title = {0};

	strbuf_add_string(&title, words);
	escape_terminal(&title, name);
	output_add_string(canvas->output, "\n");
	canvas_wrap(canvas, 0, 0, STYLE_BOLD, strbuf_str(&title));
	strbuf_clear(&title);
}

/* ---- numbers ---- */

/* "lines +0.52 points (from 79.48 %)"; nothing of what either side has none of. */
static void
add_change(struct strbuf *out, const char *what, const struct change *change)
{
	char points[CHANGE_TEXT], before[RATIO_TEXT];

	if (!change->known)
		return;
	strbuf_addf(out, "%s%s %s points (from %s %%)", out->length ? ", " : "", what,
	    change_text(change->points, points), ratio_text(change->before, before));
}

static enum style
change_style(const struct change *lines)
{
	return lines->points < 0 ? STYLE_RED : lines->points > 0 ? STYLE_GREEN : STYLE_PLAIN;
}

static void
print_totals(const struct canvas *canvas, const struct comparison *comparison)
{
	const struct numbers_change *total = &comparison->total;
	struct strbuf line = {0};

	add_change(&line, "lines", &total->lines);
	add_change(&line, "branches", &total->branches);
	add_change(&line, "functions", &total->functions);
	if (line.length)
		print_line(canvas, change_style(&total->lines), &line);
	strbuf_clear(&line);
}

/* What of a stage changed, where there are several, and what of it can't be compared. */
static void
add_stage(struct strbuf *out, const struct comparison *comparison, const struct stage_change *stage)
{
	const char *why_lines = comparison->base->whole ? stage->why_lines : "";

	if (comparison->stage_count > 1 && stage->numbers.lines.points)
		add_change(out, "lines", &stage->numbers.lines);
	if (*why_lines)
		strbuf_addf(out, "%snot comparable: %s", out->length ? "; " : "", why_lines);
	if (*stage->why_tests && strcmp(why_lines, stage->why_tests) != 0)
		strbuf_addf(out, "%s%s",
		    *why_lines    ? "; "
		    : out->length ? "; not comparable: "
				  : "not comparable: ",
		    stage->why_tests);
}

static void
print_stages(const struct canvas *canvas, const struct comparison *comparison)
{
	struct strbuf line = {0}, what = {0};

	for (size_t i = 0; i < comparison->stage_count; i++) {
		strbuf_reset(&what);
		add_stage(&what, comparison, &comparison->stages[i]);
		if (!what.length)
			continue;
		strbuf_reset(&line);
		strbuf_add_string(&line, "stage ");
		escape_terminal(&line, comparison->stages[i].name);
		strbuf_add_string(&line, ": ");
		strbuf_add_str(&line, strbuf_str(&what));
		print_line(canvas, STYLE_PLAIN, &line);
	}
	strbuf_clear(&line);
	strbuf_clear(&what);
}

/* ---- tests ---- */

static void
add_name(struct strbuf *out, struct str container, struct str name)
{
	if (container.length) {
		escape_terminal(out, container);
		strbuf_add_string(out, " > ");
	}
	escape_terminal(out, name);
}

static void
add_test(struct strbuf *out, const struct changed_test *test)
{
	if (test->old_name.length) {
		add_name(out, test->old_container, test->old_name);
		strbuf_add_string(out, " -> ");
	}
	add_name(out, test->container, test->name);
}

/* "fixed (2): a > b; c > d". */
static void
print_tests(
    const struct canvas *canvas, const struct comparison *comparison, enum test_change change)
{
	const struct changed_tests *list = &comparison->tests[change];
	struct strbuf line = {0};

	if (!list->count)
		return;
	strbuf_addf(&line, "%s (%zu): ", test_change_name(change), list->count);
	for (size_t i = 0; i < list->count && i < TESTS_SHOWN; i++) {
		strbuf_add_string(&line, i ? "; " : "");
		add_test(&line, &list->items[i]);
	}
	if (list->count > TESTS_SHOWN)
		strbuf_addf(&line, "; ... and %zu more", list->count - TESTS_SHOWN);
	print_line(canvas,
	    change == CHANGE_NEW_FAILURE ? STYLE_RED
	    : change == CHANGE_FIXED     ? STYLE_GREEN
					 : STYLE_PLAIN,
	    &line);
	strbuf_clear(&line);
}

/* ---- lines ---- */

/* "a.py lost 1-2 (unit 2), gained 9". */
static void
add_indirect(
    struct strbuf *out, const struct comparison *comparison, const struct indirect_change *row)
{
	const char *before = " (";

	if (row->lost_count) {
		strbuf_add_string(out, " lost ");
		lines_add(out, row->lost, row->lost_count);
	}
	for (size_t i = 0; i < comparison->stage_count; i++) {
		if (!row->stages[i])
			continue;
		strbuf_add_string(out, before);
		escape_terminal(out, comparison->stages[i].name);
		strbuf_addf(out, " %" PRIu64, row->stages[i]);
		before = ", ";
	}
	if (*before == ',')
		strbuf_add_char(out, ')');
	if (row->gained_count) {
		strbuf_add_string(out, row->lost_count ? ", gained " : " gained ");
		lines_add(out, row->gained, row->gained_count);
	}
}

static void
print_indirect(const struct canvas *canvas, const struct result *result)
{
	const struct comparison *comparison = result->comparison;
	struct strbuf line = {0};

	if (!comparison->indirect_count)
		return;
	heading(canvas, "Coverage that changed in lines that did not", STR(""));
	for (size_t i = 0; i < comparison->indirect_count && i < FILES_SHOWN; i++) {
		strbuf_reset(&line);
		escape_terminal(&line, result->files[comparison->indirect[i].file].path);
		add_indirect(&line, comparison, &comparison->indirect[i]);
		print_line(canvas, STYLE_PLAIN, &line);
	}
	if (comparison->indirect_count > FILES_SHOWN)
		output_addf(canvas->output, "  ... and %zu more\n",
		    comparison->indirect_count - FILES_SHOWN);
	strbuf_clear(&line);
}

static void
print_comparison(const struct canvas *canvas, const struct result *result)
{
	const struct comparison *comparison = result->comparison;

	heading(canvas, "Against ", str_of(comparison->base->name));
	if (!comparison_differs(comparison))
		output_add_string(canvas->output, "  no number, line or test differs\n");
	print_totals(canvas, comparison);
	print_stages(canvas, comparison);
	for (int change = 0; change < TEST_CHANGES; change++)
		print_tests(canvas, comparison, (enum test_change)change);
	print_indirect(canvas, result);
}

/* ---- history ---- */

static void
print_remembered(const struct canvas *canvas, const struct result *result, const char *words,
    const struct history_tests *list)
{
	struct strbuf line = {0};

	if (!list->count)
		return;
	strbuf_addf(&line, "%s (%zu): ", words, list->count);
	for (size_t i = 0; i < list->count && i < TESTS_SHOWN; i++) {
		struct outcome_test test;

		outcome_test(&result->outcome, list->items[i].id, &test);
		strbuf_add_string(&line, i ? "; " : "");
		add_name(&line, test.container, test.name);
	}
	if (list->count > TESTS_SHOWN)
		strbuf_addf(&line, "; ... and %zu more", list->count - TESTS_SHOWN);
	print_line(canvas, STYLE_ORANGE, &line);
	strbuf_clear(&line);
}

static void
print_history(const struct canvas *canvas, const struct result *result)
{
	const struct history *history = result->history;
	struct strbuf line = {0};

	if (history->point_count < 2 ||
	    !(result->total.lines.total || history->flaky.count || history->slower.count))
		return;
	heading(canvas, "History", STR(""));
	if (result->total.lines.total) {
		strbuf_addf(&line, "lines over %zu runs: ", history->point_count);
		history_spark(history, &line);
		print_line(canvas, STYLE_PLAIN, &line);
	}
	print_remembered(canvas, result, "passed and failed on this commit", &history->flaky);
	print_remembered(canvas, result, "much slower than usual", &history->slower);
	strbuf_clear(&line);
}

void
text_compare(const struct canvas *canvas, const struct result *result)
{
	if (result->comparison)
		print_comparison(canvas, result);
	if (result->history)
		print_history(canvas, result);
}

/* ---- one failing test ---- */

static void
add_entry(struct strbuf *out, const struct quarantine_entry *entry)
{
	strbuf_add_string(out, entry->expired ? "quarantine expired" : "in quarantine");
	if (entry->until.length) {
		strbuf_add_string(out, entry->expired ? " on " : " until ");
		escape_terminal(out, entry->until);
	}
	if (entry->reason.length) {
		strbuf_add_string(out, ": ");
		escape_terminal(out, entry->reason);
	}
	if (entry->owner.length) {
		strbuf_add_string(out, " (");
		escape_terminal(out, entry->owner);
		strbuf_add_char(out, ')');
	}
}

/* "[new failure; failed 3 of the last 20; in quarantine until 2025-12-31: reason (owner)]". */
void
text_marks(const struct result *result, size_t place, struct strbuf *out)
{
	const struct history_test *known =
	    result->history ? &result->history->failing.items[place] : NULL;
	const char *before = " [";

	if (result->comparison && result->comparison->failing[place] != TEST_CHANGES) {
		strbuf_addf(
		    out, "%s%s", before, test_change_name(result->comparison->failing[place]));
		before = "; ";
	}
	if (known && known->runs) {
		strbuf_addf(
		    out, "%sfailed %u of the last %u", before, known->failures, known->runs);
		before = "; ";
	}
	if (result->quarantine && result->quarantine->failing[place]) {
		strbuf_add_string(out, before);
		add_entry(out, result->quarantine->failing[place]);
		before = "; ";
	}
	if (*before == ';')
		strbuf_add_char(out, ']');
}
