/*
 * Makes the bytes of a report clean before the parser sees them (TESTS 4): a streaming
 * tokenizer that gives UTF-8 without byte order mark, DOCTYPE, forbidden characters or
 * references, line for line, so that the parser's line numbers are the input's.  Chunks with
 * nothing to mend go through untouched (the fast way out).
 *
 * It mends bytes and never structure: what is not well-formed beyond the kinds below stays for
 * the parser to refuse.  How the input is cut into calls changes nothing in what comes out, and
 * its encoding declaration means nothing any more.
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
 * `several_roots` (test reports): however many roots there are, <muster-roots> is put before
 * the first and closed behind the last (xml_hide_root() makes the parser's callbacks blind to
 * it); text between the document's parts, further declarations and DOCTYPEs are dropped.  Text
 * there is what does not start with '<' and a name; behind other text on its line a '<' starts
 * a root only where the name is that of the root before or begins with "test".
 *
 * Otherwise (coverage reports) several roots and text around them are left for the parser to refuse
 * (COVERAGE 3.9); only white space before the declaration is forgiven.  Owned: repair_free().
 */
struct repair *repair_new(bool several_roots);
void repair_free(struct repair *repair);
/*
 * Takes the next raw bytes and gives clean ones, borrowed until the next call (may be `raw`
 * itself).  With `last` the rest comes out.  Unknown encoding, a NUL inside, a DOCTYPE without
 * end, an end tag outside of any root of several: false with err->line; *clean then is what
 * stood before, so that the parser can be shown it first.
 */
bool repair_feed(struct repair *repair, struct str raw, bool last, struct str *clean,
    struct error *err);
const struct repair_note *repair_notes(const struct repair *repair);	/* [REPAIR_KINDS] */
/* What a finding of this kind says ("invalid bytes replaced by U+FFFD"). */
const char *repair_message(enum repair_kind kind);

#endif
