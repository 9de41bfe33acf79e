/* Views of the comparison with the baseline. */
#include "render/page_changes.h"

#include "model/comparison.h"
#include "render/page_rows.h"

static const struct comparison *
comparison_of(struct view view)
{
	return result_of(view)->comparison;
}

/* ---- stages ---- */

static const struct stage_change *
stage_of(struct view view)
{
	return &comparison_of(view)->stages[view.index];
}

static struct view
stage_name(struct view view)
{
	return view_text(stage_of(view)->name);
}

static struct view
stage_lines(struct view view)
{
	return page_change(&stage_of(view)->numbers.lines);
}

static struct view
stage_branches(struct view view)
{
	return page_change(&stage_of(view)->numbers.branches);
}

static struct view
stage_functions(struct view view)
{
	return page_change(&stage_of(view)->numbers.functions);
}

static struct view
stage_why_lines(struct view view)
{
	return *stage_of(view)->why_lines ? view_string(stage_of(view)->why_lines) : view_null();
}

static struct view
stage_why_tests(struct view view)
{
	return *stage_of(view)->why_tests ? view_string(stage_of(view)->why_tests) : view_null();
}

static const struct view_field stage_fields[] = {
    {"name", stage_name, false},
    {"lines", stage_lines, false},
    {"branches", stage_branches, false},
    {"functions", stage_functions, false},
    {"lines_not_comparable", stage_why_lines, false},
    {"tests_not_comparable", stage_why_tests, false},
    {NULL, NULL, false},
};

static const struct view_type stage_type = {.kind = VIEW_OBJECT, .fields = stage_fields};

static bool
stages_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&stage_type, list, comparison_of(list)->stage_count, position, item);
}

/* Only those that something of is not comparable. */
static bool
incomparable_next(struct view list, uint64_t *position, struct view *item)
{
	while (stages_next(list, position, item))
		if (*stage_of(*item)->why_lines || *stage_of(*item)->why_tests)
			return true;
	return false;
}

static const struct view_type stages_type = {.kind = VIEW_LIST, .next = stages_next};
static const struct view_type incomparable_type = {.kind = VIEW_LIST, .next = incomparable_next};

/* ---- components and files ---- */

static struct view
component_name(struct view view)
{
	return view_text(result_of(view)->components[view.index].name);
}

static struct view
component_lines(struct view view)
{
	return page_change(&comparison_of(view)->components[view.index].lines);
}

static struct view
component_branches(struct view view)
{
	return page_change(&comparison_of(view)->components[view.index].branches);
}

static struct view
component_functions(struct view view)
{
	return page_change(&comparison_of(view)->components[view.index].functions);
}

static const struct view_field component_fields[] = {
    {"name", component_name, false},
    {"lines", component_lines, false},
    {"branches", component_branches, false},
    {"functions", component_functions, false},
    {NULL, NULL, false},
};

static const struct view_type component_type = {.kind = VIEW_OBJECT, .fields = component_fields};

static bool
components_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&component_type, list, result_of(list)->component_count, position, item);
}

static const struct view_type components_type = {.kind = VIEW_LIST, .next = components_next};

static const struct numbers_change *
file_of(struct view view)
{
	return &comparison_of(view)->files[view.index];
}

static struct view
file_path(struct view view)
{
	return view_text(result_of(view)->files[view.index].path);
}

static struct view
file_lines(struct view view)
{
	return page_change(&file_of(view)->lines);
}

static struct view
file_branches(struct view view)
{
	return page_change(&file_of(view)->branches);
}

static struct view
file_functions(struct view view)
{
	return page_change(&file_of(view)->functions);
}

static const struct view_field file_fields[] = {
    {"path", file_path, false},
    {"lines", file_lines, false},
    {"branches", file_branches, false},
    {"functions", file_functions, false},
    {NULL, NULL, false},
};

static const struct view_type file_type = {.kind = VIEW_OBJECT, .fields = file_fields};

