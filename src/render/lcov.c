/*
 * An LCOV tracefile.  Of branches as many are taken as are proven; those known to be missing keep
 * the block and branch numbers that they were read with (COVERAGE 8), others are numbered through.
 */
#include "render/writers.h"

#include "base/mem.h"
#include "base/number.h"
#include "render/branches.h"
#include "render/escape.h"
#include "render/lcov_names.h"

#include <inttypes.h>
#include <stdlib.h>

enum { FLUSH_BYTES = 1 << 16 };

struct lcov_writer {
	const struct report *report; /* borrowed */
	struct output *output;       /* borrowed */
	struct strbuf text;          /* written and not yet given to the output */
	struct lcov_names names;
	uint64_t *missing; /* of the line at hand: block << 32 | branch, ascending */
	size_t missing_capacity;
};

static void
flush(struct lcov_writer *writer, size_t keep)
{
	if (writer->text.length <= keep)
		return;
	output_add_str(writer->output, strbuf_str(&writer->text));
	strbuf_reset(&writer->text);
}

/* "KEYWORD:number\n" */
static void
add_total(struct strbuf *out, const char *keyword, uint64_t number)
{
	strbuf_add_string(out, keyword);
	strbuf_add_u64(out, number);
	strbuf_add_char(out, '\n');
}

/* ---- functions ---- */

static void
add_function_line(struct strbuf *out, const char *keyword, uint64_t number, struct str name)
{
	strbuf_add_string(out, keyword);
	strbuf_add_u64(out, number);
	strbuf_add_char(out, ',');
	strbuf_add_str(out, name);
	strbuf_add_char(out, '\n');
}

/* A function without a first line has no FN: there is no line 0. */
static void
add_functions(struct lcov_writer *writer, const struct file_result *result)
{
	const struct function *functions = result->file->functions;
	const uint32_t *order;

	lcov_names_of(&writer->names, result->file, &writer->report->strings);
	order = writer->names.order;
	for (uint32_t i = 0; i < result->file->function_count; i++)
		if (functions[order[i]].first_line)
			add_function_line(&writer->text, "FN:", functions[order[i]].first_line,
			    lcov_name(&writer->names, order[i]));
	for (uint32_t i = 0; i < result->file->function_count; i++)
		add_function_line(&writer->text, "FNDA:", functions[order[i]].hits,
		    lcov_name(&writer->names, order[i]));
	add_total(&writer->text, "FNF:", result->numbers.functions.total);
	add_total(&writer->text, "FNH:", result->numbers.functions.covered);
}

/* ---- branches ---- */

/* "block,branch" of two numbers.  False: an identity of another kind. */
static bool
parse_id(struct str id, uint64_t *out)
{
	const char *comma = id.length ? memchr(id.s, ',', id.length) : NULL;
	size_t length = comma ? (size_t)(comma - id.s) : 0;
	uint64_t block, branch;

	if (!comma || !number_plain((struct str){id.s, length}, &block) ||
	    !number_plain((struct str){comma + 1, id.length - length - 1}, &branch))
		return false;
	*out = block << 32 | branch;
	return block <= UINT32_MAX && branch <= UINT32_MAX;
}

