/*
 * Whether the source files that the merged report speaks of are those of the work tree: a line beyond a file's end shows
 * that they are not (COVERAGE 5).  Only files of the tree are looked at, confined to its root.
 */
#ifndef MUSTER_MERGE_SOURCES_H
#define MUSTER_MERGE_SOURCES_H

#include "base/tree.h"
#include "model/report.h"

/* Adds a warning for each file of the report that is shorter than its highest line, on `threads` threads. */
void sources_check(struct report *report, const struct tree *tree, struct str root, unsigned threads);

#endif
