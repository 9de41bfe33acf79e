/* Tests out of cases: identity, sub-cells, equal cases and bare duplicates (TESTS 2, R3, R4, R5). */
#include "model/outcome_parts.h"

#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

/*
 * A case among those of one name.  One sort serves every step: the keys are 0 until their step has decided that
 * they are needed to tell cases apart.
 */
struct member {
	uint32_t stage;
	uint32_t container;
	uint32_t file;		/* keys */
	uint32_t line;
	uint32_t suites;
	uint32_t repeat;
	uint32_t lane;		/* rank */
	uint32_t sub_cell;	/* key, rank */
	uint32_t attempt;
	uint32_t report;	/* rank */
	uint32_t index;		/* of the case; the key that is left */
	bool replaced;
	bool dropped;
};

enum { MEMBER_KEYS = 11 };

struct grouping {
	struct outcome *outcome;
	const struct tests *tests;
	struct member *members;
	size_t capacity;
	size_t end;		/* of what is written of outcome->order */
	uint32_t repeat;	/* of the test that was written last */
	size_t repeat_capacity;	/* of outcome->repeats */
	uint32_t *equal;	/* by report: cases that are another report's */
	uint32_t *gone;		/* by report: failing cases that no report of a later attempt has */
	struct test_list mixed;	/* tests whose duplicates differ */
};

static int
compare_members(const void *left, const void *right)
{
	uint32_t a[MEMBER_KEYS], b[MEMBER_KEYS];

	memcpy(a, left, sizeof(a));
	memcpy(b, right, sizeof(b));
	for (size_t i = 0; i < MEMBER_KEYS; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

static void
sort_members(struct member *members, size_t count)
{
	qsort(members, count, sizeof(*members), compare_members);
}

/* How many members from `members` on are like the first in all keys before `until` (an offset). */
static size_t
like_first(const struct member *members, size_t count, size_t until)
{
	size_t end = 1;

	while (end < count && memcmp(members, members + end, until) == 0)
		end++;
	return end;
}

#define LIKE(members, count, field)	like_first((members), (count), offsetof(struct member, field))

static const struct test_case *
case_of(const struct grouping *grouping, const struct member *member)
{
	return &grouping->tests->cases[member->index];
}

static uint32_t
joined_of(const struct grouping *grouping, const struct member *member)
{
	uint32_t suite = case_of(grouping, member)->suite;

	return suite ? grouping->tests->suites[suite - 1].joined : 0;
}

static struct member
member_of(const struct grouping *grouping, uint32_t index)
{
	const struct outcome *outcome = grouping->outcome;
	const struct test_report *report = tests_report_of(grouping->tests, index);

	return (struct member){
	    .stage = outcome->report->lanes.lanes[report->lane].stage,
	    .container = grouping->tests->cases[index].container,
	    .lane = outcome->lane_ranks[report->lane],
	    .attempt = report->attempt,
	    .report = outcome->report_ranks[report - grouping->tests->reports],
	    .index = index,
	    .replaced = report_replaced(outcome, report),
	};
}

/* ---- equal cases (TESTS R4) ---- */

/* By content, then report: those of a report stand together. */
static int
compare_contents(const void *left, const void *right, void *context)
{
	const struct member *a = left;
	const struct member *b = right;
	const struct test_case *x = case_of(context, a);
	const struct test_case *y = case_of(context, b);

	if (a->attempt != b->attempt)
		return a->attempt < b->attempt ? -1 : 1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->status != y->status)
		return x->status < y->status ? -1 : 1;
	if (a->report != b->report)
		return a->report < b->report ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

static bool
same_content(const struct grouping *grouping, const struct member *a, const struct member *b)
{
	const struct test_case *x = case_of(grouping, a);
	const struct test_case *y = case_of(grouping, b);

	return a->attempt == b->attempt && x->hash == y->hash && x->status == y->status;
}

/* Of equal members sorted by report keeps the first report with the most. */
static void
keep_most(struct grouping *grouping, struct member *members, size_t count)
{
	size_t kept = 0, most = 0, end;

	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1; end < count && members[end].report == members[i].report;)
			end++;
		if (end - i > most) {
			kept = i;
			most = end - i;
		}
	}
	for (size_t i = 0; i < count; i++) {
		members[i].dropped = members[i].report != members[kept].report;
		if (members[i].dropped)
			grouping->equal[tests_report_of(grouping->tests, members[i].index) -
			    grouping->tests->reports]++;
	}
}

