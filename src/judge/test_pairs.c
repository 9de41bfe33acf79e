/*
 * Pairing tests: by their names, by what of these does not differ from run to run, and at last by
 * likeness.
 */
#include "judge/test_pairs.h"

#include "base/mem.h"
#include "base/suggest.h"
#include "judge/test_names.h"

#include <stdlib.h>

enum {
	NOW,
	BEFORE,
	SIDES,
	LIKE_TRIED = 32, /* names of a container that are compared with each other */
	LIKE_LENGTH = 8, /* shorter names are never alike */
	LIKE_PART = 4,   /* a quarter of the longer name may differ */
};

typedef int key_compare(const struct paired_test *a, const struct paired_test *b);

/* Rows of both sides with one key, each side's in its order. */
struct group {
	struct pair_side **sides;
	const uint32_t *rows[SIDES];
	size_t counts[SIDES];
};

void
pair_side_add(struct pair_side *side, const struct paired_test *test)
{
	MEM_GROW(side->rows, side->capacity, side->count + 1);
	side->rows[side->count++] = *test;
}

void
pair_side_clear(struct pair_side *side)
{
	free(side->rows);
	arena_clear(&side->arena);
	*side = (struct pair_side){0};
}

/* ---- keys ---- */

static int
compare_raw(const struct paired_test *a, const struct paired_test *b)
{
	int order = str_compare(a->stage, b->stage);

	if (!order)
		order = str_compare(a->container, b->container);
	return order ? order : str_compare(a->name, b->name);
}

static int
compare_all(const void *left, const void *right)
{
	const struct paired_test *a = left;
	const struct paired_test *b = right;
	int order = compare_raw(a, b);

	if (!order)
		order = str_compare(a->file, b->file);
	return order ? order : (a->place > b->place) - (a->place < b->place);
}

static int
compare_plain(const struct paired_test *a, const struct paired_test *b)
{
	int order = str_compare(a->stage, b->stage);

	if (!order)
		order = str_compare(a->plain_name, b->plain_name);
	return order ? order : str_compare(a->plain_container, b->plain_container);
}

static int
compare_plain_names(const struct paired_test *a, const struct paired_test *b)
{
	int order = str_compare(a->stage, b->stage);

	return order ? order : str_compare(a->plain_name, b->plain_name);
}

static int
compare_plain_containers(const struct paired_test *a, const struct paired_test *b)
{
	int order = str_compare(a->stage, b->stage);

	return order ? order : str_compare(a->plain_container, b->plain_container);
}

/* ---- groups ---- */

static struct paired_test *
member(const struct group *group, int side, size_t index)
{
	return &group->sides[side]->rows[group->rows[side][index]];
}

static void
link_members(const struct group *group, size_t now, size_t before, enum pair_kind how)
{
	member(group, NOW, now)->how = how;
	member(group, NOW, now)->other = group->rows[BEFORE][before];
	member(group, BEFORE, before)->how = how;
	member(group, BEFORE, before)->other = group->rows[NOW][now];
}

/* Links members of one file in their order. */
static void
link_files(const struct group *group)
{
	size_t now = 0, before = 0;

	while (now < group->counts[NOW] && before < group->counts[BEFORE]) {
		int order =
		    str_compare(member(group, NOW, now)->file, member(group, BEFORE, before)->file);

		if (!order)
			link_members(group, now, before, PAIR_SAME);
		now += order <= 0;
		before += order >= 0;
	}
}

/* Tests of one name: by their files, then in their order. */
static void
pair_same(const struct group *group)
{
	size_t before = 0;

	link_files(group);
	for (size_t now = 0; now < group->counts[NOW]; now++) {
		if (member(group, NOW, now)->how != PAIR_NONE)
			continue;
		while (before < group->counts[BEFORE] &&
		       member(group, BEFORE, before)->how != PAIR_NONE)
			before++;
		if (before == group->counts[BEFORE])
			return;
		link_members(group, now, before, PAIR_SAME);
	}
}

