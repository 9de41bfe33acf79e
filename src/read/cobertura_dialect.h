/*
 * The producers of Cobertura XML and what is to be known of each (COVERAGE 6), as one table: a rule
 * that a dialect needs is a row's field, never a branch in the reader.
 */
#ifndef MUSTER_READ_COBERTURA_DIALECT_H
#define MUSTER_READ_COBERTURA_DIALECT_H

#include "base/strbuf.h"
#include "base/xml.h"
#include "read/sniff.h"

struct dialect {
	const char *name;
	/* Criteria: every one that is not NULL must fit; the first row that fits is the dialect. */
	const char *holds;	/* a text in the head of the document */
	const char *order;	/* the root's attributes as this producer orders them */
	const char *version;	/* what the root's version starts with */
	const char *attribute;	/* an attribute of the root */
	/* Rules. */
	bool shows_version;	/* the root's version is the producer's */
	bool counts_otherwise;	/* header totals do not count lines: a note (COVERAGE 5) */
	bool branches_otherwise;	/* the same of branches alone */
	bool file_for_class;	/* a class named "./" and its file is none: functions without class */
	bool methods_list_file;	/* lines under a method are the file's; its rate says if it ran */
	unsigned rate_places;	/* that a rate is exact to; 0: as many as are printed */
};

/* The dialect of a document; a row without a name when no other fits. */
const struct dialect *dialect_find(const struct sniff *sniff,
    const struct xml_attribute *attributes, size_t count);
/* "coverage.py 6.5.0", "" for the row without a name; appended to `out`. */
void dialect_title(const struct dialect *dialect, const struct xml_attribute *attributes,
    size_t count, struct strbuf *out);

#endif
