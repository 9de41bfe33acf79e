/* .muster.yml and the command line over it, in a directory made for each test. */
#include "unit.h"

#include "cli/config.h"
#include "cli/init.h"
#include "cli/options.h"
#include "judge/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct settings settings, line;
static struct error err;
static char folder[] = "/tmp/muster-config-XXXXXX";
static char *root;

static void
set_up(void)
{
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	root = realpath(folder, NULL);
	settings_init(&settings);
	settings_init(&line);
	error_clear(&err);
}

static void
tear_down(void)
{
	char command[128];

	settings_release(&settings);
	settings_release(&line);
	free(root);
	ck_assert_int_eq(chdir("/"), 0);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	ck_assert_int_eq(system(command), 0);
}

/* Loads a configuration that says so. */
static bool
load(const char *text)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "%s/.muster.yml", folder);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
	settings_release(&settings);
	settings_init(&settings);
	error_clear(&err);
	return config_load(&settings, &line, root, &err);
}

static void
assert_refused(const char *text, const char *message)
{
	ck_assert_msg(!load(text), "%s", text);
	ck_assert_int_eq(err.code, ERROR_USAGE);
	ck_assert_str_eq(err.message, message);
}

START_TEST(no_file_changes_nothing)
{
	ck_assert(config_load(&settings, &line, root, &err));
	ck_assert_uint_eq(settings.fail_unders.count, 0);
	line.config = "not-there.yml";
	ck_assert(!config_load(&settings, &line, root, &err));
	ck_assert_int_eq(err.code, ERROR_USAGE);
}
END_TEST

START_TEST(keys_are_long_names_of_options)
{
	ck_assert_msg(
	    load("strict: true\njobs: 3\nslow-test: 500ms\ncolors: {green: 90}\nmax-flaky: 0\n"
		 "exclude: ['a/**', 'b.c']\nrequire-stage: [unit, e2e]\nmap: {/src: "
		 "lib}\nmin-tests: {unit: 4}\n"
		 "output: ['json:-']\nstage-exit: {unit/a: 1}\n"),
	    "%s", err.message);
	ck_assert(settings.strict);
	ck_assert_uint_eq(settings.jobs, 3);
	ck_assert_uint_eq(settings.slow_test, 500000000);
	ck_assert_str_eq(settings.colours.green.text, "90");
	ck_assert_str_eq(settings.colours.orange.text, "60");
	ck_assert(settings.max_flaky.given);
	ck_assert_uint_eq(settings.required_stages.count, 2);
	ck_assert(str_equal(settings.path_rules.items[0].to, STR("lib")));
	ck_assert(str_equal(settings.min_tests.items[0].stage, STR("unit")));
	ck_assert_str_eq(settings.outputs.items[0].target, "-");
	ck_assert(settings.stage_exits.items[0].has_cell);
}
END_TEST

START_TEST(the_command_line_overrides_and_adds)
{
	char program[] = "muster", jobs[] = "-j5", gate[] = "--fail-under=7", report[] = "a.xml";
	char *argv[] = {program, jobs, gate, report, NULL};

	ck_assert(load("jobs: 3\nfail-under: 80\nstages: {unit: {reports: b.xml}}\n"));
	ck_assert(options_parse(&settings, 4, argv, &err));
	ck_assert_uint_eq(settings.jobs, 5);
	ck_assert_uint_eq(settings.fail_unders.count, 2);
	ck_assert_str_eq(settings.fail_unders.items[0].limit.text, "80");
	ck_assert_uint_eq(settings.reports.count, 1);
	ck_assert_uint_eq(settings.stage_reports.count, 1);
}
END_TEST

START_TEST(stages_have_an_order_reports_and_gates)
{
	ck_assert(load("stages:\n  unit: {reports: [a.xml, b.xml], required: true}\n  e2e: "
		       "{fail-under: {branches: 40}}\n"
		       "  a b: {required: false}\n"));
	ck_assert_uint_eq(settings.stage_order.count, 3);
	ck_assert(str_equal(settings.stage_order.items[1], STR("e2e")));
	ck_assert_uint_eq(settings.stage_reports.count, 2);
	ck_assert(str_equal(settings.stage_reports.items[1].report, STR("b.xml")));
	ck_assert_uint_eq(settings.required_stages.count, 1);
	ck_assert(str_equal(settings.fail_unders.items[0].scope, STR("stage:e2e")));
	ck_assert_int_eq(settings.fail_unders.items[0].metric, METRIC_BRANCHES);
}
END_TEST

START_TEST(components_are_scopes)
{
	ck_assert_msg(load("fail-under: {core: 50, each-file: {lines: 1}, 'x/**': 2, branches: 3}\n"
	    "components:\n  core: {paths: [core/, '*.h'], fail-under: 60}\n"), "%s", err.message);
	ck_assert_uint_eq(settings.components.count, 1);
	ck_assert(component_has(&settings.components.items[0], STR("src/all.h")));
	ck_assert(!component_has(&settings.components.items[0], STR("src/core/all.c")));
	ck_assert_uint_eq(settings.fail_unders.count, 5);
	ck_assert(str_equal(settings.fail_unders.items[0].scope, STR("core")));
	ck_assert_str_eq(settings.fail_unders.items[0].limit.text, "60");
	ck_assert(str_equal(settings.fail_unders.items[2].scope, STR("each-file")));
	ck_assert_int_eq(settings.fail_unders.items[4].metric, METRIC_BRANCHES);
}
END_TEST

