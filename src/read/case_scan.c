/* The strict scanner of <testcase> elements without content. */
#include "read/case_scan.h"

#include "base/limits.h"

/* The attributes that the scanner knows, the likeliest first. */
static const struct str known[CASE_SCAN_NAMES] = {
	{ "classname", 9 }, { "name", 4 }, { "time", 4 }, { "file", 4 }, { "line", 4 }, { "status", 6 },
	{ "result", 6 }, { "assertions", 10 }, { "timestamp", 9 }, { "id", 2 }, { "class", 5 },
};

enum scanned { SCAN_TAKEN, SCAN_MORE, SCAN_OTHER };

struct cursor {
	const char *at;
	const char *end;
	uint64_t lines;		/* line ends passed since the element before */
};

/* One element, not yet told of. */
struct element {
	struct xml_attribute attributes[CASE_SCAN_NAMES];
	size_t count;
};

static inline bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static inline void
skip_blanks(struct cursor *c)
{
	for (; c->at < c->end && is_blank(*c->at); c->at++)
		c->lines += *c->at == '\n';
}

/* Whether these bytes come next; SCAN_MORE when the input ends within them. */
static inline enum scanned
expect(struct cursor *c, struct str what)
{
	size_t left = (size_t)(c->end - c->at);

	if (left < what.length)
		return memcmp(c->at, what.s, left) == 0 ? SCAN_MORE : SCAN_OTHER;
	if (memcmp(c->at, what.s, what.length) != 0)
		return SCAN_OTHER;
	c->at += what.length;
	return SCAN_TAKEN;
}

/* The place in the table of the name that stands here, CASE_SCAN_NAMES: none. */
static inline unsigned
find_name(struct cursor *c)
{
	const char *start = c->at;
	size_t length;
	unsigned id = 0;

	while (c->at < c->end && *c->at >= 'a' && *c->at <= 'z')
		c->at++;
	length = (size_t)(c->at - start);
	while (id < CASE_SCAN_NAMES && (known[id].length != length || memcmp(known[id].s, start, length) != 0))
		id++;
	return id;
}

/* Printable ASCII but what XML gives a meaning (" & <): a bit a byte. */
static inline bool
is_value(char c)
{
	static const uint64_t bits[4] = { UINT64_C(0xefffffbb00000000), UINT64_C(0x7fffffffffffffff) };
	unsigned char byte = (unsigned char)c;

	return bits[byte >> 6] >> (byte & 63) & 1;
}

#define EACH(byte)	(UINT64_C(0x0101010101010101) * (byte))

/* Whether any of eight bytes is this one, or may be said to be. */
static inline uint64_t
holds(uint64_t word, unsigned byte)
{
	uint64_t difference = word ^ EACH(byte);

	return (difference - EACH(1)) & ~difference & EACH(0x80);
}

/* The end of a value: eight bytes at a time while all are plain, then one by one. */
static inline const char *
value_end(const char *at, const char *end)
{
	uint64_t word;

	for (; end - at >= 8; at += 8) {
		memcpy(&word, at, sizeof(word));
		if (((word | (word + EACH(1)) | ((word - EACH(0x20)) & ~word)) & EACH(0x80)) || holds(word, '"') ||
		    holds(word, '&') || holds(word, '<'))
			break;
	}
	while (at < end && is_value(*at))
		at++;
	return at;
}

static enum scanned
scan_attribute(const struct case_scan *scan, struct cursor *c, struct element *element, unsigned *seen)
{
	unsigned id = find_name(c);
	const char *value;
	enum scanned scanned;

	if (c->at == c->end)
		return SCAN_MORE;
	if (id == CASE_SCAN_NAMES || *seen & 1u << id)
		return SCAN_OTHER;
	*seen |= 1u << id;
	scanned = expect(c, STR("=\""));
	if (scanned != SCAN_TAKEN)
		return scanned;
	value = c->at;
	c->at = value_end(c->at, c->end);
	element->attributes[element->count++] = (struct xml_attribute){
	    .name = scan->names[id], .value = value, .end = c->at};
	return expect(c, STR("\""));
}

/* Blanks, then a whole element. */
static enum scanned
scan_element(const struct case_scan *scan, struct cursor *c, struct element *element)
{
	unsigned seen = 0;
	enum scanned scanned;

	element->count = 0;
	skip_blanks(c);
	scanned = expect(c, STR("<testcase"));
	while (scanned == SCAN_TAKEN) {
		const char *blanks = c->at;

		skip_blanks(c);
		if (c->at == c->end)
			return SCAN_MORE;
		if (*c->at == '/')
			return expect(c, STR("/>"));
		if (c->at == blanks)
			return SCAN_OTHER;
		scanned = scan_attribute(scan, c, element, &seen);
	}
	return scanned;
}

static void
tell(const struct case_scan *scan, const struct element *element)
{
	scan->handler->start(scan->context, scan->test, element->attributes, element->count);
	if (!xml_stopped(scan->xml))
		scan->handler->end(scan->context, scan->test);
}

