/* The gates on results made by hand. */
#include "unit.h"

#include "base/mem.h"
#include "judge/gate.h"

#include <stdio.h>

enum { FILES = 3 };

/* A report of two stages: unit (coverage and tests), e2e (a damaged test report). */
static struct report report;
static struct result result;
static struct rules rules;
static struct run_facts facts;
static struct error err;

static void
add_source(const char *stage, enum source_kind kind, enum source_state state)
{
	uint32_t name = strpool_add(&report.strings, str_of(stage));

	MEM_GROW(report.sources, report.source_capacity, report.source_count + 1);
	report.sources[report.source_count++] = (struct source){
	    .lane = lanes_lane(&report.lanes, name, 0), .kind = kind, .state = state,
	};
}

static void
set_up(void)
{
	static const struct {
		const char *path;
		struct numbers numbers;
	} rows[FILES] = {
	    {"a/one.py", {.lines = {3, 10}, .branches = {1, 2, 4}, .functions = {1, 1}}},
	    {"a/two.py", {.lines = {6, 20}, .branches = {0, 0, 0}, .functions = {0, 0}}},
	    {"b/three.py", {.lines = {9, 10}, .branches = {4, 4, 4}, .functions = {2, 3}}},
	};

	report = (struct report){0};
	rules = (struct rules){0};
	facts = (struct run_facts){.tests_seen = true};
	error_clear(&err);
	add_source("unit", SOURCE_COVERAGE, SOURCE_OK);
	add_source("unit", SOURCE_TESTS, SOURCE_OK);
	add_source("e2e", SOURCE_TESTS, SOURCE_DAMAGED);
	result = (struct result){.report = &report, .file_count = FILES, .stage_count = 2};
	result.total = (struct numbers){.lines = {8996, 10000}, .branches = {5, 6, 8}, .functions = {3, 4}};
	result.files = mem_zalloc(FILES, sizeof(*result.files));
	for (size_t i = 0; i < FILES; i++)
		result.files[i] = (struct file_result){.path = str_of(rows[i].path), .numbers = rows[i].numbers};
	result.stages = mem_zalloc(2, sizeof(*result.stages));
	result.stages[0] = (struct stage_result){.name = STR("e2e"), .id = 1, .tests = {.tests = 2, .errors = 1}};
	result.stages[1] = (struct stage_result){.name = STR("unit"), .id = 0, .numbers = {.lines = {1, 2}},
	    .tests = {.tests = 5}};
	result.components = mem_zalloc(1, sizeof(*result.components));
	result.components[0] = (struct component_result){STR("backend"), {.lines = {1, 4}}};
	result.component_count = 1;
	result.tests = (struct test_totals){.tests = 7, .passed = 3, .failed = 1, .errors = 1, .skipped = 2, .flaky = 1};
}

static void
tear_down(void)
{
	result_clear(&result);
	report_clear(&report);
}

/* Judges and gives the only row of this gate. */
static const struct gate_result *
judged(const char *gate)
{
	const struct gate_result *found = NULL;

	ck_assert_msg(judge(&rules, &facts, &result, &err), "%s", err.message);
	for (size_t i = 0; i < result.gate_count; i++) {
		if (strcmp(result.gates[i].gate, gate) != 0)
			continue;
		ck_assert_ptr_null(found);
		found = &result.gates[i];
	}
	return found;
}

static const struct gate_result *
fail_under(const char *scope, enum metric metric, const char *limit)
{
	static struct fail_under rule;

	rule = (struct fail_under){.scope = str_of(scope), .metric = metric};
	ck_assert(decimal_parse(str_of(limit), 100, &rule.limit));
	rules.fail_under = &rule;
	rules.fail_under_count = 1;
	result.gate_count = 0;
	return judged("fail-under");
}

