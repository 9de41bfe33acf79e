/*
 * What Cobertura says and what is made of odd input: COVERAGE 2, 3.3, 5, 6 and those rows of 7 that
 * reading decides.
 */
#include "unit.h"

#include "read/cobertura.h"
#include "reading.h"

/* What one document came to. */
struct expected {
	const char *text;
	const char *lines;
	const char *findings;
};

static void
expect(const char *text, const char *lines, const char *findings)
{
	struct reading reading;

	reading_of_text(&reading, &reader_cobertura, str_of(text));
	ck_assert_msg(reading.ok, "%s\nin %s", reading.err.message, text);
	ck_assert_msg(str_equal(str_of(reading_lines(&reading)), str_of(lines)),
	    "'%s' is not '%s'\nin %s", reading_lines(&reading), lines, text);
	ck_assert_msg(str_equal(str_of(reading_findings(&reading)), str_of(findings)),
	    "'%s' is not '%s'\nin %s", reading_findings(&reading), findings, text);
	reading_clear(&reading);
}

/* A document with one class of one file, `inside` on its third line. */
#define CLASS(inside) \
	"<coverage><packages><package><classes>\n<class name='C' filename='a.c'>\n" inside \
	"\n</class></classes></package></packages></coverage>"
#define LINES(lines) CLASS("<lines>" lines "</lines>")

static void
expect_all(const struct expected *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect(rows[i].text, rows[i].lines, rows[i].findings);
}

#define EXPECT_ALL(rows) expect_all(rows, sizeof(rows) / sizeof((rows)[0]))

START_TEST(hits_by_the_table)
{
	static const struct expected rows[] = {
		{ LINES("<line number='1' hits='7'/>"), "a.c 1:7", "" },
		{ LINES("<line number='1' hits=' 7 '/>"), "a.c 1:7", "" },
		{ LINES("<line number='1' hits='1.0'/><line number='2' hits='0'/>"), "a.c 1:1 2:0",
		  "" },
		{ LINES("<line number='1' hits='1e3'/>"), "a.c 1:1000", "" },
		{ LINES("<line number='1'/><line number='2' hits='0'/>"), "a.c 1:0 2:0",
		  "error:3:hits-missing" },
		{ LINES("<line number='1' hits=''/>"), "a.c 1:0", "error:3:hits-unreadable" },
		{ LINES("<line number='1' hits='yes'/>"), "a.c 1:0", "error:3:hits-unreadable" },
		{ LINES("<line number='1' hits='0.5'/>"), "a.c 1:0", "error:3:hits-unreadable" },
		{ LINES("<line number='1' hits='NaN'/>"), "a.c 1:0", "error:3:hits-unreadable" },
		{ LINES("<line number='1' hits='-1'/><line number='2' hits='1'/>"), "a.c 1:0 2:1",
		  "warning:3:hits-negative" },
		{ LINES("<line number='1' hits='99999999999999999999'/>\n"
		  "<line number='2' hits='2147483648'/>\n"
		  "<line number='3' hits='9223372036854775808'/>"),
		  "a.c 1:9223372036854775807 2:2147483648 3:9223372036854775807",
		  "warning:3:hits-huge warning:5:hits-huge" },
	};

	EXPECT_ALL(rows);
}
END_TEST

START_TEST(line_numbers_by_the_table)
{
	static const struct expected rows[] = {
		{ LINES("<line number='0' hits='1'/><line number='2' hits='0'/>"), "a.c 2:0",
		  "error:3:line-number" },
		{ LINES("<line number='-1' hits='1'/>\n<line hits='1'/>\n"
		  "<line number='x' hits='1'/>"), "a.c",
		  "note:1:empty-report error:3:line-number error:4:line-number "
		  "error:5:line-number" },
		{ LINES("<line number='10000000' hits='1'/>\n<line number='10000001' hits='1'/>"),
		  "a.c 10000000:1",
		  "error:4:line-number" },
		{ LINES("<line number='2147483648' hits='1'/><line number='1' hits='1'/>"),
		  "a.c 1:1",
		  "error:3:line-number" },
		{ LINES("<line number=' 3 ' hits='1'/>"), "a.c 3:1", "" },
	};

	EXPECT_ALL(rows);
}
END_TEST

#define BRANCH(attributes) LINES("<line number='1' hits='1' " attributes "/>")

