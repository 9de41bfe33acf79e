/*
 * Makes the bytes of a report clean before the parser sees them (TESTS 4): a streaming tokenizer that
 * gives UTF-8 without byte order mark, DOCTYPE, forbidden characters or references, line for line, so that the
 * parser's line numbers are the input's.  Chunks with nothing to mend go through untouched (the fast way out).
 */
#ifndef MUSTER_READ_REPAIR_H
#define MUSTER_READ_REPAIR_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

/* What was mended, each kind with the line of its first place (0: did not occur) and how often. */
enum repair_kind {
	REPAIR_ENCODING,	/* declared encoding contradicts the bytes */
	REPAIR_INVALID_BYTES,	/* bytes that are no characters: U+FFFD */
	REPAIR_FORBIDDEN,	/* characters or references that XML forbids: U+FFFD */
	REPAIR_CDATA_END,	/* "]]>" in text */
	REPAIR_LEADING,		/* text or white space before the declaration or the root */
	REPAIR_TRAILING,	/* text behind the root */
	REPAIR_ROOTS,		/* more than one root */
	REPAIR_DOCTYPE,		/* a DOCTYPE was left aside (no finding, for -v) */
	REPAIR_KINDS
};

struct repair_note {
	uint64_t line;
	uint64_t count;
};

struct repair;

/*
 * `several_roots`: several roots and text around them are read (test reports: the output is wrapped into
 * one root element <muster-roots> when needed); otherwise they are left for the parser to refuse (COVERAGE 3.9).
 * Owned: repair_free().
 */
struct repair *repair_new(bool several_roots);
void repair_free(struct repair *repair);
/*
 * Takes the next raw bytes and gives clean ones, borrowed until the next call (may be `raw` itself).  With
 * `last` the rest comes out.  Unknown encoding, a NUL inside, a DOCTYPE without end: false with err->line.
 */
bool repair_feed(struct repair *repair, struct str raw, bool last, struct str *clean, struct error *err);
const struct repair_note *repair_notes(const struct repair *repair);	/* [REPAIR_KINDS] */
/* What a finding of this kind says ("invalid bytes replaced by U+FFFD"). */
const char *repair_message(enum repair_kind kind);

#endif
