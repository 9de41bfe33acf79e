/* Lists of tests in the order of names, and what must hold of an outcome. */
#include "model/outcome_parts.h"

#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

/* What orders a test, as ids and numbers; what else does is asked for when these are equal. */
struct sort_key {
	uint32_t stage;		/* rank */
	uint32_t container;
	uint32_t name;
	test_id id;
};

static struct sort_key
key_of(const struct outcome *outcome, test_id id)
{
	const struct report *report = outcome->report;
	const struct test_case *row;
	uint32_t lane;

	if (id & TEST_UNLISTED)
		return (struct sort_key){outcome->stage_ranks[unlisted_of(outcome, id)->stage],
		    unlisted_of(outcome, id)->container, UINT32_MAX, id};
	row = order_case(outcome, id);
	lane = order_report(outcome, id)->lane;
	return (struct sort_key){outcome->stage_ranks[report->lanes.lanes[lane].stage], row->container, row->name, id};
}

static struct str
text_of(const struct outcome *outcome, uint32_t id)
{
	return id == UINT32_MAX ? OUTCOME_UNLISTED : strpool_get(&outcome->report->strings, id);
}

static int
compare_texts(const struct outcome *outcome, uint32_t a, uint32_t b)
{
	return a == b ? 0 : str_compare(text_of(outcome, a), text_of(outcome, b));
}

static uint32_t
joined_of(const struct outcome *outcome, const struct test_case *row)
{
	return row->suite ? outcome->report->tests.suites[row->suite - 1].joined : 0;
}

/* Of tests of one stage, container and name. */
static int
compare_places(const struct outcome *outcome, test_id a, test_id b)
{
	const struct test_case *x, *y;
	int order;

	if ((a | b) & TEST_UNLISTED)
		return (a > b) - (a < b);
	x = order_case(outcome, a);
	y = order_case(outcome, b);
	order = compare_texts(outcome, x->file, y->file);
	if (!order)
		order = (x->line > y->line) - (x->line < y->line);
	if (!order)
		order = compare_texts(outcome, joined_of(outcome, x), joined_of(outcome, y));
	return order ? order : (a > b) - (a < b);
}

static int
compare_keys(const void *left, const void *right, void *context)
{
	const struct outcome *outcome = *(const struct outcome *const *)context;
	const struct sort_key *a = left;
	const struct sort_key *b = right;
	int order;

	if (a->stage != b->stage)
		return a->stage < b->stage ? -1 : 1;
	order = compare_texts(outcome, a->container, b->container);
	if (!order)
		order = compare_texts(outcome, a->name, b->name);
	return order ? order : compare_places(outcome, a->id, b->id);
}

int
outcome_compare(const struct outcome *outcome, test_id a, test_id b)
{
	struct sort_key x = key_of(outcome, a);
	struct sort_key y = key_of(outcome, b);

	return compare_keys(&x, &y, &outcome);
}

void
outcome_sort(const struct outcome *outcome, struct test_list *list)
{
	struct sort_key *keys = mem_alloc(list->count * sizeof(*keys));

	for (size_t i = 0; i < list->count; i++)
		keys[i] = key_of(outcome, list->ids[i]);
	qsort_r(keys, list->count, sizeof(*keys), compare_keys, &outcome);
	for (size_t i = 0; i < list->count; i++)
		list->ids[i] = keys[i].id;
	free(keys);
}

struct test_list
outcome_all(const struct outcome *outcome)
{
	struct test_list list = {0};

	for (size_t at = 0; at < outcome->order_count; at = order_end(outcome, at))
		outcome_list_add(&list, (test_id)at);
	for (size_t i = 0; i < outcome->unlisted_count; i++)
		outcome_list_add(&list, TEST_UNLISTED | (test_id)i * 4);
	outcome_sort(outcome, &list);
	return list;
}

/* ---- invariants ---- */

bool
test_totals_check(const struct test_totals *totals)
{
	uint64_t runs = 0;

	for (int i = 0; i < TEST_STATUSES; i++)
		runs += totals->run_counts[i];
	return totals->tests == totals->passed + totals->failed + totals->errors + totals->skipped &&
	    totals->flaky <= totals->tests - totals->skipped && totals->runs >= totals->tests &&
	    totals->runs == runs;
}

/* Every case at most once, every test with a case. */
static bool
check_order(const struct outcome *outcome)
{
	size_t cases = outcome->report->tests.case_count;
	bool *seen = mem_zalloc(cases, sizeof(*seen));
	bool fine = !outcome->order_count || outcome->order[0] & ORDER_FIRST;

	for (size_t i = 0; fine && i < outcome->order_count; i++) {
		size_t index = outcome->order[i] & ORDER_INDEX;

		fine = index < cases && !seen[index];
		if (fine)
			seen[index] = true;
	}
	free(seen);
	return fine;
}

static bool
check_sorted(const struct outcome *outcome, const struct test_list *list)
{
	for (size_t i = 1; i < list->count; i++)
		if (outcome_compare(outcome, list->ids[i - 1], list->ids[i]) >= 0)
			return false;
	return true;
}

/* What the views of all tests add up to. */
static bool
check_views(const struct outcome *outcome)
{
	struct test_list all = outcome_all(outcome);
	uint64_t tests = 0, runs = 0, flaky = 0;

	for (size_t i = 0; i < all.count; i++) {
		struct outcome_test test;

		outcome_test(outcome, all.ids[i], &test);
		tests += test.count;
		runs += test.runs;
		flaky += test.flaky;
	}
	free(all.ids);
	return tests == outcome->total.tests && runs == outcome->total.runs && flaky == outcome->total.flaky;
}

static bool
check_totals(const struct outcome *outcome)
{
	const struct lanes *lanes = &outcome->report->lanes;
	uint64_t tests = 0, runs = 0;

	for (size_t i = 0; i < lanes->stage_count; i++) {
		if (!test_totals_check(&outcome->stages[i]))
			return false;
		tests += outcome->stages[i].tests;
	}
	for (size_t i = 0; i < lanes->lane_count; i++) {
		if (!test_totals_check(&outcome->lanes[i]))
			return false;
		runs += outcome->lanes[i].runs;
	}
	return test_totals_check(&outcome->total) && tests == outcome->total.tests && runs == outcome->total.runs;
}

bool
outcome_check(const struct outcome *outcome, struct error *err)
{
	if (!check_order(outcome))
		return fail(err, ERROR_SYSTEM, "a test case stands in no test or in two");
	if (!check_totals(outcome))
		return fail(err, ERROR_SYSTEM, "the totals of tests do not add up");
	if (!check_views(outcome))
		return fail(err, ERROR_SYSTEM, "the tests do not make the totals");
	if (!check_sorted(outcome, &outcome->failing) || !check_sorted(outcome, &outcome->flaky) ||
	    !check_sorted(outcome, &outcome->skipped))
		return fail(err, ERROR_SYSTEM, "a list of tests is out of order");
	return true;
}