START_TEST(branch_counts_by_the_table)
{
	static const struct expected rows[] = {
		{ BRANCH("branch='true' condition-coverage='50% (1/2)'"), "a.c 1:1[1,1]/2", "" },
		{ BRANCH("branch='True' condition-coverage='50% (1/2)'"), "a.c 1:1[1,1]/2", "" },
		{ BRANCH("branch='TRUE' condition-coverage='50% (1/2)'"), "a.c 1:1[1,1]/2", "" },
		{ BRANCH("branch='false' condition-coverage='50% (1/2)'"), "a.c 1:1[1,1]/2", "" },
		{ BRANCH("condition-coverage='50% ( 1 / 2 )'"), "a.c 1:1[1,1]/2", "" },
		{ BRANCH("branch='true' condition-coverage='66,67% (2/3)'"), "a.c 1:1[2,2]/3", "" },
		{ BRANCH("branch='true' condition-coverage='(2.0/3.0)'"), "a.c 1:1[2,2]/3", "" },
		{ BRANCH("branch='true'"), "a.c 1:1", "note:3:branch-without-counts" },
		{ BRANCH("branch='True'"), "a.c 1:1", "note:3:branch-without-counts" },
		{ BRANCH("branch='False'"), "a.c 1:1", "" },
		{ BRANCH("branch='true' condition-coverage='50%'"), "a.c 1:1",
		  "note:3:branch-without-counts" },
		{ BRANCH("condition-coverage='100%'"), "a.c 1:1", "" },
		{ BRANCH("branch='true' condition-coverage='150% (3/2)'"), "a.c 1:1[2,2]/2",
		  "error:3:condition-coverage" },
		{ BRANCH("branch='true' condition-coverage='100% (0/0)'"), "a.c 1:1",
		  "error:3:condition-coverage" },
		{ BRANCH("branch='true' condition-coverage='0% (0/1000001)'"), "a.c 1:1",
		  "error:3:condition-coverage" },
		{ BRANCH("branch='true' condition-coverage='0% (0/1000000)'"),
		  "a.c 1:1[0,0]/1000000", "" },
		{ BRANCH("branch='true' condition-coverage='(a/2)'"), "a.c 1:1[0,0]/2",
		  "error:3:condition-coverage" },
		{ BRANCH("branch='true' condition-coverage='(-1/2)'"), "a.c 1:1[0,0]/2",
		  "error:3:condition-coverage" },
		{ BRANCH("branch='true' condition-coverage='(1/b)'"), "a.c 1:1",
		  "error:3:condition-coverage" },
		{ BRANCH("branch='true' condition-coverage='(1'"), "a.c 1:1",
		  "error:3:condition-coverage" },
		{ BRANCH("branch='true' condition-coverage='0% (0/1)'"), "a.c 1:1[0,0]/1", "" },
	};

	EXPECT_ALL(rows);
}
END_TEST

/* Two lines of two files, so that the second report of a pair may miss other branches. */
static void
expect_merged(const char *one, const char *other, const char *lines)
{
	struct reading a, b;

	reading_of_text(&a, &reader_cobertura, str_of(one));
	reading_of_text(&b, &reader_cobertura, str_of(other));
	ck_assert(a.ok && b.ok);
	report_merge(&a.report, &b.report);
	ck_assert_msg(str_equal(str_of(reading_lines(&a)), str_of(lines)),
	    "'%s' is not '%s'\nin %s", reading_lines(&a), lines, one);
	reading_clear(&a);
	reading_clear(&b);
}

START_TEST(missing_branches_are_an_identity)
{
	expect_merged(BRANCH("branch='true' condition-coverage='50% (1/2)' missing-branches='4'"),
	    BRANCH("branch='true' condition-coverage='50% (1/2)' missing-branches='3'"),
	  "a.c 1:2[2,2]/2");
	expect_merged(
	    BRANCH("branch='true' condition-coverage='33% (1/3)' missing-branches=' exit , 12'"),
	    BRANCH("branch='true' condition-coverage='33% (1/3)' missing-branches='12,7'"),
	    "a.c 1:2[2,2]/3");
	/* a token twice, or not as many as are missing, is none */
	expect_merged(BRANCH("branch='true' condition-coverage='33% (1/3)' missing-branches='4,4'"),
	    BRANCH("branch='true' condition-coverage='33% (1/3)' missing-branches='5,6'"),
	  "a.c 1:2[1,2]/3");
	expect_merged(BRANCH("branch='true' condition-coverage='50% (1/2)' missing-branches='4,5'"),
	    BRANCH("branch='true' condition-coverage='50% (1/2)' missing-branches='3'"),
	  "a.c 1:2[1,2]/2");
	expect_merged(BRANCH("branch='true' condition-coverage='50% (1/2)'"),
	    BRANCH("branch='true' condition-coverage='50% (1/2)'"), "a.c 1:2[1,2]/2");
}
END_TEST

