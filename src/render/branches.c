/* The branches of a file's lines, all stages folded. */
#include "render/branches.h"

#include "base/mem.h"
#include "model/branch.h"

#include <stdlib.h>
#include <string.h>

/* The index of the first record at or behind `line`. */
static size_t
seek(const struct branch_walk *walk, uint32_t line)
{
	const struct branch *branches = walk->file->branches;
	size_t next = walk->next;

	if (next && branches[next - 1].line >= line)
		return file_branch_from(walk->file, line);
	if (next < walk->file->branch_count && branches[next].line < line)
		return file_branch_from(walk->file, line);
	return next;
}

/* Whether the records are all of one group that knows its branches. */
static bool
is_one_group(const struct branch *records, size_t count, const uint32_t *data)
{
	if (records->kind != BRANCH_IDS && records->kind != BRANCH_CONDS)
		return false;
	for (size_t i = 1; i < count; i++)
		if (branch_compare(records, data, &records[i], data) != 0)
			return false;
	return true;
}

static void
fold_group(
    struct branch_walk *walk, const struct branch *records, size_t count, struct line_branches *out)
{
	const uint32_t *data = walk->file->data;
	struct branch group = records[0];
	size_t words = branch_words(&group);

	MEM_GROW(walk->copy, walk->copy_capacity, words);
	if (words)
		memcpy(walk->copy, data + group.a, words * sizeof(*data));
	group.a = 0;
	for (size_t i = 1; i < count; i++)
		branch_fold(&group, walk->copy, &records[i], data);
	out->kind = (enum branch_kind)group.kind;
	out->data = walk->copy;
	out->count = group.b;
}

void
branch_walk_to(struct branch_walk *walk, uint32_t row, struct line_branches *out)
{
	const struct file *file = walk->file;
	uint32_t line = file->lines[row];
	size_t from = seek(walk, line);
	size_t to = from;

	*out = (struct line_branches){.kind = BRANCH_COUNTS};
	while (to < file->branch_count && file->branches[to].line == line)
		to++;
	walk->next = to;
	if (from == to)
		return;
	out->interval =
	    file_interval(file, walk->lanes, from, to, file_pattern(file, row), FILE_ALL_STAGES);
	if (is_one_group(&file->branches[from], to - from, file->data))
		fold_group(walk, &file->branches[from], to - from, out);
	if (out->kind == BRANCH_IDS && (out->interval.lo < out->interval.hi || !out->count))
		*out = (struct line_branches){.interval = out->interval, .kind = BRANCH_COUNTS};
}

void
branch_walk_release(struct branch_walk *walk)
{
	free(walk->copy);
	walk->copy = NULL;
	walk->copy_capacity = 0;
}
