/* The laws of merging two files of one path. */
#include "model/file_merge.h"

#include "base/mem.h"
#include "model/branch.h"

#include <stdlib.h>
#include <string.h>

enum { UNION_CACHE = 256 };	/* a power of two */

struct pattern_union {
	uint32_t a;
	uint32_t b;
	uint32_t both;
	bool known;
};

void
translation_begin(struct translation *translation, const struct strpool *from_strings,
    const struct lanes *from, struct strpool *to_strings, struct lanes *to)
{
	*translation = (struct translation){.from = from, .to = to};
	string_map_begin(&translation->strings, from_strings, to_strings);
	translation->lanes = mem_zalloc(from->lane_count, sizeof(*translation->lanes));
	translation->stages = mem_zalloc(from->stage_count, sizeof(*translation->stages));
	translation->patterns = mem_zalloc(from->pattern_count, sizeof(*translation->patterns));
	translation->unions = mem_zalloc(UNION_CACHE, sizeof(*translation->unions));
	for (size_t i = 0; i < from->stage_count; i++)
		translation->stages[i] = lanes_stage(to,
		    string_map(&translation->strings, from->stages[i]));
	for (size_t i = 0; i < from->lane_count; i++)
		translation->lanes[i] = lanes_lane(to,
		    string_map(&translation->strings, from->stages[from->lanes[i].stage]),
		    string_map(&translation->strings, from->lanes[i].cell));
	memset(translation->patterns, 0xff, from->pattern_count * sizeof(*translation->patterns));
}

void
translation_end(struct translation *translation)
{
	string_map_end(&translation->strings);
	free(translation->lanes);
	free(translation->stages);
	free(translation->patterns);
	free(translation->unions);
	*translation = (struct translation){0};
}

/* Lanes that got one name are one; returns how many there are. */
static size_t
translate_set(const struct translation *translation, const uint32_t *ids, size_t count, uint32_t *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		out[i] = translation->lanes[ids[i]];
	ids_sort(out, count);
	for (size_t i = 0; i < count; i++)
		if (!kept || out[kept - 1] != out[i])
			out[kept++] = out[i];
	return kept;
}

static uint32_t
translate_pattern(struct translation *translation, uint32_t id)
{
	const struct pattern *p = &translation->from->patterns[id];
	size_t could_count, did_count;
	uint32_t *could, *did;

	if (translation->patterns[id] != UINT32_MAX)
		return translation->patterns[id];
	could = mem_zalloc(p->could_count + (size_t)p->did_count, sizeof(*could));
	did = could + p->could_count;
	could_count = translate_set(translation, p->could, p->could_count, could);
	did_count = translate_set(translation, p->did, p->did_count, did);
	translation->patterns[id] = lanes_pattern(translation->to, could, could_count, did, did_count);
	free(could);
	return translation->patterns[id];
}

static uint32_t
pattern_union(struct translation *translation, uint32_t a, uint32_t b)
{
	struct pattern_union *slot;

	if (a == b)
		return a;
	slot = &translation->unions[(a * 0x9e3779b1u ^ b) & (UNION_CACHE - 1)];
	if (!slot->known || slot->a != a || slot->b != b)
		*slot = (struct pattern_union){a, b, lanes_union(translation->to, a, b), true};
	return slot->both;
}

/* The order of branch records in a file. */
static int
record_compare(const struct branch *a, const uint32_t *a_data, const struct branch *b, const uint32_t *b_data)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->stage != b->stage)
		return a->stage < b->stage ? -1 : 1;
	return branch_compare(a, a_data, b, b_data);
}

static int
record_compare_in(const void *left, const void *right, void *data)
{
	return record_compare(left, data, right, data);
}

/* Puts records into their order again and folds those of stages that became one. */
static void
reorder_branches(struct file *file)
{
	struct branch *branches = file->branches;
	uint32_t kept = 0;

	qsort_r(branches, file->branch_count, sizeof(*branches), record_compare_in, file->data);
	for (uint32_t i = 0; i < file->branch_count; i++) {
		if (kept && record_compare(&branches[kept - 1], file->data, &branches[i], file->data) == 0)
			branch_fold(&branches[kept - 1], file->data, &branches[i], file->data);
		else
			branches[kept++] = branches[i];
	}
	file->branch_count = kept;
}

static void
translate_branches(struct file *file, struct translation *translation)
{
	bool ordered = true;

	for (uint32_t i = 0; i < file->branch_count; i++) {
		struct branch *branch = &file->branches[i];

		branch->stage = translation->stages[branch->stage];
		if (branch->kind == BRANCH_IDS) {
			uint32_t *ids = file->data + branch->a;

			for (uint32_t j = 0; j < branch->b; j++)
				ids[j] = string_map(&translation->strings, ids[j]);
			ids_sort(ids, branch->b);
		}
		ordered = ordered && (!i ||
		    record_compare(branch - 1, file->data, branch, file->data) < 0);
	}
	if (!ordered)
		reorder_branches(file);
}

