/* The strict scanner of <testcase> elements without content. */
#include "read/fast.h"

enum { WINDOW = 1024 };	/* bytes in which a boundary is looked for at first */

/* The attributes that the scanner knows, the likeliest first; as in the form at the end. */
static const struct str known[FAST_ATTRIBUTES] = {
	{ "classname", 9 }, { "name", 4 }, { "time", 4 }, { "file", 4 }, { "line", 4 }, { "status", 6 },
	{ "result", 6 }, { "assertions", 10 }, { "timestamp", 9 }, { "id", 2 }, { "class", 5 },
};

/* One element, not yet told of. */
struct element {
	struct xml_attribute attributes[FAST_ATTRIBUTES];
	size_t count;
};

/* The place in the table of the name that stands here, FAST_ATTRIBUTES: none. */
static inline unsigned
find_name(struct fast_cursor *c)
{
	const char *start = c->at;
	size_t length;
	unsigned id = 0;

	while (c->at < c->end && *c->at >= 'a' && *c->at <= 'z')
		c->at++;
	length = (size_t)(c->at - start);
	while (id < FAST_ATTRIBUTES && (known[id].length != length || memcmp(known[id].s, start, length) != 0))
		id++;
	return id;
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
	while (at < end && fast_is_value(*at))
		at++;
	return at;
}

static enum scanned
scan_attribute(const struct fast *fast, struct fast_cursor *c, struct element *element, unsigned *seen)
{
	unsigned id = find_name(c);
	const char *value;
	enum scanned scanned;

	if (c->at == c->end)
		return SCAN_MORE;
	if (id == FAST_ATTRIBUTES || *seen & 1u << id)
		return SCAN_OTHER;
	*seen |= 1u << id;
	scanned = fast_expect(c, STR("=\""));
	if (scanned != SCAN_TAKEN)
		return scanned;
	value = c->at;
	c->at = value_end(c->at, c->end);
	element->attributes[element->count++] = (struct xml_attribute){
	    .name = fast->attributes[id], .value = value, .end = c->at};
	return fast_expect(c, STR("\""));
}

/* Blanks, then a whole element. */
static enum scanned
scan_element(const struct fast *fast, struct fast_cursor *c, struct element *element)
{
	unsigned seen = 0;
	enum scanned scanned;

	element->count = 0;
	fast_blanks(c);
	scanned = fast_expect(c, STR("<testcase"));
	while (scanned == SCAN_TAKEN) {
		const char *blanks = c->at;

		fast_blanks(c);
		if (c->at == c->end)
			return SCAN_MORE;
		if (*c->at == '/')
			return fast_expect(c, STR("/>"));
		if (c->at == blanks)
			return SCAN_OTHER;
		scanned = scan_attribute(fast, c, element, &seen);
	}
	return scanned;
}

static void
tell(const struct fast *fast, const struct element *element)
{
	fast->handler->start(fast->context, fast->elements[0], element->attributes, element->count);
	if (!xml_stopped(fast->xml))
		fast->handler->end(fast->context, fast->elements[0]);
}

static enum scanned
scan_cases(const struct fast *fast, struct str bytes, size_t *taken)
{
	struct fast_cursor c = {.at = bytes.s, .end = bytes.s + bytes.length};
	struct element element;

	*taken = 0;
	do {
		enum scanned scanned;

		c.lines = 0;
		scanned = scan_element(fast, &c, &element);
		if (scanned != SCAN_TAKEN)
			return scanned;
		xml_add_lines(fast->xml, c.lines);
		tell(fast, &element);
		*taken = (size_t)(c.at - bytes.s);
	} while (!xml_stopped(fast->xml));
	return SCAN_OTHER;
}

/* The tag that may be the first boundary: the end of a case or the start of a suite; length 0: there is none. */
static struct str
boundary_in(struct str bytes)
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

/* Looks no more than twice as far as the boundary is, however rare one of the two tags. */
static struct str
find_boundary(struct str bytes)
{
	struct str part = {bytes.s, 0}, boundary;

	do {
		part.length = part.length ? 2 * part.length : WINDOW;
		if (part.length > bytes.length)
			part.length = bytes.length;
		boundary = boundary_in(part);
	} while (!boundary.length && part.length < bytes.length);
	return boundary;
}

const struct fast_form fast_cases = {
	.elements = { "testcase" },
	.attributes = {
		"classname", "name", "time", "file", "line", "status",
		"result", "assertions", "timestamp", "id", "class",
	},
	.start = "testsuite",
	.end = "testcase",
	.depth = 1,
	.find = find_boundary,
	.scan = scan_cases,
};
