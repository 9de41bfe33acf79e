/*
 * What became of the tests of a run: the cases of all reports resolved into tests, runs and totals (TESTS 2-3).  A test is
 * one identity in one stage, a run is one test in one (sub-)cell, made of one case or more.  Depends on names only,
 * never on the order in which reports arrived.
 */
#ifndef MUSTER_MODEL_OUTCOME_H
#define MUSTER_MODEL_OUTCOME_H

#include "base/strbuf.h"
#include "model/audit.h"
#include "model/report.h"

/* --on-duplicate (TESTS R3). */
enum duplicate_mode { DUPLICATE_SEPARATE, DUPLICATE_WORST, DUPLICATE_RETRY };

/* The later rule wins, and one that names its stage over one for all. */
struct duplicate_rule {
	struct str stage;	/* empty: all */
	enum duplicate_mode mode;
};

/* All borrowed. */
struct outcome_rules {
	const struct duplicate_rule *duplicates;
	size_t duplicate_count;
	const struct str *stage_order;	/* stages in the configuration's order; others follow by name */
	size_t stage_order_count;
	uint64_t slow;		/* nanoseconds from which a test is slow; 0: none is */
};

/* Names a test, or the unlisted ones of a container, within its outcome. */
typedef uint32_t test_id;

struct test_list {
	test_id *ids;
	int64_t *times;	/* slow ones: each one's longest run; NULL else */
	size_t count;
	size_t capacity;
};

enum { OUTCOME_SLOWEST = 10 };

/* What tests are called that are counted and not listed. */
#define OUTCOME_UNLISTED STR("(unlisted)")

struct outcome_unlisted {
	uint32_t stage;
	uint32_t container;
	uint64_t counts[TEST_STATUSES];
	uint64_t runs[TEST_STATUSES];
};

/* Borrows the report.  Lists are ordered by stage, container, name; slow ones by time, the longest first. */
struct outcome {
	const struct report *report;
	struct test_totals total;
	struct test_totals *stages;	/* by stage id of the report's lanes */
	struct test_totals *lanes;	/* by lane id */
	struct test_list failing;
	struct test_list flaky;
	struct test_list skipped;
	struct test_list slowest;	/* at most OUTCOME_SLOWEST */
	struct test_list slow;		/* longer than the limit */
	/* private to outcome*.c */
	struct told_cell *told;		/* by place in the order */
	size_t told_count;
	uint32_t *order;		/* cases by test, cell, sub-cell and attempt; see outcome_parts.h */
	size_t order_count;
	struct repeat *repeats;		/* by id */
	size_t repeat_count;
	struct outcome_unlisted *unlisted;
	size_t unlisted_count;
	uint32_t *lane_ranks;		/* by lane id: the place of its names in the order of all */
	uint32_t *stage_ranks;		/* by stage id, in the order of display */
	uint32_t *report_ranks;		/* by index of test report */
	uint32_t *sub_cells;		/* by index of suite + 1: equal for equal hostname, package and id */
	uint32_t *last_attempts;	/* by lane id (TESTS R5) */
	enum duplicate_mode *modes;	/* by stage id */
};

/* One test as it is shown; strings borrowed. */
struct outcome_test {
	test_id id;
	uint32_t stage;		/* stage id of the report's lanes */
	struct str container;
	struct str name;	/* OUTCOME_UNLISTED for unlisted ones */
	struct str file;
	uint32_t line;
	enum test_status status;	/* the worst over its cells (TESTS R6) */
	enum skip_kind skip;
	bool flaky;
	bool synthetic;		/* no <testcase>: a suite's result, or unlisted tests */
	uint32_t repeat;	/* 2 for the second of bare duplicates, "#2" (TESTS R3); 1 else */
	uint32_t attempts;	/* of the run with the most */
	int64_t time;		/* of its longest run, nanoseconds; TEST_TIME_UNKNOWN */
	uint64_t count;		/* tests that this stands for: 1, or unlisted ones with this status */
	uint64_t runs;
	uint64_t failing_runs;
	const struct test_case *named;		/* the case that has its file and line; NULL: unlisted */
	const struct test_case *example;	/* the case that shows why it is so; NULL: unlisted */
};

/* One run of a test. */
struct outcome_run {
	uint32_t lane;
	uint32_t suite;		/* of its sub-cell: index + 1, 0: none */
	enum test_status status;
	bool flaky;
	uint32_t attempts;
	int64_t time;		/* sum over its cases */
	const struct test_case *example;	/* the case that decided */
	size_t first;		/* private: places in outcome->order */
	size_t end;
};

/* Resolves all tests of the report into a zeroed outcome; notes go to `audit`, ended when this returns. */
void outcome_resolve(const struct report *report, const struct outcome_rules *rules, struct outcome *outcome,
    struct audit *audit);
/* Fills the view of a test. */
void outcome_test(const struct outcome *outcome, test_id id, struct outcome_test *test);
/* The runs of a test one by one, by cell and sub-cell: start with a zeroed run; false behind the last. */
bool outcome_next_run(const struct outcome *outcome, test_id id, struct outcome_run *run);
/* A case of a run, for --explain. */
struct outcome_case {
	const struct test_case *row;
	const struct test_report *report;
	bool replaced;		/* by a later attempt of the cell (TESTS R5) */
};
/* The cases of a run in the order in which they count; false behind the last. */
bool outcome_run_case(const struct outcome *outcome, const struct outcome_run *run, size_t index,
    struct outcome_case *out);
/* The cell of a run as it is shown: its name ("" if it has none) and, where the test has several, its sub-cell's. */
void outcome_cell(const struct outcome *outcome, const struct outcome_run *run, struct strbuf *out);
/* Every test, ordered like the lists; owned: free(ids). */
struct test_list outcome_all(const struct outcome *outcome);
/* The message of a case that says most about its status, NULL where it has none (also without a case); borrowed. */
const struct test_message *outcome_message(const struct outcome *outcome, const struct test_case *row);
/* What that says: its message, else the first line of its text, else its type.  May be empty. */
struct str outcome_reason(const struct outcome *outcome, const struct test_case *row);
/* Its whole text, capped, and what the other messages say (TESTS R1); in scratch, may be empty. */
struct str outcome_text(const struct outcome *outcome, const struct test_case *row,
    struct strbuf *scratch);
bool outcome_has_text(const struct outcome *outcome, const struct test_case *row);
/* TESTS R18; for tests and fuzzers. */
bool outcome_check(const struct outcome *outcome, struct error *err);
void outcome_clear(struct outcome *outcome);
/* Whether totals keep TESTS R18. */
bool test_totals_check(const struct test_totals *totals);

#endif
