/*
 * The gates: a table of const structs, each judging the result by its rules and adding one row or more (PRODUCT, Gates).
 */
#ifndef MUSTER_JUDGE_GATE_H
#define MUSTER_JUDGE_GATE_H

#include "base/error.h"
#include "judge/rules.h"
#include "model/result.h"

/* What the run did apart from numbers. */
struct run_facts {
	size_t inputs_failed;		/* inputs that could not be read whole */
	const struct str *failed_names;	/* their names, sorted */
	size_t failed_name_count;
	bool tests_seen;		/* a test report was read, even a damaged one */
};

/*
 * Whether every rule can be judged at all, which needs no report: ERROR_USAGE for a scope that is neither a component, a
 * stage, `each-file` nor a path or pattern, or for --needs that is no JSON object of jobs.
 */
bool judge_check(const struct rules *rules, struct error *err);
/* Adds to the audit what contradicts without failing: a runner that exits with 0 while its tests fail (TESTS R13). */
void judge_notes(const struct rules *rules, const struct result *result, struct audit *audit);
/*
 * Judges every rule: fills result->gates in the table's order, then result->verdict and all_read.  False where
 * judge_check() is.
 */
bool judge(const struct rules *rules, const struct run_facts *facts, struct result *result, struct error *err);
/* How many gates failed. */
size_t judge_failed(const struct result *result);

#endif
