/* Comparing a run with its baseline (TESTS R16, COVERAGE 3.7). */
#include "unit.h"

#include "base/diff.h"
#include "base/mem.h"
#include "judge/compare.h"
#include "runs.h"

#include <stdio.h>
#include <stdlib.h>

/* A report that grows until it is measured. */
struct run {
	struct report report;
	struct result result;
};

static struct run now;
static struct base base;
static struct comparison found;
static struct strbuf said;

static void
set_up(void)
{
	base.whole = true;
}

static void
tear_down(void)
{
	comparison_clear(&found);
	result_clear(&now.result);
	report_clear(&now.report);
	base_clear(&base);
	strbuf_clear(&said);
}

static void
compare_with(const struct compare_sources *sources)
{
	static const struct rules rules;

	run_measure(&now.report, &now.result);
	report_settle(&base.report);
	compare_measure(&rules, &base);
	compare(&base, sources, &now.result, &found);
}

static void
compared(void)
{
	compare_with(&(struct compare_sources){0});
}

/* "container.name container.name" of a list; of a renamed one "old -> new". */
static const char *
listed(enum test_change change)
{
	strbuf_reset(&said);
	for (size_t i = 0; i < found.tests[change].count; i++) {
		const struct changed_test *item = &found.tests[change].items[i];

		if (i)
			strbuf_add_char(&said, ' ');
		if (change == CHANGE_RENAMED) {
			strbuf_add_str(&said, item->old_name);
			strbuf_add_string(&said, " -> ");
		}
		strbuf_add_str(&said, item->container);
		strbuf_add_char(&said, '.');
		strbuf_add_str(&said, item->name);
	}
	return strbuf_string(&said);
}

static const char *
lines_of(const uint32_t *lines, size_t count)
{
	strbuf_reset(&said);
	for (size_t i = 0; i < count; i++)
		strbuf_addf(&said, i ? " %u" : "%u", lines[i]);
	return strbuf_string(&said);
}

START_TEST(a_run_equals_itself)
{
	struct report *both[] = {&now.report, &base.report};

	for (int i = 0; i < 2; i++) {
		run_cover(both[i], "unit", "f a.c\nl 1 1\nl 2 0\nb 2 1");
		run_cover(both[i], "e2e", "f a.c\nl 2 1\nf b.c\nl 7 0");
		run_tests(both[i], "unit", "c one p c two f c two p c three s c four p~");
	}
	compared();
	ck_assert(!comparison_differs(&found));
	ck_assert(found.total.lines.known);
	ck_assert_int_eq(found.total.lines.points, 0);
	ck_assert_uint_eq(found.stage_count, 2);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_str_eq(found.stages[i].why_lines, "");
		ck_assert_int_eq(found.stages[i].numbers.lines.points, 0);
		ck_assert_int_eq(found.files[i].lines.points, 0);
	}
	ck_assert_str_eq(listed(CHANGE_STILL_FAILING), "c.two");
	ck_assert_uint_eq(found.removed.lines, 0);
}
END_TEST

START_TEST(each_change_of_a_test_has_its_list)
{
	run_tests(&base.report, "unit",
	    "c gone p c was_bad f c bad f c good p c ran p c idle s c steady p");
	run_tests(&now.report, "unit",
	    "c fresh f c was_bad p c bad f c good e c ran s c idle p c steady p~");
	compared();
	ck_assert_str_eq(listed(CHANGE_NEW_FAILURE), "c.fresh c.good");
	ck_assert_str_eq(listed(CHANGE_STILL_FAILING), "c.bad");
	ck_assert_str_eq(listed(CHANGE_FIXED), "c.was_bad");
	ck_assert_str_eq(listed(CHANGE_NEWLY_FLAKY), "c.steady");
	ck_assert_str_eq(listed(CHANGE_ADDED), "c.fresh");
	ck_assert_str_eq(listed(CHANGE_REMOVED), "c.gone");
	ck_assert_str_eq(listed(CHANGE_NEWLY_SKIPPED), "c.ran");
	ck_assert_str_eq(listed(CHANGE_UNSKIPPED), "c.idle");
	ck_assert_str_eq(listed(CHANGE_RENAMED), "");
	ck_assert_uint_eq(now.result.outcome.failing.count, 3);
	ck_assert_int_eq(found.failing[0], CHANGE_STILL_FAILING);
	ck_assert_int_eq(found.failing[1], CHANGE_NEW_FAILURE);
	ck_assert_int_eq(found.failing[2], CHANGE_NEW_FAILURE);
}
END_TEST

