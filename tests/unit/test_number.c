/* Numbers from inputs: exact, saturating where told to, and quick whatever the exponent says. */
#include "base/number.h"
#include "unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void
expect_hits(const char *text, enum hits_status status, uint64_t value)
{
	uint64_t out = 99;

	ck_assert_msg(number_hits(str_of(text), &out) == status, "status of '%s'", text);
	ck_assert_msg(out == value, "value of '%s': %" PRIu64, text, out);
}

static void
expect_u64(const char *text, enum number_status status, uint64_t value)
{
	uint64_t out = 99;

	ck_assert_msg(number_u64(str_of(text), &out) == status, "status of '%s'", text);
	ck_assert_msg(out == value, "value of '%s': %" PRIu64, text, out);
}

static void
expect_decimal(const char *text, enum number_status status, uint64_t units, unsigned places)
{
	struct number out = {.units = 99};

	ck_assert_msg(number_decimal(str_of(text), NUMBER_POINT_OR_COMMA, &out) == status,
	    "status of '%s'", text);
	ck_assert_msg(out.units == units && out.places == places, "'%s' is %" PRIu64 "e-%u", text,
	    out.units, out.places);
}

START_TEST(u64_takes_digits_alone)
{
	expect_u64("0", NUMBER_OK, 0);
	expect_u64("007", NUMBER_OK, 7);
	expect_u64(" \t\r\n42\n", NUMBER_OK, 42);
	expect_u64("999999999999999999", NUMBER_OK, 999999999999999999u);
	expect_u64("9999999999999999999", NUMBER_OK, 9999999999999999999u);
	expect_u64("18446744073709551615", NUMBER_OK, UINT64_MAX);
	expect_u64("0000000000000000000000000000001", NUMBER_OK, 1);
	expect_u64("18446744073709551616", NUMBER_OVERFLOW, 0);
	expect_u64("99999999999999999999999", NUMBER_OVERFLOW, 0);
	expect_u64("", NUMBER_NONE, 0);
	expect_u64("  ", NUMBER_NONE, 0);
	expect_u64("-1", NUMBER_NONE, 0);
	expect_u64("+1", NUMBER_NONE, 0);
	expect_u64("1.0", NUMBER_NONE, 0);
	expect_u64("1 2", NUMBER_NONE, 0);
	expect_u64("0x10", NUMBER_NONE, 0);
	expect_u64("99999999999999999999999x", NUMBER_NONE, 0);
}
END_TEST

START_TEST(u64_does_not_stop_at_nul)
{
	uint64_t out;

	ck_assert_int_eq(number_u64((struct str){"1\0002", 3}, &out), NUMBER_NONE);
	ck_assert_int_eq(number_hits((struct str){"1\0", 2}, &out), HITS_BAD);
}
END_TEST

START_TEST(hits_accept_integral_decimals)
{
	expect_hits("0", HITS_OK, 0);
	expect_hits("7", HITS_OK, 7);
	expect_hits("+7", HITS_OK, 7);
	expect_hits("1.0", HITS_OK, 1);
	expect_hits("1.", HITS_OK, 1);
	expect_hits("0.0", HITS_OK, 0);
	expect_hits("-0.0", HITS_OK, 0);
	expect_hits("1e3", HITS_OK, 1000);
	expect_hits("1E+3", HITS_OK, 1000);
	expect_hits("1.25e2", HITS_OK, 125);
	expect_hits("1200e-2", HITS_OK, 12);
	expect_hits("0e999999999999999999999999", HITS_OK, 0);
	expect_hits("9223372036854775807", HITS_OK, INT64_MAX);
	expect_hits(" 5 ", HITS_OK, 5);
}
END_TEST

START_TEST(hits_below_zero_are_zero)
{
	expect_hits("-1", HITS_NEGATIVE, 0);
	expect_hits("-1.0", HITS_NEGATIVE, 0);
	expect_hits("-99999999999999999999999", HITS_NEGATIVE, 0);
}
END_TEST

START_TEST(hits_saturate_from_2_to_the_63)
{
	expect_hits("9223372036854775808", HITS_HUGE, HITS_MOST);
	expect_hits("18446744073709551615", HITS_HUGE, HITS_MOST);
	expect_hits("18446744073709551619", HITS_HUGE, HITS_MOST);
	expect_hits("99999999999999999999", HITS_HUGE, HITS_MOST);
	expect_hits("1e999999999", HITS_HUGE, HITS_MOST);
	expect_hits("1e99999999999999999999999999", HITS_HUGE, HITS_MOST);
}
END_TEST

