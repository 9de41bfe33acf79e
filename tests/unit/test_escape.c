/* Text from inputs reaches a terminal as one visible line. */
#include "render/escape.h"
#include "unit.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <time.h>

static void
expect(struct str text, const char *shown)
{
	struct strbuf out = {0};

	escape_terminal(&out, text);
	ck_assert_str_eq(strbuf_string(&out), shown);
	strbuf_clear(&out);
}

START_TEST(plain_text_stays)
{
	expect(STR(""), "");
	expect(STR("src\\a b.py"), "src\\a b.py");
	expect(STR("日本語 é"), "日本語 é");
}
END_TEST

START_TEST(controls_become_visible)
{
	expect(STR("a\nb\tc\rd"), "a\\nb\\tc\\rd");
	expect(STR("\033[31m"), "\\x1b[31m");
	expect(STR("a\0b\x7f"), "a\\x00b\\x7f");
	expect(STR("\xc2\x9b" "1m"), "\\x9b1m");
}
END_TEST

START_TEST(characters_that_deceive_become_visible)
{
	expect(STR("a\xe2\x80\xaetxt.py"), "a\\u202etxt.py");
	expect(STR("\xe2\x81\xa6x\xe2\x81\xa9"), "\\u2066x\\u2069");
	expect(STR("\xe2\x80\x8b\xef\xbb\xbf\xe2\x80\xa8"), "\\u200b\\ufeff\\u2028");
	expect(STR("\xf3\xa0\x81\x81"), "\\ue0041");
}
END_TEST

START_TEST(bytes_that_are_no_characters_become_visible)
{
	expect(STR("\xff\xc3("), "\\xff\\xc3(");
	expect(STR("caf\xe9.py"), "caf\\xe9.py");
}
END_TEST

START_TEST(nothing_commands_a_runner)
{
	expect(STR("::error::x"), "\\::error::x");
	expect(STR("a ::b std::c"), "a \\::b std::c");
	expect(STR("\xc2\xa0::x"), "\xc2\xa0\\::x");
	expect(STR(":::x"), "\\:::x");
	expect(STR("##[group]a ###[b] #[c] ["), "##\\[group]a ###\\[b] #[c] [");
}
END_TEST

START_TEST(any_bytes_give_one_printable_line)
{
	unsigned seed = (unsigned)time(NULL);
	struct strbuf out = {0};

	srand(seed);
	for (int round = 0; round < 2000; round++) {
		char bytes[64];
		size_t length = (size_t)rand() % sizeof(bytes);
		struct str rest;

		for (size_t i = 0; i < length; i++)
			bytes[i] = (char)(rand() % 4 ? rand() : 0xe2);
		strbuf_reset(&out);
		escape_terminal(&out, (struct str){bytes, length});
		for (rest = strbuf_str(&out); rest.length;) {
			uint32_t c = 0;
			size_t step = utf8_decode(rest, &c);

			ck_assert_msg(step && c >= 0x20 && (c < 0x7f || c > 0x9f) && (c < 0x202a || c > 0x202e),
			    "seed %u round %d", seed, round);
			rest = (struct str){rest.s + step, rest.length - step};
		}
	}
	strbuf_clear(&out);
}
END_TEST

static void
expect_by(void (*escape)(struct strbuf *out, struct str s), struct str text, const char *escaped)
{
	struct strbuf out = {0};

	escape(&out, text);
	ck_assert_str_eq(strbuf_string(&out), escaped);
	strbuf_clear(&out);
}

START_TEST(xml_keeps_what_it_can_hold)
{
	expect_by(escape_xml_text, STR("a\tb\nc 'x' \"y\" é"), "a\tb\nc 'x' \"y\" é");
	expect_by(escape_xml_text, STR("<a> & ]]> \r"), "&lt;a&gt; &amp; ]]&gt; &#13;");
	expect_by(escape_xml_attribute, STR("\"<a>\" & '\t\n\r"), "&quot;&lt;a&gt;&quot; &amp; '&#9;&#10;&#13;");
}
END_TEST

START_TEST(xml_commands_no_runner)
{
	expect_by(escape_xml_text, STR("a\n::error::x\n \t::y std::z"), "a\n&#58;:error::x\n \t&#58;:y std::z");
	expect_by(escape_xml_text, STR("a ::b\n:::c\n:d"), "a &#58;:b\n&#58;&#58;:c\n:d");
	expect_by(escape_xml_attribute, STR("##[group]a ###[b] #[c] ["), "##&#91;group]a ###&#91;b] #[c] [");
}
END_TEST

START_TEST(xml_gets_no_character_that_it_forbids)
{
	expect_by(escape_xml_text, STR("\0\x1b\x7f"), "\xef\xbf\xbd\xef\xbf\xbd\x7f");
	expect_by(escape_xml_attribute, STR("\xff\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	expect_by(escape_xml_text, STR("\xef\xbf\xbe\xef\xbf\xbf"), "\xef\xbf\xbd\xef\xbf\xbd");
	expect_by(escape_xml_text, STR("\xf0\x9f\x98\x80"), "\xf0\x9f\x98\x80");
}
END_TEST

START_TEST(a_line_stays_one_line)
{
	expect_by(escape_line, STR("a\tb\nc\r\xff"), "a\tb\xef\xbf\xbd" "c\xef\xbf\xbd\xef\xbf\xbd");
	expect_by(escape_line, STR(""), "");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("escape");
	TCase *tcase = tcase_create("escape");

	tcase_add_test(tcase, plain_text_stays);
	tcase_add_test(tcase, controls_become_visible);
	tcase_add_test(tcase, characters_that_deceive_become_visible);
	tcase_add_test(tcase, bytes_that_are_no_characters_become_visible);
	tcase_add_test(tcase, nothing_commands_a_runner);
	tcase_add_test(tcase, any_bytes_give_one_printable_line);
	tcase_add_test(tcase, xml_keeps_what_it_can_hold);
	tcase_add_test(tcase, xml_commands_no_runner);
	tcase_add_test(tcase, xml_gets_no_character_that_it_forbids);
	tcase_add_test(tcase, a_line_stays_one_line);
	suite_add_tcase(suite, tcase);
	return suite;
}
