/* LCOV tracefiles, old and new (COVERAGE 8), and what is made of odd ones (COVERAGE 5). */
#include "unit.h"

#include "read/lcov.h"
#include "reading.h"

static void
expect(const char *text, const char *lines, const char *functions, const char *findings)
{
	struct reading reading;

	reading_of_text(&reading, &reader_lcov, str_of(text));
	ck_assert_msg(reading.ok, "%s\nin %s", reading.err.message, text);
	ck_assert_msg(str_equal(str_of(reading_lines(&reading)), str_of(lines)),
	    "'%s' is not '%s'\nin %s", reading_lines(&reading), lines, text);
	ck_assert_msg(str_equal(str_of(reading_functions(&reading)), str_of(functions)),
	    "'%s' is not '%s'\nin %s", reading_functions(&reading), functions, text);
	ck_assert_msg(str_equal(str_of(reading_findings(&reading)), str_of(findings)),
	    "'%s' is not '%s'\nin %s", reading_findings(&reading), findings, text);
	reading_clear(&reading);
}

#define RECORD(lines) "SF:a.c\n" lines "end_of_record\n"

START_TEST(lines)
{
	expect(RECORD("DA:1,5\nDA:2,0,c2hh\nDA:4,1e3\n"), "a.c 1:5 2:0 4:1000", "", "");
	expect(RECORD("DA:2,1\nDA:1,0\nDA:2,7\nDA:1,0\n"), "a.c 1:0 2:7", "", "");
	expect(RECORD("DA:1,1\n") RECORD("DA:1,4\nDA:2,0\n") "SF:b.c\nend_of_record\n",
	    "a.c 1:4 2:0; b.c", "", "");
	expect("\xef\xbb\xbfTN:x\r\nSF:a.c\r\nDA:1,1\r\nend_of_record", "a.c 1:1", "", "");
	expect("# made by hand\n\n" RECORD(
		   "# comment\nDA:1,1\n\nVER:2\nMCDC:1,2,t,1,0,a\nMCF:2\nMCH:1\n"),
	    "a.c 1:1", "", "");
}
END_TEST

START_TEST(odd_lines)
{
	expect(RECORD("DA:0,1\nDA:-3,1\nDA:x,1\nDA:10000001,1\nDA:1,1\n"), "a.c 1:1", "",
	    "error:2:line-number error:3:line-number error:4:line-number error:5:line-number");
	expect(RECORD("DA:1\nDA:2,\nDA:3,x\nDA:4,0.5\n"), "a.c 1:0 2:0 3:0 4:0", "",
	    "error:2:hits-unreadable error:3:hits-unreadable error:4:hits-unreadable "
	    "error:5:hits-unreadable");
	expect(RECORD("DA:1,-1\nDA:2,18446744073709551615\n"), "a.c 1:0 2:9223372036854775807", "",
	    "warning:2:hits-negative warning:3:hits-huge");
	expect(RECORD("DA:1,1\nnonsense\nda:2,1\n"), "a.c 1:1", "",
	    "error:3:line-unreadable error:4:line-unreadable");
	expect("TN:\nDA:1,1\n" RECORD("DA:1,0\n") "end_of_record\n", "a.c 1:0", "",
	    "error:2:outside-record error:6:outside-record");
	expect("SF:a.c\nDA:1,1\nSF:b.c\nDA:2,1\nend_of_record\n", "a.c 1:1; b.c 2:1", "",
	    "error:3:record-unterminated");
	expect(
	    "SF:\nDA:1,1\nend_of_record\n", "(unnamed) 1:1", "", "error:1:class-without-filename");
	expect("TN:\n", "", "", "note:1:empty-report");
}
END_TEST

