/*
 * What became of lines since the baseline: coverage that changed although they did not, and lines
 * that are no more.
 */
#include "judge/compare_parts.h"

#include "base/mem.h"
#include "judge/trail.h"

#include <stdlib.h>

/* A file of both runs. */
struct both {
	const struct file *before;
	const struct file *now;
	struct trail trail;
};

static bool
is_stage_comparable(const struct comparing *c, struct str stage)
{
	const struct stage_change *row = compare_find_stage(c->out, stage);

	return row && !*row->why_lines;
}

/* Whether any stage that is compared ran a line of this pattern. */
static bool
ran_comparably(const struct comparing *c, const struct report *report, uint32_t pattern)
{
	const struct pattern *p = &report->lanes.patterns[pattern];

	for (uint32_t i = 0; i < p->did_count; i++)
		if (is_stage_comparable(
			c, report_stage(report, report->lanes.lanes[p->did[i]].stage)))
			return true;
	return false;
}

/* Counts a lost line for each stage that ran it. */
static void
blame(const struct comparing *c, struct indirect_change *row, uint32_t pattern)
{
	const struct report *report = &c->base->report;

	for (size_t i = 0; i < c->out->stage_count; i++) {
		const struct stage_result *stage = c->out->stages[i].before;

		if (stage && stage->id != UINT32_MAX &&
		    lanes_stage_did(&report->lanes, pattern, stage->id))
			row->stages[i]++;
	}
}

/* Looks at a line that both runs measured, at these indices of its columns. */
static void
compare_line(const struct comparing *c, const struct both *both, size_t before, size_t now,
    struct indirect_change *row)
{
	bool ran = both->before->hits[before] > 0, runs = both->now->hits[now] > 0;
	uint32_t pattern;

	if (ran == runs)
		return;
	pattern = ran ? file_pattern(both->before, before) : file_pattern(both->now, now);
	if (!ran_comparably(c, ran ? &c->base->report : c->result->report, pattern))
		return;
	if (runs) {
		row->gained[row->gained_count++] = both->now->lines[now];
		return;
	}
	row->lost[row->lost_count++] = both->now->lines[now];
	blame(c, row, pattern);
}

static void
indirect_release(struct indirect_change *row)
{
	free(row->lost);
	free(row->gained);
	free(row->stages);
}

/* Walks the lines that both runs have; the trail never goes back. */
static void
compare_both(const struct comparing *c, const struct both *both, size_t file)
{
	struct indirect_change row = {
	    .file = file,
	    .lost = mem_alloc(both->now->line_count * sizeof(*row.lost)),
	    .gained = mem_alloc(both->now->line_count * sizeof(*row.gained)),
	    .stages = mem_zalloc(c->out->stage_count, sizeof(*row.stages)),
	};
	size_t now = 0;

	for (size_t i = 0; i < both->before->line_count && now < both->now->line_count; i++) {
		uint32_t line = trail_line(&both->trail, both->before->lines[i]);

		while (line && now < both->now->line_count && both->now->lines[now] < line)
			now++;
		if (line && now < both->now->line_count && both->now->lines[now] == line)
			compare_line(c, both, i, now, &row);
	}
	if (!row.lost_count && !row.gained_count) {
		indirect_release(&row);
		return;
	}
	MEM_GROW(c->out->indirect, c->out->indirect_capacity, c->out->indirect_count + 1);
	c->out->indirect[c->out->indirect_count++] = row;
}

/* ---- what was removed ---- */

static void
take_ratio(struct ratio *from, struct ratio less)
{
	from->covered -= less.covered;
	from->total -= less.total;
}

static void
take_lines(struct removal *removed, struct ratio lines)
{
	take_ratio(&removed->rest.lines, lines);
	removed->lines += lines.total;
	removed->covered += lines.covered;
}

static void
take_file(struct removal *removed, const struct numbers *numbers)
{
	take_lines(removed, numbers->lines);
	removed->rest.branches.covered -= numbers->branches.covered;
	removed->rest.branches.covered_max -= numbers->branches.covered_max;
	removed->rest.branches.total -= numbers->branches.total;
	take_ratio(&removed->rest.functions, numbers->functions);
}

