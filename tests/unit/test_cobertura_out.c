/*
 * The Cobertura that is written: valid, consistent in itself, and the same when read back (COVERAGE
 * 9).
 */
#include "reading.h"
#include "unit.h"
#include "written.h"

#include "read/cobertura.h"
#include "read/lcov.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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
write_words(const char *words)
{
	written_add_words(&written, "unit", "", words);
	written_measure(&written);
	written_by(&written, "cobertura");
}

static void
expect_holds(const char *part)
{
	ck_assert_msg(strstr(written.bytes, part) != NULL, "lacks %s in\n%s", part, written.bytes);
}

static void
expect_lacks(const char *part)
{
	ck_assert_msg(strstr(written.bytes, part) == NULL, "has %s in\n%s", part, written.bytes);
}

/* Reads what was written back: the same functions too. */
static void
expect_same_functions(void)
{
	struct report back;
	struct strbuf before = {0}, after = {0};

	written_read_back(&written, &reader_cobertura, &back);
	written_dump_functions(&written.report, &before);
	written_dump_functions(&back, &after);
	ck_assert_msg(str_equal(strbuf_str(&before), strbuf_str(&after)),
	    "before:\n%safter:\n%sin\n%s", strbuf_string(&before), strbuf_string(&after),
	    written.bytes);
	strbuf_clear(&before);
	strbuf_clear(&after);
	report_clear(&back);
}

START_TEST(lines_have_their_hits)
{
	write_words("f a.py\nl 1 7\nl 2 0\nl 10000000 9223372036854775807\n");
	expect_holds("<lines>\n<line number=\"1\" hits=\"7\"/>\n<line number=\"2\" hits=\"0\"/>\n"
		     "<line number=\"10000000\" hits=\"9223372036854775807\"/>\n</lines>\n");
}
END_TEST

START_TEST(branches_are_those_proven)
{
	written_add_words(&written, "unit", "", "f a.py\nl 1 1\nb 3 1\n");
	written_add_words(&written, "e2e", "", "f a.py\nl 1 1\nb 3 2\n");
	written_measure(&written);
	written_by(&written, "cobertura");
	expect_holds(
	    "<line number=\"1\" hits=\"2\" branch=\"true\" condition-coverage=\"66% (2/3)\"/>\n");
}
END_TEST

START_TEST(missing_branches_stay_where_exact)
{
	written_add_words(&written, "unit", "", "f a.py\nl 1 1\nb 4 1 12 exit 7\nl 2 1\nb 2 1 4\n");
	written_add_words(&written, "e2e", "", "f a.py\nl 1 1\nb 4 2 exit 12\nl 2 1\nb 2 1 5\n");
	written_measure(&written);
	written_by(&written, "cobertura");
	expect_holds("condition-coverage=\"50% (2/4)\" missing-branches=\"12,exit\"/>\n");
	expect_holds(
	    "<line number=\"2\" hits=\"2\" branch=\"true\" condition-coverage=\"100% (2/2)\"/>\n");
}
END_TEST

START_TEST(missing_branches_go_where_not_exact)
{
	written_add_words(&written, "unit", "", "f a.py\nl 1 1\nb 2 1 4\nl 2 1\nb 2 1 4\n");
	written_add_words(&written, "e2e", "", "f a.py\nl 1 1\nl 2 1\nb 3 1\n");
	written_measure(&written);
	written_by(&written, "cobertura");
	expect_holds(
	    "<line number=\"1\" hits=\"2\" branch=\"true\" condition-coverage=\"50% (1/2)\"/>\n");
	expect_holds(
	    "<line number=\"2\" hits=\"2\" branch=\"true\" condition-coverage=\"33% (1/3)\"/>\n");
}
END_TEST

START_TEST(tokens_that_a_list_cannot_hold_are_left_out)
{
	write_words("f a.c\nl 1 1\nb 2 1 0,1\n");
	expect_holds("condition-coverage=\"50% (1/2)\"/>");
}
END_TEST

