/* Labels for the lanes of a report that has none of its own. */
#include "base/mem.h"
#include "model/report.h"

#include <stdlib.h>

#define NO_STAGE UINT32_MAX

/* Two stages that are to be one. */
struct pair {
	uint32_t a;
	uint32_t b;
};

/* The records of one line, branches[from .. to), and who hit it. */
struct place {
	const struct file *file;
	uint32_t from;
	uint32_t to;
	uint32_t pattern;
};

static bool
has_records(const struct place *place, uint32_t stage)
{
	for (uint32_t i = place->from; i < place->to; i++)
		if (place->file->branches[i].stage == stage)
			return true;
	return false;
}

static bool
has_plain(const struct place *place, uint32_t stage)
{
	for (uint32_t i = place->from; i < place->to; i++)
		if (place->file->branches[i].stage == stage &&
		    place->file->branches[i].kind == BRANCH_PLAIN)
			return true;
	return false;
}

/*
 * Whether `other` hit the line of which only `stage` has branch data (COVERAGE 3.3: a plain hit).
 */
static bool
is_hit_plain(const struct lanes *lanes, const struct place *place, uint32_t stage, uint32_t other)
{
	return has_records(place, stage) && !has_plain(place, stage) &&
	    !has_records(place, other) && lanes_stage_did(lanes, place->pattern, other);
}

/* Which of the two has a plain hit beside its records to be told of; NO_STAGE: none. */
static uint32_t
plain_stage(const struct lanes *lanes, const struct place *place, struct pair stages)
{
	if (is_hit_plain(lanes, place, stages.a, stages.b))
		return stages.a;
	return is_hit_plain(lanes, place, stages.b, stages.a) ? stages.b : NO_STAGE;
}

/*
 * Copies the records of a line, with a plain hit behind those of the stage; returns how many there
 * are.
 */
static uint32_t
copy_records(const struct place *place, uint32_t plain, struct branch *out)
{
	const struct branch *branches = place->file->branches;
	uint32_t count = 0;

	for (uint32_t i = place->from; i < place->to; i++) {
		out[count++] = branches[i];
		if (branches[i].stage == plain &&
		    (i + 1 == place->to || branches[i + 1].stage != plain))
			out[count++] = (struct branch){
			    .line = branches[i].line, .kind = BRANCH_PLAIN, .stage = plain};
	}
	return count;
}

static void
mark_plain(const struct lanes *lanes, struct file *file, struct pair stages)
{
	struct branch *marked = mem_zalloc(file->branch_count * (size_t)2, sizeof(*marked));
	uint32_t count = 0, row = 0;

	for (struct place place = {.file = file}; place.from < file->branch_count;
	     place.from = place.to) {
		uint32_t line = file->branches[place.from].line;

		for (place.to = place.from;
		     place.to < file->branch_count && file->branches[place.to].line == line;)
			place.to++;
		while (file->lines[row] != line)
			row++;
		place.pattern = file_pattern(file, row);
		count += copy_records(&place, plain_stage(lanes, &place, stages), marked + count);
	}
	free(file->branches);
	file->branches = mem_resize(marked, count, sizeof(*marked));
	file->branch_count = count;
}

/* Gives a stage the name `name`; another one of that name becomes one with it. */
static bool
rename_stage(struct report *report, uint32_t old, uint32_t name)
{
	struct lanes *lanes = &report->lanes;
	size_t from = 0, to = 0;

	while (from < lanes->stage_count && lanes->stages[from] != old)
		from++;
	while (to < lanes->stage_count && lanes->stages[to] != name)
		to++;
	if (from == lanes->stage_count || from == to)
		return false;
	for (size_t i = 0; to < lanes->stage_count && i < report->file_count; i++)
		mark_plain(lanes, &report->files[i], (struct pair){(uint32_t)from, (uint32_t)to});
	lanes->stages[from] = name;
	return true;
}

static bool
name_cells(struct lanes *lanes, uint32_t name)
{
	bool any = false;

	for (size_t i = 0; i < lanes->lane_count; i++) {
		any |= !lanes->lanes[i].cell;
		if (!lanes->lanes[i].cell)
			lanes->lanes[i].cell = name;
	}
	return any;
}

/* Merging brings together what lanes of one name hold. */
static void
renew(struct report *report)
{
	const struct lane *lane = &report->lanes.lanes[0];
	struct report fresh = {0};

	lanes_lane(&fresh.lanes, strpool_add(&fresh.strings, report_stage(report, lane->stage)),
	    strpool_add(&fresh.strings, report_cell(report, 0)));
	report_merge(&fresh, report);
	*report = fresh;
}

void
report_label(struct report *report, struct str unnamed, struct str stage, struct str cell)
{
	bool renamed = stage.length && rename_stage(report, strpool_add(&report->strings, unnamed),
	    strpool_add(&report->strings, stage));
	bool named = cell.length && name_cells(&report->lanes, strpool_add(&report->strings, cell));

	if (renamed || named)
		renew(report);
}
