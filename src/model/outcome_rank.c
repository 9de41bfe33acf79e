/* The order of lanes, stages and reports: by what they are called. */
#include "model/outcome_parts.h"

#include "base/mem.h"

#include <stdlib.h>

/* Something to be ranked: by place, then text, then second text, then number. */
struct ranked {
	size_t place;
	struct str text;
	struct str second;
	uint64_t number;
	size_t index;
};

static int
compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int
compare_ranked(const void *left, const void *right)
{
	const struct ranked *a = left;
	const struct ranked *b = right;
	int order = compare_numbers(a->place, b->place);

	if (!order)
		order = str_compare(a->text, b->text);
	if (!order)
		order = str_compare(a->second, b->second);
	return order ? order : compare_numbers(a->number, b->number);
}

/* The ranks by index; consumes the rows. */
static uint32_t *
rank(struct ranked *rows, size_t count)
{
	uint32_t *ranks = mem_alloc(count * sizeof(*ranks));

	qsort(rows, count, sizeof(*rows), compare_ranked);
	for (size_t i = 0; i < count; i++)
		ranks[rows[i].index] = (uint32_t)i;
	free(rows);
	return ranks;
}

static uint32_t *
rank_stages(const struct report *report, const struct outcome_rules *rules)
{
	size_t count = report->lanes.stage_count;
	struct ranked *rows = mem_zalloc(count, sizeof(*rows));

	for (size_t i = 0; i < count; i++) {
		rows[i].text = strpool_get(&report->strings, report->lanes.stages[i]);
		rows[i].index = i;
		while (rows[i].place < rules->stage_order_count &&
		    !str_equal(rules->stage_order[rows[i].place], rows[i].text))
			rows[i].place++;
	}
	return rank(rows, count);
}

static uint32_t *
rank_lanes(const struct report *report, const uint32_t *stage_ranks)
{
	const struct lanes *lanes = &report->lanes;
	struct ranked *rows = mem_zalloc(lanes->lane_count, sizeof(*rows));

	for (size_t i = 0; i < lanes->lane_count; i++) {
		rows[i].place = stage_ranks[lanes->lanes[i].stage];
		rows[i].text = strpool_get(&report->strings, lanes->lanes[i].cell);
		rows[i].index = i;
	}
	return rank(rows, lanes->lane_count);
}

/* Tells reports of one name apart: a number for their cases in document order. */
static uint64_t
digest(const struct tests *tests, const struct test_report *report)
{
	uint64_t sum = report->case_count;

	for (size_t i = 0; i < report->case_count; i++) {
		const struct test_case *row = &tests->cases[report->first_case + i];

		sum = (sum ^ row->hash) * UINT64_C(0x9e3779b97f4a7c15);
		sum ^= sum >> 29 ^ row->status;
	}
	return sum;
}

static uint32_t *
rank_reports(const struct report *report)
{
	const struct tests *tests = &report->tests;
	struct ranked *rows = mem_zalloc(tests->report_count, sizeof(*rows));

	for (size_t i = 0; i < tests->report_count; i++) {
		rows[i].text = strpool_get(&report->strings, tests->reports[i].name);
		rows[i].number = tests->report_count > 1 ? digest(tests, &tests->reports[i]) : 0;
		rows[i].index = i;
	}
	return rank(rows, tests->report_count);
}

/* What tells the sub-cells of a suite (TESTS 2), of suites that follow each other. */
struct sub_cell {
	uint32_t hostname;
	uint32_t package;
	uint32_t id;
	uint32_t stretch;
};

static bool
same_sub_cell(const struct sub_cell *a, const struct sub_cell *b)
{
	return a->hostname == b->hostname && a->package == b->package && a->id == b->id;
}

