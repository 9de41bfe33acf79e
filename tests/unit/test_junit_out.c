/* The JUnit XML that is written: one case a run, and the same totals when read back. */
#include "resolving.h"
#include "unit.h"
#include "written.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct resolving resolving;
static struct written written;

static void
setup(void)
{
	resolving = (struct resolving){0};
	written = (struct written){0};
}

static void
teardown(void)
{
	written_clear(&written);
	resolving_clear(&resolving);
}

static void
add(const char *label, const char *name, const char *text)
{
	resolving_add(&resolving, &(struct resolving_input){label, name, str_of(text), 0});
}

static void
write_all(void)
{
	written_add(&written, &resolving.report);
	written_measure(&written);
	written_by(&written, "junit");
}

static void
expect_holds(const char *part)
{
	ck_assert_msg(strstr(written.bytes, part) != NULL, "lacks %s in\n%s", part, written.bytes);
}

static void
describe(const struct test_totals *totals, struct strbuf *out)
{
	strbuf_addf(out,
	    "%" PRIu64 " tests: %" PRIu64 "p %" PRIu64 "f %" PRIu64 "e %" PRIu64 "s, %" PRIu64
	    " flaky, %" PRIu64 " ns",
	    totals->tests, totals->passed, totals->failed, totals->errors, totals->skipped,
	    totals->flaky, totals->nanoseconds);
}

/*
 * Reads what was written: the totals must be the same (runs too, but of unlisted tests, which are
 * written once for all cells), and nothing worse than a note come up.
 */
static void
expect_same_totals(void)
{
	struct resolving back = {0};
	struct strbuf before = {0}, after = {0};

	resolving_add(&back, &(struct resolving_input){"s", "report.xml", written.text, 0});
	ck_assert_msg(back.ok, "%s in\n%s", back.err.message, written.bytes);
	resolving_done(&back, NULL);
	describe(&written.result.tests, &before);
	describe(&back.outcome.total, &after);
	ck_assert_msg(str_equal(strbuf_str(&before), strbuf_str(&after)), "%s, read back %s in\n%s",
	    strbuf_string(&before), strbuf_string(&after), written.bytes);
	if (!written.result.outcome.unlisted_count)
		ck_assert_uint_eq(back.outcome.total.runs, written.result.tests.runs);
	for (size_t i = 0; i < back.report.audit.count; i++)
		ck_assert_msg(
		    back.report.audit.findings[i].level == AUDIT_NOTE &&
			strcmp(back.report.audit.findings[i].code, "junit-counts-differ") != 0,
		    "%s in\n%s", back.report.audit.findings[i].message, written.bytes);
	strbuf_clear(&before);
	strbuf_clear(&after);
	resolving_clear(&back);
}

static void
expect_case(const char *inside, const char *holds)
{
	struct strbuf text = {0};

	setup();
	strbuf_addf(&text, "<testsuite name=\"x\">%s</testsuite>", inside);
	add("unit", "a.xml", strbuf_string(&text));
	write_all();
	expect_holds(holds);
	expect_same_totals();
	strbuf_clear(&text);
	teardown();
}

START_TEST(nothing_is_a_report_without_suites)
{
	write_all();
	ck_assert_str_eq(written.bytes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
					"<testsuites name=\"muster\" tests=\"0\" failures=\"0\" "
					"errors=\"0\" skipped=\"0\" time=\"0\">\n"
					"</testsuites>\n");
	expect_same_totals();
}
END_TEST

START_TEST(stages_and_cells_are_suites)
{
	add("unit/py3.10", "a.xml",
	    "<testsuite><testcase classname='c' name='t' time='1.5'/></testsuite>");
	add("unit/py3.11", "b.xml",
	    "<testsuite><testcase classname='c' name='t' time='0.25'><failure/></testcase>"
	    "</testsuite>");
	add("e2e", "c.xml",
	    "<testsuite><testcase classname='d' name='u' file='d.py' line='3'><skipped/></testcase>"
	    "</testsuite>");
	write_all();
	ck_assert_str_eq(written.bytes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
					"<testsuites name=\"muster\" tests=\"3\" failures=\"1\" "
					"errors=\"0\" skipped=\"1\" time=\"1.75\">\n"
					"<testsuite name=\"e2e\" tests=\"1\" failures=\"0\" "
					"errors=\"0\" skipped=\"1\" time=\"0\">\n"
					"<testcase classname=\"d\" name=\"u\" file=\"d.py\" "
					"line=\"3\">\n<skipped/>\n</testcase>\n"
					"</testsuite>\n"
					"<testsuite name=\"unit\" tests=\"2\" failures=\"1\" "
					"errors=\"0\" skipped=\"0\" time=\"1.75\">\n"
					"<testsuite name=\"py3.10\" tests=\"1\" failures=\"0\" "
					"errors=\"0\" skipped=\"0\" time=\"1.5\" "
					"hostname=\"py3.10\">\n<testcase classname=\"c\" "
					"name=\"t\" time=\"1.5\"/>\n</testsuite>\n"
					"<testsuite name=\"py3.11\" tests=\"1\" failures=\"1\" "
					"errors=\"0\" skipped=\"0\" time=\"0.25\" "
					"hostname=\"py3.11\">\n<testcase classname=\"c\" "
					"name=\"t\" time=\"0.25\">\n<failure/>\n</testcase>\n"
					"</testsuite>\n</testsuite>\n</testsuites>\n");
	expect_same_totals();
}
END_TEST

