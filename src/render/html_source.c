/* One source file, line by line: reading it, and what is known of each line. */
#include "render/html_source.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/tree.h"
#include "model/branch.h"
#include "model/comparison.h"
#include "render/branches.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	LOOK_EXCLUDED = 1,	/* in source->looks */
	LOOK_ADDED = 2,		/* what is added to the two where the line is */
	LOOK_MEASURED = 4,	/* the first of those that are measured */
	LINE_BYTES = 24,	/* a guess at what a line has */
	EXCLUSION_LEAST = 9,	/* the shortest words that exclude a line */
};

static const struct file_result *
result_file(const struct source_file *source)
{
	return &source->html->page.result->files[source->file];
}

static void
say_why(struct source_file *source, const char *why)
{
	source->why = mem_string(why, strlen(why));
}

/* Reads an open file whole; 0 or an errno. */
static int
read_whole(int fd, size_t size, struct source_file *source)
{
	ssize_t got = 1;

	source->bytes = mem_alloc(size + 1);
	while (source->size < size && (got = read(fd, source->bytes + source->size, size - source->size)) > 0)
		source->size += (size_t)got;
	return got < 0 ? errno : 0;
}

static void
read_source(struct source_file *source)
{
	struct str path = result_file(source)->path;
	struct error err = {0};
	uint64_t size;
	int fd = source->root ? source_open(source->root, path, &size, &err) : -1;
	int failure;

	if (fd < 0) {
		say_why(source, err.code ? err.message : "no root of the repository is known");
		return;
	}
	failure = size > LIMIT_PAGE_SOURCE ? EFBIG : read_whole(fd, (size_t)size, source);
	if (failure)
		say_why(source, failure == EFBIG ? "it is too large to be shown" : strerror(failure));
	close(fd);
}

/* ---- lines ---- */

static struct source_line *
line_add(struct source_file *source, uint32_t number)
{
	MEM_GROW(source->lines, source->line_capacity, source->line_count + 1);
	source->lines[source->line_count] = (struct source_line){.number = number};
	return &source->lines[source->line_count++];
}

static void
index_lines(struct source_file *source)
{
	const char *bytes = source->bytes;
	size_t at = 0;
	uint32_t number = 1;

	MEM_GROW(source->lines, source->line_capacity, source->size / LINE_BYTES + 1);
	while (at < source->size) {
		const char *end = memchr(bytes + at, '\n', source->size - at);
		size_t stop = end ? (size_t)(end - bytes) : source->size;
		struct source_line *line = line_add(source, number++);

		line->start = (uint32_t)at;
		line->length = (uint32_t)(stop - at);
		if (line->length && bytes[stop - 1] == '\r')
			line->length--;
		at = stop + 1;
	}
	source->own_count = source->line_count;
}

/* ---- branches ---- */

static int
compare_targets(const void *left, const void *right, void *strings)
{
	struct str a = strpool_get(strings, *(const uint32_t *)left);
	struct str b = strpool_get(strings, *(const uint32_t *)right);
	uint64_t x, y;

	if (number_plain(a, &x) && number_plain(b, &y) && x != y)
		return x < y ? -1 : 1;
	return str_compare(a, b);
}

static void
add_word(struct strbuf *text, size_t from, struct str word)
{
	if (text->length > from)
		strbuf_add_string(text, ", ");
	strbuf_add_str(text, word);
}

static void
add_targets(struct source_file *source, const struct line_branches *branches)
{
	const struct strpool *strings = &source->html->page.result->report->strings;
	size_t from = source->text.length;

	qsort_r(branches->data, branches->count, sizeof(*branches->data), compare_targets, (void *)(uintptr_t)strings);
	for (uint32_t i = 0; i < branches->count && i < LIMIT_PAGE_BRANCHES; i++)
		add_word(&source->text, from, strpool_get(strings, branches->data[i]));
}

/* The conditions that are not known to be covered whole, but for those that have no name. */
static void
add_open_conditions(struct source_file *source, const struct line_branches *branches)
{
	size_t from = source->text.length;

	for (uint32_t i = 0; i < branches->count && i < LIMIT_PAGE_BRANCHES; i++) {
		const uint32_t *condition = branches->data + (size_t)i * CONDITION_WORDS;

		if (condition[CONDITION_MAX] >= condition[CONDITION_WIDTH] || !condition_named(condition[CONDITION_NUMBER]))
			continue;
		add_word(&source->text, from, STR(""));
		condition_name(condition[CONDITION_NUMBER], &source->text);
	}
}

