/* read/repair: which bytes become what (TESTS 4, COVERAGE 3.9), however they are cut. */
#include "base/strbuf.h"
#include "base/utf8.h"
#include "read/repair.h"
#include "unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define FFFD "\xef\xbf\xbd"

enum { COVERAGE, TESTS };

struct mended {
	struct strbuf clean;
	struct repair_note notes[REPAIR_KINDS];
	struct error err;
};

/* Repairs in pieces of `size` bytes, each in a block of its own. */
static void
mend(struct str raw, bool several_roots, size_t size, struct mended *mended)
{
	struct repair *repair = repair_new(several_roots);
	bool fine = true;
	bool last = false;

	*mended = (struct mended){0};
	while (fine && !last) {
		size_t length = raw.length < size ? raw.length : size;
		char *piece = malloc(length + 1);
		struct str clean;

		memcpy(piece, raw.s, length);
		raw = (struct str){raw.s + length, raw.length - length};
		last = !raw.length;
		fine = repair_feed(repair, (struct str){piece, length}, last, &clean, &mended->err);
		strbuf_add_str(&mended->clean, clean);
		free(piece);
	}
	ck_assert(fine == !mended->err.code);
	memcpy(mended->notes, repair_notes(repair), sizeof(mended->notes));
	repair_free(repair);
}

/* The notes as "kind@line*count" by their order. */
static void
show_notes(const struct mended *mended, struct strbuf *out)
{
	static const char *const names[REPAIR_KINDS] = {
		"encoding", "invalid", "forbidden", "cdata-end", "leading", "trailing", "roots",
		"doctype",
	};

	for (int kind = 0; kind < REPAIR_KINDS; kind++)
		if (mended->notes[kind].count)
			strbuf_addf(out, "%s%s@%" PRIu64 "*%" PRIu64, out->length ? " " : "",
			    names[kind], mended->notes[kind].line, mended->notes[kind].count);
}

static void
expect_bytes(struct str raw, int mode, const char *clean, const char *notes)
{
	for (size_t size = 1; size <= raw.length + 1; size++) {
		struct mended mended;
		struct strbuf shown = {0};

		mend(raw, mode == TESTS, size, &mended);
		ck_assert_msg(!mended.err.code, "%s: %s", raw.s, mended.err.message);
		ck_assert_str_eq(strbuf_string(&mended.clean), clean);
		show_notes(&mended, &shown);
		ck_assert_str_eq(strbuf_string(&shown), notes);
		strbuf_clear(&mended.clean);
		strbuf_clear(&shown);
	}
}

static void
expect(const char *raw, int mode, const char *clean, const char *notes)
{
	expect_bytes(str_of(raw), mode, clean, notes);
}

static void
expect_damage(struct str raw, int mode, const char *clean, uint64_t line, const char *message)
{
	for (size_t size = 1; size <= raw.length + 1; size++) {
		struct mended mended;

		mend(raw, mode == TESTS, size, &mended);
		ck_assert_int_eq(mended.err.code, ERROR_DAMAGED);
		ck_assert_str_eq(mended.err.message, message);
		ck_assert_uint_eq(mended.err.line, line);
		ck_assert_str_eq(strbuf_string(&mended.clean), clean);
		strbuf_clear(&mended.clean);
	}
}



START_TEST(clean_documents_pass_as_they_are)
{
	static const char *const documents[] = {
		"<a/>",
		("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<a b='&lt;&#10;&#x1F600;'>caf\xc3\xa9 \xe6\xb5\x8b</a>\n"),
		"<!-- -- & ]]> --><?pi ]]> &#0; ?><a><![CDATA[&#0; <!-- ]] >]]></a><!-- -->",
		"<a>\r\n<b c=\"x]]>y\" d='>'/>\r\n</a>\r\n",
		"<a>&nbsp;&;&#;&#x;&#xg;&#12 </a>",
		"",
	};

	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
		expect(documents[i], COVERAGE, documents[i], "");
}
END_TEST

START_TEST(a_clean_chunk_is_given_by_pointer)
{
	static char chunk[8192];
	struct repair *repair = repair_new(false);
	struct str raw = {chunk, sizeof(chunk)};
	struct str clean;

	memset(chunk, 'x', sizeof(chunk));
	ck_assert(repair_feed(repair, STR("<a>"), false, &clean, NULL));
	ck_assert(repair_feed(repair, raw, false, &clean, NULL));
	ck_assert(repair_feed(repair, raw, false, &clean, NULL));
	ck_assert_ptr_eq(clean.s, raw.s);
	ck_assert_uint_eq(clean.length, raw.length);
	repair_free(repair);
}
END_TEST

