/* The folders that the files of a result lie in. */
#include "model/folders.h"

#include "base/mem.h"

#include <stdlib.h>

/* Whether a file's path lies in a folder. */
static bool
holds(const struct folder *folder, struct str path)
{
	size_t length = folder->path.length;

	return !folder->depth || (path.length > length && path.s[length] == '/' &&
	    memcmp(path.s, folder->path.s, length) == 0);
}

/* The path of the next folder down to a file, NULL when the file lies in `folder` itself. */
static const char *
next_slash(const struct folder *folder, struct str path)
{
	size_t from = folder->depth ? folder->path.length + 1 : 0;

	if (folder->depth == FOLDERS_DEEP || from >= path.length)
		return NULL;
	return memchr(path.s + from, '/', path.length - from);
}

static size_t
folder_add(struct folders *folders, size_t parent, struct str path, size_t first_file)
{
	size_t stages = folders->result->stage_count;

	MEM_GROW(folders->folders, folders->capacity, folders->count + 1);
	folders->folders[folders->count] = (struct folder){
	    .path = path,
	    .parent = parent,
	    .depth = folders->count ? folders->folders[parent].depth + 1 : 0,
	    .first_file = first_file,
	    .stages = mem_zalloc(stages ? stages : 1, sizeof(struct stage_share)),
	};
	return folders->count++;
}

/* Ends folders from `at` up until one holds the path; returns that one. */
static size_t
climb(struct folders *folders, size_t at, struct str path, size_t file)
{
	while (!holds(&folders->folders[at], path)) {
		folders->folders[at].end = folders->count;
		folders->folders[at].file_end = file;
		at = folders->folders[at].parent;
	}
	return at;
}

static size_t
descend(struct folders *folders, size_t at, struct str path, size_t file)
{
	const char *slash;

	while ((slash = next_slash(&folders->folders[at], path)))
		at = folder_add(folders, at, (struct str){path.s, (size_t)(slash - path.s)}, file);
	return at;
}

static void
ratio_add(struct ratio *sum, struct ratio more)
{
	sum->covered += more.covered;
	sum->total += more.total;
}

static void
numbers_add(struct numbers *sum, const struct numbers *more)
{
	ratio_add(&sum->lines, more->lines);
	sum->branches.covered += more->branches.covered;
	sum->branches.covered_max += more->branches.covered_max;
	sum->branches.total += more->branches.total;
	ratio_add(&sum->functions, more->functions);
	ratio_add(&sum->patch, more->patch);
}

static void
file_add(struct folders *folders, struct folder *folder, const struct file_result *file)
{
	numbers_add(&folder->numbers, &file->numbers);
	for (size_t i = 0; i < folders->result->stage_count; i++) {
		ratio_add(&folder->stages[i].lines, file->stages[i]);
		folder->stages[i].unique.covered += file->only_here[i];
		folder->stages[i].unique.total += file->numbers.lines.total;
	}
}

/* Adds what each folder has to its parent, which stands before it. */
static void
sum_up(struct folders *folders)
{
	for (size_t i = folders->count; i-- > 1;) {
		const struct folder *folder = &folders->folders[i];
		struct folder *parent = &folders->folders[folder->parent];

		numbers_add(&parent->numbers, &folder->numbers);
		for (size_t j = 0; j < folders->result->stage_count; j++) {
			ratio_add(&parent->stages[j].lines, folder->stages[j].lines);
			ratio_add(&parent->stages[j].unique, folder->stages[j].unique);
		}
	}
}

void
folders_build(struct folders *folders, const struct result *result)
{
	size_t at;

	folders->result = result;
	folders->homes = mem_zalloc(result->file_count, sizeof(*folders->homes));
	at = folder_add(folders, 0, STR(""), 0);
	for (size_t i = 0; i < result->file_count; i++) {
		at = climb(folders, at, result->files[i].path, i);
		at = descend(folders, at, result->files[i].path, i);
		folders->homes[i] = at;
		file_add(folders, &folders->folders[at], &result->files[i]);
	}
	for (;; at = folders->folders[at].parent) {
		folders->folders[at].end = folders->count;
		folders->folders[at].file_end = result->file_count;
		if (!at)
			break;
	}
	sum_up(folders);
}

void
folders_clear(struct folders *folders)
{
	for (size_t i = 0; i < folders->count; i++)
		free(folders->folders[i].stages);
	free(folders->folders);
	free(folders->homes);
	*folders = (struct folders){0};
}

bool
folders_next(const struct folders *folders, size_t folder, size_t *position, size_t *out)
{
	size_t next = *position ? *position : folder + 1;

	if (next >= folders->folders[folder].end)
		return false;
	*out = next;
	*position = folders->folders[next].end;
	return true;
}

/* The first file of a result whose path is not before the folder's followed by `behind`. */
static size_t
first_from(const struct result *result, const struct folder *folder, char behind)
{
	size_t low = 0, high = result->file_count, length = folder->path.length;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct str path = result->files[middle].path;
		struct str start = {path.s, path.length < length ? path.length : length};
		int order = str_compare(start, folder->path);

		if (order < 0 || (!order && (path.length == length || (unsigned char)path.s[length] < (unsigned char)behind)))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct ratio *
folders_lines_of(const struct folders *folders, const struct result *other)
{
	struct ratio *sums = mem_zalloc(other->file_count + 1, sizeof(*sums));
	struct ratio *lines = mem_zalloc(folders->count, sizeof(*lines));

	for (size_t i = 0; i < other->file_count; i++) {
		sums[i + 1].covered = sums[i].covered + other->files[i].numbers.lines.covered;
		sums[i + 1].total = sums[i].total + other->files[i].numbers.lines.total;
	}
	for (size_t i = 0; i < folders->count; i++) {
		const struct folder *folder = &folders->folders[i];
		size_t from = folder->depth ? first_from(other, folder, '/') : 0;
		size_t to = folder->depth ? first_from(other, folder, '/' + 1) : other->file_count;

		lines[i].covered = sums[to].covered - sums[from].covered;
		lines[i].total = sums[to].total - sums[from].total;
	}
	free(sums);
	return lines;
}

/* The folder in `folder` that a file lies below, or `folder` itself. */
static size_t
child_of(const struct folders *folders, size_t folder, size_t file)
{
	size_t at = folders->homes[file];

	while (at != folder && folders->folders[at].parent != folder)
		at = folders->folders[at].parent;
	return at;
}

bool
folders_next_file(const struct folders *folders, size_t folder, size_t *position, size_t *out)
{
	const struct folder *in = &folders->folders[folder];
	size_t file = in->first_file + *position;

	while (file < in->file_end && folders->homes[file] != folder)
		file = folders->folders[child_of(folders, folder, file)].file_end;
	if (file >= in->file_end)
		return false;
	*out = file;
	*position = file + 1 - in->first_file;
	return true;
}

size_t
folders_settled(const struct folders *folders, size_t folder)
{
	const struct folder *in = &folders->folders[folder];
	size_t position = 0, file;

	while (in->end > folder + 1 && folders->folders[folder + 1].end == in->end &&
	    !folders_next_file(folders, folder, &position, &file)) {
		in = &folders->folders[++folder];
		position = 0;
	}
	return folder;
}
