/* The root of what templates and JSON see of a result. */
#include "render/page_rows.h"

#include "base/mem.h"
#include "render/page_changes.h"

#include <stdlib.h>

static struct view
muster_version(struct view view)
{
	(void)view;
	return view_string(PACKAGE_VERSION);
}

static struct view
muster_schema(struct view view)
{
	(void)view;
	return view_number(1);
}

static const struct view_field muster_fields[] = {
	{ "version", muster_version, false },
	{ "schema", muster_schema, false },
	{ NULL, NULL, false },
};

static const struct view_type muster_type = {.kind = VIEW_OBJECT, .fields = muster_fields};

static struct view
total_files(struct view view)
{
	return view_number(result_of(view)->file_count);
}

static struct view
total_lines(struct view view)
{
	return page_ratio(page_of(view), &result_of(view)->total.lines);
}

static struct view
total_branches(struct view view)
{
	return page_branches(page_of(view), &result_of(view)->total.branches);
}

static struct view
total_functions(struct view view)
{
	return page_ratio(page_of(view), &result_of(view)->total.functions);
}

static struct view
total_patch(struct view view)
{
	return page_patch(page_of(view));
}

static struct view
total_tests(struct view view)
{
	return page_tests_totals(&result_of(view)->tests);
}

static struct view
total_change(struct view view)
{
	return page_total_change(page_of(view));
}

static const struct view_field totals_fields[] = {
	{ "files", total_files, false },
	{ "lines", total_lines, false },
	{ "branches", total_branches, false },
	{ "functions", total_functions, false },
	{ "patch", total_patch, false },
	{ "tests", total_tests, false },
	{ "change", total_change, true },
	{ NULL, NULL, false },
};

static const struct view_type totals_type = {.kind = VIEW_OBJECT, .fields = totals_fields};

static struct view
root_muster(struct view view)
{
	return row(&muster_type, view, 0);
}

static struct view
root_verdict(struct view view)
{
	return view_string(result_of(view)->verdict == VERDICT_PASS ? "pass" : "fail");
}

static struct view
root_totals(struct view view)
{
	return row(&totals_type, view, 0);
}

static struct view
root_stages(struct view view)
{
	return page_stages(page_of(view));
}

static struct view
root_components(struct view view)
{
	return page_components(page_of(view));
}

static struct view
root_files(struct view view)
{
	return page_files(page_of(view), false);
}

static struct view
root_tests(struct view view)
{
	return page_tests(page_of(view));
}

static struct view
root_gates(struct view view)
{
	return page_gates(page_of(view));
}

static struct view
root_audit(struct view view)
{
	return page_audit(page_of(view));
}

static struct view
root_baseline(struct view view)
{
	return page_baseline(page_of(view));
}

static struct view
root_history(struct view view)
{
	return page_history(page_of(view));
}

static struct view
root_passed(struct view view)
{
	return view_bool(result_of(view)->verdict == VERDICT_PASS);
}

static struct view
root_failed_gates(struct view view)
{
	return page_gates_by_status(page_of(view), VERDICT_FAIL);
}

static struct view
root_passed_gates(struct view view)
{
	return page_gates_by_status(page_of(view), VERDICT_PASS);
}

static uint64_t
gates_with(const struct result *result, enum verdict status)
{
	uint64_t count = 0;

	for (size_t i = 0; i < result->gate_count; i++)
		count += result->gates[i].status == status;
	return count;
}

static struct view
root_failed_count(struct view view)
{
	return view_number(gates_with(result_of(view), VERDICT_FAIL));
}

static struct view
root_gate_count(struct view view)
{
	return view_number(result_of(view)->gate_count);
}

static struct view
root_one_gate(struct view view)
{
	return view_bool(result_of(view)->gate_count == 1);
}

static struct view
root_missing_files(struct view view)
{
	return page_files(page_of(view), true);
}

static struct view
root_missing_count(struct view view)
{
	return view_number(page_of(view)->file_count);
}

static struct view
root_shows_files(struct view view)
{
	return view_bool(page_of(view)->limits.files > 0);
}

