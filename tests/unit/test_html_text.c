/* What enters the HTML report: names of pages, escaped text, scripts, the policy of one-file reports. */
#include "render/html_escape.h"
#include "render/html_policy.h"
#include "render/html_slug.h"
#include "unit.h"

#include <stdlib.h>

static const char *
slug_of(const char *path)
{
	static char slug[SLUG_TEXT];

	html_slug(str_of(path), slug);
	return slug;
}

START_TEST(a_slug_hints_at_the_name)
{
	ck_assert_str_eq(slug_of("core/fees.py"), "fees-py-1468cd528bd6d00e");
	ck_assert_int_eq(strncmp(slug_of("a/Some File (1).C"), "some-file-1-c-", 14), 0);
	ck_assert_int_eq(strncmp(slug_of("a/\xff\xfe"), "f-", 2), 0);
	ck_assert_int_eq(strncmp(slug_of(""), "f-", 2), 0);
}
END_TEST

START_TEST(a_slug_is_never_a_path)
{
	static const char *const hostile[] = {"../../etc/passwd", "/", "a/..", "<script>", "a\nb", "con", ".htaccess"};

	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		const char *slug = slug_of(hostile[i]);

		ck_assert_uint_eq(strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(slug));
		ck_assert_uint_ge(strlen(slug), SLUG_DIGEST + 2);
	}
}
END_TEST

START_TEST(slugs_tell_paths_apart)
{
	char first[SLUG_TEXT];
	char name[300];

	html_slug(STR("a/x.py"), first);
	ck_assert_str_ne(first, slug_of("b/x.py"));
	memset(name, 'x', sizeof(name));
	html_slug((struct str){name, sizeof(name)}, first);
	ck_assert_uint_lt(strlen(first), SLUG_TEXT);
}
END_TEST

static void
assert_escaped(struct str text, const char *expected)
{
	struct strbuf out = {0};

	html_escape(&out, text);
	ck_assert_str_eq(strbuf_string(&out), expected);
	strbuf_clear(&out);
}

START_TEST(markup_is_text)
{
	assert_escaped(STR("<a href=\"x\" title='y'>&</a>"),
	    "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
	assert_escaped(STR(""), "");
	assert_escaped(STR("tab\tand\nline"), "tab\tand\nline");
}
END_TEST

START_TEST(what_html_cannot_hold_is_shown)
{
	assert_escaped(STR("a\0b\x1b\x7f"), "a\xe2\x90\x80" "b\xe2\x90\x9b\xe2\x90\xa1");
	assert_escaped(STR("\xff\xc3\xa4\xed\xa0\x80"), "\xef\xbf\xbd\xc3\xa4\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	assert_escaped(STR("\xc2\x85\xef\xbf\xbf"), "\xef\xbf\xbd\xef\xbf\xbd");
	assert_escaped(STR("\xe2\x80\xae" "abc"), "[U+202E]abc");
}
END_TEST

/* Escapes one character after the other, as slowly as can be. */
static void
escape_slowly(struct strbuf *out, const char *s, size_t length)
{
	for (size_t i = 0; i < length; i++)
		html_escape(out, (struct str){s + i, 1});
}

START_TEST(sixteen_at_a_time_is_as_one_by_one)
{
	static const char ascii[] = "abc<>&\"' \t\n\x01\x1f\x7fxyzABC0123456789";
	unsigned seed = 20;
	char text[80];

	for (int round = 0; round < 2000; round++) {
		struct strbuf quick = {0}, slow = {0};
		size_t length = (size_t)rand_r(&seed) % sizeof(text);

		for (size_t i = 0; i < length; i++)
			text[i] = ascii[(size_t)rand_r(&seed) % (sizeof(ascii) - 1)];
		html_escape(&quick, (struct str){text, length});
		escape_slowly(&slow, text, length);
		ck_assert_str_eq(strbuf_string(&quick), strbuf_string(&slow));
		strbuf_clear(&quick);
		strbuf_clear(&slow);
	}
}
END_TEST

START_TEST(long_texts_keep_their_characters)
{
	static const char *const characters[] = {"a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
	unsigned seed = 21;
	struct strbuf text = {0}, out = {0};

	while (text.length < 100000)
		strbuf_add_string(&text, characters[rand_r(&seed) % 4]);
	html_escape(&out, strbuf_str(&text));
	ck_assert(str_equal(strbuf_str(&out), strbuf_str(&text)));
	strbuf_clear(&text);
	strbuf_clear(&out);
}
END_TEST

START_TEST(json_in_a_script_begins_no_markup)
{
	struct strbuf out = {0};

	html_escape_script(&out, STR("[\"</script><!--\xe2\x80\xa8\xe2\x80\xa9\"]"));
	ck_assert_str_eq(strbuf_string(&out), "[\"\\u003c/script>\\u003c!--\\u2028\\u2029\"]");
	strbuf_clear(&out);
}
END_TEST

START_TEST(a_policy_allows_code_by_its_digest)
{
	struct strbuf out = {0};

	html_policy(STR(""), STR("abc"), &out);
	ck_assert_str_eq(strbuf_string(&out), "default-src 'none'; "
	    "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; "
	    "script-src 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='; base-uri 'none'; form-action 'none'");
	strbuf_clear(&out);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("html_text");
	TCase *tcase = tcase_create("html_text");

	tcase_add_test(tcase, a_slug_hints_at_the_name);
	tcase_add_test(tcase, a_slug_is_never_a_path);
	tcase_add_test(tcase, slugs_tell_paths_apart);
	tcase_add_test(tcase, markup_is_text);
	tcase_add_test(tcase, what_html_cannot_hold_is_shown);
	tcase_add_test(tcase, sixteen_at_a_time_is_as_one_by_one);
	tcase_add_test(tcase, long_texts_keep_their_characters);
	tcase_add_test(tcase, json_in_a_script_begins_no_markup);
	tcase_add_test(tcase, a_policy_allows_code_by_its_digest);
	suite_add_tcase(suite, tcase);
	return suite;
}
