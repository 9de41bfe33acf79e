/*
 * How a tree comes about: paths are added in any order, then it is closed once and only read from
 * there on.
 */
#ifndef MUSTER_BASE_TREE_BUILD_H
#define MUSTER_BASE_TREE_BUILD_H

#include "base/tree.h"

struct tree *tree_new(void);
/*
 * Adds `folder`/`path` (`folder` may be ""), twice if need be.  False when the tree is full
 * (LIMIT_TREE_FILES).
 */
bool tree_add(struct tree *tree, struct str folder, struct str path);
/* Forgets all paths. */
void tree_reset(struct tree *tree);
/* Sorts, drops doubles and indexes. */
void tree_close(struct tree *tree, enum tree_origin origin);

#endif
