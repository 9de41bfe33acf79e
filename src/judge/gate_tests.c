/* Gates max-failures, min-tests, max-skipped, max-flaky: counts of tests (TESTS R6, R8, R12). */
#include "judge/gates.h"

#include "model/quarantine.h"

#include <inttypes.h>

static const char *
plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

/* What a gate that sets a maximum counts. */
struct maximum {
	const struct gate *gate;
	const char *noun;	/* "failing" */
	const char *verb;	/* "fix" */
	uint64_t count;
	uint64_t excused;	/* apart from these */
};

static void
judge_maximum(const struct judging *judging, const struct maximum *max, uint64_t limit)
{
	struct result *result = judging->result;
	struct gate_result *row = gate_row(judging, max->gate, "total");

	row->required = gate_text(result, "%" PRIu64, limit);
	if (!judging->facts->tests_seen) {
		gate_nothing(judging, row, "no test report was read");
		return;
	}
	row->actual = gate_text(result, "%" PRIu64, max->count);
	row->message = gate_text(result, "%" PRIu64 " %s test%s%s, at most %" PRIu64, max->count, max->noun,
	    plural(max->count), max->excused ? gate_text(result, " (and %" PRIu64 " in quarantine)", max->excused) : "", limit);
	if (max->count <= limit)
		return;
	row->status = VERDICT_FAIL;
	row->needed = max->count - limit;
	row->message = gate_text(result, "%s; %s %" PRIu64 " test%s", row->message, max->verb, row->needed,
	    plural(row->needed));
}

static void
judge_failures(const struct judging *judging)
{
	const struct count_rule *rule = &judging->rules->max_failures;
	const struct test_totals *tests = &judging->result->tests;
	const struct quarantine *quarantine = judging->result->quarantine;
	uint64_t excused = quarantine ? quarantine->excused : 0;
	struct maximum max = {&gate_max_failures, "failing", "fix", tests->failed + tests->errors - excused, excused};

	if (rule->given || judging->facts->tests_seen)
		judge_maximum(judging, &max, rule->given ? rule->limit : 0);
}

const struct gate gate_max_failures = {"max-failures", NULL, judge_failures};

static void
judge_skipped(const struct judging *judging)
{
	const struct count_rule *rule = &judging->rules->max_skipped;
	struct maximum max = {&gate_max_skipped, "skipped", "run", judging->result->tests.skipped, 0};

	if (rule->given)
		judge_maximum(judging, &max, rule->limit);
}

const struct gate gate_max_skipped = {"max-skipped", NULL, judge_skipped};

static void
judge_flaky(const struct judging *judging)
{
	const struct count_rule *rule = &judging->rules->max_flaky;
	struct maximum max = {&gate_max_flaky, "flaky", "steady", judging->result->tests.flaky, 0};

	if (rule->given)
		judge_maximum(judging, &max, rule->limit);
}

const struct gate gate_max_flaky = {"max-flaky", NULL, judge_flaky};

/* An empty stage is the whole run. */
static void
judge_minimum(const struct judging *judging, struct str stage, uint64_t limit)
{
	struct result *result = judging->result;
	const struct stage_result *row_stage = stage.length ? gate_stage(result, stage) : NULL;
	bool seen = stage.length ? gate_stage_has_tests(result, row_stage) : judging->facts->tests_seen;
	uint64_t tests = row_stage ? row_stage->tests.tests : stage.length ? 0 : result->tests.tests;
	struct gate_result *row = gate_row(judging, &gate_min_tests, stage.length ? gate_copy(result, stage) : "total");

	row->required = gate_text(result, "%" PRIu64, limit);
	if (!seen) {
		gate_nothing(judging, row, stage.length ? "the stage has no test report" : "no test report was read");
		return;
	}
	row->actual = gate_text(result, "%" PRIu64, tests);
	row->message = gate_text(result, "%" PRIu64 " test%s, at least %" PRIu64, tests, plural(tests), limit);
	if (tests >= limit)
		return;
	row->status = VERDICT_FAIL;
	row->needed = limit - tests;
	row->message = gate_text(result, "%s; %" PRIu64 " more test%s", row->message, row->needed,
	    plural(row->needed));
}

static bool
has_own_rule(const struct rules *rules, struct str stage)
{
	for (size_t i = 0; i < rules->min_tests_count; i++)
		if (str_equal(rules->min_tests[i].stage, stage))
			return true;
	return false;
}

/* A required stage with a test report needs a test, whether asked for or not. */
static void
judge_tests(const struct judging *judging)
{
	const struct rules *rules = judging->rules;

	for (size_t i = 0; i < rules->min_tests_count; i++)
		judge_minimum(judging, rules->min_tests[i].stage, rules->min_tests[i].limit);
	for (size_t i = 0; i < rules->required_stage_count; i++) {
		struct str name = rules->required_stages[i];

		if (!has_own_rule(rules, name) &&
		    gate_stage_has_tests(judging->result, gate_stage(judging->result, name)))
			judge_minimum(judging, name, 1);
	}
}

const struct gate gate_min_tests = {"min-tests", NULL, judge_tests};
