/* Points in time are those of the text, not of this machine. */
#include "unit.h"

#include "base/timestamp.h"

static uint64_t
seconds_of(const char *text)
{
	uint64_t seconds = 0;

	ck_assert_msg(timestamp_parse(str_of(text), &seconds), "%s", text);
	return seconds;
}

START_TEST(times_are_counted_from_1970)
{
	ck_assert_uint_eq(seconds_of("1970-01-01T00:00:00"), 0);
	ck_assert_uint_eq(seconds_of("1970-01-02T00:00:01Z"), 86401);
	ck_assert_uint_eq(seconds_of("2000-02-29T12:30:15"), 951827415);
	ck_assert_uint_eq(seconds_of("2024-12-31T23:59:59.999999"), 1735689599);
	ck_assert_uint_eq(seconds_of(" 2100-03-01 00:00:00 "), 4107542400);
}
END_TEST

START_TEST(zones_are_taken_off)
{
	ck_assert_uint_eq(seconds_of("2024-05-01T12:00:00+02:00"), seconds_of("2024-05-01T10:00:00Z"));
	ck_assert_uint_eq(seconds_of("2024-05-01T12:00:00-0130"), seconds_of("2024-05-01T13:30:00"));
	ck_assert_uint_eq(seconds_of("2024-05-01T12:00:00.5+02"), seconds_of("2024-05-01T10:00:00"));
}
END_TEST

START_TEST(anything_else_is_no_time)
{
	static const char *const texts[] = {"", "today", "2024-05-01", "2024-13-01T00:00:00", "2023-02-29T00:00:00",
	    "2024-00-01T00:00:00", "2024-05-32T00:00:00", "2024-05-01T24:00:00", "2024-05-01T00:60:00",
	    "2024-05-01T00:00:00x", "2024-05-01T00:00:00+", "1969-12-31T23:59:59", "1970-01-01T00:00:00+01:00",
	    "20240501T000000", "2024-05-01T00:00"};
	uint64_t seconds;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		ck_assert_msg(!timestamp_parse(str_of(texts[i]), &seconds), "%s", texts[i]);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("timestamp");
	TCase *parsing = tcase_create("parsing");

	tcase_add_test(parsing, times_are_counted_from_1970);
	tcase_add_test(parsing, zones_are_taken_off);
	tcase_add_test(parsing, anything_else_is_no_time);
	suite_add_tcase(suite, parsing);
	return suite;
}
