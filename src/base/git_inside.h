/* What git*.c share of libgit2. */
#ifndef MUSTER_BASE_GIT_INSIDE_H
#define MUSTER_BASE_GIT_INSIDE_H

#include "base/git.h"

#include <git2.h>

struct git {
	git_repository *repository;
};

/* Fails with what was tried and libgit2's reason. */
bool git_fail(struct error *err, const char *what);

#endif
