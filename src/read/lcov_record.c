/* One record of an LCOV tracefile. */
#include "read/lcov_record.h"

#include "base/number.h"
#include "base/strbuf.h"
#include "model/branch.h"

#include <inttypes.h>
#include <stdlib.h>

/* What a record holds, counted. */
struct sums {
	uint64_t of[LCOV_TOTALS];
};

/* The branches of one line, sorted: branches[from .. to). */
struct group {
	uint32_t line;
	size_t from;
	size_t to;
};

void
record_open(struct lcov_record *record, struct str name, uint64_t report_line)
{
	intake_open(record->intake, name, report_line);
	record->open = true;
	record->report_line = report_line;
	record->line_count = 0;
	record->branch_count = 0;
	record->name_count = 0;
	record->index_count = 0;
	record->call_count = 0;
	record->alias_count = 0;
	memset(record->said, 0, sizeof(record->said));
}

void
record_line(struct lcov_record *record, uint32_t number, uint64_t hits)
{
	MEM_GROW(record->lines, record->line_capacity, record->line_count + 1);
	record->lines[record->line_count++] = (struct lcov_line){number, hits};
	record->taken_in++;
}

void
record_branch(struct lcov_record *record, uint32_t line, struct str id, bool taken)
{
	uint32_t string = strpool_add(&record->intake->strings, id);

	MEM_GROW(record->branches, record->branch_capacity, record->branch_count + 1);
	record->branches[record->branch_count++] = (struct lcov_branch){line, string, taken};
	record->taken_in++;
}

void
record_function(struct lcov_record *record, struct str name, uint32_t first_line)
{
	uint32_t string = strpool_add(&record->intake->strings, name);

	MEM_GROW(record->names, record->name_capacity, record->name_count + 1);
	record->names[record->name_count++] = (struct lcov_function){string, first_line};
	record->taken_in++;
}

void
record_calls(struct lcov_record *record, struct str name, uint64_t hits)
{
	uint32_t string = strpool_add(&record->intake->strings, name);

	MEM_GROW(record->calls, record->call_capacity, record->call_count + 1);
	record->calls[record->call_count++] = (struct lcov_calls){string, string, hits};
	record->taken_in++;
}

void
record_index(struct lcov_record *record, uint64_t index, uint32_t first_line)
{
	MEM_GROW(record->indices, record->index_capacity, record->index_count + 1);
	record->indices[record->index_count++] = (struct lcov_function){index, first_line};
	record->taken_in++;
}

void
record_alias(struct lcov_record *record, uint64_t index, struct str name, uint64_t hits)
{
	uint32_t string = strpool_add(&record->intake->strings, name);

	MEM_GROW(record->aliases, record->alias_capacity, record->alias_count + 1);
	record->aliases[record->alias_count++] = (struct lcov_calls){index, string, hits};
	record->taken_in++;
}

void
record_total(struct lcov_record *record, enum lcov_total total, uint64_t value)
{
	record->said[total] = true;
	record->totals[total] = value;
}

/* By line, then identity, what was taken first. */
static int
branch_order(const void *left, const void *right)
{
	const struct lcov_branch *a = left;
	const struct lcov_branch *b = right;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return b->taken - a->taken;
}

/* Sorts the branches, keeps one of each identity, taken if any is; *groups is owned. */
static size_t
group_branches(struct lcov_record *record, struct group **groups)
{
	struct lcov_branch *branches = record->branches;
	size_t kept = 0, count = 0;

	*groups = mem_alloc(record->branch_count * sizeof(**groups));
	if (record->branch_count)
		qsort(branches, record->branch_count, sizeof(*branches), branch_order);
	for (size_t i = 0; i < record->branch_count; i++) {
		if (kept && branches[kept - 1].line == branches[i].line &&
		    branches[kept - 1].id == branches[i].id)
			continue;
		if (!kept || branches[kept - 1].line != branches[i].line)
			(*groups)[count++] = (struct group){.line = branches[i].line, .from = kept};
		branches[kept++] = branches[i];
		(*groups)[count - 1].to = kept;
	}
	record->branch_count = kept;
	return count;
}

enum { BLOCKS = 1 << 15, PLACES = 1 << CONDITION_BLOCK_BITS };

