/* The strict scanner of <line> elements. */
#include "read/fast.h"

enum { CONDITIONS_MOST = 16 };

/* The names that the scanner knows, as in the form at the end. */
enum {
	NAME_NUMBER, NAME_HITS, NAME_BRANCH, NAME_CONDITION_COVERAGE, NAME_MISSING_BRANCHES, NAME_TYPE, NAME_COVERAGE, NAMES,
};
enum { ELEMENT_LINE, ELEMENT_CONDITIONS, ELEMENT_CONDITION };

/* One start tag, not yet told of. */
struct tag {
	struct xml_attribute attributes[NAMES];
	size_t count;
	bool empty;		/* "/>" */
	uint64_t lines;		/* line ends up to its end, from where the element begins */
};

/* An attribute's name with what stands before its value; *id is its place in the table. */
static inline enum scanned
scan_name(struct fast_cursor *c, unsigned *id)
{
	switch (*c->at) {
	case 'n':
		*id = NAME_NUMBER;
		return fast_expect(c, STR("number=\""));
	case 'h':
		*id = NAME_HITS;
		return fast_expect(c, STR("hits=\""));
	case 'b':
		*id = NAME_BRANCH;
		return fast_expect(c, STR("branch=\""));
	case 'm':
		*id = NAME_MISSING_BRANCHES;
		return fast_expect(c, STR("missing-branches=\""));
	case 't':
		*id = NAME_TYPE;
		return fast_expect(c, STR("type=\""));
	case 'c':
		if (c->end - c->at < 3)
			return SCAN_MORE;
		*id = c->at[2] == 'n' ? NAME_CONDITION_COVERAGE : NAME_COVERAGE;
		return c->at[2] == 'n' ? fast_expect(c, STR("condition-coverage=\"")) : fast_expect(c, STR("coverage=\""));
	default:
		return SCAN_OTHER;
	}
}

static inline enum scanned
scan_attribute(const struct fast *fast, struct fast_cursor *c, struct tag *tag, unsigned *seen)
{
	unsigned id = 0;
	enum scanned scanned = scan_name(c, &id);
	const char *value = c->at;

	if (scanned != SCAN_TAKEN)
		return scanned;
	if (*seen & 1u << id)
		return SCAN_OTHER;
	*seen |= 1u << id;
	while (c->at < c->end && fast_is_value(*c->at))
		c->at++;
	tag->attributes[tag->count++] = (struct xml_attribute){
	    .name = fast->attributes[id], .value = value, .end = c->at};
	return fast_expect(c, STR("\""));
}

/* The rest of a start tag behind its name. */
static enum scanned
scan_tag(const struct fast *fast, struct fast_cursor *c, struct tag *tag)
{
	unsigned seen = 0;

	tag->count = 0;
	for (;;) {
		const char *blanks = c->at;
		enum scanned scanned;

		fast_blanks(c);
		if (c->at == c->end)
			return SCAN_MORE;
		if (*c->at == '>' || *c->at == '/')
			break;
		if (c->at == blanks)
			return SCAN_OTHER;
		scanned = scan_attribute(fast, c, tag, &seen);
		if (scanned != SCAN_TAKEN)
			return scanned;
	}
	tag->empty = *c->at == '/';
	tag->lines = c->lines;
	return fast_expect(c, tag->empty ? STR("/>") : STR(">"));
}