static void
drop_equal_of_cell(struct grouping *grouping, struct member *members, size_t count)
{
	size_t end;

	qsort_r(members, count, sizeof(*members), compare_contents, grouping);
	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1; end < count && same_content(grouping, &members[i], &members[end]);)
			end++;
		if (!members[i].replaced)
			keep_most(grouping, members + i, end - i);
	}
}

/* Drops members that are equal to another report's of the cell; returns how many are left, sorted. */
static size_t
drop_equal(struct grouping *grouping, struct member *members, size_t count)
{
	size_t left = 0, end;

	if (grouping->tests->report_count == 1)
		return count;
	for (size_t i = 0; i < count; i = end) {
		end = i + LIKE(members + i, count - i, sub_cell);
		if (members[i].report != members[end - 1].report)
			drop_equal_of_cell(grouping, members + i, end - i);
	}
	for (size_t i = 0; i < count; i++)
		if (!members[i].dropped)
			members[left++] = members[i];
	sort_members(members, left);
	return left;
}

/* ---- what tells apart (TESTS 2) ---- */

/* Whether any report has members at different places; they stand report by report. */
static bool
place_tells(const struct grouping *grouping, const struct member *members, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct test_case *a = case_of(grouping, &members[i - 1]);
		const struct test_case *b = case_of(grouping, &members[i]);

		if (members[i].report == members[i - 1].report && members[i].lane == members[i - 1].lane &&
		    (a->file != b->file || a->line != b->line))
			return true;
	}
	return false;
}

static void
set_places(const struct grouping *grouping, struct member *members, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		members[i].file = case_of(grouping, &members[i])->file;
		members[i].line = case_of(grouping, &members[i])->line;
	}
}

static void
set_cells(const struct grouping *grouping, struct member *members, size_t count)
{
	for (size_t i = 0; i < count; i++)
		members[i].sub_cell = grouping->outcome->sub_cells[case_of(grouping, &members[i])->suite];
}

/* Whether any report has members in one sub-cell that are in different suites. */
static bool
suites_tell(const struct grouping *grouping, const struct member *members, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (memcmp(&members[i - 1], &members[i], offsetof(struct member, index)) == 0 &&
		    joined_of(grouping, &members[i - 1]) != joined_of(grouping, &members[i]))
			return true;
	return false;
}

static void
set_suites(const struct grouping *grouping, struct member *members, size_t count)
{
	for (size_t i = 0; i < count; i++)
		members[i].suites = joined_of(grouping, &members[i]);
}

/* Decides what belongs to the identity of members of one container and name; leaves them sorted by it. */
static void
tell_apart(const struct grouping *grouping, struct member *members, size_t count)
{
	size_t end;

	if (place_tells(grouping, members, count))
		set_places(grouping, members, count);
	set_cells(grouping, members, count);
	sort_members(members, count);
	for (size_t i = 0; i < count; i = end) {
		end = i + LIKE(members + i, count - i, suites);
		if (suites_tell(grouping, members + i, end - i))
			set_suites(grouping, members + i, end - i);
	}
	sort_members(members, count);
}

/* ---- bare duplicates (TESTS R3) ---- */

/* Numbers the members of one identity within each cell and attempt; returns whether their statuses differ there. */
static bool
number_repeats(const struct grouping *grouping, struct member *members, size_t count)
{
	bool mixed = false;
	size_t end;

	for (size_t i = 0; i < count; i = end) {
		end = i + LIKE(members + i, count - i, report);
		for (size_t j = i; j < end; j++) {
			mixed = mixed || (!members[i].replaced && case_of(grouping, &members[i])->status !=
			    case_of(grouping, &members[j])->status);
			members[j].repeat = (uint32_t)(j - i);
		}
	}
	return mixed;
}

