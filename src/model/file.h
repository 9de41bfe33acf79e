/*
 * What is known of one source file, as columns (ARCHITECTURE, Memory): sorted line numbers with their hits and
 * patterns, branch records sparse beside them, functions.  The laws of merging are in model/file.c.
 */
#ifndef MUSTER_MODEL_FILE_H
#define MUSTER_MODEL_FILE_H

#include "model/lanes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A group of branch knowledge about one line in one stage (COVERAGE 3.3).  Stages are kept apart, since each
 * stage's own totals must equal those of its reports alone; measuring folds them.
 *  COUNTS  a = largest k, b = saturating sum of k                     {n -> (max, sum)}
 *  IDS     data[a .. a+b): ascending token ids missing in every record  {n -> intersection}
 *  CONDS   data[a .. a+4b): b times number, width, max, sum             {(n, numbers, widths) -> ...}
 *  PLAIN   n = 0: the line was hit by a record of this stage without branch data, beside others with
 */
enum branch_kind { BRANCH_COUNTS, BRANCH_IDS, BRANCH_CONDS, BRANCH_PLAIN };

struct branch {
	uint32_t line;
	uint32_t n : 30;	/* at most LIMIT_BRANCHES */
	uint32_t kind : 2;
	uint32_t stage;
	uint32_t a;
	uint32_t b;
};

struct function {
	uint32_t class_name;	/* string ids of the report's pool */
	uint32_t name;
	uint32_t signature;
	uint32_t first_line;	/* 0: none */
	uint32_t pattern;
	uint64_t hits;		/* > 0: covered (COVERAGE 3.5) */
};

/*
 * Invariants (file_check): lines strictly ascending, from 1 to LIMIT_LINE_NUMBER; branches ascending by (line, stage,
 * kind, n, shape), one record each, each on a line that exists; functions ascending by (class, name, signature bytes, first line).
 * `patterns` is NULL while all lines come from one report: then a line's pattern is the report's PATTERN_COULD, or
 * PATTERN_DID when its hits are > 0.
 */
struct file {
	uint32_t path;		/* string id */
	uint32_t line_count;
	uint32_t *lines;
	uint64_t *hits;
	uint32_t *patterns;
	struct branch *branches;
	struct function *functions;
	uint32_t *data;
	uint32_t branch_count;
	uint32_t function_count;
	uint32_t data_count;
};

/* Ids in a fresh report's lanes, whose one lane is 0. */
enum { PATTERN_NONE, PATTERN_COULD, PATTERN_DID };

/* The pattern id of line `i`. */
static inline uint32_t
file_pattern(const struct file *file, size_t i)
{
	if (file->patterns)
		return file->patterns[i];
	return file->hits[i] ? PATTERN_DID : PATTERN_COULD;
}

/* [lo, hi] of n branches of one line; n = 0: the line has none. */
struct interval {
	uint32_t lo;
	uint32_t hi;
	uint32_t n;
};

/* Index of the first branch record at or behind `line`. */
size_t file_branch_from(const struct file *file, uint32_t line);
/*
 * Folds the records branches[from .. to) of one line into its interval, over all stages, or over `stage` alone
 * (FILE_ALL_STAGES: all).  `pattern` is the line's, to know which stages hit it without branch data.
 */
struct interval file_interval(const struct file *file, const struct lanes *lanes, size_t from, size_t to,
    uint32_t pattern, uint32_t stage);
#define FILE_ALL_STAGES UINT32_MAX
/* Whether records of one line disagree about n (an audit note). */
bool file_totals_differ(const struct file *file, size_t from, size_t to);

/* Gives the columns back and leaves a file without lines. */
void file_clear(struct file *file);

#endif
