/*
 * What a bid needs to know of the start of an XML document, in any encoding: its first element and
 * the first inside it. No parser: it looks past byte order mark, blanks, text, declaration,
 * comments and DOCTYPE, and judges nothing.
 */
#ifndef MUSTER_READ_SNIFF_H
#define MUSTER_READ_SNIFF_H

#include "base/str.h"

#include <stdint.h>

enum { SNIFF_BYTES = 8 << 10 };

/* Runs point into the head given or into `ascii`, so a struct sniff must not be copied. */
struct sniff {
	struct str head;	/* the head without byte order mark and, in UTF-16, without NULs */
	struct str root;	/* local name of the first element; empty: there is none */
	struct str tag;		/* the text of its tag behind the name: attributes */
	struct str child;	/* local name of the first element inside it; empty: none seen */
	uint64_t line;		/* of the root; without one: the last line seen */
	bool markup;		/* nothing but blanks stands before the first '<' */
	bool own_line;		/* no text stands before the root on its line */
	char ascii[SNIFF_BYTES];
};

void sniff_head(struct sniff *sniff, struct str head);
/* Whether the root has an attribute of this name. */
bool sniff_attribute(const struct sniff *sniff, const char *name);
/* Whether the start of the document holds this text anywhere. */
bool sniff_holds(const struct sniff *sniff, const char *text);

#endif
