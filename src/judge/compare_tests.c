/* What became of tests since the baseline (TESTS R16). */
#include "judge/compare_parts.h"

#include "base/mem.h"
#include "judge/test_pairs.h"

#include <stdlib.h>

/* Whether the tests of a stage are compared at all. */
static bool
is_comparable(const struct comparing *c, struct str stage)
{
	const struct stage_change *row = compare_find_stage(c->out, stage);

	return row && !*row->why_tests;
}

/* Of every stage, in its order of arrival in the lanes: whether it is compared; owned. */
static bool *
comparable_stages(const struct comparing *c, const struct report *report)
{
	bool *comparable = mem_zalloc(report->lanes.stage_count, sizeof(*comparable));

	for (uint32_t i = 0; i < report->lanes.stage_count; i++)
		comparable[i] = is_comparable(c, report_stage(report, i));
	return comparable;
}

/*
 * Of tests that nothing but their order tells apart the failing ones come first where only failing
 * ones are known of the other side.
 */
static uint32_t
place_of(const struct comparing *c, const struct outcome_test *test, size_t index)
{
	const uint32_t behind = UINT32_C(1) << 31;

	return (uint32_t)index | (c->base->whole || test->status >= TEST_FAILED ? 0 : behind);
}

/* All tests with a name of the stages that are compared. */
static void
add_side(const struct comparing *c, const struct result *result, struct pair_side *side)
{
	const struct outcome *outcome = &result->outcome;
	struct test_list all = outcome_all(outcome);
	bool *comparable = comparable_stages(c, result->report);

	for (size_t i = 0; i < all.count; i++) {
		struct paired_test row;
		struct outcome_test test;

		outcome_test(outcome, all.ids[i], &test);
		if (!test.example || !comparable[test.stage])
			continue;
		row = (struct paired_test){
		    .stage = report_stage(result->report, test.stage),
		    .container = test.container,
		    .name = test.name,
		    .file = test.file,
		    .place = place_of(c, &test, i),
		    .id = test.id,
		    .status = test.status,
		    .flaky = test.flaky,
		};
		pair_side_add(side, &row);
	}
	free(comparable);
	free(all.ids);
}

/* What a JSON result tells: the tests that failed, without those that it can't name. */
static void
add_failing(const struct comparing *c, struct pair_side *side)
{
	for (size_t i = 0; i < c->base->failing_count; i++) {
		const struct base_failing *failing = &c->base->failing[i];
		struct paired_test row = {
		    .stage = failing->stage,
		    .container = failing->container,
		    .name = failing->name,
		    .file = failing->file,
		    .place = (uint32_t)i,
		    .status = TEST_FAILED,
		};

		if (is_comparable(c, row.stage) && !str_equal(row.name, OUTCOME_UNLISTED))
			pair_side_add(side, &row);
	}
}

static void
list_add(const struct comparing *c, enum test_change change, const struct changed_test *test)
{
	struct changed_tests *list = &c->out->tests[change];

	MEM_GROW(list->items, list->capacity, list->count + 1);
	list->items[list->count++] = *test;
}

static bool
fails(const struct paired_test *test)
{
	return test->status >= TEST_FAILED;
}

/* A test that both runs have. */
static void
list_pair(const struct comparing *c, const struct paired_test *now,
    const struct paired_test *before, struct changed_test test)
{
	/* a guess makes no failure an old one */
	bool failed = fails(before) && now->how != PAIR_LIKE;

	if (now->how != PAIR_SAME) {
		test.old_container = before->container;
		test.old_name = before->name;
		list_add(c, CHANGE_RENAMED, &test);
	}
	if (fails(now))
		list_add(c, failed ? CHANGE_STILL_FAILING : CHANGE_NEW_FAILURE, &test);
	else if (fails(before) && now->status == TEST_PASSED)
		list_add(c, CHANGE_FIXED, &test);
	if (now->status == TEST_SKIPPED && before->status != TEST_SKIPPED)
		list_add(c, CHANGE_NEWLY_SKIPPED, &test);
	if (now->status != TEST_SKIPPED && before->status == TEST_SKIPPED)
		list_add(c, CHANGE_UNSKIPPED, &test);
	if (now->flaky && !before->flaky && c->base->whole)
		list_add(c, CHANGE_NEWLY_FLAKY, &test);
}