START_TEST(marks_tell_the_encoding_first)
{
	expect("\xef\xbb\xbf<a/>", COVERAGE, "<a/>", "");
	expect_bytes(STR("\xff\xfe<\0a\0>\0\xe9\0=\xd8\0\xde<\0/\0a\0>\0"), COVERAGE,
	    "<a>\xc3\xa9\xf0\x9f\x98\x80</a>", "");
	expect_bytes(STR("\xfe\xff\0<\0a\0/\0>"), COVERAGE, "<a/>", "");
	expect_bytes(STR("<\0a\0/\0>\0"), COVERAGE, "<a/>", "");
	expect_bytes(STR("\0<\0a\0/\0>"), COVERAGE, "<a/>", "");
	expect_bytes(STR("\xff\xfe<\0a\0>\0\0\xd8<\0/\0a\0>\0x"), COVERAGE, "<a>" FFFD "</a>" FFFD,
	    "invalid@1*2");
}
END_TEST

#define DECLARED(encoding) "<?xml version='1.0' encoding='" encoding "'?>\n"

START_TEST(declared_encodings_are_read)
{
	expect(DECLARED("ISO-8859-1") "<a>\xe9\x80</a>", COVERAGE,
	    DECLARED("ISO-8859-1") "<a>\xc3\xa9\xc2\x80</a>", "");
	expect(DECLARED("iso-8859-15") "<a>\xa4</a>", COVERAGE,
	    DECLARED("iso-8859-15") "<a>\xe2\x82\xac</a>", "");
	expect(DECLARED("windows-1252") "<a>\x93\x81\x94</a>", COVERAGE,
	    DECLARED("windows-1252") "<a>\xe2\x80\x9c" FFFD "\xe2\x80\x9d</a>", "invalid@2*1");
	expect(DECLARED("Shift_JIS") "<a>\x83\x65\x83\x58\x83\x67</a>", COVERAGE,
	    DECLARED("Shift_JIS") "<a>\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88</a>", "");
	expect(DECLARED("GBK") "<a>\xb2\xe2</a>", COVERAGE,
	    DECLARED("GBK") "<a>\xe6\xb5\x8b</a>", "");
	expect(DECLARED("latin-1") "<a>\xe9</a>", COVERAGE, DECLARED("latin-1") "<a>\xc3\xa9</a>", "");
	expect(DECLARED("ISO8859_15") "<a>\xa4</a>", COVERAGE,
	    DECLARED("ISO8859_15") "<a>\xe2\x82\xac</a>", "");
	expect("log\n" DECLARED("ISO-8859-1") "<a>\xe9</a>", TESTS,
	    "\n\n<muster-roots><a>\xc3\xa9</a></muster-roots>", "leading@1*2");
}
END_TEST

START_TEST(a_contradicted_declaration_is_utf8)
{
	expect(DECLARED("utf-16") "<a>\xc3\xa9</a>", COVERAGE, DECLARED("utf-16") "<a>\xc3\xa9</a>",
	    "encoding@1*1");
	expect(DECLARED("UCS-4") "<a/>", COVERAGE, DECLARED("UCS-4") "<a/>", "encoding@1*1");
	expect(DECLARED("US-ASCII") "<a/>", COVERAGE, DECLARED("US-ASCII") "<a/>", "");
	expect(DECLARED("US-ASCII") "<a>\n\xc3\xa9\xc3\xa9</a>", COVERAGE,
	    DECLARED("US-ASCII") "<a>\n\xc3\xa9\xc3\xa9</a>", "encoding@3*1");
	expect("\xef\xbb\xbf" DECLARED("ISO-8859-1") "<a>\xc3\xa9</a>", COVERAGE,
	    DECLARED("ISO-8859-1") "<a>\xc3\xa9</a>", "encoding@1*1");
}
END_TEST

START_TEST(an_unknown_encoding_is_damage)
{
	expect_damage(STR(DECLARED("x-klingon") "<a/>"), COVERAGE, "", 1,
	    "unknown encoding 'x-klingon'");
	expect_damage(STR("\n" DECLARED("\x01//\xff") "<a/>"), TESTS, "", 2,
	    "unknown encoding '?//?'");
}
END_TEST

