/*
 * Compares a run with its baseline: what model/comparison.h holds comes from here.
 */
#ifndef MUSTER_JUDGE_COMPARE_H
#define MUSTER_JUDGE_COMPARE_H

#include "base/tree.h"
#include "judge/rules.h"
#include "model/comparison.h"

struct diff;

/*
 * What is known of the sources besides reports; both may be NULL.  With a diff lines are followed
 * through it, without one only where a file's lines are the same.  The tree tells a file that was
 * deleted from one that no report names any more.
 */
struct compare_sources {
	const struct diff *diff; /* from the baseline to here */
	const struct tree *tree;
};

/*
 * Measures the report of a snapshot as this run was measured: its components, order of stages,
 * duplicates.
 */
void compare_measure(const struct rules *rules, struct base *base);
/* Fills the zeroed comparison, which borrows from both runs. */
void compare(const struct base *base, const struct compare_sources *sources,
    const struct result *result, struct comparison *comparison);

#endif
