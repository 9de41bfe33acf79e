/* Exact fractions (COVERAGE 4). */
#include "unit.h"

#include "model/ratio.h"

#include <stdio.h>
#include <stdlib.h>

static struct decimal
limit_of(const char *text)
{
	struct decimal limit;

	ck_assert_msg(decimal_parse(str_of(text), 100, &limit), "%s", text);
	return limit;
}

START_TEST(decimals)
{
	static const char *const good[] = {"0", "80", "79.5", "100", "100.000", "80%", " 80 % ", "007",
	    "0.123456789012345678"};
	static const char *const bad[] = {"", "%", ".5", "80.", "-1", "+1", "100.1", "101", "1e2", "0x10", "80%%",
	    "0.1234567890123456789", "80,5", "nan", "99999999999999999999999"};
	struct decimal limit;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ck_assert_msg(decimal_parse(str_of(good[i]), 100, &limit), "%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!decimal_parse(str_of(bad[i]), 100, &limit), "%s", bad[i]);
	ck_assert_str_eq(limit_of(" 79.50% ").text, "79.50");
}
END_TEST

START_TEST(gates_compare_exactly)
{
	struct decimal ninety = limit_of("90"), all = limit_of("100"), third = limit_of("33.333333333333333333");

	ck_assert(!ratio_reaches((struct ratio){8996, 10000}, &ninety));
	ck_assert_uint_eq(ratio_needed((struct ratio){8996, 10000}, &ninety), 4);
	ck_assert(!ratio_reaches((struct ratio){99996, 100000}, &all));
	ck_assert_uint_eq(ratio_needed((struct ratio){99996, 100000}, &all), 4);
	ck_assert(ratio_reaches((struct ratio){9000, 10000}, &ninety));
	ck_assert_uint_eq(ratio_needed((struct ratio){9000, 10000}, &ninety), 0);
	ck_assert(ratio_reaches((struct ratio){1, 3}, &third));
	ck_assert(ratio_reaches((struct ratio){1ull << 55, 1ull << 55}, &all));
	ck_assert(!ratio_reaches((struct ratio){(1ull << 55) - 1, 1ull << 55}, &all));
}
END_TEST

START_TEST(nothing_measured_reaches_nothing)
{
	struct decimal zero = limit_of("0");
	char text[RATIO_TEXT];

	ck_assert(!ratio_reaches((struct ratio){0, 0}, &zero));
	ck_assert_str_eq(ratio_text((struct ratio){0, 0}, text), "n/a");
}
END_TEST

START_TEST(shown_percent_is_floored)
{
	char text[RATIO_TEXT];

	ck_assert_str_eq(ratio_text((struct ratio){8996, 10000}, text), "89.96");
	ck_assert_str_eq(ratio_text((struct ratio){99996, 100000}, text), "99.99");
	ck_assert_str_eq(ratio_text((struct ratio){999999999, 1000000000}, text), "99.99");
	ck_assert_str_eq(ratio_text((struct ratio){1, 1}, text), "100");
	ck_assert_str_eq(ratio_text((struct ratio){1, 1000000}, text), "0.00");
	ck_assert_str_eq(ratio_text((struct ratio){1, 3}, text), "33.33");
}
END_TEST

START_TEST(drops_compare_exactly)
{
	struct decimal none = limit_of("0"), one = limit_of("1"), third = limit_of("33.333333333333333333"),
	    more = limit_of("33.333333333333333334");

	ck_assert(ratio_drop_within((struct ratio){80, 100}, (struct ratio){79, 100}, &one));
	ck_assert(!ratio_drop_within((struct ratio){80, 100}, (struct ratio){7899, 10000}, &one));
	ck_assert_uint_eq(ratio_drop_needed((struct ratio){80, 100}, (struct ratio){7899, 10000}, &one), 1);
	ck_assert(ratio_drop_within((struct ratio){8, 10}, (struct ratio){80, 100}, &none));
	ck_assert(ratio_drop_within((struct ratio){8, 10}, (struct ratio){9, 10}, &none));
	ck_assert(!ratio_drop_within((struct ratio){1, 3}, (struct ratio){0, 7}, &third));
	ck_assert(ratio_drop_within((struct ratio){1, 3}, (struct ratio){0, 7}, &more));
	ck_assert(!ratio_drop_within((struct ratio){1ull << 55, 1ull << 55},
	    (struct ratio){(1ull << 55) - 1, 1ull << 55}, &none));
	ck_assert_uint_eq(ratio_drop_needed((struct ratio){3, 3}, (struct ratio){0, 10}, &third), 7);
}
END_TEST

START_TEST(only_no_change_is_shown_as_none)
{
	char text[CHANGE_TEXT];

	ck_assert_str_eq(change_text(ratio_change((struct ratio){8, 10}, (struct ratio){80, 100}), text), "0");
	ck_assert_str_eq(change_text(ratio_change((struct ratio){0, 1000000}, (struct ratio){1, 1000000}), text), "+0.01");
	ck_assert_str_eq(change_text(ratio_change((struct ratio){1, 1000000}, (struct ratio){0, 1000000}), text), "-0.01");
	ck_assert_str_eq(change_text(ratio_change((struct ratio){1, 1}, (struct ratio){0, 1}), text), "-100.00");
	ck_assert_str_eq(change_text(ratio_change((struct ratio){1ull << 55, 1ull << 55},
	    (struct ratio){1, 1ull << 55}), text), "-100.00");
}
END_TEST

static struct ratio
random_ratio(unsigned *seed)
{
	uint64_t total = 1 + (uint64_t)rand_r(seed) % 100000;

	return (struct ratio){(uint64_t)rand_r(seed) % (total + 1), total};
}

START_TEST(changes_turned_round_have_the_other_sign)
{
	unsigned seed = 20240501, state = seed;
	struct decimal none = limit_of("0"), two = limit_of("2.5");

	printf("ratio: seed %u\n", seed);
	for (int i = 0; i < 20000; i++) {
		struct ratio a = random_ratio(&state), b = random_ratio(&state);
		uint64_t needed = ratio_drop_needed(a, b, &two);

		ck_assert_int_eq(ratio_change(a, b), -ratio_change(b, a));
		ck_assert_int_eq(ratio_change(a, a), 0);
		ck_assert_int_eq(ratio_drop_within(a, b, &none), ratio_change(a, b) >= 0);
		ck_assert_int_eq(ratio_drop_within(a, b, &two), !needed);
		ck_assert(ratio_drop_within(a, (struct ratio){b.covered + needed, b.total}, &two));
		ck_assert(!needed || !ratio_drop_within(a, (struct ratio){b.covered + needed - 1, b.total}, &two));
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("ratio");
	TCase *exact = tcase_create("exact");

	tcase_add_test(exact, decimals);
	tcase_add_test(exact, gates_compare_exactly);
	tcase_add_test(exact, nothing_measured_reaches_nothing);
	tcase_add_test(exact, shown_percent_is_floored);
	tcase_add_test(exact, drops_compare_exactly);
	tcase_add_test(exact, only_no_change_is_shown_as_none);
	tcase_add_test(exact, changes_turned_round_have_the_other_sign);
	suite_add_tcase(suite, exact);
	return suite;
}
