/*
 * Which pull request and which commit a run publishes to, as far as its environment tells without
 * asking anyone (GITHUB 2).  publish/pulls.h asks for the rest.
 */
#ifndef MUSTER_PUBLISH_TARGET_H
#define MUSTER_PUBLISH_TARGET_H

#include "publish/environment.h"

/* What the user says before the environment; 0 and "" where nothing. */
struct target_wishes {
	const char *repository;
	uint64_t pull;
	const char *sha;
};

enum { LOGIN_TEXT = 128, BRANCH_TEXT = 256 };

struct target {
	const char *repository;		/* borrowed; "": none */
	uint64_t pull;			/* 0: to be looked for, by the commit `look_up` */
	char head[SHA_TEXT];		/* our head; "": that of the pull request as it stands */
	bool queued;			/* a merge queue made our head: it is no pull request's */
	char look_up[SHA_TEXT];		/* "": there is nothing to look for */
	char owner[LOGIN_TEXT];		/* of the branch that a workflow_run's head is on */
	char branch[BRANCH_TEXT];
};

void target_find(const struct environment *environment, const struct target_wishes *wishes,
    struct target *target);

#endif