START_TEST(branches)
{
	expect(
	    RECORD("BRDA:1,0,0,3\nBRDA:1,0,1,0\nBRDA:1,1,0,-\nDA:1,3\n"), "a.c 1:3[1,1]/3", "", "");
	/* an identity given twice is one, taken if either is */
	expect(RECORD("DA:1,3\nBRDA:1,0,0,-\nBRDA:1,0,0,2\nBRDA:1,0,1,0\nBRDA:1,0,1,0\n"),
	    "a.c 1:3[1,1]/2", "", "");
	/* exceptions and expressions with commas are identities */
	expect(
	    RECORD("DA:1,3\nBRDA:1,e0,0,1\nBRDA:1,0,0,1\nBRDA:1,0,f(a, b),-\nBRDA:1,0,f(a, c),1\n"),
	    "a.c 1:3[3,3]/4", "", "");
	expect(RECORD("DA:1,1\nBRDA:1\nBRDA:0,0,0,1\nBRDA:1,0,0,x\n"), "a.c 1:1[0,0]/1", "",
	    "error:3:branch-unreadable error:4:line-number error:5:hits-unreadable");
	/* inside a statement that starts further up, or in a record that lists no line */
	expect(RECORD("DA:1,1\nDA:5,1\nBRDA:3,0,0,1\nBRDA:3,0,1,0\nBRDA:1,0,0,1\n"),
	    "a.c 1:1[2,2]/3 5:1", "", "note:1:branch-without-line");
	expect(RECORD("BRDA:3,0,0,1\nBRDA:3,0,1,0\n"), "a.c 3:1[1,1]/2", "",
	    "warning:1:branch-without-line");
}
END_TEST

START_TEST(branches_merge_by_identity)
{
	struct reading a, b;

	reading_of_text(&a, &reader_lcov, STR(RECORD("DA:1,1\nBRDA:1,0,0,1\nBRDA:1,0,1,0\n")));
	reading_of_text(&b, &reader_lcov, STR(RECORD("DA:1,1\nBRDA:1,0,0,-\nBRDA:1,0,1,1\n")));
	report_merge(&a.report, &b.report);
	ck_assert_str_eq(reading_lines(&a), "a.c 1:2[2,2]/2");
	reading_clear(&a);
	reading_clear(&b);
}
END_TEST

START_TEST(functions)
{
	expect(
	    RECORD("FN:3,f\nFN:9,g\nFNDA:2,f\nFNDA:0,g\nDA:3,2\n"), "a.c 3:2", ".f@3=2 .g@9=0", "");
	/* an end line, names with commas, a name that is a number */
	expect(
	    RECORD("FN:3,7,f\nFN:9,g<a,b>(int, int)\nFN:12,15\nFNDA:1,g<a,b>(int, int)\nDA:3,0\n"),
	    "a.c 3:0", ".15@12=0 .f@3=0 .g<a,b>(int, int)@9=1", "");
	/* calls of an unknown function, one name for two functions */
	expect(RECORD("FNDA:1,f\nFN:3,g\nFN:9,g\nFNDA:0,g\nFNDA:4,g\nDA:3,0\n"), "a.c 3:0",
	    ".f@0=1 .g@3=4 .g@9=4", "");
	/* version 2: aliases of an index */
	expect(RECORD("FNL:0,3,9\nFNA:0,2,f<int, int>\nFNA:0,0,f<long, "
		      "long>\nFNL:1,11\nFNA:1,0,g\nFNA:7,1,h\nDA:3,0\n"),
	    "a.c 3:0", ".f<int, int>@3=2 .f<long, long>@3=0 .g@11=0 .h@0=1", "");
	expect(RECORD("FN:3\nFN:x,f\nFNDA:1\nFNL:x,1\nFNA:0\nDA:1,1\n"), "a.c 1:1", "",
	    "error:2:function-unreadable error:3:line-number error:4:function-unreadable "
	    "error:5:function-unreadable "
	    "error:6:function-unreadable error:6:hits-unreadable");
}
END_TEST

START_TEST(totals_are_checked)
{
	expect(RECORD("DA:1,1\nDA:2,0\nLF:2\nLH:1\nBRF:0\nBRH:0\n"), "a.c 1:1 2:0", "", "");
	expect(RECORD("DA:1,1\nDA:2,0\nLF:3\nLH:3\n"), "a.c 1:1 2:0", "",
	    "warning:1:header-lines warning:1:header-lines");
	expect(RECORD("DA:1,1\nBRDA:1,0,0,1\nBRF:2\nBRH:1\n"), "a.c 1:1[1,1]/1", "",
	    "warning:1:header-branches");
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
	expect("SF:a\xff\x1b.c\nDA:1,1\nend_of_record\n", "a\xef\xbf\xbd\xef\xbf\xbd.c 1:1", "",
	    "warning:1:invalid-bytes");
	expect(
	    "SF:\xc3\xa9t\xc3\xa9.c\nDA:1,1\nend_of_record\n", "\xc3\xa9t\xc3\xa9.c 1:1", "", "");
}
END_TEST

