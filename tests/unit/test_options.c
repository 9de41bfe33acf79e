/* The command line, by the one table of options. */
#include "unit.h"

#include "cli/label.h"
#include "cli/options.h"

#include <stdio.h>

enum { ARGUMENTS_MOST = 16 };

static struct settings settings;
static struct error err;

/* Parses words parted by '|'. */
static bool
parse(const char *line)
{
	static char words[1024];
	char *argv[ARGUMENTS_MOST] = {words};
	int argc = 1;
	char *rest = words, *word;

	settings_release(&settings);
	settings_init(&settings);
	error_clear(&err);
	snprintf(words, sizeof(words), "%s", line);
	while ((word = strsep(&rest, "|")) && argc < ARGUMENTS_MOST)
		argv[argc++] = word;
	return options_parse(&settings, argc, argv, &err);
}

static void
assert_refused(const char *line, const char *message)
{
	ck_assert_msg(!parse(line), "%s", line);
	ck_assert_int_eq(err.code, ERROR_USAGE);
	ck_assert_msg(strstr(err.message, message), "%s: %s", line, err.message);
}

static void
finish(void)
{
	settings_release(&settings);
}

START_TEST(values_come_in_every_spelling)
{
	ck_assert(parse("--jobs|3|--color=never|-q|a.xml"));
	ck_assert_uint_eq(settings.jobs, 3);
	ck_assert_int_eq(settings.colour, COLOUR_NEVER);
	ck_assert(settings.quiet);
	ck_assert_uint_eq(settings.reports.count, 1);
	ck_assert(parse("-j4|-qotext:-"));
	ck_assert_uint_eq(settings.jobs, 4);
	ck_assert(settings.quiet);
	ck_assert_uint_eq(settings.outputs.count, 1);
	ck_assert(parse("-o|text:-|--|--strict|-"));
	ck_assert(!settings.strict);
	ck_assert_uint_eq(settings.reports.count, 2);
	ck_assert(parse("-"));
	ck_assert_uint_eq(settings.reports.count, 1);
}
END_TEST

START_TEST(the_first_question_is_answered)
{
	ck_assert(parse("--help|--bogus"));
	ck_assert_int_eq(settings.action, ACTION_HELP);
	ck_assert(parse("--version"));
	ck_assert_int_eq(settings.action, ACTION_VERSION);
	ck_assert(parse("--list-formats"));
	ck_assert_int_eq(settings.action, ACTION_LIST_FORMATS);
}
END_TEST

START_TEST(mistakes_are_told_with_the_nearest_name)
{
	assert_refused("--fail-undr|80", "unknown option '--fail-undr'; did you mean '--fail-under'?");
	assert_refused("--zzzzzzzz", "unknown option '--zzzzzzzz'");
	assert_refused("-x", "unknown option '-x'");
	assert_refused("--fail-under", "--fail-under needs a value");
	assert_refused("-o", "-o needs a value");
	assert_refused("--strict=yes", "--strict takes no value");
	assert_refused("--fail-under|lnies=80", "did you mean 'lines'?");
	assert_refused("--color|alway", "it may be auto, always or never");
	assert_refused("-ojsn:x", "did you mean 'json'?");
	assert_refused("-q|-v", "exclude each other");
	assert_refused("--root|", "the value is empty");
	assert_refused("--|", "a report without a name");
}
END_TEST

START_TEST(fail_under_is_scope_metric_percent)
{
	const struct fail_under *rule;

	ck_assert(parse("--fail-under|80|--fail-under|stage:unit:branches=79.5%"));
	ck_assert_uint_eq(settings.fail_unders.count, 2);
	rule = settings.fail_unders.items;
	ck_assert_uint_eq(rule[0].scope.length, 0);
	ck_assert_int_eq(rule[0].metric, METRIC_LINES);
	ck_assert_str_eq(rule[0].limit.text, "80");
	ck_assert(str_equal(rule[1].scope, STR("stage:unit")));
	ck_assert_int_eq(rule[1].metric, METRIC_BRANCHES);
	ck_assert_str_eq(rule[1].limit.text, "79.5");
	ck_assert(parse("--fail-under|src/a=b/**:100"));
	ck_assert(str_equal(settings.fail_unders.items[0].scope, STR("src/a=b/**")));
}
END_TEST

START_TEST(a_percentage_is_exact_or_refused)
{
	ck_assert(parse("--fail-under|99.123456789012345678"));
	ck_assert(parse("--fail-under|0"));
	ck_assert(parse("--fail-under|100%"));
	assert_refused("--fail-under|99.1234567890123456789", "no percentage");
	assert_refused("--fail-under|100.000000000000000001", "no percentage");
	assert_refused("--fail-under|101", "no percentage");
	assert_refused("--fail-under|-1", "no percentage");
	assert_refused("--fail-under|+1", "no percentage");
	assert_refused("--fail-under|1e2", "no percentage");
	assert_refused("--fail-under|nan", "no percentage");
	assert_refused("--fail-under|", "no percentage");
	assert_refused("--fail-under|:80", "no scope");
}
END_TEST

