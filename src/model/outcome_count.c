/* Totals and lists over resolved tests (TESTS R6, R7, R8, R10a, R18). */
#include "model/outcome_parts.h"

#include "base/mem.h"

#include <stdlib.h>

static void
add_saturating(uint64_t *sum, uint64_t more)
{
	if (__builtin_add_overflow(*sum, more, sum))
		*sum = UINT64_MAX;
}

/* The count of a status in totals. */
static uint64_t *
status_count(struct test_totals *totals, enum test_status status)
{
	uint64_t *counts[TEST_STATUSES] = { &totals->skipped, &totals->passed, &totals->failed, &totals->errors };

	return counts[status];
}

static void
add_test(struct test_totals *totals, enum test_status status, bool flaky)
{
	totals->tests++;
	++*status_count(totals, status);
	totals->flaky += flaky && status != TEST_SKIPPED;
}

/* Times count once for every case that counts (TESTS R14). */
static void
add_times(const struct outcome *outcome, struct test_totals *totals, const struct outcome_run *run)
{
	for (size_t i = run->first; i < run->end; i++) {
		const struct test_case *row = order_case(outcome, i);
		size_t index = outcome->order[i] & ORDER_INDEX;

		if (run->end - run->first > 1 &&
		    report_replaced(outcome, tests_report_of(&outcome->report->tests, index)))
			continue;
		if (row->time != TEST_TIME_UNKNOWN)
			add_saturating(&totals->nanoseconds, (uint64_t)row->time);
		else
			totals->unknown_times += !row->synthetic;
	}
}

static void
add_run(const struct outcome *outcome, struct test_totals *totals, const struct outcome_run *run)
{
	totals->runs++;
	totals->run_counts[run->status]++;
	add_times(outcome, totals, run);
}

void
outcome_list_add(struct test_list *list, test_id id)
{
	MEM_GROW(list->ids, list->capacity, list->count + 1);
	list->ids[list->count++] = id;
}

/* What a test was over some of its runs. */
struct folded {
	enum test_status status;
	bool flaky;
	int64_t time;	/* of the longest */
};

static void
fold(struct folded *folded, const struct outcome_run *run, bool first)
{
	if (first)
		*folded = (struct folded){run->status, run->flaky, run->time};
	if (run->status > folded->status)
		folded->status = run->status;
	folded->flaky = folded->flaky || run->flaky;
	if (run->time > folded->time)
		folded->time = run->time;
}

static void
list_test(struct outcome *outcome, test_id id, const struct folded *folded)
{
	if (folded->status >= TEST_FAILED)
		outcome_list_add(&outcome->failing, id);
	if (folded->status == TEST_SKIPPED)
		outcome_list_add(&outcome->skipped, id);
	else if (folded->flaky)
		outcome_list_add(&outcome->flaky, id);
}

/* Counts one test in its stage and its lanes; what it was over all its runs is left in *all. */
static void
count_test(struct outcome *outcome, test_id id, struct folded *all)
{
	struct outcome_run run = {0};
	struct folded lane = {0};
	uint32_t open = UINT32_MAX;
	uint32_t stage = 0;

	while (outcome_next_run(outcome, id, &run)) {
		bool first = open == UINT32_MAX;

		if (!first && run.lane != open)
			add_test(&outcome->lanes[open], lane.status, lane.flaky);
		fold(&lane, &run, run.lane != open);
		fold(all, &run, first);
		open = run.lane;
		stage = outcome->report->lanes.lanes[open].stage;
		add_run(outcome, &outcome->lanes[open], &run);
		add_run(outcome, &outcome->stages[stage], &run);
	}
	add_test(&outcome->lanes[open], lane.status, lane.flaky);
	add_test(&outcome->stages[stage], all->status, all->flaky);
}

static void
count_tests(struct outcome *outcome, uint64_t slow)
{
	struct slowness slowness = {.limit = slow};

	for (size_t at = 0; at < outcome->order_count; at = order_end(outcome, at)) {
		struct folded all = {0};

		count_test(outcome, (test_id)at, &all);
		list_test(outcome, (test_id)at, &all);
		slowness_add(&slowness, outcome, (test_id)at, all.time);
	}
	slowness_finish(&slowness, outcome);
}

static void
count_cases(struct outcome *outcome)
{
	const struct tests *tests = &outcome->report->tests;

	for (size_t i = 0; i < tests->report_count; i++) {
		const struct test_report *report = &tests->reports[i];
		uint64_t cases = report->case_count - report->synthetic_count;

		outcome->lanes[report->lane].cases += cases;
		outcome->stages[outcome->report->lanes.lanes[report->lane].stage].cases += cases;
	}
}

/* ---- unlisted tests ---- */

static void
add_counts(struct test_totals *totals, const uint64_t *counts, const uint64_t *runs)
{
	for (int i = 0; i < TEST_STATUSES; i++) {
		*status_count(totals, (enum test_status)i) += counts[i];
		totals->tests += counts[i];
		totals->run_counts[i] += runs[i];
		totals->runs += runs[i];
	}
}

struct unlisted_key {
	uint32_t stage;
	uint32_t container;
	uint32_t lane;
	uint32_t index;
};

