/* The badge: one number, its level in a word, the verdict; a picture that needs nothing else. */
#include "sample_result.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>

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

static void
expect_holds(const char *part)
{
	char *text = sample_print(&sample, "badge", &(struct render_settings){0});

	ck_assert_msg(strstr(text, part) != NULL, "lacks %s in\n%s", part, text);
	free(text);
}

START_TEST(coverage_has_its_level)
{
	sample.result.total.lines = (struct ratio){80, 100};
	expect_holds(">80.00 % good</text>");
	sample.result.total.lines = (struct ratio){7999, 10000};
	expect_holds(">79.99 % fair</text>");
	sample.result.total.lines = (struct ratio){59, 100};
	expect_holds(">59.00 % low</text>");
	expect_holds(">coverage</text>");
}
END_TEST

START_TEST(levels_follow_the_limits)
{
	decimal_parse(STR("50"), 100, &sample.result.green);
	expect_holds(">53.33 % good</text>");
}
END_TEST

START_TEST(the_whole_is_said_in_words)
{
	expect_holds(" role=\"img\" aria-label=\"coverage: 53.33 % low; verdict: fail\">\n"
		     "<title>coverage: 53.33 % low; verdict: fail</title>");
	sample.result.verdict = VERDICT_PASS;
	expect_holds("<title>coverage: 53.33 % low; verdict: pass</title>");
}
END_TEST

START_TEST(tests_stand_in_where_nothing_was_measured)
{
	sample.result.total.lines = (struct ratio){0, 0};
	expect_holds(">tests</text>");
	expect_holds(">1 of 3 failing</text>");
	sample.result.tests.errors = 1;
	expect_holds(">2 of 3 failing</text>");
	sample.result.tests = (struct test_totals){.tests = 5, .passed = 4, .skipped = 1};
	expect_holds(">4 passed, 1 skipped</text>");
	sample.result.tests = (struct test_totals){.tests = 4, .passed = 4};
	expect_holds(">4 passed</text>");
}
END_TEST

START_TEST(nothing_at_all_is_said_too)
{
	sample.result.total.lines = (struct ratio){0, 0};
	sample.result.tests = (struct test_totals){0};
	expect_holds(">n/a</text>");
}
END_TEST

/* Relative luminance of "#rrggbb", by WCAG. */
static double
luminance(const char *colour)
{
	static const double weights[] = {0.2126, 0.7152, 0.0722};
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		char digits[] = {colour[1 + 2 * i], colour[2 + 2 * i], '\0'};
		double value = (double)strtoul(digits, NULL, 16) / 255;

		value = value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
		sum += weights[i] * value;
	}
	return sum;
}

START_TEST(white_is_read_on_every_colour)
{
	static const uint64_t covered[] = {90, 70, 10};

	for (size_t i = 0; i < sizeof(covered) / sizeof(*covered); i++) {
		char *text;

		sample.result.total.lines = (struct ratio){covered[i], 100};
		text = sample_print(&sample, "badge", &(struct render_settings){0});
		for (const char *at = text; (at = strstr(at, "fill=\"#"));) {
			at += strlen("fill=\"");
			if (at[4] != '"')
				ck_assert_msg(1.05 / (luminance(at) + 0.05) >= 4.5, "%.7s", at);
		}
		free(text);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("badge");
	TCase *tcase = tcase_create("badge");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, coverage_has_its_level);
	tcase_add_test(tcase, levels_follow_the_limits);
	tcase_add_test(tcase, the_whole_is_said_in_words);
	tcase_add_test(tcase, tests_stand_in_where_nothing_was_measured);
	tcase_add_test(tcase, nothing_at_all_is_said_too);
	tcase_add_test(tcase, white_is_read_on_every_colour);
	suite_add_tcase(suite, tcase);
	return suite;
}
