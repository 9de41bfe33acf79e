/* The JSON result: field for field as PRODUCT 2 has it, valid whatever the strings are. */
#include "sample_result.h"
#include "unit.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
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

static void
expect_holds(const char *part)
{
	char *text = sample_print(&sample, "json", &(struct render_settings){0});

	ck_assert_msg(strstr(text, part) != NULL, "lacks %s in\n%s", part, text);
	free(text);
}

START_TEST(totals_are_exact_and_percent_is_floored)
{
	expect_holds("\"totals\": {\"files\":3,\"lines\":{\"covered\":16,\"total\":30,\"percent\":53.33},"
	    "\"branches\":{\"covered\":1,\"covered_max\":2,\"total\":4,\"percent\":25},"
	    "\"functions\":{\"covered\":1,\"total\":2,\"percent\":50},\"patch\":null,"
	    "\"tests\":{\"tests\":3,\"runs\":6,\"cases\":6,\"passed\":2,\"failed\":1,\"errors\":0,\"skipped\":0,"
	    "\"flaky\":0,\"seconds\":1.5,\"unknown_times\":0}}");
}
END_TEST

START_TEST(only_nothing_missing_is_100_percent)
{
	sample.result.total.lines = (struct ratio){99999, 100000};
	expect_holds("\"lines\":{\"covered\":99999,\"total\":100000,\"percent\":99.99}");
	sample.result.total.lines = (struct ratio){5, 5};
	expect_holds("\"lines\":{\"covered\":5,\"total\":5,\"percent\":100}");
}
END_TEST

START_TEST(nothing_measured_is_null)
{
	expect_holds("\"path\":\"core/model.py\",\"lines\":{\"covered\":10,\"total\":10,\"percent\":100},"
	    "\"branches\":{\"covered\":0,\"covered_max\":0,\"total\":0,\"percent\":null}");
}
END_TEST

START_TEST(integers_go_in_whole)
{
	sample.result.total.lines = (struct ratio){UINT64_MAX - 1, UINT64_MAX};
	expect_holds("\"lines\":{\"covered\":18446744073709551614,\"total\":18446744073709551615,\"percent\":99.99}");
}
END_TEST

START_TEST(stages_have_cells_and_their_own_tests)
{
	expect_holds("{\"name\":\"unit\",\"cells\":[\"py3.10\",\"py3.11\"],\"reports\":4,\"lines\":"
	    "{\"covered\":16,\"total\":20,\"percent\":80}");
	expect_holds("\"lines_only_here\":14,\"tests\":{\"tests\":3,");
}
END_TEST

START_TEST(a_file_names_only_stages_that_could_run_it)
{
	expect_holds("\"patch\":null,\"missing\":\"3-5,9\",\"stages\":{\"unit\":{\"covered\":6,\"total\":10},"
	    "\"e2e\":{\"covered\":2,\"total\":10}}}");
	expect_holds("\"missing\":\"\",\"stages\":{\"unit\":{\"covered\":10,\"total\":10}}}");
}
END_TEST

START_TEST(gates_without_a_fraction_have_null)
{
	expect_holds("{\"gate\":\"fail-under\",\"scope\":\"total\",\"metric\":\"lines\",\"status\":\"fail\","
	    "\"required\":\"80\",\"actual\":\"53.33\",\"covered\":16,\"total\":30,\"needed\":8,\"message\":");
	expect_holds("{\"gate\":\"reports\",\"scope\":\"total\",\"metric\":null,\"status\":\"pass\","
	    "\"required\":\"0\",\"actual\":\"0\",\"covered\":null,\"total\":null,\"needed\":0,\"message\":");
}
END_TEST

START_TEST(an_empty_result_has_every_field)
{
	struct sample empty = {.result = {.report = &empty.report}};
	char *text = sample_print(&empty, "json", &(struct render_settings){0});
	static const char *const lists[] = {"stages", "components", "files", "gates", "audit"};
	cJSON *json = cJSON_Parse(text);

	ck_assert_ptr_nonnull(json);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		ck_assert_int_eq(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(json, lists[i])), 0);
	ck_assert_str_eq(cJSON_GetObjectItemCaseSensitive(json, "verdict")->valuestring, "pass");
	cJSON_Delete(json);
	free(text);
}
END_TEST

static void
fill(char *bytes, size_t size)
{
	for (size_t i = 0; i + 1 < size; i++)
		bytes[i] = (char)(1 + rand() % 255);
	bytes[size - 1] = '\0';
}

START_TEST(any_strings_give_valid_json)
{
	unsigned seed = (unsigned)time(NULL);
	char bytes[6][24];

	srand(seed);
	for (int round = 0; round < 300; round++) {
		cJSON *json;
		char *text;

		for (size_t i = 0; i < 6; i++)
			fill(bytes[i], sizeof(bytes[i]));
		sample.file_results[0].path = (struct str){bytes[0], sizeof(bytes[0])};
		sample.stages[0].name = str_of(bytes[1]);
		sample.cells[0] = str_of(bytes[2]);
		sample.component.name = str_of(bytes[3]);
		sample.gates[0].message = bytes[4];
		sample.gates[0].scope = bytes[5];
		text = sample_print(&sample, "json", &(struct render_settings){0});
		json = cJSON_ParseWithOpts(text, NULL, 1);
		ck_assert_msg(json != NULL, "seed %u round %d\n%s", seed, round, text);
		ck_assert_int_eq(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(json, "files")), 3);
		cJSON_Delete(json);
		free(text);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("json result");
	TCase *tcase = tcase_create("json result");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, totals_are_exact_and_percent_is_floored);
	tcase_add_test(tcase, only_nothing_missing_is_100_percent);
	tcase_add_test(tcase, nothing_measured_is_null);
	tcase_add_test(tcase, integers_go_in_whole);
	tcase_add_test(tcase, stages_have_cells_and_their_own_tests);
	tcase_add_test(tcase, a_file_names_only_stages_that_could_run_it);
	tcase_add_test(tcase, gates_without_a_fraction_have_null);
	tcase_add_test(tcase, an_empty_result_has_every_field);
	tcase_add_test(tcase, any_strings_give_valid_json);
	suite_add_tcase(suite, tcase);
	return suite;
}
