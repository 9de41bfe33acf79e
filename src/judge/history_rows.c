/* The names by which the history knows tests. */
#include "judge/history_parts.h"

#include "base/mem.h"
#include "judge/test_names.h"

#include <inttypes.h>
#include <stdlib.h>

static int
compare_names(const struct history_row *a, const struct history_row *b)
{
	int order = str_compare(a->stage, b->stage);

	if (!order)
		order = str_compare(a->container, b->container);
	return order ? order : str_compare(a->name, b->name);
}

static int
compare_rows(const void *left, const void *right)
{
	const struct history_row *a = left;
	const struct history_row *b = right;
	int order = compare_names(a, b);

	return order ? order : (a->place > b->place) - (a->place < b->place);
}

static int
compare_places(const void *left, const void *right)
{
	const struct history_row *a = left;
	const struct history_row *b = right;

	return (a->place > b->place) - (a->place < b->place);
}

static void
sort(struct history_rows *rows, int (*compare)(const void *, const void *))
{
	if (rows->count)
		qsort(rows->items, rows->count, sizeof(*rows->items), compare);
}

static struct str
normalised(struct history_rows *rows, struct str name, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	if (!test_name_normalise(name, scratch))
		return name;
	return (struct str){arena_string(&rows->arena, strbuf_str(scratch)), scratch->length};
}

/* The raw names of rows by place, to go back to. */
static struct history_row *
copy_raw(const struct history_rows *rows)
{
	return mem_copy(rows->items, rows->count * sizeof(*rows->items));
}

static size_t
like_first(const struct history_row *items, size_t count)
{
	size_t end = 1;

	while (end < count && compare_names(&items[0], &items[end]) == 0)
		end++;
	return end;
}

static bool
same_raw(const struct history_row *raw, const struct history_row *items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (compare_names(&raw[items[0].place], &raw[items[i].place]) != 0)
			return false;
	return true;
}

/* Normalised names that collide stay raw (TESTS 2). */
static void
part_collisions(struct history_rows *rows, const struct history_row *raw)
{
	for (size_t i = 0, end; i < rows->count; i = end) {
		end = i + like_first(rows->items + i, rows->count - i);
		if (same_raw(raw, rows->items + i, end - i))
			continue;
		for (size_t j = i; j < end; j++) {
			rows->items[j].container = raw[rows->items[j].place].container;
			rows->items[j].name = raw[rows->items[j].place].name;
		}
	}
}

/* What is still of one name gets its number behind it: tests of several files, bare duplicates. */
static void
number_repeats(struct history_rows *rows)
{
	struct strbuf scratch = {0};

	for (size_t i = 0, end; i < rows->count; i = end) {
		end = i + like_first(rows->items + i, rows->count - i);
		for (size_t j = i + 1; j < end; j++) {
			strbuf_reset(&scratch);
			strbuf_add_str(&scratch, rows->items[j].name);
			strbuf_addf(&scratch, " #%zu", j - i + 1);
			rows->items[j].name = (struct str){
			    arena_string(&rows->arena, strbuf_str(&scratch)), scratch.length};
		}
	}
	strbuf_clear(&scratch);
}

static void
rename_rows(struct history_rows *rows)
{
	struct history_row *raw = copy_raw(rows);
	struct strbuf scratch = {0};

	for (size_t i = 0; i < rows->count; i++) {
		rows->items[i].container = normalised(rows, rows->items[i].container, &scratch);
		rows->items[i].name = normalised(rows, rows->items[i].name, &scratch);
	}
	sort(rows, compare_rows);
	part_collisions(rows, raw);
	sort(rows, compare_rows);
	number_repeats(rows);
	sort(rows, compare_places);
	strbuf_clear(&scratch);
	free(raw);
}

void
history_rows_fill(struct history_rows *rows, const struct result *result)
{
	struct test_list all = outcome_all(&result->outcome);

	for (size_t i = 0; i < all.count; i++) {
		struct outcome_test test;

		outcome_test(&result->outcome, all.ids[i], &test);
		if (!test.example)
			continue;
		MEM_GROW(rows->items, rows->capacity, rows->count + 1);
		rows->items[rows->count] = (struct history_row){
		    .stage = report_stage(result->report, test.stage),
		    .container = test.container,
		    .name = test.name,
		    .id = test.id,
		    .place = (uint32_t)rows->count,
		    .status = test.status,
		    .flaky = test.flaky,
		    .time = test.time,
		};
		rows->count++;
	}
	free(all.ids);
	rename_rows(rows);
}

void
history_rows_clear(struct history_rows *rows)
{
	free(rows->items);
	arena_clear(&rows->arena);
	*rows = (struct history_rows){0};
}
