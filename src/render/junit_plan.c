/* Where each run of each test stands in JUnit XML. */
#include "render/junit_plan.h"

#include "base/mem.h"
#include "model/sub_cell.h"

#include <stdlib.h>

#define CONTAINER_SHARED UINT32_MAX

/* ---- containers ---- */

static void
note_container(struct junit_plan *plan, uint32_t container, uint32_t stage)
{
	uint32_t *known = &plan->container_stages[container];

	if (*known && *known != stage + 1)
		*known = CONTAINER_SHARED;
	else
		*known = stage + 1;
}

/* Whether readers leave a classname aside (TESTS 2). */
static bool
is_generic(struct str container, struct str name)
{
	static const struct str generic[] = {{"", 0}, {"test", 4}, {"undefined", 9}, {"global", 6}};

	container = str_trim(container);
	for (size_t i = 0; i < sizeof(generic) / sizeof(*generic); i++)
		if (str_equal(container, generic[i]))
			return true;
	return str_equal(container, str_trim(name));
}

static void
add_part(struct strbuf *out, struct str part)
{
	if (out->length)
		strbuf_add_string(out, " > ");
	strbuf_add_str(out, part);
}

/*
 * The stage goes before a container that several stages have, since what is read back is all of
 * one; and before one that readers would leave aside.
 */
void
junit_plan_container(const struct junit_plan *plan, const struct junit_run *run,
    struct strbuf *out)
{
	const struct report *report = plan->outcome->report;
	struct str container = strpool_get(&report->strings, run->named->container);
	uint32_t suite = run->suite;

	strbuf_reset(out);
	if (plan->container_stages[run->named->container] == CONTAINER_SHARED ||
	    is_generic(container, strpool_get(&report->strings, run->named->name)))
		add_part(out, report_stage(report, run->stage));
	if (run->with_suites && suite && report->tests.suites[suite - 1].joined)
		add_part(
		    out, strpool_get(&report->strings, report->tests.suites[suite - 1].joined));
	add_part(out, container.length ? container : STR("(none)"));
}

/* ---- runs ---- */

static void
add_runs(struct junit_plan *plan, const struct outcome_test *test, uint32_t place)
{
	struct outcome_run run = {0};

	while (outcome_next_run(plan->outcome, test->id, &run)) {
		MEM_GROW(plan->runs, plan->run_capacity, plan->run_count + 1);
		plan->runs[plan->run_count++] = (struct junit_run){
		    .named = test->named,
		    .suite = test->example->suite,
		    .place = place,
		    .stage = test->stage,
		    .run = run,
		};
	}
}

static int
compare_lanes(const void *left, const void *right)
{
	const struct junit_run *a = left;
	const struct junit_run *b = right;

	return (a->run.lane > b->run.lane) - (a->run.lane < b->run.lane);
}

/*
 * Names the cell of each of these runs, all of one lane and of tests of one name: the lane's cell
 * and what tells sub-cells apart here.
 */
static void
name_cells(struct junit_plan *plan, struct junit_run *runs, size_t count)
{
	const struct report *report = plan->outcome->report;
	struct strbuf cell = {0};
	unsigned told = 0;

	for (size_t i = 1; i < count; i++)
		told |= sub_cell_difference(report, runs[0].run.suite, runs[i].run.suite);
	for (size_t i = 0; i < count; i++) {
		sub_cell_name(report, runs[i].run.lane, runs[i].run.suite, told, &cell);
		runs[i].cell = strpool_add(&plan->cells, strbuf_str(&cell));
	}
	strbuf_clear(&cell);
}

/* Settles the runs from `first` on, all of tests of one name. */
static void
settle_group(struct junit_plan *plan, size_t first, bool with_suites)
{
	struct junit_run *runs = plan->runs + first;
	size_t count = plan->run_count - first;

	qsort(runs, count, sizeof(*runs), compare_lanes);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i; end < count && runs[end].run.lane == runs[i].run.lane; end++)
			runs[end].with_suites = with_suites;
		name_cells(plan, runs + i, end - i);
	}
}

static int
compare_ids(const void *left, const void *right)
{
	test_id a = *(const test_id *)left;
	test_id b = *(const test_id *)right;

	return (a > b) - (a < b);
}

/* How many tests from ids[0] on have one name; 0: the first is of unlisted ones. */
static size_t
count_group(const struct junit_plan *plan, const test_id *ids, size_t count)
{
	struct outcome_test first, test;
	size_t end = 1;

	outcome_test(plan->outcome, ids[0], &first);
	if (!first.example)
		return 0;
	for (; end < count; end++) {
		outcome_test(plan->outcome, ids[end], &test);
		if (!test.example || test.stage != first.stage ||
		    test.example->container != first.example->container ||
		    test.example->name != first.example->name)
			break;
	}
	return end;
}