START_TEST(a_near_miss_is_exact)
{
	const struct gate_result *row = fail_under("", METRIC_LINES, "90");

	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->scope, "total");
	ck_assert_str_eq(row->metric, "lines");
	ck_assert_str_eq(row->required, "90");
	ck_assert_str_eq(row->actual, "89.96");
	ck_assert_uint_eq(row->needed, 4);
	ck_assert_str_eq(row->message, "8996 of 10000 lines are covered; cover 4 more lines");
	ck_assert_int_eq(result.verdict, VERDICT_FAIL);
	row = fail_under("", METRIC_LINES, "89.96");
	ck_assert_int_eq(row->status, VERDICT_PASS);
	ck_assert_uint_eq(row->needed, 0);
}
END_TEST

START_TEST(ninety_nine_point_nine_is_not_a_hundred)
{
	const struct gate_result *row;

	result.total.lines = (struct ratio){99996, 100000};
	row = fail_under("", METRIC_LINES, "100");
	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->actual, "99.99");
	ck_assert_uint_eq(row->needed, 4);
}
END_TEST

START_TEST(branches_count_with_their_proven_part)
{
	const struct gate_result *row = fail_under("", METRIC_BRANCHES, "75");

	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->message, "5 of 8 branches are covered; cover 1 more branch");
}
END_TEST

START_TEST(scopes_name_parts_of_the_whole)
{
	const struct gate_result *row;
	struct component component = {.name = STR("backend")};

	rules.components = &component;
	rules.component_count = 1;
	row = fail_under("backend", METRIC_LINES, "50");
	ck_assert_str_eq(row->scope, "backend");
	ck_assert_str_eq(row->actual, "25.00");
	row = fail_under("stage:unit", METRIC_LINES, "50");
	ck_assert_int_eq(row->status, VERDICT_PASS);
	ck_assert_str_eq(row->scope, "stage:unit");
	row = fail_under("a/**", METRIC_LINES, "50");
	ck_assert_str_eq(row->scope, "a/**");
	ck_assert_uint_eq(row->ratio.covered, 9);
	ck_assert_uint_eq(row->ratio.total, 30);
	row = fail_under("three.py", METRIC_LINES, "50");
	ck_assert_uint_eq(row->ratio.total, 10);
}
END_TEST

START_TEST(each_file_is_the_worst_one)
{
	const struct gate_result *row = fail_under("each-file", METRIC_LINES, "50");

	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_uint_eq(row->ratio.covered, 3);
	ck_assert_uint_eq(row->ratio.total, 10);
	ck_assert_uint_eq(row->needed, 2);
	ck_assert_str_eq(row->message,
	    "a/one.py: 3 of 10 lines are covered; cover 2 more lines; 2 files are below 50 %");
	row = fail_under("each-file", METRIC_BRANCHES, "25");
	ck_assert_int_eq(row->status, VERDICT_PASS);
	ck_assert_uint_eq(row->ratio.total, 4);
}
END_TEST

START_TEST(nothing_to_measure_fails_unless_allowed)
{
	const struct gate_result *row = fail_under("c/**", METRIC_LINES, "0");

	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->actual, "n/a");
	ck_assert_ptr_nonnull(strstr(row->message, "nothing to measure"));
	row = fail_under("stage:load", METRIC_LINES, "1");
	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->message, "nothing to measure: no report of this stage");
	ck_assert_int_eq(fail_under("", METRIC_PATCH, "1")->status, VERDICT_FAIL);
	rules.allow_empty = true;
	ck_assert_int_eq(fail_under("c/**", METRIC_LINES, "1")->status, VERDICT_PASS);
}
END_TEST

START_TEST(an_unknown_scope_is_a_usage_error)
{
	struct component component = {.name = STR("backend")};
	struct fail_under rule = {.scope = STR("backnd")};

	rules.components = &component;
	rules.component_count = 1;
	rules.fail_under = &rule;
	rules.fail_under_count = 1;
	ck_assert(!judge_check(&rules, &err));
	ck_assert_int_eq(err.code, ERROR_USAGE);
	ck_assert_ptr_nonnull(strstr(err.message, "did you mean 'backend'?"));
	rule.scope = STR("eachfile");
	ck_assert(!judge_check(&rules, &err));
	ck_assert_ptr_nonnull(strstr(err.message, "did you mean 'each-file'?"));
	rule.scope = STR("stage:");
	ck_assert(!judge_check(&rules, &err));
	rule.scope = STR("api.py");
	ck_assert(judge_check(&rules, &err));
}
END_TEST

