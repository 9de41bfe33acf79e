/* The slowest tests. */
#include "model/outcome_parts.h"

#include "base/mem.h"

#include <stdlib.h>

static int
compare_timed(const struct outcome *outcome, const struct timed *a, const struct timed *b)
{
	if (a->time != b->time)
		return a->time > b->time ? -1 : 1;
	return outcome_compare(outcome, a->id, b->id);
}

static int
compare_rows(const void *left, const void *right, void *context)
{
	return compare_timed(*(const struct outcome *const *)context, left, right);
}

/* Puts the test in its place among the slowest so far. */
static void
place(struct slowness *slowness, const struct outcome *outcome, const struct timed *row)
{
	struct timed *slowest = slowness->slowest;
	size_t at = slowness->slowest_count;

	if (at == OUTCOME_SLOWEST && row->time < slowest[at - 1].time)
		return;
	for (; at && compare_timed(outcome, row, &slowest[at - 1]) < 0; at--)
		slowest[at] = slowest[at - 1];
	slowest[at] = *row;
	slowness->slowest_count += slowness->slowest_count < OUTCOME_SLOWEST;
}

void
slowness_add(struct slowness *slowness, const struct outcome *outcome, test_id id, int64_t time)
{
	struct timed row = {time, id};

	if (time == TEST_TIME_UNKNOWN)
		return;
	place(slowness, outcome, &row);
	if (!slowness->limit || (uint64_t)time <= slowness->limit)
		return;
	MEM_GROW(slowness->slow, slowness->slow_capacity, slowness->slow_count + 1);
	slowness->slow[slowness->slow_count++] = row;
}

static void
fill(struct test_list *list, const struct timed *rows, size_t count)
{
	list->times = mem_zalloc(count, sizeof(*list->times));
	for (size_t i = 0; i < count; i++) {
		outcome_list_add(list, rows[i].id);
		list->times[i] = rows[i].time;
	}
}

void
slowness_finish(struct slowness *slowness, struct outcome *outcome)
{
	const struct outcome *borrowed = outcome;

	fill(&outcome->slowest, slowness->slowest, slowness->slowest_count);
	if (slowness->slow_count)
		qsort_r(slowness->slow, slowness->slow_count, sizeof(*slowness->slow), compare_rows, &borrowed);
	fill(&outcome->slow, slowness->slow, slowness->slow_count);
	free(slowness->slow);
	*slowness = (struct slowness){0};
}