static struct view
root_has_patch(struct view view)
{
	return view_bool(result_of(view)->patch.diff != NULL);
}

static struct view
root_changed_files(struct view view)
{
	return page_changed_files(page_of(view), false);
}

static struct view
root_changed_count(struct view view)
{
	return view_number(page_of(view)->changed_count);
}

static struct view
root_uncovered_files(struct view view)
{
	return page_changed_files(page_of(view), true);
}

static struct view
root_uncovered_count(struct view view)
{
	return view_number(page_of(view)->uncovered_count);
}

static struct view
audit_errors(struct view view)
{
	return view_number(audit_count(&result_of(view)->report->audit, AUDIT_ERROR));
}

static struct view
audit_warnings(struct view view)
{
	return view_number(audit_count(&result_of(view)->report->audit, AUDIT_WARNING));
}

static struct view
audit_notes(struct view view)
{
	return view_number(audit_count(&result_of(view)->report->audit, AUDIT_NOTE));
}

static struct view
audit_all(struct view view)
{
	return view_number(result_of(view)->report->audit.count);
}

static struct view
root_cut(struct view view)
{
	return view_bool(page_of(view)->cut);
}

static struct view
root_left_out(struct view view)
{
	return page_left_out(page_of(view));
}

static struct view
root_details(struct view view)
{
	return view_bool(!page_of(view)->limits.no_details);
}

static struct view
root_has_coverage(struct view view)
{
	return view_bool(result_of(view)->file_count > 0);
}

static struct view
root_has_tests(struct view view)
{
	return view_bool(result_of(view)->tests.tests > 0);
}

static struct view
root_has_components(struct view view)
{
	return view_bool(result_of(view)->component_count > 0 && !page_of(view)->limits.no_groups);
}

/* One package is the total. */
static struct view
root_has_packages(struct view view)
{
	return view_bool(page_of(view)->package_count > 1 && !page_of(view)->limits.no_groups);
}

static struct view
root_packages(struct view view)
{
	return page_packages(page_of(view));
}

static struct view
root_package_count(struct view view)
{
	return view_number(page_of(view)->package_count);
}

static struct view
root_audit_shown(struct view view)
{
	return view_bool(result_of(view)->report->audit.count > 0 && page_of(view)->limits.findings > 0);
}

static const struct render_links *
links_of(struct view view)
{
	return page_of(view)->settings->links;
}

static struct view
root_folded(struct view view)
{
	return view_bool(page_of(view)->settings->folded && result_of(view)->verdict == VERDICT_PASS);
}

/* Seven digits of a commit id tell it. */
static struct view
short_sha(const char *sha)
{
	struct str text = str_of(sha);

	if (text.length > 7)
		text.length = 7;
	return view_text(text);
}

static struct view
root_head(struct view view)
{
	return links_of(view) ? short_sha(links_of(view)->head) : view_null();
}

static struct view
root_base(struct view view)
{
	return links_of(view) ? short_sha(links_of(view)->base) : view_null();
}

static struct view
root_run_url(struct view view)
{
	return links_of(view) ? view_string(links_of(view)->run_url) : view_null();
}

static struct view
root_stage_count(struct view view)
{
	return view_number(result_of(view)->stage_count);
}

static struct view
root_stages_read(struct view view)
{
	uint64_t count = 0;

	for (size_t i = 0; i < result_of(view)->stage_count; i++)
		count += result_of(view)->stages[i].reports > 0;
	return view_number(count);
}