/* A test that the baseline does not know. */
static void
list_new(const struct comparing *c, const struct paired_test *now, const struct changed_test *test)
{
	if (c->base->whole)
		list_add(c, CHANGE_ADDED, test);
	if (fails(now))
		list_add(c, CHANGE_NEW_FAILURE, test);
	if (now->flaky && c->base->whole)
		list_add(c, CHANGE_NEWLY_FLAKY, test);
}

static struct changed_test
changed_test_of(const struct paired_test *row, test_id id)
{
	return (struct changed_test){
	    .id = id, .stage = row->stage, .container = row->container, .name = row->name};
}

/* Sides are sorted by stage, container and name, and so are the lists. */
static void
list_changes(const struct comparing *c, const struct pair_side *now, const struct pair_side *before)
{
	for (size_t i = 0; i < now->count; i++) {
		const struct paired_test *row = &now->rows[i];
		struct changed_test test = changed_test_of(row, row->id);

		if (row->how == PAIR_NONE)
			list_new(c, row, &test);
		else
			list_pair(c, row, &before->rows[row->other], test);
	}
	for (size_t i = 0; i < before->count; i++) {
		struct changed_test test = changed_test_of(&before->rows[i], NO_TEST);

		if (before->rows[i].how == PAIR_NONE)
			list_add(c, CHANGE_REMOVED, &test);
	}
}

static int
compare_ids(const void *left, const void *right)
{
	test_id a = *(const test_id *)left, b = *(const test_id *)right;

	return (a > b) - (a < b);
}

/* The ids of a list, ascending; owned. */
static test_id *
ids_of(const struct changed_tests *list)
{
	test_id *ids = mem_alloc(list->count * sizeof(*ids));

	for (size_t i = 0; i < list->count; i++)
		ids[i] = list->items[i].id;
	qsort(ids, list->count, sizeof(*ids), compare_ids);
	return ids;
}

static bool
has_id(const test_id *ids, size_t count, test_id id)
{
	return bsearch(&id, ids, count, sizeof(*ids), compare_ids) != NULL;
}

/* Marks each failing test of the run as new, old, or neither. */
static void
mark_failing(const struct comparing *c)
{
	const struct test_list *failing = &c->result->outcome.failing;
	struct comparison *out = c->out;
	test_id *fresh = ids_of(&out->tests[CHANGE_NEW_FAILURE]),
		*still = ids_of(&out->tests[CHANGE_STILL_FAILING]);

	out->failing = mem_alloc(failing->count * sizeof(*out->failing));
	for (size_t i = 0; i < failing->count; i++) {
		test_id id = failing->ids[i];

		out->failing[i] = has_id(fresh, out->tests[CHANGE_NEW_FAILURE].count, id)
				      ? CHANGE_NEW_FAILURE
				  : has_id(still, out->tests[CHANGE_STILL_FAILING].count, id)
				      ? CHANGE_STILL_FAILING
				      : TEST_CHANGES;
		if (out->failing[i] != TEST_CHANGES)
			continue;
		MEM_GROW(
		    out->incomparable.ids, out->incomparable.capacity, out->incomparable.count + 1);
		out->incomparable.ids[out->incomparable.count++] = id;
	}
	free(fresh);
	free(still);
}

void
compare_tests(const struct comparing *c)
{
	struct pair_side now = {0}, before = {0};

	add_side(c, c->result, &now);
	if (c->base->whole)
		add_side(c, &c->base->result, &before);
	else
		add_failing(c, &before);
	pair_tests(&now, &before, c->base->whole);
	list_changes(c, &now, &before);
	mark_failing(c);
	pair_side_clear(&now);
	pair_side_clear(&before);
}