START_TEST(failures_are_counted_by_default)
{
	const struct gate_result *row = judged("max-failures");

	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->required, "0");
	ck_assert_str_eq(row->actual, "2");
	ck_assert_uint_eq(row->needed, 2);
	result.gate_count = 0;
	rules.max_failures = (struct count_rule){.given = true, .limit = 2};
	ck_assert_int_eq(judged("max-failures")->status, VERDICT_PASS);
	result.gate_count = 0;
	facts.tests_seen = false;
	ck_assert_int_eq(judged("max-failures")->status, VERDICT_FAIL);
	result.gate_count = 0;
	rules.max_failures.given = false;
	ck_assert_ptr_null(judged("max-failures"));
}
END_TEST

START_TEST(maxima_hold_at_their_limit)
{
	rules.max_skipped = (struct count_rule){.given = true, .limit = 1};
	rules.max_flaky = (struct count_rule){.given = true, .limit = 1};
	ck_assert_int_eq(judged("max-skipped")->status, VERDICT_FAIL);
	result.gate_count = 0;
	ck_assert_int_eq(judged("max-flaky")->status, VERDICT_PASS);
}
END_TEST

START_TEST(minima_may_have_a_stage)
{
	struct count_rule rule = {.given = true, .limit = 8};
	const struct gate_result *row;

	rules.min_tests = &rule;
	rules.min_tests_count = 1;
	row = judged("min-tests");
	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->message, "7 tests, at least 8; 1 more test");
	rule = (struct count_rule){.stage = STR("unit"), .given = true, .limit = 5};
	result.gate_count = 0;
	row = judged("min-tests");
	ck_assert_int_eq(row->status, VERDICT_PASS);
	ck_assert_str_eq(row->scope, "unit");
	rule.stage = STR("load");
	result.gate_count = 0;
	ck_assert_int_eq(judged("min-tests")->status, VERDICT_FAIL);
}
END_TEST

START_TEST(a_required_stage_needs_a_whole_report_and_a_test)
{
	struct str name = STR("unit");

	rules.required_stages = &name;
	rules.required_stage_count = 1;
	ck_assert_int_eq(judged("require-stage")->status, VERDICT_PASS);
	result.gate_count = 0;
	ck_assert_int_eq(judged("min-tests")->status, VERDICT_PASS);
	result.gate_count = 0;
	result.stages[1].tests.tests = 0;
	ck_assert_int_eq(judged("min-tests")->status, VERDICT_FAIL);
	result.gate_count = 0;
	name = STR("e2e");
	ck_assert_int_eq(judged("require-stage")->status, VERDICT_FAIL);
	result.gate_count = 0;
	name = STR("load");
	ck_assert_int_eq(judged("require-stage")->status, VERDICT_FAIL);
	ck_assert_str_eq(result.gates[0].scope, "load");
}
END_TEST

START_TEST(a_runner_may_fail_behind_a_clean_report)
{
	struct stage_exit rule = {.stage = STR("unit"), .code = 4};

	rules.stage_exits = &rule;
	rules.stage_exit_count = 1;
	ck_assert_int_eq(judged("stage-exit")->status, VERDICT_FAIL);
	result.gate_count = 0;
	rule.stage = STR("e2e");
	ck_assert_int_eq(judged("stage-exit")->status, VERDICT_PASS);
	result.gate_count = 0;
	rule.stage = STR("load");
	ck_assert_int_eq(judged("stage-exit")->status, VERDICT_FAIL);
	rule = (struct stage_exit){.stage = STR("e2e")};
	judge_notes(&rules, &result, &report.audit);
	ck_assert_uint_eq(report.audit.count, 1);
	ck_assert_str_eq(report.audit.findings[0].code, "runner-passed");
}
END_TEST

