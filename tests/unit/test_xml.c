/* base/xml: what callbacks are told, what is damage at which line, and what has limits. */
#include "base/limits.h"
#include "base/strbuf.h"
#include "base/xml.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Writes down all that it is told: <a b=[c]>text</a>. */
struct log {
	struct xml *xml;
	struct strbuf text;
	const char *stop_at;	/* the name of an element that ends the parse */
	uint64_t stop_line;
};

static void
on_start(void *context, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct log *log = context;

	strbuf_addf(&log->text, "<%u:%s", xml_depth(log->xml), name);
	for (size_t i = 0; i < count; i++) {
		strbuf_addf(&log->text, " %s=[", attributes[i].name);
		strbuf_add_str(&log->text, xml_value(&attributes[i]));
		strbuf_add_char(&log->text, ']');
	}
	strbuf_add_char(&log->text, '>');
	if (log->stop_at && strcmp(name, log->stop_at) == 0)
		xml_stop(log->xml, &(struct error){ERROR_FOREIGN, log->stop_line, "no report"});
}

static void
on_end(void *context, const char *name)
{
	struct log *log = context;

	strbuf_addf(&log->text, "</%u:%s>", xml_depth(log->xml), name);
}

static void
on_text(void *context, struct str piece)
{
	struct log *log = context;

	strbuf_add_str(&log->text, piece);
}

static void
log_begin(struct log *log)
{
	static const struct xml_handler handler = {on_start, on_end, on_text};

	log->xml = xml_new(&handler, log);
}

static void
log_end(struct log *log)
{
	xml_free(log->xml);
	strbuf_clear(&log->text);
}

/* Feeds in pieces of `size` bytes. */
static bool
feed(struct log *log, struct str document, size_t size, struct error *err)
{
	bool fine = true;

	for (size_t at = 0; fine && at < document.length; at += size) {
		size_t left = document.length - at;

		fine = xml_feed(log->xml, (struct str){document.s + at, left < size ? left : size},
		    false, err);
	}
	return fine && xml_feed(log->xml, STR(""), true, err);
}

static void
expect_told(const char *document, const char *told)
{
	for (size_t size = 1; size <= strlen(document); size++) {
		struct log log = {0};
		struct error err = {0};

		log_begin(&log);
		ck_assert_msg(feed(&log, str_of(document), size, &err), "%s: %s", document,
		    err.message);
		ck_assert_str_eq(strbuf_string(&log.text), told);
		ck_assert_uint_eq(xml_depth(log.xml), 0);
		log_end(&log);
	}
}

static void
expect_damage(const char *document, uint64_t line, const char *message)
{
	for (size_t size = 1; size <= strlen(document) + 1; size++) {
		struct log log = {0};
		struct error err = {0};

		log_begin(&log);
		ck_assert_msg(!feed(&log, str_of(document), size, &err), "accepted: %s", document);
		ck_assert_int_eq(err.code, ERROR_DAMAGED);
		ck_assert_str_eq(err.message, message);
		ck_assert_uint_eq(err.line, line);
		log_end(&log);
	}
}

START_TEST(tags_and_text_are_told_in_order)
{
	expect_told("<a b='1' c=\"2\">x<d/>y</a>", "<1:a b=[1] c=[2]>x<2:d></2:d>y</1:a>");
	expect_told("<?xml version='1.0'?>\n<!-- no --><a><?pi no?><!-- no -->x</a>\n",
	    "<1:a>x</1:a>");
	expect_told("<a b='x>y' c='/>'>></a>", "<1:a b=[x>y] c=[/>]>></1:a>");
}
END_TEST

START_TEST(cdata_and_references_are_text)
{
	expect_told("<a><![CDATA[<b> & ]]]]><![CDATA[>]]></a>", "<1:a><b> & ]]></1:a>");
	expect_told("<a b='&lt;&amp;&#38;&quot;&#10;&#x41;'>&lt;&amp;&#38;&apos;&gt;</a>",
	    "<1:a b=[<&&\"\nA]><&&'></1:a>");
}
END_TEST