START_TEST(bytes_that_are_no_characters_are_replaced)
{
	expect("<a>\n\xe9t\xe9</a>", COVERAGE, "<a>\n" FFFD "t" FFFD "</a>", "invalid@2*2");
	expect("<a>\xed\xa0\x80</a>", COVERAGE, "<a>" FFFD FFFD FFFD "</a>", "invalid@1*3");
	expect("<a>\xc0\xaf\xf4\x90\x80\x80\xf8</a>", COVERAGE,
	    "<a>" FFFD FFFD FFFD FFFD FFFD FFFD FFFD "</a>", "invalid@1*7");
	expect("<a b='\xf0\x9f\x98'>\xe2\x82", COVERAGE, "<a b='" FFFD "'>" FFFD, "invalid@1*2");
	expect("<a><!--\xff--><![CDATA[\xff]]><?p \xff?></a>", COVERAGE,
	    "<a><!--" FFFD "--><![CDATA[" FFFD "]]><?p " FFFD "?></a>", "invalid@1*3");
}
END_TEST

START_TEST(forbidden_characters_are_replaced)
{
	expect("<a b='\x1b[1m'>\n\x7f\x01\xef\xbf\xbe\xef\xbf\xbf" FFFD "</a>", COVERAGE,
	    "<a b='" FFFD "[1m'>\n\x7f" FFFD FFFD FFFD FFFD "</a>", "forbidden@1*4");
	expect("<a>&#x1b;&#27;&#0;&#xD800;&#xFFFE;&#99999999999;&#x110000;</a>", COVERAGE,
	    "<a>" FFFD FFFD FFFD FFFD FFFD FFFD FFFD "</a>", "forbidden@1*7");
	expect("<a b='&#0;'>&#9;&#0000000000000000000000000000065;&#xE000;</a>", COVERAGE,
	    "<a b='" FFFD "'>&#9;&#0000000000000000000000000000065;&#xE000;</a>", "forbidden@1*1");
	expect("<testsuite b='&#0;\x02'/>", TESTS,
	    "<muster-roots><testsuite b='" FFFD FFFD "'/></muster-roots>", "forbidden@1*2");
}
END_TEST

START_TEST(a_cdata_end_in_text_is_escaped)
{
	expect("<a>\nx]]>y]]]></a>", COVERAGE, "<a>\nx]]&gt;y]]]&gt;</a>", "cdata-end@2*2");
	expect("<a b=\"'\" c=']]>'>]]></a>", COVERAGE,
	    "<a b=\"'\" c=']]>'>]]&gt;</a>", "cdata-end@1*1");
	expect("<a><!-- <b c=' -->]]></a>", COVERAGE,
	    "<a><!-- <b c=' -->]]&gt;</a>", "cdata-end@1*1");
}
END_TEST

START_TEST(nuls_end_the_document)
{
	expect_bytes(STR("<a/>\n\0\0\0"), COVERAGE, "<a/>\n", "");
	expect_bytes(STR("<testsuites/>\0"), TESTS,
	    "<muster-roots><testsuites/></muster-roots>", "");
	expect_damage(STR("<a>\n<b c='\0'/></a>"), COVERAGE, "<a>\n<b c='", 2,
	    "NUL inside the document");
	expect_damage(STR("<a><!--\n\0--></a>"), COVERAGE, "<a><!--\n", 2,
	    "NUL inside the document");
	expect_damage(STR("<a/>\0\n"), TESTS, "<muster-roots><a/>", 1, "NUL inside the document");
}
END_TEST

START_TEST(the_doctype_is_left_aside_line_for_line)
{
	expect("<!DOCTYPE a\nSYSTEM 'x>y'\n>\n<a/>", COVERAGE, "\n\n\n<a/>", "doctype@1*1");
	expect("<!DOCTYPE a [\n<!ENTITY b \"]>'\">\n<!-- ' ]> -->\n<?p \" ]> ?>%c;\n] ><a>&b;</a>",
	    COVERAGE,
	    "\n\n\n\n<a>&b;</a>", "doctype@1*1");
	expect("<!DOCTYPE a><!DOCTYPE a><a/>", COVERAGE, "<!DOCTYPE a><a/>", "doctype@1*1");
	expect("<a><!DOCTYPE a></a>", COVERAGE, "<a><!DOCTYPE a></a>", "");
	expect_damage(STR("\n<!DOCTYPE a [\n<!ENTITY b 'c"), COVERAGE, "\n\n", 2,
	    "document type declaration without an end");
	expect_damage(STR("<!DOCTYPE a [<!-- ]>"), COVERAGE, "", 1,
	    "document type declaration without an end");
}
END_TEST

