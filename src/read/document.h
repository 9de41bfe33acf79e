/*
 * Reads one XML report from its first byte to its last: input -> repair -> xml -> the reader's callbacks.  What had to be
 * mended on the way becomes findings (COVERAGE 3.9, TESTS 4).  Knows nothing of what the elements mean.
 */
#ifndef MUSTER_READ_DOCUMENT_H
#define MUSTER_READ_DOCUMENT_H

#include "base/error.h"
#include "base/input.h"
#include "base/xml.h"
#include "model/audit.h"
#include "read/fast.h"

struct document {
	/* Several roots and text around them are read (test reports), not damage (coverage reports). */
	bool several_roots;
	/* The elements that come by the fast path; NULL: none do. */
	const struct fast_form *fast;
	/* The level of a finding about replaced characters: a warning of coverage, a note of tests. */
	enum audit_level mended;
	struct xml_handler handler;
	/* Called once before the first byte: the place for xml_intern() and to keep the parser for xml_line(). */
	void (*begin)(void *context, struct xml *xml);
};

/*
 * Reads the whole input.  False: it can't be read, is damaged, or a callback stopped it; err->line is the place.  The parser is gone
 * when this returns; findings about mended bytes are in the audit either way.
 */
bool document_read(const struct document *document, struct input *input, void *context, struct audit *audit,
    struct error *err);

#endif
