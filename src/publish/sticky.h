/*
 * One comment of ours on a pull request, made and kept by any number of runs at once (GITHUB 3).
 */
#ifndef MUSTER_PUBLISH_STICKY_H
#define MUSTER_PUBLISH_STICKY_H

#include "publish/github.h"
#include "publish/marker.h"

enum { STICKY_WRITES = 4 };

enum sticky_end {
	STICKY_WRITTEN,
	STICKY_SAME,		/* it shows this already */
	STICKY_NEWER,		/* a newer run's stands there */
	STICKY_UNWANTED,	/* --comment-when */
	STICKY_CLOSED,		/* there is none, and none may be made */
	STICKY_READ_ONLY,
	STICKY_LOCKED,
	STICKY_FAILED,
};

/* What is to stand, all borrowed. */
struct sticky {
	const char *repository;
	uint64_t pull;
	const char *author;	/* whose comments may be ours; a comment that we make corrects it */
	const char *key;
	struct marker marker;
	struct str text;	/* with the marker */
	bool may_create;
	bool only_changes;	/* write only if the state differs from what stands */
	bool never_first;	/* write only over one that stands */
};

/*
 * Makes the comment stand.  *url (owned, NULL: not known) is where it is, whoever wrote it; `err`
 * says why for STICKY_FAILED, _READ_ONLY and _LOCKED.
 */
enum sticky_end sticky_put(struct github *github, const struct sticky *sticky, char **url,
    struct error *err);

#endif
