/* How the numbers of a file, or of one line, came about. */
#include "cli/explain.h"

#include "base/filter.h"
#include "judge/measure.h"
#include "model/branch.h"

#include <inttypes.h>

#define STAGE_SCOPE STR("stage:")

static void
tell_branches(struct output *out, struct interval interval)
{
	if (!interval.n)
		output_add_string(out, "no branches");
	else if (interval.lo == interval.hi)
		output_addf(out, "%u of %u branches", interval.lo, interval.n);
	else
		output_addf(out, "%u to %u of %u branches", interval.lo, interval.hi, interval.n);
}

/* The row of a line, or the count of lines when it is not measured. */
static uint32_t
find_row(const struct file *file, uint32_t line)
{
	uint32_t low = 0, high = file->line_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (file->lines[middle] < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low < file->line_count && file->lines[low] == line ? low : file->line_count;
}

static struct interval
interval_of(const struct report *report, const struct file *file, uint32_t row)
{
	size_t from = file_branch_from(file, file->lines[row]);
	size_t to = file_branch_from(file, file->lines[row] + 1);

	return file_interval(
	    file, &report->lanes, from, to, file_pattern(file, row), FILE_ALL_STAGES);
}

static uint32_t
least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void
tell_condition(struct output *out, const uint32_t *condition)
{
	struct strbuf name = {0};

	condition_name(condition[CONDITION_NUMBER], &name);
	output_addf(out, " %.*s has %u to %u of %u", (int)name.length, name.s,
	    condition[CONDITION_MAX], least(condition[CONDITION_SUM], condition[CONDITION_WIDTH]),
	    condition[CONDITION_WIDTH]);
	strbuf_clear(&name);
}

/* What a group of branch records knows (COVERAGE 3.3). */
static void
tell_group(struct output *out, const struct report *report, const struct file *file,
    const struct branch *branch)
{
	const uint32_t *data = file->data + branch->a;

	output_add_string(out, "    ");
	explain_quote(out, report_stage(report, branch->stage));
	switch ((enum branch_kind)branch->kind) {
	case BRANCH_COUNTS:
		output_addf(out, ": counts only, at most %u of %u in one record, %u in all",
		    branch->a, branch->n, branch->b);
		break;
	case BRANCH_IDS:
		output_addf(out, ": named, of %u missing in every record:", branch->n);
		for (uint32_t i = 0; i < branch->b; i++) {
			output_add_string(out, i ? ", " : " ");
			explain_quote(out, strpool_get(&report->strings, data[i]));
		}
		output_add_string(out, branch->b ? "" : " none");
		break;
	case BRANCH_CONDS:
		output_addf(out, ": by condition, of %u:", branch->n);
		for (uint32_t i = 0; i < branch->b; i++, data += CONDITION_WORDS) {
			output_add_string(out, i ? "," : "");
			tell_condition(out, data);
		}
		break;
	case BRANCH_PLAIN:
		output_add_string(out,
		    ": hit by a record without branch data, which proves none and excludes none");
		break;
	}
	output_add_string(out, "\n");
}

static void
tell_groups(struct output *out, const struct report *report, const struct file *file, uint32_t row)
{
	size_t to = file_branch_from(file, file->lines[row] + 1);

	for (size_t i = file_branch_from(file, file->lines[row]); i < to; i++)
		tell_group(out, report, file, &file->branches[i]);
}

static void
tell_lanes(struct output *out, const struct report *report, const uint32_t *lanes, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		output_add_string(out, i ? ", " : " ");
		explain_lane(out, report, lanes[i]);
	}
	output_add_string(out, count ? "\n" : " none\n");
}

static void
tell_line(struct output *out, const struct report *report, const struct file *file, uint32_t row)
{
	output_addf(out, "%" PRIu64 " hit%s, ", file->hits[row], file->hits[row] == 1 ? "" : "s");
	tell_branches(out, interval_of(report, file, row));
	output_add_string(out, "\n");
}