#define CONDITIONS(counts, children)                                                               \
	LINES("<line number='1' hits='1' branch='true' " counts "><conditions>" children           \
	      "</conditions></line>")
#define JUMP(number, percent) "<condition number='" number "' type='jump' coverage='" percent "'/>"
#define SWITCH(number, percent) \
	"<condition number='" number "' type='switch' coverage='" percent "'/>"

START_TEST(conditions_are_an_identity)
{
	/*
	 * a jump of width 2 fully taken by one side only: 100 % wins, 0 % is neutral, two halves
	 * stay open
	 */
	expect_merged(
	    CONDITIONS("condition-coverage='50% (2/4)'", JUMP("0", "100%") JUMP("7", "0%")),
	    CONDITIONS("condition-coverage='50% (2/4)'", JUMP("0", "0%") JUMP("7", "100%")),
	    "a.c 1:2[4,4]/4");
	expect_merged(
	    CONDITIONS("condition-coverage='50% (2/4)'", JUMP("0", "50%") JUMP("7", "50%")),
	    CONDITIONS("condition-coverage='25% (1/4)'", JUMP("0", "0%") JUMP("7", "50%")),
	    "a.c 1:2[2,3]/4");
	/* n children are one branch each; one switch takes what jumps leave */
	expect_merged(
	    CONDITIONS("condition-coverage='50% (1/2)'", JUMP("0", "100%") JUMP("1", "0%")),
	    CONDITIONS("condition-coverage='50% (1/2)'", JUMP("0", "0%") JUMP("1", "100%")),
	    "a.c 1:2[2,2]/2");
	expect_merged(
	    CONDITIONS("condition-coverage='50% (3/6)'", JUMP("14", "50%") SWITCH("31", "50%")),
	    CONDITIONS("condition-coverage='33% (2/6)'", JUMP("14", "100%") SWITCH("31", "0%")),
	    "a.c 1:2[4,4]/6");
	/* grcov writes a fraction */
	expect_merged(CONDITIONS("condition-coverage='50% (1/2)'", JUMP("0", "1") JUMP("1", "0")),
	    CONDITIONS("condition-coverage='50% (1/2)'", JUMP("0", "0") JUMP("1", "1.0")),
	  "a.c 1:2[2,2]/2");
}
END_TEST

START_TEST(conditions_that_are_no_identity)
{
	/*
	 * a single child, equal numbers, widths or outcomes that do not add up, what can't be read:
	 * counts alone
	 */
	expect_merged(CONDITIONS("condition-coverage='50% (1/2)'", JUMP("0", "50%")),
	    CONDITIONS("condition-coverage='50% (1/2)'", JUMP("0", "50%")), "a.c 1:2[1,2]/2");
	expect_merged(
	    CONDITIONS("condition-coverage='50% (2/4)'", JUMP("0", "100%") JUMP("0", "0%")),
	    CONDITIONS("condition-coverage='50% (2/4)'", JUMP("0", "0%") JUMP("0", "100%")),
	    "a.c 1:2[2,4]/4");
	expect_merged(
	    CONDITIONS("condition-coverage='50% (3/6)'", JUMP("0", "100%") JUMP("1", "0%")),
	    CONDITIONS("condition-coverage='50% (3/6)'", JUMP("0", "0%") JUMP("1", "100%")),
	    "a.c 1:2[3,6]/6");
	expect_merged(
	    CONDITIONS("condition-coverage='25% (1/4)'", JUMP("0", "100%") JUMP("1", "0%")),
	    CONDITIONS("condition-coverage='25% (1/4)'", JUMP("0", "0%") JUMP("1", "100%")),
	    "a.c 1:2[1,2]/4");
	expect_merged(
	    CONDITIONS("condition-coverage='50% (2/4)'", JUMP("0", "all") JUMP("1", "0%")),
	    CONDITIONS("condition-coverage='50% (2/4)'", JUMP("0", "0%") JUMP("1", "100%")),
	    "a.c 1:2[2,4]/4");
	expect_merged(
	    CONDITIONS("condition-coverage='50% (4/8)'", SWITCH("0", "100%") SWITCH("1", "0%")),
	    CONDITIONS("condition-coverage='50% (4/8)'", SWITCH("0", "0%") SWITCH("1", "100%")),
	    "a.c 1:2[4,8]/8");
}
END_TEST

