/* The file of earlier runs. */
#include "unit.h"

#include "judge/history.h"
#include "runs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/test_history.XXXXXX";
static char path[64];
static struct report report;
static struct result result;
static struct history history;
static struct error err;
static uint64_t keep;

static void
forget_run(void)
{
	history_clear(&history);
	result_clear(&result);
	report_clear(&report);
}

static void
set_up(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/history.db", folder);
	error_clear(&err);
	keep = 100;
}

static void
tear_down(void)
{
	forget_run();
	unlink(path);
	rmdir(folder);
	strcpy(folder, "/tmp/test_history.XXXXXX");
}

/* Runs that agree in commit, length of text and covered lines are the same run. */
static bool
try_run(const char *sha, const char *tests, uint64_t covered)
{
	struct history_settings settings = {path, sha, keep};
	char digest[DIGEST_BYTES + 1];

	forget_run();
	run_tests(&report, "unit", tests);
	snprintf(digest, sizeof(digest), "%32zu", strlen(tests) * 1000 + (size_t)covered);
	memcpy(report.sources[0].digest, digest, DIGEST_BYTES);
	report.sources[0].has_digest = true;
	run_measure(&report, &result);
	result.total.lines = (struct ratio){covered, 10};
	result.timestamp = 1700000000 + covered;
	return history_update(&settings, &result, &history, &err);
}

static void
run_once(const char *sha, const char *tests, uint64_t covered)
{
	ck_assert_msg(try_run(sha, tests, covered), "%s", err.message);
}

/* "failed 1 of 2" of the first failing test. */
static const char *
record(void)
{
	static char text[64];

	ck_assert_uint_eq(history.failing.count, result.outcome.failing.count);
	snprintf(text, sizeof(text), "failed %u of %u", history.failing.items[0].failures,
	    history.failing.items[0].runs);
	return text;
}

START_TEST(the_first_run_knows_itself)
{
	run_once("a", "c t f", 5);
	ck_assert_uint_eq(history.point_count, 1);
	ck_assert_uint_eq(history.points[0].failing, 1);
	ck_assert_uint_eq(history.points[0].time, 1700000005);
	ck_assert_str_eq(record(), "failed 0 of 0");
}
END_TEST

START_TEST(earlier_failures_are_counted)
{
	run_once("a", "c t f", 1);
	run_once("b", "c t p c u p", 2);
	run_once("c", "c u p", 3);
	run_once("d", "c t e", 4);
	ck_assert_str_eq(record(), "failed 1 of 2");
	ck_assert_uint_eq(history.point_count, 4);
	for (unsigned i = 0; i < 4; i++)
		ck_assert_uint_eq(history.points[i].lines.covered, i + 1);
	ck_assert_uint_eq(history.flaky.count, 0);
}
END_TEST

START_TEST(only_the_newest_are_looked_at)
{
	for (unsigned i = 0; i < 30; i++) {
		char sha[8];

		snprintf(sha, sizeof(sha), "%u", i);
		run_once(sha, i < 15 ? "c t f" : "c t p", i % 10);
	}
	run_once("last", "c t f", 1);
	ck_assert_str_eq(record(), "failed 5 of 20");
	ck_assert_uint_eq(history.point_count, HISTORY_WINDOW + 1);
}
END_TEST

START_TEST(the_same_run_counts_once)
{
	run_once("a", "c t p", 1);
	run_once("b", "c t f", 2);
	run_once("b", "c t f", 2);
	ck_assert_uint_eq(history.point_count, 2);
	ck_assert_str_eq(record(), "failed 0 of 1");
	run_once("b", "c t f", 3);
	ck_assert_uint_eq(history.point_count, 3);
}
END_TEST

START_TEST(both_outcomes_on_one_commit_are_flaky)
{
	run_once("a", "c t f c u p c v f", 1);
	run_once("a", "c t p c u p c v f c w f", 2);
	ck_assert_uint_eq(history.flaky.count, 1);
	ck_assert_uint_eq(history.flaky.items[0].failures, 1);
	run_once("b", "c t f c u f", 3);
	ck_assert_uint_eq(history.flaky.count, 0);
	run_once("", "c t f", 4);
	run_once("", "c t p", 5);
	ck_assert_uint_eq(history.flaky.count, 0);
}
END_TEST

