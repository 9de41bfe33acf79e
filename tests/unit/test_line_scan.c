/* The fast path makes the calls of the parser, on every document and however its bytes are cut (PERFORMANCE). */
#include "unit.h"

#include "base/xml.h"
#include "read/fast.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* What a reader is told, as text. */
struct told {
	struct xml *xml;
	struct fast *scan;
	struct strbuf calls;
};

static void
told_start(void *context, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct told *told = context;

	strbuf_addf(&told->calls, "%" PRIu64 " <%s", xml_line(told->xml), name);
	for (size_t i = 0; i < count; i++)
		strbuf_addf(&told->calls, " %s=%.*s", attributes[i].name, (int)xml_value(&attributes[i]).length,
		    xml_value(&attributes[i]).s);
	strbuf_add_char(&told->calls, '\n');
}

static void
told_end(void *context, const char *name)
{
	struct told *told = context;

	strbuf_addf(&told->calls, "%" PRIu64 " >%s\n", xml_line(told->xml), name);
}

static const struct xml_handler reader = { .start = told_start, .end = told_end };

static void
parser_start(void *context, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct told *told = context;

	fast_start(told->scan, name);
	told_start(context, name, attributes, count);
}

static void
parser_end(void *context, const char *name)
{
	struct told *told = context;

	fast_end(told->scan, name);
	told_end(context, name);
}

static const struct xml_handler parser = { .start = parser_start, .end = parser_end };

/* The calls and the error of a document, fed in pieces of random sizes up to `piece`. */
static char *
read_document(struct str document, bool fast, size_t piece, unsigned seed)
{
	struct fast scan;
	struct told told = {.scan = &scan};
	struct error err = {0};
	bool good = true;

	told.xml = xml_new(&parser, &told);
	fast_begin(&scan, &fast_lines, told.xml, &reader, &told);
	for (size_t at = 0; good && at < document.length;) {
		size_t length = 1 + (size_t)rand_r(&seed) % piece;
		struct str bytes = {document.s + at, length < document.length - at ? length : document.length - at};
		bool last = (at += bytes.length) == document.length;

		good = fast ? fast_feed(&scan, bytes, last, &err) : xml_feed(told.xml, bytes, last, &err);
	}
	if (!good)
		strbuf_addf(&told.calls, "error: %" PRIu64 " %s\n", err.line, err.message);
	fast_release(&scan);
	xml_free(told.xml);
	return strbuf_take(&told.calls);
}

static void
expect_equal(struct str document, size_t piece, unsigned seed)
{
	char *plain = read_document(document, false, document.length, seed);
	char *fast = read_document(document, true, piece, seed);

	ck_assert_msg(strcmp(plain, fast) == 0, "seed %u, pieces of %zu\n%.*s\n--- plain\n%s\n--- fast\n%s", seed, piece,
	    (int)document.length, document.s, plain, fast);
	free(plain);
	free(fast);
}

static const char *const elements[] = {
	"<line number=\"1\" hits=\"2\"/>", "\n\t<line number=\"3\"\n hits=\"0\" branch=\"true\" />\n",
	"<line number=\"4\" hits=\"1\" branch=\"true\" condition-coverage=\"50% (1/2)\" missing-branches=\"7\"/>\r\n",
	("<line number=\"5\" hits=\"1\">\n<conditions>\n <condition number=\"0\" type=\"jump\" coverage=\"50%\"/>\n"
	" <condition number=\"1\" type=\"jump\" coverage=\"0%\"/></conditions>\n</line>"),
	"<line number=\"6\" hits=\"1\"></line>", "<line/>", "<!-- <lines> -->", "<line number='7' hits='1'/>",
	"<line number=\"8\" other=\"1\"/>", "<line number=\"9\" hits=\"&#49;\"/>", "<line number=\"9\" number=\"9\"/>",
	"<line number=\"9\"hits=\"9\"/>", "<line number=\"a\tb\" hits=\"\xc3\xa9\"/>", "text", "<lines><line hits=\"1\"/></lines>",
	"<line number=\"<\"/>", "<line number=\"1\" hits=\"2\">text</line>", "<line><conditions></line>", "<![CDATA[<lines>]]>",
	"<lines/>", "<lines ><!-- <lines><line number=\"9\" hits=\"1\"/></lines> --></lines>", "<line number=\"1\" hits=\"2\"/ >", "<linen/>", "&lt;",
};

enum { ELEMENTS = sizeof(elements) / sizeof(elements[0]) };

/* Now and then a byte is another than it was. */
static void
damage(struct strbuf *document, unsigned *seed)
{
	if (rand_r(seed) % 3 == 0)
		document->s[(size_t)rand_r(seed) % document->length] = "<>/\"=& \nx-"[rand_r(seed) % 10];
}

START_TEST(both_paths_tell_the_same)
{
	unsigned seed = getenv("MUSTER_SEED") ? (unsigned)strtoul(getenv("MUSTER_SEED"), NULL, 10) : (unsigned)time(NULL);

	printf("seed: MUSTER_SEED=%u\n", seed);
	for (unsigned round = 0; round < 4000; round++) {
		struct strbuf document = {0};
		unsigned dice = seed + round;

		strbuf_add_string(&document, "<coverage>\n<class><lines>");
		for (int i = rand_r(&dice) % 12; i > 0; i--)
			strbuf_add_string(&document, elements[rand_r(&dice) % (rand_r(&dice) % 4 ? 5 : ELEMENTS)]);
		strbuf_add_string(&document, "</lines></class>\n<lines><line number=\"10\" hits=\"1\"/></lines></coverage>");
		damage(&document, &dice);
		expect_equal(strbuf_str(&document), 1 + (size_t)rand_r(&dice) % 60, seed + round);
		strbuf_clear(&document);
	}
}
END_TEST

/* Long elements and long blanks pass what the scanner holds. */
START_TEST(long_elements_are_the_parsers)
{
	struct strbuf document = {0};

	strbuf_add_string(&document, "<lines><line number=\"1\" hits=\"1\"/>");
	for (int i = 0; i < 3 * FAST_HELD; i++)
		strbuf_add_char(&document, i % 100 ? ' ' : '\n');
	strbuf_add_string(&document, "<line number=\"2\" hits=\"");
	for (int i = 0; i < 3 * FAST_HELD; i++)
		strbuf_add_char(&document, '1');
	strbuf_add_string(&document, "\"/><line number=\"3\" hits=\"1\"/></lines>");
	for (size_t piece = 1; piece < 20000; piece = piece * 7 + 1)
		expect_equal(strbuf_str(&document), piece, 1);
	strbuf_clear(&document);
}
END_TEST

/* A <lines> in a comment opens nothing, though one with another spelling did just before. */
START_TEST(comments_open_nothing)
{
	static const struct str document = {
		"<lines ><!-- <lines><line number=\"9\" hits=\"1\"/></lines> --><line number=\"1\" hits=\"1\"/></lines>", 94};

	for (size_t piece = 1; piece <= document.length; piece++)
		expect_equal(document, piece, 1);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("line_scan");
	TCase *laws = tcase_create("laws");

	xml_initialise();
	tcase_set_timeout(laws, 120);
	tcase_add_test(laws, both_paths_tell_the_same);
	tcase_add_test(laws, comments_open_nothing);
	tcase_add_test(laws, long_elements_are_the_parsers);
	suite_add_tcase(suite, laws);
	return suite;
}
