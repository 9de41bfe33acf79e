/* Groups of branch knowledge. */
#include "model/branch.h"

#include <stdlib.h>

uint32_t
add_saturating(uint32_t a, uint32_t b)
{
	return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

static bool
has_data(const struct branch *branch)
{
	return branch->kind == BRANCH_IDS || branch->kind == BRANCH_CONDS;
}

bool
condition_named(uint32_t number)
{
	return number < CONDITION_UNNAMED || number >= CONDITION_PLACED;
}

void
condition_name(uint32_t number, struct strbuf *out)
{
	uint32_t block = (number & ~CONDITION_PLACED) >> CONDITION_BLOCK_BITS;
	uint32_t place = number & ((1u << CONDITION_BLOCK_BITS) - 1);

	if (number < CONDITION_UNNAMED)
		strbuf_add_u64(out, number);
	else if (!condition_named(number))
		strbuf_add_string(out, "one without a number");
	else if (block)
		strbuf_addf(out, "%u/%u", block, place);
	else
		strbuf_add_u64(out, place);
}

size_t
branch_words(const struct branch *branch)
{
	if (!has_data(branch))
		return 0;
	return branch->kind == BRANCH_IDS ? branch->b : branch->b * (size_t)CONDITION_WORDS;
}

/* Sum over the conditions of the largest covered outcomes, or of what the sums allow. */
static uint64_t
conditions_bound(const struct branch *branch, const uint32_t *data, bool upper)
{
	const uint32_t *condition = data + branch->a;
	uint64_t bound = 0;

	for (uint32_t i = 0; i < branch->b; i++, condition += CONDITION_WORDS) {
		uint32_t width = condition[CONDITION_WIDTH];
		uint32_t reached = condition[upper ? CONDITION_SUM : CONDITION_MAX];

		bound += reached < width ? reached : width;
	}
	return bound;
}

uint32_t
branch_low(const struct branch *branch, const uint32_t *data)
{
	switch ((enum branch_kind)branch->kind) {
	case BRANCH_COUNTS:
		return branch->a;
	case BRANCH_IDS:
		return branch->n - branch->b;
	case BRANCH_CONDS:
		return (uint32_t)conditions_bound(branch, data, false);
	case BRANCH_PLAIN:
		break;
	}
	return 0;
}

uint64_t
branch_high(const struct branch *branch, const uint32_t *data)
{
	switch ((enum branch_kind)branch->kind) {
	case BRANCH_COUNTS:
		return branch->b;
	case BRANCH_IDS:
		return branch->n - branch->b;
	case BRANCH_CONDS:
		return conditions_bound(branch, data, true);
	case BRANCH_PLAIN:
		break;
	}
	return 0;
}

static int
order_of(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

/* Conditions are one group when their numbers and widths agree. */
static int
shape_compare(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
	int order = order_of(a_count, b_count);

	for (uint32_t i = 0; !order && i < a_count; i++, a += CONDITION_WORDS, b += CONDITION_WORDS) {
		order = order_of(a[CONDITION_NUMBER], b[CONDITION_NUMBER]);
		if (!order)
			order = order_of(a[CONDITION_WIDTH], b[CONDITION_WIDTH]);
	}
	return order;
}

int
branch_compare(const struct branch *a, const uint32_t *a_data, const struct branch *b, const uint32_t *b_data)
{
	int order = order_of(a->kind, b->kind);

	if (!order)
		order = order_of(a->n, b->n);
	if (!order && a->kind == BRANCH_CONDS)
		order = shape_compare(a_data + a->a, a->b, b_data + b->a, b->b);
	return order;
}

static int
id_compare(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

void
ids_sort(uint32_t *ids, size_t count)
{
	if (count > 1)
		qsort(ids, count, sizeof(*ids), id_compare);
}

uint32_t
ids_intersect(uint32_t *ids, uint32_t count, const uint32_t *other, uint32_t other_count)
{
	uint32_t kept = 0;

	for (uint32_t i = 0, j = 0; i < count && j < other_count;) {
		if (ids[i] < other[j])
			i++;
		else if (ids[i] > other[j])
			j++;
		else {
			ids[kept++] = ids[i++];
			j++;
		}
	}
	return kept;
}

static void
conditions_fold(uint32_t *a, const uint32_t *b, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++, a += CONDITION_WORDS, b += CONDITION_WORDS) {
		if (b[CONDITION_MAX] > a[CONDITION_MAX])
			a[CONDITION_MAX] = b[CONDITION_MAX];
		a[CONDITION_SUM] = add_saturating(a[CONDITION_SUM], b[CONDITION_SUM]);
	}
}

void
branch_fold(struct branch *a, uint32_t *a_data, const struct branch *b, const uint32_t *b_data)
{
	switch ((enum branch_kind)a->kind) {
	case BRANCH_COUNTS:
		if (b->a > a->a)
			a->a = b->a;
		a->b = add_saturating(a->b, b->b);
		break;
	case BRANCH_IDS:
		a->b = ids_intersect(a_data + a->a, a->b, b_data + b->a, b->b);
		break;
	case BRANCH_CONDS:
		conditions_fold(a_data + a->a, b_data + b->a, a->b);
		break;
	case BRANCH_PLAIN:
		break;
	}
}
