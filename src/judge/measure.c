/* From the merged report to the numbers of the result. */
#include "judge/measure.h"

#include "base/mem.h"

#include <stdlib.h>

static const char *const metric_names[METRICS] = {
    [METRIC_LINES] = "lines",
    [METRIC_BRANCHES] = "branches",
    [METRIC_FUNCTIONS] = "functions",
    [METRIC_PATCH] = "patch",
};

const char *
metric_name(enum metric metric)
{
	return metric_names[metric];
}

bool
metric_find(struct str name, enum metric *out)
{
	for (int i = 0; i < METRICS; i++) {
		if (!str_equal(name, str_of(metric_names[i])))
			continue;
		*out = (enum metric)i;
		return true;
	}
	return false;
}

struct ratio
numbers_metric(const struct numbers *numbers, enum metric metric)
{
	switch (metric) {
	case METRIC_LINES:
		return numbers->lines;
	case METRIC_BRANCHES:
		return (struct ratio){numbers->branches.covered, numbers->branches.total};
	case METRIC_FUNCTIONS:
		return numbers->functions;
	case METRIC_PATCH:
		return numbers->patch;
	case METRICS:
		break;
	}
	return (struct ratio){0, 0};
}

/* What one pass over the files needs besides the report. */
struct measuring {
	const struct report *report;
	struct result *result;
	uint32_t *stage_rows;	/* row in the result by stage id */
	uint64_t *pattern_lines;	/* lines of the file at hand by pattern id; zero between files */
	uint32_t *touched;	/* the pattern ids that are not zero */
	size_t touched_count;
	uint32_t *could_mark;	/* by row: the last mark that met it */
	uint32_t *did_mark;
	uint32_t mark;
};

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
}

static void
branches_add(struct branch_ratio *sum, struct interval interval)
{
	sum->covered += interval.lo;
	sum->covered_max += interval.hi;
	sum->total += interval.n;
}

/* The rows of the stages of a set of lanes, each once; returns how many. */
static size_t
each_stage(struct measuring *m, const uint32_t *lanes, uint32_t count, uint32_t *marks, uint32_t *rows)
{
	size_t found = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t row = m->stage_rows[m->report->lanes.lanes[lanes[i]].stage];

		if (marks[row] == m->mark)
			continue;
		marks[row] = m->mark;
		rows[found++] = row;
	}
	return found;
}

/* Shares out `lines` lines of one pattern to the stages that could and did run them. */
static void
pattern_share(struct measuring *m, struct file_result *row, uint32_t pattern, uint64_t lines, uint32_t *rows)
{
	const struct pattern *p = &m->report->lanes.patterns[pattern];
	size_t count;

	m->mark++;
	count = each_stage(m, p->could, p->could_count, m->could_mark, rows);
	for (size_t i = 0; i < count; i++)
		row->stages[rows[i]].total += lines;
	count = each_stage(m, p->did, p->did_count, m->did_mark, rows);
	for (size_t i = 0; i < count; i++)
		row->stages[rows[i]].covered += lines;
	if (count == 1)
		row->only_here[rows[0]] += lines;
}

static void
measure_lines(struct measuring *m, struct file_result *row, uint32_t *rows)
{
	const struct file *file = row->file;

	row->numbers.lines.total = file->line_count;
	for (uint32_t i = 0; i < file->line_count; i++) {
		uint32_t pattern = file_pattern(file, i);

		row->numbers.lines.covered += file->hits[i] > 0;
		if (!m->pattern_lines[pattern]++)
			m->touched[m->touched_count++] = pattern;
	}
	for (size_t i = 0; i < m->touched_count; i++) {
		uint32_t pattern = m->touched[i];

		pattern_share(m, row, pattern, m->pattern_lines[pattern], rows);
		m->pattern_lines[pattern] = 0;
	}
	m->touched_count = 0;
	for (size_t i = 0; i < m->result->stage_count; i++) {
		ratio_add(&m->result->stages[i].numbers.lines, row->stages[i]);
		m->result->stages[i].lines_only_here += row->only_here[i];
	}
}