static int
compare_ids(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left;
	uint64_t b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

/* Lists the branches known to be missing by their numbers; 0: they have none. */
static uint32_t
list_missing(struct lcov_writer *writer, const struct line_branches *branches)
{
	const struct strpool *strings = &writer->report->strings;

	if (branches->kind != BRANCH_IDS)
		return 0;
	MEM_GROW(writer->missing, writer->missing_capacity, branches->count);
	for (uint32_t i = 0; i < branches->count; i++)
		if (!parse_id(strpool_get(strings, branches->data[i]), &writer->missing[i]))
			return 0;
	qsort(writer->missing, branches->count, sizeof(*writer->missing), compare_ids);
	return branches->count;
}

static void
add_branch(struct strbuf *out, uint32_t line, uint64_t id, char taken)
{
	strbuf_add_string(out, "BRDA:");
	strbuf_add_u64(out, line);
	strbuf_add_char(out, ',');
	strbuf_add_u64(out, id >> 32);
	strbuf_add_char(out, ',');
	strbuf_add_u64(out, id & UINT32_MAX);
	strbuf_add_char(out, ',');
	strbuf_add_char(out, taken);
	strbuf_add_char(out, '\n');
}

/*
 * Gives the taken ones the free numbers of block 0, and what is missing without a number those
 * behind.
 */
static void
add_line_branches(
    struct lcov_writer *writer, uint32_t line, uint64_t hits, const struct line_branches *branches)
{
	struct strbuf *out = &writer->text;
	uint32_t numbered = list_missing(writer, branches);
	uint32_t left = branches->interval.lo;
	char not_taken = hits || left ? '0' : '-';
	uint64_t id = 0;

	for (uint32_t i = 0; left || i < numbered;) {
		if (i < numbered && (!left || writer->missing[i] == id)) {
			id += writer->missing[i] == id;
			add_branch(out, line, writer->missing[i++], not_taken);
		} else {
			add_branch(out, line, id++, '1');
			left--;
		}
	}
	for (uint32_t i = branches->interval.lo + numbered; i < branches->interval.n; i++)
		add_branch(out, line, id++, not_taken);
}

static void
add_branches(struct lcov_writer *writer, const struct file_result *result)
{
	const struct file *file = result->file;
	struct branch_walk walk = {.file = file, .lanes = &writer->report->lanes};

	for (uint32_t i = 0; file->branch_count && i < file->line_count; i++) {
		struct line_branches branches;

		branch_walk_to(&walk, i, &branches);
		add_line_branches(writer, file->lines[i], file->hits[i], &branches);
		flush(writer, FLUSH_BYTES);
	}
	branch_walk_release(&walk);
	add_total(&writer->text, "BRF:", result->numbers.branches.total);
	add_total(&writer->text, "BRH:", result->numbers.branches.covered);
}

/* ---- lines and files ---- */

static void
add_lines(struct lcov_writer *writer, const struct file_result *result)
{
	const struct file *file = result->file;
	struct strbuf *out = &writer->text;

	for (uint32_t i = 0; i < file->line_count; i++) {
		strbuf_add_string(out, "DA:");
		strbuf_add_u64(out, file->lines[i]);
		strbuf_add_char(out, ',');
		strbuf_add_u64(out, file->hits[i]);
		strbuf_add_char(out, '\n');
		flush(writer, FLUSH_BYTES);
	}
	add_total(out, "LF:", result->numbers.lines.total);
	add_total(out, "LH:", result->numbers.lines.covered);
}

static void
add_file(struct lcov_writer *writer, const struct file_result *result)
{
	strbuf_add_string(&writer->text, "SF:");
	escape_line(&writer->text, result->path);
	strbuf_add_char(&writer->text, '\n');
	add_functions(writer, result);
	add_branches(writer, result);
	add_lines(writer, result);
	strbuf_add_string(&writer->text, "end_of_record\n");
}

static bool
write_lcov(const struct result *result, const struct render_settings *settings,
    struct output *output, struct error *err)
{
	struct lcov_writer writer = {.report = result->report, .output = output};

	(void)settings;
	(void)err;
	strbuf_add_string(&writer.text, "TN:\n");
	for (size_t i = 0; i < result->file_count; i++)
		add_file(&writer, &result->files[i]);
	flush(&writer, 0);
	strbuf_clear(&writer.text);
	lcov_names_release(&writer.names);
	free(writer.missing);
	return true;
}

const struct renderer renderer_lcov = {
    .name = "lcov",
    .help = "the merged coverage as an LCOV tracefile",
    .suffixes = ".info",
    .write = write_lcov,
};
