/*
 * Which test of one run is which of another, by name (TESTS 2, R16).  Knows nothing of what became
 * of them.
 */
#ifndef MUSTER_JUDGE_TEST_PAIRS_H
#define MUSTER_JUDGE_TEST_PAIRS_H

#include "base/arena.h"
#include "model/outcome.h"

/*
 * How a test was found again.  MOVED: the only one of its name that went and the only one that came
 * in its stage, in another container.  LIKE: the only one in its container with a similar name that
 * differs in more than digits, both ways round.
 */
enum pair_kind { PAIR_NONE, PAIR_SAME, PAIR_MOVED, PAIR_LIKE };

struct paired_test {
	struct str stage;
	struct str container;
	struct str name;
	struct str file; /* parts tests of one container and name */
	uint32_t place;  /* in its run's order, for those that nothing else parts */
	test_id id;
	enum test_status status;
	bool flaky;
	enum pair_kind how;
	uint32_t other;             /* the row of the other side, unless PAIR_NONE */
	struct str plain_container; /* private: normalised */
	struct str plain_name;
	bool replaced; /* private: the normalised names are other ones */
};

/* The tests of one run.  A zeroed struct has none. */
struct pair_side {
	struct paired_test *rows; /* owned */
	size_t count;
	size_t capacity;
	struct arena arena;
};

/* Adds a test; strings are borrowed, private fields and the pairing left alone. */
void pair_side_add(struct pair_side *side, const struct paired_test *test);
/*
 * Sorts both sides and pairs them; with `renames` also those that are called otherwise or have
 * moved.
 */
void pair_tests(struct pair_side *now, struct pair_side *before, bool renames);
void pair_side_clear(struct pair_side *side);

#endif