static int
compare_keys(const void *left, const void *right)
{
	const struct unlisted_key *a = left;
	const struct unlisted_key *b = right;

	if (a->stage != b->stage)
		return a->stage < b->stage ? -1 : 1;
	if (a->container != b->container)
		return a->container < b->container ? -1 : 1;
	if (a->lane != b->lane)
		return a->lane < b->lane ? -1 : 1;
	return 0;
}

/* The rows that count, of one stage and container together, of one lane together in them. */
static struct unlisted_key *
unlisted_keys(const struct outcome *outcome, size_t *count)
{
	const struct tests *tests = &outcome->report->tests;
	struct unlisted_key *keys = mem_alloc(tests->unlisted_count * sizeof(*keys));

	*count = 0;
	for (size_t i = 0; i < tests->unlisted_count; i++) {
		const struct test_report *report = &tests->reports[tests->unlisted[i].report];

		if (!report_replaced(outcome, report))
			keys[(*count)++] = (struct unlisted_key){
			    outcome->report->lanes.lanes[report->lane].stage,
			    tests->unlisted[i].container, report->lane, (uint32_t)i};
	}
	if (*count)
		qsort(keys, *count, sizeof(*keys), compare_keys);
	return keys;
}

/* Adds up the rows of one cell from `keys` on; returns how many they are. */
static size_t
sum_cell(const struct outcome *outcome, const struct unlisted_key *keys, size_t count, uint64_t sums[TEST_STATUSES])
{
	size_t end = 0;

	memset(sums, 0, TEST_STATUSES * sizeof(*sums));
	for (; end < count && compare_keys(&keys[0], &keys[end]) == 0; end++)
		for (int i = 0; i < TEST_STATUSES; i++)
			sums[i] += outcome->report->tests.unlisted[keys[end].index].counts[i];
	return end;
}

/* TESTS R10a: the largest number of errors, of errors and failures, and so on, over the cells. */
static void
add_cell(struct outcome_unlisted *row, const uint64_t sums[TEST_STATUSES])
{
	uint64_t before = 0, cell = 0, most = 0, reached = 0;

	for (int i = TEST_STATUSES - 1; i >= 0; i--) {
		before += row->counts[i];
		cell += sums[i];
		most = cell > before ? cell : before;
		row->counts[i] = most - reached;
		reached = most;
		row->runs[i] += sums[i];
	}
}

void
outcome_group_unlisted(struct outcome *outcome)
{
	size_t count, end;
	struct unlisted_key *keys = unlisted_keys(outcome, &count);
	struct outcome_unlisted *row = NULL;
	uint64_t sums[TEST_STATUSES];

	outcome->unlisted = mem_alloc(count * sizeof(*outcome->unlisted));
	for (size_t i = 0; i < count; i = end) {
		if (!row || row->stage != keys[i].stage || row->container != keys[i].container) {
			row = &outcome->unlisted[outcome->unlisted_count++];
			*row = (struct outcome_unlisted){.stage = keys[i].stage, .container = keys[i].container};
		}
		end = i + sum_cell(outcome, keys + i, count - i, sums);
		add_cell(row, sums);
	}
	free(keys);
}

static void
count_unlisted(struct outcome *outcome)
{
	size_t count, end;
	struct unlisted_key *keys = unlisted_keys(outcome, &count);
	uint64_t sums[TEST_STATUSES];

	for (size_t i = 0; i < count; i = end) {
		end = i + sum_cell(outcome, keys + i, count - i, sums);
		add_counts(&outcome->lanes[keys[i].lane], sums, sums);
	}
	free(keys);
	for (size_t i = 0; i < outcome->unlisted_count; i++) {
		const struct outcome_unlisted *row = &outcome->unlisted[i];
		test_id id = TEST_UNLISTED | (test_id)i * 4;

		add_counts(&outcome->stages[row->stage], row->counts, row->runs);
		if (row->counts[TEST_FAILED] + row->counts[TEST_ERROR])
			outcome_list_add(&outcome->failing, id | UNLISTED_FAILING);
		if (row->counts[TEST_SKIPPED])
			outcome_list_add(&outcome->skipped, id | UNLISTED_SKIPPED);
	}
}

/* ---- all of them ---- */

static void
totals_add(struct test_totals *into, const struct test_totals *from)
{
	into->tests += from->tests;
	into->runs += from->runs;
	into->cases += from->cases;
	into->passed += from->passed;
	into->failed += from->failed;
	into->errors += from->errors;
	into->skipped += from->skipped;
	into->flaky += from->flaky;
	add_saturating(&into->nanoseconds, from->nanoseconds);
	into->unknown_times += from->unknown_times;
	for (int i = 0; i < TEST_STATUSES; i++)
		into->run_counts[i] += from->run_counts[i];
}

void
outcome_count(struct outcome *outcome, uint64_t slow)
{
	const struct lanes *lanes = &outcome->report->lanes;

	outcome->stages = mem_zalloc(lanes->stage_count, sizeof(*outcome->stages));
	outcome->lanes = mem_zalloc(lanes->lane_count, sizeof(*outcome->lanes));
	count_tests(outcome, slow);
	count_cases(outcome);
	count_unlisted(outcome);
	for (size_t i = 0; i < lanes->stage_count; i++)
		totals_add(&outcome->total, &outcome->stages[i]);
	outcome_sort(outcome, &outcome->failing);
	outcome_sort(outcome, &outcome->flaky);
	outcome_sort(outcome, &outcome->skipped);
}
