/*
 * What the gates share; for gate*.c alone.  A gate is one const struct, listed in gate.c.
 */
#ifndef MUSTER_JUDGE_GATES_H
#define MUSTER_JUDGE_GATES_H

#include "judge/gate.h"

/* All that a gate may look at, and where it puts its rows. */
struct judging {
	const struct rules *rules;
	const struct run_facts *facts;
	struct result *result;
};

struct gate {
	const char *name;	/* PRODUCT 2 */
	/* Whether its rules can be judged, before anything is read.  NULL: always. */
	bool (*check)(const struct rules *rules, struct error *err);
	/* Adds a row for each of its rules; none when it was not asked for. */
	void (*judge)(const struct judging *judging);
};

extern const struct gate gate_fail_under;
extern const struct gate gate_require_stage;
extern const struct gate gate_max_failures;
extern const struct gate gate_min_tests;
extern const struct gate gate_max_skipped;
extern const struct gate gate_max_flaky;
extern const struct gate gate_max_drop;
extern const struct gate gate_needs;
extern const struct gate gate_stage_exit;
extern const struct gate gate_reports;
extern const struct gate gate_strict;
extern const struct gate gate_untracked_changes;

/* A text in the result's arena. */
const char *gate_text(struct result *result, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *gate_copy(struct result *result, struct str s);
/* A new row that passes, of this gate and scope; borrowed until the next one. */
struct gate_result *gate_row(const struct judging *judging, const struct gate *gate, const char *scope);
/* Ends a row of something that was never measured: fails, unless --allow-empty. */
void gate_nothing(const struct judging *judging, struct gate_result *row, const char *what);

/* The stage of this name in the result, or NULL. */
const struct stage_result *gate_stage(const struct result *result, struct str name);
/* Whether a test report of this stage was read, even a damaged one; false for NULL. */
bool gate_stage_has_tests(const struct result *result, const struct stage_result *stage);

#endif
