/* The <class> elements of one file. */
#include "render/cobertura_class.h"

#include "base/mem.h"
#include "render/cobertura_line.h"
#include "render/xml_out.h"

#include <stdlib.h>

enum { FLUSH_BYTES = 1 << 16 };

/* Where a function of a class starts. */
struct class_start {
	uint32_t line;
	uint32_t class_index;
};

/* One class of the file: functions[first .. end). */
struct class_part {
	const struct file *file;
	uint32_t first;
	uint32_t end;
	const uint32_t *rows; /* the lines that are its; NULL: all */
	uint32_t row_count;
};

void
cobertura_rates(struct strbuf *out, const struct numbers *numbers)
{
	xml_out_rate(out, "line-rate", numbers->lines);
	xml_out_rate(
	    out, "branch-rate", (struct ratio){numbers->branches.covered, numbers->branches.total});
	strbuf_add_string(out, " complexity=\"0\"");
}

/* ---- methods ---- */

/*
 * A method's line carries its first line and its hits.  Without a line it has only `hits`; so too
 * in a file without lines, where the method's would be taken for the file's.
 */
static void
add_method(const struct cobertura_writer *writer, const struct file *file,
    const struct function *function, struct strbuf *out)
{
	const struct strpool *strings = &writer->report->strings;
	bool has_line = function->first_line && file->line_count;

	strbuf_add_string(out, "<method");
	xml_out_attribute(out, "name", strpool_get(strings, function->name));
	xml_out_attribute(out, "signature", strpool_get(strings, function->signature));
	cobertura_rates(out, &(struct numbers){.lines = {function->hits > 0, 1}});
	if (!has_line)
		xml_out_count(out, "hits", function->hits);
	strbuf_add_string(out, ">\n<lines>\n");
	if (has_line)
		cobertura_plain_line(function->first_line, function->hits, out);
	strbuf_add_string(out, "</lines>\n</method>\n");
}

/* ---- one class ---- */

static uint32_t
row_of(const struct class_part *part, uint32_t index)
{
	return part->rows ? part->rows[index] : index;
}

/* What the lines of a part of a file add up to. */
static struct numbers
count_lines(const struct cobertura_writer *writer, const struct class_part *part)
{
	struct branch_walk walk = {.file = part->file, .lanes = &writer->report->lanes};
	struct numbers numbers = {.lines.total = part->row_count};

	for (uint32_t i = 0; i < part->row_count; i++) {
		uint32_t row = row_of(part, i);
		struct line_branches branches;

		branch_walk_to(&walk, row, &branches);
		numbers.lines.covered += part->file->hits[row] > 0;
		numbers.branches.covered += branches.interval.lo;
		numbers.branches.total += branches.interval.n;
	}
	branch_walk_release(&walk);
	return numbers;
}

static void
add_lines(struct cobertura_writer *writer, const struct class_part *part)
{
	struct branch_walk walk = {.file = part->file, .lanes = &writer->report->lanes};

	for (uint32_t i = 0; i < part->row_count; i++) {
		cobertura_line(&walk, &writer->report->strings, row_of(part, i), &writer->text);
		if (writer->text.length > FLUSH_BYTES)
			cobertura_flush(writer);
	}
	branch_walk_release(&walk);
}

/*
 * Functions without a class stand in "./FILE", which readers can tell from a class named as the
 * file.
 */
static void
add_class_name(struct cobertura_writer *writer, const struct class_part *part)
{
	bool has_functions = part->first < part->end;
	uint32_t name = has_functions ? part->file->functions[part->first].class_name : 0;
	struct str path = report_path(writer->report, part->file);
	struct strbuf text = {0};

	if (has_functions && !name)
		strbuf_add_string(&text, "./");
	strbuf_add_str(&text, name ? strpool_get(&writer->report->strings, name) : path);
	xml_out_attribute(&writer->text, "name", strbuf_str(&text));
	strbuf_clear(&text);
}

static void
add_class(
    struct cobertura_writer *writer, const struct class_part *part, const struct numbers *numbers)
{
	struct strbuf *out = &writer->text;

	strbuf_add_string(out, "<class");
	add_class_name(writer, part);
	xml_out_attribute(out, "filename", report_path(writer->report, part->file));
	cobertura_rates(out, numbers);
	strbuf_add_string(out, ">\n<methods>\n");
	for (uint32_t i = part->first; i < part->end; i++)
		add_method(writer, part->file, &part->file->functions[i], out);
	strbuf_add_string(out, "</methods>\n<lines>\n");
	add_lines(writer, part);
	strbuf_add_string(out, "</lines>\n</class>\n");
}

/* ---- several classes ---- */

