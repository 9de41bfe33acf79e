/* Markdown within its budget, and names that can't leave their cells (GITHUB 4). */
#include "unit.h"

#include "base/mem.h"
#include "judge/gate.h"
#include "judge/measure.h"
#include "render/escape.h"
#include "render/writers.h"

#include <stdio.h>
#include <stdlib.h>

static void
expect_cell(const char *text, const char *expected)
{
	struct strbuf out = {0};

	escape_markdown(&out, str_of(text));
	ck_assert_str_eq(strbuf_string(&out), expected);
	strbuf_clear(&out);
}

START_TEST(cells)
{
	expect_cell("79.99", "79.99");
	expect_cell("3-5", "3-5");
	expect_cell("3-5,7", "`3-5,7`");
	expect_cell("-5", "`-5`");
	expect_cell("5-", "`5-`");
	expect_cell("999999", "999999");
	expect_cell("1234567", "`1234567`");
	expect_cell("1.234567.8", "1.234567.8");
	expect_cell("1.2345678", "`1.2345678`");
	expect_cell("1/2", "`1/2`");
	expect_cell("@octocat #1", "`@octocat #1`");
	expect_cell("a|b", "`a\\|b`");
	expect_cell("a\\|b", "`a\\\\x7cb`");
	expect_cell("a`b", "``a`b``");
	expect_cell("`a", "`` `a ``");
	expect_cell(" a ", "`  a  `");
	expect_cell("a\nb\x1b[1m", "`a\\nb\\x1b[1m`");
	expect_cell("\xe2\x80\xae" "abc", "`\\u202eabc`");
	expect_cell("", "");
}
END_TEST

START_TEST(long_names_are_cut_between_characters)
{
	struct strbuf name = {0}, out = {0};

	for (int i = 0; i < 1000; i++)
		strbuf_add_string(&name, "é");
	escape_markdown(&out, strbuf_str(&name));
	ck_assert_uint_eq(out.length, 2 * ESCAPE_MARKDOWN_MOST + 2 + strlen("…"));
	strbuf_clear(&name);
	strbuf_clear(&out);
}
END_TEST

START_TEST(blocks)
{
	struct strbuf out = {0};

	escape_markdown_block(&out, STR("a\n````\nb\r\nc\nd"), 3);
	ck_assert_str_eq(strbuf_string(&out), "`````text\na\n````\nb\n… 2 more lines\n`````\n");
	strbuf_reset(&out);
	escape_markdown_block(&out, STR(""), 3);
	escape_markdown_block(&out, STR("a"), 0);
	ck_assert_uint_eq(out.length, 0);
	strbuf_clear(&out);
}
END_TEST

static const char *const hostile[] = {
	"@octocat", "a|b", "x\\|y", "```", "</details>", "<script>alert(1)</script>", "[x](http://evil.example)", "line\nbreak",
	"`", "\\", "|", "https://evil.example/", "0123456789abcdef0123456789abcdef01234567", "-->", "\xff\xfe", "\xe2\x80\xae",
};

enum { HOSTILE = sizeof(hostile) / sizeof(hostile[0]) };

static void
add_failing(struct report *report, unsigned number)
{
	const char *word = hostile[number % HOSTILE];
	struct strbuf name = {0};
	struct test_message message = {.kind = MESSAGE_FAILURE};
	struct test_case row = {.status = TEST_FAILED, .time = TEST_TIME_UNKNOWN, .hash = number};

	strbuf_addf(&name, "%s %u", word, number);
	row.name = strpool_add(&report->strings, strbuf_str(&name));
	row.container = strpool_add(&report->strings, str_of(hostile[number * 7 % HOSTILE]));
	message.message = strpool_add(&report->strings, str_of(word));
	message.text = strpool_add(&report->strings, str_of(hostile[number * 5 % HOSTILE]));
	row.detail = tests_message(&report->tests, 0, &message);
	tests_add(&report->tests, &row);
	strbuf_clear(&name);
}

/* The Markdown of a run with so many failing tests of hostile names; owned. */
static char *
markdown(unsigned failing, size_t budget)
{
	struct report report = {0};
	struct result result = {0};
	struct rules rules = {0};
	struct run_facts facts = {.tests_seen = true};
	struct render_settings settings = {.budget = budget};
	struct output *out = output_memory();
	struct error err = {0};
	char *text;

	report_begin(&report, STR("unit"), STR(""));
	tests_begin(&report.tests, strpool_add(&report.strings, STR("junit.xml")), 0);
	for (unsigned i = 0; i < failing; i++)
		add_failing(&report, i);
	report_settle(&report);
	measure(&report, &rules, &result);
	measure_tests(&rules, &result, &report.audit);
	ck_assert_msg(judge(&rules, &facts, &result, &err), "%s", err.message);
	ck_assert_msg(renderer_markdown.write(&result, &settings, out, &err), "%s", err.message);
	text = mem_string(output_content(out).s, output_content(out).length);
	output_abort(out);
	result_clear(&result);
	report_clear(&report);
	return text;
}

