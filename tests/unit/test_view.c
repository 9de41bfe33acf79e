/* How numbers, percentages and times read in every output that views make. */
#include "render/view.h"
#include "unit.h"

static void
reads(struct view view, const char *expected)
{
	struct strbuf scratch = {0}, text = {0};

	strbuf_add_str(&text, view_print(view, &scratch));
	ck_assert_str_eq(strbuf_string(&text), expected);
	strbuf_clear(&scratch);
	strbuf_clear(&text);
}

START_TEST(percentages_have_two_places_but_for_all)
{
	reads(view_percent(0), "0.00");
	reads(view_percent(7), "0.07");
	reads(view_percent(9999), "99.99");
	reads(view_percent(10000), "100");
}
END_TEST

START_TEST(times_are_as_exact_as_they_are_short)
{
	reads(view_duration(0), "0.000 s");
	reads(view_duration(UINT64_C(3999999)), "0.003 s");
	reads(view_duration(UINT64_C(999999999)), "0.999 s");
	reads(view_duration(UINT64_C(1000000000)), "1.00 s");
	reads(view_duration(UINT64_C(59999999999)), "59.99 s");
	reads(view_duration(UINT64_C(60000000000)), "1 m 0 s");
	reads(view_duration(UINT64_C(3661000000000)), "1 h 1 m");
}
END_TEST

START_TEST(scalars_print_as_what_they_are)
{
	reads(view_null(), "");
	reads(view_bool(true), "true");
	reads(view_number(UINT64_MAX), "18446744073709551615");
	reads(view_hundredths(8000), "80");
	reads(view_hundredths(7999), "79.99");
	reads(view_nanoseconds(UINT64_C(12500000000)), "12.5");
	reads(view_string("a<b"), "a<b");
	reads(view_string(NULL), "");
}
END_TEST

START_TEST(zero_is_false_and_a_percentage_is_not)
{
	ck_assert(!view_truthy(view_number(0)) && view_truthy(view_number(1)));
	ck_assert(!view_truthy(view_text(STR(""))) && view_truthy(view_text(STR("0"))));
	ck_assert(!view_truthy(view_null()) && !view_truthy(view_bool(false)));
	ck_assert(view_truthy(view_percent(0)) && view_truthy(view_duration(0)));
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("view");
	TCase *cases = tcase_create("scalars");

	tcase_add_test(cases, percentages_have_two_places_but_for_all);
	tcase_add_test(cases, times_are_as_exact_as_they_are_short);
	tcase_add_test(cases, scalars_print_as_what_they_are);
	tcase_add_test(cases, zero_is_false_and_a_percentage_is_not);
	suite_add_tcase(suite, cases);
	return suite;
}