START_TEST(prefixes_are_dropped_declared_or_not)
{
	expect_told("<p:a xmlns:p='u' p:b='1'><p:c/></p:a>", "<1:a b=[1]><2:c></2:c></1:a>");
	expect_told("<a xmlns='u'><b/></a>", "<1:a><2:b></2:b></1:a>");
	expect_told("<p:a p:b='1'></p:a>", "<1:a b=[1]></1:a>");
}
END_TEST

START_TEST(the_declared_encoding_means_nothing)
{
	expect_told("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xc3\xa9</a>",
	    "<1:a>\xc3\xa9</1:a>");
	expect_told("<?xml version='1.0' encoding='UTF-16'?><a>\xc3\xa9</a>",
	    "<1:a>\xc3\xa9</1:a>");
	expect_told("<?xml version='1.0' encoding='x-klingon'?><a/>", "<1:a></1:a>");
}
END_TEST

START_TEST(loss_of_form_is_damage_at_its_line)
{
	expect_damage("<a>\n<b>\n</a>", 3, "element 'b' ends with '</a>'");
	expect_damage("<a>\n<b c='1'\n c='2'/></a>", 3, "attribute c redefined");
	expect_damage("<a>\n<b c='<'/></a>", 2, "unescaped '<' not allowed in attributes values");
	expect_damage("<a/>\n<b/>", 2, "extra content at the end of the document");
	expect_damage("<a/>\nKilled\n", 2, "extra content at the end of the document");
	expect_damage("Killed\n", 1, "no XML document: it does not start with '<'");
}
END_TEST

START_TEST(entities_are_never_known)
{
	expect_damage("<a>\n&nbsp;</a>", 2, "undefined entity 'nbsp'");
	expect_damage("<a>\n<b c='&nbsp;'/></a>", 2, "undefined entity 'nbsp'");
	expect_damage("\n<!DOCTYPE a><a/>", 2, "misplaced document type declaration");
	expect_damage("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", 1,
	    "misplaced document type declaration");
	expect_damage("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", 1,
	    "misplaced document type declaration");
}
END_TEST

START_TEST(an_early_end_is_damage_at_the_last_line)
{
	expect_damage("", 1, "empty document");
	expect_damage("<!-- c -->\n\n", 3, "document without a root element");
	expect_damage("<a", 1, "document without a root element");
	expect_damage("<a>\n<b>\n", 3, "document ends inside element b");
	expect_damage("<a>\n<b/>\ntext", 3, "document ends inside element a");
	expect_damage("<a>\n<b c='\n", 3, "document ends inside element a");
	expect_damage("<a>\n<b c='<d\n", 2, "unescaped '<' not allowed in attributes values");
}
END_TEST

/* A start tag that is cut in two is no element (TESTS, R11). */
START_TEST(a_cut_tag_is_not_told)
{
	static const char *const cuts[] = {
		"<a><b ", "<a><b", "<a><b c='1'", "<a><b c='1' ", "<a><b c='1'/"
	};

	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		struct log log = {0};

		log_begin(&log);
		ck_assert(!feed(&log, str_of(cuts[i]), 64, NULL));
		ck_assert_str_eq(strbuf_string(&log.text), "<1:a>");
		log_end(&log);
	}
}
END_TEST

START_TEST(nothing_is_told_after_an_error)
{
	struct log log = {0};
	struct error err = {0};
	struct error again = {0};

	log_begin(&log);
	ck_assert(!xml_feed(log.xml, STR("<a><b></c><d/></a>"), false, &err));
	ck_assert(!xml_feed(log.xml, STR("<e/>"), true, &again));
	ck_assert_str_eq(strbuf_string(&log.text), "<1:a><2:b>");
	ck_assert_str_eq(err.message, again.message);
	log_end(&log);
}
END_TEST

START_TEST(a_callback_can_stop_the_parse)
{
	struct log log = {.stop_at = "b", .stop_line = 77};
	struct error err = {0};

	log_begin(&log);
	ck_assert(!feed(&log, STR("<a>\n<b c='1'>x</b><d></a>"), 64, &err));
	ck_assert_str_eq(strbuf_string(&log.text), "<1:a>\n<2:b c=[1]>");
	ck_assert_int_eq(err.code, ERROR_FOREIGN);
	ck_assert_str_eq(err.message, "no report");
	ck_assert_uint_eq(err.line, 77);
	log_end(&log);

	log = (struct log){.stop_at = "b"};
	log_begin(&log);
	ck_assert(!feed(&log, STR("<a>\n<b/></a>"), 64, &err));
	ck_assert_uint_eq(err.line, 2);
	log_end(&log);
}
END_TEST

