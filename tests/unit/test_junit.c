/* JUnit XML by the table of tricky inputs (TESTS 6) and rule by rule. */
#include "resolving.h"
#include "unit.h"

#include <inttypes.h>
#include <stdlib.h>

/* One input and what must come of it; NULL: not asked. */
struct expectation {
	const char *what;
	const char *text;
	const char *counts;
	const char *findings;	/* "code:line ..." */
};

#define CASE(attributes)	"<testcase classname='c' " attributes "/>"
#define SUITE(content)		"<testsuite name='s'>" content "</testsuite>"
#define FAILING(name)		"<testcase classname='c' name='" name "'><failure message='m'/></testcase>"

/* TESTS 6, row by row, but for those that need bytes or several reports. */
static const struct expectation table[] = {
	{ "attributes lie", "<testsuite name='s' tests='50' failures='0'>" CASE("name='a'") FAILING("b") "</testsuite>",
	    "1p1f", "junit-counts-differ:1" },
	{ "three nested levels, the leaf fails, siblings pass",
	    "<testsuites><testsuite name='1'>" CASE("name='a'") "<testsuite name='2'>" CASE("name='b'")
	    "<testsuite name='3'>" FAILING("c") "</testsuite></testsuite></testsuite></testsuites>", "2p1f", "" },
	{ "suite-level error beside a suite that passes",
	    "<testsuites><testsuite name='a'><error message='m'/></testsuite>" SUITE(CASE("name='a'")) "</testsuites>",
	    "1p1e", "" },
	{ "only a suite-level error", SUITE("<error message='m'/>"), "1e", "" },
	{ "flakyFailure only", SUITE("<testcase name='a'><flakyFailure/></testcase>"), "1p flaky 1", "" },
	{ "failure and rerunFailure", SUITE("<testcase name='a'><failure/><rerunFailure/></testcase>"), "1f", "" },
	{ "failure and flakyFailure", SUITE("<testcase name='a'><failure/><flakyFailure/></testcase>"), "1f flaky 1",
	    "" },
	{ "the same case twice: fail, pass", SUITE(FAILING("a") CASE("name='a'")), "1p1f", "duplicate-mixed:0" },
	{ "the same case twice: pass, fail", SUITE(CASE("name='a'") FAILING("a")), "1p1f", "duplicate-mixed:0" },
	{ "two failures in one case", SUITE("<testcase name='a'><failure/><failure/></testcase>"), "1f", "" },
	{ "failure with text and no attribute", SUITE("<testcase name='a'><failure>text</failure></testcase>"), "1f",
	    "" },
	{ "skipped and failure", SUITE("<testcase name='a'><skipped/><failure/></testcase>"), "1f", "" },
	{ "failure and error", SUITE("<testcase name='a'><failure/><error/></testcase>"), "1e", "" },
	{ "status words without children", SUITE(CASE("name='a' status='run' result='completed'")
	    CASE("name='b' status='notrun' result='suppressed'") CASE("name='c' status='disabled'")), "1p2s", "" },
	{ "status failed, no child", SUITE(CASE("name='a' status='failed'")), "1f", "" },
	{ "CTest", "<testsuite name='t' tests='7' failures='2' disabled='1' skipped='2'>"
	    "<testcase name='ok' classname='ok' time='0.1' status='run'/>"
	    "<testcase name='ok2' classname='ok2' time='0.1' status='run'/>"
	    "<testcase name='bad' classname='bad' time='0.1' status='fail'><failure message=''/></testcase>"
	    "<testcase name='slow' classname='slow' time='1.0' status='fail'><failure message=''/></testcase>"
	    "<testcase name='off' classname='off' time='0' status='disabled'/>"
	    "<testcase name='skip' classname='skip' status='notrun'><skipped message='SKIP_RETURN_CODE=77'/></testcase>"
	    "<testcase name='gone' classname='gone' status='notrun'><skipped message='Unable to find executable'/>"
	    "</testcase></testsuite>", "2p2f1e2s", "" },
	{ "raw ESC in a failure text", SUITE(CASE("name='a'") "<testcase name='b'><failure>\x1b[31m</failure></testcase>"),
	    "1p1f", "forbidden-characters:1" },
	{ "bytes not UTF-8", SUITE(CASE("name='a\xff'") FAILING("b")), "1p1f", "invalid-bytes:1" },
	{ "two roots", SUITE(CASE("name='a'")) SUITE(FAILING("b")), "1p1f", "several-roots:1" },
	{ "cases directly under testsuites", "<testsuites>" CASE("name='a'") FAILING("b") "</testsuites>", "1p1f", "" },
	{ "no cases", "<testsuite name='s' tests='6' failures='1' skipped='2'/>", "3p1f2s", "tests-unlisted:1" },
	{ "no attributes at all", "<testsuite><testcase/><testcase><failure/></testcase></testsuite>", "1p1f", "" },
	{ "Check's own XML", "<?xml version='1.0'?><testsuites xmlns='http://check.sourceforge.net/ns'>"
	    "<suite><title>S</title><test result='success'><id>a</id></test>"
	    "<test result='failure'><id>b</id></test></suite></testsuites>", "1p1f", "" },
	{ "default namespace", "<testsuite xmlns='urn:x' name='s'><testcase name='a'><failure/></testcase></testsuite>",
	    "1f", "" },
	{ "nested suites repeating the totals", "<testsuites tests='2' failures='1'><testsuite name='a' tests='2' "
	    "failures='1'><testsuite name='b' tests='2' failures='1'>" CASE("name='a'") FAILING("b")
	    "</testsuite></testsuite></testsuites>", "1p1f", "" },
};

