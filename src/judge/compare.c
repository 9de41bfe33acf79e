/* Comparing two runs: totals, components, files and stages. */
#include "judge/compare_parts.h"

#include "base/mem.h"
#include "judge/measure.h"
#include "judge/trail.h"

#include <stdlib.h>

static struct change
change_of(struct ratio before, struct ratio now)
{
	if (!before.total || !now.total)
		return (struct change){.before = before};
	return (struct change){
	    .known = true, .points = ratio_change(before, now), .before = before};
}

static struct numbers_change
numbers_change_of(const struct numbers *before, const struct numbers *now)
{
	return (struct numbers_change){
	    .lines = change_of(before->lines, now->lines),
	    .branches = change_of(
		numbers_metric(before, METRIC_BRANCHES), numbers_metric(now, METRIC_BRANCHES)),
	    .functions = change_of(before->functions, now->functions),
	};
}

/* ---- stages ---- */

/* What a run can tell of one kind of reports of a stage. */
enum knowledge { KNOWS_NOTHING, KNOWS_EMPTY, KNOWS_PART, KNOWS_ALL };

/* What became of the stage's reports of a kind; one of unknown kind may be of any. */
static enum knowledge
knowledge_of(const struct result *result, const struct stage_result *stage, enum source_kind kind)
{
	const struct report *report = result->report;
	uint64_t found = kind == SOURCE_TESTS ? stage->tests.tests : stage->numbers.lines.total;
	bool some = false;

	for (size_t i = 0; i < report->source_count; i++) {
		const struct source *source = &report->sources[i];

		if (report->lanes.lanes[source->lane].stage != stage->id)
			continue;
		if (source->state != SOURCE_OK &&
		    (source->kind == kind || source->kind == SOURCE_UNKNOWN))
			return KNOWS_PART;
		some = some || source->kind == kind;
	}
	return found ? KNOWS_ALL : some ? KNOWS_EMPTY : KNOWS_NOTHING;
}

static const char *const why_texts[][2][3] = {
    [SOURCE_COVERAGE] =
	{
	    {"no coverage report in the baseline", "no lines in the baseline",
		"a damaged report in the baseline"},
	    {"no coverage report now", "no lines now", "a damaged report now"},
	},
    [SOURCE_TESTS] =
	{
	    {"no test report in the baseline", "no tests in the baseline",
		"a damaged report in the baseline"},
	    {"no test report now", "no tests now", "a damaged report now"},
	},
};

/* Why reports of a kind can't be compared (TESTS R16); "" when they can, or there are none. */
static const char *
why_not(const struct comparing *c, const struct stage_change *row, enum source_kind kind)
{
	enum knowledge before =
	    row->before ? knowledge_of(&c->base->result, row->before, kind) : KNOWS_NOTHING;
	enum knowledge now = row->now ? knowledge_of(c->result, row->now, kind) : KNOWS_NOTHING;

	if (before == now && (now == KNOWS_NOTHING || now == KNOWS_ALL))
		return "";
	if (now != KNOWS_ALL && before != KNOWS_NOTHING)
		return why_texts[kind][true][now];
	return why_texts[kind][false][before];
}

/* Of a JSON result only whether there were tests is known. */
static const char *
why_no_failing(const struct stage_change *row)
{
	if (!row->before || !row->before->tests.tests)
		return row->now && row->now->tests.tests
			   ? why_texts[SOURCE_TESTS][false][KNOWS_NOTHING]
			   : "";
	return row->now && row->now->tests.tests ? ""
						 : why_texts[SOURCE_TESTS][true][KNOWS_NOTHING];
}

static const struct stage_result *
find_stage(const struct result *result, struct str name)
{
	for (size_t i = 0; i < result->stage_count; i++)
		if (str_equal(result->stages[i].name, name))
			return &result->stages[i];
	return NULL;
}