/* Numbers the test that is about to be written: of its identity the first or the next. */
static void
number_test(struct grouping *grouping, const struct member *member)
{
	struct outcome *outcome = grouping->outcome;

	grouping->repeat = member->repeat ? grouping->repeat + 1 : 1;
	if (grouping->repeat == 1)
		return;
	MEM_GROW(outcome->repeats, grouping->repeat_capacity, outcome->repeat_count + 1);
	outcome->repeats[outcome->repeat_count++] =
	    (struct repeat){(test_id)grouping->end, grouping->repeat};
}

/* A case that a later attempt of its cell replaces by nothing. */
static void
leave_out(struct grouping *grouping, uint32_t index)
{
	const struct test_report *report = tests_report_of(grouping->tests, index);

	if (grouping->tests->cases[index].status >= TEST_FAILED)
		grouping->gone[report - grouping->tests->reports]++;
}

/* Writes the members of one test: what a later attempt replaced only before what replaced it. */
static void
write_test(struct grouping *grouping, const struct member *members, size_t count)
{
	uint32_t *order = grouping->outcome->order;
	uint32_t first = ORDER_FIRST;
	size_t end;

	for (size_t i = 0; i < count; i = end) {
		end = i + LIKE(members + i, count - i, attempt);
		for (size_t j = i; j < end; j++) {
			if (members[end - 1].replaced) {
				leave_out(grouping, members[j].index);
				continue;
			}
			if (first)
				number_test(grouping, members);
			order[grouping->end++] = members[j].index | first;
			first = 0;
		}
	}
}

/* Writes the members of one identity. */
static void
write_identity(struct grouping *grouping, struct member *members, size_t count)
{
	size_t first = grouping->end, end;
	bool mixed = false;

	if (grouping->outcome->modes[members->stage] == DUPLICATE_SEPARATE) {
		mixed = number_repeats(grouping, members, count);
		sort_members(members, count);
	}
	for (size_t i = 0; i < count; i = end) {
		end = i + LIKE(members + i, count - i, lane);
		write_test(grouping, members + i, end - i);
	}
	if (!mixed)
		return;
	MEM_GROW(grouping->mixed.ids, grouping->mixed.capacity, grouping->mixed.count + 1);
	grouping->mixed.ids[grouping->mixed.count++] = (test_id)first;
}

/* Members of one stage, container and name. */
static void
write_container(struct grouping *grouping, struct member *members, size_t count)
{
	size_t end;

	count = drop_equal(grouping, members, count);
	tell_apart(grouping, members, count);
	for (size_t i = 0; i < count; i = end) {
		end = i + LIKE(members + i, count - i, repeat);
		write_identity(grouping, members + i, end - i);
	}
}

/* Cases of one name. */
static void
write_name(struct grouping *grouping, const uint32_t *indices, size_t count)
{
	struct member *members;
	size_t end;

	MEM_GROW(grouping->members, grouping->capacity, count);
	members = grouping->members;
	for (size_t i = 0; i < count; i++)
		members[i] = member_of(grouping, indices[i]);
	sort_members(members, count);
	for (size_t i = 0; i < count; i = end) {
		end = i + LIKE(members + i, count - i, file);
		write_container(grouping, members + i, end - i);
	}
}

/* ---- all of them ---- */

/* Puts the cases of one name together; returns where each name's end, by string id. */
static uint32_t *
bucket_by_name(struct outcome *outcome)
{
	const struct tests *tests = &outcome->report->tests;
	uint32_t *ends = mem_zalloc(outcome->report->strings.count + 2, sizeof(*ends));

	outcome->order = mem_alloc(tests->case_count * sizeof(*outcome->order));
	for (size_t i = 0; i < tests->case_count; i++)
		ends[tests->cases[i].name + 1]++;
	for (size_t i = 1; i < outcome->report->strings.count + 2; i++)
		ends[i] += ends[i - 1];
	for (size_t i = 0; i < tests->case_count; i++)
		outcome->order[ends[tests->cases[i].name]++] = (uint32_t)i;
	return ends;
}