START_TEST(jumps_without_counts)
{
	expect(CONDITIONS("", JUMP("0", "50%") JUMP("1", "100%")), "a.c 1:1[3,3]/4", "");
	expect(CONDITIONS("condition-coverage='75%'", JUMP("0", "50%") JUMP("1", "100%")),
	    "a.c 1:1[3,3]/4", "");
	expect(CONDITIONS("", JUMP("0", "0%")), "a.c 1:1[0,0]/2", "");
	expect(CONDITIONS("", JUMP("0", "1")), "a.c 1:1[2,2]/2", "");
	expect(CONDITIONS("", JUMP("0", "33%")), "a.c 1:1", "note:3:branch-without-counts");
	expect(CONDITIONS("", JUMP("0", "50%") SWITCH("1", "50%")), "a.c 1:1",
	    "note:3:branch-without-counts");
	expect(
	    LINES("<line number='1' hits='1'><conditions>" JUMP("0", "50%") "</conditions></line>"),
	    "a.c 1:1[1,1]/2", "");
	expect_merged(CONDITIONS("", JUMP("0", "100%") JUMP("1", "0%")),
	    CONDITIONS("", JUMP("0", "0%") JUMP("1", "100%")), "a.c 1:2[4,4]/4");
}
END_TEST

#define METHOD(lines) \
	"<methods><method name='m' signature='()'><lines>" lines "</lines></method></methods>"

START_TEST(method_lines_count_only_alone)
{
	expect(CLASS(METHOD("<line number='5' hits='1'/>") "<lines/>"), "a.c 5:1", "");
	expect(
	    CLASS(METHOD("<line number='5' hits='1' branch='true' condition-coverage='50% (1/2)' "
			 "missing-branches='9'/>")),
	    "a.c 5:1[1,1]/2", "");
	expect(CLASS(METHOD(
		   "<line number='4' hits='1'/>") "<lines><line number='5' hits='0'/></lines>"),
	    "a.c 5:0", "");
	expect(CLASS("<lines><line number='5' hits='0'/></lines>" METHOD(
		   "<line number='4' hits='1'/>")),
	    "a.c 5:0", "");
	/* each class is judged on its own */
	expect(
	    "<coverage><class name='A' filename='a.c'>" METHOD(
		"<line number='1' hits='1'/>") "</class>"
					       "<class name='B' filename='a.c'><lines><line "
					       "number='2' hits='0'/></lines></class></coverage>",
	    "a.c 1:1 2:0", "");
}
END_TEST

START_TEST(several_records_of_a_line)
{
	expect("<coverage><class name='a' filename='a.py'><lines><line number='1' hits='0'/><line "
	       "number='1' hits='5'/>"
	       "<line number='2' hits='5'/><line number='2' hits='0'/><line number='3' "
	       "hits='1'/></lines></class>"
	       "<class name='a$B' filename='a.py'><lines><line number='2' "
	       "hits='0'/></lines></class></coverage>",
	    "a.py 1:5 2:5 3:1", "");
	/* a class within a class has its own file, and what follows belongs to the outer again */
	expect(
	    "<coverage><class name='a' filename='a.py'><lines><line number='1' hits='1'/></lines>"
	    "<class name='b' filename='b.py'>" METHOD(
		"<line number='7' hits='2'/>") "</class>"
					       "<lines><line number='2' "
					       "hits='0'/></lines></class></coverage>",
	    "a.py 1:1 2:0; b.py 7:2", "");
	expect(LINES("<line number='1' hits='1'><line number='2' hits='0'/></line><line number='3' "
		     "hits='4'/>"),
	    "a.c 1:1 2:0 3:4", "");
}
END_TEST

static void
expect_functions(const char *text, const char *functions)
{
	struct reading reading;

	reading_of_text(&reading, &reader_cobertura, str_of(text));
	ck_assert(reading.ok);
	ck_assert_str_eq(reading_functions(&reading), functions);
	reading_clear(&reading);
}