START_TEST(a_renamed_test_is_neither_added_nor_removed)
{
	run_tests(&base.report, "unit", "old.Home it_works f c rejects_empty_input f");
	run_tests(&now.report, "unit", "new.Home it_works f c rejects_empty_inputs f");
	compared();
	ck_assert_str_eq(listed(CHANGE_RENAMED),
	    "rejects_empty_input -> c.rejects_empty_inputs it_works -> new.Home.it_works");
	ck_assert_str_eq(listed(CHANGE_ADDED), "");
	ck_assert_str_eq(listed(CHANGE_REMOVED), "");
	/* what merely looks alike makes no failure an old one */
	ck_assert_str_eq(listed(CHANGE_NEW_FAILURE), "c.rejects_empty_inputs");
	ck_assert_str_eq(listed(CHANGE_STILL_FAILING), "new.Home.it_works");
}
END_TEST

/* Compares stages whose reports are in these states; the tests of none of them may be listed. */
static void
expect_incomparable(const char *why)
{
	size_t listed_tests = 0;

	compared();
	ck_assert_uint_eq(found.stage_count, 1);
	ck_assert_str_eq(found.stages[0].why_tests, why);
	for (int change = 0; change < TEST_CHANGES; change++)
		listed_tests += found.tests[change].count;
	ck_assert_uint_eq(listed_tests, 0);
	ck_assert_uint_eq(found.incomparable.count, now.result.outcome.failing.count);
	tear_down();
	set_up();
}

START_TEST(a_stage_that_either_side_lacks_is_not_comparable)
{
	run_tests(&base.report, "unit", "c one p c two f");
	expect_incomparable("no test report now");

	run_tests(&base.report, "unit", "c one p c two f");
	run_tests(&now.report, "unit", "");
	expect_incomparable("no tests now");

	run_tests(&base.report, "unit", "c one p c two f");
	run_damaged_tests(&now.report, "unit", "c one f");
	expect_incomparable("a damaged report now");

	run_damaged_tests(&base.report, "unit", "c one p");
	run_tests(&now.report, "unit", "c one f c two f");
	expect_incomparable("a damaged report in the baseline");

	run_tests(&now.report, "unit", "c one f c two f");
	expect_incomparable("no test report in the baseline");
}
END_TEST

START_TEST(lines_that_nobody_changed_tell_who_lost_them)
{
	const struct indirect_change *row;

	run_cover(&base.report, "e2e", "f a.c\nl 1 1\nl 2 1\nl 3 0\nl 4 1");
	run_cover(&base.report, "unit", "f a.c\nl 1 1\nl 2 1\nl 3 0\nl 4 0");
	run_cover(&now.report, "e2e", "f a.c\nl 1 1\nl 2 0\nl 3 1\nl 4 0");
	run_cover(&now.report, "unit", "f a.c\nl 1 0\nl 2 0\nl 3 0\nl 4 0");
	compared();
	ck_assert_uint_eq(found.indirect_count, 1);
	row = &found.indirect[0];
	ck_assert_str_eq(lines_of(row->lost, row->lost_count), "2 4");
	ck_assert_str_eq(lines_of(row->gained, row->gained_count), "3");
	ck_assert_str_eq(found.stages[0].name.s, "e2e");
	ck_assert_uint_eq(row->stages[0], 2);
	ck_assert_uint_eq(row->stages[1], 1);
}
END_TEST

START_TEST(without_a_diff_other_lines_are_not_followed)
{
	run_cover(&base.report, "unit", "f a.c\nl 1 1\nl 2 1");
	run_cover(&now.report, "unit", "f a.c\nl 1 0\nl 3 1");
	compared();
	ck_assert_uint_eq(found.indirect_count, 0);
}
END_TEST

/* What a stage that is missing now ran is not what others lost. */
START_TEST(a_missing_stage_loses_no_lines)
{
	run_cover(&base.report, "unit", "f a.c\nl 1 1\nl 2 0");
	run_cover(&base.report, "e2e", "f a.c\nl 1 1\nl 2 1");
	run_cover(&now.report, "unit", "f a.c\nl 1 1\nl 2 0");
	compared();
	ck_assert_uint_eq(found.indirect_count, 0);
	ck_assert_str_eq(found.stages[1].name.s, "e2e");
	ck_assert_str_eq(found.stages[1].why_lines, "no coverage report now");
}
END_TEST

