/* Arguments become inputs, in a directory made for each test. */
#include "unit.h"

#include "base/log.h"
#include "cli/inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define COBERTURA "<?xml version=\"1.0\"?>\n<coverage line-rate=\"1\" version=\"1\"><packages/></coverage>\n"
#define JUNIT "<testsuites><testsuite name=\"s\"><testcase name=\"t\"/></testsuite></testsuites>\n"

static struct inputs inputs;
static struct settings settings;
static struct error err;
static char folder[] = "/tmp/muster-inputs-XXXXXX";

static void
put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

static void
set_up(void)
{
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	log_set_level(LOG_QUIET);
	inputs = (struct inputs){0};
	settings_init(&settings);
	error_clear(&err);
}

static void
tear_down(void)
{
	char command[128];

	inputs_release(&inputs);
	settings_release(&settings);
	ck_assert_int_eq(chdir("/"), 0);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	ck_assert_int_eq(system(command), 0);
}

/* Expands arguments parted by '|'. */
static bool
expand(const char *line)
{
	static char words[512];
	static struct str items[8];
	char *rest = words, *word;

	inputs_release(&inputs);
	inputs = (struct inputs){0};
	settings.reports.count = 0;
	snprintf(words, sizeof(words), "%s", line);
	while ((word = strsep(&rest, "|")) && *line)
		items[settings.reports.count++] = str_of(word);
	settings.reports.items = items;
	if (!inputs_check(&settings, &err) || !inputs_expand(&inputs, &settings, &err)) {
		ck_assert_int_eq(err.code, ERROR_USAGE);
		settings.reports = (struct strs){0};
		return false;
	}
	settings.reports = (struct strs){0};
	inputs_drop_duplicates(&inputs);
	return true;
}

/* "stage/cell name" of each input, parted by '|'; a '!' behind those that failed. */
static const char *
listed(void)
{
	static char text[1024];
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < inputs.count; i++) {
		const struct run_input *input = &inputs.items[i];

		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%.*s/%.*s %s%s", i ? "|" : "",
		    (int)input->stage.length, input->stage.s, (int)input->cell.length, input->cell.s, input->name,
		    input->error ? "!" : "");
	}
	return text;
}

START_TEST(labels_name_the_lane)
{
	put("a.xml", COBERTURA);
	put("b.xml", JUNIT);
	ck_assert(expand("unit/py3.11=b.xml|a.xml"));
	ck_assert_str_eq(listed(), "default/ a.xml|unit/py3.11 b.xml");
	ck_assert(expand("end to end=a.xml|e2e=b.xml"));
	ck_assert_str_eq(listed(), "e2e/ b.xml|end to end/ a.xml");
	ck_assert(!expand("unit="));
}
END_TEST

START_TEST(an_existing_file_is_no_label)
{
	put("unit=a.xml", COBERTURA);
	ck_assert(expand("unit=a.xml"));
	ck_assert_str_eq(listed(), "default/ unit=a.xml");
	put("[a].xml", JUNIT);
	ck_assert(expand("[a].xml"));
	ck_assert_str_eq(listed(), "default/ [a].xml");
}
END_TEST

START_TEST(order_of_arguments_never_shows)
{
	put("a.xml", COBERTURA);
	put("b.xml", JUNIT);
	ck_assert(expand("b.xml|unit=a.xml|a.xml"));
	ck_assert_str_eq(listed(), "default/ a.xml|default/ b.xml|unit/ a.xml");
}
END_TEST

START_TEST(globs_capture_labels)
{
	mkdir("art", 0777);
	mkdir("art/e2e", 0777);
	put("art/e2e/py3.10.xml", COBERTURA);
	put("coverage-unit.xml", JUNIT);
	ck_assert(expand("coverage-{stage}.xml|art/{stage}/{cell}.xml"));
	ck_assert_str_eq(listed(), "e2e/py3.10 art/e2e/py3.10.xml|unit/ coverage-unit.xml");
	ck_assert(expand("load=art/{stage}/*.xml"));
	ck_assert_str_eq(listed(), "load/ art/e2e/py3.10.xml");
	ck_assert(expand("none*.xml"));
	ck_assert_str_eq(listed(), "default/ none*.xml!");
	ck_assert(!expand("{stage}{stage}.xml"));
}
END_TEST

