/* A report must fit the sources of the work tree. */
#include "unit.h"

#include "merge/sources.h"
#include "model/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char root[] = "/tmp/muster-sources-XXXXXX";
static struct report report;

static void
set_up(void)
{
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
	report = (struct report){0};
	report_begin(&report, STR("unit"), STR(""));
}

static void
tear_down(void)
{
	char command[128];

	report_clear(&report);
	snprintf(command, sizeof(command), "rm -rf %s", root);
	ck_assert_int_eq(system(command), 0);
}

static void
put(const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

/* The findings for files of this many lines each, as a report has them. */
static size_t
check(const struct str *names, const uint32_t *lines, size_t count)
{
	struct tree *tree = tree_of(names, count);
	struct intake intake = {0};

	for (size_t i = 0; i < count; i++) {
		intake_open(&intake, names[i], 1);
		intake_line(&intake, lines[i], 1);
	}
	intake_finish(&intake, &report);
	sources_check(&report, tree, str_of(root), 2);
	tree_free(tree);
	return report.audit.count;
}

START_TEST(the_last_line_is_within)
{
	const struct str names[] = {STR("a.py"), STR("b.py")};

	put("a.py", "1\n2\n3\n");
	put("b.py", "1\n2\n3");
	ck_assert_uint_eq(check(names, (const uint32_t[]){3, 3}, 2), 0);
}
END_TEST

START_TEST(a_line_beyond_is_a_warning)
{
	const struct str names[] = {STR("a.py"), STR("b.py"), STR("c.py")};

	put("a.py", "1\n2\n3\n");
	put("b.py", "1\n2\n3");
	put("c.py", "");
	ck_assert_uint_eq(check(names, (const uint32_t[]){4, 4, 1}, 3), 3);
	ck_assert_int_eq(report.audit.findings[0].level, AUDIT_WARNING);
	ck_assert_str_eq(report.audit.findings[0].code, "source-mismatch");
	ck_assert_str_eq(report.audit.findings[0].message,
	    "a.py: source does not match the report: it has 3 lines, line 4 is reported");
}
END_TEST

START_TEST(what_is_not_there_is_not_judged)
{
	const struct str names[] = {STR("gone.py"), STR("../out.py")};

	ck_assert_uint_eq(check(names, (const uint32_t[]){9, 9}, 2), 0);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("sources");
	TCase *checking = tcase_create("checking");

	tcase_add_checked_fixture(checking, set_up, tear_down);
	tcase_add_test(checking, the_last_line_is_within);
	tcase_add_test(checking, a_line_beyond_is_a_warning);
	tcase_add_test(checking, what_is_not_there_is_not_judged);
	suite_add_tcase(suite, checking);
	return suite;
}
