/*
 * How a run differs from its baseline (TESTS R16): deltas of every total, stage, component and
 * file, lines whose coverage changed without their being changed, and tests by name.  What either
 * side can't tell is said to be not comparable.
 */
#ifndef MUSTER_MODEL_COMPARISON_H
#define MUSTER_MODEL_COMPARISON_H

#include "model/base.h"

/*
 * A percentage then; `points` is ratio_change() to now.  Unknown where either side measured
 * nothing.
 */
struct change {
	bool known;
	int32_t points;
	struct ratio before;
};

struct numbers_change {
	struct change lines;
	struct change branches;
	struct change functions;
};

/*
 * A stage of either run.  `why` is what makes it not comparable, "" when it is (or there is nothing
 * on either side): "no report now", "a damaged report in the baseline".
 */
struct stage_change {
	struct str name;
	const struct stage_result *now; /* NULL: no such stage */
	const struct stage_result *before;
	struct numbers_change numbers;
	const char *why_lines;
	const char *why_tests;
};

/*
 * Lines of one file that lost or gained their coverage although nobody changed them, by their
 * numbers now.
 */
struct indirect_change {
	size_t file;    /* of the result */
	uint32_t *lost; /* ascending; owned */
	size_t lost_count;
	uint32_t *gained; /* ascending; owned */
	size_t gained_count;
	/* lost lines that each stage of comparison->stages ran before; owned */
	uint64_t *stages;
};

enum test_change {
	CHANGE_NEW_FAILURE, /* fails now and did not, or was not there */
	CHANGE_STILL_FAILING,
	CHANGE_FIXED, /* failed and passes now */
	CHANGE_NEWLY_FLAKY,
	CHANGE_ADDED,
	CHANGE_REMOVED,
	CHANGE_RENAMED,
	CHANGE_NEWLY_SKIPPED,
	CHANGE_UNSKIPPED,
	TEST_CHANGES
};

#define NO_TEST UINT32_MAX

/*
 * A test may stand in several lists: one that was added and fails.  Texts are borrowed from either
 * run.
 */
struct changed_test {
	test_id id; /* of the run's outcome; NO_TEST: it is no more */
	struct str stage;
	struct str container;
	struct str name;
	struct str old_container; /* of a renamed one */
	struct str old_name;
};

struct changed_tests {
	struct changed_test *items; /* by stage, container, name; owned */
	size_t count;
	size_t capacity;
};

/*
 * Lines of the baseline that were taken out of the sources since, by metric: what it would have
 * been without them.
 */
struct removal {
	struct numbers rest;
	uint64_t lines;
	uint64_t covered; /* of these lines */
};

/* Zeroed: nothing was compared. */
struct comparison {
	const struct base *base; /* borrowed */
	struct numbers_change total;
	struct numbers_change *components; /* by component of the result */
	struct numbers_change *files;      /* by file of the result; unknown for new ones */
	struct str *gone;                  /* paths that no report names any more, sorted */
	size_t gone_count;
	/* those of the result in its order, then the others by name */
	struct stage_change *stages;
	size_t stage_count;
	struct indirect_change *indirect; /* by path */
	size_t indirect_count;
	size_t indirect_capacity;
	struct removal removed;
	bool diff_given; /* lines were followed through a diff */
	struct changed_tests tests[TEST_CHANGES];
	/*
	 * By place in the outcome's list of failing tests: CHANGE_NEW_FAILURE,
	 * CHANGE_STILL_FAILING, or TEST_CHANGES where nothing can be said; owned.
	 */
	enum test_change *failing;
	struct test_list incomparable; /* the failing tests of the last kind */
};

/* "new failure", "still failing", ... */
const char *test_change_name(enum test_change change);
/* Whether any number, line or test differs, or can't be compared. */
bool comparison_differs(const struct comparison *comparison);
/* Adds ascending lines as ranges: "3-5,9". */
void lines_add(struct strbuf *out, const uint32_t *lines, size_t count);
void comparison_clear(struct comparison *comparison);

#endif