/* A number for an identity, the same in every report: block and place, or a hash of what else it is (FNV-1a). */
static uint32_t
number_of(struct str identity)
{
	const char *comma = memchr(identity.s, ',', identity.length);
	size_t length = comma ? (size_t)(comma - identity.s) : 0;
	uint32_t hash = 0x811c9dc5u;
	uint64_t block, place;

	if (comma && number_plain((struct str){identity.s, length}, &block) && block < BLOCKS &&
	    number_plain((struct str){comma + 1, identity.length - length - 1}, &place) && place < PLACES)
		return CONDITION_PLACED | (uint32_t)block << CONDITION_BLOCK_BITS | (uint32_t)place;
	for (size_t i = 0; i < identity.length; i++)
		hash = (hash ^ (unsigned char)identity.s[i]) * 0x01000193u;
	return CONDITION_UNNAMED | (hash & (CONDITION_UNNAMED - 1));
}

static int
condition_order(const void *left, const void *right)
{
	uint32_t a = ((const struct intake_condition *)left)->number;
	uint32_t b = ((const struct intake_condition *)right)->number;

	return (a > b) - (a < b);
}

static bool
are_distinct(struct intake_condition *conditions, size_t count)
{
	qsort(conditions, count, sizeof(*conditions), condition_order);
	for (size_t i = 1; i < count; i++)
		if (conditions[i - 1].number == conditions[i].number)
			return false;
	return true;
}

/*
 * Gives the branches of a group to the line just given to the intake.  Each is a condition of one branch (COVERAGE 3.3): what is
 * missing here is no name that another producer's missing-branches could mean.
 */
static void
give_branches(const struct lcov_record *record, const struct group *group, struct sums *sums)
{
	struct intake *intake = record->intake;
	struct intake_condition conditions[LIMIT_CONDITIONS];
	uint32_t taken = 0, n = (uint32_t)(group->to - group->from);

	if (group->to - group->from > LIMIT_BRANCHES) {
		audit_add(&intake->audit, AUDIT_ERROR, record->report_line, "branch-total",
		    "too many branches on line %u, no branch data", group->line);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct lcov_branch *branch = &record->branches[group->from + i];

		taken += branch->taken;
		if (i < LIMIT_CONDITIONS)
			conditions[i] = (struct intake_condition){
			    number_of(strpool_get(&intake->strings, branch->id)), 1, branch->taken};
	}
	sums->of[LCOV_BRF] += n;
	sums->of[LCOV_BRH] += taken;
	if (n <= LIMIT_CONDITIONS && are_distinct(conditions, n))
		intake_conditions(intake, n, taken, conditions, n);
	else
		intake_counts(intake, n, taken);
}

static int
line_order(const void *left, const void *right)
{
	const struct lcov_line *a = left;
	const struct lcov_line *b = right;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return a->hits == b->hits ? 0 : a->hits > b->hits ? -1 : 1;
}

/* Lines in order, the largest hits of each first. */
static void
sort_lines(struct lcov_record *record)
{
	bool ordered = true;

	for (size_t i = 1; ordered && i < record->line_count; i++)
		ordered = record->lines[i - 1].number < record->lines[i].number;
	if (!ordered)
		qsort(record->lines, record->line_count, sizeof(*record->lines), line_order);
}

/* The listed line at or before `line`, else the first; the record lists at least one. */
static uint32_t
listed_line(const struct lcov_record *record, uint32_t line)
{
	size_t low = 0, high = record->line_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (record->lines[middle].number <= line)
			low = middle + 1;
		else
			high = middle;
	}
	return record->lines[low ? low - 1 : 0].number;
}

/*
 * Branches of a line without DA (Istanbul: inside a statement that starts further up) count on the
 * listed line before it, under an identity that says where they stood, so that neither a line is
 * invented nor a branch lost.
 */
static void
move_branches(struct lcov_record *record)
{
	struct strpool *strings = &record->intake->strings;
	struct strbuf id = {0};
	uint32_t moved = 0;

	for (size_t i = 0; record->line_count && i < record->branch_count; i++) {
		struct lcov_branch *branch = &record->branches[i];
		uint32_t line = listed_line(record, branch->line);

		if (line == branch->line)
			continue;
		if (branch->line != moved)
			audit_add(&record->intake->audit, AUDIT_NOTE, record->report_line,
			    "branch-without-line",
			    "branches of line %u, which has no DA, count on line %u", branch->line,
			    line);
		moved = branch->line;
		strbuf_reset(&id);
		strbuf_addf(&id, "%u:", branch->line);
		strbuf_add_str(&id, strpool_get(strings, branch->id));
		branch->id = strpool_add(strings, strbuf_str(&id));
		branch->line = line;
	}
	strbuf_clear(&id);
}

/* Branches without any DA in the record: a line each, hit as they are. */
static void
give_unlisted(const struct lcov_record *record, const struct group *group, struct sums *sums)
{
	bool hit = false;

	for (size_t i = group->from; i < group->to; i++)
		hit = hit || record->branches[i].taken;
	audit_add(&record->intake->audit, AUDIT_WARNING, record->report_line, "branch-without-line",
	    "line %u has branches in a record without any DA, it counts by its branches",
	    group->line);
	intake_line(record->intake, group->line, hit);
	give_branches(record, group, sums);
}