START_TEST(a_hidden_root_is_not_told)
{
	struct log log = {0};

	log_begin(&log);
	xml_hide_root(log.xml);
	ck_assert(feed(&log, STR("<w><a>x</a><b/></w>"), 3, NULL));
	ck_assert_str_eq(strbuf_string(&log.text), "<1:a>x</1:a><1:b></1:b>");
	log_end(&log);
}
END_TEST

START_TEST(equal_names_are_equal_pointers)
{
	struct log log = {0};
	const char *name;

	log_begin(&log);
	name = xml_intern(log.xml, "line");
	ck_assert_ptr_eq(name, xml_intern(log.xml, "line"));
	ck_assert_ptr_ne(name, xml_intern(log.xml, "lines"));
	ck_assert(feed(&log, STR("<line/>"), 7, NULL));
	ck_assert_ptr_eq(name, xml_intern(log.xml, "line"));
	log_end(&log);
}
END_TEST

START_TEST(lines_count_far_and_with_those_never_shown)
{
	struct log log = {0};
	struct error err = {0};
	struct strbuf lines = {0};

	for (int i = 0; i < 100000; i++)
		strbuf_add_char(&lines, '\n');
	log_begin(&log);
	ck_assert(xml_feed(log.xml, STR("<a>"), false, &err));
	ck_assert(xml_feed(log.xml, strbuf_str(&lines), false, &err));
	ck_assert(xml_feed(log.xml, STR("<b/>"), false, &err));
	ck_assert_uint_eq(xml_line(log.xml), 100001);
	xml_add_lines(log.xml, 5);
	ck_assert_uint_eq(xml_line(log.xml), 100006);
	ck_assert(!xml_feed(log.xml, STR("</b>"), false, &err));
	ck_assert_uint_eq(err.line, 100006);
	strbuf_clear(&lines);
	log_end(&log);
}
END_TEST

static bool
nest(unsigned depth, bool hidden, struct error *err)
{
	struct xml_handler handler = {0};
	struct xml *xml = xml_new(&handler, NULL);
	bool fine = true;

	if (hidden)
		xml_hide_root(xml);
	for (unsigned i = 0; i < depth; i++)
		fine = fine && xml_feed(xml, STR("<a>\n"), false, err);
	for (unsigned i = 0; i < depth; i++)
		fine = fine && xml_feed(xml, STR("</a>"), i + 1 == depth, err);
	xml_free(xml);
	return fine;
}

START_TEST(depth_is_limited)
{
	struct error err = {0};

	ck_assert(nest(LIMIT_XML_DEPTH, false, &err));
	ck_assert(nest(LIMIT_XML_DEPTH + 1, true, &err));
	ck_assert(!nest(LIMIT_XML_DEPTH + 1, false, &err));
	ck_assert_int_eq(err.code, ERROR_DAMAGED);
	ck_assert_str_eq(err.message, "more than 1024 elements in each other");
	ck_assert_uint_eq(err.line, LIMIT_XML_DEPTH + 1);
	ck_assert(!nest(LIMIT_XML_DEPTH + 2, true, &err));
}
END_TEST

/* Feeds `head`, then `piece` until the parser refuses or has had `total` bytes. */
static bool
flood(const char *head, const char *piece, size_t total, struct error *err)
{
	struct xml_handler handler = {0};
	struct xml *xml = xml_new(&handler, NULL);
	struct strbuf bytes = {0};
	bool fine = xml_feed(xml, str_of(head), false, err);

	while (bytes.length < LIMIT_CHUNK)
		strbuf_add_string(&bytes, piece);
	for (size_t fed = 0; fine && fed < total; fed += bytes.length)
		fine = xml_feed(xml, strbuf_str(&bytes), false, err);
	strbuf_clear(&bytes);
	xml_free(xml);
	return fine;
}

START_TEST(tags_comments_and_instructions_are_limited)
{
	static const char *const heads[] = {"<a>\n<b c='", "<a>\n<!--", "<a>\n<?pi ", "<a>\n<"};

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		struct error err = {0};

		ck_assert(!flood(heads[i], "xxxxxxx ", (size_t)8 * LIMIT_XML_TAG, &err));
		if (i < 3)
			ck_assert_int_eq(err.code, ERROR_LIMIT);
		ck_assert_uint_eq(err.line, 2);
	}
}
END_TEST

