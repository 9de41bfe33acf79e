/* The terminal's text: what stands where, how it gives way to the width, and that no input steers the terminal. */
#include "sample_result.h"
#include "unit.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "render/text_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct sample sample;

static void
setup(void)
{
	sample_init(&sample);
}

static void
teardown(void)
{
	sample_release(&sample);
}

static char *
print(unsigned width, bool colour)
{
	return sample_print(&sample, "text", &(struct render_settings){.width = width, .colour = colour});
}

START_TEST(the_whole_text_in_its_order)
{
	static const char expected[] =
	    "✗ FAIL: 1 of 3 gates failed\n"
	    "\n"
	    "✗ failed  fail-under lines: required 80 %, actual 53.33 %\n"
	    "    16 of 30 lines are covered; cover 8 more lines\n"
	    "✓ passed  fail-under branches of backend (25.00 %, required 20 %); reports (every input was read whole)\n"
	    "\n"
	    "  Stage  Cells  Reports    Lines          Covered   Branches  Functions  Only here  Tests\n"
	    "  unit       2        4  80.00 %  ✓ good    16/20    25.00 %    50.00 %         14      3\n"
	    "  e2e                 1  10.00 %  ✗ low      2/20    25.00 %    50.00 %          0      0\n"
	    "  Total                  53.33 %  ✗ low     16/30  ≥ 25.00 %    50.00 %                 3\n"
	    "\n"
	    "  Component    Lines          Covered   Branches  Functions\n"
	    "  backend    60.00 %  ! fair     6/10  ≥ 25.00 %    50.00 %\n"
	    "\n"
	    "Tests  3 in 6 runs: 2 passed, 1 failed, 0 errors, 0 skipped, 0 flaky, 1.500 s\n"
	    "  Stage  Tests  Passed  Failed  Errors  Skipped  Flaky     Time\n"
	    "  unit       3       2       1       0        0      0  1.500 s\n"
	    "\n"
	    "Where lines are missing, most first\n"
	    "  File              Lines          Missing  Which\n"
	    "  skills/talk.py   0.00 %  ✗ low        10  1-9,12\n"
	    "  backend/api.py  60.00 %  ! fair        4  3-5,9\n"
	    "\n"
	    "Audit of the reports: 0 errors, 1 warning, 0 notes\n"
	    "  warning  unit.xml:42: hits=\"-1\" counted as not covered\n";
	char *text = print(0, false);

	ck_assert_str_eq(text, expected);
	free(text);
}
END_TEST

static size_t
widest_line(const char *text)
{
	size_t widest = 0;

	while (*text) {
		size_t length = strcspn(text, "\n"), columns = utf8_columns((struct str){text, length});

		widest = columns > widest ? columns : widest;
		text += length + (text[length] == '\n');
	}
	return widest;
}

START_TEST(no_line_is_wider_than_the_terminal)
{
	sample.file_results[0].path = STR("a/very/long/path/that/goes/on/日本語/and/on/for/some/time/api.py");
	sample.stages[0].name = STR("a stage with a rather long name that nobody would type");
	sample.component.name = STR("a-component-with-a-rather-long-name-that-nobody-would-type");
	sample.gates[0].message = "aWordThatIsLongerThanAnyLineOfATerminalThatIsFortyColumnsWide and others";
	for (unsigned width = 40; width < 130; width++) {
		char *text = print(width, false);

		ck_assert_msg(widest_line(text) <= width, "width %u:\n%s", width, text);
		free(text);
	}
}
END_TEST

START_TEST(colour_only_when_asked_for_and_always_with_a_word)
{
	char *plain = print(0, false), *coloured = print(0, true);

	ck_assert_ptr_null(strchr(plain, '\033'));
	ck_assert_ptr_nonnull(strstr(coloured, "\033[31m✗ failed\033[0m"));
	ck_assert_ptr_nonnull(strstr(coloured, "\033[33m! fair\033[0m"));
	ck_assert_ptr_nonnull(strstr(coloured, "\033[32m✓ good\033[0m"));
	free(plain);
	free(coloured);
}
END_TEST

START_TEST(verdicts_say_why)
{
	char *text;

	sample.gates[0].status = VERDICT_PASS;
	text = print(0, false);
	ck_assert_ptr_eq(strstr(text, "✗ FAIL: not every input was read whole\n"), text);
	free(text);
	sample.result.verdict = VERDICT_PASS;
	text = print(0, false);
	ck_assert_ptr_eq(strstr(text, "✓ PASS: 3 gates passed\n"), text);
	free(text);
	sample.result.gate_count = 0;
	text = print(0, false);
	ck_assert_ptr_eq(strstr(text, "✓ PASS: no gate was set\n"), text);
	free(text);
}
END_TEST