/* old.c became new.c with its first line made two; gone.c was deleted. */
static void
make_diff(struct diff *diff)
{
	struct error err = {0};

	diff_add_file(diff, STR("new.c"), STR("old.c"), DIFF_RENAMED);
	diff_add_change(diff, &(struct diff_change){1, 1, 1, 2});
	diff_add_file(diff, STR(""), STR("gone.c"), DIFF_DELETED);
	diff_add_change(diff, &(struct diff_change){1, 2, 1, 0});
	ck_assert_msg(diff_finish(diff, &err), "%s", err.message);
}

START_TEST(a_diff_leads_lines_to_where_they_are_now)
{
	struct diff diff = {0};

	make_diff(&diff);
	run_cover(&base.report, "unit",
	    "f gone.c\nl 1 1\nl 2 1\nf kept.c\nl 1 1\nf old.c\nl 1 1\nb 2 1\nl 2 1\nl 3 0");
	run_cover(
	    &now.report, "unit", "f kept.c\nl 1 1\nl 9 0\nf new.c\nl 1 0\nl 2 0\nl 3 0\nl 4 1");
	compare_with(&(struct compare_sources){.diff = &diff});
	ck_assert_uint_eq(found.indirect_count, 1);
	ck_assert_str_eq(lines_of(found.indirect[0].lost, found.indirect[0].lost_count), "3");
	ck_assert_str_eq(lines_of(found.indirect[0].gained, found.indirect[0].gained_count), "4");
	ck_assert(found.files[1].lines.known);
	ck_assert_uint_eq(found.gone_count, 1);
	ck_assert_uint_eq(found.removed.lines, 3);
	ck_assert_uint_eq(found.removed.covered, 3);
	ck_assert_uint_eq(found.removed.rest.lines.total, 3);
	ck_assert_uint_eq(found.removed.rest.lines.covered, 2);
	ck_assert_uint_eq(found.removed.rest.branches.total, 0);
	diff_clear(&diff);
}
END_TEST

START_TEST(a_file_that_only_shrinks_has_lost_covered_lines)
{
	run_cover(&base.report, "unit", "f a.c\nl 1 1\nl 2 1\nl 3 1\nl 4 0");
	run_cover(&now.report, "unit", "f a.c\nl 1 1\nl 2 0");
	compared();
	ck_assert_uint_eq(found.removed.lines, 2);
	ck_assert_uint_eq(found.removed.rest.lines.covered, 1);
	ck_assert_uint_eq(found.removed.rest.lines.total, 2);
}
END_TEST

START_TEST(a_file_is_deleted_if_the_tree_has_it_no_more)
{
	static const struct str paths[] = {{"a.c", 3}, {"lost.c", 6}};
	struct tree *tree = tree_of(paths, 2);

	run_cover(&base.report, "unit", "f a.c\nl 1 1\nf deleted.c\nl 1 1\nf lost.c\nl 1 1");
	run_cover(&now.report, "unit", "f a.c\nl 1 1");
	compare_with(&(struct compare_sources){.tree = tree});
	ck_assert_uint_eq(found.gone_count, 2);
	ck_assert_uint_eq(found.removed.lines, 1);
	tree_free(tree);
}
END_TEST

START_TEST(a_json_result_knows_what_failed)
{
	static const struct base_failing rows[] = {
	    {{"unit", 4}, {"c", 1}, {"(unlisted)", 10}, {"", 0}},
	    {{"unit", 4}, {"c", 1}, {"bad", 3}, {"", 0}},
	    {{"unit", 4}, {"c", 1}, {"gone", 4}, {"", 0}},
	    {{"unit", 4}, {"c", 1}, {"was_bad", 7}, {"", 0}},
	};

	base.whole = false;
	base.failing = mem_copy(rows, sizeof(rows));
	base.failing_count = 4;
	base.result.stages = mem_zalloc(1, sizeof(*base.result.stages));
	base.result.stages[0] =
	    (struct stage_result){.name = STR("unit"), .id = UINT32_MAX, .tests = {.tests = 4}};
	base.result.stage_count = 1;
	base.result.total.lines = (struct ratio){1, 2};
	run_cover(&now.report, "unit", "f a.c\nl 1 1\nl 2 1");
	run_tests(&now.report, "unit", "c bad p c bad f c fresh f c was_bad p c other p~");
	compared();
	ck_assert_int_eq(found.total.lines.points, 5000);
	ck_assert_str_eq(found.stages[0].why_lines, "a JSON result does not tell it");
	ck_assert_str_eq(listed(CHANGE_NEW_FAILURE), "c.fresh");
	ck_assert_str_eq(listed(CHANGE_STILL_FAILING), "c.bad");
	ck_assert_str_eq(listed(CHANGE_FIXED), "c.was_bad");
	ck_assert_str_eq(listed(CHANGE_REMOVED), "c.gone");
	ck_assert_str_eq(listed(CHANGE_ADDED), "");
	ck_assert_str_eq(listed(CHANGE_NEWLY_FLAKY), "");
}
END_TEST

