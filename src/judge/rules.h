/*
 * What a run asks for: the gates as the command line and configuration gave them, ready to be judged.
 */
#ifndef MUSTER_JUDGE_RULES_H
#define MUSTER_JUDGE_RULES_H

#include "base/filter.h"
#include "base/str.h"
#include "model/outcome.h"
#include "model/ratio.h"

enum metric { METRIC_LINES, METRIC_BRANCHES, METRIC_FUNCTIONS, METRIC_PATCH, METRICS };

/* --fail-under [SCOPE:][METRIC=]PERCENT. */
struct fail_under {
	struct str scope;	/* as typed; empty: the total */
	enum metric metric;
	struct decimal limit;
};

/* --max-drop [METRIC=]POINTS. */
struct max_drop {
	enum metric metric;	/* never METRIC_PATCH, which a baseline does not have */
	struct decimal limit;
};

/* --min-tests [STAGE:]N and its like. */
struct count_rule {
	struct str stage;	/* empty: all */
	bool given;
	uint64_t limit;
};

/* --stage-exit STAGE[/CELL]=CODE. */
struct stage_exit {
	struct str stage;
	struct str cell;
	bool has_cell;
	int64_t code;
};

struct component {
	struct str name;
	struct filter *paths;	/* owned; its patterns, of which the last that fits decides */
};

/* --untracked-changes: what becomes of changed source files that no report mentions. */
enum untracked_changes { UNTRACKED_WARN, UNTRACKED_IGNORE, UNTRACKED_FAIL };

/* All borrowed. */
struct rules {
	const struct fail_under *fail_under;
	size_t fail_under_count;
	const struct str *required_stages;
	size_t required_stage_count;
	const struct count_rule *min_tests;
	size_t min_tests_count;
	struct count_rule max_failures;	/* not given: 0 as soon as a test report was read */
	struct count_rule max_skipped;
	struct count_rule max_flaky;
	const struct max_drop *max_drops;
	size_t max_drop_count;
	const struct stage_exit *stage_exits;
	size_t stage_exit_count;
	const struct component *components;
	size_t component_count;
	const struct str *stage_order;	/* stages in the configuration's order */
	size_t stage_order_count;
	const struct duplicate_rule *duplicates;
	size_t duplicate_count;
	uint64_t slow_test;		/* nanoseconds */
	const char *needs;		/* the JSON text of --needs, NULL: not given */
	bool needs_skipped_ok;
	enum untracked_changes untracked_changes;
	bool strict;
	bool allow_empty;
};

#endif
