/*
 * Test cases of one report or of many merged, as they were read (TESTS 2-3): each judged alone, nothing resolved
 * between them; that is model/outcome.h.  A commutative monoid: merging is the union, and what is made of it
 * orders by names, never by arrival.  String ids are of the report's pool, lane ids of its lanes.
 */
#ifndef MUSTER_MODEL_TESTS_H
#define MUSTER_MODEL_TESTS_H

#include "base/error.h"
#include "base/strpool.h"
#include "model/strmap.h"

#include <stdbool.h>
#include <stdint.h>

/* From best to worst, as TESTS R6 ranks them: skipped only where nothing else happened. */
enum test_status { TEST_SKIPPED, TEST_PASSED, TEST_FAILED, TEST_ERROR, TEST_STATUSES };

/* TESTS R15: one count, kinds in the details. */
enum skip_kind { SKIP_PLAIN, SKIP_DISABLED, SKIP_TODO, SKIP_EXPECTED, SKIP_KINDS };

enum message_kind { MESSAGE_ERROR, MESSAGE_FAILURE, MESSAGE_SKIPPED, MESSAGE_RERUN, MESSAGE_FLAKY, MESSAGE_NOTE };

/* What one child of a case says: the type, the message attribute, the text (capped, TESTS 4). */
struct test_message {
	enum message_kind kind;
	uint32_t type;
	uint32_t message;
	uint32_t text;
};

/* Beside the few cases that have more to say than their row holds. */
struct test_detail {
	uint32_t first_message;
	uint32_t message_count;
	uint32_t attempts;
};

enum { TEST_TIME_UNKNOWN = -1 };

/* One <testcase>, or a result that stands for one (synthetic: TESTS R9, R10b). */
struct test_case {
	uint64_t hash;		/* of attributes and text: equal cases have equal ones (TESTS R4) */
	int64_t time;		/* nanoseconds or TEST_TIME_UNKNOWN */
	uint32_t container;	/* TESTS 2 */
	uint32_t name;		/* as shown: with parameters, "(unnamed 1)" */
	uint32_t suite;		/* index of the nearest suite + 1; 0: none */
	uint32_t file;
	uint32_t detail;	/* index + 1; 0: one attempt, no message */
	uint32_t line : 24;	/* 0: none; at most LIMIT_LINE_NUMBER */
	uint32_t status : 2;	/* enum test_status */
	uint32_t skip : 2;	/* enum skip_kind, of skipped ones */
	uint32_t flaky : 1;
	uint32_t synthetic : 1;
};

/* A <testsuite>, or a <testsuites>. */
struct test_suite {
	int64_t time;		/* its own attribute: nanoseconds or TEST_TIME_UNKNOWN; in no sum (TESTS R14) */
	uint32_t parent;	/* index + 1 */
	uint32_t name;
	uint32_t joined;	/* non-empty names from the outermost on, " > " between; no root <testsuites> */
	uint32_t hostname;
	uint32_t package;
	uint32_t id;
	uint32_t timestamp;
};

/* Tests that a suite counts and does not list (TESTS R10a). */
struct test_unlisted {
	uint32_t report;	/* index */
	uint32_t container;
	uint64_t counts[TEST_STATUSES];
};

/* One report: its cases stand together, in document order. */
struct test_report {
	uint32_t name;
	uint32_t lane;
	uint32_t attempt;	/* of the cell, {attempt}; 0: not said (TESTS R5) */
	uint32_t case_count;
	uint32_t synthetic_count;	/* of them */
	size_t first_case;
};

/* A zeroed struct holds no report and is the neutral element. */
struct tests {
	struct test_case *cases;
	size_t case_count;
	size_t case_capacity;
	struct test_detail *details;
	size_t detail_count;
	size_t detail_capacity;
	struct test_message *messages;
	size_t message_count;
	size_t message_capacity;
	struct test_suite *suites;
	size_t suite_count;
	size_t suite_capacity;
	struct test_unlisted *unlisted;
	size_t unlisted_count;
	size_t unlisted_capacity;
	struct test_report *reports;	/* ascending by first_case, without gaps */
	size_t report_count;
	size_t report_capacity;
	bool plain;		/* asked of the reader: no fast path */
};

/* TESTS R18: tests = passed + failed + errors + skipped; flaky <= tests - skipped; runs >= tests. */
struct test_totals {
	uint64_t tests;
	uint64_t runs;
	uint64_t cases;		/* <testcase> elements read */
	uint64_t passed;
	uint64_t failed;
	uint64_t errors;
	uint64_t skipped;
	uint64_t flaky;
	uint64_t nanoseconds;	/* saturating, so that no order shows */
	uint64_t unknown_times;
	uint64_t run_counts[TEST_STATUSES];	/* runs by status */
};

/* Starts the row of a report; the cases added from here on are its. */
void tests_begin(struct tests *tests, uint32_t name, uint32_t lane);
/* Adds a case of the report begun last; the place stays until the next one is added. */
struct test_case *tests_add(struct tests *tests, const struct test_case *row);
/* Adds a message behind those of `detail`, which must be the newest detail; 0 makes one.  Returns the detail's index + 1. */
uint32_t tests_message(struct tests *tests, uint32_t detail, const struct test_message *message);
/* Returns the suite's index + 1. */
uint32_t tests_suite(struct tests *tests, const struct test_suite *suite);
/* The report that holds the case at this index. */
const struct test_report *tests_report_of(const struct tests *tests, size_t index);
/* How often the case was executed; at least 1. */
uint32_t tests_attempts(const struct tests *tests, const struct test_case *row);
/* The messages of a case; NULL and 0 where it has none. */
const struct test_message *tests_messages(const struct tests *tests, const struct test_case *row, size_t *count);
/* Adds everything of `from` (consumed: left empty), with its string ids mapped and its lanes renamed lanes[id]. */
void tests_merge(struct tests *into, struct tests *from, struct string_map *strings, const uint32_t *lanes);
/* Whether every index and id is one that exists; for tests and fuzzers. */
bool tests_check(const struct tests *tests, size_t string_count, size_t lane_count, struct error *err);
void tests_clear(struct tests *tests);
/* "passed", "failed", "error", "skipped". */
const char *test_status_name(enum test_status status);
/* "skipped", "disabled", "todo", "expected failure". */
const char *skip_kind_name(enum skip_kind kind);

#endif