START_TEST(around_a_coverage_root_only_blanks_are_forgiven)
{
	expect("\n <?xml version='1.0'?>\n<a/>", COVERAGE, "\n \n<a/>", "leading@2*1");
	expect("log\n<?xml version='1.0'?><a/>tail", COVERAGE,
	    "log\n<?xml version='1.0'?><a/>tail", "");
	expect("<a/>\n<a/>", COVERAGE, "<a/>\n<a/>", "");
}
END_TEST

START_TEST(several_roots_are_wrapped)
{
	expect("<?xml version='1.0'?>\n<a><a/></a>\n<?xml version='1.0'?>\n<a >x</a ><b/>", TESTS,
	    "<?xml version='1.0'?>\n<muster-roots><a><a/></a>\n\n<a >x</a ><b/></muster-roots>",
	    "roots@4*2");
	expect("<!DOCTYPE a><a/><!DOCTYPE b><b/>", TESTS, "<muster-roots><a/><b/></muster-roots>",
	    "roots@1*1 doctype@1*2");
	expect("<!-- only -->\n", TESTS, "<!-- only -->\n", "");
}
END_TEST

START_TEST(text_around_roots_is_dropped)
{
	expect("[INFO] a < b && <init>\n\n<?xml version='1.0'?><a/>\nDone: 3 < 4 & <c>\n", TESTS,
	    "\n\n<muster-roots><a/>\n\n</muster-roots>", "leading@1*2 trailing@4*1");
	expect("log <testsuite/> log <testsuite/> log <html> & <", TESTS,
	    "<muster-roots><testsuite/> <testsuite/> </muster-roots>",
	    "leading@1*1 trailing@1*2 roots@1*1");
}
END_TEST

START_TEST(the_end_of_a_root_is_found)
{
	expect("<a><ab></ab><a b='/>'><a c=\"'>\" /></a><!-- </a> --></a>&", TESTS,
	    "<muster-roots><a><ab></ab><a b='/>'><a c=\"'>\" /></a><!-- </a> --></a>"
	    "</muster-roots>",
	    "trailing@1*1");
	expect("<a><b>&", TESTS, "<muster-roots><a><b>&", "");
	expect_damage(STR("<a/>\n</a>"), TESTS, "<muster-roots><a/>\n", 2,
	    "end tag outside of the root element");
}
END_TEST

START_TEST(every_kind_has_its_words)
{
	for (int kind = 0; kind < REPAIR_KINDS; kind++)
		ck_assert_ptr_nonnull(repair_message((enum repair_kind)kind));
}
END_TEST

/* Pieces of which documents are made, good and bad. */
static const char *const scraps[] = {
	"<testsuite name='a>b'>", "</testsuite>", "<testsuite/>", "<a b=\"", "\"/>", "<!-- ", "-->",
	"<![CDATA[", "]]>", "<?xml ?>", "<!DOCTYPE a [ <!ENTITY b 'c'> ]>", "<?p ", "?>", "&#27;",
	"&#x41;", "&amp;", "\n", "\x1b", "\xc3\xa9", "\xe6\xb5\x8b", "\xe6\xb5", "\xef\xbf\xbf",
	"\xf0\x9f\x98\x80", "\xed\xa0\x80", "]", "<", "'",
	"some longer text that goes on for more than one block of sixty-four bytes, and plain ",
	"des caract\xc3\xa8res accentu\xc3\xa9s \xc3\xa0 la cha\xc3\xaene, plus longs qu'un bloc\n",
};

enum { SCRAPS = sizeof(scraps) / sizeof(scraps[0]) };

static void
make_random(struct strbuf *document)
{
	int count = rand() % 60;

	strbuf_reset(document);
	for (int i = 0; i < count; i++)
		strbuf_add_string(document, scraps[(size_t)rand() % SCRAPS]);
}

static unsigned
count_lines(struct str s)
{
	unsigned lines = 0;

	for (size_t i = 0; i < s.length; i++)
		lines += s.s[i] == '\n';
	return lines;
}

