/* Gates require-stage and stage-exit: a stage ran, and its runner agrees with its reports (TESTS R13). */
#include "judge/gates.h"

#include <inttypes.h>

static bool
is_of_stage(const struct report *report, const struct source *source, const struct stage_result *stage)
{
	return stage && report->lanes.lanes[source->lane].stage == stage->id;
}

bool
gate_stage_has_tests(const struct result *result, const struct stage_result *stage)
{
	const struct report *report = result->report;

	for (size_t i = 0; i < report->source_count; i++)
		if (report->sources[i].kind == SOURCE_TESTS && is_of_stage(report, &report->sources[i], stage))
			return true;
	return false;
}

/* Reports, whole or not; what could not be told to be one is none. */
static uint64_t
count_reports(const struct result *result, const struct stage_result *stage, bool whole)
{
	const struct report *report = result->report;
	uint64_t count = 0;

	for (size_t i = 0; i < report->source_count; i++) {
		const struct source *source = &report->sources[i];

		if (is_of_stage(report, source, stage) && source->kind != SOURCE_UNKNOWN &&
		    (source->state == SOURCE_OK) == whole)
			count++;
	}
	return count;
}

static void
judge_stage(const struct judging *judging, struct str name)
{
	struct result *result = judging->result;
	const struct stage_result *stage = gate_stage(result, name);
	uint64_t whole = count_reports(result, stage, true);
	struct gate_result *row = gate_row(judging, &gate_require_stage, gate_copy(result, name));

	row->required = "1";
	row->actual = gate_text(result, "%" PRIu64, whole);
	if (whole) {
		row->message = gate_text(result, "%" PRIu64 " whole report%s", whole, whole == 1 ? "" : "s");
		return;
	}
	row->status = VERDICT_FAIL;
	row->needed = 1;
	row->message = count_reports(result, stage, false) ? "no whole report of this stage, only damaged ones" :
	    "no report of this stage";
}

static void
judge_required(const struct judging *judging)
{
	for (size_t i = 0; i < judging->rules->required_stage_count; i++)
		judge_stage(judging, judging->rules->required_stages[i]);
}

const struct gate gate_require_stage = {"require-stage", NULL, judge_required};

static uint64_t
cell_failing(const struct result *result, uint32_t stage, struct str cell)
{
	const struct lanes *lanes = &result->report->lanes;

	for (uint32_t i = 0; i < lanes->lane_count; i++)
		if (lanes->lanes[i].stage == stage && str_equal(report_cell(result->report, i), cell))
			return result->outcome.lanes[i].failed + result->outcome.lanes[i].errors;
	return 0;
}

static uint64_t
count_failing(const struct result *result, const struct stage_exit *rule)
{
	const struct stage_result *stage = gate_stage(result, rule->stage);

	if (!stage)
		return 0;
	if (rule->has_cell)
		return cell_failing(result, stage->id, rule->cell);
	return stage->tests.failed + stage->tests.errors;
}

static const char *
exit_scope(struct result *result, const struct stage_exit *rule)
{
	if (!rule->has_cell)
		return gate_copy(result, rule->stage);
	return gate_text(result, "%s/%s", gate_copy(result, rule->stage), gate_copy(result, rule->cell));
}

static void
judge_exit(const struct judging *judging, const struct stage_exit *rule)
{
	struct result *result = judging->result;
	uint64_t failing = count_failing(result, rule);
	struct gate_result *row = gate_row(judging, &gate_stage_exit, exit_scope(result, rule));

	row->required = "0";
	row->actual = gate_text(result, "%" PRId64, rule->code);
	if (rule->code && !failing) {
		row->status = VERDICT_FAIL;
		row->message = gate_text(result, "the runner failed with exit status %" PRId64 ", %s", rule->code,
		    gate_stage_has_tests(result, gate_stage(result, rule->stage))
			? "its report is clean" : "no test report tells of it");
	} else {
		row->message = gate_text(result,
		    "the runner ended with %" PRId64 ", %" PRIu64 " failing test%s", rule->code, failing,
		    failing == 1 ? "" : "s");
	}
}

static void
judge_exits(const struct judging *judging)
{
	for (size_t i = 0; i < judging->rules->stage_exit_count; i++)
		judge_exit(judging, &judging->rules->stage_exits[i]);
}

const struct gate gate_stage_exit = {"stage-exit", NULL, judge_exits};

void
judge_notes(const struct rules *rules, const struct result *result, struct audit *audit)
{
	audit_begin(audit, STR(""));
	for (size_t i = 0; i < rules->stage_exit_count; i++) {
		const struct stage_exit *rule = &rules->stage_exits[i];
		uint64_t failing = count_failing(result, rule);

		if (rule->code || !failing)
			continue;
		audit_add(audit, AUDIT_NOTE, 0, "runner-passed",
		    "stage '%.*s'%s%.*s: the runner ended with 0, but %" PRIu64 " test%s failing",
		    (int)rule->stage.length, rule->stage.s, rule->has_cell ? ", cell " : "", (int)rule->cell.length,
		    rule->cell.s, failing, failing == 1 ? " is" : "s are");
	}
	audit_end(audit);
}