START_TEST(conditions_keep_their_identity)
{
	write_words("f a.cs\nl 1 1\nc 4 2 10/2/1 20/2/1\nl 2 1\nc 7 3 1/2/2 2/5/1\nl 3 1\nc 2 1 "
		    "1/1/1 2/1/0\n");
	expect_holds(
	    "condition-coverage=\"50% (2/4)\">\n<conditions>\n"
	    "<condition number=\"10\" type=\"jump\" coverage=\"50%\"/>\n"
	    "<condition number=\"20\" type=\"jump\" coverage=\"50%\"/>\n</conditions>\n</line>\n");
	expect_holds("<condition number=\"1\" type=\"jump\" coverage=\"100%\"/>\n"
		     "<condition number=\"2\" type=\"switch\" coverage=\"20%\"/>\n");
	expect_holds("<condition number=\"1\" type=\"jump\" coverage=\"100%\"/>\n"
		     "<condition number=\"2\" type=\"jump\" coverage=\"0%\"/>\n");
	expect_same_functions();
}
END_TEST

START_TEST(a_wide_switch_comes_back_exactly)
{
	static const unsigned covered[] = {0, 1, 333333, 499999, 999997, 999998};
	char words[128];

	for (size_t i = 0; i < sizeof(covered) / sizeof(*covered); i++) {
		snprintf(words, sizeof(words), "f a.cs\nl 1 1\nc 1000000 %u 1/2/1 2/999998/%u\n",
		    covered[i] + 1, covered[i]);
		written_add_words(&written, "unit", "", words);
		written_measure(&written);
		written_by(&written, "cobertura");
		expect_holds("type=\"switch\"");
		expect_same_functions();
		written_clear(&written);
	}
}
END_TEST

START_TEST(packages_are_directories_and_rates_are_the_bodys)
{
	write_words(
	    "f a/z.py\nl 1 1\nl 2 0\nl 3 1\nb 4 1\nf a/b/x.py\nl 1 0\nf top.py\nf a/a.py\nl 1 1\n");
	expect_holds(
	    "<coverage line-rate=\"0.6000\" branch-rate=\"0.2500\" lines-covered=\"3\" "
	    "lines-valid=\"5\" "
	    "branches-covered=\"1\" branches-valid=\"4\" complexity=\"0\" version=\"muster ");
	expect_holds("<source>.</source>");
	expect_holds(
	    "<package name=\".\" line-rate=\"0\" branch-rate=\"0\" complexity=\"0\">\n<classes>\n"
	    "<class name=\"top.py\" filename=\"top.py\" line-rate=\"0\" branch-rate=\"0\" "
	    "complexity=\"0\">\n"
	    "<methods>\n</methods>\n<lines>\n</lines>\n</class>\n</classes>\n</package>\n"
	    "<package name=\"a\" line-rate=\"0.7500\" branch-rate=\"0.2500\" "
	    "complexity=\"0\">\n<classes>\n"
	    "<class name=\"a/a.py\" filename=\"a/a.py\" line-rate=\"1\"");
	expect_holds("<package name=\"a/b\" line-rate=\"0\"");
}
END_TEST

START_TEST(a_rate_is_1_only_when_nothing_is_missing)
{
	write_words("f a.py\nl 1 1\n");
	written.result.total.lines = (struct ratio){99999, 100000};
	written_by(&written, "cobertura");
	expect_holds("<coverage line-rate=\"0.9999\"");
}
END_TEST

START_TEST(the_time_is_the_results)
{
	write_words("f a.py\nl 1 1\n");
	expect_holds(" timestamp=\"0\">");
	written.result.timestamp = 1700000000;
	written_by(&written, "cobertura");
	expect_holds(" timestamp=\"1700000000\">");
}
END_TEST

/* As some producer writes it. */
static void
write_text(const char *text)
{
	struct reading reading;

	reading_of_text(&reading, &reader_cobertura, str_of(text));
	ck_assert(reading.ok);
	written_add(&written, &reading.report);
	written_measure(&written);
	written_by(&written, "cobertura");
	reading_clear(&reading);
}

#define CLASS(name) "<class name=\"" name "\" filename=\"a.java\"><methods>"
#define METHOD(name, line)                                                                         \
	"<method name=\"" name "\" signature=\"()V\"><lines><line number=\"" line                  \
	"\" hits=\"1\"/></lines></method>"
#define LINE(number) "<line number=\"" number "\" hits=\"1\"/>"

