/* Views of tests: the failing, flaky, skipped, slowest and slow ones. */
#include "render/page_changes.h"
#include "render/page_rows.h"

#include "base/limits.h"
#include "render/escape.h"
#include "render/links.h"

/* A list of the outcome; an item's index is its place there (of all: its id) with the list's number below. */
enum list { LIST_FAILING, LIST_FLAKY, LIST_SKIPPED, LIST_SLOWEST, LIST_SLOW, LIST_ALL, LISTS = 8 };

static const struct outcome *
outcome_of(struct view view)
{
	return &result_of(view)->outcome;
}

static const struct test_list *
list_of(const struct outcome *outcome, uint64_t list)
{
	switch ((enum list)list) {
	case LIST_FAILING:
		return &outcome->failing;
	case LIST_FLAKY:
		return &outcome->flaky;
	case LIST_SKIPPED:
		return &outcome->skipped;
	case LIST_SLOWEST:
		return &outcome->slowest;
	case LIST_SLOW:
	case LIST_ALL:
	case LISTS:
		break;
	}
	return &outcome->slow;
}

struct view
page_seconds(int64_t time)
{
	return time == TEST_TIME_UNKNOWN ? view_null() : view_nanoseconds((uint64_t)time);
}

struct view
page_time(int64_t time)
{
	return time == TEST_TIME_UNKNOWN ? view_null() : view_duration((uint64_t)time);
}

static test_id
id_of(struct view view)
{
	uint64_t list = view.index % LISTS;

	return list == LIST_ALL ? (test_id)(view.index / LISTS) : list_of(outcome_of(view), list)->ids[view.index / LISTS];
}

static struct outcome_test
test_of(struct view view)
{
	struct outcome_test test;

	outcome_test(outcome_of(view), id_of(view), &test);
	return test;
}

static struct view
test_stage(struct view view)
{
	return view_text(report_stage(result_of(view)->report, test_of(view).stage));
}

static struct view
test_container(struct view view)
{
	return view_text(test_of(view).container);
}

static struct view
test_name(struct view view)
{
	return view_text(test_of(view).name);
}

static struct view
test_status(struct view view)
{
	return view_string(test_status_name(test_of(view).status));
}

static struct view
test_kind(struct view view)
{
	struct outcome_test test = test_of(view);

	return view_string(test.status == TEST_SKIPPED ? skip_kind_name(test.skip) : "");
}

/* Whether a run is one that the list names the cell of. */
static bool
shows_run(struct view view, const struct outcome_run *run)
{
	switch ((enum list)(view.index % LISTS)) {
	case LIST_FAILING:
		return run->status >= TEST_FAILED;
	case LIST_FLAKY:
		return run->flaky;
	case LIST_SLOWEST:
	case LIST_SLOW:
		return run->time == list_of(outcome_of(view), view.index % LISTS)->times[view.index / LISTS];
	case LIST_SKIPPED:
	case LIST_ALL:
	case LISTS:
		break;
	}
	return true;
}

/* A cell's index is its place, which is the number of cases before it in its test, above the index of the test. */
enum { PLACES = 1 << 26 };
_Static_assert(PLACES > LIMIT_CASES, "every case of a test has a place");

static struct str
cell_text(struct view view, struct strbuf *scratch)
{
	const struct outcome *outcome = outcome_of(view);
	test_id id = id_of(row(view.type, view, view.index / PLACES));
	uint64_t place = view.index % PLACES;
	struct outcome_run run = {.end = place ? id + place : 0};

	strbuf_reset(scratch);
	if (outcome_next_run(outcome, id, &run))
		outcome_cell(outcome, &run, scratch);
	return strbuf_str(scratch);
}

static const struct view_type cell_type = {.kind = VIEW_TEXT, .text = cell_text, .some = view_always};

/* Runs whose cell has no name are left out.  The position is where in the order of cases the next run begins. */
static bool
cells_next(struct view list, uint64_t *position, struct view *item)
{
	const struct outcome *outcome = outcome_of(list);
	test_id id = id_of(list);
	struct outcome_run run = {.end = *position};
	struct strbuf cell = {0};
	bool found;

	while (!cell.length && outcome_next_run(outcome, id, &run))
		if (shows_run(list, &run))
			outcome_cell(outcome, &run, &cell);
	*position = run.end;
	found = cell.length > 0;
	if (found)
		*item = row(&cell_type, list, list.index * PLACES + (run.first - id));
	strbuf_clear(&cell);
	return found;
}

static const struct view_type cells_type = {.kind = VIEW_LIST, .next = cells_next};

