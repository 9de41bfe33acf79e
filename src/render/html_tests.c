/* Tests as the report shows them: all by suite, and the grid of stages and cells. */
#include "render/html.h"

#include "base/mem.h"
#include "render/page_rows.h"

#include <stdlib.h>

/* ---- building ---- */

static bool
same_suite(const struct outcome_test *a, const struct outcome_test *b)
{
	return a->stage == b->stage && str_equal(a->container, b->container);
}

static void
suites_build(struct html *html)
{
	const struct outcome *outcome = &html->page.result->outcome;
	struct outcome_test before = {0}, test;
	size_t capacity = 0;

	html->tests = outcome_all(outcome);
	for (size_t i = 0; i < html->tests.count; i++) {
		outcome_test(outcome, html->tests.ids[i], &test);
		if (!html->suite_count || !same_suite(&before, &test)) {
			MEM_GROW(html->suites, capacity, html->suite_count + 1);
			html->suites[html->suite_count++] = (struct html_suite){.first = i};
		}
		html->suites[html->suite_count - 1].end = i + 1;
		html->suites[html->suite_count - 1].counts[test.status] += test.count;
		before = test;
	}
}

/* Columns of the grid at most: more cells than a page can show side by side. */
enum { GRID_CELLS = 64 };

static int
compare_names(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* The names of all cells that tests ran in, each once, sorted; the unlabelled one is the empty name. */
static void
cells_build(struct html *html)
{
	const struct report *report = html->page.result->report;
	size_t count = 0;

	html->cells = mem_zalloc(report->lanes.lane_count, sizeof(*html->cells));
	for (size_t i = 0; i < report->lanes.lane_count; i++)
		if (html->page.result->outcome.lanes[i].runs)
			html->cells[count++] = report_cell(report, (uint32_t)i);
	if (count)
		qsort(html->cells, count, sizeof(*html->cells), compare_names);
	for (size_t i = 0; i < count && html->cell_count < GRID_CELLS; i++)
		if (!i || !str_equal(html->cells[i], html->cells[i - 1]))
			html->cells[html->cell_count++] = html->cells[i];
}

static void
grid_build(struct html *html)
{
	const struct result *result = html->page.result;
	const struct lanes *lanes = &result->report->lanes;

	html->grid = mem_zalloc(result->stage_count * html->cell_count, sizeof(*html->grid));
	for (uint32_t i = 0; i < lanes->lane_count; i++) {
		struct str name = report_cell(result->report, i);
		const struct str *cell = bsearch(&name, html->cells, html->cell_count, sizeof(name), compare_names);

		for (size_t row = 0; cell && row < result->stage_count; row++)
			if (result->stages[row].id == lanes->lanes[i].stage)
				html->grid[row * html->cell_count + (size_t)(cell - html->cells)] = i + 1;
	}
}

void
html_tests_build(struct html *html)
{
	if (!html->page.result->outcome.lanes)
		return;
	suites_build(html);
	cells_build(html);
	if (html->cell_count)
		grid_build(html);
}

/* ---- the grid: an item's index is its place ---- */

static const struct html *
html_of(struct view view)
{
	return view.data;
}

static struct view
cell_name(struct view view)
{
	return view_text(html_of(view)->cells[view.index % html_of(view)->cell_count]);
}

static const struct test_totals *
cell_totals(struct view view)
{
	uint32_t lane = html_of(view)->grid[view.index];

	return lane ? &html_of(view)->page.result->outcome.lanes[lane - 1] : NULL;
}

static struct view
cell_runs(struct view view)
{
	const struct test_totals *totals = cell_totals(view);

	return totals && totals->runs ? view_number(totals->runs) : view_null();
}

static uint64_t
failing_runs(const struct test_totals *totals)
{
	return totals->run_counts[TEST_FAILED] + totals->run_counts[TEST_ERROR];
}

static struct view
cell_failing(struct view view)
{
	const struct test_totals *totals = cell_totals(view);

	return totals ? view_number(failing_runs(totals)) : view_null();
}

static struct view
cell_skipped(struct view view)
{
	const struct test_totals *totals = cell_totals(view);

	return totals ? view_number(totals->run_counts[TEST_SKIPPED]) : view_null();
}

static struct view
cell_passed(struct view view)
{
	const struct test_totals *totals = cell_totals(view);

	return totals ? view_number(totals->run_counts[TEST_PASSED]) : view_null();
}

static struct view
cell_time(struct view view)
{
	const struct test_totals *totals = cell_totals(view);

	return totals ? view_duration(totals->nanoseconds) : view_null();
}

static const struct view_field cell_fields[] = {
	{ "cell", cell_name, true },
	{ "runs", cell_runs, true },
	{ "passed_runs", cell_passed, true },
	{ "failing_runs", cell_failing, true },
	{ "skipped_runs", cell_skipped, true },
	{ "run_time", cell_time, true },
	{ NULL, NULL, false },
};

static const struct view_type cell_type = {.kind = VIEW_OBJECT, .fields = cell_fields};

/* The cells of the stage at list.index. */
static bool
grid_cells_next(struct view list, uint64_t *position, struct view *item)
{
	size_t width = html_of(list)->cell_count;

	return *position < width && next_row(&cell_type, list, list.index * width + width,
	    &(uint64_t){list.index * width + *position}, item) && ++*position;
}

static const struct view_type grid_cells_type = {.kind = VIEW_LIST, .next = grid_cells_next};

static struct view
grid_stage(struct view view)
{
	return view_text(html_of(view)->page.result->stages[view.index].name);
}

static struct view
grid_cells(struct view view)
{
	return row(&grid_cells_type, view, view.index);
}

static struct view
grid_totals(struct view view)
{
	return page_tests_totals(&html_of(view)->page.result->stages[view.index].tests);
}

static const struct view_field grid_row_fields[] = {
	{ "stage", grid_stage, true },
	{ "grid_cells", grid_cells, true },
	{ "stage_tests", grid_totals, true },
	{ NULL, NULL, false },
};

static const struct view_type grid_row_type = {.kind = VIEW_OBJECT, .fields = grid_row_fields};

static bool
grid_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&grid_row_type, list, html_of(list)->page.result->stage_count, position, item);
}