START_TEST(functions_keep_their_class)
{
	write_text("<coverage><packages><package><classes>" CLASS("A") METHOD("f", "2")
		METHOD("g", "5") "</methods><lines>" LINE("2") LINE("3") LINE("5")
		    LINE("8") "</lines></class>" CLASS("A$1")
			METHOD("f", "4") "</methods><lines>" LINE("4")
			    LINE("5") "</lines></class></classes></package></packages></coverage>");
	expect_holds("<class name=\"A\" filename=\"a.java\" line-rate=\"1\" branch-rate=\"0\" "
		     "complexity=\"0\">\n<methods>\n"
		     "<method name=\"f\" signature=\"()V\" line-rate=\"1\" branch-rate=\"0\" "
		     "complexity=\"0\">\n<lines>\n"
		     "<line number=\"2\" hits=\"1\"/>\n</lines>\n</method>\n");
	expect_holds(
	    "</methods>\n<lines>\n<line number=\"2\" hits=\"1\"/>\n<line number=\"3\" "
	    "hits=\"1\"/>\n"
	    "<line number=\"5\" hits=\"1\"/>\n<line number=\"8\" hits=\"1\"/>\n</lines>\n");
	expect_holds("</methods>\n<lines>\n<line number=\"4\" hits=\"1\"/>\n</lines>\n");
	expect_same_functions();
}
END_TEST

START_TEST(classes_at_one_place_keep_apart)
{
	write_text("<coverage><packages><package><classes>" CLASS("A")
		METHOD("f", "3") "</methods><lines>" LINE("3") "</lines></class>" CLASS("B")
		    METHOD("g", "3") "</methods><lines/></class>" CLASS(
			"C") "<method name=\"h\" signature=\"\" hits=\"2\"/></methods></class>"
			     "</classes></package></packages></coverage>");
	expect_same_functions();
}
END_TEST

START_TEST(a_method_without_a_line_has_its_hits)
{
	write_words("f a.c\nl 4 1\nm f 0 3\nm g 0 0\nm h 4 1\n");
	expect_holds("<class name=\"./a.c\" filename=\"a.c\"");
	expect_holds("<method name=\"f\" signature=\"\" line-rate=\"1\" branch-rate=\"0\" "
		     "complexity=\"0\" hits=\"3\">\n"
		     "<lines>\n</lines>\n</method>\n");
	expect_same_functions();
}
END_TEST

START_TEST(a_file_without_lines_gets_none)
{
	struct report back;

	write_words("f a.c\nm f 4 3\n");
	expect_lacks("<line ");
	written_read_back(&written, &reader_cobertura, &back);
	ck_assert_uint_eq(back.files[0].functions[0].hits, 3);
	report_clear(&back);
}
END_TEST

/* ---- anything ---- */

static unsigned
below(unsigned limit)
{
	return (unsigned)rand() % limit;
}

static void
add_random_branches(struct strbuf *words)
{
	static const char *const tokens[] = {"3", "5", "12", "exit", "-1", "a&b", "<"};
	unsigned n = 1 + below(5), k = below(n + 1), from = below(3);

	if (below(3) == 0 && n > 1) {
		strbuf_addf(words, "c %u %u", 2 * n, k);
		for (unsigned i = 0; i < n; i++)
			strbuf_addf(words, " %u/2/%u", i, i < k);
		strbuf_add_char(words, '\n');
		return;
	}
	strbuf_addf(words, "b %u %u", n, k);
	for (unsigned i = 0; below(4) && n - k <= 4 && i < n - k; i++)
		strbuf_addf(words, " %s", tokens[from + i]);
	strbuf_add_char(words, '\n');
}

static void
add_random_report(const char *stage, const char *cell)
{
	struct strbuf words = {0};

	for (unsigned file = below(4); file < 4; file++) {
		strbuf_addf(&words, "f %s%u.c\n", file % 2 ? "x/" : "", file);
		for (unsigned line = 1; line < 12; line += 1 + below(3)) {
			strbuf_addf(&words, "l %u %s\n", line,
			    below(9) ? below(2) ? "2" : "0" : "9223372036854775807");
			if (below(2))
				add_random_branches(&words);
		}
		for (unsigned i = below(4); i; i--)
			strbuf_addf(&words, "m f%u %u %u\n", below(3), below(12), below(2));
	}
	written_add_words(&written, stage, cell, strbuf_string(&words));
	strbuf_clear(&words);
}

