/*
 * The kinds of files that are often given to muster and that it does not read, so that a refusal
 * can name them.
 */
#ifndef MUSTER_READ_FOREIGN_H
#define MUSTER_READ_FOREIGN_H

#include "read/sniff.h"

/*
 * One kind.  Every criterion that is not NULL (or 0) must fit; the first row that fits is the kind.
 */
struct foreign {
	const char *what;	/* "a JaCoCo report" */
	const char *advice;	/* what to give instead; NULL: nothing to say */
	const char *root;	/* local name of the root element, letters of any case */
	const char *attribute;	/* that the root has */
	const char *child;	/* local name of the first element in the root */
	const char *holds;	/* a text in the head */
	struct str magic;	/* bytes at `offset`; at 0 also behind blanks */
	size_t offset;
	bool json;		/* starts like JSON */
};

/* The kind of a file by its start (`raw`: before sniff_head()), NULL: none that is known. */
const struct foreign *foreign_find(const struct sniff *sniff, struct str raw);

#endif
