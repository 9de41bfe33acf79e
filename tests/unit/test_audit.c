/* Findings are bounded and ordered by what they say. */
#include "unit.h"

#include "base/limits.h"
#include "model/audit.h"

START_TEST(one_code_is_counted_past_the_limit)
{
	struct audit audit = {0};

	audit_begin(&audit, STR("unit.xml"));
	for (uint64_t line = 1; line <= LIMIT_FINDINGS + 12; line++)
		audit_add(&audit, AUDIT_WARNING, line, "hits-negative", "line %u", (unsigned)line);
	audit_end(&audit);
	ck_assert_uint_eq(audit.count, LIMIT_FINDINGS + 1);
	ck_assert_str_eq(audit.findings[LIMIT_FINDINGS].message, "and 12 more of this kind");
	ck_assert_str_eq(audit.findings[LIMIT_FINDINGS].report, "unit.xml");
	audit_clear(&audit);
}
END_TEST

START_TEST(arrival_does_not_show)
{
	struct audit a = {0}, b = {0}, both = {0}, other = {0};

	audit_begin(&a, STR("a.xml"));
	audit_add(&a, AUDIT_ERROR, 7, "late", "second");
	audit_add(&a, AUDIT_NOTE, 3, "early", "first");
	audit_end(&a);
	audit_begin(&b, STR("b.xml"));
	audit_add(&b, AUDIT_NOTE, 1, "other", "third");
	audit_end(&b);
	audit_merge(&both, &a);
	audit_merge(&both, &b);
	audit_merge(&other, &b);
	audit_merge(&other, &a);
	audit_merge(&other, &a);
	audit_sort(&both);
	audit_sort(&other);
	ck_assert_uint_eq(both.count, 3);
	ck_assert_uint_eq(other.count, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_str_eq(both.findings[i].message, other.findings[i].message);
	ck_assert_str_eq(both.findings[0].message, "first");
	ck_assert_uint_eq(audit_count(&both, AUDIT_NOTE), 2);
	audit_clear(&a);
	audit_clear(&b);
	audit_clear(&both);
	audit_clear(&other);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("audit");
	TCase *findings = tcase_create("findings");

	tcase_add_test(findings, one_code_is_counted_past_the_limit);
	tcase_add_test(findings, arrival_does_not_show);
	suite_add_tcase(suite, findings);
	return suite;
}
