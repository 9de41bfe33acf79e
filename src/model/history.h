/*
 * What earlier runs, kept in a file (--history), tell of this one: a trend, and tests that fail now
 * and then.  No number of the verdict comes from here.
 */
#ifndef MUSTER_MODEL_HISTORY_H
#define MUSTER_MODEL_HISTORY_H

#include "model/result.h"

enum { HISTORY_WINDOW = 20 }; /* how many earlier runs are looked at */

struct history_point {
	uint64_t time;  /* seconds since 1970; 0: unknown */
	struct str sha; /* "" unknown */
	enum verdict verdict;
	struct ratio lines;
	uint64_t tests;
	uint64_t failing;
	uint64_t nanoseconds;
};

struct history_test {
	test_id id;
	uint32_t runs;     /* earlier ones that had the test, HISTORY_WINDOW at most */
	uint32_t failures; /* of them */
	/* nanoseconds; TEST_TIME_UNKNOWN: not asked for, or too few times */
	int64_t median;
};

struct history_tests {
	struct history_test *items; /* owned */
	size_t count;
	size_t capacity;
};

/* Zeroed: nothing is known. */
struct history {
	struct arena arena;
	/* the oldest first; the last is this run */
	struct history_point points[HISTORY_WINDOW + 1];
	size_t point_count;
	struct history_tests failing; /* by place in the outcome's list of failing tests */
	/* passed and failed on this very commit; in the order of lists */
	struct history_tests flaky;
	struct history_tests slower; /* much slower than their median */
};

/*
 * One character a point for its percentage of lines: the lowest is U+2581, the highest U+2588; a
 * blank for none.
 */
void history_spark(const struct history *history, struct strbuf *out);
void history_clear(struct history *history);

#endif