static struct source_branches
branches_read(struct source_file *source, const struct line_branches *branches)
{
	struct source_branches row = {branches->interval, branches->kind, false, source->text.length, 0};

	if (branches->kind == BRANCH_IDS)
		add_targets(source, branches);
	else if (branches->kind == BRANCH_CONDS && branches->interval.lo < branches->interval.n)
		add_open_conditions(source, branches);
	row.placed = branches->kind == BRANCH_CONDS &&
	    branches->data[(branches->count - 1) * CONDITION_WORDS + CONDITION_NUMBER] >= CONDITION_PLACED;
	row.missing_length = source->text.length - row.missing;
	return row;
}

/* Whether two lines show the same of their branches; of those that name none. */
static bool
branches_alike(const struct source_branches *a, const struct source_branches *b)
{
	return a->interval.lo == b->interval.lo && a->interval.hi == b->interval.hi && a->interval.n == b->interval.n &&
	    !a->missing_length && !b->missing_length;
}

/* The place, plus 1, of what a line shows of its branches: one that is known, if it was met lately. */
static uint32_t
branches_for(struct source_file *source, const struct line_branches *branches)
{
	struct source_branches row = branches_read(source, branches);
	uint32_t *recent = &source->recent_branches[(row.interval.lo + 4 * row.interval.n) % RECENT];

	if (*recent && branches_alike(&source->branches[*recent - 1], &row))
		return *recent;
	MEM_GROW(source->branches, source->branch_capacity, source->branch_count + 1);
	source->branches[source->branch_count++] = row;
	return *recent = (uint32_t)source->branch_count;
}

/* ---- what is known of them ---- */

static bool
holds_any(struct str text, const char *const *words)
{
	for (; *words; words++)
		if (memmem(text.s, text.length, *words, strlen(*words)))
			return true;
	return false;
}

/* The same of one word, first by its rarest letter, which most lines lack. */
static bool
holds_rare(struct str text, char letter, const char *word)
{
	return memchr(text.s, letter, text.length) && memmem(text.s, text.length, word, strlen(word));
}

/* Whether a comment asks a tool to leave the line out; most lines fall at the first look. */
static bool
asks_to_exclude(struct str text)
{
	static const char *const words[] = {"pragma: no cover", "_EXCL_", "istanbul ignore", "c8 ignore", "v8 ignore",
	    "@codeCoverageIgnore", "coverage:ignore", NULL};

	return (holds_rare(text, 'v', "no cover") || holds_rare(text, 'X', "EXCL_") || holds_rare(text, 'g', "gnore")) &&
	    holds_any(text, words);
}

static enum line_state
measured_state(uint64_t hits, struct interval interval)
{
	if (!hits)
		return LINE_MISSED;
	return interval.lo < interval.n ? LINE_PARTIAL : LINE_COVERED;
}

static uint32_t
look_add(struct source_file *source, struct source_look look)
{
	MEM_GROW(source->looks, source->look_capacity, source->look_count + 1);
	source->looks[source->look_count] = look;
	return (uint32_t)source->look_count++;
}

static bool
looks_alike(const struct source_look *a, const struct source_look *b)
{
	return a->hits == b->hits && a->pattern == b->pattern && a->state == b->state && a->change == b->change;
}

/* A look that is known, if it was met lately: some may be there several times. */
static uint32_t
look_for(struct source_file *source, struct source_look look)
{
	uint32_t *recent = &source->recent_looks[(look.hits * LINE_STATES + look.state + look.pattern) % RECENT];

	if (!looks_alike(&source->looks[*recent], &look))
		*recent = look_add(source, look);
	return *recent;
}

