/*
 * The one model of numbers: everything that text, HTML, Markdown, JSON, comment and exit status say is
 * computed once (judge/measure.h, judge/gate.h) and stands here.  Renderers compute nothing.
 */
#ifndef MUSTER_MODEL_RESULT_H
#define MUSTER_MODEL_RESULT_H

#include "base/diff.h"
#include "base/strbuf.h"
#include "model/outcome.h"
#include "model/ratio.h"
#include "model/report.h"

struct numbers {
	struct ratio lines;
	struct branch_ratio branches;
	struct ratio functions;
	struct ratio patch;		/* changed lines; nothing where no diff is known */
	struct branch_ratio patch_branches;	/* of changed lines; of no stage alone */
};

/* Lines first to last. */
struct line_range {
	uint32_t first;
	uint32_t last;
};

struct file_result {
	const struct file *file;	/* of the merged report; borrowed */
	struct str path;
	struct numbers numbers;
	struct ratio *stages;		/* lines, one per stage of the result, in its order; owned */
	uint64_t *only_here;		/* by stage: lines that no other covers; owned */
	const struct diff_file *changed;	/* in the patch's diff; NULL: it did not change, or that is not known */
	struct line_range *patch_missing;	/* changed lines without a hit, and those between that no report measures */
	size_t patch_missing_count;
};

struct stage_result {
	struct str name;
	uint32_t id;		/* in the report's lanes; UINT32_MAX for a stage that nothing was read of */
	struct str *cells;	/* sorted, without the unlabelled one; owned */
	size_t cell_count;
	uint64_t reports;	/* inputs read: PRODUCT 2 */
	struct numbers numbers;
	uint64_t lines_only_here;
	struct test_totals tests;
};

struct component_result {
	struct str name;
	struct numbers numbers;
};

/* What the change under judgement is, beside its numbers (GITHUB 6).  Zeroed: no diff is known. */
struct patch_result {
	const struct diff *diff;	/* borrowed */
	const char *compared;		/* what was compared, in words */
	struct str *without_data;	/* changed source files that no report mentions, sorted */
	size_t without_data_count;
};

enum verdict { VERDICT_PASS, VERDICT_FAIL };

/* One gate judged.  Strings are owned by the result's arena; "" where a gate has none. */
struct gate_result {
	const char *gate;	/* "fail-under" ... (PRODUCT 2) */
	const char *scope;	/* "total", a component, "stage:unit", "each-file", a glob, a stage's name */
	const char *metric;	/* "lines", "branches", "functions", "patch"; "" for gates without */
	enum verdict status;
	const char *required;	/* as the user wrote it: "80" */
	const char *actual;	/* "79.99", "n/a", or a count */
	bool has_ratio;
	bool in_points;		/* required and actual are percent points, not a percentage */
	struct ratio ratio;
	uint64_t needed;	/* how many more would pass it */
	const char *message;	/* what it found and what would pass it, one line, without the gate's name */
};

struct comparison;
struct history;
struct quarantine;

struct result {
	const struct report *report;	/* borrowed */
	/* borrowed, NULL where not asked for, or of no use: model/comparison.h and so on */
	const struct comparison *comparison;
	const struct history *history;
	const struct quarantine *quarantine;
	struct arena arena;
	struct numbers total;
	struct file_result *files;	/* by path bytes */
	size_t file_count;
	struct stage_result *stages;	/* configured order, then by name */
	size_t stage_count;
	struct component_result *components;
	size_t component_count;
	struct patch_result patch;
	struct test_totals tests;	/* the outcome's total */
	struct outcome outcome;
	struct gate_result *gates;	/* in the order of the rules; renderers may show failed ones first */
	size_t gate_count;
	size_t gate_capacity;
	bool all_read;		/* every input was read whole */
	enum verdict verdict;	/* pass: every gate passed and every input was read whole (TESTS R11) */
	uint64_t timestamp;	/* SOURCE_DATE_EPOCH, else the newest report's, else 0 */
	struct decimal green;	/* colour limits, percent */
	struct decimal orange;
};

/* The missing lines of a file as ranges ("3-5,9"), "" when there are none (COVERAGE 4). */
void file_missing(const struct file *file, struct strbuf *out);
/* As file_missing(), of the lines that changed; "" without a diff too. */
void file_patch_missing(const struct patch_result *patch, const struct file_result *file, struct strbuf *out);
void result_clear(struct result *result);

#endif
