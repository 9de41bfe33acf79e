/* Changed lines and what reports say of them (GITHUB 6). */
#include "unit.h"

#include "dump.h"
#include "judge/measure.h"
#include "judge/patch.h"

#include <stdio.h>

static struct report report;
static struct result result;
static struct rules rules;
static struct diff diff;
static struct filter *filter;

static void
set_up(void)
{
	rules = (struct rules){0};
	filter = filter_new();
}

static void
tear_down(void)
{
	result_clear(&result);
	diff_clear(&diff);
	report_clear(&report);
	filter_free(filter);
}

static void
add_report(const char *stage, const char *text)
{
	struct report one = {0};

	report_from(&one, stage, "", text);
	report_merge(&report, &one);
}

/* Measures the reports so far against a diff, for a root that is `below` the top of the repository. */
static void
measure_below(const char *below, const char *text)
{
	struct change_given given = {&diff, "the test", str_of(below), filter};
	struct error err = {0};

	result_clear(&result);
	diff_clear(&diff);
	ck_assert_msg(diff_parse(str_of(text), &diff, &err), "%s", err.message);
	measure(&report, &rules, &result);
	patch_measure(&given, &rules, &result);
}

static void
check(const struct numbers *numbers, uint64_t covered, uint64_t total)
{
	ck_assert_uint_eq(numbers->patch.covered, covered);
	ck_assert_uint_eq(numbers->patch.total, total);
}

static const struct file_result *
file_of(const char *path)
{
	for (size_t i = 0; i < result.file_count; i++)
		if (str_equal(result.files[i].path, str_of(path)))
			return &result.files[i];
	ck_abort_msg("no file %s", path);
}

static void
check_missing(const char *path, const char *lines, const char *ranges)
{
	const struct file_result *file = file_of(path);
	struct strbuf text = {0};

	file_patch_missing(&result.patch, file, &text);
	ck_assert_str_eq(strbuf_string(&text), lines);
	strbuf_reset(&text);
	for (size_t i = 0; i < file->patch_missing_count; i++)
		strbuf_addf(&text, "%s%u-%u", i ? " " : "", file->patch_missing[i].first, file->patch_missing[i].last);
	ck_assert_str_eq(strbuf_string(&text), ranges);
	strbuf_clear(&text);
}

#define HEAD(name) "--- a/" name "\n+++ b/" name "\n"

START_TEST(only_changed_lines_that_are_measured_count)
{
	add_report("s", "f a.c\nl 1 0\nl 2 1\nl 3 0\nl 5 0\nl 9 1\nf b.c\nl 1 0");
	measure_below("", HEAD("a.c") "@@ -2 +2,3 @@\n-x\n+2\n+3\n+4\n@@ -8,0 +11 @@\n+11\n");
	check(&result.total, 1, 2);
	check(&file_of("a.c")->numbers, 1, 2);
	check(&file_of("b.c")->numbers, 0, 0);
	ck_assert_ptr_nonnull(file_of("a.c")->changed);
	ck_assert_ptr_null(file_of("b.c")->changed);
	check_missing("a.c", "3", "3-3");
	check_missing("b.c", "", "");
}
END_TEST

START_TEST(ranges_go_on_over_changed_lines_without_data)
{
	add_report("s", "f a.c\nl 1 0\nl 2 0\nl 5 0\nl 6 1\nl 7 0\nl 9 0\nl 12 0");
	measure_below("", HEAD("a.c") "@@ -0,0 +1,7 @@\n+1\n+2\n+3\n+4\n+5\n+6\n+7\n@@ -1,0 +9,4 @@\n+9\n+10\n+11\n+12\n");
	check(&result.total, 1, 7);
	check_missing("a.c", "1-2,5,7,9,12", "1-5 7-7 9-12");
}
END_TEST

START_TEST(branches_of_changed_lines_are_an_interval)
{
	add_report("s", "f a.c\nl 1 1\nb 2 1\nl 2 1\nb 4 1\nl 3 1");
	add_report("s", "f a.c\nl 1 1\nb 2 1\nl 2 1\nb 4 2\nl 3 1");
	measure_below("", HEAD("a.c") "@@ -2 +2,2 @@\n-x\n+2\n+3\n");
	check(&result.total, 2, 2);
	ck_assert_uint_eq(result.total.patch_branches.covered, 2);
	ck_assert_uint_eq(result.total.patch_branches.covered_max, 3);
	ck_assert_uint_eq(result.total.patch_branches.total, 4);
}
END_TEST

