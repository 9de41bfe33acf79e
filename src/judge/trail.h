/*
 * Where the lines of one file of the baseline are now: through a diff, or as they stand.
 */
#ifndef MUSTER_JUDGE_TRAIL_H
#define MUSTER_JUDGE_TRAIL_H

#include "base/diff.h"
#include "model/file.h"

struct trail {
	struct str old_path;            /* of the file in the baseline; empty: it is new */
	const struct diff *diff;        /* NULL: none is given */
	const struct diff_file *change; /* what it says of the file; NULL: nothing changed */
};

/* The trail to the file of this path; `diff` may be NULL. */
struct trail trail_to(const struct diff *diff, struct str path);
/* Whether lines can be followed at all: with a diff, or where both have the same lines. */
bool trail_follows(const struct trail *trail, const struct file *before, const struct file *now);
/* The number now of a line that had this one; 0: it was changed or removed. */
uint32_t trail_line(const struct trail *trail, uint32_t line);
/* Whether the diff deletes the file that had this path. */
bool trail_deleted(const struct diff *diff, struct str path);

#endif
