/*
 * What one report says, or many merged: the same shape for both, since merging is a commutative monoid whose
 * neutral element is the zeroed struct (COVERAGE 3.6).  Nothing here depends on the order of arrival but ids.
 */
#ifndef MUSTER_MODEL_REPORT_H
#define MUSTER_MODEL_REPORT_H

#include "base/error.h"
#include "base/input.h"
#include "base/strpool.h"
#include "model/audit.h"
#include "model/file.h"
#include "model/lanes.h"
#include "model/tests.h"

/* What became of an input. */
enum source_state {
	SOURCE_OK,
	SOURCE_DAMAGED,		/* a test report cut short: its complete cases count (TESTS R11) */
	SOURCE_BROKEN,		/* nothing counts */
	SOURCE_STATES
};

/* SOURCE_UNKNOWN: what could not be told, of broken ones. */
enum source_kind { SOURCE_COVERAGE, SOURCE_TESTS, SOURCE_UNKNOWN, SOURCE_KINDS };

/* One report that was read, or could not be. */
struct source {
	uint32_t name;		/* string ids */
	uint32_t format;	/* "cobertura", "lcov", "junit" */
	uint32_t dialect;	/* "coverage.py 6.5.0"; for -v */
	uint32_t lane;
	enum source_kind kind;
	enum source_state state;
	bool has_digest;
	unsigned char digest[DIGEST_BYTES];
	uint64_t timestamp;	/* seconds since 1970; 0: unknown */
	size_t input;		/* which of the run's inputs brought it; in no snapshot */
};

struct report {
	struct strpool strings;
	struct lanes lanes;
	struct file *files;	/* ascending by path bytes */
	size_t file_count;
	size_t file_capacity;
	struct source *sources;
	size_t source_count;
	size_t source_capacity;
	struct tests tests;
	struct audit audit;
};

/* Starts a fresh report of one lane (lane 0, patterns PATTERN_COULD and PATTERN_DID). */
void report_begin(struct report *report, struct str stage, struct str cell);
/* Gives lanes of the stage `unnamed` the stage, and those of no cell the cell; an empty one changes nothing. */
void report_label(struct report *report, struct str unnamed, struct str stage, struct str cell);
/* Adds everything of `other` (consumed: left empty) to `report`. */
void report_merge(struct report *report, struct report *other);
/*
 * After the last merge: adds the findings that only the whole can show (COVERAGE 3.3: totals that disagree) and
 * orders the audit.
 */
void report_settle(struct report *report);
/* The path of a file, borrowed. */
struct str report_path(const struct report *report, const struct file *file);
/* The file of this path or NULL; borrowed. */
const struct file *report_find(const struct report *report, struct str path);
/* Stage and cell names of a lane, borrowed. */
struct str report_stage(const struct report *report, uint32_t stage);
struct str report_cell(const struct report *report, uint32_t lane);
/* Every invariant of the model; false with the one that does not hold.  For tests and fuzzers. */
bool report_check(const struct report *report, struct error *err);
void report_clear(struct report *report);

#endif
