/* A writer is found by its name, or by the name of what it is to write. */
#include "render/renderer.h"
#include "unit.h"

static const char *
meant_by(const char *target)
{
	const struct renderer *renderer = renderer_for_target(str_of(target));

	return renderer ? renderer->name : "";
}

START_TEST(every_row_is_found_by_its_name)
{
	for (size_t i = 0; renderers[i]; i++) {
		ck_assert_ptr_eq(renderer_find(str_of(renderers[i]->name)), renderers[i]);
		ck_assert(!renderers[i]->write != !renderers[i]->write_directory);
		ck_assert_str_ne(renderers[i]->help, "");
	}
	ck_assert_ptr_null(renderer_find(STR("jsn")));
	ck_assert_ptr_null(renderer_find(STR("")));
}
END_TEST

START_TEST(rows_are_sorted_by_name)
{
	for (size_t i = 1; renderers[i]; i++)
		ck_assert_int_lt(strcmp(renderers[i - 1]->name, renderers[i]->name), 0);
}
END_TEST

START_TEST(a_suffix_means_a_format)
{
	ck_assert_str_eq(meant_by("out/result.json"), "json");
	ck_assert_str_eq(meant_by("result.jsonx"), "");
	ck_assert_str_eq(meant_by("json"), "");
	ck_assert_str_eq(meant_by("merged.xml"), "");
	ck_assert_str_eq(meant_by("merged.info"), "lcov");
	ck_assert_str_eq(meant_by("badge.svg"), "badge");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("renderer");
	TCase *tcase = tcase_create("renderer");

	tcase_add_test(tcase, every_row_is_found_by_its_name);
	tcase_add_test(tcase, rows_are_sorted_by_name);
	tcase_add_test(tcase, a_suffix_means_a_format);
	suite_add_tcase(suite, tcase);
	return suite;
}
