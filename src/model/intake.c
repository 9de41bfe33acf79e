/* Collecting the raw records of one coverage report. */
#include "model/intake.h"

#include "model/branch.h"

#include <stdlib.h>
#include <string.h>

static void *
copy_of(const void *elements, size_t count, size_t size)
{
	return count ? mem_copy(elements, count * size) : NULL;
}

void
intake_close(struct intake *intake)
{
	struct intake_file *file;

	if (!intake->current || (!intake->line_count && !intake->branch_count))
		return;
	file = &intake->files[intake->current - 1];
	MEM_GROW(file->segments, file->segment_capacity, file->segment_count + 1);
	file->segments[file->segment_count++] = (struct intake_segment){
	    .lines = copy_of(intake->lines, intake->line_count, sizeof(*intake->lines)),
	    .hits = copy_of(intake->hits, intake->line_count, sizeof(*intake->hits)),
	    .branches = copy_of(intake->branches, intake->branch_count, sizeof(*intake->branches)),
	    .branch_rows = copy_of(intake->branch_rows, intake->branch_count, sizeof(*intake->branch_rows)),
	    .data = copy_of(intake->data, intake->data_count, sizeof(*intake->data)),
	    .line_count = (uint32_t)intake->line_count,
	    .branch_count = (uint32_t)intake->branch_count,
	    .data_count = (uint32_t)intake->data_count,
	};
	intake->line_records += intake->line_count;
	intake->line_count = 0;
	intake->branch_count = 0;
	intake->data_count = 0;
}

static void
by_name_grow(struct intake *intake, uint32_t id)
{
	size_t had = intake->by_name_capacity;

	if (id < had)
		return;
	MEM_GROW(intake->by_name, intake->by_name_capacity, id + (size_t)1);
	memset(intake->by_name + had, 0, (intake->by_name_capacity - had) * sizeof(*intake->by_name));
}

void
intake_open(struct intake *intake, struct str name, uint64_t report_line)
{
	uint32_t id = strpool_add(&intake->strings, name);

	by_name_grow(intake, id);
	if (!intake->by_name[id]) {
		MEM_GROW(intake->files, intake->file_capacity, intake->file_count + 1);
		intake->files[intake->file_count++] = (struct intake_file){.name = id, .line = report_line};
		intake->by_name[id] = (uint32_t)intake->file_count;
	}
	if (intake->by_name[id] == intake->current)
		return;
	intake_close(intake);
	intake->current = intake->by_name[id];
}

void
intake_root(struct intake *intake, struct str root)
{
	MEM_GROW(intake->roots, intake->root_capacity, intake->root_count + 1);
	intake->roots[intake->root_count++] = strpool_add(&intake->strings, root);
}

static struct branch *
branch_add(struct intake *intake, enum branch_kind kind, uint32_t n)
{
	size_t row = intake->line_count - 1;

	MEM_GROW(intake->branches, intake->branch_capacity, intake->branch_count + 1);
	MEM_GROW(intake->branch_rows, intake->row_capacity, intake->branch_count + 1);
	intake->branch_rows[intake->branch_count] = (uint32_t)row;
	intake->branches[intake->branch_count] = (struct branch){
	    .line = intake->lines[row],
	    .n = n & 0x3fffffff,
	    .kind = (unsigned)kind & 3,
	};
	return &intake->branches[intake->branch_count++];
}

void
intake_counts(struct intake *intake, uint32_t n, uint32_t k)
{
	struct branch *branch = branch_add(intake, BRANCH_COUNTS, n);

	branch->a = k;
	branch->b = k;
}

/* Appends `count` words to the open segment's data; returns where they are. */
static uint32_t *
data_add(struct intake *intake, const uint32_t *words, size_t count)
{
	uint32_t *place;

	MEM_GROW(intake->data, intake->data_capacity, intake->data_count + count);
	place = intake->data + intake->data_count;
	if (words && count)
		memcpy(place, words, count * sizeof(*words));
	intake->data_count += count;
	return place;
}

void
intake_ids(struct intake *intake, uint32_t n, uint32_t k, const uint32_t *missing, size_t count)
{
	size_t offset = intake->data_count;
	uint32_t *ids = data_add(intake, missing, count);
	bool distinct = count && count == (size_t)n - k;
	struct branch *branch;

	ids_sort(ids, count);
	for (size_t i = 1; i < count; i++)
		distinct = distinct && ids[i - 1] < ids[i];
	if (!distinct) {
		intake->data_count = offset;
		intake_counts(intake, n, k);
		return;
	}
	branch = branch_add(intake, BRANCH_IDS, n);
	branch->a = (uint32_t)offset;
	branch->b = (uint32_t)count;
}

static int
condition_compare(const void *left, const void *right)
{
	uint32_t a = ((const uint32_t *)left)[CONDITION_NUMBER];
	uint32_t b = ((const uint32_t *)right)[CONDITION_NUMBER];

	return (a > b) - (a < b);
}

void
intake_conditions(struct intake *intake, uint32_t n, uint32_t k, const struct intake_condition *conditions,
    size_t count)
{
	size_t offset = intake->data_count;
	uint32_t *words = data_add(intake, NULL, count * CONDITION_WORDS);
	struct branch *branch;

	if (count < 2) {
		intake->data_count = offset;
		intake_counts(intake, n, k);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		words[i * CONDITION_WORDS + CONDITION_NUMBER] = conditions[i].number;
		words[i * CONDITION_WORDS + CONDITION_WIDTH] = conditions[i].width;
		words[i * CONDITION_WORDS + CONDITION_MAX] = conditions[i].covered;
		words[i * CONDITION_WORDS + CONDITION_SUM] = conditions[i].covered;
	}
	qsort(words, count, CONDITION_WORDS * sizeof(*words), condition_compare);
	branch = branch_add(intake, BRANCH_CONDS, n);
	branch->a = (uint32_t)offset;
	branch->b = (uint32_t)count;
}

void
intake_function(struct intake *intake, struct str class_name, struct str name, struct str signature,
    uint32_t first_line, uint64_t hits)
{
	struct intake_file *file = &intake->files[intake->current - 1];

	MEM_GROW(file->functions, file->function_capacity, file->function_count + 1);
	file->functions[file->function_count++] = (struct function){
	    .class_name = strpool_add(&intake->strings, class_name),
	    .name = strpool_add(&intake->strings, name),
	    .signature = strpool_add(&intake->strings, signature),
	    .first_line = first_line,
	    .hits = hits,
	};
}

static void
segment_clear(struct intake_segment *segment)
{
	free(segment->lines);
	free(segment->hits);
	free(segment->branches);
	free(segment->branch_rows);
	free(segment->data);
}

void
intake_clear(struct intake *intake)
{
	for (size_t i = 0; i < intake->file_count; i++) {
		struct intake_file *file = &intake->files[i];

		for (size_t j = 0; j < file->segment_count; j++)
			segment_clear(&file->segments[j]);
		free(file->segments);
		free(file->functions);
	}
	free(intake->files);
	free(intake->by_name);
	free(intake->roots);
	free(intake->lines);
	free(intake->hits);
	free(intake->branches);
	free(intake->branch_rows);
	free(intake->data);
	strpool_clear(&intake->strings);
	audit_clear(&intake->audit);
	*intake = (struct intake){0};
}

void
intake_abandon(struct intake *intake)
{
	struct audit audit = intake->audit;

	intake->audit = (struct audit){0};
	intake_clear(intake);
	intake->audit = audit;
}