START_TEST(needed_jobs_must_have_succeeded)
{
	const struct gate_result *row;

	rules.needs = "{\"lint\": {\"result\": \"success\", \"outputs\": {}}, \"image\": {\"result\": \"skipped\"}}";
	row = judged("needs");
	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->message, "'image' ended with skipped");
	result.gate_count = 0;
	rules.needs_skipped_ok = true;
	ck_assert_int_eq(judged("needs")->status, VERDICT_PASS);
	result.gate_count = 0;
	rules.needs = "{\"lint\": {\"result\": \"cancelled\"}, \"x\": {\"result\": \"failure\"}}";
	ck_assert_str_eq(judged("needs")->message, "'lint' ended with cancelled, 'x' ended with failure");
	result.gate_count = 0;
	rules.needs = "{}";
	ck_assert_int_eq(judged("needs")->status, VERDICT_FAIL);
}
END_TEST

START_TEST(needs_of_another_shape_are_a_usage_error)
{
	static const char *const texts[] = {"", "[]", "null", "{", "{\"lint\": {}}", "{\"lint\": \"success\"}",
	    "{\"lint\": {\"result\": 1}}", "{\"lint\": {\"result\": \"success\", \"result\": \"failure\"}}"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		rules.needs = texts[i];
		ck_assert_msg(!judge_check(&rules, &err), "%s", texts[i]);
		ck_assert_int_eq(err.code, ERROR_USAGE);
	}
}
END_TEST

START_TEST(what_was_not_read_whole_fails)
{
	struct str names[] = {STR("a.xml"), STR("b.xml")};
	const struct gate_result *row;

	rules.max_failures = (struct count_rule){.given = true, .limit = 9};
	ck_assert_int_eq(judged("reports")->status, VERDICT_PASS);
	ck_assert_int_eq(result.verdict, VERDICT_PASS);
	ck_assert(result.all_read);
	result.gate_count = 0;
	facts.inputs_failed = facts.failed_name_count = 2;
	facts.failed_names = names;
	row = judged("reports");
	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->message, "could not be read whole: 'a.xml', 'b.xml'");
	ck_assert_int_eq(result.verdict, VERDICT_FAIL);
	ck_assert(!result.all_read);
}
END_TEST

START_TEST(strict_lets_no_error_pass)
{
	audit_begin(&report.audit, STR("a.xml"));
	audit_add(&report.audit, AUDIT_WARNING, 1, "odd", "odd");
	ck_assert_ptr_null(judged("strict"));
	result.gate_count = 0;
	rules.strict = true;
	ck_assert_int_eq(judged("strict")->status, VERDICT_PASS);
	audit_add(&report.audit, AUDIT_ERROR, 2, "bad", "bad");
	audit_end(&report.audit);
	result.gate_count = 0;
	ck_assert_int_eq(judged("strict")->status, VERDICT_FAIL);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("gate");
	TCase *gates = tcase_create("gates");

	tcase_add_checked_fixture(gates, set_up, tear_down);
	tcase_add_test(gates, a_near_miss_is_exact);
	tcase_add_test(gates, ninety_nine_point_nine_is_not_a_hundred);
	tcase_add_test(gates, branches_count_with_their_proven_part);
	tcase_add_test(gates, scopes_name_parts_of_the_whole);
	tcase_add_test(gates, each_file_is_the_worst_one);
	tcase_add_test(gates, nothing_to_measure_fails_unless_allowed);
	tcase_add_test(gates, an_unknown_scope_is_a_usage_error);
	tcase_add_test(gates, failures_are_counted_by_default);
	tcase_add_test(gates, maxima_hold_at_their_limit);
	tcase_add_test(gates, minima_may_have_a_stage);
	tcase_add_test(gates, a_required_stage_needs_a_whole_report_and_a_test);
	tcase_add_test(gates, a_runner_may_fail_behind_a_clean_report);
	tcase_add_test(gates, needed_jobs_must_have_succeeded);
	tcase_add_test(gates, needs_of_another_shape_are_a_usage_error);
	tcase_add_test(gates, what_was_not_read_whole_fails);
	tcase_add_test(gates, strict_lets_no_error_pass);
	suite_add_tcase(suite, gates);
	return suite;
}
