/* The branches of one <line>. */
#include "read/cobertura_branch.h"

#include "base/number.h"

#include <stdlib.h>

enum { TEXT_SHOWN = 60 };	/* bytes of a condition-coverage in a message */

static void
complain(const struct line_reader *reader, struct str text, const char *what)
{
	int length = (int)(text.length < TEXT_SHOWN ? text.length : TEXT_SHOWN);

	audit_add(&reader->intake->audit, AUDIT_ERROR, reader->report_line, "condition-coverage",
	    "condition-coverage=\"%.*s\": %s", length, text.s, what);
}

/* The fast way for "(k/n)" of plain digits. */
static inline bool
plain_counts(const char *s, const char *end, uint64_t *k, uint64_t *n)
{
	const char *slash = s;

	while (slash < end && *slash >= '0' && *slash <= '9')
		slash++;
	if (slash == end || *slash != '/')
		return false;
	return number_plain((struct str){s, (size_t)(slash - s)}, k) &&
	    number_plain((struct str){slash + 1, (size_t)(end - slash - 1)}, n);
}

/* Any "(k/n)", between its parentheses.  A k that can't be read is 0; false: n can't be read. */
static bool
odd_counts(const struct line_reader *reader, struct str text, struct str inside, uint64_t *k,
    uint64_t *n)
{
	const char *slash = inside.length ? memchr(inside.s, '/', inside.length) : NULL;
	size_t before = slash ? (size_t)(slash - inside.s) : 0;
	enum hits_status status;

	if (!slash ||
	    number_hits((struct str){slash + 1, inside.length - before - 1}, n) != HITS_OK) {
		complain(reader, text, "can't be read, no branch data");
		return false;
	}
	status = number_hits((struct str){inside.s, before}, k);
	if (status == HITS_BAD || status == HITS_NEGATIVE)
		complain(reader, text, "can't be read, no branch counted as covered");
	return true;
}

static void
take_counts(struct line_reader *reader, struct str text, uint64_t k, uint64_t n)
{
	if (!n) {
		complain(reader, text, "no branches");
		return;
	}
	if (n > LIMIT_BRANCHES) {
		complain(reader, text, "too many branches, no branch data");
		return;
	}
	if (k > n) {
		complain(reader, text, "more covered than there are, held at all");
		k = n;
	}
	reader->record.n = (uint32_t)n;
	reader->record.k = (uint32_t)k;
}

bool
branch_counts(struct line_reader *reader, struct str text)
{
	const char *open = text.length ? memchr(text.s, '(', text.length) : NULL;
	const char *end, *close;
	uint64_t k = 0, n = 0;

	if (!open)
		return false;
	end = text.s + text.length;
	open++;
	close = memchr(open, ')', (size_t)(end - open));
	end = close ? close : end;
	if (plain_counts(open, end, &k, &n) ||
	    odd_counts(reader, text, (struct str){open, (size_t)(end - open)}, &k, &n))
		take_counts(reader, text, k, n);
	return true;
}

static uint32_t
outcomes(const struct line_condition *condition, uint32_t width)
{
	return (uint32_t)(((uint64_t)condition->percent * width + 50000000) / 100000000);
}

/* How many branches the one switch stands for, its width; 0: children and n do not fit together. */
static uint32_t
switch_width(const struct line_reader *reader, uint32_t jumps)
{
	return reader->record.n > 2 * jumps ? reader->record.n - 2 * jumps : 0;
}

static int
compare_numbers(const void *left, const void *right)
{
	const struct intake_condition *a = left;
	const struct intake_condition *b = right;

	return (a->number > b->number) - (a->number < b->number);
}

/* Whether conditions[0 .. count) have distinct numbers and add up to n and k; sorts them. */
static bool
is_identity(struct intake_condition *conditions, size_t count, uint32_t n, uint32_t k)
{
	uint64_t widths = 0, covered = 0;

	if (count < 2)
		return false;
	qsort(conditions, count, sizeof(*conditions), compare_numbers);
	for (size_t i = 0; i < count; i++) {
		if (i && conditions[i - 1].number == conditions[i].number)
			return false;
		widths += conditions[i].width;
		covered += conditions[i].covered;
	}
	return widths == n && covered == k;
}

/* Appends the children as conditions: width 1 if there are n, else 2 a jump, the rest a switch. */
static bool
add_conditions(struct line_reader *reader)
{
	size_t count = reader->child_count;
	bool single = count == reader->record.n;
	uint32_t jumps = 0, switches = 0, rest;
	struct intake_condition *out;

	for (size_t i = 0; i < count; i++) {
		if (!reader->children[i].usable ||
		    !(single || reader->children[i].jump || reader->children[i].switched))
			return false;
		jumps += reader->children[i].jump;
		switches += reader->children[i].switched;
	}
	rest = switch_width(reader, jumps);
	if (!single && (switches > 1 || (switches && !rest)))
		return false;
	MEM_GROW(reader->conditions, reader->condition_capacity, reader->condition_count + count);
	out = reader->conditions + reader->condition_count;
	for (size_t i = 0; i < count; i++) {
		uint32_t width = single ? 1 : reader->children[i].jump ? 2 : rest;

		out[i] = (struct intake_condition){
		    reader->children[i].number, width, outcomes(&reader->children[i], width)};
	}
	return is_identity(out, count, reader->record.n, reader->record.k);
}

/* Jumps alone with 0, 50 or 100 % and no (k/n): two branches each.  False: something else. */
static bool
count_jumps(struct line_reader *reader)
{
	uint32_t covered = 0;

	if (!reader->child_count || reader->child_count * 2 > LIMIT_BRANCHES || reader->too_many)
		return false;
	for (size_t i = 0; i < reader->child_count; i++) {
		const struct line_condition *child = &reader->children[i];

		if (!child->usable || !child->jump || child->percent % 50000000)
			return false;
		covered += outcomes(child, 2);
	}
	reader->record.n = (uint32_t)reader->child_count * 2;
	reader->record.k = covered;
	return true;
}

static void
settle_ids(struct line_reader *reader)
{
	reader->record.kind = BRANCH_IDS;
	reader->record.from = (uint32_t)reader->id_count;
	reader->record.count = (uint32_t)reader->missing_count;
	MEM_GROW(reader->ids, reader->id_capacity, reader->id_count + reader->missing_count);
	memcpy(reader->ids + reader->id_count, reader->missing,
	    reader->missing_count * sizeof(*reader->ids));
	reader->id_count += reader->missing_count;
}

static void
settle_conditions(struct line_reader *reader)
{
	reader->record.kind = BRANCH_CONDS;
	reader->record.from = (uint32_t)reader->condition_count;
	reader->record.count = (uint32_t)reader->child_count;
	reader->condition_count += reader->child_count;
}

void
branch_settle(struct line_reader *reader)
{
	struct line_record *record = &reader->record;

	if (!reader->counted && !record->n && !count_jumps(reader)) {
		if (reader->branch)
			audit_add(&reader->intake->audit, AUDIT_NOTE, reader->report_line,
			    "branch-without-counts",
			    "branch=\"true\" without usable counts is read as a plain line");
		return;
	}
	if (!record->n)
		return;
	if (reader->missing_count && reader->missing_count == record->n - record->k &&
	    !reader->too_many)
		settle_ids(reader);
	else if (reader->child_count > 1 && !reader->too_many && add_conditions(reader))
		settle_conditions(reader);
	else
		record->kind = BRANCH_COUNTS;
}
