/* GITHUB 5: workflow commands say what they should, and nothing untrusted becomes one. */
#include "unit.h"

#include "publish/workflow.h"

typedef void writer(struct strbuf *out, struct str text);

static void
check(writer *write, struct str text, const char *expected)
{
	struct strbuf out = {0};

	write(&out, text);
	ck_assert_str_eq(strbuf_string(&out), expected);
	strbuf_clear(&out);
}

START_TEST(messages)
{
	check(workflow_message, STR("50% of a\nb\r\nc"), "50%25 of a%0Ab%0Ac");
	check(workflow_message, STR("a:b,c"), "a:b,c");
	check(workflow_message, STR("x\n::error::y\n"), "x%0A\\::error::y");
	check(workflow_message, STR("\033[31m\xe2\x80\xae\r.\xff"), "\\x1b[31m\\u202e\\r.\\xff");
	check(workflow_message, STR("##[error]x ###[ ##\n##["), "##\\[error]x ###\\[ ##%0A##\\[");
	check(workflow_message, (struct str){"a\0b", 3}, "a\\x00b");
	check(workflow_message, STR(""), "");
}
END_TEST

START_TEST(properties)
{
	check(workflow_property, STR("a:b,c%d\ne"), "a%3Ab%2Cc%25d\\ne");
	check(workflow_property, STR("x::error title=y::z"), "x%3A%3Aerror title=y%3A%3Az");
	check(workflow_property, STR("##[x"), "##\\[x");
}
END_TEST

START_TEST(quotes)
{
	check(workflow_quote, STR("a\n::error::b\n  ::c\r\n##[d]"),
	    "| a\n| \\::error::b\n|   \\::c\n| ##\\[d]\n");
	check(workflow_quote, STR(""), "");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("workflow");
	TCase *tests = tcase_create("workflow");

	tcase_add_test(tests, messages);
	tcase_add_test(tests, properties);
	tcase_add_test(tests, quotes);
	suite_add_tcase(suite, tests);
	return suite;
}