static bool
is_lost(const struct source_file *source, uint32_t number)
{
	const struct indirect_change *change = source->html->indirect[source->file];
	size_t low = 0, high = change ? change->lost_count : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (change->lost[middle] == number)
			return true;
		if (change->lost[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static enum line_change
changed_line(const struct source_file *source, uint32_t number)
{
	const struct diff_file *changed = result_file(source)->changed;

	if (changed && diff_is_added(source->html->page.result->patch.diff, changed, number))
		return LINE_ADDED;
	return is_lost(source, number) ? LINE_LOST : LINE_AS_IT_WAS;
}

static inline enum line_change
change_of(const struct source_file *source, uint32_t number)
{
	return source->has_changes ? changed_line(source, number) : LINE_AS_IT_WAS;
}

/* Rows of the report on their way to the lines of the source. */
struct joining {
	struct branch_walk walk;
	size_t block;		/* the line, plus 1, where the last block of missed or partial lines begins */
	enum line_state before;	/* of the last line */
};

/*
 * Where a block of missed or partial lines begins, the one before leads to it.  Lines that are not measured part no
 * block, a change of state does.
 */
static void
link_block(struct source_file *source, struct joining *joining, struct source_line *line, enum line_state state)
{
	bool bad = state == LINE_MISSED || state == LINE_PARTIAL;

	if (bad && state != joining->before) {
		if (joining->block)
			source->lines[joining->block - 1].next = line->number;
		joining->block = (size_t)(line - source->lines) + 1;
		source->blocks++;
		line->next = line->number;
	}
	joining->before = state;
}

/* Joins row `row` of the report with its line. */
static void
row_join(struct source_file *source, struct joining *joining, uint32_t row)
{
	const struct file *file = joining->walk.file;
	uint32_t number = file->lines[row];
	bool own = number <= source->own_count;
	struct source_line *line = own ? &source->lines[number - 1] : line_add(source, number);
	struct line_branches branches = {0};
	enum line_state state;

	if (joining->walk.next < file->branch_count && file->branches[joining->walk.next].line <= number)
		branch_walk_to(&joining->walk, row, &branches);
	if (branches.interval.n)
		line->branches = branches_for(source, &branches);
	state = measured_state(file->hits[row], branches.interval);
	line->look = look_for(source,
	    (struct source_look){file->hits[row], file_pattern(file, row), state, change_of(source, number)});
	link_block(source, joining, line, state);
}

static void
rows_join(struct source_file *source)
{
	const struct file *file = result_file(source)->file;
	struct joining joining = {
	    .walk = {.file = file, .lanes = &source->html->page.result->report->lanes}, .before = LINE_COVERED};

	for (uint32_t row = 0; row < file->line_count; row++)
		row_join(source, &joining, row);
	branch_walk_release(&joining.walk);
}

/* Whether a comment that excludes is the first or the last of a region, or is none of it. */
static bool
in_region(struct str text, bool inside)
{
	static const char *const starts[] = {"_EXCL_START", "ignore start", "@codeCoverageIgnoreStart", NULL};
	static const char *const ends[] = {"_EXCL_STOP", "_EXCL_END", "ignore stop", "ignore end", "@codeCoverageIgnoreEnd", NULL};

	return holds_any(text, starts) || (inside && !holds_any(text, ends));
}

/* What is excluded or added where the report says nothing. */
static void
mark_unmeasured(struct source_file *source)
{
	bool inside = false;

	for (size_t i = 0; i < source->own_count; i++) {
		struct source_line *line = &source->lines[i];

		struct str text = {source->bytes + line->start, line->length};

		if (line->look >= LOOK_MEASURED)
			continue;
		if (text.length >= EXCLUSION_LEAST && asks_to_exclude(text)) {
			line->look = LOOK_EXCLUDED;
			inside = in_region(text, inside);
		} else if (inside) {
			line->look = LOOK_EXCLUDED;
		}
		if (result_file(source)->changed && change_of(source, line->number) == LINE_ADDED)
			line->look += LOOK_ADDED;
	}
}

void
html_source_load(struct source_file *source)
{
	for (int i = 0; i < LOOK_MEASURED; i++)
		look_add(source, (struct source_look){.state = i & LOOK_EXCLUDED ? LINE_EXCLUDED : LINE_UNMEASURED,
		    .change = i & LOOK_ADDED ? LINE_ADDED : LINE_AS_IT_WAS});
	source->has_changes = result_file(source)->changed || source->html->indirect[source->file];
	read_source(source);
	if (!source->why)
		index_lines(source);
	rows_join(source);
	mark_unmeasured(source);
}

void
html_source_release(struct source_file *source)
{
	free(source->bytes);
	free(source->why);
	free(source->lines);
	free(source->looks);
	free(source->branches);
	strbuf_clear(&source->text);
}