START_TEST(hits_refuse_the_rest)
{
	static const char *const texts[] = {"", " ", "x", "1.5", "-1.5", "1e-1", "1e-999999999",
	    "NaN", "inf", "0x1", "1e", "1e+", "e3", ".", "+", "-", "1,0", "1 0", "--1", "1.0.0",
	    "1e1e1", "99999999999999999999999.5", "0.000000000000000000000000000000001"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		expect_hits(texts[i], HITS_BAD, 0);
}
END_TEST

START_TEST(decimals_are_exact)
{
	expect_decimal("0", NUMBER_OK, 0, 0);
	expect_decimal("12.50", NUMBER_OK, 125, 1);
	expect_decimal("0,25", NUMBER_OK, 25, 2);
	expect_decimal(".5", NUMBER_OK, 5, 1);
	expect_decimal("5.", NUMBER_OK, 5, 0);
	expect_decimal("1000", NUMBER_OK, 1000, 0);
	expect_decimal("1e-3", NUMBER_OK, 1, 3);
	expect_decimal("1.5E3", NUMBER_OK, 1500, 0);
	expect_decimal("10e-1", NUMBER_OK, 1, 0);
	expect_decimal("0.123456789012345678", NUMBER_OK, 123456789012345678u, 18);
	expect_decimal("1e999999999", NUMBER_OVERFLOW, 0, 0);
	expect_decimal("18446744073709551619", NUMBER_OVERFLOW, 0, 0);
	expect_decimal("NaN", NUMBER_NONE, 0, 0);
	expect_decimal("1.2,3", NUMBER_NONE, 0, 0);
	expect_decimal("", NUMBER_NONE, 0, 0);
}
END_TEST

START_TEST(decimals_say_what_they_dropped)
{
	struct number n;

	ck_assert_int_eq(number_decimal(STR("0.1234567890123456789"), NUMBER_POINT, &n), NUMBER_OK);
	ck_assert(!n.exact && n.units == 123456789012345678u && n.places == 18);
	ck_assert_int_eq(number_decimal(STR("-1e-999999999"), NUMBER_POINT, &n), NUMBER_OK);
	ck_assert(!n.exact && !n.negative && n.units == 0 && n.places == 0);
	ck_assert_int_eq(number_decimal(STR("-2.5"), NUMBER_POINT, &n), NUMBER_OK);
	ck_assert(n.exact && n.negative && n.units == 25 && n.places == 1);
	ck_assert_int_eq(number_decimal(STR("1,5"), NUMBER_POINT, &n), NUMBER_NONE);
}
END_TEST

START_TEST(long_texts_take_linear_time)
{
	size_t length = 4u << 20;
	char *text = malloc(length);
	uint64_t out;

	memset(text, '0', length);
	text[1] = '.';
	memcpy(text + length - 9, "1e4194293", 9);	/* the 1 has 4194293 zeros before it */
	ck_assert_int_eq(number_hits((struct str){text, length}, &out), HITS_BAD);
	memcpy(text + length - 9, "1e4194295", 9);
	ck_assert_int_eq(number_hits((struct str){text, length}, &out), HITS_OK);
	ck_assert_uint_eq(out, 10);
	free(text);
}
END_TEST

/* Any value printed is the value read, through the fast way and the slow one. */
START_TEST(values_survive_printing)
{
	unsigned seed = 20240607;

	printf("seed %u\n", seed);
	srandom(seed);
	for (int i = 0; i < 20000; i++) {
		uint64_t bits = (uint64_t)random() << 40 ^ (uint64_t)random() << 20 ^
		    (uint64_t)random();
		uint64_t value = bits >> random() % 64;
		char text[64];

		snprintf(text, sizeof(text), "%" PRIu64, value);
		expect_u64(text, NUMBER_OK, value);
		expect_hits(text, value > HITS_MOST ? HITS_HUGE : HITS_OK,
		    value > HITS_MOST ? HITS_MOST : value);
		value >>= 2;
		snprintf(text, sizeof(text), "+%" PRIu64 ".000e0", value);
		expect_hits(text, HITS_OK, value);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("number");
	TCase *tcase = tcase_create("number");

	tcase_add_test(tcase, u64_takes_digits_alone);
	tcase_add_test(tcase, u64_does_not_stop_at_nul);
	tcase_add_test(tcase, hits_accept_integral_decimals);
	tcase_add_test(tcase, hits_below_zero_are_zero);
	tcase_add_test(tcase, hits_saturate_from_2_to_the_63);
	tcase_add_test(tcase, hits_refuse_the_rest);
	tcase_add_test(tcase, decimals_are_exact);
	tcase_add_test(tcase, decimals_say_what_they_dropped);
	tcase_add_test(tcase, long_texts_take_linear_time);
	tcase_add_test(tcase, values_survive_printing);
	suite_add_tcase(suite, tcase);
	return suite;
}