START_TEST(text_is_not_limited)
{
	struct error err = {0};

	ck_assert(flood("<a>", "some text\n", (size_t)3 * LIMIT_XML_TAG, &err));
	ck_assert(flood("<a><![CDATA[", "<b c='", (size_t)3 * LIMIT_XML_TAG, &err));
	ck_assert(flood("<a><b c='x", "y'/><b c='x", (size_t)3 * LIMIT_XML_TAG, &err));
}
END_TEST

/* A tag with so many attributes of some length; the document is fed in pieces of `size`. */
static bool
with_attributes(unsigned count, const char *value, size_t size, struct error *err)
{
	struct strbuf document = {0};
	struct log log = {0};
	bool fine;

	strbuf_add_string(&document, "<a>\n<b/><c");
	for (unsigned i = 0; i < count; i++)
		strbuf_addf(&document, " n%u=\"%s\"", i, value);
	strbuf_add_string(&document, "/></a>");
	log_begin(&log);
	fine = feed(&log, strbuf_str(&document), size, err);
	ck_assert(strncmp(strbuf_string(&log.text), "<1:a>\n<2:b></2:b>", 17) == 0);
	log_end(&log);
	strbuf_clear(&document);
	return fine;
}

START_TEST(attributes_of_a_tag_are_limited)
{
	static const size_t sizes[] = {7, 1000, 5000, 1 << 20};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct error err = {0};

		ck_assert(with_attributes(LIMIT_XML_ATTRIBUTES, "'>=x='", sizes[i], &err));
		ck_assert(!with_attributes(LIMIT_XML_ATTRIBUTES + 1, "'>=x='", sizes[i], &err));
		ck_assert_int_eq(err.code, ERROR_LIMIT);
		ck_assert_uint_eq(err.line, 2);
	}
}
END_TEST

/* What looks like attributes behind a '<' that starts no tag. */
START_TEST(attributes_elsewhere_are_not_limited)
{
	struct error err = {0};

	ck_assert(flood("<a>", "x=\"y\" ", LIMIT_CHUNK, &err));
	ck_assert(flood("<a><b/>x", "x=\"y\" ", LIMIT_CHUNK, &err));
	ck_assert(flood("<a><![CDATA[ a < b {", "\"x\": \"y\", ", LIMIT_CHUNK, &err));
	ck_assert(flood("<a><b c='1'>", "{\"x\"=\"y\"} ", LIMIT_CHUNK, &err));
}
END_TEST

START_TEST(namespaces_in_scope_are_limited)
{
	struct error err = {0};
	struct xml_handler handler = {0};
	struct xml *xml = xml_new(&handler, NULL);
	bool fine = true;

	for (unsigned i = 0; fine && i <= LIMIT_XML_ATTRIBUTES / 2; i++) {
		char tag[64];
		int length = snprintf(tag, sizeof(tag), "<a xmlns:b%u='u' xmlns:c%u='u'>", i, i);

		fine = xml_feed(xml, (struct str){tag, (size_t)length}, false, &err);
	}
	ck_assert(!fine);
	ck_assert_int_eq(err.code, ERROR_LIMIT);
	xml_free(xml);
}
END_TEST

/* Elements whose names begin with so many letters and end with a number; how many are read. */
static unsigned
count_names(size_t letters, unsigned most, struct error *err)
{
	struct xml_handler handler = {0};
	struct xml *xml = xml_new(&handler, NULL);
	struct strbuf tag = {0};
	unsigned count = 0;
	bool fine = xml_feed(xml, STR("<a>"), false, err);

	strbuf_add_char(&tag, '<');
	for (size_t i = 0; i < letters; i++)
		strbuf_add_char(&tag, 'x');
	for (; fine && count < most; count++) {
		strbuf_truncate(&tag, letters + 1);
		strbuf_addf(&tag, "%u/>", count);
		fine = xml_feed(xml, strbuf_str(&tag), false, err);
	}
	strbuf_clear(&tag);
	xml_free(xml);
	return count;
}