/* Blanks, then these bytes. */
static inline enum scanned
expect_behind(struct fast_cursor *c, struct str what)
{
	fast_blanks(c);
	return fast_expect(c, what);
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
scan_conditions(const struct fast *fast, struct fast_cursor *c, struct element *element)
{
	for (;;) {
		struct tag *tag = &element->conditions[element->condition_count];
		enum scanned scanned = expect_behind(c, STR("<condition "));

		if (scanned != SCAN_TAKEN)
			return scanned == SCAN_OTHER ? fast_expect(c, STR("</conditions>")) : scanned;
		if (element->condition_count == CONDITIONS_MOST)
			return SCAN_OTHER;
		c->at--;
		scanned = scan_tag(fast, c, tag);
		if (scanned != SCAN_TAKEN)
			return scanned;
		if (!tag->empty)
			return SCAN_OTHER;
		element->condition_count++;
	}
}

static enum scanned
scan_line(const struct fast *fast, struct fast_cursor *c, struct element *element)
{
	enum scanned scanned = scan_tag(fast, c, &element->line);

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
		scanned = scan_conditions(fast, c, element);
		element->conditions_end = c->lines;
	}
	if (scanned == SCAN_TAKEN || (scanned == SCAN_OTHER && !element->nested))
		scanned = expect_behind(c, STR("</line>"));
	element->line_end = c->lines;
	return scanned;
}

/* Moves the parser's line on to `lines` line ends behind the element's begin. */
static void
line_to(const struct fast *fast, uint64_t *done, uint64_t lines)
{
	xml_add_lines(fast->xml, lines - *done);
	*done = lines;
}

static void
tell_start(const struct fast *fast, const char *name, const struct tag *tag, uint64_t *done)
{
	line_to(fast, done, tag->lines);
	if (!xml_stopped(fast->xml))
		fast->handler->start(fast->context, name, tag->attributes, tag->count);
}

static void
tell_end(const struct fast *fast, const char *name, uint64_t *done, uint64_t lines)
{
	line_to(fast, done, lines);
	if (!xml_stopped(fast->xml))
		fast->handler->end(fast->context, name);
}

static void
tell(const struct fast *fast, const struct element *element)
{
	const struct tag begin = {.lines = element->conditions_begin};
	uint64_t done = 0;

	tell_start(fast, fast->elements[ELEMENT_LINE], &element->line, &done);
	if (element->nested)
		tell_start(fast, fast->elements[ELEMENT_CONDITIONS], &begin, &done);
	for (size_t i = 0; i < element->condition_count; i++) {
		tell_start(fast, fast->elements[ELEMENT_CONDITION], &element->conditions[i], &done);
		tell_end(fast, fast->elements[ELEMENT_CONDITION], &done, element->conditions[i].lines);
	}
	if (element->nested)
		tell_end(fast, fast->elements[ELEMENT_CONDITIONS], &done, element->conditions_end);
	tell_end(fast, fast->elements[ELEMENT_LINE], &done, element->line_end);
}

static enum scanned
scan_lines(const struct fast *fast, struct str bytes, size_t *taken)
{
	struct fast_cursor c = {.at = bytes.s, .end = bytes.s + bytes.length};
	struct element element;
	enum scanned scanned;

	*taken = 0;
	do {
		c.lines = 0;
		scanned = expect_behind(&c, STR("<line"));
		if (scanned == SCAN_TAKEN)
			scanned = scan_line(fast, &c, &element);
		if (scanned != SCAN_TAKEN)
			return scanned;
		tell(fast, &element);
		*taken = (size_t)(c.at - bytes.s);
	} while (!xml_stopped(fast->xml));
	return SCAN_OTHER;
}

static struct str
find_lines(struct str bytes)
{
	static const struct str tag = {"<lines>", 7};
	const char *found = memmem(bytes.s, bytes.length, tag.s, tag.length);

	return (struct str){found, found ? tag.length : 0};
}

const struct fast_form fast_lines = {
	.elements = { [ELEMENT_LINE] = "line", [ELEMENT_CONDITIONS] = "conditions", [ELEMENT_CONDITION] = "condition" },
	.attributes = {
		[NAME_NUMBER] = "number",
		[NAME_HITS] = "hits",
		[NAME_BRANCH] = "branch",
		[NAME_CONDITION_COVERAGE] = "condition-coverage",
		[NAME_MISSING_BRANCHES] = "missing-branches",
		[NAME_TYPE] = "type",
		[NAME_COVERAGE] = "coverage",
	},
	.start = "lines",
	.depth = 3,
	.find = find_lines,
	.scan = scan_lines,
};
