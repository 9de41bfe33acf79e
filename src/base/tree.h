/*
 * The files of the repository (tracked and untracked but not ignored, through libgit2; else a walk), as sorted paths below
 * the root with an index by base name.  COVERAGE 1.2d.
 */
#ifndef MUSTER_BASE_TREE_H
#define MUSTER_BASE_TREE_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

enum tree_origin { TREE_NONE, TREE_GIT, TREE_WALK };

struct tree;

/*
 * The git work tree around `start` ("." usually), as an absolute real path without trailing '/', owned by the caller;
 * else the real path of `start` itself.
 */
bool tree_root(const char *start, char **root, struct error *err);
/*
 * Lists the files below `root`.  *out is owned: tree_free().  Where libgit2 refuses the repository (SHA-256, split or sparse
 * index) a walk is made and `why` (arena-free text, at most `size` bytes, "" otherwise) says so for an audit note.
 * Submodules' and nested repositories' files are listed too where they are checked out.
 */
bool tree_open(const char *root, struct tree **out, char *why, size_t size, struct error *err);
/* A tree of the given paths, for tests and for runs without a repository. */
struct tree *tree_of(const struct str *paths, size_t count);
void tree_free(struct tree *tree);

enum tree_origin tree_origin(const struct tree *tree);
size_t tree_count(const struct tree *tree);
/* The i-th path by bytes, NUL-terminated, borrowed. */
struct str tree_path(const struct tree *tree, size_t index);
/* Whether this exact path is a file of the tree; *index (may be NULL) is its place. */
bool tree_has(const struct tree *tree, struct str path, size_t *index);
/* Whether any file lies below this folder ("" is the root itself). */
bool tree_has_folder(const struct tree *tree, struct str folder);
/* The places of all files with this base name, ascending; ASCII case folded when `fold`.  Borrowed. */
const uint32_t *tree_named(const struct tree *tree, struct str base, bool fold, size_t *count);
/*
 * Opens a file of the work tree for reading its source: the path must lie below the root after resolving links
 * (COVERAGE 1.3), be a regular file.  -1 with err otherwise.
 */
int tree_open_source(const char *root, struct str path, struct error *err);

#endif