static const struct view_type grid_rows_type = {.kind = VIEW_LIST, .next = grid_next};

static bool
columns_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&cell_type, list, html_of(list)->cell_count, position, item);
}

static const struct view_type columns_type = {.kind = VIEW_LIST, .next = columns_next};

static struct view
grid_columns(struct view view)
{
	return row(&columns_type, view, 0);
}

static struct view
grid_rows(struct view view)
{
	return row(&grid_rows_type, view, 0);
}

static const struct view_field grid_fields[] = {
	{ "columns", grid_columns, true },
	{ "rows", grid_rows, true },
	{ NULL, NULL, false },
};

static const struct view_type grid_type = {.kind = VIEW_OBJECT, .fields = grid_fields};

struct view
html_grid(const struct html *html)
{
	return html->cell_count ? (struct view){&grid_type, html, 0} : view_null();
}

/* ---- suites: an item's index is its place ---- */

static const struct html_suite *
suite_of(struct view view)
{
	return &html_of(view)->suites[view.index];
}

static struct outcome_test
first_test(struct view view)
{
	struct outcome_test test;

	outcome_test(&html_of(view)->page.result->outcome, html_of(view)->tests.ids[suite_of(view)->first], &test);
	return test;
}

static struct view
suite_stage(struct view view)
{
	return view_text(report_stage(result_of(view)->report, first_test(view).stage));
}

static struct view
suite_container(struct view view)
{
	return view_text(first_test(view).container);
}

static struct view
suite_passed(struct view view)
{
	return view_number(suite_of(view)->counts[TEST_PASSED]);
}

static struct view
suite_failing(struct view view)
{
	return view_number(suite_of(view)->counts[TEST_FAILED] + suite_of(view)->counts[TEST_ERROR]);
}

static struct view
suite_skipped(struct view view)
{
	return view_number(suite_of(view)->counts[TEST_SKIPPED]);
}

static bool
suite_tests_next(struct view list, uint64_t *position, struct view *item)
{
	const struct html_suite *suite = suite_of(list);
	const struct html *html = html_of(list);

	if (suite->first + *position >= suite->end)
		return false;
	*item = page_test(&html->page, html->tests.ids[suite->first + (*position)++]);
	return true;
}

static const struct view_type suite_tests_type = {.kind = VIEW_LIST, .next = suite_tests_next};

static struct view
suite_tests(struct view view)
{
	return row(&suite_tests_type, view, view.index);
}

static const struct view_field suite_fields[] = {
	{ "stage", suite_stage, true },
	{ "container", suite_container, true },
	{ "suite_passed", suite_passed, true },
	{ "suite_failing", suite_failing, true },
	{ "suite_skipped", suite_skipped, true },
	{ "suite_tests", suite_tests, true },
	{ NULL, NULL, false },
};

static const struct view_type suite_type = {.kind = VIEW_OBJECT, .fields = suite_fields};

static bool
suites_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&suite_type, list, html_of(list)->suite_count, position, item);
}

static const struct view_type suites_type = {.kind = VIEW_LIST, .next = suites_next};

struct view
html_suite_list(const struct html *html)
{
	return (struct view){&suites_type, html, 0};
}