START_TEST(counts_may_have_a_stage)
{
	ck_assert(parse("--min-tests|12|--min-tests|end to end:3|--max-failures|0"));
	ck_assert_uint_eq(settings.min_tests.count, 2);
	ck_assert_uint_eq(settings.min_tests.items[0].stage.length, 0);
	ck_assert(str_equal(settings.min_tests.items[1].stage, STR("end to end")));
	ck_assert_uint_eq(settings.min_tests.items[1].limit, 3);
	ck_assert(settings.max_failures.given);
	ck_assert(!settings.max_flaky.given);
	assert_refused("--max-failures|-1", "no number");
	assert_refused("--max-failures|1.5", "no number");
	assert_refused("--max-failures|99999999999999999999", "no number");
	assert_refused("--min-tests|a/b:1", "no name of a stage");
	assert_refused("--jobs|0", "at least one thread");
}
END_TEST

START_TEST(stages_are_lists_and_pairs)
{
	ck_assert(parse("--require-stage|unit,e2e|--require-stage|load"));
	ck_assert_uint_eq(settings.required_stages.count, 3);
	ck_assert(str_equal(settings.required_stages.items[1], STR("e2e")));
	assert_refused("--require-stage|unit,", "empty name");
	ck_assert(parse("--stage-exit|unit/py3.11=4|--stage-exit|e2e=0"));
	ck_assert(settings.stage_exits.items[0].has_cell);
	ck_assert_int_eq(settings.stage_exits.items[0].code, 4);
	ck_assert(!settings.stage_exits.items[1].has_cell);
	assert_refused("--stage-exit|unit", "not STAGE[/CELL]=CODE");
	assert_refused("--stage-exit|a/b/c=1", "no STAGE[/CELL]");
	assert_refused("--stage-exit|unit=x", "no number");
}
END_TEST

START_TEST(path_rules_keep_their_order)
{
	ck_assert(parse("--strip|/build|--map|/src=lib|--strip|/tmp"));
	ck_assert_uint_eq(settings.path_rules.count, 3);
	ck_assert(settings.path_rules.items[0].strip);
	ck_assert(str_equal(settings.path_rules.items[1].from, STR("/src")));
	ck_assert(str_equal(settings.path_rules.items[1].to, STR("lib")));
	assert_refused("--map|=x", "not FROM=TO");
	assert_refused("--map|x", "not FROM=TO");
}
END_TEST

START_TEST(times_and_colours_are_exact)
{
	ck_assert(parse("--slow-test|0.25s|--colors|90,75.5"));
	ck_assert_uint_eq(settings.slow_test, 250000000);
	ck_assert_str_eq(settings.colours.green.text, "90");
	ck_assert_str_eq(settings.colours.orange.text, "75.5");
	ck_assert(parse("a.xml"));
	ck_assert_uint_eq(settings.slow_test, 5000000000);
	ck_assert_str_eq(settings.colours.green.text, "80");
	assert_refused("--slow-test|5%", "no number of seconds");
	assert_refused("--slow-test|s", "no number of seconds");
	assert_refused("--colors|80", "not GREEN,ORANGE");
	assert_refused("--colors|60,80", "green begins below orange");
}
END_TEST

START_TEST(every_option_is_in_the_help_once)
{
	struct output *out = output_memory();
	struct str help;

	options_help(out);
	help = output_content(out);
	ck_assert(str_ends(help, STR("\n")));
	for (const struct option *option = options; option->name; option++) {
		char name[64];
		const char *first;

		snprintf(name, sizeof(name), "--%s%s", option->name, option->argument ? " " : "");
		first = memmem(help.s, help.length, name, strlen(name));
		ck_assert_msg(first, "%s", name);
		ck_assert_ptr_eq(option_find(str_of(option->name)), option);
	}
	output_abort(out);
}
END_TEST

START_TEST(labels_are_words_with_a_cell)
{
	struct str stage, cell;

	ck_assert(label_parse(STR("unit"), &stage, &cell));
	ck_assert_uint_eq(cell.length, 0);
	ck_assert(label_parse(STR("end to end/py-3.11+x_1"), &stage, &cell));
	ck_assert(str_equal(stage, STR("end to end")));
	ck_assert(str_equal(cell, STR("py-3.11+x_1")));
	ck_assert(!label_parse(STR(""), &stage, &cell));
	ck_assert(!label_parse(STR("  "), &stage, &cell));
	ck_assert(!label_parse(STR("unit/"), &stage, &cell));
	ck_assert(!label_parse(STR("/unit"), &stage, &cell));
	ck_assert(!label_parse(STR("a/b/c"), &stage, &cell));
	ck_assert(!label_parse(STR("a*"), &stage, &cell));
	ck_assert(!label_parse(STR("a:b"), &stage, &cell));
	ck_assert(!label_parse(STR("a\0b"), &stage, &cell));
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("options");
	TCase *parsing = tcase_create("parsing");

	tcase_add_checked_fixture(parsing, NULL, finish);
	tcase_add_test(parsing, values_come_in_every_spelling);
	tcase_add_test(parsing, the_first_question_is_answered);
	tcase_add_test(parsing, mistakes_are_told_with_the_nearest_name);
	tcase_add_test(parsing, fail_under_is_scope_metric_percent);
	tcase_add_test(parsing, a_percentage_is_exact_or_refused);
	tcase_add_test(parsing, counts_may_have_a_stage);
	tcase_add_test(parsing, stages_are_lists_and_pairs);
	tcase_add_test(parsing, path_rules_keep_their_order);
	tcase_add_test(parsing, times_and_colours_are_exact);
	tcase_add_test(parsing, every_option_is_in_the_help_once);
	tcase_add_test(parsing, labels_are_words_with_a_cell);
	suite_add_tcase(suite, parsing);
	return suite;
}
