/*
 * Streaming XML; the only file that sees libxml2.  Takes bytes that read/repair.h has made
 * clean UTF-8 without DOCTYPE (one is damage here), and calls back for tags and text.  No tree,
 * no DTD, no entity but the five predefined and character references, nothing fetched, depth
 * limited (LIMIT_XML_DEPTH).  Memory is bounded by LIMIT_XML_TAG, which one tag, comment or
 * processing instruction must not pass; text has no limit.
 */
#ifndef MUSTER_BASE_XML_H
#define MUSTER_BASE_XML_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

struct xml;

/* One attribute, laid out as libxml2's SAX2 hands it over: the value runs from `value` to `end`. */
struct xml_attribute {
	const char *name;	/* interned: see xml_intern(); local name */
	const char *prefix;	/* NULL: none */
	const char *uri;
	const char *value;	/* not NUL-terminated */
	const char *end;
};

static inline struct str
xml_value(const struct xml_attribute *attribute)
{
	return (struct str){attribute->value, (size_t)(attribute->end - attribute->value)};
}

/*
 * Callbacks; any may be NULL.  Names are local names (a namespace prefix is dropped, declared
 * or not), interned per parser so that equal names are equal pointers.  Text comes in pieces of
 * any size, CDATA as text.  What a callback is given is borrowed until it returns.
 */
struct xml_handler {
	void (*start)(void *context, const char *name, const struct xml_attribute *attributes,
	    size_t count);
	void (*end)(void *context, const char *name);
	void (*text)(void *context, struct str piece);
};

/* Once, before any thread: initialises libxml2. */
void xml_initialise(void);
/* A parser; owned: xml_free(). */
struct xml *xml_new(const struct xml_handler *handler, void *context);
void xml_free(struct xml *xml);
/*
 * Before the first bytes: the root element is a wrapper of the caller's own making
 * (read/repair.h).  No callback tells of it and no depth counts it, so that each element inside
 * is a root.
 */
void xml_hide_root(struct xml *xml);
/*
 * The interned pointer of a name, to compare those of callbacks with; borrowed for the life of
 * the parser.
 */
const char *xml_intern(struct xml *xml, const char *name);
/*
 * Parses the next bytes; `last` with the final ones (which may be empty).  Not well-formed, too
 * deep or at its end too early: ERROR_DAMAGED, a tag past LIMIT_XML_TAG: ERROR_LIMIT, both with
 * err->line set.  Nothing more is parsed and no callback made after that; further calls give
 * the same error.
 */
bool xml_feed(struct xml *xml, struct str bytes, bool last, struct error *err);
/*
 * From within a callback: ends the parse with this error (line 0: where the parser stands),
 * which xml_feed() then gives.
 */
void xml_stop(struct xml *xml, const struct error *err);
/* Whether the parse has ended with an error. */
bool xml_stopped(const struct xml *xml);
/* The line of the input that the parser stands on, counted from 1. */
uint64_t xml_line(const struct xml *xml);
/*
 * Between two calls of xml_feed(): the input holds this many lines more than the parser was
 * shown.
 */
void xml_add_lines(struct xml *xml, uint64_t lines);
/* Open elements at this moment, the one just started included. */
unsigned xml_depth(const struct xml *xml);

#endif
