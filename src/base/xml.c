/* Streaming XML on libxml2's SAX2 push parser. */
#include "base/xml.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/xml_guard.h"

#include <ctype.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct str cdata_end = {"]]>", 3};

enum {
	SHOWN_MAX = 240,	/* bytes of a message of libxml2; it quotes names of any length */
	TAIL_MAX = 3,		/* bytes of a character or a "]]>" that a piece may cut */
};

struct xml {
	xmlParserCtxtPtr ctxt;
	struct xml_handler handler;
	void *context;
	unsigned depth;		/* open elements, a hidden root included */
	unsigned hidden;	/* the outermost so many are not told of */
	bool begun;		/* bytes came */
	bool rooted;		/* the root has started */
	bool ended;		/* libxml2 knows that no more comes */
	bool failed;		/* `error` holds why; nothing is parsed any more */
	struct error error;
	uint64_t added_lines;
	struct xml_guard guard;
	struct strbuf held;	/* fed but not yet shown to libxml2, see push() */
	bool cdata;		/* in a CDATA section, see pass_cdata() */
	char tail[TAIL_MAX];	/* see pass_whole() */
	size_t tail_length;
	struct strbuf joined;	/* the tail and the next piece */
};

_Static_assert(sizeof(struct xml_attribute) == 5 * sizeof(const xmlChar *),
    "an attribute is libxml2's five pointers");

static void *
resize(void *old, size_t size)
{
	return mem_resize(old, size, 1);
}

static char *
duplicate(const char *s)
{
	return mem_string(s, strlen(s));
}

void
xml_initialise(void)
{
	xmlMemSetup(free, mem_alloc, resize, duplicate);
	xmlInitParser();
}

static void __attribute__((format(printf, 3, 4)))
refuse(struct xml *xml, enum error_code code, const char *format, ...)
{
	char text[ERROR_MESSAGE_MAX];
	struct error error;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fail_at(&error, code, xml_line(xml), "%s", text);
	xml_stop(xml, &error);
}

static void
on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
    int namespace_count, const xmlChar **namespaces, int count, int defaulted,
    const xmlChar **attributes)
{
	struct xml *xml = context;

	(void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
	if (xml->failed || xml->ended)
		return;
	xml->rooted = true;
	if (++xml->depth <= xml->hidden)
		return;
	if (xml->depth - xml->hidden > LIMIT_XML_DEPTH)
		refuse(xml, ERROR_DAMAGED, "more than %d elements in each other", LIMIT_XML_DEPTH);
	else if (xml->ctxt->nsNr > 2 * LIMIT_XML_ATTRIBUTES)
		refuse(xml, ERROR_LIMIT, "more than %d namespaces in scope", LIMIT_XML_ATTRIBUTES);
	else if (xml->handler.start)
		xml->handler.start(xml->context, (const char *)name,
		    (const struct xml_attribute *)(const void *)attributes,
		    (size_t)(count - defaulted));
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct xml *xml = context;

	(void)prefix, (void)uri;
	if (xml->failed || xml->ended)
		return;
	if (xml->depth > xml->hidden && xml->handler.end)
		xml->handler.end(xml->context, (const char *)name);
	xml->depth--;
}

static void
on_text(void *context, const xmlChar *text, int length)
{
	struct xml *xml = context;

	if (!xml->failed && !xml->ended)
		xml->handler.text(xml->context, (struct str){(const char *)text, (size_t)length});
}

static void
on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	refuse(context, ERROR_DAMAGED, "misplaced document type declaration");
}

/* Bytes of `text` to show: on one line, not in the middle of a character. */
static int
shown_length(const char *text)
{
	size_t length = strcspn(text, "\r\n");

	if (length > SHOWN_MAX) {
		length = SHOWN_MAX;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
			length--;
	}
	return (int)length;
}

static bool
is_complete(const struct xml *xml)
{
	return xml->rooted && !xml->depth;
}

/* Only loss of well-formedness counts: an undeclared namespace prefix is none. */
static void
on_error(void *context, xmlErrorPtr error)
{
	struct xml *xml = context;
	bool entity = error->code == XML_ERR_UNDECLARED_ENTITY ||
	    error->code == XML_WAR_UNDECLARED_ENTITY;
	const char *text = entity ? error->str1 : error->message;

	if (xml->failed || (error->level != XML_ERR_FATAL && !entity))
		return;
	if (error->code == XML_ERR_DOCUMENT_END && !is_complete(xml))
		return;
	text = text && *text ? text : "not well-formed";
	if (xmlDictGetUsage(xml->ctxt->dict) > LIMIT_XML_NAME_BYTES)
		refuse(xml, ERROR_LIMIT, "more than %u bytes of different names",
		    LIMIT_XML_NAME_BYTES);
	else if (error->code == XML_ERR_DOCUMENT_EMPTY)
		refuse(xml, ERROR_DAMAGED, "no XML document: it does not start with '<'");
	else if (entity)
		refuse(xml, ERROR_DAMAGED, "undefined entity '%.*s'", shown_length(text), text);
	else if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 && error->str2)
		refuse(xml, ERROR_DAMAGED, "element '%.*s' ends with '</%.*s>'",
		    shown_length(error->str1), error->str1, shown_length(error->str2), error->str2);
	else if (islower((unsigned char)text[1]))
		refuse(xml, ERROR_DAMAGED, "%c%.*s", tolower((unsigned char)text[0]),
		    shown_length(text + 1), text + 1);
	else
		refuse(xml, ERROR_DAMAGED, "%.*s", shown_length(text), text);
}