/*
 * Takes whole elements; *taken is where the next one begins.  SCAN_MORE: it is cut off by the end of the bytes; SCAN_OTHER: it
 * is the parser's, as is everything once the parse was stopped.
 */
static enum scanned
scan_elements(const struct case_scan *scan, struct str bytes, size_t *taken)
{
	struct cursor c = {.at = bytes.s, .end = bytes.s + bytes.length};
	struct element element;

	*taken = 0;
	do {
		enum scanned scanned;

		c.lines = 0;
		scanned = scan_element(scan, &c, &element);
		if (scanned != SCAN_TAKEN)
			return scanned;
		xml_add_lines(scan->xml, c.lines);
		tell(scan, &element);
		*taken = (size_t)(c.at - bytes.s);
	} while (!xml_stopped(scan->xml));
	return SCAN_OTHER;
}

static struct str
behind(struct str bytes, size_t taken)
{
	return (struct str){bytes.s + taken, bytes.length - taken};
}

/* The tag that may be the next boundary: the end of a case or the start of a suite; length 0: there is none. */
static struct str
find_boundary(struct str bytes)
{
	static const struct str end = {"</testcase>", 11};
	static const struct str start = {"<testsuite ", 11};
	const char *found_end = memmem(bytes.s, bytes.length, end.s, end.length);
	size_t before = found_end ? (size_t)(found_end - bytes.s) : bytes.length;
	const char *found_start = memmem(bytes.s, before, start.s, start.length);
	const char *close = found_start ? memchr(found_start, '>', before - (size_t)(found_start - bytes.s)) : NULL;

	if (close)
		return (struct str){found_start, (size_t)(close + 1 - found_start)};
	return (struct str){found_end ? found_end : bytes.s, found_end ? end.length : 0};
}

/*
 * The parser up to and with the next boundary, or the end of the bytes.  The tag is fed by itself: only what the parser tells of at
 * just these bytes says that it is no text, comment or value.
 */
static bool
parse(struct case_scan *scan, struct str *bytes, struct error *err)
{
	struct str tag = find_boundary(*bytes);
	struct str before = {bytes->s, tag.length ? (size_t)(tag.s - bytes->s) : bytes->length};

	if (!xml_feed(scan->xml, before, false, err))
		return false;
	*bytes = behind(*bytes, before.length + tag.length);
	if (!tag.length)
		return true;
	scan->boundary = false;
	if (!xml_feed(scan->xml, tag, false, err))
		return false;
	scan->inside = scan->boundary && xml_depth(scan->xml) < LIMIT_XML_DEPTH;
	return true;
}

/* The scanner as far as it goes; then what is left is held, or the parser's. */
static void
scan_on(struct case_scan *scan, struct str *bytes, bool last)
{
	size_t taken;
	enum scanned scanned = scan_elements(scan, *bytes, &taken);

	*bytes = behind(*bytes, taken);
	scan->inside = scanned == SCAN_MORE && !last && bytes->length < CASE_SCAN_HELD;
	if (!scan->inside)
		return;
	strbuf_add_str(&scan->held, *bytes);
	*bytes = behind(*bytes, bytes->length);
}

/* Puts the beginning of the new bytes behind what is held, and goes on with both until that is done with. */
static bool
feed_held(struct case_scan *scan, struct str *bytes, bool last, struct error *err)
{
	struct strbuf *held = &scan->held;
	size_t before = held->length;
	size_t added = bytes->length < CASE_SCAN_HELD ? bytes->length : CASE_SCAN_HELD;
	size_t taken;
	enum scanned scanned;
	bool good = true;

	strbuf_add(held, bytes->s, added);
	scanned = scan_elements(scan, strbuf_str(held), &taken);
	if (taken >= before) {
		*bytes = behind(*bytes, taken - before);
	} else if (scanned == SCAN_MORE && !last && held->length < CASE_SCAN_HELD) {
		*bytes = behind(*bytes, added);
		return true;
	} else {
		strbuf_truncate(held, before);
		scan->inside = false;
		good = xml_feed(scan->xml, strbuf_str(held), false, err);
	}
	strbuf_reset(held);
	return good;
}

bool
case_scan_feed(struct case_scan *scan, struct str bytes, bool last, struct error *err)
{
	while (bytes.length || (last && scan->held.length)) {
		if (scan->held.length) {
			if (!feed_held(scan, &bytes, last, err))
				return false;
		} else if (scan->inside) {
			scan_on(scan, &bytes, last);
		} else if (!parse(scan, &bytes, err)) {
			return false;
		}
	}
	return xml_feed(scan->xml, (struct str){"", 0}, last, err);
}

void
case_scan_begin(struct case_scan *scan, struct xml *xml, const struct xml_handler *handler, void *context)
{
	*scan = (struct case_scan){
	    .xml = xml,
	    .handler = handler,
	    .context = context,
	    .test = xml_intern(xml, "testcase"),
	    .suite = xml_intern(xml, "testsuite"),
	};
	for (size_t i = 0; i < CASE_SCAN_NAMES; i++)
		scan->names[i] = xml_intern(xml, known[i].s);
}

void
case_scan_release(struct case_scan *scan)
{
	strbuf_clear(&scan->held);
}