static uint32_t
count_classes(const struct file *file)
{
	uint32_t count = file->function_count > 0;

	for (uint32_t i = 1; i < file->function_count; i++)
		count += file->functions[i].class_name != file->functions[i - 1].class_name;
	return count;
}

static int
compare_starts(const void *left, const void *right)
{
	const struct class_start *a = left;
	const struct class_start *b = right;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->class_index > b->class_index) - (a->class_index < b->class_index);
}

/* The starts of functions that have a first line, in order; returns how many. */
static size_t
list_starts(struct cobertura_writer *writer, const struct file *file)
{
	size_t count = 0;
	uint32_t class_index = 0;

	MEM_GROW(writer->starts, writer->start_capacity, file->function_count);
	for (uint32_t i = 0; i < file->function_count; i++) {
		const struct function *function = &file->functions[i];

		class_index += i && function->class_name != function[-1].class_name;
		if (function->first_line)
			writer->starts[count++] =
			    (struct class_start){function->first_line, class_index};
	}
	if (count)
		qsort(writer->starts, count, sizeof(*writer->starts), compare_starts);
	return count;
}

/* Steps from line to line to the class that the line belongs to. */
struct owner_walk {
	const struct class_start *starts;
	size_t count;
	size_t next;
};

static uint32_t
owner_of(struct owner_walk *walk, uint32_t line)
{
	while (walk->next < walk->count && walk->starts[walk->next].line <= line)
		walk->next++;
	if (!walk->count)
		return 0;
	return walk->starts[walk->next ? walk->next - 1 : 0].class_index;
}

/* Sorts the file's rows by class: afterwards those of class i end at ends[i]. */
static void
part_lines(struct cobertura_writer *writer, const struct file *file, uint32_t class_count)
{
	size_t starts = list_starts(writer, file);
	struct owner_walk walk = {writer->starts, starts, 0};
	uint32_t *ends;

	MEM_GROW(writer->rows, writer->row_capacity, file->line_count);
	MEM_GROW(writer->ends, writer->end_capacity, class_count + 1);
	ends = writer->ends;
	memset(ends, 0, (class_count + 1) * sizeof(*ends));
	for (uint32_t i = 0; i < file->line_count; i++)
		ends[owner_of(&walk, file->lines[i]) + 1]++;
	for (uint32_t i = 1; i <= class_count; i++)
		ends[i] += ends[i - 1];
	walk.next = 0;
	for (uint32_t i = 0; i < file->line_count; i++)
		writer->rows[ends[owner_of(&walk, file->lines[i])]++] = i;
}

/* The row of the line at or before `line`, else the first. */
static uint32_t
row_at(const struct file *file, uint32_t line)
{
	uint32_t low = 0, high = file->line_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (file->lines[middle] <= line)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : 0;
}

/*
 * A class that no line is left for gets one that another has too: readers take the lines under its
 * methods for lines of the file else.
 */
static void
borrow_line(const struct file *file, struct class_part *part, uint32_t *row)
{
	if (part->row_count || !file->line_count)
		return;
	*row = row_at(file, file->functions[part->first].first_line);
	part->rows = row;
	part->row_count = 1;
}

static void
add_classes(struct cobertura_writer *writer, const struct file *file, uint32_t class_count)
{
	uint32_t first = 0, row;
	struct numbers numbers;

	part_lines(writer, file, class_count);
	for (uint32_t i = 0; i < class_count; i++) {
		uint32_t from = i ? writer->ends[i - 1] : 0;
		struct class_part part = {.file = file,
		    .first = first,
		    .end = first + 1,
		    .rows = writer->rows + from,
		    .row_count = writer->ends[i] - from};

		while (part.end < file->function_count &&
		       file->functions[part.end].class_name == file->functions[first].class_name)
			part.end++;
		first = part.end;
		borrow_line(file, &part, &row);
		numbers = count_lines(writer, &part);
		add_class(writer, &part, &numbers);
	}
}

void
cobertura_file(struct cobertura_writer *writer, const struct file_result *result)
{
	const struct file *file = result->file;
	uint32_t class_count = count_classes(file);

	if (class_count > 1)
		add_classes(writer, file, class_count);
	else
		add_class(writer,
		    &(struct class_part){
			.file = file, .end = file->function_count, .row_count = file->line_count},
		    &result->numbers);
	if (writer->text.length > FLUSH_BYTES)
		cobertura_flush(writer);
}

void
cobertura_flush(struct cobertura_writer *writer)
{
	output_add_str(writer->output, strbuf_str(&writer->text));
	strbuf_reset(&writer->text);
}

void
cobertura_writer_release(struct cobertura_writer *writer)
{
	strbuf_clear(&writer->text);
	free(writer->starts);
	free(writer->rows);
	free(writer->ends);
}