/* ---- properties ---- */

static void
add_random(struct report *report, unsigned *seed)
{
	static const char *const names[] = {"one", "two", "three", "four", "five", "six"};
	struct strbuf text = {0};

	for (int file = 0; file < 3; file++) {
		if (rand_r(seed) % 4)
			strbuf_addf(&text, "f %c.c\n", 'a' + file);
		for (int line = 1; text.length && line < 6; line++)
			if (rand_r(seed) % 3)
				strbuf_addf(&text, "l %d %d\n", line, rand_r(seed) % 2);
	}
	run_cover(report, "unit", strbuf_string(&text));
	strbuf_reset(&text);
	strbuf_add_string(&text, "c always p ");
	for (int name = 0; name < 6; name++)
		if (rand_r(seed) % 3)
			strbuf_addf(&text, "c %s %c ", names[name], "pfs"[rand_r(seed) % 3]);
	run_tests(report, "unit", strbuf_string(&text));
	strbuf_clear(&text);
}

struct summary {
	int32_t points;
	size_t counts[TEST_CHANGES];
	size_t lost;
	size_t gained;
};

static struct summary
summary_of(unsigned first, unsigned second)
{
	struct summary summary = {0};

	add_random(&base.report, &first);
	add_random(&now.report, &second);
	compared();
	summary.points = found.total.lines.points;
	for (int change = 0; change < TEST_CHANGES; change++)
		summary.counts[change] = found.tests[change].count;
	for (size_t i = 0; i < found.indirect_count; i++) {
		summary.lost += found.indirect[i].lost_count;
		summary.gained += found.indirect[i].gained_count;
	}
	tear_down();
	set_up();
	return summary;
}

START_TEST(turned_round_it_is_the_opposite)
{
	unsigned seed = 99;

	printf("compare: seed %u\n", seed);
	for (unsigned i = 0; i < 400; i++) {
		struct summary there = summary_of(seed + i, seed + i + 1),
			       back = summary_of(seed + i + 1, seed + i);
		struct summary itself = summary_of(seed + i, seed + i);

		ck_assert_int_eq(there.points, -back.points);
		ck_assert_uint_eq(there.counts[CHANGE_ADDED], back.counts[CHANGE_REMOVED]);
		ck_assert_uint_eq(there.counts[CHANGE_REMOVED], back.counts[CHANGE_ADDED]);
		ck_assert_uint_eq(
		    there.counts[CHANGE_NEWLY_SKIPPED], back.counts[CHANGE_UNSKIPPED]);
		ck_assert_uint_eq(
		    there.counts[CHANGE_STILL_FAILING], back.counts[CHANGE_STILL_FAILING]);
		ck_assert_uint_eq(there.lost, back.gained);
		itself.counts[CHANGE_STILL_FAILING] = 0;
		ck_assert_mem_eq(&itself, &(struct summary){0}, sizeof(itself));
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("compare");
	TCase *runs = tcase_create("runs");

	tcase_add_checked_fixture(runs, set_up, tear_down);
	tcase_add_test(runs, a_run_equals_itself);
	tcase_add_test(runs, each_change_of_a_test_has_its_list);
	tcase_add_test(runs, a_renamed_test_is_neither_added_nor_removed);
	tcase_add_test(runs, a_stage_that_either_side_lacks_is_not_comparable);
	tcase_add_test(runs, lines_that_nobody_changed_tell_who_lost_them);
	tcase_add_test(runs, without_a_diff_other_lines_are_not_followed);
	tcase_add_test(runs, a_missing_stage_loses_no_lines);
	tcase_add_test(runs, a_diff_leads_lines_to_where_they_are_now);
	tcase_add_test(runs, a_file_that_only_shrinks_has_lost_covered_lines);
	tcase_add_test(runs, a_file_is_deleted_if_the_tree_has_it_no_more);
	tcase_add_test(runs, a_json_result_knows_what_failed);
	tcase_add_test(runs, turned_round_it_is_the_opposite);
	suite_add_tcase(suite, runs);
	return suite;
}
