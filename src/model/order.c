/* Ids in an order that only the content decides. */
#include "model/order.h"

#include "base/mem.h"
#include "model/tests_order.h"

#include <stdlib.h>
#include <string.h>

/* Names of lanes, to sort by. */
struct lane_name {
	struct str stage;
	struct str cell;
};

static int
lane_name_compare(const void *left, const void *right)
{
	const struct lane_name *a = left;
	const struct lane_name *b = right;
	int order = str_compare(a->stage, b->stage);

	return order ? order : str_compare(a->cell, b->cell);
}

/* Gives `into` the lanes of `from` in the order of their names. */
static void
lanes_seed(struct report *into, const struct report *from)
{
	size_t count = from->lanes.lane_count;
	struct lane_name *names = mem_zalloc(count, sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = (struct lane_name){report_stage(from, from->lanes.lanes[i].stage),
		    report_cell(from, (uint32_t)i)};
	if (count)
		qsort(names, count, sizeof(*names), lane_name_compare);
	for (size_t i = 0; i < count; i++)
		lanes_lane(&into->lanes, strpool_add(&into->strings, names[i].stage),
		    strpool_add(&into->strings, names[i].cell));
	free(names);
}

static int
str_order(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static void
strings_seed(struct report *into, const struct report *from)
{
	size_t count = from->strings.count;
	struct str *strings = mem_zalloc(count, sizeof(*strings));

	for (size_t i = 0; i < count; i++)
		strings[i] = strpool_get(&from->strings, (uint32_t)i + 1);
	if (count)
		qsort(strings, count, sizeof(*strings), str_order);
	for (size_t i = 0; i < count; i++)
		strpool_add(&into->strings, strings[i]);
	free(strings);
}

static int
set_compare(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
	uint32_t shared = a_count < b_count ? a_count : b_count;

	for (uint32_t i = 0; i < shared; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return (a_count > b_count) - (a_count < b_count);
}

static int
pattern_compare(const void *left, const void *right)
{
	const struct pattern *a = left;
	const struct pattern *b = right;
	int order = set_compare(a->could, a->could_count, b->could, b->could_count);

	return order ? order : set_compare(a->did, a->did_count, b->did, b->did_count);
}

/* The lanes of both reports have the same ids. */
static void
patterns_seed(struct report *into, const struct report *from)
{
	size_t count = from->lanes.pattern_count;
	struct pattern *patterns = mem_zalloc(count, sizeof(*patterns));

	if (count) {
		memcpy(patterns, from->lanes.patterns, count * sizeof(*patterns));
		qsort(patterns, count, sizeof(*patterns), pattern_compare);
	}
	for (size_t i = 0; i < count; i++)
		lanes_pattern(&into->lanes, patterns[i].could, patterns[i].could_count, patterns[i].did,
		    patterns[i].did_count);
	free(patterns);
}

/* Once the ids are in order they are the order. */
static int
source_compare(const void *left, const void *right)
{
	const struct source *a = left;
	const struct source *b = right;

	if (a->lane != b->lane)
		return a->lane < b->lane ? -1 : 1;
	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return memcmp(a->digest, b->digest, sizeof(a->digest));
}

void
report_order(struct report *report)
{
	struct report used = {0}, ordered = {0};

	tests_drop_suites(&report->tests);
	lanes_seed(&used, report);
	report_merge(&used, report);
	strings_seed(&ordered, &used);
	lanes_seed(&ordered, &used);
	patterns_seed(&ordered, &used);
	report_merge(&ordered, &used);
	if (ordered.source_count)
		qsort(ordered.sources, ordered.source_count, sizeof(*ordered.sources), source_compare);
	tests_order(&ordered.tests);
	*report = ordered;
}
