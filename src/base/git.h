/*
 * A git repository and its work tree, read through libgit2; the only module that sees it.  Nothing
 * of the repository is run (no hook, no filter, no monitor), so its owner is not asked for:
 * `safe.directory` is never set in containers.
 */
#ifndef MUSTER_BASE_GIT_H
#define MUSTER_BASE_GIT_H

#include "base/error.h"
#include "base/str.h"

struct git;

/*
 * Opens the repository whose work tree has its root at `folder` (a real path, no search upward).
 * *out is owned: git_free().  What libgit2 refuses (SHA-256, unknown extensions, a damaged
 * configuration) is ERROR_SYSTEM.
 */
bool git_open(const char *folder, struct git **out, struct error *err);
void git_free(struct git *git);
/* Whether `folder` holds a `.git` that looks like one, no matter whether libgit2 can read it. */
bool git_is_root(const char *folder);

enum git_kind {
	GIT_KIND_FILE,
	GIT_KIND_LINK,		/* a symbolic link, to whatever */
	GIT_KIND_NESTED,	/* the folder of a submodule or of a repository inside this one */
};

/*
 * One entry of the work tree: `path` is below its root, borrowed for the call.  False ends the
 * listing.
 */
typedef bool git_entry(void *context, struct str path, enum git_kind kind);
/*
 * Calls `entry` for what is tracked, on disk or not, and for what is neither tracked nor ignored;
 * in no order. Only below the folder `below` ("a/b/", or "" for all).  A split or sparse index is
 * refused.
 */
bool git_list(struct git *git, const char *below, git_entry *entry, void *context,
    struct error *err);

#endif