START_TEST(tricky_inputs)
{
	const struct expectation *row = &table[_i];
	struct resolving r;

	resolving_of(&r, row->text);
	ck_assert_msg(r.ok, "%s: %s", row->what, r.err.message);
	ck_assert_msg(strcmp(resolving_counts(&r), row->counts) == 0, "%s: %s", row->what, resolving_counts(&r));
	ck_assert_msg(strcmp(resolving_findings(&r), row->findings) == 0, "%s: %s", row->what, resolving_findings(&r));
	resolving_clear(&r);
}
END_TEST

/* TESTS 6: attempts and messages that the counts do not show. */
START_TEST(attempts_and_messages)
{
	struct resolving r;

	resolving_of(&r, SUITE("<testcase classname='c' name='a'><flakyFailure/></testcase>"));
	ck_assert_str_eq(resolving_tests(&r), "c|a passed flaky attempts 2");
	resolving_clear(&r);
	resolving_of(&r, SUITE("<testcase classname='c' name='a'><failure/><rerunFailure/><rerunError/></testcase>"));
	ck_assert_str_eq(resolving_tests(&r), "c|a failed attempts 3");
	resolving_clear(&r);
	resolving_of(&r, SUITE("<testcase name='a'><failure message='m' type='T'>  one\n</failure>"
	    "<failure><![CDATA[two < three]]></failure></testcase>"));
	ck_assert_str_eq(resolving_messages(&r), "failure:T:m:one|failure:::two < three");
	resolving_clear(&r);
}
END_TEST

static const char *
counts_with(enum duplicate_mode mode, const char *text, struct resolving *r)
{
	const struct duplicate_rule rule = { {"s", 1}, mode };

	*r = (struct resolving){0};
	resolving_text(r, text);
	resolving_done(r, &(struct outcome_rules){.duplicates = &rule, .duplicate_count = 1});
	return resolving_counts(r);
}

