/* Which paths --include and --exclude let in (PRODUCT, Inputs). */
#include "base/filter.h"
#include "unit.h"

/* A filter of rules written "+pattern" or "-pattern", up to a NULL. */
static struct filter *
filter_of(const char *const rules[])
{
	struct filter *filter = filter_new();
	struct error err = {0};

	for (; *rules; rules++)
		ck_assert_msg(filter_add(filter, **rules == '+', str_of(*rules + 1), &err), "%s",
		    err.message);
	return filter;
}

static void
expect(bool kept, const char *path, const char *const rules[])
{
	struct filter *filter = filter_of(rules);

	ck_assert_msg(filter_keeps(filter, str_of(path)) == kept, "%s", path);
	filter_free(filter);
}

#define RULES(...) ((const char *const[]){__VA_ARGS__, NULL})

START_TEST(without_an_include_all_is_in)
{
	struct filter *empty = filter_new();

	ck_assert(filter_keeps(empty, STR("a")));
	ck_assert(filter_keeps(empty, STR("")));
	filter_free(empty);
	filter_free(NULL);
	expect(true, "src/a.py", RULES("-tests/**"));
	expect(false, "tests/a.py", RULES("-tests/**"));
}
END_TEST

START_TEST(an_include_lists_what_counts)
{
	expect(true, "src/a.py", RULES("+src/**"));
	expect(false, "lib/a.py", RULES("+src/**"));
	expect(true, "lib/a.py", RULES("+src/**", "+lib/**"));
}
END_TEST

START_TEST(later_rules_win)
{
	expect(false, "src/gen/a.py", RULES("+src/**", "-src/gen/**"));
	expect(true, "src/gen/a.py", RULES("-src/gen/**", "+src/**"));
	expect(true, "src/gen/a.py", RULES("+src/**", "-src/gen/**", "+src/gen/a.py"));
}
END_TEST

START_TEST(negation_turns_a_rule_round)
{
	expect(false, "src/gen/a.py", RULES("+src/**", "+!src/gen/**"));
	expect(true, "gen/keep.py", RULES("-gen/**", "-!gen/keep.py"));
	expect(false, "gen/a.py", RULES("-gen/**", "-!gen/keep.py"));
	expect(true, "src/a.py", RULES("-gen/**", "-!gen/keep.py"));	/* the default stays in */
	expect(true, "src/a.py", RULES("+!gen/**"));
	expect(false, "gen/a.py", RULES("+!gen/**"));
}
END_TEST

START_TEST(patterns_are_of_the_whole_path)
{
	expect(false, "a/src/b.py", RULES("+src/*"));
	expect(false, "src/a/b.py", RULES("+src/*"));
	expect(true, "src/b.py", RULES("+./src/*"));
}
END_TEST

START_TEST(a_pattern_without_slash_is_tried_on_the_base_name)
{
	expect(true, "a/b/c.py", RULES("+*.py"));
	expect(true, "c.py", RULES("+*.py"));
	expect(false, "a/b.py/c.c", RULES("+*.py"));
	expect(true, "a/b/conftest.py", RULES("+conftest.py"));
}
END_TEST

START_TEST(a_trailing_slash_is_everything_below)
{
	expect(true, "src/a/b.py", RULES("+src/"));
	expect(false, "src", RULES("+src/"));
	expect(false, "a/src/b.py", RULES("+src/"));
	expect(true, "a/src/b.py", RULES("+**/src/"));
}
END_TEST

START_TEST(single_patterns_read_the_same)
{
	ck_assert(filter_pattern_fits(STR("*.py"), STR("a/b.py")));
	ck_assert(filter_pattern_fits(STR("src/"), STR("src/b.py")));
	ck_assert(!filter_pattern_fits(STR("!src/"), STR("src/b.py")));
	ck_assert(!filter_pattern_fits(STR("[a"), STR("[a")));
}
END_TEST

START_TEST(bad_patterns_are_usage_errors)
{
	static const char *const patterns[] = {"", "!", "./", "a[b", "{x}", "src/{stage}.py"};
	struct filter *filter = filter_new();

	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		struct error err = {0};

		ck_assert(!filter_add(filter, true, str_of(patterns[i]), &err));
		ck_assert_int_eq(err.code, ERROR_USAGE);
	}
	ck_assert(filter_keeps(filter, STR("a")));
	filter_free(filter);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("filter");
	TCase *tcase = tcase_create("filter");

	tcase_add_test(tcase, without_an_include_all_is_in);
	tcase_add_test(tcase, an_include_lists_what_counts);
	tcase_add_test(tcase, later_rules_win);
	tcase_add_test(tcase, negation_turns_a_rule_round);
	tcase_add_test(tcase, patterns_are_of_the_whole_path);
	tcase_add_test(tcase, a_pattern_without_slash_is_tried_on_the_base_name);
	tcase_add_test(tcase, a_trailing_slash_is_everything_below);
	tcase_add_test(tcase, single_patterns_read_the_same);
	tcase_add_test(tcase, bad_patterns_are_usage_errors);
	suite_add_tcase(suite, tcase);
	return suite;
}
