/*
 * Reports from a few words and back, for tests of the model: what is written and printed is names and numbers, never ids.
 */
#ifndef MUSTER_TESTS_DUMP_H
#define MUSTER_TESTS_DUMP_H

#include "base/strbuf.h"
#include "model/report.h"

/*
 * Fills a fresh report of one lane from lines of text:
 *   f PATH              opens a file
 *   l NUMBER HITS       a line record
 *   b N K [ID...]       branch data of that line, with what is missing
 *   c N K NUMBER/WIDTH/COVERED...   with conditions
 *   m NAME LINE HITS    a function of the open file
 */
void report_from(struct report *report, const char *stage, const char *cell, const char *text);
/* Everything that outputs can see of a report, ordered by names. */
void report_dump(const struct report *report, struct strbuf *out);

#endif