/* Whether all members of a side are of one name and none is paired yet. */
static bool
is_free_name(const struct group *group, int side)
{
	for (size_t i = 0; i < group->counts[side]; i++)
		if (member(group, side, i)->how != PAIR_NONE ||
		    compare_raw(member(group, side, 0), member(group, side, i)) != 0)
			return false;
	return true;
}

/* Tests whose names collide once normalised stay raw (TESTS 2). */
static void
pair_plain(const struct group *group)
{
	if (is_free_name(group, NOW) && is_free_name(group, BEFORE)) {
		pair_same(group);
		return;
	}
	for (int side = NOW; side < SIDES; side++)
		for (size_t i = 0; i < group->counts[side]; i++) {
			struct paired_test *row = member(group, side, i);

			row->plain_container = row->container;
			row->plain_name = row->name;
		}
}

static void
pair_moved(const struct group *group)
{
	if (group->counts[NOW] == 1 && group->counts[BEFORE] == 1)
		link_members(group, 0, 0, PAIR_MOVED);
}

/* ---- likeness ---- */

static char
next_letter(struct str s, size_t *at)
{
	while (*at < s.length && s.s[*at] >= '0' && s.s[*at] <= '9')
		++*at;
	return *at < s.length ? s.s[(*at)++] : '\0';
}

/* Whether two names are equal but for their digits: other parameters make another test. */
static bool
differ_in_digits(struct str a, struct str b)
{
	size_t at_a = 0, at_b = 0;
	char x, y;

	do {
		x = next_letter(a, &at_a);
		y = next_letter(b, &at_b);
	} while (x == y && x);
	return x == y;
}

static bool
alike(const struct paired_test *now, const struct paired_test *before)
{
	struct str a = now->plain_name, b = before->plain_name;
	size_t longer = a.length > b.length ? a.length : b.length;
	size_t most = longer / LIKE_PART;

	if (a.length < LIKE_LENGTH || b.length < LIKE_LENGTH || differ_in_digits(a, b))
		return false;
	while (a.length && b.length && a.s[0] == b.s[0]) {
		a = (struct str){a.s + 1, a.length - 1};
		b = (struct str){b.s + 1, b.length - 1};
	}
	while (a.length && b.length && a.s[a.length - 1] == b.s[b.length - 1]) {
		a.length--;
		b.length--;
	}
	return suggest_distance(a, b, most) <= most;
}

/* The only member of the other side that is like this one; SIZE_MAX: none, or several. */
static size_t
only_alike(const struct group *group, int side, size_t index)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < group->counts[!side]; i++) {
		if (!alike(member(group, side, index), member(group, !side, i)))
			continue;
		if (found != SIZE_MAX)
			return SIZE_MAX;
		found = i;
	}
	return found;
}

static void
pair_alike(const struct group *group)
{
	size_t others[LIKE_TRIED];

	if (group->counts[NOW] > LIKE_TRIED || group->counts[BEFORE] > LIKE_TRIED)
		return;
	for (size_t i = 0; i < group->counts[NOW]; i++) {
		others[i] = only_alike(group, NOW, i);
		if (others[i] != SIZE_MAX && only_alike(group, BEFORE, others[i]) != i)
			others[i] = SIZE_MAX;
	}
	for (size_t i = 0; i < group->counts[NOW]; i++)
		if (others[i] != SIZE_MAX)
			link_members(group, i, others[i], PAIR_LIKE);
}

/* ---- rounds ---- */

/*
 * One round of pairing: which rows take part, what makes groups of them, and what becomes of a
 * group.
 */
struct round {
	bool (*takes_part)(const struct paired_test *test);
	key_compare *compare;
	void (*pair)(const struct group *group);
};

static bool
is_any(const struct paired_test *test)
{
	(void)test;
	return true;
}

/* What is paired already takes part with normalised names, since it may collide with others. */
static bool
is_open_or_replaced(const struct paired_test *test)
{
	return test->how == PAIR_NONE || test->replaced;
}

static bool
is_open(const struct paired_test *test)
{
	return test->how == PAIR_NONE;
}

struct sorting {
	const struct paired_test *rows;
	key_compare *compare;
};

