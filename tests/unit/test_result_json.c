/* An earlier JSON result as a baseline. */
#include "unit.h"

#include "read/result_json.h"

#include <stdio.h>
#include <stdlib.h>

#define RATIO "{\"covered\":1,\"total\":2,\"percent\":50}"
#define BRANCHES "{\"covered\":1,\"covered_max\":2,\"total\":4,\"percent\":25}"
#define NUMBERS "\"lines\":" RATIO ",\"branches\":" BRANCHES ",\"functions\":" RATIO

static const char whole[] =
    "{\"muster\":{\"version\":\"0\",\"schema\":1},\"verdict\":\"fail\",\"totals\":{" NUMBERS "},"
    "\"stages\":[{\"name\":\"unit\",\"tests\":{\"tests\":3}}],"
    "\"components\":[{\"name\":\"core\"," NUMBERS "}],"
    "\"files\":[{\"path\":\"b.c\"," NUMBERS "},{\"path\":\"a.c\"," NUMBERS "}],"
    "\"tests\":{\"failing\":[{\"stage\":\"unit\",\"container\":\"c\",\"name\":\"t\",\"file\":\"f\"}"
    "]},"
    "\"some\":\"field that a later version adds\"}";

static struct base base;
static struct error err;

static void
tear_down(void)
{
	base_clear(&base);
	error_clear(&err);
}

START_TEST(what_it_knows_is_taken)
{
	ck_assert(result_json_bid(str_of(whole)));
	ck_assert_msg(result_json_read(str_of(whole), &base, &err), "%s", err.message);
	ck_assert(!base.whole);
	ck_assert_uint_eq(base.result.total.lines.total, 2);
	ck_assert_uint_eq(base.result.total.branches.covered_max, 2);
	ck_assert_uint_eq(base.result.component_count, 1);
	ck_assert_str_eq(base.result.components[0].name.s, "core");
	ck_assert_uint_eq(base.result.file_count, 2);
	ck_assert_str_eq(base.result.files[0].path.s, "a.c");
	ck_assert_uint_eq(base.result.stages[0].tests.tests, 3);
	ck_assert_uint_eq(base.failing_count, 1);
	ck_assert_str_eq(base.failing[0].name.s, "t");
}
END_TEST

static void
expect_failure(const char *text, enum error_code code, const char *message)
{
	ck_assert(!result_json_read(str_of(text), &base, &err));
	ck_assert_int_eq(err.code, code);
	ck_assert_msg(strstr(err.message, message) != NULL, "%s", err.message);
	ck_assert_uint_eq(base.failing_count + base.result.file_count, 0);
	error_clear(&err);
}

START_TEST(what_is_no_result_is_refused)
{
	expect_failure("{}", ERROR_FOREIGN, "this JSON is no result of muster");
	expect_failure(
	    "{\"muster\":{\"schema\":2}}", ERROR_FOREIGN, "schema 2, this muster knows 1");
	expect_failure("{\"muster\":{\"schema\":1}}", ERROR_DAMAGED, "in 'totals'");
	expect_failure("{\"muster\":", ERROR_DAMAGED, "");
	expect_failure(
	    "{\"muster\":{\"schema\":1},\"totals\":{\"lines\":{\"covered\":3,\"total\":2}}}",
	    ERROR_DAMAGED, "in 'totals'");
	ck_assert(!result_json_bid(STR("<coverage/>")));
	ck_assert(!result_json_bid(STR("")));
}
END_TEST

/* Any cut and any changed byte is read or refused, and leaves nothing behind when refused. */
START_TEST(damage_is_never_more_than_an_error)
{
	unsigned seed = 7, state = seed;
	char text[sizeof(whole)];

	printf("result_json: seed %u\n", seed);
	for (size_t length = 0; length < sizeof(whole) - 1; length++) {
		ck_assert(!result_json_read((struct str){whole, length}, &base, &err));
		tear_down();
	}
	for (int i = 0; i < 4000; i++) {
		memcpy(text, whole, sizeof(whole));
		text[(size_t)rand_r(&state) % (sizeof(whole) - 1)] =
		    "0{}[],:\"xe-\xff"[rand_r(&state) % 12];
		if (!result_json_read((struct str){text, sizeof(whole) - 1}, &base, &err))
			ck_assert_ptr_null(base.result.files);
		tear_down();
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("result_json");
	TCase *json = tcase_create("json");

	tcase_add_checked_fixture(json, NULL, tear_down);
	tcase_add_test(json, what_it_knows_is_taken);
	tcase_add_test(json, what_is_no_result_is_refused);
	tcase_add_test(json, damage_is_never_more_than_an_error);
	suite_add_tcase(suite, json);
	return suite;
}
