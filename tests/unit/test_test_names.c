/* Names of tests without what differs from run to run (TESTS 2). */
#include "unit.h"

#include "judge/test_names.h"

static void
check_name(const char *name, const char *expected)
{
	struct strbuf out = {0};
	bool replaced = test_name_normalise(str_of(name), &out);

	ck_assert_str_eq(strbuf_string(&out), expected);
	ck_assert_int_eq(replaced, strcmp(name, expected) != 0);
	strbuf_clear(&out);
}

START_TEST(what_differs_from_run_to_run_is_replaced)
{
	check_name("prints <Thing at 0x7f3a5c001230>", "prints <Thing at *>");
	check_name("id 123e4567-e89b-12d3-a456-426614174000 ok", "id * ok");
	check_name("at 2024-05-01T12:00:00.123Z", "at *");
	check_name("at 2024-05-01 12:00:00+02:00, again", "at *, again");
	check_name("at 20240501T120000Z", "at *");
	check_name("tests.TestX-20240501120000", "tests.TestX*");
	check_name("suite-20240501120000 > inner", "suite* > inner");
	check_name("reads /tmp/pytest-of-me/pytest-12/a0/in.json", "reads *in.json");
	check_name("reads '/var/folders/x/y/T/tmp8a' twice", "reads '*tmp8a' twice");
	check_name("reads /tmp/tmpab12cd", "reads *");
	check_name("C:\\Users\\me\\AppData\\Local\\Temp\\a1\\b.txt", "C:\\Users\\me*b.txt");
}
END_TEST

START_TEST(what_a_name_means_stays)
{
	static const char *const names[] = {
	    "",
	    "test_x[1]",
	    "mask 0xff",
	    "0xFFFF",
	    "2024-05-01",
	    "issue-20240501",
	    "v-99999999999999",
	    "x/tmp/y",
	    "deadbeef",
	    "a-20241301120000",
	    "/tmp/",
	    "-2024050112000",
	    "123e4567-e89b-12d3-a456-4266141740001",
	    "ratio 12:30:00",
	    "\xff\xfe",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		check_name(names[i], names[i]);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("test_names");
	TCase *names = tcase_create("names");

	tcase_add_test(names, what_differs_from_run_to_run_is_replaced);
	tcase_add_test(names, what_a_name_means_stays);
	suite_add_tcase(suite, names);
	return suite;
}
