/*
 * A number for the content of an element: its attributes in any order, its children, its text but for runs of
 * white space alone (TESTS R4).  The same however the text came in pieces; equal contents have equal numbers.
 */
#ifndef MUSTER_READ_FINGERPRINT_H
#define MUSTER_READ_FINGERPRINT_H

#include "base/xml.h"

#include <stdbool.h>
#include <stdint.h>

/* The hashes of names, by the address of interned ones.  A zeroed struct knows none. */
struct name_hashes {
	struct {
		const char *name;
		uint64_t hash;
	} slots[64];
};

/* A zeroed struct is that of no content. */
struct fingerprint {
	uint64_t hash;		/* of what is complete */
	uint64_t run;		/* of the text since the last tag, without the pending bytes */
	uint64_t length;	/* of the text since the last tag */
	unsigned char pending[8];
	bool solid;		/* the run is not of white space alone */
};

void fingerprint_start(struct fingerprint *print, struct name_hashes *names, const char *name,
    const struct xml_attribute *attributes, size_t count);
void fingerprint_text(struct fingerprint *print, struct str piece);
void fingerprint_end(struct fingerprint *print);

#endif