/* TESTS R3 */
START_TEST(duplicates)
{
	static const struct {
		enum duplicate_mode mode;
		const char *text;
		const char *counts;
		const char *tests;
	} rows[] = {
		{ DUPLICATE_SEPARATE, SUITE(FAILING("a") CASE("name='a'")), "1p1f", "c|a failed; c|a#2 passed" },
		{ DUPLICATE_WORST, SUITE(FAILING("a") CASE("name='a'")), "1f", "c|a failed attempts 2" },
		{ DUPLICATE_RETRY, SUITE(FAILING("a") CASE("name='a'")), "1p flaky 1", "c|a passed flaky attempts 2" },
		{ DUPLICATE_SEPARATE, SUITE(CASE("name='a'") FAILING("a")), "1p1f", "c|a passed; c|a#2 failed" },
		{ DUPLICATE_WORST, SUITE(CASE("name='a'") FAILING("a")), "1f", "c|a failed attempts 2" },
		{ DUPLICATE_RETRY, SUITE(CASE("name='a'") FAILING("a")), "1f", "c|a failed attempts 2" },
		{ DUPLICATE_SEPARATE, SUITE(CASE("name='a'") CASE("name='a'") CASE("name='a'")), "3p",
		    "c|a passed; c|a#2 passed; c|a#3 passed" },
		{ DUPLICATE_SEPARATE, SUITE(CASE("name='a'") CASE("name='b'") CASE("name='a'") CASE("name='b'")
		    CASE("name='d'") CASE("name='b'")), "6p",
		    "c|a passed; c|a#2 passed; c|b passed; c|b#2 passed; c|b#3 passed; c|d passed" },
		{ DUPLICATE_RETRY, SUITE(FAILING("a") FAILING("a") CASE("name='a'")), "1p flaky 1",
		    "c|a passed flaky attempts 3" },
		{ DUPLICATE_WORST, SUITE("<testcase classname='c' name='a'><skipped/></testcase>" CASE("name='a'")),
		    "1p", "c|a passed attempts 2" },
	};
	struct resolving r;

	ck_assert_str_eq(counts_with(rows[_i].mode, rows[_i].text, &r), rows[_i].counts);
	ck_assert_str_eq(resolving_tests(&r), rows[_i].tests);
	resolving_clear(&r);
}
END_TEST

START_TEST(duplicate_rule_of_the_stage_wins)
{
	const struct duplicate_rule rules[] = { { {"s", 1}, DUPLICATE_RETRY }, { {"", 0}, DUPLICATE_WORST } };
	struct resolving r = {0};

	resolving_text(&r, SUITE(FAILING("a") CASE("name='a'")));
	resolving_add(&r, &(struct resolving_input){"t", "t.xml", str_of(SUITE(FAILING("a") CASE("name='a'"))), 0});
	resolving_done(&r, &(struct outcome_rules){.duplicates = rules, .duplicate_count = 2});
	ck_assert_str_eq(resolving_tests(&r), "c|a passed flaky attempts 2; c|a failed attempts 2");
	resolving_clear(&r);
}
END_TEST

/* TESTS 2 */
START_TEST(identity)
{
	static const struct {
		const char *text;
		const char *tests;
	} rows[] = {
		{ "<testsuites name='root'><testsuite name='a'><testsuite name=''><testsuite name='b'>"
		    "<testcase name='n'/></testsuite></testsuite></testsuite></testsuites>", "a > b|n passed" },
		{ "<testsuite name='lone'><testcase name='n' classname='  undefined '/></testsuite>", "lone|n passed" },
		{ "<testsuite name='x'><testcase name='n' classname='Test'/></testsuite>", "Test|n passed" },
		{ "<testsuite name='x'><testcase name=' n' classname=' n'/></testsuite>", "x| n passed" },
		{ "<testsuite name='x'><testsuites name='y'><testcase name='n'/></testsuites></testsuite>",
		    "x > y|n passed" },
		{ "<testsuites name='root'><testcase name='n'/></testsuites>", "|n passed" },
		{ "<testsuite name='x'><testcase name='n' type_param='T' value_param='v'/></testsuite>",
		    "x|n (T) (v) passed" },
		{ "<testsuite name='x'><testcase/><testcase classname='c'/><testcase name=' '/></testsuite>",
		    "c|(unnamed 1) passed; x|(unnamed 1) passed; x|(unnamed 2) passed" },
		/* told apart by place */
		{ SUITE(CASE("name='n' file='f' line='1'") CASE("name='n' file='f' line='2'")), "c|n passed; c|n passed" },
		/* by sub-cells: one test */
		{ "<testsuites><testsuite name='a' hostname='chromium'>" FAILING("n") "</testsuite>"
		    "<testsuite name='a' hostname='firefox'>" CASE("name='n'") "</testsuite></testsuites>",
		    "c|n failed [chromium]" },
		/* by suites */
		{ "<testsuites><testsuite name='a'>" CASE("name='n'") "</testsuite><testsuite name='b'>" FAILING("n")
		    "</testsuite></testsuites>", "c|n passed; c|n failed" },
	};
	struct resolving r;

	resolving_of(&r, rows[_i].text);
	ck_assert_str_eq(resolving_tests(&r), rows[_i].tests);
	resolving_clear(&r);
}
END_TEST

