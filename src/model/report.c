/* What one report says, or many merged. */
#include "model/report.h"

#include "base/mem.h"
#include "model/file_merge.h"

#include <stdlib.h>
#include <string.h>

void
report_begin(struct report *report, struct str stage, struct str cell)
{
	uint32_t lane = lanes_lane(&report->lanes, strpool_add(&report->strings, stage),
	    strpool_add(&report->strings, cell));

	lanes_pattern(&report->lanes, &lane, 1, NULL, 0);
	lanes_pattern(&report->lanes, &lane, 1, &lane, 1);
}

static bool
is_empty(const struct report *report)
{
	return !report->lanes.lane_count && !report->file_count && !report->source_count &&
	    !report->audit.count;
}

static void
sources_merge(struct report *into, struct report *from, struct translation *translation)
{
	MEM_GROW(into->sources, into->source_capacity, into->source_count + from->source_count);
	for (size_t i = 0; i < from->source_count; i++) {
		struct source source = from->sources[i];

		source.name = string_map(&translation->strings, source.name);
		source.format = string_map(&translation->strings, source.format);
		source.dialect = string_map(&translation->strings, source.dialect);
		source.lane = translation->lanes[source.lane];
		into->sources[into->source_count++] = source;
	}
}

/* Both sorted lists of files into one. */
static void
files_merge(struct report *into, struct report *from, struct translation *translation)
{
	size_t most = into->file_count + from->file_count;
	struct file *merged = mem_alloc(most * sizeof(*merged));
	size_t count = 0;

	for (size_t i = 0, j = 0; i < into->file_count || j < from->file_count;) {
		struct file *a = into->files + i;
		struct file *b = from->files + j;
		int order = i == into->file_count ? 1 : j == from->file_count ? -1 :
		    str_compare(report_path(into, a), report_path(from, b));

		if (order >= 0)
			file_translate(b, translation);
		if (order == 0)
			file_merge(a, b, &into->strings, translation);
		merged[count++] = order <= 0 ? *a : *b;
		i += order <= 0;
		j += order >= 0;
	}
	free(into->files);
	into->files = mem_resize(merged, count, sizeof(*merged));
	into->file_count = count;
	into->file_capacity = count;
	from->file_count = 0;
}

void
report_merge(struct report *report, struct report *other)
{
	struct translation translation;

	if (is_empty(report)) {
		report_clear(report);
		*report = *other;
		*other = (struct report){0};
		return;
	}
	translation_begin(&translation, &other->strings, &other->lanes, &report->strings, &report->lanes);
	files_merge(report, other, &translation);
	sources_merge(report, other, &translation);
	tests_merge(&report->tests, &other->tests, &translation.strings, translation.lanes);
	translation_end(&translation);
	audit_end(&other->audit);
	audit_merge(&report->audit, &other->audit);
	report_clear(other);
}

/* Notes the lines of a file whose reports disagree about the number of branches: one note a file. */
static void
settle_branches(struct report *report, const struct file *file)
{
	uint32_t lines = 0, first = 0;

	for (size_t i = 0, end; i < file->branch_count; i = end) {
		uint32_t line = file->branches[i].line;

		for (end = i; end < file->branch_count && file->branches[end].line == line;)
			end++;
		if (!file_totals_differ(file, i, end))
			continue;
		if (!lines++)
			first = line;
	}
	if (lines)
		audit_add(&report->audit, AUDIT_NOTE, 0, "branch-totals-differ",
		    "%s: reports disagree about the branches of %u line%s, first line %u; the larger total counts",
		    report_path(report, file).s, lines, lines == 1 ? "" : "s", first);
}

void
report_settle(struct report *report)
{
	audit_begin(&report->audit, STR(""));
	for (size_t i = 0; i < report->file_count; i++)
		settle_branches(report, &report->files[i]);
	audit_end(&report->audit);
	audit_sort(&report->audit);
}

struct str
report_path(const struct report *report, const struct file *file)
{
	return strpool_get(&report->strings, file->path);
}

const struct file *
report_find(const struct report *report, struct str path)
{
	size_t low = 0, high = report->file_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_compare(report_path(report, &report->files[middle]), path);

		if (order == 0)
			return &report->files[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

struct str
report_stage(const struct report *report, uint32_t stage)
{
	return strpool_get(&report->strings, report->lanes.stages[stage]);
}

struct str
report_cell(const struct report *report, uint32_t lane)
{
	return strpool_get(&report->strings, report->lanes.lanes[lane].cell);
}

void
report_clear(struct report *report)
{
	for (size_t i = 0; i < report->file_count; i++)
		file_clear(&report->files[i]);
	free(report->files);
	free(report->sources);
	tests_clear(&report->tests);
	lanes_clear(&report->lanes);
	strpool_clear(&report->strings);
	audit_clear(&report->audit);
	*report = (struct report){0};
}
