/*
 * Where each run of each test stands in JUnit XML, so that reading it back makes the same tests of
 * them (TESTS 2): which stage, which cell, and under which container.  Between junit*.c only.
 */
#ifndef MUSTER_RENDER_JUNIT_PLAN_H
#define MUSTER_RENDER_JUNIT_PLAN_H

#include "model/outcome.h"

/* One run, a <testcase>. */
struct junit_run {
	const struct test_case *named; /* has the names, file and line of the test */
	uint32_t suite;   /* of the test, index + 1; 0: none */
	uint32_t place;   /* of the test in the order of all */
	uint32_t stage;   /* id of the report's lanes */
	uint32_t cell;    /* string id of plan->cells, as shown */
	bool with_suites; /* the names of its suites may tell the test from another one */
	struct outcome_run run;
};

/* Runs by stage, cell and test; unlisted tests by stage and container. */
struct junit_plan {
	const struct outcome *outcome; /* borrowed */
	struct strpool cells;
	struct junit_run *runs;
	size_t run_count;
	size_t run_capacity;
	const struct outcome_unlisted **unlisted;
	size_t unlisted_count;
	uint32_t *container_stages; /* by string id: stage id + 1; 0: none; UINT32_MAX: several */
};

/* What stands in one stage; borrowed. */
struct junit_stage {
	const struct junit_run *runs;
	size_t run_count;
	const struct outcome_unlisted *const *unlisted;
	size_t unlisted_count;
};

void junit_plan_make(struct junit_plan *plan, const struct outcome *outcome);
/* Nothing for a stage that no report was read of (UINT32_MAX). */
struct junit_stage junit_plan_stage(const struct junit_plan *plan, uint32_t stage);
/* Sets `out` to the classname of a run's test. */
void junit_plan_container(
    const struct junit_plan *plan, const struct junit_run *run, struct strbuf *out);
void junit_plan_release(struct junit_plan *plan);

#endif
