/* From the raw records of one report to its files (COVERAGE 2): one record for each line of each path. */
#include "model/branch.h"
#include "model/file_merge.h"
#include "model/intake.h"

#include <stdlib.h>
#include <string.h>

/* All names of one path, as one run of raw records in document order of the names. */
struct gathered {
	const uint32_t *lines;
	const uint64_t *hits;
	const struct branch *branches;
	const uint32_t *rows;	/* of each branch record */
	const uint32_t *data;
	uint32_t line_count;
	uint32_t branch_count;
};

/* The place of a raw record: its line above, its position below, so that sorting keeps document order. */
static int
place_compare(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left;
	uint64_t b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

static uint64_t *
places_by_line(const struct gathered *raw)
{
	uint64_t *places = mem_alloc(raw->line_count * sizeof(*places));
	bool ordered = true;

	for (uint32_t i = 0; i < raw->line_count; i++) {
		places[i] = (uint64_t)raw->lines[i] << 32 | i;
		ordered = ordered && (!i || raw->lines[i - 1] <= raw->lines[i]);
	}
	if (!ordered)
		qsort(places, raw->line_count, sizeof(*places), place_compare);
	return places;
}

/* The branch record of a raw line record or NULL. */
static const struct branch *
branch_of_row(const struct gathered *raw, uint32_t row)
{
	uint32_t low = 0, high = raw->branch_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (raw->rows[middle] < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low < raw->branch_count && raw->rows[low] == row ? &raw->branches[low] : NULL;
}

static struct branch *
branch_put(struct file *file, const struct branch *raw, const uint32_t *data)
{
	struct branch *copy = &file->branches[file->branch_count++];
	size_t words = branch_words(raw);

	*copy = *raw;
	if (words) {
		copy->a = file->data_count;
		memcpy(file->data + file->data_count, data + raw->a, words * sizeof(*data));
		file->data_count += (uint32_t)words;
	}
	return copy;
}

static void
branch_to_counts(struct branch *branch, uint32_t n, uint32_t k)
{
	*branch = (struct branch){.line = branch->line, .n = n & 0x3fffffff, .kind = BRANCH_COUNTS, .a = k, .b = k};
}

static bool
fully_taken(const struct branch *branch)
{
	return branch->kind == BRANCH_COUNTS && branch->a == branch->n;
}

/*
 * Takes one more duplicate into the line's record (COVERAGE 2.4).  *exact stays true while the ids or conditions of
 * all duplicates have been the same kind for the same n; *n and *k are the maxima.
 */
static void
duplicate_add(struct file *file, const struct branch *raw, const uint32_t *data, bool *exact, uint32_t *n, uint32_t *k)
{
	struct branch *branch = &file->branches[file->branch_count - 1];
	uint32_t low = branch_low(raw, data);

	*n = raw->n > *n ? raw->n : *n;
	*k = low > *k ? low : *k;
	if (!*exact)
		return;
	if (branch->kind == BRANCH_CONDS && branch_compare(branch, file->data, raw, data) == 0) {
		branch_fold(branch, file->data, raw, data);
	} else if (branch->n == raw->n && (branch->kind == BRANCH_IDS || fully_taken(branch)) &&
	    (raw->kind == BRANCH_IDS || fully_taken(raw))) {
		if (branch->kind == BRANCH_IDS && raw->kind == BRANCH_IDS)
			branch_fold(branch, file->data, raw, data);
		else
			branch_to_counts(branch, raw->n, raw->n);
	} else {
		*exact = false;
	}
}

/* After the last duplicate: one record that stands for all, with lo = hi. */
static void
duplicates_end(struct file *file, bool exact, uint32_t n, uint32_t k)
{
	struct branch *branch = &file->branches[file->branch_count - 1];
	uint32_t *condition = file->data + branch->a;

	if (!exact) {
		branch_to_counts(branch, n, k);
	} else if (branch->kind == BRANCH_IDS && !branch->b) {
		branch_to_counts(branch, branch->n, branch->n);
	} else if (branch->kind == BRANCH_CONDS) {
		for (uint32_t i = 0; i < branch->b; i++, condition += CONDITION_WORDS)
			condition[CONDITION_SUM] = condition[CONDITION_MAX];
	}
}

/* The records of one line, places[from .. to), into one line of the file. */
static void
line_put(struct file *file, const struct gathered *raw, const uint64_t *places, uint32_t from, uint32_t to)
{
	uint32_t row = file->line_count++;
	bool exact = true, seen = false;
	uint32_t n = 0, k = 0;

	file->lines[row] = (uint32_t)(places[from] >> 32);
	file->hits[row] = 0;
	for (uint32_t i = from; i < to; i++) {
		uint32_t place = (uint32_t)places[i];
		const struct branch *branch = branch_of_row(raw, place);

		if (raw->hits[place] > file->hits[row])
			file->hits[row] = raw->hits[place];
		if (!branch)
			continue;
		if (seen) {
			duplicate_add(file, branch, raw->data, &exact, &n, &k);
			continue;
		}
		seen = true;
		branch_put(file, branch, raw->data);
		n = branch->n;
		k = branch_low(branch, raw->data);
	}
	if (seen)
		duplicates_end(file, exact, n, k);
}

static void
normalise_raw(const struct gathered *raw, size_t data_count, struct file *file)
{
	uint64_t *places = places_by_line(raw);

	file->lines = mem_alloc(raw->line_count * sizeof(*file->lines));
	file->hits = mem_alloc(raw->line_count * sizeof(*file->hits));
	file->branches = mem_alloc(raw->branch_count * sizeof(*file->branches));
	file->data = mem_alloc(data_count * sizeof(*file->data));
	for (uint32_t i = 0, end; i < raw->line_count; i = end) {
		for (end = i + 1; end < raw->line_count && places[end] >> 32 == places[i] >> 32;)
			end++;
		line_put(file, raw, places, i, end);
	}
	free(places);
	file->lines = mem_resize(file->lines, file->line_count, sizeof(*file->lines));
	file->hits = mem_resize(file->hits, file->line_count, sizeof(*file->hits));
	file->branches = mem_resize(file->branches, file->branch_count, sizeof(*file->branches));
}

/* Sums over the segments of all names of a path. */
struct extent {
	size_t segments;
	uint32_t lines;
	uint32_t branches;
	size_t words;
	size_t functions;
};

static struct extent
extent_of(const struct intake *intake, const uint32_t *names, size_t count)
{
	struct extent extent = {0};

	for (size_t i = 0; i < count; i++) {
		const struct intake_file *file = &intake->files[names[i]];

		extent.segments += file->segment_count;
		extent.functions += file->function_count;
		for (size_t j = 0; j < file->segment_count; j++) {
			extent.lines += file->segments[j].line_count;
			extent.branches += file->segments[j].branch_count;
			extent.words += file->segments[j].data_count;
		}
	}
	return extent;
}

/* Where a segment's records go in the columns of all. */
struct columns {
	uint32_t *lines;
	uint64_t *hits;
	struct branch *branches;
	uint32_t *rows;
	uint32_t *data;
	uint32_t line_count;
	uint32_t branch_count;
	uint32_t data_count;
};

static void
columns_add(struct columns *all, const struct intake_segment *segment)
{
	for (uint32_t i = 0; i < segment->branch_count; i++) {
		struct branch *branch = &all->branches[all->branch_count];

		*branch = segment->branches[i];
		if (branch_words(branch))
			branch->a += all->data_count;
		all->rows[all->branch_count++] = segment->branch_rows[i] + all->line_count;
	}
	if (segment->line_count) {
		memcpy(all->lines + all->line_count, segment->lines, segment->line_count * sizeof(*all->lines));
		memcpy(all->hits + all->line_count, segment->hits, segment->line_count * sizeof(*all->hits));
	}
	if (segment->data_count)
		memcpy(all->data + all->data_count, segment->data, segment->data_count * sizeof(*all->data));
	all->line_count += segment->line_count;
	all->data_count += segment->data_count;
}

static void
normalise_segments(const struct intake *intake, const uint32_t *names, size_t count, const struct extent *extent,
    struct file *file)
{
	struct columns all = {
	    .lines = mem_alloc(extent->lines * sizeof(*all.lines)),
	    .hits = mem_alloc(extent->lines * sizeof(*all.hits)),
	    .branches = mem_alloc(extent->branches * sizeof(*all.branches)),
	    .rows = mem_alloc(extent->branches * sizeof(*all.rows)),
	    .data = mem_alloc(extent->words * sizeof(*all.data)),
	};
	struct gathered raw;

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < intake->files[names[i]].segment_count; j++)
			columns_add(&all, &intake->files[names[i]].segments[j]);
	raw = (struct gathered){all.lines, all.hits, all.branches, all.rows, all.data, all.line_count,
	    all.branch_count};
	normalise_raw(&raw, all.data_count, file);
	free(all.lines);
	free(all.hits);
	free(all.branches);
	free(all.rows);
	free(all.data);
}

static bool
strictly_ascending(const struct intake_segment *segment)
{
	for (uint32_t i = 1; i < segment->line_count; i++)
		if (segment->lines[i - 1] >= segment->lines[i])
			return false;
	return true;
}

/* A segment that is normal already becomes the file's columns as it is. */
static void
adopt(struct intake_segment *segment, struct file *file)
{
	file->lines = segment->lines;
	file->hits = segment->hits;
	file->branches = segment->branches;
	file->data = segment->data;
	file->line_count = segment->line_count;
	file->branch_count = segment->branch_count;
	file->data_count = segment->data_count;
	free(segment->branch_rows);
	*segment = (struct intake_segment){0};
}

static void
function_add(struct file *file, const struct function *raw, struct string_map *map)
{
	struct function *function = &file->functions[file->function_count++];

	*function = *raw;
	function->class_name = string_map(map, raw->class_name);
	function->name = string_map(map, raw->name);
	function->signature = string_map(map, raw->signature);
}

static int
function_compare_in(const void *left, const void *right, void *strings)
{
	return function_compare(left, right, strings);
}

/* Sorted, one of each key, with the largest hits. */
static void
functions_settle(struct file *file, struct strpool *strings)
{
	uint32_t kept = 0;

	if (!file->function_count)
		return;
	qsort_r(file->functions, file->function_count, sizeof(*file->functions), function_compare_in, strings);
	for (uint32_t i = 0; i < file->function_count; i++) {
		struct function *last = file->functions + kept - 1;

		if (kept && function_compare(last, &file->functions[i], strings) == 0) {
			if (file->functions[i].hits > last->hits)
				last->hits = file->functions[i].hits;
		} else {
			file->functions[kept++] = file->functions[i];
		}
	}
	file->function_count = kept;
	for (uint32_t i = 0; i < kept; i++)
		file->functions[i].pattern = file->functions[i].hits ? PATTERN_DID : PATTERN_COULD;
}

static void
ids_translate(struct file *file, struct string_map *map)
{
	for (uint32_t i = 0; i < file->branch_count; i++) {
		const struct branch *branch = &file->branches[i];
		uint32_t *ids;

		if (branch->kind != BRANCH_IDS)
			continue;
		ids = file->data + branch->a;
		for (uint32_t j = 0; j < branch->b; j++)
			ids[j] = string_map(map, ids[j]);
		ids_sort(ids, branch->b);
	}
}

/* The names[0 .. count) are all names of one path: one file of the report. */
static void
normalise_path(struct intake *intake, const uint32_t *names, size_t count, struct string_map *map,
    struct report *report)
{
	struct extent extent = extent_of(intake, names, count);
	struct intake_file *first = &intake->files[names[0]];
	struct file *file = &report->files[report->file_count++];

	*file = (struct file){.path = string_map(map, first->path ? first->path : first->name)};
	if (extent.segments == 1 && first->segment_count && strictly_ascending(first->segments))
		adopt(first->segments, file);
	else if (extent.segments)
		normalise_segments(intake, names, count, &extent, file);
	ids_translate(file, map);
	if (extent.functions)
		file->functions = mem_alloc(extent.functions * sizeof(*file->functions));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < intake->files[names[i]].function_count; j++)
			function_add(file, &intake->files[names[i]].functions[j], map);
	functions_settle(file, &report->strings);
}

