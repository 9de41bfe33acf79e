/*
 * The fast path (PERFORMANCE): within <lines> a strict scanner takes whole <line> elements of the plain form that producers
 * write and makes the same calls as the parser would.  What it takes is a subset of well-formed XML; from the first byte that
 * is not of that form the parser goes on.  Numbers, findings and their lines are the same with and without it.
 */
#ifndef MUSTER_READ_LINE_SCAN_H
#define MUSTER_READ_LINE_SCAN_H

#include "base/strbuf.h"
#include "base/xml.h"

enum { LINE_SCAN_NAMES = 7, LINE_SCAN_HELD = 4096 };

struct line_scan {
	struct xml *xml;		/* borrowed */
	const struct xml_handler *handler;	/* borrowed */
	void *context;
	const char *lines;		/* element names, interned */
	const char *line;
	const char *conditions;
	const char *condition;
	const char *names[LINE_SCAN_NAMES];	/* attribute names in the order of a table in line_scan.c */
	bool opened;			/* the parser's last call was the start of <lines> */
	bool inside;			/* the next bytes are the scanner's */
	struct strbuf held;		/* the beginning of an element whose end is not here yet */
};

void line_scan_begin(struct line_scan *scan, struct xml *xml, const struct xml_handler *handler, void *context);
void line_scan_release(struct line_scan *scan);
/* As xml_feed(), by scanner and parser in turn. */
bool line_scan_feed(struct line_scan *scan, struct str bytes, bool last, struct error *err);
/* To be called at every start tag that the parser tells of, before the reader's own. */
static inline void
line_scan_start(struct line_scan *scan, const char *name)
{
	scan->opened = name == scan->lines;
}

#endif