static int
compare_sub_cells(const void *left, const void *right, void *context)
{
	const struct strpool *strings = *(const struct strpool *const *)context;
	const struct sub_cell *a = left;
	const struct sub_cell *b = right;
	int order;

	if (same_sub_cell(a, b))
		return 0;
	order = str_compare(strpool_get(strings, a->hostname), strpool_get(strings, b->hostname));
	if (!order)
		order = str_compare(strpool_get(strings, a->package), strpool_get(strings, b->package));
	return order ? order : str_compare(strpool_get(strings, a->id), strpool_get(strings, b->id));
}

/* The stretches of suites with one sub-cell; that of no suite begins.  cells[i] becomes the stretch of suite i. */
static struct sub_cell *
find_stretches(const struct tests *tests, uint32_t *cells, size_t *count)
{
	struct sub_cell *stretches = mem_zalloc(tests->suite_count + 1, sizeof(*stretches));

	*count = 1;
	cells[0] = 0;
	for (size_t i = 0; i < tests->suite_count; i++) {
		const struct test_suite *suite = &tests->suites[i];
		struct sub_cell cell = {suite->hostname, suite->package, suite->id, (uint32_t)*count};

		if (!same_sub_cell(&cell, &stretches[*count - 1]))
			stretches[(*count)++] = cell;
		cells[i + 1] = (uint32_t)(*count - 1);
	}
	return stretches;
}

static uint32_t *
rank_sub_cells(const struct report *report)
{
	const struct strpool *strings = &report->strings;
	size_t suites = report->tests.suite_count;
	uint32_t *cells = mem_alloc((suites + 1) * sizeof(*cells));
	size_t count;
	struct sub_cell *stretches = find_stretches(&report->tests, cells, &count);
	uint32_t *ranks = mem_zalloc(count, sizeof(*ranks));

	qsort_r(stretches, count, sizeof(*stretches), compare_sub_cells, &strings);
	for (size_t i = 1; i < count; i++)
		ranks[stretches[i].stretch] = ranks[stretches[i - 1].stretch] +
		    !same_sub_cell(&stretches[i - 1], &stretches[i]);
	for (size_t i = 0; i <= suites; i++)
		cells[i] = ranks[cells[i]];
	free(stretches);
	free(ranks);
	return cells;
}

static void
find_last_attempts(struct outcome *outcome)
{
	const struct report *report = outcome->report;

	outcome->last_attempts = mem_zalloc(report->lanes.lane_count, sizeof(*outcome->last_attempts));
	for (size_t i = 0; i < report->tests.report_count; i++) {
		const struct test_report *row = &report->tests.reports[i];

		if (row->attempt > outcome->last_attempts[row->lane])
			outcome->last_attempts[row->lane] = row->attempt;
	}
}

static void
find_modes(struct outcome *outcome, const struct outcome_rules *rules)
{
	const struct report *report = outcome->report;

	outcome->modes = mem_zalloc(report->lanes.stage_count, sizeof(*outcome->modes));
	for (size_t stage = 0; stage < report->lanes.stage_count; stage++) {
		struct str name = strpool_get(&report->strings, report->lanes.stages[stage]);
		bool own = false;

		for (size_t i = 0; i < rules->duplicate_count; i++) {
			const struct duplicate_rule *rule = &rules->duplicates[i];

			if (rule->stage.length ? str_equal(rule->stage, name) : !own) {
				outcome->modes[stage] = rule->mode;
				own = own || rule->stage.length;
			}
		}
	}
}

void
outcome_rank(struct outcome *outcome, const struct outcome_rules *rules)
{
	outcome->stage_ranks = rank_stages(outcome->report, rules);
	outcome->lane_ranks = rank_lanes(outcome->report, outcome->stage_ranks);
	outcome->report_ranks = rank_reports(outcome->report);
	outcome->sub_cells = rank_sub_cells(outcome->report);
	find_last_attempts(outcome);
	find_modes(outcome, rules);
}

bool
report_replaced(const struct outcome *outcome, const struct test_report *report)
{
	return report->attempt < outcome->last_attempts[report->lane];
}