/*
 * Adds the tests of one name; by their ids each stands before its repeats.  Those that are no
 * repeats are told apart by their suites, if not by their places.
 */
static void
add_group(struct junit_plan *plan, test_id *ids, size_t count, uint32_t place)
{
	size_t first = plan->run_count;
	bool with_suites = false;
	struct outcome_test test;

	qsort(ids, count, sizeof(*ids), compare_ids);
	for (size_t i = 0; i < count; i++) {
		outcome_test(plan->outcome, ids[i], &test);
		note_container(plan, test.example->container, test.stage);
		add_runs(plan, &test, place + (uint32_t)i);
		with_suites |= i && test.repeat == 1;
	}
	settle_group(plan, first, with_suites);
}

static void
list_runs(struct junit_plan *plan)
{
	struct test_list all = outcome_all(plan->outcome);

	for (size_t at = 0, count; at < all.count; at += count + !count) {
		count = count_group(plan, all.ids + at, all.count - at);
		if (count)
			add_group(plan, all.ids + at, count, (uint32_t)at);
	}
	free(all.ids);
}

static int
compare_runs(const void *left, const void *right, void *cells)
{
	const struct junit_run *a = left;
	const struct junit_run *b = right;

	if (a->stage != b->stage)
		return a->stage < b->stage ? -1 : 1;
	if (a->cell != b->cell)
		return str_compare(strpool_get(cells, a->cell), strpool_get(cells, b->cell));
	return (a->place > b->place) - (a->place < b->place);
}

/* ---- unlisted tests ---- */

static uint64_t
count_of(const struct outcome_unlisted *row)
{
	uint64_t count = 0;

	for (int i = 0; i < TEST_STATUSES; i++)
		count += row->counts[i];
	return count;
}

static int
compare_unlisted(const void *left, const void *right, void *strings)
{
	const struct outcome_unlisted *a = *(const struct outcome_unlisted *const *)left;
	const struct outcome_unlisted *b = *(const struct outcome_unlisted *const *)right;

	if (a->stage != b->stage)
		return a->stage < b->stage ? -1 : 1;
	return str_compare(strpool_get(strings, a->container), strpool_get(strings, b->container));
}

static void
list_unlisted(struct junit_plan *plan)
{
	const struct outcome *outcome = plan->outcome;

	plan->unlisted = mem_alloc(outcome->unlisted_count * sizeof(*plan->unlisted));
	for (size_t i = 0; i < outcome->unlisted_count; i++)
		if (count_of(&outcome->unlisted[i]))
			plan->unlisted[plan->unlisted_count++] = &outcome->unlisted[i];
	if (plan->unlisted_count)
		qsort_r(plan->unlisted, plan->unlisted_count, sizeof(*plan->unlisted),
		    compare_unlisted, (void *)(uintptr_t)&outcome->report->strings);
}

/* ---- the whole ---- */

void
junit_plan_make(struct junit_plan *plan, const struct outcome *outcome)
{
	*plan = (struct junit_plan){.outcome = outcome};
	if (!outcome->report)
		return;
	plan->container_stages =
	    mem_zalloc(outcome->report->strings.count + 1, sizeof(*plan->container_stages));
	list_runs(plan);
	if (plan->run_count)
		qsort_r(
		    plan->runs, plan->run_count, sizeof(*plan->runs), compare_runs, &plan->cells);
	list_unlisted(plan);
}

/* The first run of this stage or of one behind it. */
static size_t
first_run(const struct junit_plan *plan, uint32_t stage)
{
	size_t low = 0, high = plan->run_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (plan->runs[middle].stage < stage)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t
first_unlisted(const struct junit_plan *plan, uint32_t stage)
{
	size_t low = 0, high = plan->unlisted_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (plan->unlisted[middle]->stage < stage)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct junit_stage
junit_plan_stage(const struct junit_plan *plan, uint32_t stage)
{
	size_t run = first_run(plan, stage);
	size_t unlisted = first_unlisted(plan, stage);

	if (stage == UINT32_MAX)
		return (struct junit_stage){0};
	return (struct junit_stage){
	    .runs = plan->run_count ? plan->runs + run : NULL,
	    .run_count = first_run(plan, stage + 1) - run,
	    .unlisted = plan->unlisted + unlisted,
	    .unlisted_count = first_unlisted(plan, stage + 1) - unlisted,
	};
}

void
junit_plan_release(struct junit_plan *plan)
{
	strpool_clear(&plan->cells);
	free(plan->runs);
	free(plan->unlisted);
	free(plan->container_stages);
}
