/*
 * A git repository and its work tree, read through libgit2; git*.c alone see it.  Nothing
 * of the repository is run (no hook, no filter, no monitor), so its owner is not asked for:
 * `safe.directory` is never set in containers.
 */
#ifndef MUSTER_BASE_GIT_H
#define MUSTER_BASE_GIT_H

#include "base/diff.h"
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

enum { GIT_ID_TEXT = 41 };

/* The id of the commit at HEAD; false (and "") where there is none. */
bool git_head(const struct git *git, char id[GIT_ID_TEXT]);

/* What is to be compared with HEAD. */
struct git_wish {
	const char *base;	/* a branch, tag or commit */
	bool remote_first;	/* of a branch the one of `origin`, if there is one, before the local one */
	const char *merge;	/* "", or the id of the commit that merged HEAD into the base for a trial */
};

/* Commits, as they were compared. */
struct git_pair {
	char old_id[GIT_ID_TEXT];
	char new_id[GIT_ID_TEXT];
	bool is_merge;		/* HEAD is wish->merge, and its first parent the base */
};

/*
 * What changed from the merge base of wish->base and HEAD to HEAD, renames followed; when HEAD is wish->merge, from its
 * first parent to it, since the reports' lines are those of the merge (GITHUB 6).  The work tree is not looked at.
 * ERROR_USAGE for a base that there is not (with the nearest), or whose history is not all here (a shallow clone).
 */
bool git_changes(struct git *git, const struct git_wish *wish, struct diff *out, struct git_pair *pair,
    struct error *err);

#endif
