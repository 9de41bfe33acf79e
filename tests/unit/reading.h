/*
 * One report read by one reader, and what came of it as short texts, for tests of readers.
 */
#ifndef MUSTER_TESTS_READING_H
#define MUSTER_TESTS_READING_H

#include "base/strbuf.h"
#include "read/reader.h"

struct reading {
	bool ok;
	struct error err;
	struct report report;
	struct strbuf dialect;
	struct strbuf roots;	/* each <source>, parted by '|' */
	uint64_t timestamp;
	struct strbuf text;	/* of the last question */
};

/* Reads `text`; an audit on its own when the reader fails. */
void reading_of_text(struct reading *reading, const struct reader *reader, struct str text);
/* Reads a file below tests/data. */
void reading_of_data(struct reading *reading, const struct reader *reader, const char *name);
/* "a.py 1:5 2:0[0,0]/2; b.py 7:1" */
const char *reading_lines(struct reading *reading);
/* "class.name(signature)@first=hits", parted by blanks. */
const char *reading_functions(struct reading *reading);
/* "error:10:hits-missing note:2:empty-report", in order. */
const char *reading_findings(struct reading *reading);
/* "lines 1/2 branches [1,2]/4 functions 1/1" of the whole. */
const char *reading_totals(struct reading *reading);
void reading_clear(struct reading *reading);

#endif