START_TEST(stages_and_components_have_their_own_share)
{
	struct component component = {STR("all of a"), filter_new()};

	ck_assert(filter_add(component.paths, true, STR("a/**"), NULL));
	rules.components = &component;
	rules.component_count = 1;
	add_report("unit", "f a/x.c\nl 1 1\nl 2 0\nf b/y.c\nl 1 1");
	add_report("e2e", "f a/x.c\nl 1 0\nl 2 1");
	measure_below("", HEAD("a/x.c") "@@ -0,0 +1,2 @@\n+1\n+2\n" HEAD("b/y.c") "@@ -0,0 +1 @@\n+1\n");
	check(&result.total, 3, 3);
	check(&result.components[0].numbers, 2, 2);
	ck_assert(str_equal(result.stages[0].name, STR("e2e")));
	check(&result.stages[0].numbers, 1, 2);
	check(&result.stages[1].numbers, 2, 3);
	filter_free(component.paths);
}
END_TEST

START_TEST(a_root_below_the_top_sees_its_part)
{
	add_report("s", "f x.c\nl 1 1\nf y.c\nl 1 0");
	measure_below("pkg/", HEAD("pkg/x.c") "@@ -1 +1 @@\n-a\n+b\n" HEAD("y.c") "@@ -1 +1 @@\n-a\n+b\n" HEAD("z.c")
	    "@@ -1 +1 @@\n-a\n+b\n");
	check(&result.total, 1, 1);
	ck_assert_uint_eq(result.patch.without_data_count, 0);
	measure_below("pkg/", HEAD("x.c") "@@ -1 +1 @@\n-a\n+b\n" HEAD("y.c") "@@ -1 +1 @@\n-a\n+b\n");
	check(&result.total, 1, 2);
}
END_TEST

START_TEST(changed_sources_without_data_are_named)
{
	static const char text[] = HEAD("z.py") "@@ -1 +1 @@\n-a\n+b\n" HEAD("a.PY") "@@ -1 +1 @@\n-a\n+b\n"
	    HEAD("removed.py") "@@ -1 +0,0 @@\n-a\n" HEAD("notes.md") "@@ -1 +1 @@\n-a\n+b\n"
	    HEAD("other.odd") "@@ -1 +1 @@\n-a\n+b\n" HEAD(".py") "@@ -1 +1 @@\n-a\n+b\n"
	    HEAD("empty.py") "@@ -1 +1 @@\n-a\n+b\n" HEAD("out.py") "@@ -1 +1 @@\n-a\n+b\n";

	ck_assert(filter_add(filter, false, STR("out.py"), NULL));
	add_report("s", "f measured.odd\nl 1 1\nf empty.py");
	measure_below("", text);
	check(&result.total, 0, 0);
	ck_assert_uint_eq(result.patch.without_data_count, 3);
	ck_assert(str_equal(result.patch.without_data[0], STR("a.PY")));
	ck_assert(str_equal(result.patch.without_data[1], STR("other.odd")));
	ck_assert(str_equal(result.patch.without_data[2], STR("z.py")));
	rules.untracked_changes = UNTRACKED_IGNORE;
	measure_below("", text);
	ck_assert_uint_eq(result.patch.without_data_count, 0);
}
END_TEST

START_TEST(without_a_diff_nothing_is_said)
{
	struct change_given none = {0};

	add_report("s", "f a.c\nl 1 1");
	measure(&report, &rules, &result);
	patch_measure(&none, &rules, &result);
	ck_assert_ptr_null(result.patch.diff);
	check(&result.total, 0, 0);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("patch");
	TCase *cases = tcase_create("measure");

	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, only_changed_lines_that_are_measured_count);
	tcase_add_test(cases, ranges_go_on_over_changed_lines_without_data);
	tcase_add_test(cases, branches_of_changed_lines_are_an_interval);
	tcase_add_test(cases, stages_and_components_have_their_own_share);
	tcase_add_test(cases, a_root_below_the_top_sees_its_part);
	tcase_add_test(cases, changed_sources_without_data_are_named);
	tcase_add_test(cases, without_a_diff_nothing_is_said);
	suite_add_tcase(suite, cases);
	return suite;
}