static int
compare_rows(const void *left, const void *right, void *context)
{
	const struct sorting *sorting = context;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int order = sorting->compare(&sorting->rows[a], &sorting->rows[b]);

	return order ? order : (a > b) - (a < b);
}

/* The rows that take part, in the order of the round's key; owned. */
static uint32_t *
list_rows(const struct pair_side *side, const struct round *round, size_t *count)
{
	uint32_t *rows = mem_alloc(side->count * sizeof(*rows));
	struct sorting sorting = {side->rows, round->compare};

	*count = 0;
	for (size_t i = 0; i < side->count; i++)
		if (round->takes_part(&side->rows[i]))
			rows[(*count)++] = (uint32_t)i;
	if (round->takes_part != is_any)
		qsort_r(rows, *count, sizeof(*rows), compare_rows, &sorting);
	return rows;
}

/* How many of the rows are like the first. */
static size_t
like_first(const struct pair_side *side, const uint32_t *rows, size_t count, key_compare *compare)
{
	size_t end = 1;

	while (end < count && compare(&side->rows[rows[0]], &side->rows[rows[end]]) == 0)
		end++;
	return end;
}

/* Walks both sorted lists side by side and pairs where they meet. */
static void
play(struct pair_side **sides, const struct round *round)
{
	struct group group = {.sides = sides};
	uint32_t *rows[SIDES];
	size_t counts[SIDES], at[SIDES] = {0, 0};

	for (int side = NOW; side < SIDES; side++)
		rows[side] = list_rows(sides[side], round, &counts[side]);
	while (at[NOW] < counts[NOW] && at[BEFORE] < counts[BEFORE]) {
		int order;

		for (int side = NOW; side < SIDES; side++) {
			group.rows[side] = rows[side] + at[side];
			group.counts[side] = like_first(
			    sides[side], group.rows[side], counts[side] - at[side], round->compare);
		}
		order = round->compare(member(&group, NOW, 0), member(&group, BEFORE, 0));
		if (!order)
			round->pair(&group);
		at[NOW] += order <= 0 ? group.counts[NOW] : 0;
		at[BEFORE] += order >= 0 ? group.counts[BEFORE] : 0;
	}
	free(rows[NOW]);
	free(rows[BEFORE]);
}

static struct str
plain(struct pair_side *side, struct str name, struct strbuf *scratch, bool *replaced)
{
	strbuf_reset(scratch);
	if (!test_name_normalise(name, scratch))
		return name;
	*replaced = true;
	return (struct str){arena_string(&side->arena, strbuf_str(scratch)), scratch->length};
}

static void
normalise(struct pair_side *side)
{
	struct strbuf scratch = {0};

	for (size_t i = 0; i < side->count; i++) {
		struct paired_test *row = &side->rows[i];

		row->plain_container = plain(side, row->container, &scratch, &row->replaced);
		row->plain_name = plain(side, row->name, &scratch, &row->replaced);
	}
	strbuf_clear(&scratch);
}

static bool
has_open(const struct pair_side *side)
{
	for (size_t i = 0; i < side->count; i++)
		if (is_open(&side->rows[i]))
			return true;
	return false;
}

void
pair_tests(struct pair_side *now, struct pair_side *before, bool renames)
{
	static const struct round rounds[] = {
	    {is_any, compare_raw, pair_same},
	    {is_open_or_replaced, compare_plain, pair_plain},
	    {is_open, compare_plain_names, pair_moved},
	    {is_open, compare_plain_containers, pair_alike},
	};
	struct pair_side *sides[SIDES] = {now, before};
	size_t count = renames ? sizeof(rounds) / sizeof(*rounds) : 2;

	for (int side = NOW; side < SIDES; side++)
		if (sides[side]->count)
			qsort(
			    sides[side]->rows, sides[side]->count, sizeof(*now->rows), compare_all);
	play(sides, &rounds[0]);
	if (!has_open(now) || !has_open(before))
		return;
	normalise(now);
	normalise(before);
	for (size_t i = 1; i < count; i++)
		play(sides, &rounds[i]);
}
