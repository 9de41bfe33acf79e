/* GITHUB 3.2: markers of comments, which anyone may have written. */
#include "unit.h"

#include "publish/comment.h"
#include "publish/marker.h"

static struct marker
sample(void)
{
	struct marker marker = {.run = 12345678901, .attempt = 2};

	strcpy(marker.sha, "0123456789012345678901234567890123456789");
	digest_hex(STR("text"), marker.hash);
	digest_hex(STR("state"), marker.state);
	return marker;
}

START_TEST(what_is_written_is_read)
{
	static const char *const keys[] = {"default", "py3.11_x-1", "a b", "", "-->\n@x", "\xff",
		"~", "~YQ", "a", "ab", "abc"};
	struct marker marker = sample(), read;
	struct strbuf text = {0};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		strbuf_reset(&text);
		marker_add(&text, keys[i], &marker);
		ck_assert_msg(strstr(strbuf_string(&text), "-->") ==
		    text.s + text.length - strlen("-->\n"), "%s", text.s);
		strbuf_add_string(&text, "body -->");
		for (size_t j = 0; j < sizeof(keys) / sizeof(keys[0]); j++)
			ck_assert_msg(marker_parse(strbuf_str(&text), keys[j], &read) == (i == j),
			    "%s as '%s'", text.s, keys[j]);
		ck_assert(marker_parse(strbuf_str(&text), keys[i], &read));
		ck_assert_mem_eq(&read, &marker, sizeof(marker));
	}
	strbuf_clear(&text);
}
END_TEST

START_TEST(the_form_is_the_documented_one)
{
	struct marker marker = {.run = 5, .attempt = 1, .sha = "aa", .hash = "bb", .state = "cc"};
	struct strbuf text = {0};

	marker_add(&text, "default", &marker);
	ck_assert_str_eq(strbuf_string(&text),
	    "<!-- muster:default v=1 sha=aa run=5 attempt=1 hash=bb state=cc -->\n");
	strbuf_clear(&text);
}
END_TEST

START_TEST(hostile_markers)
{
	static const char *const not_ours[] = {"", "<!-- muster:k", " <!-- muster:k v=1 -->",
		"> <!-- muster:k v=1 -->", "<!-- muster:k v=1\n-->", "<!-- muster:kk v=1 -->",
		"<!-- muster:K v=1 -->", "x\n<!-- muster:k v=1 -->", "<!-- muster:k v=1"};
	static const char *const ours[] = {"<!-- muster:k v=1 -->", "<!-- muster:k v=1 -->\r\nx",
		"<!-- muster:k v=1 = == =x x= run -->",
		"<!-- muster:k v=1 run= attempt=-1 sha=xyz -->",
		"<!-- muster:k v=1 run=99999999999999999999 attempt=0x1 hash=ABCDEF -->",
		"<!-- muster:k v=1 hash=00000000000000000000000000000000000000000000000000000000000"
		"000000000000000000000000000000000000000 -->"};
	struct str with_nul = STR("<!-- muster:k v=1 sha=\0a -->");
	struct marker marker;

	for (size_t i = 0; i < sizeof(not_ours) / sizeof(not_ours[0]); i++)
		ck_assert_msg(!marker_parse(str_of(not_ours[i]), "k", &marker), "%s", not_ours[i]);
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		ck_assert_msg(marker_parse(str_of(ours[i]), "k", &marker), "%s", ours[i]);
		ck_assert(!marker.run && !marker.attempt);
		ck_assert(!*marker.sha && !*marker.hash && !*marker.state);
	}
	ck_assert(marker_parse(with_nul, "k", &marker));
	ck_assert(!*marker.sha);
}
END_TEST

START_TEST(runs_then_attempts_order_them)
{
	static const struct marker order[] = {{.run = 0, .attempt = 9}, {.run = 1, .attempt = 1},
		{.run = 1, .attempt = 2}, {.run = 2, .attempt = 1}};

	for (int i = 0; i < 4; i++)
		for (int j = 0; j < 4; j++) {
			int result = marker_compare(&order[i], &order[j]);

			ck_assert_int_eq((result > 0) - (result < 0), (i > j) - (i < j));
		}
}
END_TEST

START_TEST(the_sub_line_is_no_news)
{
	static const struct {
		const char *text;
		const char *shown;
	} rows[] = {{"a\n\n<sub>run 1</sub>\n", "a\n\n"}, {"a\n<sub>1</sub>", "a\n"},
		{"a\n", "a\n"}, {"<sub>1</sub>", ""}, {"", ""}, {"\n\n", "\n\n"},
		{"a <sub>1</sub>", "a <sub>1</sub>"}, {"<sub>1</sub>\nb\n", "<sub>1</sub>\nb\n"}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert(str_equal(comment_shown(str_of(rows[i].text)), str_of(rows[i].shown)));
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("marker");
	TCase *tests = tcase_create("marker");

	tcase_add_test(tests, what_is_written_is_read);
	tcase_add_test(tests, the_form_is_the_documented_one);
	tcase_add_test(tests, hostile_markers);
	tcase_add_test(tests, runs_then_attempts_order_them);
	tcase_add_test(tests, the_sub_line_is_no_news);
	suite_add_tcase(suite, tests);
	return suite;
}