START_TEST(much_slower_than_the_median_is_told)
{
	static const char *const times[] = {
	    "c t p1000 c u p10", "c t p1100 c u p10", "c t p900 c u p10"};

	for (unsigned i = 0; i < 3; i++)
		run_once("a", times[i], i);
	run_once("b", "c t p2100 c u p500", 4);
	ck_assert_uint_eq(history.slower.count, 1);
	ck_assert_int_eq(history.slower.items[0].median, 1000000000);
	run_once("b", "c t p1900 c u p", 5);
	ck_assert_uint_eq(history.slower.count, 0);
}
END_TEST

START_TEST(what_differs_from_run_to_run_is_no_other_test)
{
	run_once("a", "TestX-20240501120000 t f", 1);
	run_once("b", "TestX-20240601120000 t f", 2);
	ck_assert_str_eq(record(), "failed 1 of 1");
	run_once("c", "c p[0xaaaaaaaa] f c p[0xbbbbbbbb] p", 3);
	run_once("d", "c p[0xaaaaaaaa] f c p[0xbbbbbbbb] p", 4);
	ck_assert_str_eq(record(), "failed 1 of 1");
}
END_TEST

START_TEST(bare_duplicates_are_tests_of_their_own)
{
	run_once("a", "c t f c t p", 1);
	run_once("b", "c t f c t p", 2);
	ck_assert_str_eq(record(), "failed 1 of 1");
}
END_TEST

START_TEST(old_runs_are_forgotten)
{
	keep = 2;
	for (unsigned i = 0; i < 5; i++) {
		char tests[32];

		snprintf(tests, sizeof(tests), "c t f c t%u p", i);
		run_once("a", tests, i);
	}
	ck_assert_uint_eq(history.point_count, 3);
	ck_assert_str_eq(record(), "failed 2 of 2");
	keep = 1;
	run_once("z", "c t f", 9);
	run_once("z", "c t f", 8);
	ck_assert_uint_eq(history.point_count, 2);
	ck_assert_str_eq(record(), "failed 1 of 1");
}
END_TEST

START_TEST(a_file_that_can_not_be_used_changes_nothing)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	for (int i = 0; i < 40; i++)
		fputs("this is no history at all\n", file);
	fclose(file);
	ck_assert(!try_run("a", "c t f", 1));
	ck_assert_int_eq(err.code, ERROR_INPUT);
	ck_assert_uint_eq(history.point_count, 0);
	ck_assert_uint_eq(history.failing.count, 0);
}
END_TEST

START_TEST(runs_at_once_lose_nothing)
{
	enum { CHILDREN = 4, RUNS = HISTORY_WINDOW / 4 };
	pid_t children[CHILDREN];

	for (int i = 0; i < CHILDREN; i++) {
		children[i] = fork();
		if (children[i] != 0)
			continue;
		for (int j = 0; j < RUNS; j++) {
			char sha[32];

			snprintf(sha, sizeof(sha), "%d-%d", i, j);
			if (!try_run(sha, "c t f", 1))
				_exit(1);
		}
		_exit(0);
	}
	for (int i = 0; i < CHILDREN; i++) {
		int status;

		ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
		ck_assert_int_eq(status, 0);
	}
	run_once("last", "c t f", 1);
	ck_assert_str_eq(record(), "failed 20 of 20");
}
END_TEST

START_TEST(a_spark_shows_the_way)
{
	struct strbuf spark = {0};

	run_once("a", "c t p", 0);
	run_once("b", "c t p", 10);
	run_once("c", "c t p", 5);
	history_spark(&history, &spark);
	ck_assert_str_eq(strbuf_string(&spark), "▁█▄");
	strbuf_clear(&spark);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("history");
	TCase *file = tcase_create("file");

	tcase_add_checked_fixture(file, set_up, tear_down);
	tcase_set_timeout(file, 60);
	tcase_add_test(file, the_first_run_knows_itself);
	tcase_add_test(file, earlier_failures_are_counted);
	tcase_add_test(file, only_the_newest_are_looked_at);
	tcase_add_test(file, the_same_run_counts_once);
	tcase_add_test(file, both_outcomes_on_one_commit_are_flaky);
	tcase_add_test(file, much_slower_than_the_median_is_told);
	tcase_add_test(file, what_differs_from_run_to_run_is_no_other_test);
	tcase_add_test(file, bare_duplicates_are_tests_of_their_own);
	tcase_add_test(file, old_runs_are_forgotten);
	tcase_add_test(file, a_file_that_can_not_be_used_changes_nothing);
	tcase_add_test(file, runs_at_once_lose_nothing);
	tcase_add_test(file, a_spark_shows_the_way);
	suite_add_tcase(suite, file);
	return suite;
}