/* The branches of the file's line at this index. */
static void
take_branches(
    const struct comparing *c, struct removal *removed, const struct file *file, size_t index)
{
	size_t from = file_branch_from(file, file->lines[index]), to = from;
	struct interval interval;

	while (to < file->branch_count && file->branches[to].line == file->lines[index])
		to++;
	if (from == to)
		return;
	interval = file_interval(
	    file, &c->base->report.lanes, from, to, file_pattern(file, index), FILE_ALL_STAGES);
	removed->rest.branches.covered -= interval.lo;
	removed->rest.branches.covered_max -= interval.hi;
	removed->rest.branches.total -= interval.n;
}

/* Takes away the lines, branches and functions that the trail loses. */
static void
take_lost(const struct comparing *c, const struct file *file, const struct trail *trail)
{
	struct removal *removed = &c->out->removed;

	for (size_t i = 0; i < file->line_count; i++) {
		if (trail_line(trail, file->lines[i]))
			continue;
		take_lines(removed, (struct ratio){file->hits[i] > 0, 1});
		take_branches(c, removed, file, i);
	}
	for (size_t i = 0; i < file->function_count; i++) {
		const struct function *function = &file->functions[i];

		if (function->first_line && !trail_line(trail, function->first_line))
			take_ratio(&removed->rest.functions, (struct ratio){function->hits > 0, 1});
	}
}

/*
 * What a file has less of without missing more: only covered things can have gone, or as many
 * missing ones.
 */
static struct ratio
shrunk(struct ratio before, struct ratio now)
{
	struct ratio none = {0, 0};

	if (now.total >= before.total || now.covered > before.covered ||
	    now.total - now.covered > before.total - before.covered)
		return none;
	return (struct ratio){before.covered - now.covered, before.total - now.total};
}

/* Without a diff: by numbers alone. */
static void
take_shrunk(struct removal *removed, const struct numbers *before, const struct numbers *now)
{
	struct ratio branches =
	    shrunk((struct ratio){before->branches.covered, before->branches.total},
		(struct ratio){now->branches.covered, now->branches.total});

	take_lines(removed, shrunk(before->lines, now->lines));
	removed->rest.branches.covered -= branches.covered;
	removed->rest.branches.total -= branches.total;
	take_ratio(&removed->rest.functions, shrunk(before->functions, now->functions));
}

/* ---- all files ---- */

static bool
every_stage_is_comparable(const struct comparing *c)
{
	for (size_t i = 0; i < c->out->stage_count; i++)
		if (*c->out->stages[i].why_lines)
			return false;
	return true;
}

static void
compare_file(const struct comparing *c, size_t index)
{
	const struct file_result *now = &c->result->files[index], *before = c->before[index];
	struct both both;

	if (!before)
		return;
	both = (struct both){before->file, now->file, trail_to(c->sources->diff, now->path)};
	if (trail_follows(&both.trail, both.before, both.now)) {
		take_lost(c, both.before, &both.trail);
		compare_both(c, &both, index);
	} else if (every_stage_is_comparable(c)) {
		take_shrunk(&c->out->removed, &before->numbers, &now->numbers);
	}
}

/* Whether a file that no report names any more was deleted. */
static bool
is_deleted(const struct comparing *c, struct str path)
{
	const struct compare_sources *sources = c->sources;

	if (sources->diff)
		return trail_deleted(sources->diff, path);
	return sources->tree && tree_origin(sources->tree) != TREE_NONE &&
	       !tree_has(sources->tree, path, NULL);
}

void
compare_lines(const struct comparing *c)
{
	struct removal *removed = &c->out->removed;

	removed->rest = c->base->result.total;
	c->out->diff_given = c->sources->diff != NULL;
	if (!c->base->whole)
		return;
	for (size_t i = 0; i < c->result->file_count; i++)
		compare_file(c, i);
	for (size_t i = 0; i < c->out->gone_count; i++)
		if (is_deleted(c, c->out->gone[i]))
			take_file(removed,
			    &compare_find_file(&c->base->result, c->out->gone[i])->numbers);
}
