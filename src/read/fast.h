/*
 * The fast path (PERFORMANCE): behind certain tags a strict scanner takes whole elements of the plain form that producers
 * write and makes the same calls as the parser would.  What it takes is a subset of well-formed XML; from the first byte that is
 * not of that form the parser goes on.  Results, findings and their lines are the same with and without it.  What differs
 * between reports is a struct fast_form: line_scan.c for coverage, case_scan.c for tests.
 */
#ifndef MUSTER_READ_FAST_H
#define MUSTER_READ_FAST_H

#include "base/strbuf.h"
#include "base/xml.h"

enum { FAST_ELEMENTS = 3, FAST_ATTRIBUTES = 11, FAST_HELD = 4096 };

enum scanned { SCAN_TAKEN, SCAN_MORE, SCAN_OTHER };

struct fast;

struct fast_form {
	/* Names to intern, in the order that the scanner knows; NULL behind the last. */
	const char *elements[FAST_ELEMENTS + 1];
	const char *attributes[FAST_ATTRIBUTES + 1];
	/* The start or end of these elements, when the parser tells of it, lets the scanner in; NULL: none. */
	const char *start;
	const char *end;
	/* Elements that the scanner may open in each other. */
	unsigned depth;
	/* The next tag that may be such a start or end, whole; length 0: there is none in these bytes. */
	struct str (*find)(struct str bytes);
	/*
	 * Takes whole elements with the blanks before them; *taken is where the next one begins.  SCAN_MORE: it is cut off by
	 * the end of the bytes; SCAN_OTHER: it is the parser's, as is everything once the parse was stopped.
	 */
	enum scanned (*scan)(const struct fast *fast, struct str bytes, size_t *taken);
};

struct fast {
	const struct fast_form *form;	/* borrowed, as are the next three */
	struct xml *xml;
	const struct xml_handler *handler;
	void *context;
	const char *elements[FAST_ELEMENTS];	/* interned */
	const char *attributes[FAST_ATTRIBUTES];
	const char *start;
	const char *end;
	bool boundary;		/* the parser's last call was one that lets the scanner in */
	bool inside;		/* the next bytes are the scanner's */
	struct strbuf held;	/* the beginning of an element whose end is not here yet */
};

void fast_begin(struct fast *fast, const struct fast_form *form, struct xml *xml, const struct xml_handler *handler,
    void *context);
void fast_release(struct fast *fast);
/* As xml_feed(), by scanner and parser in turn. */
bool fast_feed(struct fast *fast, struct str bytes, bool last, struct error *err);

/* To be called at every start and end tag that the parser tells of, before the reader's own. */
static inline void
fast_start(struct fast *fast, const char *name)
{
	fast->boundary = name == fast->start;
}

static inline void
fast_end(struct fast *fast, const char *name)
{
	fast->boundary = name == fast->end;
}

/* ---- for the scanners ---- */

extern const struct fast_form fast_lines;
extern const struct fast_form fast_cases;

struct fast_cursor {
	const char *at;
	const char *end;
	uint64_t lines;		/* line ends passed since the element before */
};

static inline void
fast_blanks(struct fast_cursor *c)
{
	for (; c->at < c->end && (*c->at == ' ' || *c->at == '\n' || *c->at == '\t' || *c->at == '\r'); c->at++)
		c->lines += *c->at == '\n';
}

/* Whether these bytes come next; SCAN_MORE when the input ends within them.  Inlined: literals compare as numbers. */
static inline enum scanned
fast_expect(struct fast_cursor *c, struct str what)
{
	size_t left = (size_t)(c->end - c->at);

	if (left < what.length)
		return memcmp(c->at, what.s, left) == 0 ? SCAN_MORE : SCAN_OTHER;
	if (memcmp(c->at, what.s, what.length) != 0)
		return SCAN_OTHER;
	c->at += what.length;
	return SCAN_TAKEN;
}

/* Whether a byte may stand in a value: printable ASCII but what XML gives a meaning (" & <). */
static inline bool
fast_is_value(char c)
{
	static const uint64_t bits[4] = { UINT64_C(0xefffffbb00000000), UINT64_C(0x7fffffffffffffff) };
	unsigned char byte = (unsigned char)c;

	return bits[byte >> 6] >> (byte & 63) & 1;
}

#endif