static struct view
test_cells(struct view view)
{
	return row(&cells_type, view, view.index);
}

static struct view
test_runs(struct view view)
{
	return view_number(test_of(view).runs);
}

static struct view
test_count(struct view view)
{
	return view_number(test_of(view).count);
}

static struct view
test_message(struct view view)
{
	return view_text(outcome_reason(outcome_of(view), test_of(view).example));
}

static struct str
whole_text(struct view view, struct strbuf *scratch)
{
	return outcome_text(outcome_of(view), test_of(view).example, scratch);
}

static bool
whole_some(struct view view)
{
	return outcome_has_text(outcome_of(view), test_of(view).example);
}

static const struct view_type whole_type = {.kind = VIEW_TEXT, .text = whole_text, .some = whole_some};

static struct view
test_text(struct view view)
{
	return row(&whole_type, view, view.index);
}

static struct view
test_file(struct view view)
{
	return view_text(test_of(view).file);
}

static struct view
test_line(struct view view)
{
	return view_number(test_of(view).line);
}

static struct str
file_of(struct view view)
{
	struct str file = test_of(view).file;

	return str_starts(file, STR("./")) ? (struct str){file.s + 2, file.length - 2} : file;
}

/* "tests/test_a.py:12". */
static struct str
where_text(struct view view, struct strbuf *scratch)
{
	struct outcome_test test = test_of(view);

	strbuf_reset(scratch);
	strbuf_add_str(scratch, file_of(view));
	if (test.line) {
		strbuf_add_char(scratch, ':');
		strbuf_add_u64(scratch, test.line);
	}
	return strbuf_str(scratch);
}

static bool
where_some(struct view view)
{
	return file_of(view).length > 0;
}

static const struct view_type where_type = {.kind = VIEW_TEXT, .text = where_text, .some = where_some};

/* The place of the test in the source, which goes where its message does. */
static struct view
test_where(struct view view)
{
	return page_of(view)->limits.no_messages ? view_null() : row(&where_type, view, view.index);
}

static struct str
url_text(struct view view, struct strbuf *scratch)
{
	struct outcome_test test = test_of(view);

	strbuf_reset(scratch);
	links_lines(page_of(view)->settings->links, file_of(view), false, test.line, test.line, scratch);
	return strbuf_str(scratch);
}

static const struct view_type url_type = {.kind = VIEW_TEXT, .text = url_text, .some = view_built};

static struct view
test_url(struct view view)
{
	return row(&url_type, view, view.index);
}

static struct view
test_seconds(struct view view)
{
	return page_seconds(test_of(view).time);
}

static struct view
test_attempts(struct view view)
{
	return view_number(test_of(view).attempts);
}

static struct view
test_time(struct view view)
{
	return page_time(test_of(view).time);
}

/* The first line of the message, unless the limits leave messages out. */
static struct view
test_shown_message(struct view view)
{
	struct str message = str_first_line(outcome_reason(outcome_of(view), test_of(view).example));

	return page_of(view)->limits.no_messages ? view_null() : view_text(message);
}

/* "1 of 2 cells" for a test that failed in some of its cells. */
static struct str
failing_text(struct view view, struct strbuf *scratch)
{
	struct outcome_test test = test_of(view);

	strbuf_reset(scratch);
	if (test.runs > 1)
		strbuf_addf(scratch, "%llu of %llu", (unsigned long long)test.failing_runs,
		    (unsigned long long)test.runs);
	return strbuf_str(scratch);
}

static bool
failing_some(struct view view)
{
	return test_of(view).runs > 1;
}

static const struct view_type failing_type = {.kind = VIEW_TEXT, .text = failing_text, .some = failing_some};

static struct view
test_failing_cells(struct view view)
{
	return row(&failing_type, view, view.index);
}

/* The details as a fenced block of Markdown, headed by the test's name. */
static struct str
block_text(struct view view, struct strbuf *scratch)
{
	struct outcome_test test = test_of(view);
	struct strbuf block = {0};
	size_t lines = page_of(view)->limits.stack_lines;

	strbuf_addf(&block, "%s > %.*s > %.*s\n", report_stage(result_of(view)->report, test.stage).s,
	    (int)test.container.length, test.container.s, (int)test.name.length, test.name.s);
	strbuf_add_str(&block, outcome_text(outcome_of(view), test.example, scratch));
	strbuf_reset(scratch);
	escape_markdown_block(scratch, strbuf_str(&block), lines);
	strbuf_clear(&block);
	return strbuf_str(scratch);
}

static bool
block_some(struct view view)
{
	return page_of(view)->limits.stack_lines && whole_some(view);
}

