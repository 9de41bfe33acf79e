/* The terminal's section about tests: totals, stages and cells, then the tests worth a look. */
#include "render/text.h"

#include "render/escape.h"

#include <inttypes.h>

/* How much of each list is shown; totals never depend on it. */
enum { FAILING_SHOWN = 20, OTHERS_SHOWN = 10, STACK_LINES = 12, INDENT = 4, DEEPER = 6 };

struct section {
	const struct canvas *canvas;
	const struct result *result;
	const struct outcome *outcome;
	uint64_t slow;		/* nanoseconds */
};

static const char *
plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void
heading(const struct canvas *canvas, const char *title, uint64_t count)
{
	struct strbuf words = {0};

	strbuf_addf(&words, "%s (%" PRIu64 ")", title, count);
	output_add_string(canvas->output, "\n");
	canvas_add(canvas, STYLE_BOLD, strbuf_str(&words));
	output_add_string(canvas->output, "\n");
	strbuf_clear(&words);
}

static void
add_seconds(struct strbuf *out, uint64_t nanoseconds)
{
	strbuf_addf(out, "%" PRIu64 ".%03" PRIu64 " s", nanoseconds / 1000000000, nanoseconds / 1000000 % 1000);
}

/* ---- totals ---- */

static void
print_total(const struct canvas *canvas, const struct test_totals *tests)
{
	enum style style = tests->failed || tests->errors ? STYLE_RED : STYLE_GREEN;
	struct strbuf line = {0};

	strbuf_addf(&line, "%" PRIu64 " in %" PRIu64 " run%s: %" PRIu64 " passed, %" PRIu64 " failed, %" PRIu64
	    " error%s, %" PRIu64 " skipped, %" PRIu64 " flaky, ", tests->tests, tests->runs, plural(tests->runs),
	    tests->passed, tests->failed, tests->errors, plural(tests->errors), tests->skipped, tests->flaky);
	add_seconds(&line, tests->nanoseconds);
	if (tests->unknown_times)
		strbuf_addf(&line, " and %" PRIu64 " unknown time%s", tests->unknown_times,
		    plural(tests->unknown_times));
	output_add_string(canvas->output, "\n");
	canvas_add(canvas, STYLE_BOLD, STR("Tests"));
	output_add_string(canvas->output, "  ");
	canvas_wrap(canvas, 7, 7, style, strbuf_str(&line));
	strbuf_clear(&line);
}

static void
add_count(struct table *table, enum style style, uint64_t count)
{
	table_addf(table, count ? style : STYLE_DIM, "%" PRIu64, count);
}

static void
add_totals(struct table *table, const struct test_totals *tests)
{
	struct strbuf time = {0};

	add_count(table, STYLE_PLAIN, tests->tests);
	add_count(table, STYLE_GREEN, tests->passed);
	add_count(table, STYLE_RED, tests->failed);
	add_count(table, STYLE_RED, tests->errors);
	add_count(table, STYLE_PLAIN, tests->skipped);
	add_count(table, STYLE_ORANGE, tests->flaky);
	if (tests->nanoseconds || !tests->unknown_times)
		add_seconds(&time, tests->nanoseconds);
	else
		strbuf_add_string(&time, "-");
	table_add(table, STYLE_PLAIN, strbuf_str(&time));
	strbuf_clear(&time);
}

static void
add_name(struct table *table, struct str name)
{
	struct strbuf safe = {0};

	escape_terminal(&safe, name);
	table_add(table, STYLE_PLAIN, strbuf_str(&safe));
	strbuf_clear(&safe);
}

/* The rows of a stage's cells. */
static void
add_cells(struct table *table, const struct outcome *outcome, const struct stage_result *stage)
{
	const struct report *report = outcome->report;

	for (size_t i = 0; i < stage->cell_count; i++)
		for (uint32_t lane = 0; lane < report->lanes.lane_count; lane++) {
			if (report->lanes.lanes[lane].stage != stage->id ||
			    !str_equal(report_cell(report, lane), stage->cells[i]) ||
			    !outcome->lanes[lane].runs)
				continue;
			table_add(table, STYLE_PLAIN, STR(""));
			add_name(table, stage->cells[i]);
			add_totals(table, &outcome->lanes[lane]);
		}
}

