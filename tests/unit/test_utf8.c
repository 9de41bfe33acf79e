/* UTF-8 is decoded strictly, and measured as terminals show it. */
#include "base/utf8.h"
#include "unit.h"

#include "base/strbuf.h"

START_TEST(every_character_round_trips)
{
	struct strbuf buf = {0};

	for (uint32_t c = 1; c <= 0x10ffff; c += c < 0x3000 ? 1 : 97) {
		uint32_t back = 0;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		strbuf_reset(&buf);
		strbuf_add_utf8(&buf, c);
		ck_assert_uint_eq(utf8_decode(strbuf_str(&buf), &back), buf.length);
		ck_assert_uint_eq(back, c);
	}
	strbuf_clear(&buf);
}
END_TEST

START_TEST(what_is_no_character_is_refused)
{
	static const char *const bad[] = {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80",
		"\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x82", "\xe2(\xa1"};
	uint32_t c;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(utf8_decode(str_of(bad[i]), &c) == 0, "row %zu", i);
	ck_assert_uint_eq(utf8_decode(STR(""), &c), 0);
	ck_assert_uint_eq(utf8_decode(STR("\0"), &c), 1);
}
END_TEST

START_TEST(widths_are_those_of_terminals)
{
	static const struct {
		const char *text;
		size_t columns;
	} rows[] = {
		{"", 0}, {"abc", 3}, {"é", 1}, {"e\xcc\x81", 1}, {"日本語", 6}, {"✓ ok", 4}, {"❌", 2}, {"한글", 4},
		{"😀", 2}, {"…", 1}, {"\xff\xfe", 2},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(utf8_columns(str_of(rows[i].text)) == rows[i].columns, "row %zu", i);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("utf8");
	TCase *tcase = tcase_create("utf8");

	tcase_add_test(tcase, every_character_round_trips);
	tcase_add_test(tcase, what_is_no_character_is_refused);
	tcase_add_test(tcase, widths_are_those_of_terminals);
	suite_add_tcase(suite, tcase);
	return suite;
}