static void
tell_sum(struct output *out, const struct report *report, const struct file *file)
{
	struct branch_ratio branches = {0};
	uint32_t covered = 0;

	for (uint32_t row = 0; row < file->line_count; row++) {
		struct interval interval = interval_of(report, file, row);

		covered += file->hits[row] > 0;
		branches.covered += interval.lo;
		branches.covered_max += interval.hi;
		branches.total += interval.n;
	}
	output_addf(out, "%u of %u lines", covered, file->line_count);
	if (branches.total && branches.covered == branches.covered_max)
		output_addf(
		    out, ", %" PRIu64 " of %" PRIu64 " branches", branches.covered, branches.total);
	else if (branches.total)
		output_addf(out, ", %" PRIu64 " to %" PRIu64 " of %" PRIu64 " branches",
		    branches.covered, branches.covered_max, branches.total);
	output_add_string(out, "\n");
}

/* What one report, read by itself, says of the file. */
static void
tell_content(const struct explaining *e, const struct report *report, struct str path)
{
	const struct file *file = report_find(report, path);
	uint32_t row = e->line ? find_row(file, e->line) : file->line_count;

	output_add_string(e->out, "    ");
	if (!e->line)
		tell_sum(e->out, report, file);
	else if (row == file->line_count)
		output_add_string(e->out, "the line is not measured\n");
	else
		tell_line(e->out, report, file, row);
	if (row < file->line_count)
		tell_groups(e->out, report, file, row);
}

static void
tell_input(const struct explaining *e, const struct run_input *item)
{
	output_add_string(e->out, "  ");
	explain_quote(e->out, str_of(item->name));
	output_addf(e->out, " (%s) in ", item->reader->name);
	explain_quote(e->out, item->stage);
	if (item->cell.length) {
		output_add_string(e->out, ", cell ");
		explain_quote(e->out, item->cell);
	}
	output_add_string(e->out, "\n");
}

/* Which names of the report became this path, and why; whether any did. */
static bool
tell_names(const struct explaining *e, const struct run_input *item, struct intake *intake,
    struct str path)
{
	bool any = false;

	for (size_t i = 0; i < intake->file_count; i++) {
		struct str name = strpool_get(&intake->strings, intake->files[i].name);
		struct strbuf why = {0};

		if (!str_equal(strpool_get(&intake->strings, intake->files[i].path), path))
			continue;
		if (!any)
			tell_input(e, item);
		any = true;
		paths_explain(e->reading->paths, intake, name, &why);
		output_add_string(e->out, "    named ");
		explain_quote(e->out, name);
		output_add_string(e->out, ": ");
		output_add_string(e->out, strbuf_string(&why));
		output_add_string(e->out, "\n");
		strbuf_clear(&why);
	}
	return any;
}

static void
tell_coverage(
    const struct explaining *e, const struct run_input *item, struct input *input, struct str path)
{
	struct intake intake = {.plain = e->reading->settings->no_fast_path};
	struct report report = {0};

	audit_begin(&intake.audit, str_of(item->name));
	report_begin(&report, item->stage, item->cell);
	if (item->reader->coverage(input, &intake, NULL)) {
		paths_resolve(e->reading->paths, &intake);
		if (tell_names(e, item, &intake, path)) {
			intake_finish(&intake, &report);
			tell_content(e, &report, path);
		}
	}
	intake_clear(&intake);
	report_clear(&report);
}

static void
tell_snapshot(
    const struct explaining *e, const struct run_input *item, struct input *input, struct str path)
{
	struct report report = {0};

	if (item->reader->snapshot(input, &report, NULL) && report_find(&report, path)) {
		tell_input(e, item);
		output_addf(e->out,
		    "    %zu reports merged by an earlier run, its path as that run resolved it\n",
		    report.source_count);
		tell_content(e, &report, path);
	}
	report_clear(&report);
}

static void
tell_reports(const struct explaining *e, struct str path)
{
	output_add_string(e->out, "what reports say:\n");
	for (size_t i = 0; i < e->inputs->count; i++) {
		const struct run_input *item = &e->inputs->items[i];
		struct input *input;

		if (item->error || !item->reader || item->reader->tests ||
		    !input_open(item->path, &input, NULL))
			continue;
		if (item->reader->snapshot)
			tell_snapshot(e, item, input, path);
		else
			tell_coverage(e, item, input, path);
		input_free(input);
	}
}