/* TESTS 2: what one report needs belongs to the identity in the whole stage. */
START_TEST(identity_of_the_stage)
{
	struct resolving r = {0};

	resolving_add(&r, &(struct resolving_input){"s/1", "1.xml",
	    str_of(SUITE(CASE("name='n' line='1'") FAILING("n") )), 0});
	resolving_add(&r, &(struct resolving_input){"s/2", "2.xml", str_of(SUITE(CASE("name='n' line='1'"))), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_tests(&r), "c|n failed [1]; c|n passed");
	ck_assert_str_eq(resolving_runs(&r), "2p1f");
	resolving_clear(&r);
}
END_TEST

/* TESTS 2: sub-cells are decided over all reports of a cell, and the matrix takes the worst (R6). */
START_TEST(sub_cells_over_reports)
{
	struct resolving r = {0};

	resolving_add(&r, &(struct resolving_input){"s/x", "a.xml",
	    str_of("<testsuite hostname='net6'>" CASE("name='n'") "</testsuite>"), 0});
	resolving_add(&r, &(struct resolving_input){"s/x", "b.xml",
	    str_of("<testsuite hostname='net8'>" FAILING("n") "</testsuite>"), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_counts(&r), "1f");
	ck_assert_str_eq(resolving_tests(&r), "c|n failed [x/net8]");
	ck_assert_str_eq(resolving_findings(&r), "");
	resolving_clear(&r);
}
END_TEST

/* TESTS R1 and R2, as far as the table above does not go. */
static const struct expectation statuses[] = {
	{ "error-like status", SUITE(CASE("name='a' status='Broken'")), "1e", "" },
	{ "fail-like beats skipped", SUITE("<testcase name='a' result='failure'><skipped/></testcase>"), "1f", "" },
	{ "failure beats an error-like status", SUITE("<testcase name='a' status='error'><failure/></testcase>"), "1f", "" },
	{ "skip-like words", SUITE(CASE("name='a' status='ignored'") CASE("name='b' status='skipped'")
	    CASE("name='c' status='pending'") CASE("name='d' status='untested'") CASE("name='e' result='todo'")), "5s", "" },
	{ "unknown status", SUITE(CASE("name='a' status='weird'")), "1p", "unknown-status:1" },
	{ "no main, rerun", SUITE("<testcase name='a'><rerunFailure/></testcase>"), "1f", "rerun-without-failure:1" },
	{ "error, rerun", SUITE("<testcase name='a'><error/><rerunError/></testcase>"), "1e", "" },
	{ "skipped with a marker", SUITE("<testcase name='a'><skipped/><flakyError/></testcase>"), "1f",
	    "skipped-rerun:1" },
	{ "a failure that is no child of the case counts for nothing",
	    SUITE("<testcase name='a'><system-out><failure/></system-out></testcase>"), "1p", "" },
	{ "a case in a system-out is text", SUITE("<system-out><testcase name='a'/></system-out>"), "nothing", "" },
};

START_TEST(status_rules)
{
	const struct expectation *row = &statuses[_i];
	struct resolving r;

	resolving_of(&r, row->text);
	ck_assert_msg(strcmp(resolving_counts(&r), row->counts) == 0, "%s: %s", row->what, resolving_counts(&r));
	ck_assert_msg(strcmp(resolving_findings(&r), row->findings) == 0, "%s: %s", row->what, resolving_findings(&r));
	resolving_clear(&r);
}
END_TEST

/* TESTS R9 and R10. */
static const struct expectation suites[] = {
	{ "error beats failure, one per suite", SUITE("<failure/><error/><failure/>"), "1e", "" },
	{ "failures that are not listed", "<testsuite name='s' tests='1' failures='2' errors='1'>" CASE("name='a'")
	    "</testsuite>", "1p1e", "failures-unlisted:1" },
	{ "failures that are reruns", "<testsuite name='s' failures='1'><testcase name='a'><flakyFailure/></testcase>"
	    "</testsuite>", "1p flaky 1", "junit-counts-differ:1" },
	{ "innermost first", "<testsuites failures='2'><testsuite name='a' failures='2'>" CASE("name='a'")
	    "</testsuite></testsuites>", "1p1e", "failures-unlisted:1" },
	{ "innermost unlisted", "<testsuites tests='9'><testsuite name='a' tests='3'/><testsuite name='b' tests='2' "
	    "errors='1'/></testsuites>", "4p1e", "tests-unlisted:1 tests-unlisted:1" },
	{ "unlisted skipped suite", "<testsuite name='a' tests='3'><skipped/></testsuite>", "3s", "tests-unlisted:1" },
	{ "more failures than tests", "<testsuite name='a' tests='1' failures='3'/>", "3f", "tests-unlisted:1" },
	{ "an unlisted suite beside a listed one", "<testsuites><testsuite name='a' tests='2'/>" SUITE(FAILING("x"))
	    "</testsuites>", "2p1f", "tests-unlisted:1" },
	{ "counts that are no numbers", "<testsuite name='a' tests='many' failures='-1'/>", "nothing",
	    "count-unusable:1 count-unusable:1" },
	{ "more failures than can be counted", "<testsuite name='a' tests='1' failures='18446744073709551616'>"
	    CASE("name='a'") "</testsuite>", "1p1e", "failures-unlisted:1 count-unusable:1" },
	{ "more tests than can be counted", "<testsuite name='a' tests='18446744073709551616'/>", "nothing",
	    "count-unusable:1" },
	{ "no tests at all", "<testsuites/>", "nothing", "" },
};

START_TEST(suite_rules)
{
	const struct expectation *row = &suites[_i];
	struct resolving r;

	resolving_of(&r, row->text);
	ck_assert_msg(strcmp(resolving_counts(&r), row->counts) == 0, "%s: %s", row->what, resolving_counts(&r));
	ck_assert_msg(strcmp(resolving_findings(&r), row->findings) == 0, "%s: %s", row->what, resolving_findings(&r));
	resolving_clear(&r);
}
END_TEST

START_TEST(suite_results_are_named)
{
	struct resolving r;

	resolving_of(&r, "<testsuites name='r'><testsuite name='a'><testsuite name='b'><error message='m'/></testsuite>"
	    "</testsuite></testsuites>");
	ck_assert_str_eq(resolving_tests(&r), "a > b|(suite) error");
	ck_assert_uint_eq(r.outcome.total.cases, 0);
	ck_assert_uint_eq(r.outcome.total.unknown_times, 0);
	resolving_clear(&r);
	resolving_of(&r, "<testsuite name='a' failures='2'/>");
	ck_assert_str_eq(resolving_messages(&r), "error::2 failures reported, none listed:");
	resolving_clear(&r);
}
END_TEST

/* TESTS R10a: added up within a cell, cumulative maxima over cells. */
START_TEST(unlisted_over_cells)
{
	struct resolving r = {0};
	const char *one = "<testsuite name='a' tests='6' failures='1' skipped='2'/>";
	const char *two = "<testsuite name='a' tests='7' errors='1'/>";

	resolving_add(&r, &(struct resolving_input){"s/1", "1.xml", str_of(one), 0});
	resolving_add(&r, &(struct resolving_input){"s/2", "2.xml", str_of(two), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_counts(&r), "6p1e");
	ck_assert_str_eq(resolving_runs(&r), "9p1f1e2s");
	ck_assert_str_eq(resolving_tests(&r), "a|(unlisted) error");
	resolving_clear(&r);
}
END_TEST

/* TESTS R4 */
START_TEST(equal_cases_of_two_reports)
{
	struct resolving r = {0};

	resolving_add(&r, &(struct resolving_input){"s", "TEST-a.xml", str_of("<testsuite name='a'>"
	    "<testcase name='n' classname='c' time='1'>\n <failure message='m'>t</failure></testcase></testsuite>"), 0});
	resolving_add(&r, &(struct resolving_input){"s", "TESTS-TestSuites.xml", str_of("<testsuites>"
	    "<testsuite name='a' id='0' package='p'><testcase classname='c' time='1' name='n'>"
	    "<failure message='m'><![CDATA[t]]></failure></testcase></testsuite></testsuites>"), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_counts(&r), "1f");
	ck_assert_str_eq(resolving_findings(&r), "equal-cases:0");
	ck_assert_uint_eq(r.outcome.total.nanoseconds, 1000000000);
	ck_assert_uint_eq(r.outcome.total.cases, 2);
	resolving_clear(&r);
}
END_TEST

/* TESTS R4: copies within a report stay, the report with the most is kept; other cells are not asked. */
START_TEST(most_copies_are_kept)
{
	struct resolving r = {0};

	resolving_add(&r, &(struct resolving_input){"s/1", "a.xml", str_of(SUITE(CASE("name='n'"))), 0});
	resolving_add(&r, &(struct resolving_input){"s/1", "b.xml", str_of(SUITE(CASE("name='n'") CASE("name='n'"))), 0});
	resolving_add(&r, &(struct resolving_input){"s/2", "a.xml", str_of(SUITE(CASE("name='n'"))), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_counts(&r), "2p");
	ck_assert_str_eq(resolving_runs(&r), "3p");
	resolving_clear(&r);
}
END_TEST

/* TESTS R5 */
START_TEST(later_attempts_replace)
{
	struct resolving r = {0};

	resolving_add(&r, &(struct resolving_input){"s/1", "2.xml", str_of(SUITE(CASE("name='a' time='1'") )), 2});
	resolving_add(&r, &(struct resolving_input){"s/1", "1.xml", str_of(SUITE(FAILING("a") FAILING("b"))), 1});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_tests(&r), "c|a passed flaky attempts 2");
	ck_assert_uint_eq(r.outcome.total.unknown_times, 0);
	resolving_clear(&r);
}
END_TEST

/* TESTS R6 and R7 */
START_TEST(matrix_and_stages)
{
	struct resolving r = {0};
	const char *both = SUITE(CASE("name='a'") CASE("name='b'"));

	resolving_add(&r, &(struct resolving_input){"s/1", "1.xml", str_of(both), 0});
	resolving_add(&r, &(struct resolving_input){"s/2", "2.xml", str_of(SUITE(CASE("name='a'") FAILING("b"))), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_counts(&r), "1p1f");
	ck_assert_str_eq(resolving_runs(&r), "3p1f");
	ck_assert_str_eq(resolving_tests(&r), "c|a passed; c|b failed [2]");
	outcome_clear(&r.outcome);
	resolving_add(&r, &(struct resolving_input){"t", "1.xml", str_of(both), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_counts(&r), "3p1f");
	resolving_clear(&r);
}
END_TEST

START_TEST(skipped_only_if_skipped_in_all)
{
	struct resolving r = {0};

	resolving_add(&r, &(struct resolving_input){"s/1", "1.xml", str_of(SUITE("<testcase name='a'><skipped/></testcase>"
	    "<testcase name='b'><skipped/></testcase>")), 0});
	resolving_add(&r, &(struct resolving_input){"s/2", "2.xml", str_of(SUITE("<testcase name='a'/><testcase name='b'>"
	    "<skipped/></testcase>")), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_counts(&r), "1p1s");
	resolving_clear(&r);
}
END_TEST

/* TESTS R11 */
START_TEST(damage)
{
	static const struct {
		const char *text;
		const char *counts;
		uint64_t line;
	} rows[] = {
		{ "<testsuite name='s'>\n" CASE("name='a'") FAILING("b") "\n<testcase name='c'><failure", "1p1f1e", 3 },
		{ "<testsuite name='s'>\n" CASE("name='a'") "<testcase name='c", "1p", 2 },
		{ "<testsuite name='s' tests='7' failures='3'>\n", "nothing", 2 },
		{ "<testsuite name='s'><testcase name='a'>&unknown;</testcase></testsuite>", "1e", 1 },
		{ "<testsuite name='s'><error message='m'/>", "1e", 1 },
	};
	struct resolving r;

	resolving_of(&r, rows[_i].text);
	ck_assert(!r.ok);
	ck_assert_int_eq(r.err.code, ERROR_DAMAGED);
	ck_assert_uint_eq(r.err.line, rows[_i].line);
	ck_assert_str_eq(resolving_counts(&r), rows[_i].counts);
	resolving_clear(&r);
}
END_TEST

START_TEST(an_open_test_says_so)
{
	struct resolving r;

	resolving_of(&r, "<testsuite name='s'><testcase name='a'><skipped message='m'/>");
	ck_assert_str_eq(resolving_messages(&r), "skipped::m:|error::report ends inside this test:");
	resolving_clear(&r);
}
END_TEST

/* TESTS R14: sums; the forms are in test_duration.c. */
START_TEST(times)
{
	struct resolving r;

	resolving_of(&r, SUITE(CASE("name='a' time='1,234.50'") CASE("name='b' time='0,25'")));
	ck_assert_uint_eq(r.outcome.total.nanoseconds, UINT64_C(1234750000000));
	resolving_clear(&r);
	resolving_of(&r, SUITE(CASE("name='a' time='NaN'") CASE("name='b' time='-5'") CASE("name='c' time=''")
	    CASE("name='d'")));
	ck_assert_uint_eq(r.outcome.total.unknown_times, 4);
	ck_assert_uint_eq(r.outcome.total.nanoseconds, 0);
	resolving_clear(&r);
}
END_TEST

/* TESTS R15 */
START_TEST(skip_kinds)
{
	static const struct {
		const char *text;
		enum skip_kind kind;
	} rows[] = {
		{ SUITE("<testcase name='a'><skipped type='pytest.skip' message='m'/></testcase>"), SKIP_PLAIN },
		{ SUITE("<testcase name='a'><skipped type='pytest.xfail' message='m'/></testcase>"), SKIP_EXPECTED },
		{ SUITE("<testcase name='a'><skipped type='XFAIL' message='m'/></testcase>"), SKIP_EXPECTED },
		{ SUITE("<testcase name='a'><skipped type='todo'/></testcase>"), SKIP_TODO },
		{ SUITE("<testcase name='a' status='disabled'/>"), SKIP_DISABLED },
		{ SUITE("<testcase name='a' status='notrun' result='suppressed'/>"), SKIP_DISABLED },
		{ SUITE("<testcase name='a' status='pending'/>"), SKIP_TODO },
	};
	struct outcome_test test;
	struct resolving r;

	resolving_of(&r, rows[_i].text);
	ck_assert_uint_eq(r.outcome.skipped.count, 1);
	outcome_test(&r.outcome, r.outcome.skipped.ids[0], &test);
	ck_assert_int_eq(test.skip, rows[_i].kind);
	resolving_clear(&r);
}
END_TEST

/* pytest's line counts from 0 (TESTS 5). */
START_TEST(places)
{
	struct resolving r;

	resolving_of(&r, "<testsuites><testsuite name='pytest'><testcase name='a' file='t.py' line='0'/></testsuite>"
	    "<testsuite name='x'><testcase name='a' file='t.py' line='7'/></testsuite></testsuites>");
	ck_assert_uint_eq(r.report.tests.cases[0].line, 1);
	ck_assert_uint_eq(r.report.tests.cases[1].line, 7);
	resolving_clear(&r);
}
END_TEST

/* TESTS 4: a text of any size is read in bounded memory, its ends are kept. */
START_TEST(long_text)
{
	struct strbuf text = {0};
	struct resolving r = {0};

	strbuf_add_string(&text, "<testsuite name='s'><testcase name='a'><failure><![CDATA[start ");
	for (int i = 0; i < 14 << 16; i++)
		strbuf_add_string(&text, "0123456789abcde\n");
	strbuf_add_string(&text, "end]]></failure></testcase><testcase name='b'/></testsuite>");
	resolving_add(&r, &(struct resolving_input){"s", "big.xml", strbuf_str(&text), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_counts(&r), "1p1f");
	resolving_messages(&r);
	ck_assert_uint_lt(r.text.length, 66 << 10);
	ck_assert_ptr_nonnull(strstr(r.text.s, ":start 0123"));
	ck_assert_ptr_nonnull(strstr(r.text.s, "\n[14614537 bytes left out]\n"));
	ck_assert(str_ends(strbuf_str(&r.text), STR("abcde\nend")));
	resolving_clear(&r);
	strbuf_clear(&text);
}
END_TEST

START_TEST(utf16)
{
	static const char ascii[] = "<testsuite name='s'><testcase name='a'><failure/></testcase></testsuite>";
	struct strbuf text = {0};
	struct resolving r = {0};

	strbuf_add(&text, "\xff\xfe", 2);
	for (size_t i = 0; i < sizeof(ascii) - 1; i++) {
		strbuf_add_char(&text, ascii[i]);
		strbuf_add_char(&text, '\0');
	}
	resolving_add(&r, &(struct resolving_input){"s", "utf16.xml", strbuf_str(&text), 0});
	resolving_done(&r, NULL);
	ck_assert_str_eq(resolving_counts(&r), "1f");
	resolving_clear(&r);
	strbuf_clear(&text);
}
END_TEST

START_TEST(empty_file)
{
	struct resolving r;

	resolving_of(&r, "");
	ck_assert(!r.ok);
	ck_assert_str_eq(resolving_counts(&r), "nothing");
	resolving_clear(&r);
}
END_TEST

/* Check's names: suite title > test case, id, " #N" for a later iteration. */
START_TEST(check_names)
{
	struct resolving r;

	resolving_of(&r, "<?xml version='1.0'?><testsuites xmlns='http://check.sourceforge.net/ns'>"
	    "<datetime>2024-01-01 00:00:00</datetime><suite><title>S</title>"
	    "<test result='success'><path>.</path><fn>a.c:10</fn><id>one</id><iteration>0</iteration>"
	    "<duration>0.5</duration><description>Core</description><message>Passed</message></test>"
	    "<test result='error'><path>.</path><fn>a.c:12</fn><id>one</id><iteration>1</iteration>"
	    "<duration>-1.000000</duration><description>Core</description><message>Early exit</message></test>"
	    "</suite><duration>0.6</duration></testsuites>");
	ck_assert_str_eq(resolving_tests(&r), "S > Core|one passed; S > Core|one #1 error");
	ck_assert_uint_eq(r.report.tests.cases[0].line, 10);
	ck_assert_uint_eq(r.outcome.total.nanoseconds, 500000000);
	ck_assert_uint_eq(r.outcome.total.unknown_times, 1);
	resolving_clear(&r);
}
END_TEST

#define ROWS(array)	((int)(sizeof(array) / sizeof(*(array))))

static void
add_model_cases(TCase *tcase)
{
	tcase_add_loop_test(tcase, duplicates, 0, 10);
	tcase_add_test(tcase, duplicate_rule_of_the_stage_wins);
	tcase_add_loop_test(tcase, identity, 0, 11);
	tcase_add_test(tcase, identity_of_the_stage);
	tcase_add_test(tcase, sub_cells_over_reports);
	tcase_add_test(tcase, unlisted_over_cells);
	tcase_add_test(tcase, equal_cases_of_two_reports);
	tcase_add_test(tcase, most_copies_are_kept);
	tcase_add_test(tcase, later_attempts_replace);
	tcase_add_test(tcase, matrix_and_stages);
	tcase_add_test(tcase, skipped_only_if_skipped_in_all);
}

static void
add_reading_cases(TCase *tcase)
{
	tcase_add_loop_test(tcase, tricky_inputs, 0, ROWS(table));
	tcase_add_test(tcase, attempts_and_messages);
	tcase_add_loop_test(tcase, status_rules, 0, ROWS(statuses));
	tcase_add_loop_test(tcase, suite_rules, 0, ROWS(suites));
	tcase_add_test(tcase, suite_results_are_named);
	tcase_add_loop_test(tcase, damage, 0, 5);
	tcase_add_test(tcase, an_open_test_says_so);
	tcase_add_test(tcase, times);
	tcase_add_loop_test(tcase, skip_kinds, 0, 7);
	tcase_add_test(tcase, places);
	tcase_add_test(tcase, long_text);
	tcase_add_test(tcase, utf16);
	tcase_add_test(tcase, empty_file);
	tcase_add_test(tcase, check_names);
}

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("junit");
	TCase *reading = tcase_create("reading");
	TCase *resolving = tcase_create("resolving");

	add_reading_cases(reading);
	add_model_cases(resolving);
	suite_add_tcase(suite, reading);
	suite_add_tcase(suite, resolving);
	return suite;
}
