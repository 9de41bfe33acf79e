/* Tests in quarantine (TESTS R17). */
#include "unit.h"

#include "judge/quarantine.h"
#include "runs.h"

static struct report report;
static struct result result;
static struct quarantine quarantine;
static struct error err;

static void
set_up(void)
{
	error_clear(&err);
	run_tests(&report, "unit", "tests.api upload f tests.api load f tests.api ok p");
	run_tests(&report, "e2e", "tests.api upload e");
	run_measure(&report, &result);
}

static void
tear_down(void)
{
	quarantine_clear(&quarantine);
	result_clear(&result);
	report_clear(&report);
}

static void
apply(const char *yaml, uint64_t timestamp)
{
	ck_assert_msg(
	    quarantine_parse("q.yml", str_of(yaml), &quarantine, &err), "%s", err.message);
	result.timestamp = timestamp;
	quarantine_apply("q.yml", &result, &quarantine, &report.audit);
}

static void
expect_error(const char *yaml, const char *message)
{
	ck_assert(!quarantine_parse("q.yml", str_of(yaml), &quarantine, &err));
	ck_assert_int_eq(err.code, ERROR_USAGE);
	ck_assert_str_eq(err.message, message);
	quarantine_clear(&quarantine);
}

/* How many failing tests have an entry, expired or not. */
static size_t
labelled(void)
{
	size_t count = 0;

	for (size_t i = 0; i < result.outcome.failing.count; i++)
		count += quarantine.failing[i] != NULL;
	return count;
}

START_TEST(a_pattern_fits_the_whole_name)
{
	static const char *const patterns[] = {"upload", "upl*", "?pload", "*load",
	    "tests.api > upload", "tests.api::upload", "tests.api.upload", "tests.*.upload",
	    "tests.api > *upload"};

	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		struct strbuf yaml = {0};

		strbuf_addf(&yaml, "- pattern: '%s'\n  stage: e2e\n", patterns[i]);
		apply(strbuf_string(&yaml), 0);
		ck_assert_msg(quarantine.excused == 1, "%s", patterns[i]);
		strbuf_clear(&yaml);
		quarantine_clear(&quarantine);
	}
	ck_assert(!quarantine_fits(STR("load"), STR("upload")));
	ck_assert(!quarantine_fits(STR("uploa"), STR("upload")));
	ck_assert(quarantine_fits(STR("a[1]*"), STR("a[1]/b")));
	ck_assert(!quarantine_fits(STR("a[1]"), STR("a1")));
	ck_assert(quarantine_fits(STR("**"), STR("")));
	ck_assert(!quarantine_fits(
	    STR("*a*a*a*a*a*b"), STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")));
}
END_TEST

START_TEST(each_failing_test_counts_once)
{
	apply("- {pattern: upload, reason: flaky net, owner: '@net', until: 2024-05-01}\n- "
	      "pattern: '*'\n",
	    0);
	ck_assert_uint_eq(result.outcome.failing.count, 3);
	ck_assert_uint_eq(quarantine.excused, 3);
	ck_assert_str_eq(quarantine.entries[0].reason.s, "flaky net");
	ck_assert_str_eq(quarantine.entries[0].owner.s, "@net");
}
END_TEST

START_TEST(a_day_counts_to_its_end)
{
	static const char yaml[] = "- pattern: load\n  until: 2024-05-01\n";
	uint64_t end = 1714607999; /* 2024-05-01T23:59:59Z */

	apply(yaml, end);
	ck_assert_uint_eq(quarantine.excused, 1);
	quarantine_clear(&quarantine);
	apply(yaml, end + 1);
	ck_assert_uint_eq(quarantine.excused, 0);
	ck_assert_uint_eq(labelled(), 1);
	ck_assert_uint_eq(report.audit.count, 1);
	ck_assert_str_eq(report.audit.findings[0].code, "quarantine-expired");
	quarantine_clear(&quarantine);
	apply("- pattern: load\n  until: 2024-05-01T12:00:00+02:00\n", 1714557601);
	ck_assert_uint_eq(quarantine.excused, 0);
}
END_TEST

START_TEST(what_still_holds_comes_before_what_expired)
{
	apply("- pattern: load\n  until: 2001-01-01\n- pattern: l*\n", 1700000000);
	ck_assert_uint_eq(quarantine.excused, 1);
	ck_assert_uint_eq(labelled(), 1);
}
END_TEST

START_TEST(an_entry_that_fits_no_test_is_noted)
{
	apply("- pattern: ok\n- pattern: nowhere\n- pattern: load\n  stage: e2e\n", 0);
	ck_assert_uint_eq(quarantine.excused, 0);
	audit_sort(&report.audit);
	ck_assert_uint_eq(report.audit.count, 2);
	ck_assert_str_eq(report.audit.findings[0].code, "quarantine-unused");
	ck_assert_str_eq(report.audit.findings[0].message, "'nowhere' fits no test");
	ck_assert_uint_eq(report.audit.findings[1].line, 3);
}
END_TEST

START_TEST(what_is_no_quarantine_is_told_with_its_place)
{
	expect_error("pattern: x\n", "q.yml:1:1: a map, not a list of entries");
	expect_error("- x\n", "q.yml:1:3: an entry is a single value, not a map");
	expect_error("- reason: x\n", "q.yml:1:3: an entry without 'pattern'");
	expect_error("- pattern: x\n  owners: y\n",
	    "q.yml:2:3: unknown key 'owners'; did you mean 'owner'?");
	expect_error("- pattern: [x]\n", "q.yml:1:3: 'pattern' is a list, not a text");
	expect_error(
	    "- pattern: x\n  until: soon\n", "q.yml:1:3: 'until' is no date (YYYY-MM-DD): 'soon'");
	ck_assert(quarantine_parse("q.yml", STR(""), &quarantine, &err));
	ck_assert_uint_eq(quarantine.count, 0);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("quarantine");
	TCase *file = tcase_create("file");

	tcase_add_checked_fixture(file, set_up, tear_down);
	tcase_add_test(file, a_pattern_fits_the_whole_name);
	tcase_add_test(file, each_failing_test_counts_once);
	tcase_add_test(file, a_day_counts_to_its_end);
	tcase_add_test(file, what_still_holds_comes_before_what_expired);
	tcase_add_test(file, an_entry_that_fits_no_test_is_noted);
	tcase_add_test(file, what_is_no_quarantine_is_told_with_its_place);
	suite_add_tcase(suite, file);
	return suite;
}
