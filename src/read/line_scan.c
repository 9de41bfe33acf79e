/* The strict scanner of <line> elements. */
#include "read/line_scan.h"

#include "base/limits.h"

enum { CONDITIONS_MOST = 16, DEEPER = 3 };

/* The attributes that the scanner knows. */
enum {
	NAME_NUMBER, NAME_HITS, NAME_BRANCH, NAME_CONDITION_COVERAGE, NAME_MISSING_BRANCHES, NAME_TYPE, NAME_COVERAGE,
};
static const char *const known[LINE_SCAN_NAMES] = {
	[NAME_NUMBER] = "number",
	[NAME_HITS] = "hits",
	[NAME_BRANCH] = "branch",
	[NAME_CONDITION_COVERAGE] = "condition-coverage",
	[NAME_MISSING_BRANCHES] = "missing-branches",
	[NAME_TYPE] = "type",
	[NAME_COVERAGE] = "coverage",
};

enum scanned { SCAN_TAKEN, SCAN_MORE, SCAN_OTHER };

/* One start tag, not yet told of. */
struct tag {
	struct xml_attribute attributes[LINE_SCAN_NAMES];
	size_t count;
	bool empty;		/* "/>" */
	uint64_t lines;		/* line ends up to its end, from where the element begins */
};

struct cursor {
	const char *at;
	const char *end;
	uint64_t lines;
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

/* Whether these bytes come next; SCAN_MORE when the input ends within them.  Inlined: literals compare as numbers. */
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

/* An attribute's name with what stands before its value; *id is its place in the table. */
static inline enum scanned
scan_name(struct cursor *c, unsigned *id)
{
	switch (*c->at) {
	case 'n':
		*id = NAME_NUMBER;
		return expect(c, STR("number=\""));
	case 'h':
		*id = NAME_HITS;
		return expect(c, STR("hits=\""));
	case 'b':
		*id = NAME_BRANCH;
		return expect(c, STR("branch=\""));
	case 'm':
		*id = NAME_MISSING_BRANCHES;
		return expect(c, STR("missing-branches=\""));
	case 't':
		*id = NAME_TYPE;
		return expect(c, STR("type=\""));
	case 'c':
		if (c->end - c->at < 3)
			return SCAN_MORE;
		*id = c->at[2] == 'n' ? NAME_CONDITION_COVERAGE : NAME_COVERAGE;
		return c->at[2] == 'n' ? expect(c, STR("condition-coverage=\"")) : expect(c, STR("coverage=\""));
	default:
		return SCAN_OTHER;
	}
}

/* Printable ASCII but what XML gives a meaning (" & <): a bit a byte. */
static const uint64_t value_bits[4] = { 0xefffffbb00000000u, 0x7fffffffffffffffu };

static inline bool
is_value(char c)
{
	unsigned char byte = (unsigned char)c;

	return value_bits[byte >> 6] >> (byte & 63) & 1;
}

static inline enum scanned
scan_attribute(const struct line_scan *scan, struct cursor *c, struct tag *tag, unsigned *seen)
{
	unsigned id = 0;
	enum scanned scanned = scan_name(c, &id);
	const char *value = c->at;

	if (scanned != SCAN_TAKEN)
		return scanned;
	if (*seen & 1u << id)
		return SCAN_OTHER;
	*seen |= 1u << id;
	while (c->at < c->end && is_value(*c->at))
		c->at++;
	tag->attributes[tag->count++] = (struct xml_attribute){
	    .name = scan->names[id], .value = value, .end = c->at};
	return expect(c, STR("\""));
}

/* The rest of a start tag behind its name. */
static enum scanned
scan_tag(const struct line_scan *scan, struct cursor *c, struct tag *tag)
{
	unsigned seen = 0;

	tag->count = 0;
	for (;;) {
		const char *blanks = c->at;
		enum scanned scanned;

		skip_blanks(c);
		if (c->at == c->end)
			return SCAN_MORE;
		if (*c->at == '>' || *c->at == '/')
			break;
		if (c->at == blanks)
			return SCAN_OTHER;
		scanned = scan_attribute(scan, c, tag, &seen);
		if (scanned != SCAN_TAKEN)
			return scanned;
	}
	tag->empty = *c->at == '/';
	tag->lines = c->lines;
	return expect(c, tag->empty ? STR("/>") : STR(">"));
}

/* Blanks, then these bytes. */
static inline enum scanned
expect_behind(struct cursor *c, struct str what)
{
	skip_blanks(c);
	return expect(c, what);
}

/* A whole <line> element. */
struct element {
	struct tag line;
	struct tag conditions[CONDITIONS_MOST];
	size_t condition_count;
	bool nested;			/* it holds a <conditions> */
	uint64_t conditions_begin;	/* line ends before the end of these tags */
	uint64_t conditions_end;
	uint64_t line_end;
};

static enum scanned
scan_conditions(const struct line_scan *scan, struct cursor *c, struct element *element)
{
	for (;;) {
		struct tag *tag = &element->conditions[element->condition_count];
		enum scanned scanned = expect_behind(c, STR("<condition "));

		if (scanned != SCAN_TAKEN)
			return scanned == SCAN_OTHER ? expect(c, STR("</conditions>")) : scanned;
		if (element->condition_count == CONDITIONS_MOST)
			return SCAN_OTHER;
		c->at--;
		scanned = scan_tag(scan, c, tag);
		if (scanned != SCAN_TAKEN)
			return scanned;
		if (!tag->empty)
			return SCAN_OTHER;
		element->condition_count++;
	}
}

static enum scanned
scan_line(const struct line_scan *scan, struct cursor *c, struct element *element)
{
	enum scanned scanned = scan_tag(scan, c, &element->line);

	element->condition_count = 0;
	element->nested = false;
	if (scanned != SCAN_TAKEN || element->line.empty) {
		element->line_end = c->lines;
		return scanned;
	}
	scanned = expect_behind(c, STR("<conditions>"));
	if (scanned == SCAN_TAKEN) {
		element->nested = true;
		element->conditions_begin = c->lines;
		scanned = scan_conditions(scan, c, element);
		element->conditions_end = c->lines;
	}
	if (scanned == SCAN_TAKEN || (scanned == SCAN_OTHER && !element->nested))
		scanned = expect_behind(c, STR("</line>"));
	element->line_end = c->lines;
	return scanned;
}

/* Moves the parser's line on to `lines` line ends behind the element's begin. */
static void
line_to(const struct line_scan *scan, uint64_t *done, uint64_t lines)
{
	xml_add_lines(scan->xml, lines - *done);
	*done = lines;
}

static void
tell_start(const struct line_scan *scan, const char *name, const struct tag *tag, uint64_t *done)
{
	line_to(scan, done, tag->lines);
	if (!xml_stopped(scan->xml))
		scan->handler->start(scan->context, name, tag->attributes, tag->count);
}

static void
tell_end(const struct line_scan *scan, const char *name, uint64_t *done, uint64_t lines)
{
	line_to(scan, done, lines);
	if (!xml_stopped(scan->xml))
		scan->handler->end(scan->context, name);
}

static void
tell(const struct line_scan *scan, const struct element *element)
{
	const struct tag begin = {.lines = element->conditions_begin};
	uint64_t done = 0;

	tell_start(scan, scan->line, &element->line, &done);
	if (element->nested)
		tell_start(scan, scan->conditions, &begin, &done);
	for (size_t i = 0; i < element->condition_count; i++) {
		tell_start(scan, scan->condition, &element->conditions[i], &done);
		tell_end(scan, scan->condition, &done, element->conditions[i].lines);
	}
	if (element->nested)
		tell_end(scan, scan->conditions, &done, element->conditions_end);
	tell_end(scan, scan->line, &done, element->line_end);
}

/*
 * Takes whole elements with the blanks before them; *taken is where the next one begins.  SCAN_MORE: it is cut off by the end of
 * the bytes; SCAN_OTHER: it is the parser's, as is everything once the parse was stopped.
 */
static enum scanned
scan(const struct line_scan *scan, struct str bytes, size_t *taken)
{
	struct cursor c = {.at = bytes.s, .end = bytes.s + bytes.length};
	struct element element;
	enum scanned scanned;

	*taken = 0;
	do {
		c.lines = 0;
		scanned = expect_behind(&c, STR("<line"));
		if (scanned == SCAN_TAKEN)
			scanned = scan_line(scan, &c, &element);
		if (scanned != SCAN_TAKEN)
			return scanned;
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

/* The parser up to and with the next <lines>, or the end of the bytes.  The tag goes alone: no other can have opened. */
static bool
parse(struct line_scan *scan, struct str *bytes, struct error *err)
{
	static const struct str tag = {"<lines>", 7};
	const char *found = memmem(bytes->s, bytes->length, tag.s, tag.length);
	size_t before = found ? (size_t)(found - bytes->s) : bytes->length;

	if (!xml_feed(scan->xml, (struct str){bytes->s, before}, false, err))
		return false;
	*bytes = behind(*bytes, before);
	scan->opened = false;
	if (!found)
		return true;
	if (!xml_feed(scan->xml, (struct str){bytes->s, tag.length}, false, err))
		return false;
	*bytes = behind(*bytes, tag.length);
	scan->inside = scan->opened && xml_depth(scan->xml) + DEEPER <= LIMIT_XML_DEPTH;
	return true;
}

/* The scanner as far as it goes; then what is left is held, or the parser's. */
static void
scan_on(struct line_scan *scan_state, struct str *bytes, bool last)
{
	size_t taken;
	enum scanned scanned = scan(scan_state, *bytes, &taken);

	*bytes = behind(*bytes, taken);
	scan_state->inside = scanned == SCAN_MORE && !last && bytes->length < LINE_SCAN_HELD;
	if (!scan_state->inside)
		return;
	strbuf_add_str(&scan_state->held, *bytes);
	*bytes = behind(*bytes, bytes->length);
}

/* Puts the beginning of the new bytes behind what is held, and goes on with both until that is done with. */
static bool
feed_held(struct line_scan *scan_state, struct str *bytes, bool last, struct error *err)
{
	struct strbuf *held = &scan_state->held;
	size_t before = held->length;
	size_t added = bytes->length < LINE_SCAN_HELD ? bytes->length : LINE_SCAN_HELD;
	size_t taken;
	enum scanned scanned;
	bool good = true;

	strbuf_add(held, bytes->s, added);
	scanned = scan(scan_state, strbuf_str(held), &taken);
	if (taken >= before) {
		*bytes = behind(*bytes, taken - before);
	} else if (scanned == SCAN_MORE && !last && held->length < LINE_SCAN_HELD) {
		*bytes = behind(*bytes, added);
		return true;
	} else {
		strbuf_truncate(held, before);
		scan_state->inside = false;
		good = xml_feed(scan_state->xml, strbuf_str(held), false, err);
	}
	strbuf_reset(held);
	return good;
}

bool
line_scan_feed(struct line_scan *scan_state, struct str bytes, bool last, struct error *err)
{
	while (bytes.length || (last && scan_state->held.length)) {
		if (scan_state->held.length) {
			if (!feed_held(scan_state, &bytes, last, err))
				return false;
		} else if (scan_state->inside) {
			scan_on(scan_state, &bytes, last);
		} else if (!parse(scan_state, &bytes, err)) {
			return false;
		}
	}
	return xml_feed(scan_state->xml, (struct str){"", 0}, last, err);
}

void
line_scan_begin(struct line_scan *scan_state, struct xml *xml, const struct xml_handler *handler, void *context)
{
	*scan_state = (struct line_scan){
	    .xml = xml,
	    .handler = handler,
	    .context = context,
	    .lines = xml_intern(xml, "lines"),
	    .line = xml_intern(xml, "line"),
	    .conditions = xml_intern(xml, "conditions"),
	    .condition = xml_intern(xml, "condition"),
	};
	for (size_t i = 0; i < LINE_SCAN_NAMES; i++)
		scan_state->names[i] = xml_intern(xml, known[i]);
}

void
line_scan_release(struct line_scan *scan_state)
{
	strbuf_clear(&scan_state->held);
}
