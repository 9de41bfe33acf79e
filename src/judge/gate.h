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
 * Judges every rule: fills result->gates in the table's order, then result->verdict and all_read.  False (ERROR_USAGE) for
 * a rule that can't be judged, e.g. a scope that is no component, stage or glob, or --needs that is no JSON.
 */
bool judge(const struct rules *rules, const struct run_facts *facts, struct result *result, struct error *err);
/* How many gates failed. */
size_t judge_failed(const struct result *result);

#endif
