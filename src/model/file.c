/* What the columns of a file say. */
#include "model/file.h"

#include "base/mem.h"
#include "model/branch.h"

#include <stdlib.h>
#include <string.h>

size_t
file_branch_from(const struct file *file, uint32_t line)
{
	size_t low = 0, high = file->branch_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (file->branches[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Running bounds of the groups of one line. */
struct bounds {
	uint32_t n;
	uint32_t low;
	uint64_t high;
};

static void
bounds_add(struct bounds *bounds, const struct branch *group, const uint32_t *data)
{
	uint32_t low = branch_low(group, data);

	if (group->n > bounds->n)
		bounds->n = group->n;
	if (low > bounds->low)
		bounds->low = low;
	bounds->high += branch_high(group, data);
}

/* A copy of the record's data that may be folded into; owned.  The record refers to it from here on. */
static uint32_t *
group_copy(struct branch *group, const uint32_t *data)
{
	size_t words = branch_words(group);
	uint32_t *copy = mem_copy(words ? data + group->a : data, words * sizeof(*copy));

	if (group->kind == BRANCH_IDS || group->kind == BRANCH_CONDS)
		group->a = 0;
	return copy;
}

/* Adds the group that records[first] leads: all later records of the same group, of other stages, folded into it. */
static void
bounds_add_group(struct bounds *bounds, const struct branch *records, size_t count, size_t first,
    const uint32_t *data)
{
	struct branch group = records[first];
	uint32_t *copy = NULL;

	for (size_t i = first + 1; i < count; i++) {
		if (branch_compare(&records[first], data, &records[i], data) != 0)
			continue;
		if (!copy)
			copy = group_copy(&group, data);
		branch_fold(&group, copy, &records[i], data);
	}
	bounds_add(bounds, &group, copy ? copy : data);
	free(copy);
}

static bool
leads_group(const struct branch *records, size_t index, const uint32_t *data)
{
	for (size_t i = 0; i < index; i++)
		if (branch_compare(&records[i], data, &records[index], data) == 0)
			return false;
	return true;
}

static bool
stage_recorded(const struct branch *records, size_t count, uint32_t stage)
{
	for (size_t i = 0; i < count; i++)
		if (records[i].stage == stage)
			return true;
	return false;
}

/* Whether a stage hit the line by a record without branch data. */
static bool
plainly_hit(const struct branch *records, size_t count, const struct lanes *lanes, uint32_t pattern)
{
	const struct pattern *p = &lanes->patterns[pattern];

	for (size_t i = 0; i < count; i++)
		if (records[i].kind == BRANCH_PLAIN)
			return true;
	for (uint32_t i = 0; i < p->did_count; i++)
		if (!stage_recorded(records, count, lanes->lanes[p->did[i]].stage))
			return true;
	return false;
}

static struct interval
fold(const struct branch *records, size_t count, const uint32_t *data, bool plain)
{
	struct bounds bounds = {0};

	for (size_t i = 0; i < count; i++)
		if (leads_group(records, i, data))
			bounds_add_group(&bounds, records, count, i, data);
	if (plain || bounds.high > bounds.n)
		bounds.high = bounds.n;
	return (struct interval){bounds.low, (uint32_t)bounds.high, bounds.n};
}

struct interval
file_interval(const struct file *file, const struct lanes *lanes, size_t from, size_t to,
    uint32_t pattern, uint32_t stage)
{
	const struct branch *records = file->branches + from;
	size_t count = to - from;

	if (stage == FILE_ALL_STAGES)
		return fold(records, count, file->data, plainly_hit(records, count, lanes, pattern));
	while (count && records->stage != stage) {
		records++;
		count--;
	}
	while (count && records[count - 1].stage != stage)
		count--;
	return fold(records, count, file->data, count && records[count - 1].kind == BRANCH_PLAIN);
}

bool
file_totals_differ(const struct file *file, size_t from, size_t to)
{
	uint32_t n = 0;

	for (size_t i = from; i < to; i++) {
		const struct branch *record = &file->branches[i];

		if (record->kind == BRANCH_PLAIN)
			continue;
		if (n && record->n != n)
			return true;
		n = record->n;
	}
	return false;
}

void
file_clear(struct file *file)
{
	free(file->lines);
	free(file->hits);
	free(file->patterns);
	free(file->branches);
	free(file->functions);
	free(file->data);
	*file = (struct file){.path = file->path};
}