START_TEST(different_names_are_limited)
{
	struct error err = {0};

	ck_assert_uint_eq(count_names(1, LIMIT_XML_NAMES - 100, &err), LIMIT_XML_NAMES - 100);
	ck_assert_uint_lt(count_names(1, LIMIT_XML_NAMES + 1, &err), LIMIT_XML_NAMES + 1);
	ck_assert_int_eq(err.code, ERROR_LIMIT);
	err = (struct error){0};
	ck_assert_uint_lt(count_names(2000, 40000, &err), 40000);
	ck_assert_int_eq(err.code, ERROR_LIMIT);
}
END_TEST

/* A random well-formed document; returns what the handler is to be told of it. */
static void
add_random(unsigned depth, struct strbuf *document, struct strbuf *told)
{
	static const char *const texts[] = {
		"x", "\n", " ]] ", "\xc3\xa9", "'\"", ">", "\xf0\x9f\x98\x80 y"
	};
	int parts = rand() % 6;

	for (int i = 0; i < parts; i++) {
		const char *text = texts[(size_t)rand() % (sizeof(texts) / sizeof(texts[0]))];

		if (rand() % 3 == 0 && depth < 8) {
			strbuf_addf(document, "<e%u a='%d>'>", depth, i);
			strbuf_addf(told, "<%u:e%u a=[%d>]>", depth, depth, i);
			add_random(depth + 1, document, told);
			strbuf_addf(document, "</e%u >", depth);
			strbuf_addf(told, "</%u:e%u>", depth, depth);
		} else if (rand() % 4 == 0) {
			strbuf_addf(document, "<!-- <%s> --><![CDATA[%s]]>", text, text);
			strbuf_add_string(told, text);
		} else {
			strbuf_add_string(document, text);
			strbuf_add_string(told, text);
		}
	}
}

START_TEST(any_pieces_tell_the_same)
{
	unsigned seed = (unsigned)time(NULL);

	printf("seed %u\n", seed);
	srand(seed);
	for (int round = 0; round < 300; round++) {
		struct strbuf document = {0};
		struct strbuf told = {0};
		struct log log = {0};
		struct error err = {0};

		strbuf_add_string(&document, "<e1>");
		strbuf_add_string(&told, "<1:e1>");
		add_random(2, &document, &told);
		strbuf_add_string(&document, "</e1>");
		strbuf_add_string(&told, "</1:e1>");
		log_begin(&log);
		ck_assert_msg(feed(&log, strbuf_str(&document), 1 + (size_t)rand() % 60, &err),
		    "%s", err.message);
		ck_assert_str_eq(strbuf_string(&log.text), strbuf_string(&told));
		log_end(&log);
		strbuf_clear(&document);
		strbuf_clear(&told);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("xml");
	TCase *group = tcase_create("xml");

	xml_initialise();
	tcase_add_test(group, tags_and_text_are_told_in_order);
	tcase_add_test(group, cdata_and_references_are_text);
	tcase_add_test(group, prefixes_are_dropped_declared_or_not);
	tcase_add_test(group, the_declared_encoding_means_nothing);
	tcase_add_test(group, loss_of_form_is_damage_at_its_line);
	tcase_add_test(group, entities_are_never_known);
	tcase_add_test(group, an_early_end_is_damage_at_the_last_line);
	tcase_add_test(group, a_cut_tag_is_not_told);
	tcase_add_test(group, nothing_is_told_after_an_error);
	tcase_add_test(group, a_callback_can_stop_the_parse);
	tcase_add_test(group, a_hidden_root_is_not_told);
	tcase_add_test(group, equal_names_are_equal_pointers);
	tcase_add_test(group, lines_count_far_and_with_those_never_shown);
	tcase_add_test(group, depth_is_limited);
	tcase_add_test(group, tags_comments_and_instructions_are_limited);
	tcase_add_test(group, text_is_not_limited);
	tcase_add_test(group, attributes_of_a_tag_are_limited);
	tcase_add_test(group, attributes_elsewhere_are_not_limited);
	tcase_add_test(group, namespaces_in_scope_are_limited);
	tcase_add_test(group, different_names_are_limited);
	tcase_add_test(group, any_pieces_tell_the_same);
	tcase_set_timeout(group, 60);
	suite_add_tcase(suite, group);
	return suite;
}
