/*
 * A text of any length of which the start and the end are kept, LIMIT_TEXT_HALF bytes each, with the number of
 * bytes left out between them (TESTS 4).  A zeroed struct is an empty one.
 */
#ifndef MUSTER_READ_EXCERPT_H
#define MUSTER_READ_EXCERPT_H

#include "base/strbuf.h"

#include <stdint.h>

struct excerpt {
	struct strbuf kept;	/* the first half, then what may be the last */
	uint64_t left_out;
};

void excerpt_add(struct excerpt *excerpt, struct str piece);
/*
 * What is kept: the whole text, or its ends, cut between characters, with a line between them that says how many
 * bytes are left out.  Without white space around it.  Borrowed until the next call.
 */
struct str excerpt_text(struct excerpt *excerpt);
/* Empty, memory kept. */
void excerpt_reset(struct excerpt *excerpt);
void excerpt_clear(struct excerpt *excerpt);

#endif