static void
expect_refusal(struct str text, enum error_code code, uint64_t line)
{
	struct reading reading;

	reading_of_text(&reading, &reader_lcov, text);
	ck_assert_msg(!reading.ok, "read: %s", text.s);
	ck_assert_msg(reading.err.code == code && reading.err.line == line, "%d:%llu: %s",
	    reading.err.code, (unsigned long long)reading.err.line, reading.err.message);
	reading_clear(&reading);
}

START_TEST(what_is_broken_counts_nothing)
{
	struct strbuf long_line = {0};

	expect_refusal(STR("TN:\nSF:a.c\nDA:1,1\n"), ERROR_DAMAGED, 3);
	expect_refusal(STR("SF:a.c\nDA:1,1\nend_of_record\nSF:b.c\nDA:1,"), ERROR_DAMAGED, 5);
	expect_refusal(STR("SF:a.c\nDA:1,\0001\nend_of_record\n"), ERROR_DAMAGED, 2);
	expect_refusal(STR("mode: set\n"), ERROR_FOREIGN, 1);
	expect_refusal(STR("\n<coverage/>\n"), ERROR_FOREIGN, 2);
	expect_refusal(STR(""), ERROR_FOREIGN, 0);
	strbuf_add_string(&long_line, "SF:");
	for (unsigned i = 0; i <= LIMIT_LCOV_LINE; i++)
		strbuf_add_char(&long_line, 'a');
	expect_refusal(strbuf_str(&long_line), ERROR_LIMIT, 1);
	strbuf_clear(&long_line);
}
END_TEST

/* How the input is cut into chunks changes nothing. */
START_TEST(lines_across_chunks)
{
	struct strbuf text = {0};
	struct reading reading;
	unsigned count = 40000;

	strbuf_add_string(&text, "SF:a.c\n");
	for (unsigned i = 1; i <= count; i++)
		strbuf_addf(&text, "DA:%u,%u\n", i, i % 2);
	strbuf_add_string(&text, "end_of_record\n");
	reading_of_text(&reading, &reader_lcov, strbuf_str(&text));
	ck_assert_str_eq(
	    reading_totals(&reading), "lines 20000/40000 branches [0,0]/0 functions 0/0");
	ck_assert_str_eq(reading_findings(&reading), "");
	reading_clear(&reading);
	strbuf_clear(&text);
}
END_TEST

START_TEST(producers)
{
	static const char *const rows[][3] = {
		{ "gcc", "lines 3/4 branches [3,3]/5 functions 1/2", "" },
		{ "lcov2", "lines 2/3 branches [2,2]/3 functions 1/3", "" },
		{ "istanbul", "lines 2/2 branches [2,2]/3 functions 1/2",
		  "note:2:branch-without-line" },
		{ "windows", "lines 1/2 branches [0,0]/0 functions 0/0", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct reading reading;
		struct strbuf name = {0};

		strbuf_addf(&name, "lcov/%s.info", rows[i][0]);
		reading_of_data(&reading, &reader_lcov, strbuf_string(&name));
		ck_assert_msg(reading.ok, "%s", reading.err.message);
		ck_assert_str_eq(reading_totals(&reading), rows[i][1]);
		ck_assert_str_eq(reading_findings(&reading), rows[i][2]);
		reading_clear(&reading);
		strbuf_clear(&name);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("lcov");
	TCase *tests = tcase_create("lcov");

	tcase_add_test(tests, lines);
	tcase_add_test(tests, odd_lines);
	tcase_add_test(tests, branches);
	tcase_add_test(tests, branches_merge_by_identity);
	tcase_add_test(tests, functions);
	tcase_add_test(tests, totals_are_checked);
	tcase_add_test(tests, bytes_that_are_no_text);
	tcase_add_test(tests, what_is_broken_counts_nothing);
	tcase_add_test(tests, lines_across_chunks);
	tcase_add_test(tests, producers);
	suite_add_tcase(suite, tests);
	return suite;
}
