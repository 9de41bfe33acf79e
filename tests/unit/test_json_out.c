/* JSON as printed: commas, exact numbers, any bytes. */
#include "base/json_out.h"
#include "unit.h"

static struct json_out out;

static void
teardown(void)
{
	json_out_clear(&out);
}

START_TEST(commas_come_by_themselves)
{
	json_out_open(&out, NULL, '{');
	json_out_u64(&out, "a", 1);
	json_out_open(&out, "b", '[');
	json_out_string(&out, NULL, "x");
	json_out_null(&out, NULL);
	json_out_open(&out, NULL, '{');
	json_out_close(&out, '}');
	json_out_close(&out, ']');
	json_out_key(&out, STR("c\"d"));
	json_out_open(&out, NULL, '[');
	json_out_close(&out, ']');
	json_out_close(&out, '}');
	ck_assert_str_eq(strbuf_string(&out.text), "{\"a\":1,\"b\":[\"x\",null,{}],\"c\\\"d\":[]}");
	json_out_reset(&out);
	json_out_u64(&out, NULL, 2);
	ck_assert_str_eq(strbuf_string(&out.text), "2");
}
END_TEST

START_TEST(numbers_are_exact)
{
	json_out_u64(&out, NULL, UINT64_MAX);
	json_out_scaled(&out, NULL, 7999, 2);
	json_out_scaled(&out, NULL, 8000, 2);
	json_out_scaled(&out, NULL, 8050, 2);
	json_out_scaled(&out, NULL, 5, 2);
	json_out_scaled(&out, NULL, 0, 9);
	json_out_scaled(&out, NULL, 1234750000000, 9);
	json_out_scaled(&out, NULL, UINT64_MAX, 18);
	ck_assert_str_eq(strbuf_string(&out.text),
	    "18446744073709551615,79.99,80,80.5,0.05,0,1234.75,18.446744073709551615");
}
END_TEST

START_TEST(any_bytes_become_a_string)
{
	json_out_str(&out, NULL, STR("a\"\\/\n\t\r\x01\x7f\0z"));
	json_out_str(&out, NULL, STR("\xc3\xa9 \xff \xed\xa0\x80"));
	ck_assert_str_eq(strbuf_string(&out.text), "\"a\\\"\\\\/\\n\\t\\u000d\\u0001\\u007f\\u0000z\","
	    "\"\xc3\xa9 \xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}
END_TEST

START_TEST(nothing_commands_a_runner)
{
	json_out_str(&out, NULL, STR("##[error]x ###[ #[ [##] ##[##["));
	json_out_str(&out, NULL, STR("::error::x"));
	ck_assert_str_eq(strbuf_string(&out.text),
	    "\"##\\u005berror]x ###\\u005b #[ [##] ##\\u005b##\\u005b\",\"::error::x\"");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("json_out");
	TCase *tcase = tcase_create("json_out");

	tcase_add_checked_fixture(tcase, NULL, teardown);
	tcase_add_test(tcase, commas_come_by_themselves);
	tcase_add_test(tcase, numbers_are_exact);
	tcase_add_test(tcase, any_bytes_become_a_string);
	tcase_add_test(tcase, nothing_commands_a_runner);
	suite_add_tcase(suite, tcase);
	return suite;
}
