/*
 * Counts the attributes of long tags before the parser sees them.  Only for base/xml.c: libxml2
 * compares each attribute of a tag with each other one, which would take a hostile tag of a
 * megabyte for minutes.  Short tags are not looked at.
 */
#ifndef MUSTER_BASE_XML_GUARD_H
#define MUSTER_BASE_XML_GUARD_H

#include "base/str.h"

/* Where the bytes seen so far end.  A zeroed struct is the start of a document. */
struct xml_guard {
	bool open;		/* behind a '<', in what still looks like a start tag */
	char quote;		/* of the value begun, or NUL */
	char previous;		/* the last byte that is no blank */
	unsigned attributes;
};

/*
 * Looks at the next bytes.  False when a tag in them passes LIMIT_XML_ATTRIBUTES: *safe is the
 * number of bytes before that tag (0 when it began earlier).  Otherwise *safe is all of them.
 */
bool xml_guard_pass(struct xml_guard *guard, struct str bytes, size_t *safe);

#endif
