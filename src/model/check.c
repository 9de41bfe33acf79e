/* The invariants of the model, for tests and fuzzers. */
#include "base/limits.h"
#include "model/branch.h"
#include "model/file_merge.h"
#include "model/report.h"

static bool
check_lines(const struct report *report, const struct file *file, struct error *err)
{
	for (uint32_t i = 0; i < file->line_count; i++) {
		if (!file->lines[i] || file->lines[i] > LIMIT_LINE_NUMBER)
			return fail(err, ERROR_SYSTEM, "unusable line number %u", file->lines[i]);
		if (i && file->lines[i - 1] >= file->lines[i])
			return fail(err, ERROR_SYSTEM, "lines out of order at %u", file->lines[i]);
		if (file_pattern(file, i) >= report->lanes.pattern_count)
			return fail(err, ERROR_SYSTEM, "line %u without a pattern", file->lines[i]);
	}
	return true;
}

static bool
check_data(const struct file *file, const struct branch *branch, struct error *err)
{
	size_t words = branch_words(branch);
	const uint32_t *ids = words ? file->data + branch->a : NULL;

	if (words && branch->a + words > file->data_count)
		return fail(err, ERROR_SYSTEM, "branch data out of bounds at line %u", branch->line);
	if (branch->kind != BRANCH_IDS)
		return true;
	for (uint32_t i = 1; i < branch->b; i++)
		if (ids[i - 1] >= ids[i])
			return fail(err, ERROR_SYSTEM, "branch ids out of order at line %u", branch->line);
	return true;
}

static bool
check_order(const struct file *file, const struct branch *a, const struct branch *b, struct error *err)
{
	int order = a->line < b->line ? -1 : a->line > b->line;

	if (!order)
		order = a->stage < b->stage ? -1 : a->stage > b->stage;
	if (!order)
		order = branch_compare(a, file->data, b, file->data);
	return order < 0 || fail(err, ERROR_SYSTEM, "branches out of order at line %u", b->line);
}

static bool
check_branches(const struct report *report, const struct file *file, struct error *err)
{
	uint32_t row = 0;

	for (uint32_t i = 0; i < file->branch_count; i++) {
		const struct branch *branch = &file->branches[i];

		while (row < file->line_count && file->lines[row] < branch->line)
			row++;
		if (row == file->line_count || file->lines[row] != branch->line)
			return fail(err, ERROR_SYSTEM, "branch on no line: %u", branch->line);
		if (branch->stage >= report->lanes.stage_count || branch->n > LIMIT_BRANCHES)
			return fail(err, ERROR_SYSTEM, "branch of no stage at line %u", branch->line);
		if (!check_data(file, branch, err))
			return false;
		if (branch_low(branch, file->data) > branch->n)
			return fail(err, ERROR_SYSTEM, "more taken than there are at line %u", branch->line);
		if (i && !check_order(file, branch - 1, branch, err))
			return false;
	}
	return true;
}

static bool
check_functions(const struct report *report, const struct file *file, struct error *err)
{
	for (uint32_t i = 0; i < file->function_count; i++) {
		const struct function *function = &file->functions[i];

		if (function->pattern >= report->lanes.pattern_count)
			return fail(err, ERROR_SYSTEM, "function without a pattern");
		if (i && function_compare(function - 1, function, &report->strings) >= 0)
			return fail(err, ERROR_SYSTEM, "functions out of order");
	}
	return true;
}

bool
report_check(const struct report *report, struct error *err)
{
	for (size_t i = 0; i < report->file_count; i++) {
		const struct file *file = &report->files[i];
		struct str path = report_path(report, file);

		if (i && str_compare(report_path(report, file - 1), path) >= 0)
			return fail(err, ERROR_SYSTEM, "files out of order at '%s'", path.s);
		if (!check_lines(report, file, err) || !check_branches(report, file, err) ||
		    !check_functions(report, file, err)) {
			error_prefix(err, "%s: ", path.s);
			return false;
		}
	}
	return tests_check(&report->tests, report->strings.count, report->lanes.lane_count, err);
}