static const struct view_field root_fields[] = {
	{ "muster", root_muster, false },
	{ "verdict", root_verdict, false },
	{ "totals", root_totals, false },
	{ "stages", root_stages, false },
	{ "components", root_components, false },
	{ "files", root_files, false },
	{ "tests", root_tests, false },
	{ "gates", root_gates, false },
	{ "audit", root_audit, false },
	{ "baseline", root_baseline, false },
	{ "history", root_history, false },
	{ "passed", root_passed, true },
	{ "failed_gates", root_failed_gates, true },
	{ "passed_gates", root_passed_gates, true },
	{ "failed_gate_count", root_failed_count, true },
	{ "gate_count", root_gate_count, true },
	{ "one_gate", root_one_gate, true },
	{ "missing_files", root_missing_files, true },
	{ "missing_file_count", root_missing_count, true },
	{ "shows_files", root_shows_files, true },
	{ "has_patch", root_has_patch, true },
	{ "changed_files", root_changed_files, true },
	{ "changed_file_count", root_changed_count, true },
	{ "uncovered_files", root_uncovered_files, true },
	{ "uncovered_file_count", root_uncovered_count, true },
	{ "audit_errors", audit_errors, true },
	{ "audit_warnings", audit_warnings, true },
	{ "audit_notes", audit_notes, true },
	{ "audit_count", audit_all, true },
	{ "audit_shown", root_audit_shown, true },
	{ "has_components", root_has_components, true },
	{ "has_packages", root_has_packages, true },
	{ "packages", root_packages, true },
	{ "package_count", root_package_count, true },
	{ "cut", root_cut, true },
	{ "left_out", root_left_out, true },
	{ "folded", root_folded, true },
	{ "head", root_head, true },
	{ "base", root_base, true },
	{ "run_url", root_run_url, true },
	{ "stage_count", root_stage_count, true },
	{ "stages_read", root_stages_read, true },
	{ "details", root_details, true },
	{ "has_coverage", root_has_coverage, true },
	{ "has_tests", root_has_tests, true },
	{ NULL, NULL, false },
};

static const struct view_type root_type = {.kind = VIEW_OBJECT, .fields = root_fields};

struct view
page_view(const struct page *page)
{
	return (struct view){&root_type, page, 0};
}

/* Most missing lines first, then by path. */
static int
missing_compare(const void *left, const void *right, void *context)
{
	const struct result *result = context;
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;
	struct ratio x = result->files[a].numbers.lines;
	struct ratio y = result->files[b].numbers.lines;
	uint64_t x_missing = x.total - x.covered;
	uint64_t y_missing = y.total - y.covered;

	if (x_missing != y_missing)
		return x_missing > y_missing ? -1 : 1;
	return (a > b) - (a < b);
}

static int
id_compare(const void *left, const void *right, void *context)
{
	const test_id *ids = context;
	test_id a = ids[*(const uint32_t *)left], b = ids[*(const uint32_t *)right];

	return (a > b) - (a < b);
}

/* Places of the failing tests by their ids; owned. */
static uint32_t *
order_failing(const struct test_list *failing)
{
	uint32_t *places = mem_alloc(failing->count * sizeof(*places));

	for (size_t i = 0; i < failing->count; i++)
		places[i] = (uint32_t)i;
	if (failing->count)
		qsort_r(places, failing->count, sizeof(*places), id_compare, failing->ids);
	return places;
}

void
page_init(struct page *page, const struct result *result, const struct render_settings *settings)
{
	uint32_t *files = mem_zalloc(result->file_count, sizeof(*files));

	*page = (struct page){.result = result, .settings = settings, .files = files};
	page->failing = order_failing(&result->outcome.failing);
	page->limits = (struct page_limits){SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, false, false, false};
	for (size_t i = 0; i < result->file_count; i++) {
		struct ratio lines = result->files[i].numbers.lines;

		if (lines.covered < lines.total)
			files[page->file_count++] = (uint32_t)i;
	}
	if (page->file_count)
		qsort_r(files, page->file_count, sizeof(*files), missing_compare, (void *)(uintptr_t)result);
	page_order_changed(page);
}

bool
page_failing_place(const struct page *page, test_id id, size_t *place)
{
	const struct test_list *failing = &page->result->outcome.failing;
	size_t low = 0, high = failing->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		*place = page->failing[middle];
		if (failing->ids[*place] == id)
			return true;
		if (failing->ids[*place] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

void
page_release(struct page *page)
{
	free((void *)(uintptr_t)page->files);
	free((void *)(uintptr_t)page->failing);
	free((void *)(uintptr_t)page->changed);
	free((void *)(uintptr_t)page->packages);
	*page = (struct page){0};
}