START_TEST(the_last_pattern_decides_what_is_in_a_component)
{
	ck_assert(load("components:\n  rest: {paths: ['src/**', '!src/api/**', 'src/api/old.c']}\n"
		       "  most: {paths: '!src/api/'}\n"));
	ck_assert(component_has(&settings.components.items[0], STR("src/a.c")));
	ck_assert(!component_has(&settings.components.items[0], STR("src/api/a.c")));
	ck_assert(component_has(&settings.components.items[0], STR("src/api/old.c")));
	ck_assert(!component_has(&settings.components.items[0], STR("lib/a.c")));
	ck_assert(component_has(&settings.components.items[1], STR("lib/a.c")));
	ck_assert(!component_has(&settings.components.items[1], STR("src/api/a.c")));
}
END_TEST

START_TEST(mistakes_have_a_place)
{
	assert_refused(
	    "strikt: true\n", ".muster.yml:1:1: unknown key 'strikt'; did you mean 'strict'?");
	assert_refused("a:\n", ".muster.yml:1:1: unknown key 'a'");
	assert_refused(
	    "jobs: 3\nstrict: 1\n", ".muster.yml:2:1: strict: '1' is neither true nor false");
	assert_refused(
	    "strict: 'true'\n", ".muster.yml:1:1: strict: 'true' is neither true nor false");
	assert_refused(
	    "jobs: [3]\n", ".muster.yml:1:1: 'jobs' is a list where a single value is meant");
	assert_refused(
	    "jobs: {a: 3}\n", ".muster.yml:1:1: 'jobs' is a map where a single value is meant");
	assert_refused(
	    "exclude: {a: 3}\n", ".muster.yml:1:1: 'exclude' is a map where a list is meant");
	assert_refused(
	    "exclude: [[a]]\n", ".muster.yml:1:11: 'this' is a list where a single value is meant");
	assert_refused("config: x\n", ".muster.yml:1:1: 'config' is for the command line alone");
	assert_refused(
	    "stages: {a: {fail-under: {core: 1}}}\n", ".muster.yml:1:27: unknown metric 'core'");
	assert_refused(
	    "stages: {a: {reports: '-'}}\n", ".muster.yml:1:14: reports: '-' is no file");
	assert_refused("components: {each-file: {paths: a}}\n",
	    ".muster.yml:1:14: 'each-file' is no name of a component");
	assert_refused("fail-under: {lines: '80:3'}\n",
	    ".muster.yml:1:14: fail-under: '80:3' is no percentage from 0 to 100 (of at most 18 "
	    "decimal places)");
}
END_TEST

START_TEST(paths_are_relative_to_the_root)
{
	static const char text[] = "stages: {unit: {reports: ['a/{cell}.xml', b.xml, "
				   "/c.xml]}}\noutput: ['json:r.json', '-']\n"
				   "needs: n.json\n";
	char *base;

	ck_assert_int_eq(mkdir("sub", 0777), 0);
	ck_assert_int_eq(mkdir("sub/[1]", 0777), 0);
	ck_assert_int_eq(chdir("sub/[1]"), 0);
	ck_assert_msg(load(text), "%s", err.message);
	ck_assert_str_eq(settings.stage_reports.items[0].report.s, "../../a/{cell}.xml");
	ck_assert_str_eq(settings.stage_reports.items[0].written.s, "a/{cell}.xml");
	ck_assert_str_eq(settings.stage_reports.items[1].report.s, "../../b.xml");
	ck_assert_str_eq(settings.stage_reports.items[2].report.s, "/c.xml");
	ck_assert_str_eq(settings.outputs.items[0].target, "../../r.json");
	ck_assert_str_eq(settings.outputs.items[1].target, "-");
	ck_assert_str_eq(settings.needs, "../../n.json");
	ck_assert_int_eq(chdir("/"), 0);
	line.root = folder;
	base = config_base(&line, root);
	ck_assert_uint_eq(strlen(base), strlen(folder) + 1);
	free(base);
}
END_TEST

START_TEST(names_of_reports_tell_stages)
{
	static const struct {
		const char *path, *stage;
		bool folder;
	} rows[] = {
	    {"coverage-unit.xml", "unit", false},
	    {"a/junit_e2e.xml.gz", "e2e", false},
	    {"coverage.xml", "", true},
	    {"reports/coverage.xml", "", true},
	    {"reports/unit-py3.11/coverage.xml", "unit-py3.11", true},
	    {"smoke/TEST-a.B.xml", "smoke", true},
	    {"load.lcov", "load", false},
	    {"lcov.info", "", true},
	    {"load.cobertura.xml", "load", false},
	    {"coverage-a:b.xml", "", true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool by_folder;
		struct str stage = init_stage(str_of(rows[i].path), &by_folder);

		ck_assert_msg(str_equal(stage, str_of(rows[i].stage)), "%s: '%.*s'", rows[i].path,
		    (int)stage.length, stage.s);
		ck_assert_int_eq(by_folder, rows[i].folder);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("config");
	TCase *loading = tcase_create("loading");

	tcase_add_checked_fixture(loading, set_up, tear_down);
	tcase_add_test(loading, no_file_changes_nothing);
	tcase_add_test(loading, keys_are_long_names_of_options);
	tcase_add_test(loading, the_command_line_overrides_and_adds);
	tcase_add_test(loading, stages_have_an_order_reports_and_gates);
	tcase_add_test(loading, components_are_scopes);
	tcase_add_test(loading, the_last_pattern_decides_what_is_in_a_component);
	tcase_add_test(loading, mistakes_have_a_place);
	tcase_add_test(loading, paths_are_relative_to_the_root);
	tcase_add_test(loading, names_of_reports_tell_stages);
	suite_add_tcase(suite, loading);
	return suite;
}