/* Cells of a row: bars that no backslash stands before. */
static size_t
bars(const char *line, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += line[i] == '|' && (!i || line[i - 1] != '\\');
	return count;
}

static bool
is_fence(const char *line)
{
	return strncmp(line, "```", 3) == 0;
}

/* Rows have as many cells as their table's head; fences and <details> close. */
static void
expect_well_formed(const char *text)
{
	size_t columns = 0, fence = 0;
	int details = 0;

	for (const char *line = text, *end; *line; line = end + 1) {
		size_t length = strcspn(line, "\n");
		size_t run = strspn(line, "`");

		end = line + length;
		ck_assert_int_eq(*end, '\n');
		if (fence) {
			fence = run >= fence && run == length ? 0 : fence;
			continue;
		}
		fence = is_fence(line) ? run : 0;
		details += strncmp(line, "<details>", 9) == 0;
		details -= strncmp(line, "</details>", 10) == 0;
		if (*line != '|')
			columns = 0;
		else if (!columns)
			columns = bars(line, length);
		else
			ck_assert_msg(columns == bars(line, length), "%.*s", (int)length, line);
	}
	ck_assert_uint_eq(fence, 0);
	ck_assert_int_eq(details, 0);
}

static void
expect_link(const struct render_links *links, const char *path, bool changed, uint32_t first, uint32_t last,
    const char *expected)
{
	struct strbuf url = {0};

	links_lines(links, str_of(path), changed, first, last, &url);
	ck_assert_str_eq(strbuf_string(&url), expected);
	strbuf_clear(&url);
}

START_TEST(links_lead_into_the_diff_or_to_the_file)
{
	struct render_links links = {"https://h", "o/r", 7, "abc", "", ""};

	expect_link(&links, "a b.c", false, 0, 0, "https://h/o/r/blob/abc/a%20b.c");
	expect_link(&links, "a.c", false, 3, 5, "https://h/o/r/blob/abc/a.c#L3-L5");
	expect_link(&links, "a.c", true, 3, 3,
	    "https://h/o/r/pull/7/files#diff-ad4573f052ff7302a57fd72c2fa41f65cadbe842043b962738f9038a38531e84R3");
	expect_link(&links, "../a.c", false, 1, 1, "");
	expect_link(&links, "a/../../../../evil/x", false, 1, 1, "");
	expect_link(&links, "a/..", false, 1, 1, "");
	expect_link(&links, "a/..b/c..", false, 0, 0, "https://h/o/r/blob/abc/a/..b/c..");
	expect_link(&links, "/etc/passwd", false, 1, 1, "");
	expect_link(&links, "https://evil.example/", false, 1, 1, "");
	expect_link(&links, "](x)", false, 0, 0, "https://h/o/r/blob/abc/%5D%28x%29");
	links.repository = "";
	expect_link(&links, "a.c", false, 1, 1, "");
	expect_link(NULL, "a.c", false, 1, 1, "");
}
END_TEST

START_TEST(budgets_are_kept)
{
	static const size_t budgets[] = {1000000, 65000, 20000, 3000, 1200};

	for (size_t i = 0; i < sizeof(budgets) / sizeof(budgets[0]); i++) {
		char *text = markdown(3000, budgets[i]);

		ck_assert_uint_le(strlen(text), budgets[i]);
		ck_assert_ptr_nonnull(strstr(text, "## ❌ 1 of 2 gates failed"));
		ck_assert_ptr_nonnull(strstr(text, "❌ failed `max-failures`"));
		ck_assert(budgets[i] == 1000000 || strstr(text, "_Left out to fit: "));
		expect_well_formed(text);
		free(text);
	}
}
END_TEST

START_TEST(without_a_budget_all_is_there)
{
	char *text = markdown(300, 0);

	ck_assert_ptr_null(strstr(text, "_Left out"));
	ck_assert_ptr_nonnull(strstr(text, "### Failing tests (300)"));
	expect_well_formed(text);
	free(text);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("markdown");
	TCase *escape = tcase_create("escape");
	TCase *budget = tcase_create("budget");

	tcase_add_test(escape, cells);
	tcase_add_test(escape, long_names_are_cut_between_characters);
	tcase_add_test(escape, blocks);
	tcase_add_test(escape, links_lead_into_the_diff_or_to_the_file);
	suite_add_tcase(suite, escape);
	tcase_set_timeout(budget, 120);
	tcase_add_test(budget, budgets_are_kept);
	tcase_add_test(budget, without_a_budget_all_is_there);
	suite_add_tcase(suite, budget);
	return suite;
}