static void
tell_merged_line(const struct explaining *e, const struct file *file)
{
	const struct report *report = e->result->report;
	uint32_t row = find_row(file, e->line);
	const struct pattern *pattern;

	output_add_string(e->out, "merged: ");
	if (row == file->line_count) {
		output_add_string(e->out, "no report measures the line\n");
		return;
	}
	pattern = &report->lanes.patterns[file_pattern(file, row)];
	output_add_string(e->out, file->hits[row] ?
	    "covered, since a report has hits; hits are added: " :
	    "not covered, since no report has hits: ");
	tell_line(e->out, report, file, row);
	tell_groups(e->out, report, file, row);
	output_add_string(e->out, "  could run in:");
	tell_lanes(e->out, report, pattern->could, pattern->could_count);
	output_add_string(e->out, "  did run in:");
	tell_lanes(e->out, report, pattern->did, pattern->did_count);
}

static void
tell_merged(const struct explaining *e, const struct file *file)
{
	struct strbuf missing = {0};

	output_add_string(
	    e->out, "merged: a line counts if any report has it, and is covered if any has hits: ");
	tell_sum(e->out, e->result->report, file);
	file_missing(file, &missing);
	if (missing.length)
		output_addf(e->out, "  missing: %s\n", strbuf_string(&missing));
	strbuf_clear(&missing);
}

static bool
stage_has_file(const struct report *report, const struct file *file, struct str stage)
{
	for (uint32_t row = 0; row < file->line_count; row++) {
		const struct pattern *pattern = &report->lanes.patterns[file_pattern(file, row)];

		for (uint32_t i = 0; i < pattern->could_count; i++) {
			const struct lane *lane = &report->lanes.lanes[pattern->could[i]];

			if (str_equal(report_stage(report, lane->stage), stage))
				return true;
		}
	}
	return false;
}

/* Whether a --fail-under counts the file. */
static bool
counts(const struct explaining *e, const struct fail_under *rule, const struct file *file)
{
	struct str path = report_path(e->result->report, file);

	for (size_t i = 0; i < e->rules->component_count; i++)
		if (str_equal(e->rules->components[i].name, rule->scope))
			return component_has(&e->rules->components[i], path);
	if (!rule->scope.length || str_equal(rule->scope, STR("each-file")))
		return true;
	if (str_starts(rule->scope, STAGE_SCOPE))
		return stage_has_file(
		    e->result->report, file, str_of(rule->scope.s + STAGE_SCOPE.length));
	return filter_pattern_fits(rule->scope, path);
}

/* The gates of a kind stand in the order of their rules. */
static void
tell_gates(const struct explaining *e, const struct file *file)
{
	size_t next = 0, told = 0;

	output_add_string(e->out, "counted by:");
	for (size_t i = 0; i < e->rules->fail_under_count; i++) {
		const struct gate_result *gate;

		while (strcmp(e->result->gates[next].gate, "fail-under") != 0)
			next++;
		gate = &e->result->gates[next++];
		if (!counts(e, &e->rules->fail_under[i], file))
			continue;
		output_addf(e->out, "%s fail-under %s of ", told++ ? "," : "", gate->metric);
		explain_quote(e->out, str_of(gate->scope));
		output_addf(e->out, " (%s)", gate->status == VERDICT_PASS ? "passed" : "failed");
	}
	output_add_string(e->out, told ? "\n" : " no gate\n");
}

void
explain_file(const struct explaining *e, const struct file *file)
{
	struct str path = report_path(e->result->report, file);

	explain_quote(e->out, path);
	if (e->line)
		output_addf(e->out, ", line %u", e->line);
	output_add_string(e->out, "\n");
	tell_reports(e, path);
	if (e->line)
		tell_merged_line(e, file);
	else
		tell_merged(e, file);
	tell_gates(e, file);
}
