/*
 * What the files of judge/compare share; between compare*.c only.
 */
#ifndef MUSTER_JUDGE_COMPARE_PARTS_H
#define MUSTER_JUDGE_COMPARE_PARTS_H

#include "judge/compare.h"

struct comparing {
	const struct base *base;
	const struct compare_sources *sources;
	const struct result *result;
	/* by file of the result: what it was, NULL for a new one */
	const struct file_result **before;
	struct comparison *out;
};

/* The file of this path in a result or NULL. */
const struct file_result *compare_find_file(const struct result *result, struct str path);
/* The row of a stage of either run; NULL: neither has it. */
const struct stage_change *compare_find_stage(const struct comparison *comparison, struct str name);
/* Fills the lists of tests; stages are compared before. */
void compare_tests(const struct comparing *c);
/* Fills the indirect changes and what was removed; stages and files are compared before. */
void compare_lines(const struct comparing *c);

#endif
