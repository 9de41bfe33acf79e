/* Questions asked of runs of bytes. */
#include "base/str.h"
#include "unit.h"

static int
sign(int order)
{
	return (order > 0) - (order < 0);
}

START_TEST(order_is_that_of_bytes)
{
	static const char *const sorted[] = {"", "A", "B", "a", "a-", "a/", "aa", "b", "\xc3\xa4",
	    "\xff"};
	int count = (int)(sizeof(sorted) / sizeof(sorted[0]));

	for (int i = 0; i < count; i++)
		for (int j = 0; j < count; j++)
			ck_assert_int_eq(sign(str_compare(str_of(sorted[i]), str_of(sorted[j]))),
			    sign(i - j));
	ck_assert_int_lt(str_compare(STR("a\0a"), STR("a\0b")), 0);
	ck_assert_int_eq(str_compare((struct str){NULL, 0}, STR("")), 0);
}
END_TEST

START_TEST(equal_means_every_byte)
{
	ck_assert(str_equal(STR("a\0b"), STR("a\0b")));
	ck_assert(!str_equal(STR("a\0b"), STR("a\0c")));
	ck_assert(!str_equal(STR("a"), STR("a\0")));
	ck_assert(str_equal((struct str){NULL, 0}, STR("")));
	ck_assert(str_equal(str_of(NULL), STR("")));
}
END_TEST

START_TEST(xml_white_space_is_trimmed)
{
	ck_assert(str_equal(str_trim(STR(" \t\r\na b\n ")), STR("a b")));
	ck_assert(str_equal(str_trim(STR("\v\fa\xc2\xa0")), STR("\v\fa\xc2\xa0")));
	ck_assert_uint_eq(str_trim(STR(" \n")).length, 0);
	ck_assert_uint_eq(str_trim((struct str){NULL, 0}).length, 0);
}
END_TEST

START_TEST(starts_and_ends)
{
	ck_assert(str_starts(STR("abc"), STR("ab")));
	ck_assert(str_starts(STR("abc"), STR("")));
	ck_assert(!str_starts(STR("ab"), STR("abc")));
	ck_assert(!str_starts(STR("abc"), STR("b")));
	ck_assert(str_ends(STR("abc"), STR("bc")));
	ck_assert(str_ends(STR("abc"), STR("")));
	ck_assert(!str_ends(STR("bc"), STR("abc")));
	ck_assert(!str_ends(STR("abc"), STR("b")));
	ck_assert(str_starts((struct str){NULL, 0}, STR("")));
	ck_assert(str_ends((struct str){NULL, 0}, STR("")));
}
END_TEST

START_TEST(a_first_line_ends_before_its_newline)
{
	ck_assert(str_equal(str_first_line(STR("a\nb\nc")), STR("a")));
	ck_assert(str_equal(str_first_line(STR("a\r\nb")), STR("a")));
	ck_assert(str_equal(str_first_line(STR("a\rb")), STR("a\rb")));
	ck_assert(str_equal(str_first_line(STR("\nb")), STR("")));
	ck_assert_uint_eq(str_first_line((struct str){NULL, 0}).length, 0);
}
END_TEST

START_TEST(only_ascii_folds)
{
	ck_assert(str_equal_fold(STR("AbZ-9"), STR("aBz-9")));
	ck_assert(!str_equal_fold(STR("["), STR("{")));
	ck_assert(!str_equal_fold(STR("@"), STR("`")));
	ck_assert(!str_equal_fold(STR("\xc3\x84"), STR("\xc3\xa4")));
	ck_assert(!str_equal_fold(STR("a"), STR("ab")));
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("str");
	TCase *tests = tcase_create("str");

	tcase_add_test(tests, order_is_that_of_bytes);
	tcase_add_test(tests, equal_means_every_byte);
	tcase_add_test(tests, xml_white_space_is_trimmed);
	tcase_add_test(tests, starts_and_ends);
	tcase_add_test(tests, a_first_line_ends_before_its_newline);
	tcase_add_test(tests, only_ascii_folds);
	suite_add_tcase(suite, tests);
	return suite;
}