static void
write_alone(struct grouping *grouping, uint32_t index)
{
	if (report_replaced(grouping->outcome, tests_report_of(grouping->tests, index)))
		leave_out(grouping, index);
	else
		grouping->outcome->order[grouping->end++] = index | ORDER_FIRST;
}

static void
write_all(struct grouping *grouping)
{
	struct outcome *outcome = grouping->outcome;
	uint32_t *ends = bucket_by_name(outcome);

	for (size_t id = 1; id <= outcome->report->strings.count; id++) {
		size_t first = ends[id - 1];
		size_t count = ends[id] - first;

		if (count == 1)
			write_alone(grouping, outcome->order[first]);
		else if (count)
			write_name(grouping, outcome->order + first, count);
	}
	outcome->order_count = grouping->end;
	free(ends);
}

static const struct test_report *
report_of(const struct grouping *grouping, test_id id)
{
	return tests_report_of(grouping->tests, grouping->outcome->order[id] & ORDER_INDEX);
}

/* By report, then in the order of lists. */
static int
compare_mixed(const void *left, const void *right, void *context)
{
	const struct grouping *grouping = context;
	const test_id *a = left;
	const test_id *b = right;
	struct str x = strpool_get(&grouping->outcome->report->strings, report_of(grouping, *a)->name);
	struct str y = strpool_get(&grouping->outcome->report->strings, report_of(grouping, *b)->name);
	int order = str_compare(x, y);

	return order ? order : outcome_compare(grouping->outcome, *a, *b);
}

static void
note_mixed(struct grouping *grouping, struct audit *audit)
{
	const struct strpool *strings = &grouping->outcome->report->strings;
	uint32_t open = 0;

	if (!grouping->mixed.count)
		return;
	qsort_r(grouping->mixed.ids, grouping->mixed.count, sizeof(*grouping->mixed.ids), compare_mixed, grouping);
	for (size_t i = 0; i < grouping->mixed.count; i++) {
		const struct test_case *row = order_case(grouping->outcome, grouping->mixed.ids[i]);
		uint32_t name = report_of(grouping, grouping->mixed.ids[i])->name;

		if (name != open || !i)
			audit_begin(audit, strpool_get(strings, name));
		open = name;
		audit_add(audit, AUDIT_NOTE, 0, "duplicate-mixed",
		    "'%s' in '%s' is listed several times with different results, each counted as a test; "
		    "--on-duplicate worst or retry makes it one", strpool_get(strings, row->name).s,
		    strpool_get(strings, row->container).s);
	}
	audit_end(audit);
}

/* What is said of each report with such cases. */
static void
note_cases(const struct grouping *grouping, const uint32_t *counts, enum audit_level level,
    const char *code, const char *words, struct audit *audit)
{
	const struct strpool *strings = &grouping->outcome->report->strings;

	for (size_t i = 0; i < grouping->tests->report_count; i++) {
		if (!counts[i])
			continue;
		audit_begin(audit, strpool_get(strings, grouping->tests->reports[i].name));
		audit_add(audit, level, 0, code, "%" PRIu32 " %s", counts[i], words);
		audit_end(audit);
	}
}

void
outcome_group(struct outcome *outcome, struct audit *audit)
{
	struct grouping grouping = {.outcome = outcome, .tests = &outcome->report->tests};

	grouping.equal = mem_zalloc(grouping.tests->report_count, sizeof(*grouping.equal));
	grouping.gone = mem_zalloc(grouping.tests->report_count, sizeof(*grouping.gone));
	write_all(&grouping);
	note_cases(&grouping, grouping.equal, AUDIT_NOTE, "equal-cases",
	    "of its test cases equal another report's of the same cell and count once", audit);
	note_cases(&grouping, grouping.gone, AUDIT_WARNING, "attempt-without-failures",
	    "of its failing test cases are in no later attempt of the cell, which replaces it: "
	    "they count no more", audit);
	note_mixed(&grouping, audit);
	free(grouping.equal);
	free(grouping.gone);
	free(grouping.members);
	free(grouping.mixed.ids);
}