START_TEST(attempts_are_numbers)
{
	put("run-2.xml", COBERTURA);
	put("run-x.xml", JUNIT);
	ck_assert(expand("run-{attempt}.xml"));
	ck_assert_uint_eq(inputs.items[0].attempt, 2);
	ck_assert_ptr_null(inputs.items[0].error);
	ck_assert_ptr_nonnull(inputs.items[1].error);
}
END_TEST

START_TEST(directories_are_searched_by_content)
{
	mkdir("out", 0777);
	mkdir("out/deep", 0777);
	put("out/deep/x.data", COBERTURA);
	put("out/notes.txt", "words\n");
	put("out/junit.xml", "");
	ck_assert(expand("out"));
	ck_assert_str_eq(listed(), "default/ out/deep/x.data|default/ out/junit.xml!");
	ck_assert_uint_eq(audit_count(&inputs.audit, AUDIT_NOTE), 1);
	ck_assert_str_eq(inputs.audit.findings[0].report, "out/notes.txt");
	mkdir("empty", 0777);
	ck_assert(expand("unit=empty"));
	ck_assert_str_eq(listed(), "unit/ empty!");
}
END_TEST

START_TEST(known_names_are_found_around_here)
{
	ck_assert(!expand(""));
	mkdir("node_modules", 0777);
	put("node_modules/junit.xml", JUNIT);
	mkdir("env", 0777);
	put("env/pyvenv.cfg", "");
	put("env/junit.xml", JUNIT);
	ck_assert(!expand(""));
	mkdir("build", 0777);
	put("build/TEST-a.xml", JUNIT);
	put("coverage.xml", COBERTURA);
	put("other.xml", COBERTURA);
	ck_assert(expand(""));
	ck_assert_str_eq(listed(), "default/ build/TEST-a.xml|default/ coverage.xml");
}
END_TEST

START_TEST(the_same_bytes_count_once_in_a_lane)
{
	put("b.xml", COBERTURA);
	put("a.xml", COBERTURA);
	put("c.xml", JUNIT);
	ck_assert(expand("b.xml|c.xml|a.xml|b.xml"));
	ck_assert_str_eq(listed(), "default/ a.xml|default/ c.xml");
	ck_assert_uint_eq(inputs.audit.count, 2);
	ck_assert_str_eq(inputs.audit.findings[0].report, "a.xml");
	ck_assert(expand("unit/1=a.xml|unit/2=b.xml"));
	ck_assert_str_eq(listed(), "unit/1 a.xml|unit/2 b.xml");
}
END_TEST

START_TEST(standard_input_is_read_once)
{
	ck_assert(!expand("-|unit=-"));
	settings.needs = "-";
	ck_assert(!expand("-"));
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("inputs");
	TCase *expanding = tcase_create("expanding");

	tcase_add_checked_fixture(expanding, set_up, tear_down);
	tcase_add_test(expanding, labels_name_the_lane);
	tcase_add_test(expanding, an_existing_file_is_no_label);
	tcase_add_test(expanding, order_of_arguments_never_shows);
	tcase_add_test(expanding, globs_capture_labels);
	tcase_add_test(expanding, attempts_are_numbers);
	tcase_add_test(expanding, directories_are_searched_by_content);
	tcase_add_test(expanding, known_names_are_found_around_here);
	tcase_add_test(expanding, the_same_bytes_count_once_in_a_lane);
	tcase_add_test(expanding, standard_input_is_read_once);
	suite_add_tcase(suite, expanding);
	return suite;
}