void
file_expand_patterns(struct file *file)
{
	uint32_t *patterns;

	if (file->patterns)
		return;
	patterns = mem_alloc(file->line_count * sizeof(*patterns));
	for (uint32_t i = 0; i < file->line_count; i++)
		patterns[i] = file_pattern(file, i);
	file->patterns = patterns;
}

void
file_translate(struct file *file, struct translation *translation)
{
	file->path = string_map(&translation->strings, file->path);
	file_expand_patterns(file);
	for (uint32_t i = 0; i < file->line_count; i++)
		file->patterns[i] = translate_pattern(translation, file->patterns[i]);
	translate_branches(file, translation);
	for (uint32_t i = 0; i < file->function_count; i++) {
		struct function *function = &file->functions[i];

		function->class_name = string_map(&translation->strings, function->class_name);
		function->name = string_map(&translation->strings, function->name);
		function->signature = string_map(&translation->strings, function->signature);
		function->pattern = translate_pattern(translation, function->pattern);
	}
}

static uint64_t
add_hits(uint64_t a, uint64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static bool
same_lines(const struct file *a, const struct file *b)
{
	return a->line_count == b->line_count &&
	    (!a->line_count || memcmp(a->lines, b->lines, a->line_count * sizeof(*a->lines)) == 0);
}

static void
lines_add(struct file *into, const struct file *from, struct translation *translation)
{
	for (uint32_t i = 0; i < into->line_count; i++) {
		into->hits[i] = add_hits(into->hits[i], from->hits[i]);
		into->patterns[i] = pattern_union(translation, into->patterns[i], from->patterns[i]);
	}
}

static uint32_t
union_count(const struct file *a, const struct file *b)
{
	uint32_t count = 0;

	for (uint32_t i = 0, j = 0; i < a->line_count || j < b->line_count; count++) {
		uint32_t left = i < a->line_count ? a->lines[i] : UINT32_MAX;
		uint32_t right = j < b->line_count ? b->lines[j] : UINT32_MAX;

		i += left <= right;
		j += right <= left;
	}
	return count;
}

/* Both line columns into one, where they differ. */
static void
lines_join(struct file *into, const struct file *from, struct translation *translation)
{
	uint32_t count = union_count(into, from);
	struct file joined = {
	    .lines = mem_alloc(count * sizeof(*joined.lines)),
	    .hits = mem_alloc(count * sizeof(*joined.hits)),
	    .patterns = mem_alloc(count * sizeof(*joined.patterns)),
	};

	for (uint32_t i = 0, j = 0, at = 0; at < count; at++) {
		uint32_t left = i < into->line_count ? into->lines[i] : UINT32_MAX;
		uint32_t right = j < from->line_count ? from->lines[j] : UINT32_MAX;

		joined.lines[at] = left < right ? left : right;
		joined.hits[at] = add_hits(left <= right ? into->hits[i] : 0, right <= left ? from->hits[j] : 0);
		if (left == right)
			joined.patterns[at] = pattern_union(translation, into->patterns[i], from->patterns[j]);
		else
			joined.patterns[at] = left < right ? into->patterns[i] : from->patterns[j];
		i += left <= right;
		j += right <= left;
	}
	free(into->lines);
	free(into->hits);
	free(into->patterns);
	into->lines = joined.lines;
	into->hits = joined.hits;
	into->patterns = joined.patterns;
	into->line_count = count;
}

/* One side of a merge of branch records: a walk over its records and, beside them, its lines. */
struct side {
	const struct file *file;
	uint32_t record;
	uint32_t row;
};

static uint32_t
smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t
side_line(const struct side *side)
{
	return side->record < side->file->branch_count ? side->file->branches[side->record].line : UINT32_MAX;
}

static uint32_t
side_stage(const struct side *side, uint32_t line)
{
	return side_line(side) == line ? side->file->branches[side->record].stage : UINT32_MAX;
}

/* The end of the side's records of this line and stage, from where it stands. */
static uint32_t
side_end(const struct side *side, uint32_t line, uint32_t stage)
{
	uint32_t end = side->record;

	while (end < side->file->branch_count && side->file->branches[end].line == line &&
	    side->file->branches[end].stage == stage)
		end++;
	return end;
}

/* Whether the side's stage hit the line; walks its lines forward. */
static bool
side_did(struct side *side, const struct lanes *lanes, uint32_t line, uint32_t stage)
{
	const struct file *file = side->file;

	while (side->row < file->line_count && file->lines[side->row] < line)
		side->row++;
	return side->row < file->line_count && file->lines[side->row] == line &&
	    lanes_stage_did(lanes, file->patterns[side->row], stage);
}

static struct branch *
put_record(struct file *out, const struct branch *record, const uint32_t *data)
{
	struct branch *copy = &out->branches[out->branch_count++];
	size_t words = branch_words(record);

	*copy = *record;
	if (words) {
		copy->a = out->data_count;
		memcpy(out->data + out->data_count, data + record->a, words * sizeof(*data));
		out->data_count += (uint32_t)words;
	}
	return copy;
}

/* Merges the records of one line and stage; a side that hit the line without any leaves its mark. */
static void
stage_join(struct file *out, struct side *a, struct side *b, uint32_t line, uint32_t stage,
    const struct lanes *lanes)
{
	uint32_t a_end = side_end(a, line, stage);
	uint32_t b_end = side_end(b, line, stage);
	bool plain = (a->record == a_end && side_did(a, lanes, line, stage)) ||
	    (b->record == b_end && side_did(b, lanes, line, stage));

	while (a->record < a_end || b->record < b_end) {
		const struct branch *left = a->file->branches + a->record;
		const struct branch *right = b->file->branches + b->record;
		int order = a->record == a_end ? 1 : b->record == b_end ? -1 :
		    branch_compare(left, a->file->data, right, b->file->data);

		if (order > 0) {
			put_record(out, right, b->file->data);
		} else {
			struct branch *copy = put_record(out, left, a->file->data);

			if (order == 0)
				branch_fold(copy, out->data, right, b->file->data);
		}
		a->record += order <= 0;
		b->record += order >= 0;
	}
	if (plain && out->branches[out->branch_count - 1].kind != BRANCH_PLAIN)
		out->branches[out->branch_count++] = (struct branch){
		    .line = line, .kind = BRANCH_PLAIN, .stage = stage};
}

static void
branches_join(struct file *into, const struct file *from, const struct lanes *lanes)
{
	size_t records = into->branch_count + (size_t)from->branch_count;
	size_t words = into->data_count + (size_t)from->data_count;
	struct side a = {.file = into};
	struct side b = {.file = from};
	struct file out = {
	    /* at most one mark for each record */
	    .branches = mem_alloc(2 * records * sizeof(*out.branches)),
	    .data = mem_alloc(words * sizeof(*out.data)),
	};

	for (uint32_t line; (line = smaller(side_line(&a), side_line(&b))) != UINT32_MAX;)
		stage_join(&out, &a, &b, line, smaller(side_stage(&a, line), side_stage(&b, line)), lanes);
	free(into->branches);
	free(into->data);
	into->branches = mem_resize(out.branches, out.branch_count, sizeof(*out.branches));
	into->data = mem_resize(out.data, out.data_count, sizeof(*out.data));
	into->branch_count = out.branch_count;
	into->data_count = out.data_count;
}

static int
string_compare(const struct strpool *strings, uint32_t a, uint32_t b)
{
	return a == b ? 0 : str_compare(strpool_get(strings, a), strpool_get(strings, b));
}

int
function_compare(const struct function *a, const struct function *b, const struct strpool *strings)
{
	int order = string_compare(strings, a->class_name, b->class_name);

	if (!order)
		order = string_compare(strings, a->name, b->name);
	if (!order)
		order = string_compare(strings, a->signature, b->signature);
	if (!order)
		order = (a->first_line > b->first_line) - (a->first_line < b->first_line);
	return order;
}

static void
functions_join(struct file *into, const struct file *from, const struct strpool *strings,
    struct translation *translation)
{
	size_t most = into->function_count + (size_t)from->function_count;
	struct function *joined = mem_alloc(most * sizeof(*joined));
	uint32_t count = 0;

	for (uint32_t i = 0, j = 0; i < into->function_count || j < from->function_count;) {
		const struct function *a = into->functions + i;
		const struct function *b = from->functions + j;
		int order = i == into->function_count ? 1 : j == from->function_count ? -1 :
		    function_compare(a, b, strings);
		struct function *copy = &joined[count++];

		*copy = order <= 0 ? *a : *b;
		if (order == 0) {
			copy->hits = add_hits(a->hits, b->hits);
			copy->pattern = pattern_union(translation, a->pattern, b->pattern);
		}
		i += order <= 0;
		j += order >= 0;
	}
	free(into->functions);
	into->functions = mem_resize(joined, count, sizeof(*joined));
	into->function_count = count;
}

void
file_merge(struct file *into, struct file *from, const struct strpool *strings,
    struct translation *translation)
{
	file_expand_patterns(into);
	if (into->branch_count || from->branch_count)
		branches_join(into, from, translation->to);
	if (same_lines(into, from))
		lines_add(into, from, translation);
	else
		lines_join(into, from, translation);
	if (from->function_count)
		functions_join(into, from, strings, translation);
	file_clear(from);
}
