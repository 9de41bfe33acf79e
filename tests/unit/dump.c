/* Reports from a few words and back. */
#include "dump.h"

#include "base/mem.h"
#include "model/intake.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORDS_MOST = 16 };

static void
take_branch(struct intake *intake, char **words, size_t count)
{
	uint32_t n = (uint32_t)strtoul(words[1], NULL, 10);
	uint32_t k = (uint32_t)strtoul(words[2], NULL, 10);
	uint32_t ids[WORDS_MOST];

	for (size_t i = 3; i < count; i++)
		ids[i - 3] = strpool_add(&intake->strings, str_of(words[i]));
	intake_ids(intake, n, k, ids, count - 3);
}

static void
take_conditions(struct intake *intake, char **words, size_t count)
{
	struct intake_condition conditions[WORDS_MOST];

	for (size_t i = 3; i < count; i++)
		sscanf(words[i], "%" SCNu32 "/%" SCNu32 "/%" SCNu32, &conditions[i - 3].number,
		    &conditions[i - 3].width, &conditions[i - 3].covered);
	intake_conditions(intake, (uint32_t)strtoul(words[1], NULL, 10), (uint32_t)strtoul(words[2], NULL, 10),
	    conditions, count - 3);
}

static void
take_words(struct intake *intake, char **words, size_t count)
{
	switch (words[0][0]) {
	case 'f':
		intake_open(intake, str_of(words[1]), 1);
		break;
	case 'l':
		intake_line(intake, (uint32_t)strtoul(words[1], NULL, 10), strtoull(words[2], NULL, 10));
		break;
	case 'b':
		take_branch(intake, words, count);
		break;
	case 'c':
		take_conditions(intake, words, count);
		break;
	case 'm':
		intake_function(intake, STR(""), str_of(words[1]), STR(""),
		    (uint32_t)strtoul(words[2], NULL, 10), strtoull(words[3], NULL, 10));
		break;
	default:
		abort();
	}
}

void
report_from(struct report *report, const char *stage, const char *cell, const char *text)
{
	struct intake intake = {0};
	char *copy = mem_string(text, strlen(text));
	char *next = copy;

	report_begin(report, str_of(stage), str_of(cell));
	for (char *line; (line = strsep(&next, "\n"));) {
		char *words[WORDS_MOST];
		size_t count = 0;

		for (char *word; count < WORDS_MOST && (word = strsep(&line, " "));)
			if (*word)
				words[count++] = word;
		if (count)
			take_words(&intake, words, count);
	}
	free(copy);
	intake_finish(&intake, report);
}

static int
string_compare(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The names of a set of lanes in byte order. */
static void
dump_set(const struct report *report, const uint32_t *ids, size_t count, struct strbuf *out)
{
	char **names = mem_zalloc(count, sizeof(*names));

	for (size_t i = 0; i < count; i++) {
		struct strbuf name = {0};

		strbuf_addf(&name, " %s/%s", report_stage(report, report->lanes.lanes[ids[i]].stage).s,
		    report_cell(report, ids[i]).s);
		names[i] = strbuf_take(&name);
	}
	if (count)
		qsort(names, count, sizeof(*names), string_compare);
	for (size_t i = 0; i < count; i++) {
		strbuf_add_string(out, names[i]);
		free(names[i]);
	}
	free(names);
}

static void
dump_pattern(const struct report *report, uint32_t id, struct strbuf *out)
{
	const struct pattern *p = &report->lanes.patterns[id];

	dump_set(report, p->could, p->could_count, out);
	strbuf_add_string(out, " ran");
	dump_set(report, p->did, p->did_count, out);
	strbuf_add_char(out, '\n');
}

static void
dump_interval(const struct report *report, const struct file *file, size_t from, size_t to, uint32_t pattern,
    uint32_t stage, struct strbuf *out)
{
	struct interval interval = file_interval(file, &report->lanes, from, to, pattern, stage);

	if (interval.n)
		strbuf_addf(out, " [%u,%u]/%u", interval.lo, interval.hi, interval.n);
}

static int
stage_name_compare(const void *left, const void *right, void *report)
{
	return str_compare(report_stage(report, *(const uint32_t *)left),
	    report_stage(report, *(const uint32_t *)right));
}

/* The line's interval over all stages and then stage by stage, in the order of their names. */
static void
dump_branches(const struct report *report, const struct file *file, uint32_t row, struct strbuf *out)
{
	uint32_t line = file->lines[row];
	size_t from = file_branch_from(file, line);
	size_t to = file_branch_from(file, line + 1);
	size_t count = report->lanes.stage_count;
	uint32_t *stages = mem_zalloc(count, sizeof(*stages));

	dump_interval(report, file, from, to, file_pattern(file, row), FILE_ALL_STAGES, out);
	for (size_t i = 0; i < count; i++)
		stages[i] = (uint32_t)i;
	if (count)
		qsort_r(stages, count, sizeof(*stages), stage_name_compare, (void *)(uintptr_t)report);
	for (size_t i = 0; i < count && from < to; i++) {
		strbuf_addf(out, " %s", report_stage(report, stages[i]).s);
		dump_interval(report, file, from, to, file_pattern(file, row), stages[i], out);
	}
	free(stages);
}

static void
dump_file(const struct report *report, const struct file *file, struct strbuf *out)
{
	strbuf_addf(out, "%s\n", report_path(report, file).s);
	for (uint32_t i = 0; i < file->line_count; i++) {
		strbuf_addf(out, "  %u: %" PRIu64, file->lines[i], file->hits[i]);
		dump_branches(report, file, i, out);
		dump_pattern(report, file_pattern(file, i), out);
	}
	for (uint32_t i = 0; i < file->function_count; i++) {
		const struct function *function = &file->functions[i];

		strbuf_addf(out, "  %s at %u: %" PRIu64, strpool_get(&report->strings, function->name).s,
		    function->first_line, function->hits);
		dump_pattern(report, function->pattern, out);
	}
}

void
report_dump(const struct report *report, struct strbuf *out)
{
	for (size_t i = 0; i < report->file_count; i++)
		dump_file(report, &report->files[i], out);
}
