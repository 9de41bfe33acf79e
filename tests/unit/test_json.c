/* JSON is read whole or not at all. */
#include "unit.h"

#include "base/json.h"

static bool
parses(struct str text)
{
	struct cJSON *json = NULL;
	bool good = json_parse(text, &json, NULL);

	ck_assert(good == (json != NULL));
	json_free(json);
	return good;
}

START_TEST(only_one_whole_value_is_read)
{
	ck_assert(parses(STR(" {\"a\": [1, true, null]} \n")));
	ck_assert(!parses(STR("")));
	ck_assert(!parses(STR("  ")));
	ck_assert(!parses(STR("{")));
	ck_assert(!parses(STR("{} {}")));
	ck_assert(!parses(STR("{}x")));
	ck_assert(!parses(STR("{'a': 1}")));
}
END_TEST

START_TEST(text_must_be_utf8_without_nul)
{
	ck_assert(parses(STR("\"\xc3\xa9\"")));
	ck_assert(!parses(STR("\"\xff\"")));
	ck_assert(!parses(STR("\"a\0b\"")));
	ck_assert(!parses(STR("\"success\\u0000x\"")));
	ck_assert(parses(STR("\"\\\\u0000\"")));
}
END_TEST

START_TEST(depth_is_bounded)
{
	static char deep[200000];

	memset(deep, '[', sizeof(deep));
	ck_assert(!parses((struct str){deep, sizeof(deep)}));
}
END_TEST

START_TEST(members_are_found_by_exact_name)
{
	struct cJSON *json;
	struct str text;

	ck_assert(json_parse(STR("{\"A\": \"upper\", \"b\": 1, \"two\": \"x\", \"two\": \"y\"}"), &json, NULL));
	ck_assert(json_is_object(json));
	ck_assert_ptr_null(json_member(json, "a"));
	ck_assert(json_string(json_member(json, "A"), &text));
	ck_assert(str_equal(text, STR("upper")));
	ck_assert(!json_string(json_member(json, "b"), &text));
	ck_assert_ptr_null(json_member(json, "two"));
	ck_assert(str_equal(json_name(json_first(json)), STR("A")));
	ck_assert(str_equal(json_name(json_next(json_first(json))), STR("b")));
	json_free(json);
}
END_TEST

START_TEST(an_error_tells_its_line)
{
	struct cJSON *json;
	struct error err = {0};

	ck_assert(!json_parse(STR("{\n\"a\": 1,\n!}"), &json, &err));
	ck_assert_int_eq(err.code, ERROR_DAMAGED);
	ck_assert_uint_eq(err.line, 3);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("json");
	TCase *reading = tcase_create("reading");

	tcase_add_test(reading, only_one_whole_value_is_read);
	tcase_add_test(reading, text_must_be_utf8_without_nul);
	tcase_add_test(reading, depth_is_bounded);
	tcase_add_test(reading, members_are_found_by_exact_name);
	tcase_add_test(reading, an_error_tells_its_line);
	suite_add_tcase(suite, reading);
	return suite;
}