/* The records branches[from .. to) of one line, in all and stage by stage. */
static void
measure_branch(struct measuring *m, struct file_result *row, size_t from, size_t to, uint32_t pattern)
{
	const struct file *file = row->file;
	const struct lanes *lanes = &m->report->lanes;

	branches_add(&row->numbers.branches,
	    file_interval(file, lanes, from, to, pattern, FILE_ALL_STAGES));
	for (size_t i = from, end; i < to; i = end) {
		uint32_t stage = file->branches[i].stage;

		for (end = i; end < to && file->branches[end].stage == stage;)
			end++;
		branches_add(&m->result->stages[m->stage_rows[stage]].numbers.branches,
		    file_interval(file, lanes, i, end, pattern, stage));
	}
}

static void
measure_branches(struct measuring *m, struct file_result *row)
{
	const struct file *file = row->file;
	uint32_t line_row = 0;

	for (size_t i = 0, end; i < file->branch_count; i = end) {
		uint32_t line = file->branches[i].line;

		for (end = i; end < file->branch_count && file->branches[end].line == line;)
			end++;
		while (file->lines[line_row] < line)
			line_row++;
		measure_branch(m, row, i, end, file_pattern(file, line_row));
	}
}

static void
measure_functions(struct measuring *m, struct file_result *row, uint32_t *rows)
{
	const struct file *file = row->file;

	row->numbers.functions.total = file->function_count;
	for (uint32_t i = 0; i < file->function_count; i++) {
		const struct pattern *p = &m->report->lanes.patterns[file->functions[i].pattern];
		size_t count;

		row->numbers.functions.covered += file->functions[i].hits > 0;
		m->mark++;
		count = each_stage(m, p->could, p->could_count, m->could_mark, rows);
		for (size_t j = 0; j < count; j++)
			m->result->stages[rows[j]].numbers.functions.total++;
		count = each_stage(m, p->did, p->did_count, m->did_mark, rows);
		for (size_t j = 0; j < count; j++)
			m->result->stages[rows[j]].numbers.functions.covered++;
	}
}

static void
measure_files(struct measuring *m)
{
	const struct report *report = m->report;
	struct result *result = m->result;
	uint32_t *rows = mem_zalloc(result->stage_count, sizeof(*rows));

	result->files = mem_zalloc(report->file_count, sizeof(*result->files));
	result->file_count = report->file_count;
	for (size_t i = 0; i < report->file_count; i++) {
		struct file_result *row = &result->files[i];

		row->file = &report->files[i];
		row->path = report_path(report, row->file);
		row->stages = mem_zalloc(result->stage_count, sizeof(*row->stages));
		row->only_here = mem_zalloc(result->stage_count, sizeof(*row->only_here));
		measure_lines(m, row, rows);
		measure_branches(m, row);
		measure_functions(m, row, rows);
		numbers_add(&result->total, &row->numbers);
	}
	free(rows);
}

static bool
has_stage(const struct result *result, struct str name)
{
	for (size_t i = 0; i < result->stage_count; i++)
		if (str_equal(result->stages[i].name, name))
			return true;
	return false;
}

static void
stage_add(struct result *result, struct str name)
{
	if (!has_stage(result, name))
		result->stages[result->stage_count++] = (struct stage_result){.name = name, .id = UINT32_MAX};
}

static int
stage_compare(const void *left, const void *right)
{
	const struct stage_result *a = left;
	const struct stage_result *b = right;

	return str_compare(a->name, b->name);
}

