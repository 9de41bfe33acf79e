/* Which writer goes where. */
#include "unit.h"

#include "cli/outputs.h"

#include <stdlib.h>

static struct error err;

static const char *
format_of(const char *value, const char **target)
{
	struct output_request request;

	error_clear(&err);
	if (!output_request_parse(str_of(value), &request, &err)) {
		ck_assert_int_eq(err.code, ERROR_USAGE);
		return NULL;
	}
	*target = request.target;
	return request.renderer->name;
}

static void
assert_parses(const char *value, const char *format, const char *target)
{
	const char *got = "";

	ck_assert_msg(format_of(value, &got), "%s: %s", value, err.message);
	ck_assert_str_eq(format_of(value, &got), format);
	ck_assert_str_eq(got, target);
}

static void
assert_refused(const char *value, const char *message)
{
	const char *target;

	ck_assert_msg(!format_of(value, &target), "%s", value);
	ck_assert_msg(strstr(err.message, message), "%s: %s", value, err.message);
}

START_TEST(the_format_is_given_or_the_name_decides)
{
	assert_parses("json:out.txt", "json", "out.txt");
	assert_parses("json:a:b", "json", "a:b");
	assert_parses("out.json", "json", "out.json");
	assert_parses("./a:b.json", "json", "./a:b.json");
	assert_parses("text:-", "text", "-");
	assert_parses("-", "text", "-");
	assert_parses("C:\\out.json", "json", "C:\\out.json");
}
END_TEST

START_TEST(names_that_tell_nothing_are_refused)
{
	assert_refused("out.xml", "write FORMAT:out.xml");
	assert_refused("out", "tells no format");
	assert_refused("jsno:out", "did you mean 'json'?");
	assert_refused("json:", "no target");
	assert_refused("", "no target");
}
END_TEST

START_TEST(two_outputs_need_two_places)
{
	struct output_request requests[2] = {{.target = "-"}, {.target = "-"}};
	struct settings settings = {.outputs = {requests, 2, 2}};

	ck_assert(!outputs_check(&settings, &err));
	ck_assert_int_eq(err.code, ERROR_USAGE);
	requests[1].target = "x.json";
	ck_assert(outputs_check(&settings, &err));
}
END_TEST

START_TEST(colour_is_asked_for_or_told_by_the_terminal)
{
	ck_assert(outputs_colour(COLOUR_ALWAYS, "file.txt"));
	ck_assert(!outputs_colour(COLOUR_NEVER, "-"));
	ck_assert(!outputs_colour(COLOUR_AUTO, "file.txt"));
	setenv("NO_COLOR", "1", 1);
	ck_assert(!outputs_colour(COLOUR_AUTO, "-"));
	ck_assert(outputs_colour(COLOUR_ALWAYS, "-"));
	unsetenv("NO_COLOR");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("outputs");
	TCase *requests = tcase_create("requests");

	tcase_add_test(requests, the_format_is_given_or_the_name_decides);
	tcase_add_test(requests, names_that_tell_nothing_are_refused);
	tcase_add_test(requests, two_outputs_need_two_places);
	tcase_add_test(requests, colour_is_asked_for_or_told_by_the_terminal);
	suite_add_tcase(suite, requests);
	return suite;
}
