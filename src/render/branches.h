/*
 * The branches of a file's lines, all stages folded, as formats of other tools can hold them: what
 * is proven, and which branches that are where the state of the line says so exactly (COVERAGE 9).
 */
#ifndef MUSTER_RENDER_BRANCHES_H
#define MUSTER_RENDER_BRANCHES_H

#include "model/file.h"

/*
 * IDS: `data` are the `count` branches that are missing, all there are (interval.lo == interval.hi
 * < n). CONDS: every record of the line has these conditions; `data` are `count` times
 * CONDITION_WORDS. COUNTS: the interval is all that can be said.
 */
struct line_branches {
	struct interval interval; /* n = 0: no branches */
	enum branch_kind kind;
	uint32_t *data; /* borrowed until the next line; may be sorted otherwise */
	uint32_t count;
};

/* Walks over the lines of one file; zeroed but for file and lanes it is at the start. */
struct branch_walk {
	const struct file *file;
	const struct lanes *lanes;
	size_t next;    /* where the records of the next line are looked for */
	uint32_t *copy; /* owned */
	size_t copy_capacity;
};

/* The branches of the line at index `row`; quickest when rows ascend. */
void branch_walk_to(struct branch_walk *walk, uint32_t row, struct line_branches *out);
void branch_walk_release(struct branch_walk *walk);

#endif