START_TEST(functions)
{
	expect_functions(
	    CLASS(METHOD("<line number='6' hits='0'/><line number='5' hits='3'/>")), "C.m()@5=3");
	expect_functions(
	    CLASS(METHOD("<line number='0' hits='0'/><line number='9' hits='0'/>")), "C.m()@9=0");
	expect_functions(
	    CLASS("<methods><method name='m' signature='' hits='2'/><method name='n'/></methods>"),
	    "C.m@0=2 C.n@0=0");
	expect_functions(CLASS("<methods><method name='m' hits='0'><lines><line number='1' "
			       "hits='4'/></lines></method>"
			       "</methods><lines><line number='1' hits='4'/></lines>"),
	    "C.m@1=4");
}
END_TEST

START_TEST(names_and_places)
{
	static const struct expected rows[] = {
		{ "<coverage>\n<class name='C'><line number='1' hits='1'/></class></coverage>", "C 1:1",
		  "error:2:class-without-filename" },
		{ "<coverage>\n<class name='C' filename=' '><line number='1' hits='1'/></class></coverage>",
		  "C 1:1", "error:2:class-without-filename" },
		{ "<coverage>\n<class><line number='1' hits='1'/></class></coverage>", "(unnamed) 1:1",
		  "error:2:class-without-filename" },
		{ "<coverage><lines>\n<line number='1' hits='1'/></lines></coverage>", "",
		  "note:1:empty-report error:2:line-outside-class" },
		{ "<coverage><packages/></coverage>", "", "note:1:empty-report" },
		{ "<coverage/>", "", "note:1:empty-report" },
		{ CLASS("<lines/>"), "a.c", "note:1:empty-report" },
		{ "<c:coverage xmlns:c='urn:x'><c:class c:name='C' filename='a.c'><c:lines>"
		  "<c:line number='1' hits='1'/>"
		  "</c:lines></c:class></c:coverage>", "a.c 1:1", "" },
		{ CLASS("<note>text</note><lines><!-- <line number='3' hits='1'/> --><?x <line?>"
		  "<line number='1' hits='1'/>"
		  "</lines>"), "a.c 1:1", "" },
		{ "<coverage><class filename='b&amp;&#x62;.c'><line number='1' hits='1'/></class>"
		  "</coverage>", "b&b.c 1:1", "" },
	};

	EXPECT_ALL(rows);
}
END_TEST

START_TEST(sources_stand_anywhere)
{
	struct reading reading;

	reading_of_text(&reading, &reader_cobertura,
	    STR("<coverage><packages/><sources><source>\n /srv/a \n</source><source/>"
	    "<source><![CDATA[C:\\b]]></source>"
	    "</sources></coverage>"));
	ck_assert(reading.ok);
	ck_assert_str_eq(strbuf_string(&reading.roots), "/srv/a||C:\\b|");
	reading_clear(&reading);
}
END_TEST

#define ROOT(attributes, line) \
	"<coverage " attributes "><class filename='a.c'><lines><line number='1' hits='1'/>" line \
	"</lines></class></coverage>"
#define HALF ROOT("line-rate='1.0'", "<line number='2' hits='0'/>")

START_TEST(headers_are_checked_and_never_count)
{
	static const struct expected rows[] = {
		{ HALF, "a.c 1:1 2:0", "warning:1:header-lines" },
		{ ROOT("line-rate='0.5' lines-valid='2' lines-covered='1'",
		  "<line number='2' hits='0'/>"),
		  "a.c 1:1 2:0", "" },
		{ ROOT("line-rate='0.5' lines-valid='1000' lines-covered='900'",
		  "<line number='2' hits='0'/>"),
		  "a.c 1:1 2:0", "warning:1:header-lines" },
		{ ROOT("line-rate='0,5'", "<line number='2' hits='0'/>"), "a.c 1:1 2:0", "" },
		{ ROOT("line-rate='NaN' branch-rate='NaN' complexity=''",
		  "<line number='2' hits='0'/>"), "a.c 1:1 2:0", "" },
		{ ROOT("line-rate='0.33'",
		  "<line number='2' hits='0'/><line number='3' hits='0'/>"), "a.c 1:1 2:0 3:0",
		  "" },
		{ ROOT("line-rate='0.34'",
		  "<line number='2' hits='0'/><line number='3' hits='0'/>"), "a.c 1:1 2:0 3:0",
		  "" },
		{ ROOT("line-rate='0.3'",
		  "<line number='2' hits='0'/><line number='3' hits='0'/>"), "a.c 1:1 2:0 3:0",
		  "warning:1:header-lines" },
		{ ROOT("branch-rate='0'", ""), "a.c 1:1", "" },
		{ ROOT("branch-rate='1.0' branches-covered='1.0' branches-valid='1.0'", ""),
		  "a.c 1:1", "" },
		{ ROOT("branches-covered='4' branches-valid='5'", ""), "a.c 1:1",
		  "warning:1:header-branches" },
		{ ROOT("version='gcovr 8.4' line-rate='0.9'", ""), "a.c 1:1",
		  "note:1:header-lines" },
	};

	EXPECT_ALL(rows);
}
END_TEST

