/* The forms of times in test reports (TESTS R14). */
#include "read/duration.h"

#include "unit.h"

static const struct {
	const char *text;
	int64_t nanoseconds;	/* -1: unknown */
} times[] = {
	{ "1", 1000000000 },
	{ "0.001", 1000000 },
	{ " 1.5\n", 1500000000 },
	{ "0", 0 },
	{ "-0.0", 0 },
	{ ".5", 500000000 },
	{ "5.", 5000000000 },
	{ "+2", 2000000000 },
	{ "0.123456789", 123456789 },
	{ "0.1234567894", 123456789 },
	{ "0.1234567895", 123456790 },
	{ "1e-3", 1000000 },
	{ "1.5E2", 150000000000 },
	{ "9.999999999999999e-05", 100000 },
	{ "1,234.50", 1234500000000 },
	{ "1.234,50", 1234500000000 },
	{ "1,234,567.5", 1234567500000000 },
	{ "0,25", 250000000 },
	{ "1,234", 1234000000000 },
	{ "12,345,678", 12345678000000000 },
	{ "0,234", 234000000 },
	{ "1,23", 1230000000 },
	{ "1234,567", 1234567000000 },
	{ "PT1.5S", 1500000000 },
	{ "PT1M", 60000000000 },
	{ "P1DT2H3M4.5S", 93784500000000 },
	{ "00:01:02.500", 62500000000 },
	{ "01:00:00", 3600000000000 },
	{ "9000000000", 9000000000000000000 },
	{ "", -1 },
	{ "  ", -1 },
	{ "NaN", -1 },
	{ "inf", -1 },
	{ "Infinity", -1 },
	{ "-5", -1 },
	{ "-0.001", -1 },
	{ "1e400", -1 },
	{ "9300000000", -1 },
	{ "1.2.3", -1 },
	{ "1,2,3", -1 },
	{ "1,2.3,4", -1 },
	{ "1.5s", -1 },
	{ "1 5", -1 },
	{ "P", -1 },
	{ "PT", -1 },
	{ "PT1", -1 },
	{ "P1S", -1 },
	{ "PT1S1H", -1 },
	{ "01:02", -1 },
	{ "01:02:", -1 },
	{ "01:02:03:04", -1 },
	{ "00:-1:02", -1 },
	{ "0x10", -1 },
};

START_TEST(forms)
{
	int64_t nanoseconds = 7;
	bool known = duration_parse(str_of(times[_i].text), &nanoseconds);

	ck_assert_msg(nanoseconds == times[_i].nanoseconds, "'%s' is %lld", times[_i].text, (long long)nanoseconds);
	ck_assert(known == (times[_i].nanoseconds >= 0));
}
END_TEST

START_TEST(too_long)
{
	char text[1001];
	int64_t nanoseconds;

	memset(text, '1', sizeof(text));
	ck_assert(!duration_parse((struct str){text, sizeof(text)}, &nanoseconds));
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("duration");
	TCase *tcase = tcase_create("duration");

	tcase_add_loop_test(tcase, forms, 0, sizeof(times) / sizeof(*times));
	tcase_add_test(tcase, too_long);
	suite_add_tcase(suite, tcase);
	return suite;
}