const struct stage_change *
compare_find_stage(const struct comparison *comparison, struct str name)
{
	for (size_t i = 0; i < comparison->stage_count; i++)
		if (str_equal(comparison->stages[i].name, name))
			return &comparison->stages[i];
	return NULL;
}

static void
compare_stage(const struct comparing *c, struct str name)
{
	struct stage_change *row = &c->out->stages[c->out->stage_count++];

	*row = (struct stage_change){
	    .name = name,
	    .now = find_stage(c->result, name),
	    .before = find_stage(&c->base->result, name),
	};
	if (!c->base->whole) {
		row->why_lines = row->now && row->now->numbers.lines.total
				     ? "a JSON result does not tell it"
				     : "";
		row->why_tests = why_no_failing(row);
		return;
	}
	row->why_lines = why_not(c, row, SOURCE_COVERAGE);
	row->why_tests = why_not(c, row, SOURCE_TESTS);
	if (row->now && row->before && !*row->why_lines)
		row->numbers = numbers_change_of(&row->before->numbers, &row->now->numbers);
}

static void
compare_stages(const struct comparing *c)
{
	const struct result *now = c->result, *before = &c->base->result;

	c->out->stages =
	    mem_zalloc(now->stage_count + before->stage_count, sizeof(*c->out->stages));
	for (size_t i = 0; i < now->stage_count; i++)
		compare_stage(c, now->stages[i].name);
	for (size_t i = 0; i < before->stage_count; i++)
		if (!find_stage(now, before->stages[i].name))
			compare_stage(c, before->stages[i].name);
}

/* ---- components and files ---- */

static void
compare_components(const struct comparing *c)
{
	const struct result *now = c->result, *before = &c->base->result;

	c->out->components = mem_zalloc(now->component_count, sizeof(*c->out->components));
	for (size_t i = 0; i < now->component_count; i++)
		for (size_t j = 0; j < before->component_count; j++)
			if (str_equal(now->components[i].name, before->components[j].name))
				c->out->components[i] = numbers_change_of(
				    &before->components[j].numbers, &now->components[i].numbers);
}

const struct file_result *
compare_find_file(const struct result *result, struct str path)
{
	size_t low = 0, high = result->file_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_compare(result->files[middle].path, path);

		if (!order)
			return &result->files[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Finds each file again, maybe under another name; of two that were one the first by path is it. */
static void
compare_files(const struct comparing *c)
{
	const struct result *now = c->result, *before = &c->base->result;
	bool *found = mem_zalloc(before->file_count, sizeof(*found));

	c->out->files = mem_zalloc(now->file_count, sizeof(*c->out->files));
	c->out->gone = mem_zalloc(before->file_count, sizeof(*c->out->gone));
	for (size_t i = 0; i < now->file_count; i++) {
		const struct file_result *file = compare_find_file(
		    before, trail_to(c->sources->diff, now->files[i].path).old_path);

		if (!file || found[file - before->files])
			continue;
		found[file - before->files] = true;
		c->before[i] = file;
		c->out->files[i] = numbers_change_of(&file->numbers, &now->files[i].numbers);
	}
	for (size_t i = 0; i < before->file_count; i++)
		if (!found[i])
			c->out->gone[c->out->gone_count++] = before->files[i].path;
	free(found);
}

void
compare_measure(const struct rules *rules, struct base *base)
{
	if (!base->whole)
		return;
	measure(&base->report, rules, &base->result);
	measure_tests(rules, &base->result, &base->report.audit);
}

void
compare(const struct base *base, const struct compare_sources *sources, const struct result *result,
    struct comparison *comparison)
{
	struct comparing c = {base, sources, result, NULL, comparison};

	c.before = mem_zalloc(result->file_count, sizeof(*c.before));
	comparison->base = base;
	comparison->total = numbers_change_of(&base->result.total, &result->total);
	compare_stages(&c);
	compare_components(&c);
	compare_files(&c);
	compare_lines(&c);
	compare_tests(&c);
	free(c.before);
}
