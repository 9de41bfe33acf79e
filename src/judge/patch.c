/* Changed lines and what reports say of them. */
#include "judge/patch.h"

#include "base/mem.h"
#include "judge/measure.h"

#include <stdlib.h>

struct measuring {
	const struct diff *diff;
	struct str below;
	struct result *result;
	uint64_t *patterns;	/* changed lines by pattern */
};

/* Index of the first line at or behind `line`. */
static uint32_t
line_from(const struct file *file, uint32_t line)
{
	uint32_t low = 0, high = file->line_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (file->lines[middle] < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
branch_ratio_add(struct branch_ratio *sum, const struct branch_ratio *more)
{
	sum->covered += more->covered;
	sum->covered_max += more->covered_max;
	sum->total += more->total;
}

static void
numbers_add_patch(struct numbers *sum, const struct numbers *more)
{
	sum->patch.covered += more->patch.covered;
	sum->patch.total += more->patch.total;
	branch_ratio_add(&sum->patch_branches, &more->patch_branches);
}

/* The branches of one changed line; *next is where the records of later lines begin. */
static void
measure_branches(const struct measuring *m, struct file_result *row, uint32_t at, size_t *next)
{
	const struct file *file = row->file;
	struct interval interval;
	size_t from = *next;

	while (from < file->branch_count && file->branches[from].line < file->lines[at])
		from++;
	for (*next = from;
	     *next < file->branch_count && file->branches[*next].line == file->lines[at];)
		++*next;
	if (from == *next)
		return;
	interval = file_interval(
	    file, &m->result->report->lanes, from, *next, file_pattern(file, at), FILE_ALL_STAGES);
	branch_ratio_add(&row->numbers.patch_branches,
	    &(struct branch_ratio){interval.lo, interval.hi, interval.n});
}

/*
 * A range goes on over lines that changed too and that no report measures: blanks, comments, the
 * rest of a statement.
 */
static void
add_missing(struct file_result *row, size_t *capacity, uint32_t line, bool joined)
{
	if (joined && row->patch_missing_count) {
		row->patch_missing[row->patch_missing_count - 1].last = line;
		return;
	}
	MEM_GROW(row->patch_missing, *capacity, row->patch_missing_count + 1);
	row->patch_missing[row->patch_missing_count++] = (struct line_range){line, line};
}

static void
measure_change(const struct measuring *m, struct file_result *row, const struct diff_change *change,
    size_t *capacity)
{
	const struct file *file = row->file;
	size_t branch = file_branch_from(file, change->new_line);
	bool joined = false;

	for (uint32_t i = line_from(file, change->new_line);
	    i < file->line_count && file->lines[i] - change->new_line < change->added; i++) {
		row->numbers.patch.total++;
		row->numbers.patch.covered += file->hits[i] > 0;
		m->patterns[file_pattern(file, i)]++;
		measure_branches(m, row, i, &branch);
		if (!file->hits[i])
			add_missing(row, capacity, file->lines[i], joined);
		joined = !file->hits[i];
	}
}

static const struct diff_file *
find_changed(const struct measuring *m, struct str path)
{
	struct strbuf full = {0};
	const struct diff_file *file;

	if (!m->below.length)
		return diff_find(m->diff, path);
	strbuf_add_str(&full, m->below);
	strbuf_add_str(&full, path);
	file = diff_find(m->diff, strbuf_str(&full));
	strbuf_clear(&full);
	return file;
}

static void
measure_file(const struct measuring *m, struct file_result *row)
{
	const struct diff_change *changes;
	size_t capacity = 0;

	row->changed = find_changed(m, row->path);
	if (!row->changed)
		return;
	changes = diff_changes(m->diff, row->changed);
	for (size_t i = 0; i < row->changed->change_count; i++)
		measure_change(m, row, &changes[i], &capacity);
	numbers_add_patch(&m->result->total, &row->numbers);
}

static void
measure_components(const struct rules *rules, struct result *result)
{
	for (size_t i = 0; i < rules->component_count; i++)
		for (size_t j = 0; j < result->file_count; j++)
			if (result->files[j].changed &&
			    component_has(&rules->components[i], result->files[j].path))
				numbers_add_patch(
				    &result->components[i].numbers, &result->files[j].numbers);
}

static bool
has_lane_of(const struct report *report, const uint32_t *lanes, uint32_t count, uint32_t stage)
{
	for (uint32_t i = 0; i < count; i++)
		if (report->lanes.lanes[lanes[i]].stage == stage)
			return true;
	return false;
}

/* Shares the changed lines of one pattern out to the stages that could and did run them. */
static void
share(struct result *result, const struct pattern *pattern, uint64_t lines)
{
	for (size_t i = 0; i < result->stage_count; i++) {
		struct stage_result *stage = &result->stages[i];

		if (has_lane_of(result->report, pattern->could, pattern->could_count, stage->id))
			stage->numbers.patch.total += lines;
		if (has_lane_of(result->report, pattern->did, pattern->did_count, stage->id))
			stage->numbers.patch.covered += lines;
	}
}

/* ---- files that no report mentions ---- */

/* What is code by its name; beside these, whatever reports measured. */
static const char *const source_suffixes[] = {
    "ada", "adb", "asm", "bas", "c", "c++", "cc", "cjs", "clj", "cljs", "coffee", "cpp", "cr",
    "cs", "cts", "cu", "cxx", "d", "dart", "elm", "erl", "ex", "exs", "f", "f90", "fs", "go",
    "groovy", "hs", "java", "jl", "js", "jsx", "kt", "kts", "lua", "m", "mjs", "ml", "mm", "mts",
    "nim", "pas", "php", "pl", "pm", "ps1", "py", "pyx", "r", "rb", "rs", "s", "scala", "sh",
    "svelte", "swift", "ts", "tsx", "v", "vala", "vb", "vhd", "vue", "zig",
};

/* What stands behind the last '.' of the base name; empty without one. */
static struct str
suffix_of(struct str path)
{
	for (size_t i = path.length; i-- > 1 && path.s[i] != '/';)
		if (path.s[i] == '.' && path.s[i - 1] != '/')
			return (struct str){path.s + i + 1, path.length - i - 1};
	return STR("");
}

static int
suffix_compare(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* The suffixes of all files with lines, sorted; owned. */
static struct str *
measured_suffixes(const struct result *result, size_t *count)
{
	struct str *suffixes = mem_zalloc(result->file_count, sizeof(*suffixes));

	*count = 0;
	for (size_t i = 0; i < result->file_count; i++)
		if (result->files[i].numbers.lines.total)
			suffixes[(*count)++] = suffix_of(result->files[i].path);
	if (*count)
		qsort(suffixes, *count, sizeof(*suffixes), suffix_compare);
	return suffixes;
}

static bool
is_source(struct str path, const struct str *measured, size_t measured_count)
{
	struct str suffix = suffix_of(path);

	if (!suffix.length)
		return false;
	for (size_t i = 0; i < sizeof(source_suffixes) / sizeof(source_suffixes[0]); i++)
		if (str_equal_fold(suffix, str_of(source_suffixes[i])))
			return true;
	return measured_count &&
	       bsearch(&suffix, measured, measured_count, sizeof(*measured), suffix_compare);
}

/* Paths of the diff ascend, so these do too. */
static void
find_untracked(const struct measuring *m, const struct filter *filter)
{
	struct patch_result *patch = &m->result->patch;
	size_t count;
	struct str *measured = measured_suffixes(m->result, &count);

	patch->without_data = mem_zalloc(m->diff->file_count, sizeof(*patch->without_data));
	for (size_t i = 0; i < m->diff->file_count; i++) {
		const struct diff_file *file = &m->diff->files[i];
		struct str path = file->path;

		if (!file->added || file->submodule || !str_starts(path, m->below))
			continue;
		path = (struct str){path.s + m->below.length, path.length - m->below.length};
		if (!report_find(m->result->report, path) && is_source(path, measured, count) &&
		    filter_keeps(filter, path))
			patch->without_data[patch->without_data_count++] = path;
	}
	free(measured);
}

/* ---- all of it ---- */

static struct str
below_of(const struct change_given *given)
{
	for (size_t i = 0; i < given->diff->file_count; i++)
		if (str_starts(given->diff->files[i].path, given->below) ||
		    str_starts(given->diff->files[i].old_path, given->below))
			return given->below;
	return STR("");
}

void
patch_measure(const struct change_given *given, const struct rules *rules, struct result *result)
{
	const struct lanes *lanes = &result->report->lanes;
	struct measuring m = {.diff = given->diff, .result = result};

	if (!given->diff)
		return;
	m.below = below_of(given);
	m.patterns = mem_zalloc(lanes->pattern_count, sizeof(*m.patterns));
	result->patch = (struct patch_result){.diff = given->diff, .compared = given->compared};
	for (size_t i = 0; i < result->file_count; i++)
		measure_file(&m, &result->files[i]);
	for (size_t i = 0; i < lanes->pattern_count; i++)
		if (m.patterns[i])
			share(result, &lanes->patterns[i], m.patterns[i]);
	measure_components(rules, result);
	if (rules->untracked_changes != UNTRACKED_IGNORE)
		find_untracked(&m, given->filter);
	free(m.patterns);
}