struct xml *
xml_new(const struct xml_handler *handler, void *context)
{
	struct xml *xml = mem_zalloc(1, sizeof(*xml));
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.internalSubset = on_doctype,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.serror = on_error,
	};

	xml->handler = *handler;
	xml->context = context;
	if (handler->text)
		sax.characters = sax.ignorableWhitespace = sax.cdataBlock = on_text;
	xml->ctxt = xmlCreatePushParserCtxt(&sax, xml, NULL, 0, NULL);
	/* NOENT only so that "&amp;" in an attribute is told as "&": there are no entities. */
	xmlCtxtUseOptions(xml->ctxt,
	    XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
	xmlDictSetLimit(xml->ctxt->dict, LIMIT_XML_NAME_BYTES);
	return xml;
}

void
xml_free(struct xml *xml)
{
	if (!xml)
		return;
	xmlFreeDoc(xml->ctxt->myDoc);	/* libxml2 makes one for a DOCTYPE, refused or not */
	xmlFreeParserCtxt(xml->ctxt);
	strbuf_clear(&xml->held);
	strbuf_clear(&xml->joined);
	free(xml);
}

void
xml_hide_root(struct xml *xml)
{
	xml->hidden = 1;
}

const char *
xml_intern(struct xml *xml, const char *name)
{
	return (const char *)xmlDictLookup(xml->ctxt->dict, (const xmlChar *)name, -1);
}

/* Not xmlStopParser(): that frees the buffer in which the running callback's attributes lie. */
void
xml_stop(struct xml *xml, const struct error *err)
{
	if (xml->failed)
		return;
	xml->failed = true;
	xml->error = *err;
	if (!xml->error.line)
		xml->error.line = xml_line(xml);
	xml->ctxt->disableSAX = 1;
}

bool
xml_stopped(const struct xml *xml)
{
	return xml->failed;
}

uint64_t
xml_line(const struct xml *xml)
{
	return (uint64_t)xml->ctxt->input->line + xml->added_lines;
}

void
xml_add_lines(struct xml *xml, uint64_t lines)
{
	xml->added_lines += lines;
}

unsigned
xml_depth(const struct xml *xml)
{
	return xml->depth > xml->hidden ? xml->depth - xml->hidden : 0;
}

/* Bytes that libxml2 waits with: a tag, comment or processing instruction without its end. */
static size_t
pending(const struct xml *xml)
{
	return (size_t)(xml->ctxt->input->end - xml->ctxt->input->cur);
}

/*
 * Of a CDATA section without its end libxml2 takes 300 bytes with every piece and keeps the rest.
 * It is told the end at once, and what comes until the real end goes past it, see pass_cdata().
 */
static void
parse(struct xml *xml, struct str bytes)
{
	xmlParseChunk(xml->ctxt, bytes.s, (int)bytes.length, 0);
	if (xml->ctxt->instate == XML_PARSER_CDATA_SECTION) {
		xmlParseChunk(xml->ctxt, cdata_end.s, (int)cdata_end.length, 0);
		xml->cdata = true;
	}
	if (xmlDictSize(xml->ctxt->dict) > (int)LIMIT_XML_NAMES)
		refuse(xml, ERROR_LIMIT, "more than %u different names", LIMIT_XML_NAMES);
	if (pending(xml) > LIMIT_XML_TAG)
		refuse(xml, ERROR_LIMIT, "a tag, comment or instruction of more than %u bytes",
		    LIMIT_XML_TAG);
}

static void
flush(struct xml *xml)
{
	if (!xml->failed && xml->held.length)
		parse(xml, strbuf_str(&xml->held));
	strbuf_reset(&xml->held);
}

/*
 * libxml2 looks through an unfinished tag again with every piece it is given, so a long one is
 * fed in pieces as long as what was there before: linear on the whole.
 */
static void
push(struct xml *xml, struct str bytes)
{
	if (!xml->held.length && pending(xml) <= LIMIT_CHUNK) {
		parse(xml, bytes);
		return;
	}
	strbuf_add_str(&xml->held, bytes);
	if (xml->held.length >= pending(xml))
		flush(xml);
}

static uint64_t
count_lines(struct str s)
{
	const char *end = s.s + s.length;
	uint64_t lines = 0;

	while ((s.s = memchr(s.s, '\n', (size_t)(end - s.s)))) {
		lines++;
		s.s++;
	}
	return lines;
}