/* Files whose numbers differ. */
static bool
files_next(struct view list, uint64_t *position, struct view *item)
{
	while (next_row(&file_type, list, result_of(list)->file_count, position, item)) {
		const struct numbers_change *file = file_of(*item);

		if (file->lines.points || file->branches.points || file->functions.points)
			return true;
	}
	return false;
}

static const struct view_type files_type = {.kind = VIEW_LIST, .next = files_next};

static bool
gone_next(struct view list, uint64_t *position, struct view *item)
{
	if (*position >= comparison_of(list)->gone_count)
		return false;
	*item = view_text(comparison_of(list)->gone[(*position)++]);
	return true;
}

static const struct view_type gone_type = {.kind = VIEW_LIST, .next = gone_next};

static struct view
removed_lines(struct view view)
{
	return view_number(comparison_of(view)->removed.lines);
}

static struct view
removed_covered(struct view view)
{
	return view_number(comparison_of(view)->removed.covered);
}

static const struct view_field removed_fields[] = {
    {"lines", removed_lines, false},
    {"covered", removed_covered, false},
    {NULL, NULL, false},
};

static const struct view_type removed_type = {.kind = VIEW_OBJECT, .fields = removed_fields};

/* ---- the whole ---- */

static struct view
base_name(struct view view)
{
	return view_string(comparison_of(view)->base->name);
}

static struct view
base_kind(struct view view)
{
	return view_string(comparison_of(view)->base->whole ? "snapshot" : "json");
}

static struct view
base_totals(struct view view)
{
	return page_numbers_change(&comparison_of(view)->total);
}

static struct view
base_stages(struct view view)
{
	return row(&stages_type, view, 0);
}

static struct view
base_incomparable(struct view view)
{
	return row(&incomparable_type, view, 0);
}

static struct view
base_components(struct view view)
{
	return row(&components_type, view, 0);
}

static struct view
base_files(struct view view)
{
	return row(&files_type, view, 0);
}

static struct view
base_gone(struct view view)
{
	return row(&gone_type, view, 0);
}

static struct view
base_removed(struct view view)
{
	return row(&removed_type, view, 0);
}

static struct view
base_indirect(struct view view)
{
	return page_indirect(page_of(view));
}

static struct view
base_indirect_count(struct view view)
{
	return view_number(comparison_of(view)->indirect_count);
}

static struct view
base_tests(struct view view)
{
	return page_changed_tests(page_of(view));
}

static const struct view_field base_fields[] = {
    {"name", base_name, false},
    {"kind", base_kind, false},
    {"totals", base_totals, false},
    {"stages", base_stages, false},
    {"components", base_components, false},
    {"files", base_files, false},
    {"gone", base_gone, false},
    {"removed", base_removed, false},
    {"indirect", base_indirect, false},
    {"tests", base_tests, false},
    {"indirect_count", base_indirect_count, true},
    {"incomparable", base_incomparable, true},
    {NULL, NULL, false},
};

static const struct view_type base_type = {.kind = VIEW_OBJECT, .fields = base_fields};

struct view
page_baseline(const struct page *page)
{
	return page->result->comparison ? (struct view){&base_type, page, 0} : view_null();
}

struct view
page_total_change(const struct page *page)
{
	return page->result->comparison ? page_numbers_change(&page->result->comparison->total)
					: view_null();
}

struct view
page_stage_change(const struct page *page, size_t stage)
{
	return page->result->comparison ? (struct view){&stage_type, page, stage} : view_null();
}

struct view
page_component_change(const struct page *page, size_t component)
{
	return page->result->comparison
		   ? page_numbers_change(&page->result->comparison->components[component])
		   : view_null();
}

struct view
page_file_change(const struct page *page, size_t file)
{
	return page->result->comparison
		   ? page_numbers_change(&page->result->comparison->files[file])
		   : view_null();
}