START_TEST(a_container_of_two_stages_says_its_stage)
{
	add("unit/a", "a.xml", "<testsuite><testcase classname='c' name='t'/></testsuite>");
	add("e2e/b", "b.xml",
	    "<testsuite><testcase classname='c' name='t'><error/></testcase></testsuite>");
	write_all();
	expect_holds("classname=\"unit &gt; c\"");
	expect_holds("classname=\"e2e &gt; c\"");
	expect_same_totals();
}
END_TEST

START_TEST(a_container_that_says_nothing_says_its_stage)
{
	expect_case("<testcase name='x'/>", "classname=\"unit &gt; x\" name=\"x\"");
	setup();
	add("test", "a.xml", "<testsuites><testcase name='t'/></testsuites>");
	write_all();
	expect_holds("classname=\"test &gt; (none)\" name=\"t\"");
	expect_same_totals();
}
END_TEST

START_TEST(tests_that_their_suites_tell_apart_say_them)
{
	add("unit", "a.xml",
	    "<testsuites><testsuite name='A'><testcase classname='c' name='t'/></testsuite>"
	    "<testsuite name='B'><testcase classname='c' "
	    "name='t'><failure/></testcase></testsuite></testsuites>");
	write_all();
	expect_holds("classname=\"A &gt; c\"");
	expect_holds("classname=\"B &gt; c\"");
	expect_same_totals();
}
END_TEST

START_TEST(results_keep_type_message_and_text)
{
	expect_case("<testcase classname='c' name='t'><failure message='m &lt;' type='T'>line "
		    "1\nline 2</failure></testcase>",
	    "<failure message=\"m &lt;\" type=\"T\">line 1\nline 2</failure>\n</testcase>");
	expect_case("<testcase classname='c' name='t'><failure message='a'/><error message='b' "
		    "type='E'>x</error></testcase>",
	    "<error message=\"b\" type=\"E\">x\n\na</error>\n</testcase>");
	expect_case(
	    "<testcase classname='c' name='t' status='failed'/>", "\">\n<failure/>\n</testcase>");
	expect_case(
	    "<testcase classname='c' name='t' status='disabled'/>", "<skipped type=\"disabled\"/>");
	expect_case("<testcase classname='c' name='t'><skipped type='pytest.xfail' "
		    "message='why'/></testcase>",
	    "<skipped message=\"why\" type=\"pytest.xfail\"/>");
}
END_TEST

START_TEST(attempts_are_markers)
{
	expect_case("<testcase classname='c' name='t'><flakyFailure "
		    "message='f'>x</flakyFailure></testcase>",
	    "\">\n<flakyFailure message=\"f\">x</flakyFailure>\n</testcase>");
	expect_case("<testcase classname='c' name='t'><failure/><rerunFailure/><rerunError "
		    "message='r'/></testcase>",
	    "<failure/>\n<rerunFailure/>\n<rerunFailure message=\"r\"/>\n</testcase>");
	expect_case("<testcase classname='c' name='t'><failure/><flakyError/></testcase>",
	    "<failure/>\n<flakyFailure/>\n</testcase>");
}
END_TEST

START_TEST(repeats_are_attempts_where_they_count_as_such)
{
	static const struct duplicate_rule retry = {.mode = DUPLICATE_RETRY};
	struct outcome_rules rules = {.duplicates = &retry, .duplicate_count = 1};

	add("unit", "a.xml",
	    "<testsuite><testcase classname='c' name='t'><failure/></testcase>"
	    "<testcase classname='c' name='t'/></testsuite>");
	written_add(&written, &resolving.report);
	written_measure(&written);
	outcome_clear(&written.result.outcome);
	outcome_resolve(&written.report, &rules, &written.result.outcome, &written.report.audit);
	written.result.tests = written.result.outcome.total;
	written_by(&written, "junit");
	expect_holds("name=\"t\">\n<flakyFailure/>\n</testcase>");
	expect_same_totals();
}
END_TEST

START_TEST(unlisted_tests_are_counted_on)
{
	add("unit/a", "a.xml",
	    "<testsuite name='x' tests='6' failures='1' errors='1' skipped='2'/>");
	write_all();
	expect_holds("<testsuite name=\"x\" tests=\"6\" failures=\"1\" errors=\"1\" skipped=\"2\" "
		     "time=\"0\"/>\n");
	expect_same_totals();
}
END_TEST