/* A tag of too many attributes must not get to libxml2, whose look for duplicates is quadratic. */
static void
push_guarded(struct xml *xml, struct str bytes)
{
	size_t safe;
	bool passed = xml_guard_pass(&xml->guard, bytes, &safe);

	push(xml, (struct str){bytes.s, safe});
	if (!passed)
		refuse(xml, ERROR_LIMIT, "more than %d attributes in one tag",
		    LIMIT_XML_ATTRIBUTES);
}

/* The content of a CDATA section that libxml2 holds for closed; returns what stands behind it. */
static struct str
pass_cdata(struct xml *xml, struct str bytes)
{
	const char *end = memmem(bytes.s, bytes.length, cdata_end.s, cdata_end.length);
	struct str text = {bytes.s, end ? (size_t)(end - bytes.s) : bytes.length};
	size_t done = text.length + (end ? cdata_end.length : 0);

	if (xml->handler.text && text.length)
		on_text(xml, (const xmlChar *)text.s, (int)text.length);
	xml->added_lines += count_lines(text);
	if (end) {
		xml->cdata = false;
		xml->guard = (struct xml_guard){0};
	}
	return (struct str){bytes.s + done, bytes.length - done};
}

static void
pass(struct xml *xml, struct str bytes)
{
	if (xml->cdata)
		bytes = pass_cdata(xml, bytes);
	if (bytes.length && !xml->failed)
		push_guarded(xml, bytes);
}

/* How many bytes at the end may be part of a "]]>" or of a character. */
static size_t
cut_length(struct str bytes)
{
	/* The least lead of a character that goes on behind one, two or three bytes. */
	static const unsigned char leads[TAIL_MAX] = {0xc0, 0xe0, 0xf0};
	const unsigned char *last = (const unsigned char *)bytes.s + bytes.length - 1;
	ptrdiff_t most = bytes.length < TAIL_MAX ? (ptrdiff_t)bytes.length : TAIL_MAX;
	ptrdiff_t length = 0;

	while (length < 2 && length < most && last[-length] == ']')
		length++;
	if (length)
		return (size_t)length;
	while (length < most && (last[-length] & 0xc0) == 0x80)
		length++;
	return length < most && last[-length] >= leads[length] ? (size_t)length + 1 : 0;
}

/* What the end of a piece cuts waits for the next one. */
static void
pass_whole(struct xml *xml, struct str bytes)
{
	if (xml->tail_length) {
		strbuf_reset(&xml->joined);
		strbuf_add(&xml->joined, xml->tail, xml->tail_length);
		strbuf_add_str(&xml->joined, bytes);
		bytes = strbuf_str(&xml->joined);
	}
	xml->tail_length = cut_length(bytes);
	bytes.length -= xml->tail_length;
	memcpy(xml->tail, bytes.s + bytes.length, xml->tail_length);
	pass(xml, bytes);
}

static struct str
pending_bytes(const struct xml *xml)
{
	return (struct str){(const char *)xml->ctxt->input->cur, pending(xml)};
}

/*
 * Tells libxml2 of the end.  It would call back for a start tag that is cut in two, so nothing is
 * told from here on; only errors count.
 */
static void
end(struct xml *xml)
{
	xml->ended = true;
	xmlParseChunk(xml->ctxt, NULL, 0, 1);
}

/* Whether what libxml2 waits with is more than a tag that the end cuts: it has words for that. */
static bool
is_broken(struct str rest)
{
	return rest.length > 1 && memchr(rest.s + 1, '<', rest.length - 1);
}

static void
finish(struct xml *xml)
{
	const char *name;
	struct str rest;
	uint64_t last_line;

	pass(xml, (struct str){xml->tail, xml->tail_length});
	flush(xml);
	name = (const char *)xml->ctxt->name;
	rest = pending_bytes(xml);
	last_line = xml_line(xml) + count_lines(rest);
	if (!xml->failed && (is_complete(xml) || is_broken(rest)))
		end(xml);
	if (xml->failed || is_complete(xml))
		return;
	xml->added_lines += last_line - xml_line(xml);
	if (!xml->begun)
		refuse(xml, ERROR_DAMAGED, "empty document");
	else if (!xml->rooted)
		refuse(xml, ERROR_DAMAGED, "document without a root element");
	else if (xml->depth <= xml->hidden)
		refuse(xml, ERROR_DAMAGED, "document ends inside a tag");
	else
		refuse(xml, ERROR_DAMAGED, "document ends inside element %.*s", shown_length(name),
		    name);
}

bool
xml_feed(struct xml *xml, struct str bytes, bool last, struct error *err)
{
	xml->begun |= bytes.length > 0;
	for (size_t at = 0; at < bytes.length && !xml->failed; at += LIMIT_CHUNK) {
		size_t left = bytes.length - at;
		size_t length = left < LIMIT_CHUNK ? left : LIMIT_CHUNK;

		pass_whole(xml, (struct str){bytes.s + at, length});
	}
	if (last && !xml->failed)
		finish(xml);
	if (xml->failed && err)
		*err = xml->error;
	return !xml->failed;
}
