/* Gate max-drop: what dropped since the baseline, exactly, and what did not. */
#include "unit.h"

#include "base/mem.h"
#include "judge/gate.h"
#include "model/comparison.h"

static struct report report;
static struct result result;
static struct base base;
static struct comparison comparison;
static struct rules rules;
static struct max_drop rule;

static void
set_up(void)
{
	report = (struct report){0};
	rules = (struct rules){.max_drops = &rule, .max_drop_count = 1};
	base = (struct base){.name = "base.muster", .whole = true};
	comparison = (struct comparison){.base = &base};
	result = (struct result){.report = &report, .comparison = &comparison};
}

static void
tear_down(void)
{
	comparison_clear(&comparison);
	result_clear(&result);
}

/* Judges lines then and now; `rest` is what the baseline would be without what was removed. */
static const struct gate_result *
judged(struct ratio before, struct ratio rest, struct ratio now, const char *limit)
{
	struct run_facts facts = {0};
	struct error err = {0};

	base.result.total.lines = before;
	comparison.removed.rest.lines = rest;
	result.total.lines = now;
	rule = (struct max_drop){.metric = METRIC_LINES};
	ck_assert(decimal_parse(str_of(limit), 100, &rule.limit));
	result.gate_count = 0;
	ck_assert_msg(judge(&rules, &facts, &result, &err), "%s", err.message);
	ck_assert_str_eq(result.gates[0].gate, "max-drop");
	ck_assert(result.gates[0].in_points);
	return &result.gates[0];
}

START_TEST(a_drop_is_compared_exactly)
{
	struct ratio before = {80, 100}, now = {7899, 10000};
	const struct gate_result *row = judged(before, before, now, "1");

	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->actual, "1.01");
	ck_assert_str_eq(row->required, "1");
	ck_assert_uint_eq(row->needed, 1);
	ck_assert_uint_eq(row->ratio.covered, 7899);
	ck_assert_str_eq(row->message,
	    "78.99 % of 10000 lines now, 80.00 % of 100 in the baseline; cover 1 more line");
	ck_assert_int_eq(judged(before, before, now, "1.01")->status, VERDICT_PASS);
	ck_assert_int_eq(judged(before, before, now, "1.009999999999999999")->status, VERDICT_FAIL);
}
END_TEST

START_TEST(a_rise_is_no_drop)
{
	struct ratio before = {1, 3}, now = {1, 2};
	const struct gate_result *row = judged(before, before, now, "0");

	ck_assert_int_eq(row->status, VERDICT_PASS);
	ck_assert_str_eq(row->actual, "0");
}
END_TEST

START_TEST(removing_covered_lines_is_no_drop)
{
	struct ratio before = {90, 100}, rest = {40, 50}, now = {40, 50};
	const struct gate_result *row = judged(before, rest, now, "0");

	ck_assert_int_eq(row->status, VERDICT_PASS);
	ck_assert_str_eq(row->message,
	    "80.00 % of 50 lines now, 90.00 % of 100 in the baseline, "
	    "adjusted to 80.00 % of 50 without the 50 removed since (50 covered)");
	now.covered = 39;
	row = judged(before, rest, now, "0");
	ck_assert_int_eq(row->status, VERDICT_FAIL);
	ck_assert_str_eq(row->actual, "2.00");
	ck_assert_uint_eq(row->needed, 1);
}
END_TEST

START_TEST(removing_missing_lines_makes_no_gate_harder)
{
	struct ratio before = {50, 100}, rest = {50, 60}, now = {50, 90};
	const struct gate_result *row = judged(before, rest, now, "0");

	ck_assert_int_eq(row->status, VERDICT_PASS);
	ck_assert_ptr_null(strstr(row->message, "adjusted"));
}
END_TEST

START_TEST(nothing_to_compare_fails)
{
	struct ratio some = {1, 2}, none = {0, 0};

	ck_assert_int_eq(judged(none, none, some, "100")->status, VERDICT_FAIL);
	ck_assert_int_eq(judged(some, some, none, "100")->status, VERDICT_FAIL);
	result.comparison = NULL;
	ck_assert_int_eq(judged(some, some, some, "100")->status, VERDICT_FAIL);
	ck_assert_str_eq(result.gates[0].actual, "n/a");
	rules.allow_empty = true;
	ck_assert_int_eq(judged(some, some, some, "100")->status, VERDICT_PASS);
}
END_TEST

START_TEST(stages_that_can_not_be_compared_are_named)
{
	struct ratio before = {8, 10}, now = {7, 10};

	comparison.stages = mem_zalloc(1, sizeof(*comparison.stages));
	comparison.stages[0] =
	    (struct stage_change){.name = STR("e2e"), .why_lines = "no lines now", .why_tests = ""};
	comparison.stage_count = 1;
	ck_assert_ptr_nonnull(strstr(judged(before, before, now, "0")->message,
	    "; not comparable: stage e2e (no lines now)"));
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("max_drop");
	TCase *drops = tcase_create("drops");

	tcase_add_checked_fixture(drops, set_up, tear_down);
	tcase_add_test(drops, a_drop_is_compared_exactly);
	tcase_add_test(drops, a_rise_is_no_drop);
	tcase_add_test(drops, removing_covered_lines_is_no_drop);
	tcase_add_test(drops, removing_missing_lines_makes_no_gate_harder);
	tcase_add_test(drops, nothing_to_compare_fails);
	tcase_add_test(drops, stages_that_can_not_be_compared_are_named);
	suite_add_tcase(suite, drops);
	return suite;
}