static int
str_compare_of(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* The stages of the configuration first, then those that are required or were read, by name. */
static void
stages_list(const struct report *report, const struct rules *rules, struct result *result)
{
	size_t most = rules->stage_order_count + rules->required_stage_count + report->lanes.stage_count;
	size_t configured;

	result->stages = mem_zalloc(most, sizeof(*result->stages));
	for (size_t i = 0; i < rules->stage_order_count; i++)
		stage_add(result, rules->stage_order[i]);
	configured = result->stage_count;
	for (size_t i = 0; i < rules->required_stage_count; i++)
		stage_add(result, rules->required_stages[i]);
	for (size_t i = 0; i < report->lanes.stage_count; i++)
		stage_add(result, report_stage(report, (uint32_t)i));
	if (result->stage_count > configured)
		qsort(result->stages + configured, result->stage_count - configured, sizeof(*result->stages),
		    stage_compare);
}

static void
stage_cells(const struct report *report, struct stage_result *stage)
{
	stage->cells = mem_zalloc(report->lanes.lane_count, sizeof(*stage->cells));
	for (size_t i = 0; i < report->lanes.lane_count; i++)
		if (report->lanes.lanes[i].stage == stage->id && report->lanes.lanes[i].cell)
			stage->cells[stage->cell_count++] = report_cell(report, (uint32_t)i);
	if (stage->cell_count)
		qsort(stage->cells, stage->cell_count, sizeof(*stage->cells), str_compare_of);
}

/* Ties the rows to the ids of the report; fills m->stage_rows, cells and the number of reports. */
static void
stages_bind(struct measuring *m)
{
	const struct report *report = m->report;

	for (size_t i = 0; i < report->lanes.stage_count; i++)
		for (size_t j = 0; j < m->result->stage_count; j++)
			if (str_equal(m->result->stages[j].name, report_stage(report, (uint32_t)i))) {
				m->stage_rows[i] = (uint32_t)j;
				m->result->stages[j].id = (uint32_t)i;
			}
	for (size_t j = 0; j < m->result->stage_count; j++)
		stage_cells(report, &m->result->stages[j]);
	for (size_t i = 0; i < report->source_count; i++) {
		const struct source *source = &report->sources[i];

		if (source->state != SOURCE_BROKEN)
			m->result->stages[m->stage_rows[report->lanes.lanes[source->lane].stage]].reports++;
	}
}

bool
component_has(const struct component *component, struct str path)
{
	return component->paths && filter_keeps(component->paths, path);
}

static void
measure_components(const struct rules *rules, struct result *result)
{
	result->components = mem_zalloc(rules->component_count, sizeof(*result->components));
	result->component_count = rules->component_count;
	for (size_t i = 0; i < rules->component_count; i++) {
		struct component_result *row = &result->components[i];

		row->name = rules->components[i].name;
		for (size_t j = 0; j < result->file_count; j++)
			if (component_has(&rules->components[i], result->files[j].path))
				numbers_add(&row->numbers, &result->files[j].numbers);
	}
}

void
measure(const struct report *report, const struct rules *rules, struct result *result)
{
	struct measuring m = {.report = report, .result = result};

	result->report = report;
	stages_list(report, rules, result);
	m.stage_rows = mem_zalloc(report->lanes.stage_count, sizeof(*m.stage_rows));
	m.pattern_lines = mem_zalloc(report->lanes.pattern_count, sizeof(*m.pattern_lines));
	m.touched = mem_zalloc(report->lanes.pattern_count, sizeof(*m.touched));
	m.could_mark = mem_zalloc(result->stage_count, sizeof(*m.could_mark));
	m.did_mark = mem_zalloc(result->stage_count, sizeof(*m.did_mark));
	stages_bind(&m);
	measure_files(&m);
	measure_components(rules, result);
	free(m.stage_rows);
	free(m.pattern_lines);
	free(m.touched);
	free(m.could_mark);
	free(m.did_mark);
}

void
measure_tests(const struct rules *rules, struct result *result, struct audit *audit)
{
	struct outcome_rules resolving = {
	    .duplicates = rules->duplicates,
	    .duplicate_count = rules->duplicate_count,
	    .stage_order = rules->stage_order,
	    .stage_order_count = rules->stage_order_count,
	    .slow = rules->slow_test,
	};

	audit->derived = true;
	outcome_resolve(result->report, &resolving, &result->outcome, audit);
	audit->derived = false;
	result->tests = result->outcome.total;
	for (size_t i = 0; i < result->stage_count; i++)
		if (result->stages[i].id != UINT32_MAX)
			result->stages[i].tests = result->outcome.stages[result->stages[i].id];
}
