/* Views of stages and components. */
#include "render/page_changes.h"
#include "render/page_rows.h"

/* ---- a stage's cells, texts in an array ---- */

static bool
cells_next(struct view list, uint64_t *position, struct view *item)
{
	const struct stage_result *stage = &result_of(list)->stages[list.index];

	if (*position >= stage->cell_count)
		return false;
	*item = view_text(stage->cells[(*position)++]);
	return true;
}

static const struct view_type cells_type = {.kind = VIEW_LIST, .next = cells_next};

/* ---- stages ---- */

static const struct stage_result *
stage_of(struct view view)
{
	return &result_of(view)->stages[view.index];
}

static struct view
stage_name(struct view view)
{
	return view_text(stage_of(view)->name);
}

static struct view
stage_cells(struct view view)
{
	return row(&cells_type, view, view.index);
}

static struct view
stage_reports(struct view view)
{
	return view_number(stage_of(view)->reports);
}

static struct view
stage_lines(struct view view)
{
	return page_ratio(page_of(view), &stage_of(view)->numbers.lines);
}

static struct view
stage_branches(struct view view)
{
	return page_branches(page_of(view), &stage_of(view)->numbers.branches);
}

static struct view
stage_functions(struct view view)
{
	return page_ratio(page_of(view), &stage_of(view)->numbers.functions);
}

static struct view
stage_only_here(struct view view)
{
	return view_number(stage_of(view)->lines_only_here);
}

static struct view
stage_tests(struct view view)
{
	return page_tests_totals(&stage_of(view)->tests);
}

static struct view
stage_missing(struct view view)
{
	return view_bool(!stage_of(view)->reports);
}

static struct view
stage_has_tests(struct view view)
{
	return view_bool(stage_of(view)->tests.tests > 0);
}

static struct view
stage_change(struct view view)
{
	return page_stage_change(page_of(view), view.index);
}

static const struct view_field stage_fields[] = {
	{ "name", stage_name, false },
	{ "cells", stage_cells, false },
	{ "reports", stage_reports, false },
	{ "lines", stage_lines, false },
	{ "branches", stage_branches, false },
	{ "functions", stage_functions, false },
	{ "lines_only_here", stage_only_here, false },
	{ "tests", stage_tests, false },
	{ "missing", stage_missing, true },
	{ "has_tests", stage_has_tests, true },
	{ "change", stage_change, true },
	{ NULL, NULL, false },
};

static const struct view_type stage_type = {.kind = VIEW_OBJECT, .fields = stage_fields};

static bool
stages_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&stage_type, list, result_of(list)->stage_count, position, item);
}

static const struct view_type stages_type = {.kind = VIEW_LIST, .next = stages_next};

/* ---- components ---- */

static const struct component_result *
component_of(struct view view)
{
	return &result_of(view)->components[view.index];
}

static struct view
component_name(struct view view)
{
	return view_text(component_of(view)->name);
}

static struct view
component_lines(struct view view)
{
	return page_ratio(page_of(view), &component_of(view)->numbers.lines);
}

static struct view
component_branches(struct view view)
{
	return page_branches(page_of(view), &component_of(view)->numbers.branches);
}

static struct view
component_functions(struct view view)
{
	return page_ratio(page_of(view), &component_of(view)->numbers.functions);
}

static struct view
component_change(struct view view)
{
	return page_component_change(page_of(view), view.index);
}

static const struct view_field component_fields[] = {
	{ "name", component_name, false },
	{ "lines", component_lines, false },
	{ "branches", component_branches, false },
	{ "functions", component_functions, false },
	{ "change", component_change, true },
	{ NULL, NULL, false },
};

static const struct view_type component_type = {.kind = VIEW_OBJECT, .fields = component_fields};

static bool
components_next(struct view list, uint64_t *position, struct view *item)
{
	bool none = page_of(list)->limits.no_groups;

	return next_row(&component_type, list, none ? 0 : result_of(list)->component_count, position, item);
}

static const struct view_type components_type = {.kind = VIEW_LIST, .next = components_next};

struct view
page_stages(const struct page *page)
{
	return (struct view){&stages_type, page, 0};
}

struct view
page_stage(const struct page *page, size_t stage)
{
	return (struct view){&stage_type, page, stage};
}

struct view
page_components(const struct page *page)
{
	return (struct view){&components_type, page, 0};
}
