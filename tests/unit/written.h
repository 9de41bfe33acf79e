/*
 * Reports that were measured and written by a writer, and what a reader makes of it again, for
 * tests of writers.
 */
#ifndef MUSTER_TESTS_WRITTEN_H
#define MUSTER_TESTS_WRITTEN_H

#include "base/strbuf.h"
#include "model/result.h"
#include "read/reader.h"

struct written {
	struct report report;
	struct result result;
	char *bytes;
	struct str text; /* what the writer wrote, with a NUL behind it */
};

/* Merges a report into those that will be written; consumed. */
void written_add(struct written *written, struct report *report);
/* As written_add() of the words of dump.h. */
void written_add_words(
    struct written *written, const char *stage, const char *cell, const char *words);
/* Measures and resolves; once, behind the last report. */
void written_measure(struct written *written);
/* Writes; again for another writer. */
const char *written_by(struct written *written, const char *writer);
/* Files, lines, hits and proven branches, one line each: what must be the same when read back. */
void written_dump_lines(const struct report *report, struct strbuf *out);
/* Functions of each file: class, name, signature, first line, covered or not. */
void written_dump_functions(const struct report *report, struct strbuf *out);
/*
 * Writes and reads by `reader`, holds lines and branches against what was written, and lets nothing
 * but notes come up.  `back` is owned: report_clear().
 */
void written_read_back(struct written *written, const struct reader *reader, struct report *back);
void written_clear(struct written *written);

#endif