static void
print_stages(const struct section *section, const struct result *result)
{
	static const struct table_column columns[] = {
		{ "Stage", false, SHRINK_TAIL, 8, 0 },
		{ "Cell", false, SHRINK_TAIL, 8, 0 },
		{ "Tests", true, SHRINK_NEVER, 0, 0 },
		{ "Passed", true, SHRINK_NEVER, 0, 2 },
		{ "Failed", true, SHRINK_NEVER, 0, 0 },
		{ "Errors", true, SHRINK_NEVER, 0, 0 },
		{ "Skipped", true, SHRINK_NEVER, 0, 3 },
		{ "Flaky", true, SHRINK_NEVER, 0, 4 },
		{ "Time", true, SHRINK_NEVER, 0, 5 },
	};
	struct table table = {.columns = columns, .column_count = sizeof(columns) / sizeof(*columns)};
	bool only = result->stage_count == 1;

	if (only && !result->stages[0].cell_count)
		return;	/* it is the total */
	for (size_t i = 0; i < result->stage_count; i++) {
		const struct stage_result *stage = &result->stages[i];

		if (!stage->tests.runs)
			continue;
		add_name(&table, only && str_equal(stage->name, STR("default")) ? STR("Total") :
		    stage->name);
		table_add(&table, STYLE_PLAIN, STR(""));
		add_totals(&table, &stage->tests);
		if (section->outcome->report && stage->id != UINT32_MAX)
			add_cells(&table, section->outcome, stage);
	}
	table_print(&table, section->canvas);
	table_clear(&table);
}

/* ---- one test ---- */

/* "container > name #2", the stage before it where there are several. */
static void
add_title(struct strbuf *out, const struct section *section, const struct outcome_test *test)
{
	if (section->outcome->report->lanes.stage_count > 1) {
		escape_terminal(out, report_stage(section->outcome->report, test->stage));
		strbuf_add_string(out, ": ");
	}
	if (test->container.length) {
		escape_terminal(out, test->container);
		strbuf_add_string(out, " > ");
	}
	escape_terminal(out, test->name);
	if (test->repeat > 1)
		strbuf_addf(out, " #%" PRIu32, test->repeat);
	if (test->count > 1)
		strbuf_addf(out, " (%" PRIu64 " tests)", test->count);
}

/* " fails in 1 of 2 cells (py3.11)"; nothing where there is one run. */
static void
add_failing_cells(struct strbuf *out, const struct section *section, const struct outcome_test *test)
{
	struct outcome_run run = {0};
	struct strbuf cell = {0};
	const char *before = " (";

	if (test->runs < 2 || !test->failing_runs || !test->example)
		return;
	strbuf_addf(out, " fails in %" PRIu64 " of %" PRIu64 " cells", test->failing_runs, test->runs);
	while (outcome_next_run(section->outcome, test->id, &run)) {
		outcome_cell(section->outcome, &run, &cell);
		if (run.status < TEST_FAILED || !cell.length)
			continue;
		strbuf_add_string(out, before);
		escape_terminal(out, strbuf_str(&cell));
		before = ", ";
	}
	if (*before == ',')
		strbuf_add_char(out, ')');
	strbuf_clear(&cell);
}

static void
print_line(const struct canvas *canvas, size_t indent, enum style style, struct str text)
{
	output_addf(canvas->output, "%*s", (int)indent, "");
	canvas_wrap(canvas, indent, indent, style, text);
}

static struct str
without_first_line(struct str text)
{
	const char *newline = text.length ? memchr(text.s, '\n', text.length) : NULL;

	if (!newline)
		return STR("");
	return (struct str){newline + 1, text.length - (size_t)(newline + 1 - text.s)};
}

/* The text of a failure line by line, its first lines where there are many. */
static void
print_stack(const struct canvas *canvas, struct str text)
{
	struct strbuf safe = {0};
	size_t lines = 0;

	for (; text.length; text = without_first_line(text)) {
		if (lines++ >= STACK_LINES)
			continue;
		strbuf_reset(&safe);
		escape_terminal(&safe, str_first_line(text));
		output_addf(canvas->output, "%*s", safe.length ? DEEPER : 0, "");
		canvas_add(canvas, STYLE_DIM, strbuf_str(&safe));
		output_add_string(canvas->output, "\n");
	}
	if (lines > STACK_LINES)
		output_addf(canvas->output, "%*s... and %zu more line%s\n", DEEPER, "", lines - STACK_LINES,
		    plural(lines - STACK_LINES));
	strbuf_clear(&safe);
}

static struct str
reason_of(const struct section *section, const struct outcome_test *test)
{
	return str_first_line(outcome_reason(section->outcome, test->example));
}

static void
print_reason(const struct section *section, const struct outcome_test *test)
{
	struct str reason = reason_of(section, test);
	struct strbuf safe = {0};

	escape_terminal(&safe, reason);
	if (safe.length)
		print_line(section->canvas, INDENT, STYLE_PLAIN, strbuf_str(&safe));
	strbuf_clear(&safe);
}

static void
print_place(const struct section *section, const struct outcome_test *test)
{
	struct strbuf safe = {0};

	if (!test->file.length)
		return;
	strbuf_add_string(&safe, "at ");
	escape_terminal(&safe, test->file);
	if (test->line)
		strbuf_addf(&safe, ":%" PRIu32, test->line);
	print_line(section->canvas, INDENT, STYLE_DIM, strbuf_str(&safe));
	strbuf_clear(&safe);
}