/* What tells them apart is found once for all of them: with their square this would not end in time. */
START_TEST(sub_cells_may_be_many)
{
	enum { SUB_CELLS = 100000 };
	struct strbuf text = {0};

	strbuf_add_string(&text, "<testsuites>");
	for (int i = 0; i < SUB_CELLS; i++)
		strbuf_addf(&text, "<testsuite name=\"s\" package=\"p\" hostname=\"h%d\"><testcase "
				   "classname=\"c\" name=\"t\"/></testsuite>", i);
	strbuf_add_string(&text, "</testsuites>");
	add("unit", "a.xml", strbuf_string(&text));
	write_all();
	expect_holds("<testsuite name=\"h99999\"");
	expect_same_totals();
	ck_assert_uint_eq(written.result.tests.runs, SUB_CELLS);
	strbuf_clear(&text);
}
END_TEST

START_TEST(results_of_suites_are_cases)
{
	add("unit", "a.xml",
	    "<testsuites><testsuite name='x'><error message='boom'/></testsuite></testsuites>");
	write_all();
	expect_holds(
	    "<testcase classname=\"x\" name=\"(suite)\">\n<error message=\"boom\"/>\n</testcase>");
	expect_same_totals();
}
END_TEST

/* ---- anything ---- */

static unsigned
below(unsigned limit)
{
	return (unsigned)rand() % limit;
}

static const char *
pick(const char *const *words, unsigned count)
{
	return words[below(count)];
}

#define PICK(words) pick((words), sizeof(words) / sizeof(*(words)))

static void
add_random_case(struct strbuf *text)
{
	static const char *const classes[] = {"", "c", "d", "t", "test"};
	static const char *const names[] = {"t", "u", "c"};
	static const char *const places[] = {"", "", " file='f' line='1'", " file='f' line='2'"};
	static const char *const times[] = {"", " time='1.5'", " time='0.000000001'"};
	static const char *const results[] = {"", "", "",
	    "<failure message='&lt;'>x&#10;</failure>", "<error/>", "<skipped/>", "<flakyFailure/>",
	    "<failure/><rerunFailure/>", "<error/><flakyError/>", "<failure/><failure/><error/>"};

	strbuf_addf(text, "<testcase classname='%s' name='%s'%s%s>%s</testcase>", PICK(classes),
	    PICK(names), PICK(places), PICK(times), PICK(results));
}

static void
add_random_report(const char *label, unsigned number)
{
	static const char *const names[] = {"", "A", "B"};
	static const char *const hosts[] = {
	    "", "", " hostname='h1'", " hostname='h2'", " package='p'"};
	struct strbuf text = {0};
	char name[16];

	strbuf_add_string(&text, "<testsuites>");
	for (unsigned suites = 1 + below(3); suites; suites--) {
		strbuf_addf(&text, "<testsuite name='%s'%s>", PICK(names), PICK(hosts));
		for (unsigned cases = below(4); cases; cases--)
			add_random_case(&text);
		strbuf_add_string(&text, "</testsuite>");
	}
	if (below(4) == 0)
		strbuf_add_string(
		    &text, "<testsuite name='C' tests='3' skipped='1' failures='1'/>");
	strbuf_add_string(&text, "</testsuites>");
	snprintf(name, sizeof(name), "%u.xml", number);
	add(label, name, strbuf_string(&text));
	strbuf_clear(&text);
}

START_TEST(any_merge_has_the_same_totals)
{
	static const char *const labels[] = {"unit", "unit/a", "e2e/a", "e2e/b", "test"};
	unsigned seed = (unsigned)time(NULL);

	printf("seed %u\n", seed);
	srand(seed);
	for (int round = 0; round < 400; round++) {
		unsigned reports = 1 + below(4);

		for (unsigned i = 0; i < reports; i++)
			add_random_report(PICK(labels), i);
		write_all();
		expect_same_totals();
		teardown();
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("junit out");
	TCase *tcase = tcase_create("junit out");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, nothing_is_a_report_without_suites);
	tcase_add_test(tcase, stages_and_cells_are_suites);
	tcase_add_test(tcase, a_container_of_two_stages_says_its_stage);
	tcase_add_test(tcase, a_container_that_says_nothing_says_its_stage);
	tcase_add_test(tcase, tests_that_their_suites_tell_apart_say_them);
	tcase_add_test(tcase, results_keep_type_message_and_text);
	tcase_add_test(tcase, attempts_are_markers);
	tcase_add_test(tcase, repeats_are_attempts_where_they_count_as_such);
	tcase_add_test(tcase, unlisted_tests_are_counted_on);
	tcase_add_test(tcase, sub_cells_may_be_many);
	tcase_add_test(tcase, results_of_suites_are_cases);
	tcase_add_test(tcase, any_merge_has_the_same_totals);
	suite_add_tcase(suite, tcase);
	return suite;
}
