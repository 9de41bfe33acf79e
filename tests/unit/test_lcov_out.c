/* The LCOV that is written: counted by LCOV as by muster, and the same when read back. */
#include "reading.h"
#include "unit.h"
#include "written.h"

#include "read/cobertura.h"
#include "read/lcov.h"

static struct written written;

static void
setup(void)
{
	written = (struct written){0};
}

static void
teardown(void)
{
	written_clear(&written);
}

static void
expect(const char *words, const char *text)
{
	written_add_words(&written, "unit", "", words);
	written_measure(&written);
	ck_assert_str_eq(written_by(&written, "lcov"), text);
}

#define NO_FUNCTIONS "FNF:0\nFNH:0\n"

START_TEST(a_record_has_lines_and_totals)
{
	expect("f b.c\nl 1 7\nl 3 0\nf a.c\nl 2 9223372036854775807\n",
	    "TN:\nSF:a.c\n" NO_FUNCTIONS
	    "BRF:0\nBRH:0\nDA:2,9223372036854775807\nLF:1\nLH:1\nend_of_record\n"
	    "SF:b.c\n" NO_FUNCTIONS "BRF:0\nBRH:0\nDA:1,7\nDA:3,0\nLF:2\nLH:1\nend_of_record\n");
}
END_TEST

START_TEST(nothing_is_a_tracefile_too)
{
	struct report back;

	expect("", "TN:\n");
	written_read_back(&written, &reader_lcov, &back);
	ck_assert_uint_eq(back.file_count, 0);
	report_clear(&back);
}
END_TEST

START_TEST(as_many_branches_are_taken_as_are_proven)
{
	expect("f a.c\nl 1 2\nb 3 1\nl 2 0\nb 2 0\nl 3 0\nb 2 1\n",
	    "TN:\nSF:a.c\n" NO_FUNCTIONS
	    "BRDA:1,0,0,1\nBRDA:1,0,1,0\nBRDA:1,0,2,0\nBRDA:2,0,0,-\nBRDA:2,0,1,-\n"
	    "BRDA:3,0,0,1\nBRDA:3,0,1,0\nBRF:7\nBRH:2\nDA:1,2\nDA:2,0\nDA:3,0\nLF:3\nLH:1\nend_of_"
	    "record\n");
}
END_TEST

START_TEST(branches_known_to_be_missing_keep_their_numbers)
{
	expect("f a.c\nl 1 2\nb 4 2 3,1 0,1\nl 2 1\nb 3 1 0,0 0,1\nl 3 1\nb 2 1 exit\n",
	    "TN:\nSF:a.c\n" NO_FUNCTIONS
	    "BRDA:1,0,0,1\nBRDA:1,0,1,0\nBRDA:1,0,2,1\nBRDA:1,3,1,0\nBRDA:2,0,0,0\n"
	    "BRDA:2,0,1,0\nBRDA:2,0,2,1\nBRDA:3,0,0,1\nBRDA:3,0,1,0\nBRF:9\nBRH:4\nDA:1,2\nDA:2,"
	    "1\nDA:3,1\nLF:3\n"
	    "LH:3\nend_of_record\n");
}
END_TEST

START_TEST(functions_have_line_and_calls)
{
	expect("f a.c\nl 1 1\nm main 1 3\nm late 0 2\nm idle 9 0\n",
	    "TN:\nSF:a.c\nFN:1,main\nFN:9,idle\nFNDA:2,late\nFNDA:3,main\nFNDA:0,idle\nFNF:3\nFNH:"
	    "2\n"
	    "BRF:0\nBRH:0\nDA:1,1\nLF:1\nLH:1\nend_of_record\n");
}
END_TEST

/* As some producer writes it. */
static void
expect_functions(const char *text, const char *functions)
{
	struct reading reading;

	reading_of_text(&reading, &reader_cobertura, str_of(text));
	ck_assert(reading.ok);
	written_add(&written, &reading.report);
	written_measure(&written);
	written_by(&written, "lcov");
	ck_assert_msg(
	    strstr(written.bytes, functions) != NULL, "lacks %s in\n%s", functions, written.bytes);
	reading_clear(&reading);
}

#define HEAD "<coverage><packages><package><classes><class name=\"C\" filename=\"a.java\"><methods>"
#define METHOD(name, signature, line)                                                              \
	"<method name=\"" name "\" signature=\"" signature "\"><lines><line number=\"" line        \
	"\" hits=\"1\"/></lines></method>"
#define TAIL                                                                                       \
	"</methods><lines><line number=\"1\" "                                                     \
	"hits=\"1\"/></lines></class></classes></package></packages></coverage>"

START_TEST(overloads_are_told_apart)
{
	expect_functions(HEAD METHOD("f", "(I)V", "1") METHOD("f", "(J)V", "5")
			     METHOD("g", "()V", "7") TAIL,
	    "FN:1,C.f(I)V:1\nFN:5,C.f(J)V:5\nFN:7,g\n");
}
END_TEST

START_TEST(names_that_version_1_would_cut_alike_are_told_apart)
{
	expect_functions(HEAD METHOD("f(int, int)", "", "1") METHOD("f(int, long)", "", "5")
			     METHOD("g(int, int)", "", "7") METHOD("12,x", "", "8")
				 METHOD(",y", "", "9") TAIL,
	    "FN:1,C.f(int; int):1\nFN:5,C.f(int; long):5\nFN:7,g(int, int)\nFN:8,12;x\nFN:9,;y\n");
}
END_TEST

START_TEST(a_name_stays_on_its_line)
{
	expect_functions(HEAD METHOD("a&#10;end_of_record", "", "1") TAIL, "FN:1,a\xef\xbf\xbd"
									   "end_of_record\n");
}
END_TEST

START_TEST(every_fixture_comes_back)
{
	static const char *const names[] = {
	    "lcov/gcc.info", "lcov/istanbul.info", "lcov/lcov2.info", "lcov/windows.info"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct reading reading;
		struct report back;
		struct strbuf before = {0}, after = {0};

		reading_of_data(&reading, &reader_lcov, names[i]);
		written_add(&written, &reading.report);
		written_measure(&written);
		written_read_back(&written, &reader_lcov, &back);
		written_dump_functions(&written.report, &before);
		written_dump_functions(&back, &after);
		ck_assert_str_eq(strbuf_string(&before), strbuf_string(&after));
		strbuf_clear(&before);
		strbuf_clear(&after);
		report_clear(&back);
		written_clear(&written);
		reading_clear(&reading);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("lcov out");
	TCase *tcase = tcase_create("lcov out");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_record_has_lines_and_totals);
	tcase_add_test(tcase, nothing_is_a_tracefile_too);
	tcase_add_test(tcase, as_many_branches_are_taken_as_are_proven);
	tcase_add_test(tcase, branches_known_to_be_missing_keep_their_numbers);
	tcase_add_test(tcase, functions_have_line_and_calls);
	tcase_add_test(tcase, overloads_are_told_apart);
	tcase_add_test(tcase, names_that_version_1_would_cut_alike_are_told_apart);
	tcase_add_test(tcase, a_name_stays_on_its_line);
	tcase_add_test(tcase, every_fixture_comes_back);
	suite_add_tcase(suite, tcase);
	return suite;
}