static const struct view_type block_type = {.kind = VIEW_TEXT, .text = block_text, .some = block_some};

static struct view
test_block(struct view view)
{
	return row(&block_type, view, view.index);
}

/* What is said of a test that fails, by its place among those; null for any other. */
static struct view
of_failing(struct view view, struct view (*get)(const struct page *page, size_t place))
{
	size_t place;

	return page_failing_place(page_of(view), id_of(view), &place) ? get(page_of(view), place) : view_null();
}

static struct view
test_change(struct view view)
{
	return of_failing(view, page_failing_change);
}

static struct view
test_history(struct view view)
{
	return of_failing(view, page_failing_history);
}

static struct view
test_quarantine(struct view view)
{
	return of_failing(view, page_failing_quarantine);
}

static const struct view_field test_fields[] = {
	{ "stage", test_stage, false },
	{ "container", test_container, false },
	{ "name", test_name, false },
	{ "status", test_status, false },
	{ "kind", test_kind, false },
	{ "cells", test_cells, false },
	{ "runs", test_runs, false },
	{ "count", test_count, false },
	{ "message", test_message, false },
	{ "text", test_text, false },
	{ "file", test_file, false },
	{ "line", test_line, false },
	{ "seconds", test_seconds, false },
	{ "attempts", test_attempts, false },
	{ "change", test_change, false },
	{ "history", test_history, false },
	{ "quarantine", test_quarantine, false },
	{ "time", test_time, true },
	{ "where", test_where, true },
	{ "url", test_url, true },
	{ "shown_message", test_shown_message, true },
	{ "failing_cells", test_failing_cells, true },
	{ "markdown_block", test_block, true },
	{ NULL, NULL, false },
};

static const struct view_type test_type = {.kind = VIEW_OBJECT, .fields = test_fields};

/* ---- the lists; a list's index is its number ---- */

static bool
tests_next(struct view list, uint64_t *position, struct view *item)
{
	uint64_t at = *position;

	if (at >= list_of(outcome_of(list), list.index)->count || at >= page_of(list)->limits.tests)
		return false;
	++*position;
	*item = row(&test_type, list, at * LISTS + list.index);
	return true;
}

static const struct view_type tests_type = {.kind = VIEW_LIST, .next = tests_next};

static struct view
lists_failing(struct view view)
{
	return row(&tests_type, view, LIST_FAILING);
}

static struct view
lists_flaky(struct view view)
{
	return row(&tests_type, view, LIST_FLAKY);
}

static struct view
lists_skipped(struct view view)
{
	return row(&tests_type, view, LIST_SKIPPED);
}

static struct view
lists_slowest(struct view view)
{
	return row(&tests_type, view, LIST_SLOWEST);
}

static struct view
lists_slow(struct view view)
{
	return row(&tests_type, view, LIST_SLOW);
}

static struct view
failing_count(struct view view)
{
	return view_number(outcome_of(view)->failing.count);
}

static struct view
flaky_count(struct view view)
{
	return view_number(outcome_of(view)->flaky.count);
}

static struct view
skipped_count(struct view view)
{
	return view_number(outcome_of(view)->skipped.count);
}

static struct view
slow_count(struct view view)
{
	return view_number(outcome_of(view)->slow.count);
}

/* Whether any failing test that is shown has details to show. */
static struct view
has_blocks(struct view view)
{
	const struct outcome *outcome = outcome_of(view);

	for (size_t i = 0; i < outcome->failing.count && i < page_of(view)->limits.tests; i++)
		if (block_some(row(&test_type, view, i * LISTS + LIST_FAILING)))
			return view_bool(true);
	return view_bool(false);
}

static const struct view_field lists_fields[] = {
	{ "failing", lists_failing, false },
	{ "flaky", lists_flaky, false },
	{ "skipped", lists_skipped, false },
	{ "slowest", lists_slowest, false },
	{ "slow", lists_slow, true },
	{ "failing_count", failing_count, true },
	{ "flaky_count", flaky_count, true },
	{ "skipped_count", skipped_count, true },
	{ "slow_count", slow_count, true },
	{ "has_markdown_blocks", has_blocks, true },
	{ NULL, NULL, false },
};

static const struct view_type lists_type = {.kind = VIEW_OBJECT, .fields = lists_fields};

struct view
page_test(const struct page *page, test_id id)
{
	return (struct view){&test_type, page, (uint64_t)id * LISTS + LIST_ALL};
}

struct view
page_tests(const struct page *page)
{
	return (struct view){&lists_type, page, 0};
}
