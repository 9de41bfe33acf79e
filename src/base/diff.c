/* Changed files: building the list, asking it, following lines. */
#include "base/diff.h"

#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>

struct diff_file *
diff_add_file(struct diff *diff, struct str path, struct str old_path, enum diff_kind kind)
{
	struct diff_file *file;

	if (diff->file_count == LIMIT_DIFF_FILES)
		return NULL;
	MEM_GROW(diff->files, diff->file_capacity, diff->file_count + 1);
	file = &diff->files[diff->file_count++];
	*file = (struct diff_file){
	    .path = {arena_string(&diff->arena, path), path.length},
	    .old_path = {arena_string(&diff->arena, old_path), old_path.length},
	    .kind = kind,
	    .first = diff->change_count,
	};
	return file;
}

/* Touching changes become one. */
static bool
extend(struct diff_change *last, const struct diff_change *change)
{
	if (last->old_line + last->removed != change->old_line ||
	    last->new_line + last->added != change->new_line)
		return false;
	last->removed += change->removed;
	last->added += change->added;
	return true;
}

void
diff_add_change(struct diff *diff, const struct diff_change *change)
{
	struct diff_file *file = &diff->files[diff->file_count - 1];

	file->added += change->added;
	if (file->change_count && extend(&diff->changes[diff->change_count - 1], change))
		return;
	MEM_GROW(diff->changes, diff->change_capacity, diff->change_count + 1);
	diff->changes[diff->change_count++] = *change;
	file->change_count++;
}

static int
file_compare(const void *left, const void *right)
{
	const struct diff_file *a = left;
	const struct diff_file *b = right;
	int order = str_compare(a->path, b->path);

	return order ? order : str_compare(a->old_path, b->old_path);
}

static int
old_compare(const void *left, const void *right, void *context)
{
	const struct diff *diff = context;
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;
	int order = str_compare(diff->files[a].old_path, diff->files[b].old_path);

	return order ? order : (a > b) - (a < b);
}

static void
index_old(struct diff *diff)
{
	diff->by_old = mem_zalloc(diff->file_count, sizeof(*diff->by_old));
	for (size_t i = 0; i < diff->file_count; i++)
		if (diff->files[i].old_path.length)
			diff->by_old[diff->old_count++] = (uint32_t)i;
	if (diff->old_count)
		qsort_r(diff->by_old, diff->old_count, sizeof(*diff->by_old), old_compare, diff);
}

bool
diff_finish(struct diff *diff, struct error *err)
{
	if (diff->file_count)
		qsort(diff->files, diff->file_count, sizeof(*diff->files), file_compare);
	for (size_t i = 1; i < diff->file_count; i++)
		if (diff->files[i].path.length &&
		    str_equal(diff->files[i].path, diff->files[i - 1].path))
			return fail(err, ERROR_DAMAGED,
			    "'%s' is changed twice: this is no single diff, but a series",
			    diff->files[i].path.s);
	index_old(diff);
	return true;
}

const struct diff_file *
diff_find(const struct diff *diff, struct str path)
{
	size_t low = 0, high = diff->file_count;

	if (!path.length)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_compare(diff->files[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == diff->file_count || !str_equal(diff->files[low].path, path))
		return NULL;
	return &diff->files[low];
}

/*
 * Of several files with one old path (it was deleted and, as another kind of file, created) the
 * first by its new path.
 */
const struct diff_file *
diff_find_old(const struct diff *diff, struct str old_path)
{
	size_t low = 0, high = diff->old_count;

	if (!old_path.length)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_compare(diff->files[diff->by_old[middle]].old_path, old_path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == diff->old_count || !str_equal(diff->files[diff->by_old[low]].old_path, old_path))
		return NULL;
	return &diff->files[diff->by_old[low]];
}

const struct diff_change *
diff_changes(const struct diff *diff, const struct diff_file *file)
{
	return file->change_count ? &diff->changes[file->first] : NULL;
}

/* The last change that begins at or before this line of one side, or NULL. */
static const struct diff_change *
change_at(const struct diff *diff, const struct diff_file *file, uint32_t line, bool old)
{
	const struct diff_change *changes = diff_changes(diff, file);
	size_t low = 0, high = file->change_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint32_t start = old ? changes[middle].old_line : changes[middle].new_line;

		if (start <= line)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &changes[low - 1] : NULL;
}

bool
diff_is_added(const struct diff *diff, const struct diff_file *file, uint32_t line)
{
	const struct diff_change *change = change_at(diff, file, line, false);

	return change && line - change->new_line < change->added;
}

uint32_t
diff_new_line(const struct diff *diff, const struct diff_file *file, uint32_t old_line)
{
	const struct diff_change *change = change_at(diff, file, old_line, true);

	if (!change)
		return old_line;
	if (old_line - change->old_line < change->removed)
		return 0;
	return change->new_line + change->added + (old_line - change->old_line - change->removed);
}

uint32_t
diff_old_line(const struct diff *diff, const struct diff_file *file, uint32_t new_line)
{
	const struct diff_change *change = change_at(diff, file, new_line, false);

	if (!change)
		return new_line;
	if (new_line - change->new_line < change->added)
		return 0;
	return change->old_line + change->removed + (new_line - change->new_line - change->added);
}

void
diff_clear(struct diff *diff)
{
	arena_clear(&diff->arena);
	free(diff->files);
	free(diff->changes);
	free(diff->by_old);
	*diff = (struct diff){0};
}
