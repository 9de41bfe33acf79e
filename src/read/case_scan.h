/*
 * The fast path of test reports (PERFORMANCE G10): a strict scanner takes whole <testcase .../> elements of the plain form that
 * nearly all passing tests have, with the blanks before them, and makes the same calls as the parser would.  What it takes
 * is a subset of well-formed XML; from the first byte that is not of that form the parser goes on.
 */
#ifndef MUSTER_READ_CASE_SCAN_H
#define MUSTER_READ_CASE_SCAN_H

#include "base/strbuf.h"
#include "base/xml.h"

enum { CASE_SCAN_NAMES = 11, CASE_SCAN_HELD = 4096 };

struct case_scan {
	struct xml *xml;	/* borrowed */
	const struct xml_handler *handler;	/* borrowed */
	void *context;
	const char *test;	/* element names, interned */
	const char *suite;
	const char *names[CASE_SCAN_NAMES];	/* attribute names in the order of a table in case_scan.c */
	bool boundary;		/* the parser's last call was the start of a suite or the end of a case */
	bool inside;		/* the next bytes are the scanner's */
	struct strbuf held;	/* the beginning of an element whose end is not here yet */
};

void case_scan_begin(struct case_scan *scan, struct xml *xml, const struct xml_handler *handler, void *context);
void case_scan_release(struct case_scan *scan);
/* As xml_feed(), by scanner and parser in turn. */
bool case_scan_feed(struct case_scan *scan, struct str bytes, bool last, struct error *err);
/* To be called at every tag that the parser tells of, before the reader's own. */
static inline void
case_scan_start(struct case_scan *scan, const char *name)
{
	scan->boundary = name == scan->suite;
}

static inline void
case_scan_end(struct case_scan *scan, const char *name)
{
	scan->boundary = name == scan->test;
}

#endif
