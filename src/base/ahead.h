/*
 * Chunks made ahead by a thread of their own, a few at most, so that making them and using them
 * take place at the same time.
 */
#ifndef MUSTER_BASE_AHEAD_H
#define MUSTER_BASE_AHEAD_H

#include "base/str.h"

/*
 * Makes the next chunk of at most LIMIT_CHUNK bytes; 0 is the end.  Never called by two threads at
 * once.
 */
typedef size_t ahead_make(void *context, char *chunk);

struct ahead;

/* Starts making; NULL when there can be no thread.  Owned: ahead_free(). */
struct ahead *ahead_start(ahead_make *make, void *context);
/* The next chunk, borrowed until the next call; empty at the end. */
struct str ahead_next(struct ahead *ahead);
/* Stops the thread and waits for it.  NULL is fine. */
void ahead_free(struct ahead *ahead);

#endif