static void
give_lines(struct lcov_record *record, struct sums *sums)
{
	struct group *groups;
	size_t group_count, next = 0;

	sort_lines(record);
	move_branches(record);
	group_count = group_branches(record, &groups);
	for (size_t i = 0; i < record->line_count; i++) {
		const struct lcov_line *line = &record->lines[i];

		if (i && line[-1].number == line->number)
			continue;
		intake_line(record->intake, line->number, line->hits);
		sums->of[LCOV_LF]++;
		sums->of[LCOV_LH] += line->hits > 0;
		if (next < group_count && groups[next].line == line->number)
			give_branches(record, &groups[next++], sums);
	}
	while (next < group_count)
		give_unlisted(record, &groups[next++], sums);
	free(groups);
}

static int
function_order(const void *left, const void *right)
{
	const struct lcov_function *a = left;
	const struct lcov_function *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->first_line > b->first_line) - (a->first_line < b->first_line);
}

static int
calls_order(const void *left, const void *right)
{
	const struct lcov_calls *a = left;
	const struct lcov_calls *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->hits > b->hits) - (a->hits < b->hits);
}

static void
give_function(const struct lcov_record *record, uint32_t name, uint32_t first_line, uint64_t hits)
{
	intake_function(record->intake, STR(""), strpool_get(&record->intake->strings, name),
	    STR(""), first_line, hits);
}

/* Gives the calls[from ..) of names below `key`, which no FN knows; returns where it stopped. */
static size_t
give_orphans(const struct lcov_record *record, size_t from, uint64_t key)
{
	for (; from < record->call_count && record->calls[from].key < key; from++)
		give_function(record, record->calls[from].name, 0, record->calls[from].hits);
	return from;
}

/*
 * FN with FNDA by name.  Where a name stands for several functions all have the largest FNDA: LCOV
 * knows no more.
 */
static void
give_named(struct lcov_record *record)
{
	size_t call = 0;

	if (record->name_count)
		qsort(record->names, record->name_count, sizeof(*record->names), function_order);
	if (record->call_count)
		qsort(record->calls, record->call_count, sizeof(*record->calls), calls_order);
	for (size_t i = 0; i < record->name_count;) {
		uint64_t key = record->names[i].key;
		uint64_t hits = 0;

		call = give_orphans(record, call, key);
		for (; call < record->call_count && record->calls[call].key == key; call++)
			hits = record->calls[call].hits;
		for (; i < record->name_count && record->names[i].key == key; i++)
			give_function(record, (uint32_t)key, record->names[i].first_line, hits);
	}
	give_orphans(record, call, UINT64_MAX);
}

/* FNA with the FNL of its index. */
static void
give_aliases(struct lcov_record *record)
{
	size_t at = 0;

	if (record->index_count)
		qsort(record->indices, record->index_count, sizeof(*record->indices),
		    function_order);
	if (record->alias_count)
		qsort(record->aliases, record->alias_count, sizeof(*record->aliases), calls_order);
	for (size_t i = 0; i < record->alias_count; i++) {
		const struct lcov_calls *alias = &record->aliases[i];
		bool found;

		while (at < record->index_count && record->indices[at].key < alias->key)
			at++;
		found = at < record->index_count && record->indices[at].key == alias->key;
		give_function(record, alias->name, found ? record->indices[at].first_line : 0,
		    alias->hits);
	}
}

static void
check_totals(const struct lcov_record *record, const struct sums *sums)
{
	static const char *const names[LCOV_TOTALS] = { "LF", "LH", "BRF", "BRH" };

	for (int i = 0; i < LCOV_TOTALS; i++)
		if (record->said[i] && record->totals[i] != sums->of[i])
			audit_add(&record->intake->audit, AUDIT_WARNING, record->report_line,
			    i < LCOV_BRF ? "header-lines" : "header-branches",
			    "the record says %s:%" PRIu64 ", its body has %" PRIu64, names[i],
			    record->totals[i],
			    sums->of[i]);
}

void
record_close(struct lcov_record *record)
{
	struct sums sums = {0};

	record->open = false;
	give_lines(record, &sums);
	give_named(record);
	give_aliases(record);
	check_totals(record, &sums);
}

void
record_release(struct lcov_record *record)
{
	free(record->lines);
	free(record->branches);
	free(record->names);
	free(record->indices);
	free(record->calls);
	free(record->aliases);
}
