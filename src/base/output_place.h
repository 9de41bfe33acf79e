/*
 * Where an output goes: a descriptor to write to, and what has to happen to names when all is
 * written or all is given up.  Only for output.c.
 */
#ifndef MUSTER_BASE_OUTPUT_PLACE_H
#define MUSTER_BASE_OUTPUT_PLACE_H

#include "base/error.h"

struct place {
	int fd;
	char *written;	/* the name the bytes have now; NULL when they go straight */
	char *wanted;	/* the name they get in the end; NULL when they have it already */
};

/*
 * Follows links to the end; a regular file gets a locked temporary file beside it.  ERROR_OUTPUT.
 */
bool place_open(const char *path, struct place *out, struct error *err);
/* A new file, which must not be there yet. */
bool place_create(const char *path, struct place *out, struct error *err);
/*
 * Closes and gives the bytes their name.  0, or the errno of what failed (the place has what it
 * had).
 */
int place_commit(struct place *place);
/* Closes and removes what has no name to stay under. */
void place_abort(struct place *place);

#endif
