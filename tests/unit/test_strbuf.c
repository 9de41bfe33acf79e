/* A growing run of bytes. */
#include "base/strbuf.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

START_TEST(a_zeroed_buffer_is_empty)
{
	struct strbuf buf = {0};

	ck_assert_str_eq(strbuf_string(&buf), "");
	ck_assert_uint_eq(strbuf_str(&buf).length, 0);
	strbuf_reset(&buf);
	strbuf_truncate(&buf, 5);
	strbuf_clear(&buf);
}
END_TEST

START_TEST(what_is_added_stands_in_order)
{
	struct strbuf buf = {0};

	strbuf_add(&buf, "ab", 1);
	strbuf_add_string(&buf, "bc");
	strbuf_add_str(&buf, STR("\0d"));
	strbuf_add_char(&buf, 'e');
	strbuf_addf(&buf, "%d%s", 42, "f");
	strbuf_add(&buf, NULL, 0);
	ck_assert_uint_eq(buf.length, 9);
	ck_assert_mem_eq(buf.s, "abc\0de42f", 10);
	strbuf_clear(&buf);
}
END_TEST

START_TEST(a_nul_follows_every_change)
{
	struct strbuf buf = {0};

	for (int i = 0; i < 1000; i++) {
		strbuf_add_char(&buf, 'x');
		ck_assert_uint_eq(strlen(buf.s), buf.length);
	}
	strbuf_truncate(&buf, 10);
	ck_assert_str_eq(buf.s, "xxxxxxxxxx");
	strbuf_truncate(&buf, 100);
	ck_assert_uint_eq(buf.length, 10);
	strbuf_reset(&buf);
	ck_assert_str_eq(buf.s, "");
	strbuf_clear(&buf);
	ck_assert_ptr_null(buf.s);
}
END_TEST

START_TEST(long_formats_are_whole)
{
	struct strbuf buf = {0};

	strbuf_addf(&buf, "%*s|", 100000, "x");
	ck_assert_uint_eq(buf.length, 100001);
	ck_assert_str_eq(buf.s + 99999, "x|");
	strbuf_addf(&buf, "%s", "");
	ck_assert_uint_eq(buf.length, 100001);
	strbuf_clear(&buf);
}
END_TEST

START_TEST(numbers_become_decimal_digits)
{
	struct strbuf buf = {0};

	strbuf_add_u64(&buf, 0);
	strbuf_add_char(&buf, ' ');
	strbuf_add_u64(&buf, 1200);
	strbuf_add_char(&buf, ' ');
	strbuf_add_u64(&buf, UINT64_MAX);
	ck_assert_str_eq(strbuf_string(&buf), "0 1200 18446744073709551615");
	strbuf_clear(&buf);
}
END_TEST

static void
expect_digits(uint64_t number)
{
	struct strbuf buf = {0};
	char expected[24];

	snprintf(expected, sizeof(expected), "%llu", (unsigned long long)number);
	strbuf_add_u64(&buf, number);
	ck_assert_str_eq(strbuf_string(&buf), expected);
	strbuf_clear(&buf);
}

START_TEST(numbers_of_every_length_are_whole)
{
	uint64_t power = 1;

	for (int digits = 1; digits <= 20; digits++, power *= 10) {
		expect_digits(power - 1);
		expect_digits(power);
		expect_digits(power + 9);
	}
	for (uint64_t number = 0; number < 2000; number++)
		expect_digits(number);
}
END_TEST

START_TEST(code_points_become_utf8)
{
	static const struct {
		unsigned code_point;
		const char *bytes;
	} points[] = {
		{0x41, "A"}, {0x7f, "\x7f"}, {0x80, "\xc2\x80"}, {0x7ff, "\xdf\xbf"}, {0x800,
		    "\xe0\xa0\x80"},
		{0xfffd, "\xef\xbf\xbd"}, {0xffff, "\xef\xbf\xbf"}, {0x10000, "\xf0\x90\x80\x80"},
		{0x10ffff, "\xf4\x8f\xbf\xbf"},
	};

	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
		struct strbuf buf = {0};

		strbuf_add_utf8(&buf, points[i].code_point);
		ck_assert_str_eq(buf.s, points[i].bytes);
		strbuf_clear(&buf);
	}
}
END_TEST

START_TEST(room_is_made_and_used)
{
	struct strbuf buf = {0};

	memcpy(strbuf_reserve(&buf, 5), "hello", 5);
	strbuf_commit(&buf, 4);
	ck_assert_str_eq(buf.s, "hell");
	strbuf_reserve(&buf, 1000);
	ck_assert_str_eq(buf.s, "hell");
	strbuf_commit(&buf, 0);
	ck_assert_uint_eq(buf.length, 4);
	strbuf_clear(&buf);
}
END_TEST

START_TEST(taking_leaves_an_empty_buffer)
{
	struct strbuf buf = {0};
	char *s = strbuf_take(&buf);

	ck_assert_str_eq(s, "");
	free(s);
	strbuf_add_string(&buf, "x");
	s = strbuf_take(&buf);
	ck_assert_str_eq(s, "x");
	ck_assert_ptr_null(buf.s);
	ck_assert_uint_eq(buf.capacity, 0);
	free(s);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("strbuf");
	TCase *tests = tcase_create("strbuf");

	tcase_add_test(tests, a_zeroed_buffer_is_empty);
	tcase_add_test(tests, what_is_added_stands_in_order);
	tcase_add_test(tests, a_nul_follows_every_change);
	tcase_add_test(tests, long_formats_are_whole);
	tcase_add_test(tests, numbers_become_decimal_digits);
	tcase_add_test(tests, numbers_of_every_length_are_whole);
	tcase_add_test(tests, code_points_become_utf8);
	tcase_add_test(tests, room_is_made_and_used);
	tcase_add_test(tests, taking_leaves_an_empty_buffer);
	suite_add_tcase(suite, tests);
	return suite;
}