static struct str
path_of(const struct intake *intake, uint32_t index)
{
	const struct intake_file *file = &intake->files[index];

	return strpool_get(&intake->strings, file->path ? file->path : file->name);
}

/* By path, then by name, so that the order of files in the document does not show. */
static int
name_compare(const void *left, const void *right, void *context)
{
	const struct intake *intake = context;
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;
	int order = str_compare(path_of(intake, a), path_of(intake, b));

	if (order)
		return order;
	return str_compare(strpool_get(&intake->strings, intake->files[a].name),
	    strpool_get(&intake->strings, intake->files[b].name));
}

void
intake_finish(struct intake *intake, struct report *report)
{
	uint32_t *names = mem_alloc(intake->file_count * sizeof(*names));
	struct string_map map;

	intake_close(intake);
	for (size_t i = 0; i < intake->file_count; i++)
		names[i] = (uint32_t)i;
	qsort_r(names, intake->file_count, sizeof(*names), name_compare, intake);
	string_map_begin(&map, &intake->strings, &report->strings);
	MEM_GROW(report->files, report->file_capacity, intake->file_count);
	for (size_t i = 0, end; i < intake->file_count; i = end) {
		for (end = i + 1; end < intake->file_count &&
		    str_equal(path_of(intake, names[i]), path_of(intake, names[end]));)
			end++;
		normalise_path(intake, names + i, end - i, &map, report);
	}
	string_map_end(&map);
	free(names);
	audit_end(&intake->audit);
	audit_merge(&report->audit, &intake->audit);
	intake_clear(intake);
}