START_TEST(most_missing_lines_first_then_by_path)
{
	struct file_result many[30];
	const char *places[3];
	char paths[30][8];
	char *text;

	for (size_t i = 0; i < 30; i++) {
		many[i] = sample.file_results[2];
		snprintf(paths[i], sizeof(paths[i]), "f%02zu.py", i);
		many[i].path = str_of(paths[i]);
		many[i].numbers.lines = (struct ratio){i % 2 ? 5 : 0, 10};
	}
	sample.result.files = many;
	sample.result.file_count = 30;
	text = print(0, false);
	places[0] = strstr(text, "f00.py");
	places[1] = strstr(text, "f18.py");
	places[2] = strstr(text, "... and 20 more\n");
	ck_assert(places[0] && places[0] < places[1] && places[1] < places[2]);
	ck_assert_ptr_null(strstr(text, "f20.py"));
	ck_assert_ptr_null(strstr(text, "f01.py"));
	free(text);
}
END_TEST

START_TEST(a_single_stage_without_a_name_is_the_total)
{
	char *text;

	sample.result.stage_count = 1;
	sample.stages[0].name = STR("default");
	text = print(0, false);
	ck_assert_ptr_null(strstr(text, "default"));
	ck_assert_ptr_nonnull(strstr(text, "  Total      2        4  80.00 %"));
	free(text);
}
END_TEST

START_TEST(no_string_steers_the_terminal)
{
	static const char evil[] = "\033]0;x\a\r\n\xe2\x80\xae\x9b";
	char *text;

	sample.file_results[2].path = STR(evil);
	sample.stages[0].name = STR(evil);
	sample.component.name = STR(evil);
	sample.gates[0].message = sample.gates[0].scope = sample.gates[1].scope = evil;
	audit_begin(&sample.report.audit, STR(evil));
	audit_add(&sample.report.audit, AUDIT_NOTE, 0, "x", "%s", evil);
	audit_end(&sample.report.audit);
	text = print(0, false);
	for (const char *s = text; *s; s++)
		ck_assert(*s == '\n' || (unsigned char)*s >= 0x20);
	ck_assert_ptr_null(strstr(text, "\xe2\x80\xae"));
	ck_assert_ptr_nonnull(strstr(text, "\\x1b]0;x\\x07\\r\\n\\u202e\\x9b"));
	free(text);
}
END_TEST

static void
expect_fit(const char *text, enum shrink shrink, size_t width, const char *expected)
{
	struct strbuf out = {0};

	text_fit(&out, str_of(text), shrink, width);
	ck_assert_str_eq(strbuf_string(&out), expected);
	strbuf_clear(&out);
}

START_TEST(cells_are_cut_where_it_hurts_least)
{
	expect_fit("backend/api.py", SHRINK_HEAD, 14, "backend/api.py");
	expect_fit("backend/api.py", SHRINK_HEAD, 10, "…nd/api.py");
	expect_fit("日本語.py", SHRINK_HEAD, 7, "…語.py");
	expect_fit("integration", SHRINK_TAIL, 8, "integra…");
	expect_fit("1-3,5,9", SHRINK_RANGES, 7, "1-3,5,9");
	expect_fit("1-3,5,9,100-200,300", SHRINK_RANGES, 15, "1-3,… (4 more)");
	expect_fit("1-3,5,9,100-200,300", SHRINK_RANGES, 18, "1-3,5,9,… (2 more)");
	expect_fit("1000000-2000000,3000000", SHRINK_RANGES, 12, "1000000-200…");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("text");
	TCase *tcase = tcase_create("text");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_whole_text_in_its_order);
	tcase_add_test(tcase, no_line_is_wider_than_the_terminal);
	tcase_add_test(tcase, colour_only_when_asked_for_and_always_with_a_word);
	tcase_add_test(tcase, verdicts_say_why);
	tcase_add_test(tcase, most_missing_lines_first_then_by_path);
	tcase_add_test(tcase, a_single_stage_without_a_name_is_the_total);
	tcase_add_test(tcase, no_string_steers_the_terminal);
	tcase_add_test(tcase, cells_are_cut_where_it_hurts_least);
	suite_add_tcase(suite, tcase);
	return suite;
}
