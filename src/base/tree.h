/*
 * The files of the repository (tracked and untracked but not ignored, through libgit2; else a
 * walk), as sorted paths below the root with an index by their ends.  COVERAGE 1.2d.
 */
#ifndef MUSTER_BASE_TREE_H
#define MUSTER_BASE_TREE_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

/* TREE_NONE: nothing is known of the files.  */
enum tree_origin { TREE_NONE, TREE_GIT, TREE_WALK };

struct tree;

/*
 * The git work tree around `start` ("." usually), as an absolute real path without trailing '/',
 * owned by the caller; else the real path of `start` itself.
 */
bool tree_root(const char *start, char **root, struct error *err);
/*
 * Lists the files below `root` (a real path).  *out is owned: tree_free().  `why` (at most `size`
 * bytes, "" otherwise) says for an audit note why libgit2 was not of use in a repository, or why
 * the tree is left empty.  The files of submodules and nested repositories are listed too where they
 * are checked out.
 */
bool tree_open(const char *root, struct tree **out, char *why, size_t size, struct error *err);
/* A tree of the given clean paths, for tests and for runs without a repository.  */
struct tree *tree_of(const struct str *paths, size_t count);
void tree_free(struct tree *tree);

enum tree_origin tree_origin(const struct tree *tree);
size_t tree_count(const struct tree *tree);
/* The i-th path by bytes, NUL-terminated, borrowed.  */
struct str tree_path(const struct tree *tree, size_t index);
/* Whether this exact path is a file of the tree; *index (may be NULL) is its place.  */
bool tree_has(const struct tree *tree, struct str path, size_t *index);
/* Whether any file lies below this folder ("" is the root itself).  */
bool tree_has_folder(const struct tree *tree, struct str folder);

/*
 * Places of files, borrowed; the first `whole` of them are the whole of what was asked for, the
 * others end in it.
 */
struct tree_range {
	const uint32_t *places;
	size_t count;
	size_t whole;
};

/* Every file of the tree, to look within; ASCII case folded when `fold`.  */
struct tree_range tree_all(const struct tree *tree, bool fold);
/*
 * The files within `range` whose path ends, by whole parts, in `suffix`.  `range` is tree_all() or
 * an earlier answer for a shorter end of the same suffix, with the same `fold`.
 */
struct tree_range tree_ending(const struct tree *tree, struct tree_range range, struct str suffix,
    bool fold);

/* Where sources are opened, by any number of threads. */
struct source_root {
	const char *path;	/* a real path, borrowed */
	int folder;		/* -1: it can't be opened, nor can a source */
};

struct source_root source_root_open(const char *path);
void source_root_close(struct source_root *root);
/*
 * Opens a file of the work tree for reading its source: a regular file that lies below the root
 * after resolving links (COVERAGE 1.3), and not in a `.git`, where tokens are kept; *size is how
 * many bytes it has.  -1 with err otherwise.
 */
int source_open(const struct source_root *root, struct str path, uint64_t *size, struct error *err);

#endif