START_TEST(rates_of_four_digits)
{
	struct strbuf text = {0};

	/* coverage.py prints 99996 of 100000 as "1" */
	strbuf_add_string(&text, "<coverage line-rate='1'><!-- Generated by coverage.py: x "
				 "--><class filename='a.py'><lines>");
	for (int i = 1; i <= 100000; i++)
		strbuf_addf(&text, "<line number='%d' hits='%d'/>", i, i > 4);
	strbuf_add_string(&text, "</lines></class></coverage>");
	for (int i = 0; i < 2; i++) {
		struct reading reading;

		reading_of_text(&reading, &reader_cobertura, strbuf_str(&text));
		ck_assert(reading.ok);
		ck_assert_str_eq(reading_findings(&reading), i ? "warning:1:header-lines" : "");
		reading_clear(&reading);
		memcpy(text.s + strlen("<coverage line-rate="), "'0'", 3);
	}
	strbuf_clear(&text);
}
END_TEST

START_TEST(timestamps)
{
	static const struct {
		const char *written;
		uint64_t seconds;
	} rows[] = {
		{ "1706000000", 1706000000 }, { "1706000000123", 1706000000 }, { "1706000000.5678",
		  1706000000 },
		{ "100000000000", 100000000000 }, { "100000000001", 100000000 }, { "1.706e9",
		  1706000000 },
		{ "2024-01-23 10:13:20", 0 }, { "", 0 }, { "%i", 0 }, { "-5", 0 },
		  { "99999999999999999", 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct reading reading;
		struct strbuf text = {0};

		strbuf_addf(&text, "<coverage timestamp='%s'/>", rows[i].written);
		reading_of_text(&reading, &reader_cobertura, strbuf_str(&text));
		ck_assert(reading.ok);
		ck_assert_msg(reading.timestamp == rows[i].seconds, "%s", rows[i].written);
		reading_clear(&reading);
		strbuf_clear(&text);
	}
}
END_TEST

static void
expect_refusal(const char *text, enum error_code code, uint64_t line, const char *part)
{
	struct reading reading;

	reading_of_text(&reading, &reader_cobertura, str_of(text));
	ck_assert_msg(!reading.ok, "read: %s", text);
	ck_assert_msg(reading.err.code == code, "%d: %s", reading.err.code, reading.err.message);
	ck_assert_msg(reading.err.line == line, "%llu: %s", (unsigned long long)reading.err.line,
	    reading.err.message);
	ck_assert_msg(
	    strstr(reading.err.message, part), "'%s' not in '%s'", part, reading.err.message);
	reading_clear(&reading);
}

START_TEST(what_is_broken_counts_nothing)
{
	expect_refusal("", ERROR_DAMAGED, 1, "");
	expect_refusal("<coverage><class filename='a.c'>\n<lines><line number='1' hits='1'/>",
	    ERROR_DAMAGED, 2, "");
	expect_refusal(LINES("<line number='1' hits='1'>"), ERROR_DAMAGED, 3, "");
	expect_refusal(LINES("<line number='1' hits='1' hits='0'/>"), ERROR_DAMAGED, 3, "hits");
	expect_refusal(LINES("<line number='1' hits='1'/>") "\n<coverage/>", ERROR_DAMAGED, 5, "");
	expect_refusal(LINES("<line number='1' hits='1'/>") "\ntrailing", ERROR_DAMAGED, 5, "");
	expect_refusal(CLASS("\n&nbsp;"), ERROR_DAMAGED, 4, "nbsp");
}
END_TEST

START_TEST(other_roots_are_refused_by_name)
{
	expect_refusal("<?xml version='1.0'?>\n<testsuites/>", ERROR_FOREIGN, 2, "<testsuites>");
	expect_refusal("<html><body/></html>", ERROR_FOREIGN, 1, "<html>");
	expect_refusal("<line number='1' hits='1'/>", ERROR_FOREIGN, 1, "<line>");
	expect_refusal("<coverage generated='1' clover='3.2'>\n<project/></coverage>",
	    ERROR_FOREIGN, 1, "Clover");
	expect_refusal("<coverage>\n<packages/><project/></coverage>", ERROR_FOREIGN, 2, "Clover");
	expect_refusal(
	    "<coverage version='1'><file path='a.c'/></coverage>", ERROR_FOREIGN, 1, "SonarQube");
}
END_TEST

START_TEST(names_have_a_limit)
{
	struct strbuf text = {0};

	strbuf_add_string(&text, "<coverage><class filename='");
	for (unsigned i = 0; i <= LIMIT_XML_NAME; i++)
		strbuf_add_char(&text, 'a');
	strbuf_add_string(&text, "'/></coverage>");
	expect_refusal(strbuf_string(&text), ERROR_LIMIT, 1, "64 KiB");
	strbuf_clear(&text);
}
END_TEST

START_TEST(mended_bytes_are_a_warning)
{
	expect("<coverage><class filename='a\xff.c'><lines>\n<line number='1' "
	       "hits='1'/></lines></class></coverage>",
	    "a\xef\xbf\xbd.c 1:1", "warning:1:invalid-bytes");
	expect("<coverage>\n<class filename='a&#x1b;.c'><lines><line number='1' "
	       "hits='1'/></lines></class></coverage>",
	    "a\xef\xbf\xbd.c 1:1", "warning:2:forbidden-characters");
}
END_TEST

START_TEST(defaults_of_a_dtd_are_ignored)
{
	expect("<!DOCTYPE coverage SYSTEM 'http://127.0.0.1:9/x.dtd' [\n<!ATTLIST line hits CDATA "
	       "'1'>\n"
	       "<!ATTLIST line branch CDATA 'true' condition-coverage CDATA '100%'>\n<!ENTITY e "
	       "SYSTEM '/etc/passwd'>]>\n" LINES("<line number='1'/>"),
	    "a.c 1:0", "error:7:hits-missing");
}
END_TEST

/* Every producer of COVERAGE 6, with what its own totals say where they count lines. */
START_TEST(dialects)
{
	static const struct {
		const char *file;
		const char *dialect;
		const char *totals;
		const char *findings;
	} rows[] = {
		{ "altcover", "altcover", "lines 1/2 branches [0,0]/0 functions 1/1",
		  "note:2:header-lines" },
		{ "cover2cover", "cover2cover", "lines 1/2 branches [1,1]/2 functions 1/2", "" },
		{ "coveragepy", "coverage.py 7.4.1", "lines 3/4 branches [2,2]/4 functions 0/0",
		  "" },
		{ "coverlet", "coverlet", "lines 2/3 branches [3,3]/6 functions 2/2", "" },
		{ "covr", "covr 3.6.4", "lines 1/2 branches [0,0]/0 functions 1/1", "" },
		{ "dotnet-coverage", "dotnet-coverage", "lines 2/2 branches [1,1]/2 functions 1/1",
		  "note:2:header-lines" },
		{ "excoveralls", "excoveralls", "lines 2/3 branches [0,0]/0 functions 0/0", "" },
		{ "gcovr", "gcovr 8.4", "lines 3/4 branches [2,2]/4 functions 1/2",
		  "note:3:header-branches note:3:header-lines" },
		{ "gocov-xml", "gocov-xml", "lines 1/2 branches [0,0]/0 functions 1/1", "" },
		{ "gocover-cobertura", "gocover-cobertura",
		  "lines 1/3 branches [0,0]/0 functions 1/2", "" },
		{ "grcov", "grcov", "lines 2/3 branches [3,3]/4 functions 1/1",
		  "warning:14:hits-huge warning:24:hits-huge" },
		{ "istanbul", "istanbul", "lines 2/4 branches [1,1]/3 functions 1/3",
		  "note:3:header-branches" },
		{ "java", "Cobertura 2.1.1", "lines 2/3 branches [3,3]/4 functions 1/2", "" },
		{ "java-old", "Cobertura 1.9", "lines 1/1 branches [0,0]/0 functions 1/1", "" },
		{ "kcov", "kcov", "lines 2/3 branches [0,0]/0 functions 0/0", "" },
		{ "lcov-cobertura", "lcov_cobertura or cargo-llvm-cov",
		  "lines 1/2 branches [1,1]/2 functions 1/1", "" },
		{ "opencppcoverage", "OpenCppCoverage", "lines 3/3 branches [0,0]/0 functions 0/0",
		  "note:2:header-lines" },
		{ "phpunit", "PHPUnit", "lines 2/3 branches [0,0]/0 functions 1/2", "" },
		{ "reportgenerator", "ReportGenerator", "lines 1/2 branches [2,2]/4 functions 1/1",
		  "" },
		{ "scoverage", "scoverage", "lines 2/2 branches [0,0]/0 functions 1/1",
		  "note:3:header-lines" },
		{ "simplecov", "simplecov-cobertura", "lines 2/3 branches [0,0]/0 functions 0/0",
		  "" },
		{ "slather", "slather", "lines 1/2 branches [0,0]/0 functions 0/0", "" },
		{ "tarpaulin", "tarpaulin", "lines 1/2 branches [0,0]/0 functions 0/0", "" },
		{ "xcresultparser", "xcresultparser", "lines 1/2 branches [0,0]/0 functions 0/0",
		  "" },
		{ "latin1", "", "lines 1/2 branches [0,0]/0 functions 0/0", "" },
		{ "utf16", "", "lines 1/2 branches [0,0]/0 functions 0/0", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct reading reading;
		struct strbuf name = {0};

		strbuf_addf(&name, "cobertura/%s.xml", rows[i].file);
		reading_of_data(&reading, &reader_cobertura, strbuf_string(&name));
		ck_assert_msg(reading.ok, "%s: %s", rows[i].file, reading.err.message);
		ck_assert_str_eq(strbuf_string(&reading.dialect), rows[i].dialect);
		ck_assert_msg(str_equal(str_of(reading_totals(&reading)), str_of(rows[i].totals)),
		    "%s: %s", rows[i].file, reading_totals(&reading));
		ck_assert_msg(
		    str_equal(str_of(reading_findings(&reading)), str_of(rows[i].findings)),
		    "%s: %s", rows[i].file, reading_findings(&reading));
		reading_clear(&reading);
		strbuf_clear(&name);
	}
}
END_TEST

START_TEST(encodings)
{
	struct reading reading;

	reading_of_data(&reading, &reader_cobertura, "cobertura/utf16.xml");
	ck_assert_str_eq(reading_lines(&reading), "src/\xc3\xa9t\xc3\xa9.c 1:1 2:0");
	reading_clear(&reading);
	reading_of_data(&reading, &reader_cobertura, "cobertura/latin1.xml");
	ck_assert_str_eq(reading_lines(&reading), "src/caf\xc3\xa9.c 1:1 2:0");
	reading_clear(&reading);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("cobertura");
	TCase *lines = tcase_create("lines");
	TCase *report = tcase_create("report");

	tcase_add_test(lines, hits_by_the_table);
	tcase_add_test(lines, line_numbers_by_the_table);
	tcase_add_test(lines, branch_counts_by_the_table);
	tcase_add_test(lines, missing_branches_are_an_identity);
	tcase_add_test(lines, conditions_are_an_identity);
	tcase_add_test(lines, conditions_that_are_no_identity);
	tcase_add_test(lines, jumps_without_counts);
	tcase_add_test(lines, method_lines_count_only_alone);
	tcase_add_test(lines, several_records_of_a_line);
	suite_add_tcase(suite, lines);
	tcase_add_test(report, functions);
	tcase_add_test(report, names_and_places);
	tcase_add_test(report, sources_stand_anywhere);
	tcase_add_test(report, headers_are_checked_and_never_count);
	tcase_add_test(report, rates_of_four_digits);
	tcase_add_test(report, timestamps);
	tcase_add_test(report, what_is_broken_counts_nothing);
	tcase_add_test(report, other_roots_are_refused_by_name);
	tcase_add_test(report, names_have_a_limit);
	tcase_add_test(report, mended_bytes_are_a_warning);
	tcase_add_test(report, defaults_of_a_dtd_are_ignored);
	tcase_add_test(report, dialects);
	tcase_add_test(report, encodings);
	suite_add_tcase(suite, report);
	return suite;
}
