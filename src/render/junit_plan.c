/* Where each run of each test stands in JUnit XML. */
#include "render/junit_plan.h"

#include "base/mem.h"

#include <stdlib.h>

#define CONTAINER_SHARED	UINT32_MAX

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
	static const struct str generic[] = { { "", 0 }, { "test", 4 }, { "undefined", 9 }, { "global", 6 } };

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
 * The stage goes before a container that several stages have, since what is read back is all of one; and before one that
 * readers would leave aside.
 */
void
junit_plan_container(const struct junit_plan *plan, const struct junit_run *run, const struct outcome_test *test,
    struct strbuf *out)
{
	const struct report *report = plan->outcome->report;
	uint32_t suite = test->example->suite;

	strbuf_reset(out);
	if (plan->container_stages[test->example->container] == CONTAINER_SHARED ||
	    is_generic(test->container, test->name))
		add_part(out, report_stage(report, run->stage));
	if (run->with_suites && suite)
		add_part(out, strpool_get(&report->strings, report->tests.suites[suite - 1].joined));
	add_part(out, test->container.length ? test->container : STR("(none)"));
}

/* ---- runs ---- */

static void
add_runs(struct junit_plan *plan, const struct outcome_test *test, uint32_t place)
{
	struct outcome_run run = {0};
	struct strbuf cell = {0};

	while (outcome_next_run(plan->outcome, test->id, &run)) {
		outcome_cell(plan->outcome, &run, &cell);
		MEM_GROW(plan->runs, plan->run_capacity, plan->run_count + 1);
		plan->runs[plan->run_count++] = (struct junit_run){.test = test->id, .place = place,
		    .stage = test->stage, .cell = strpool_add(&plan->cells, strbuf_str(&cell)), .run = run};
	}
	strbuf_clear(&cell);
}

/* What is written of a test's identity, and where its runs begin. */
struct identity {
	uint32_t stage;
	uint32_t container;
	uint32_t name;
	struct str file;
	uint32_t line;
	uint32_t repeat;
	size_t first_run;
};

static bool
same_name(const struct identity *a, const struct identity *b)
{
	return a->stage == b->stage && a->container == b->container && a->name == b->name;
}

/*
 * Tests of one name stand together.  Those that are at one place and still no repeats of each other are told apart by
 * their suites.
 */
static void
mark_suites(struct junit_plan *plan, const struct identity *before, const struct identity *test)
{
	if (!same_name(before, test) || test->repeat > 1 || before->line != test->line ||
	    !str_equal(before->file, test->file))
		return;
	for (size_t i = before->first_run; i < plan->run_count; i++)
		plan->runs[i].with_suites = true;
}

static void
list_runs(struct junit_plan *plan)
{
	struct test_list all = outcome_all(plan->outcome);
	struct identity before = {0};

	for (size_t i = 0; i < all.count; i++) {
		struct identity identity;
		struct outcome_test test;

		outcome_test(plan->outcome, all.ids[i], &test);
		if (!test.example)
			continue;
		identity = (struct identity){test.stage, test.example->container, test.example->name, test.file,
		    test.line, test.repeat, plan->run_count};
		note_container(plan, identity.container, test.stage);
		add_runs(plan, &test, (uint32_t)i);
		mark_suites(plan, &before, &identity);
		if (!same_name(&before, &identity) || identity.repeat == 1)
			before = identity;
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
		qsort_r(plan->unlisted, plan->unlisted_count, sizeof(*plan->unlisted), compare_unlisted,
		    (void *)(uintptr_t)&outcome->report->strings);
}

/* ---- the whole ---- */

void
junit_plan_make(struct junit_plan *plan, const struct outcome *outcome)
{
	*plan = (struct junit_plan){.outcome = outcome};
	if (!outcome->report)
		return;
	plan->container_stages = mem_zalloc(outcome->report->strings.count + 1, sizeof(*plan->container_stages));
	list_runs(plan);
	if (plan->run_count)
		qsort_r(plan->runs, plan->run_count, sizeof(*plan->runs), compare_runs, &plan->cells);
	list_unlisted(plan);
}

struct junit_stage
junit_plan_stage(const struct junit_plan *plan, uint32_t stage)
{
	struct junit_stage found = {0};
	size_t first = 0;

	while (first < plan->run_count && plan->runs[first].stage < stage)
		first++;
	found.runs = plan->runs + first;
	while (first + found.run_count < plan->run_count && found.runs[found.run_count].stage == stage)
		found.run_count++;
	for (first = 0; first < plan->unlisted_count && plan->unlisted[first]->stage < stage;)
		first++;
	found.unlisted = plan->unlisted + first;
	while (first + found.unlisted_count < plan->unlisted_count && found.unlisted[found.unlisted_count]->stage == stage)
		found.unlisted_count++;
	return found;
}

void
junit_plan_release(struct junit_plan *plan)
{
	strpool_clear(&plan->cells);
	free(plan->runs);
	free(plan->unlisted);
	free(plan->container_stages);
}