START_TEST(any_merge_comes_back)
{
	unsigned seed = (unsigned)time(NULL);
	struct report back;

	printf("seed %u\n", seed);
	srand(seed);
	for (int round = 0; round < 300; round++) {
		for (unsigned reports = 1 + below(4); reports; reports--)
			add_random_report(below(2) ? "unit" : "e2e", below(2) ? "" : "a");
		written_measure(&written);
		written_read_back(&written, &reader_cobertura, &back);
		report_clear(&back);
		written_read_back(&written, &reader_lcov, &back);
		report_clear(&back);
		written_clear(&written);
	}
}
END_TEST

START_TEST(any_names_stay_well_formed)
{
	char name[4][16];
	struct reading reading;

	srand(4);
	for (int round = 0; round < 200; round++) {
		struct intake intake = {0};
		struct report report = {0};

		for (size_t i = 0; i < 4; i++)
			for (size_t j = 0; j < sizeof(name[i]); j++)
				name[i][j] = (char)(1 + below(255));
		report_begin(&report, STR("s"), STR(""));
		intake_open(&intake, (struct str){name[0], sizeof(name[0])}, 1);
		intake_line(&intake, 1, 1);
		intake_function(&intake, (struct str){name[1], 16}, (struct str){name[2], 16},
		    (struct str){name[3], 16}, 1, 1);
		intake_finish(&intake, &report);
		written_add(&written, &report);
		written_measure(&written);
		written_by(&written, "cobertura");
		reading_of_text(&reading, &reader_cobertura, written.text);
		ck_assert_msg(reading.ok, "%s\n%s", reading.err.message, written.bytes);
		ck_assert_uint_eq(reading.report.audit.count, 0);
		reading_clear(&reading);
		written_clear(&written);
	}
}
END_TEST

/* Every fixture of a folder, read, written and read back. */
static void
read_fixtures(const char *folder, const struct reader *reader)
{
	const char *srcdir = getenv("srcdir");
	struct strbuf path = {0};
	struct dirent *entry;
	int count = 0;
	DIR *listing;

	strbuf_addf(&path, "%s/tests/data/%s", srcdir ? srcdir : ".", folder);
	listing = opendir(strbuf_string(&path));
	ck_assert_ptr_nonnull(listing);
	while ((entry = readdir(listing))) {
		struct reading reading;

		if (entry->d_name[0] == '.')
			continue;
		strbuf_reset(&path);
		strbuf_addf(&path, "%s/%s", folder, entry->d_name);
		reading_of_data(&reading, reader, strbuf_string(&path));
		ck_assert_msg(reading.ok, "%s: %s", entry->d_name, reading.err.message);
		written_add(&written, &reading.report);
		written_measure(&written);
		expect_same_functions();
		written_clear(&written);
		reading_clear(&reading);
		count++;
	}
	closedir(listing);
	strbuf_clear(&path);
	ck_assert_int_gt(count, 3);
}

START_TEST(every_fixture_comes_back)
{
	read_fixtures("cobertura", &reader_cobertura);
	read_fixtures("lcov", &reader_lcov);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("cobertura out");
	TCase *tcase = tcase_create("cobertura out");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, lines_have_their_hits);
	tcase_add_test(tcase, branches_are_those_proven);
	tcase_add_test(tcase, missing_branches_stay_where_exact);
	tcase_add_test(tcase, missing_branches_go_where_not_exact);
	tcase_add_test(tcase, tokens_that_a_list_cannot_hold_are_left_out);
	tcase_add_test(tcase, conditions_keep_their_identity);
	tcase_add_test(tcase, a_wide_switch_comes_back_exactly);
	tcase_add_test(tcase, packages_are_directories_and_rates_are_the_bodys);
	tcase_add_test(tcase, a_rate_is_1_only_when_nothing_is_missing);
	tcase_add_test(tcase, the_time_is_the_results);
	tcase_add_test(tcase, functions_keep_their_class);
	tcase_add_test(tcase, classes_at_one_place_keep_apart);
	tcase_add_test(tcase, a_method_without_a_line_has_its_hits);
	tcase_add_test(tcase, a_file_without_lines_gets_none);
	tcase_add_test(tcase, any_merge_comes_back);
	tcase_add_test(tcase, any_names_stay_well_formed);
	tcase_add_test(tcase, every_fixture_comes_back);
	suite_add_tcase(suite, tcase);
	return suite;
}