static bool
is_clean(struct str s)
{
	uint32_t c;
	size_t length;

	while ((length = utf8_decode(s, &c)) && (c >= ' ' || c == '\n') && c != 0xfffe &&
	    c != 0xffff)
		s = (struct str){s.s + length, s.length - length};
	return !s.length;
}

START_TEST(cuts_change_nothing_and_lines_stay)
{
	unsigned seed = (unsigned)time(NULL);
	struct strbuf document = {0};

	printf("seed %u\n", seed);
	srand(seed);
	for (int round = 0; round < 3000; round++) {
		struct mended whole;
		struct mended cut;
		bool several_roots = rand() % 2;

		make_random(&document);
		mend(strbuf_str(&document), several_roots, SIZE_MAX, &whole);
		mend(strbuf_str(&document), several_roots, 1 + (size_t)rand() % 200, &cut);
		ck_assert_str_eq(strbuf_string(&whole.clean), strbuf_string(&cut.clean));
		ck_assert_str_eq(whole.err.message, cut.err.message);
		ck_assert_uint_eq(whole.err.line, cut.err.line);
		ck_assert_mem_eq(whole.notes, cut.notes, sizeof(whole.notes));
		ck_assert(is_clean(strbuf_str(&whole.clean)));
		if (!whole.err.code)
			ck_assert_uint_eq(count_lines(strbuf_str(&document)),
			    count_lines(strbuf_str(&whole.clean)));
		strbuf_clear(&whole.clean);
		strbuf_clear(&cut.clean);
	}
	strbuf_clear(&document);
}
END_TEST

/* U+FFFD, which the control character becomes, starts a name, so what follows is inside the root. */
START_TEST(a_control_character_starts_a_name)
{
	struct mended mended;

	mend(STR("<\x1b'\n]&#27;"), false, SIZE_MAX, &mended);
	ck_assert_str_eq(strbuf_string(&mended.clean), "<\xef\xbf\xbd'\n]\xef\xbf\xbd");
	strbuf_clear(&mended.clean);
}
END_TEST

START_TEST(mended_output_needs_no_more_mending)
{
	unsigned seed = (unsigned)time(NULL);
	struct strbuf document = {0};

	printf("seed %u\n", seed);
	srand(seed);
	for (int round = 0; round < 1000; round++) {
		struct mended once;
		struct mended twice;

		make_random(&document);
		mend(strbuf_str(&document), false, SIZE_MAX, &once);
		mend(strbuf_str(&once.clean), false, SIZE_MAX, &twice);
		if (!once.err.code && !once.notes[REPAIR_DOCTYPE].count &&
		    !once.notes[REPAIR_LEADING].count)
			ck_assert_str_eq(strbuf_string(&once.clean), strbuf_string(&twice.clean));
		strbuf_clear(&once.clean);
		strbuf_clear(&twice.clean);
	}
	strbuf_clear(&document);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("repair");
	TCase *group = tcase_create("repair");

	tcase_add_test(group, clean_documents_pass_as_they_are);
	tcase_add_test(group, a_clean_chunk_is_given_by_pointer);
	tcase_add_test(group, marks_tell_the_encoding_first);
	tcase_add_test(group, declared_encodings_are_read);
	tcase_add_test(group, a_contradicted_declaration_is_utf8);
	tcase_add_test(group, an_unknown_encoding_is_damage);
	tcase_add_test(group, bytes_that_are_no_characters_are_replaced);
	tcase_add_test(group, forbidden_characters_are_replaced);
	tcase_add_test(group, a_cdata_end_in_text_is_escaped);
	tcase_add_test(group, nuls_end_the_document);
	tcase_add_test(group, the_doctype_is_left_aside_line_for_line);
	tcase_add_test(group, around_a_coverage_root_only_blanks_are_forgiven);
	tcase_add_test(group, several_roots_are_wrapped);
	tcase_add_test(group, text_around_roots_is_dropped);
	tcase_add_test(group, the_end_of_a_root_is_found);
	tcase_add_test(group, every_kind_has_its_words);
	tcase_add_test(group, cuts_change_nothing_and_lines_stay);
	tcase_add_test(group, a_control_character_starts_a_name);
	tcase_add_test(group, mended_output_needs_no_more_mending);
	tcase_set_timeout(group, 60);
	suite_add_tcase(suite, group);
	return suite;
}