/* What baseline, history and quarantine say of a failing test. */
static void
add_marks(struct strbuf *out, const struct section *section, test_id id)
{
	const struct test_list *failing = &section->outcome->failing;

	for (size_t i = 0; i < failing->count && i < FAILING_SHOWN; i++)
		if (failing->ids[i] == id)
			text_marks(section->result, i, out);
}

static void
print_failing(const struct section *section, const struct outcome_test *test)
{
	struct strbuf title = {0};
	struct strbuf whole = {0};
	struct str text = outcome_text(section->outcome, test->example, &whole);

	add_title(&title, section, test);
	add_failing_cells(&title, section, test);
	if (test->attempts > 1)
		strbuf_addf(&title, ", %" PRIu32 " attempts", test->attempts);
	add_marks(&title, section, test->id);
	output_add_string(section->canvas->output, "  ");
	canvas_add(section->canvas, STYLE_RED, str_of(test_status_name(test->status)));
	output_add_string(section->canvas->output, "  ");
	canvas_wrap(section->canvas, 4 + strlen(test_status_name(test->status)), INDENT, STYLE_BOLD, strbuf_str(&title));
	print_reason(section, test);
	print_place(section, test);
	if (str_equal(str_first_line(text), reason_of(section, test)))
		text = without_first_line(text);
	print_stack(section->canvas, text);
	strbuf_clear(&title);
	strbuf_clear(&whole);
}

static void
print_flaky(const struct section *section, const struct outcome_test *test)
{
	struct strbuf title = {0};

	add_title(&title, section, test);
	strbuf_addf(&title, ", %s after %" PRIu32 " attempts", test_status_name(test->status), test->attempts);
	print_line(section->canvas, 2, STYLE_ORANGE, strbuf_str(&title));
	print_reason(section, test);
	strbuf_clear(&title);
}

static void
print_skipped(const struct section *section, const struct outcome_test *test)
{
	struct str reason = reason_of(section, test);
	struct strbuf title = {0};

	add_title(&title, section, test);
	if (test->skip != SKIP_PLAIN)
		strbuf_addf(&title, " (%s)", skip_kind_name(test->skip));
	if (reason.length) {
		strbuf_add_string(&title, ": ");
		escape_terminal(&title, reason);
	}
	print_line(section->canvas, 2, STYLE_PLAIN, strbuf_str(&title));
	strbuf_clear(&title);
}

static void
print_timed(const struct section *section, const struct outcome_test *test)
{
	bool slow = section->slow && (uint64_t)test->time > section->slow;
	struct strbuf title = {0};

	add_seconds(&title, (uint64_t)test->time);
	strbuf_add_string(&title, "  ");
	add_title(&title, section, test);
	print_line(section->canvas, 2, slow ? STYLE_ORANGE : STYLE_PLAIN, strbuf_str(&title));
	strbuf_clear(&title);
}

/* ---- lists ---- */

/* How many tests a list stands for. */
static uint64_t
count_tests(const struct outcome *outcome, const struct test_list *list)
{
	uint64_t count = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct outcome_test test;

		outcome_test(outcome, list->ids[i], &test);
		count += test.count;
	}
	return count;
}

static void
print_list(const struct section *section, const char *title, const struct test_list *list, size_t shown,
    void (*print)(const struct section *section, const struct outcome_test *test))
{
	if (!list->count)
		return;
	heading(section->canvas, title, count_tests(section->outcome, list));
	for (size_t i = 0; i < list->count && i < shown; i++) {
		struct outcome_test test;

		outcome_test(section->outcome, list->ids[i], &test);
		print(section, &test);
	}
	if (list->count > shown)
		output_addf(section->canvas->output, "  ... and %zu more\n", list->count - shown);
}

void
text_tests(const struct canvas *canvas, const struct result *result, uint64_t slow)
{
	const struct outcome *outcome = &result->outcome;
	const struct section section = {canvas, result, outcome, slow};
	struct strbuf title = {0};

	if (!result->tests.tests)
		return;
	print_total(canvas, &result->tests);
	print_stages(&section, result);
	print_list(&section, "Failing tests", &outcome->failing, FAILING_SHOWN, print_failing);
	print_list(&section, "Flaky tests", &outcome->flaky, OTHERS_SHOWN, print_flaky);
	print_list(&section, "Skipped tests", &outcome->skipped, OTHERS_SHOWN, print_skipped);
	strbuf_add_string(&title, "Tests slower than ");
	add_seconds(&title, slow);
	print_list(&section, strbuf_string(&title), &outcome->slow, OTHERS_SHOWN, print_timed);
	if (!outcome->slow.count)
		print_list(&section, "Slowest tests", &outcome->slowest, 3, print_timed);
	strbuf_clear(&title);
}
