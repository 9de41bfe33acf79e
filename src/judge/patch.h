/*
 * Metric `patch`: the lines that a change added, as far as reports measured them (GITHUB 6).
 */
#ifndef MUSTER_JUDGE_PATCH_H
#define MUSTER_JUDGE_PATCH_H

#include "base/filter.h"
#include "judge/rules.h"
#include "model/result.h"

/* All borrowed, for as long as the result. */
struct change_given {
	const struct diff *diff;	/* NULL: no diff is known */
	const char *compared;		/* "4831f02 (main) with HEAD d033a3e" */
	struct str below; /* where the root is below that of the diff's paths: "" or "pkg/" */
	const struct filter *filter;	/* changed files that it leaves out are not missed */
};

/*
 * After measure(): fills result->patch and the patch numbers of files, components, stages and the
 * total.  Paths of a diff none of which is below `below` are taken as relative to the root itself
 * (git diff --relative).
 */
void patch_measure(
    const struct change_given *given, const struct rules *rules, struct result *result);

#endif
