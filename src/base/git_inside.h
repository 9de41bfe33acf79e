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

/* The best common ancestor that a shallow clone holds; *out is owned.  False when it holds none. */
bool git_shallow_base(
    struct git *git, const git_commit *first, const git_commit *second, git_commit **out);

#endif
