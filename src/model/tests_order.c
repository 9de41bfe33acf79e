/* The cases of merged reports in an order that only their content decides. */
#include "model/tests_order.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* A rebuild of all tables, report by report. */
struct ordering {
	const struct tests *from;
	struct tests to;
	uint32_t *suites;	/* by index of `from`: index + 1 of `to`, 0: not yet moved */
};

/* Marks the suite and those around it, up to one that is marked. */
static void
mark_suite(const struct tests *tests, uint32_t suite, uint32_t *marks)
{
	for (; suite && !marks[suite - 1]; suite = tests->suites[suite - 1].parent)
		marks[suite - 1] = 1;
}

void
tests_drop_suites(struct tests *tests)
{
	uint32_t *places = mem_zalloc(tests->suite_count, sizeof(*places));
	uint32_t kept = 0;

	for (size_t i = 0; i < tests->case_count; i++)
		mark_suite(tests, tests->cases[i].suite, places);
	for (size_t i = 0; i < tests->suite_count; i++) {
		struct test_suite suite = tests->suites[i];

		if (!places[i])
			continue;
		suite.parent = suite.parent ? places[suite.parent - 1] : 0;
		tests->suites[kept++] = suite;
		places[i] = kept;
	}
	for (size_t i = 0; i < tests->case_count; i++)
		if (tests->cases[i].suite)
			tests->cases[i].suite = places[tests->cases[i].suite - 1];
	tests->suite_count = kept;
	free(places);
}

static int
hashes_compare(const struct test_case *a, const struct test_case *b, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (a[i].hash != b[i].hash)
			return a[i].hash < b[i].hash ? -1 : 1;
	return 0;
}

static int
report_compare(const void *left, const void *right, void *context)
{
	const struct tests *tests = context;
	const struct test_report *a = &tests->reports[*(const uint32_t *)left];
	const struct test_report *b = &tests->reports[*(const uint32_t *)right];

	if (a->lane != b->lane)
		return a->lane < b->lane ? -1 : 1;
	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	if (a->attempt != b->attempt)
		return a->attempt < b->attempt ? -1 : 1;
	if (a->case_count != b->case_count)
		return a->case_count < b->case_count ? -1 : 1;
	return hashes_compare(tests->cases + a->first_case, tests->cases + b->first_case, a->case_count);
}

/* Moves a suite with those around it; returns its index + 1. */
static uint32_t
move_suite(struct ordering *o, uint32_t suite)
{
	struct test_suite copy;

	if (!suite || o->suites[suite - 1])
		return suite ? o->suites[suite - 1] : 0;
	copy = o->from->suites[suite - 1];
	copy.parent = move_suite(o, copy.parent);
	return o->suites[suite - 1] = tests_suite(&o->to, &copy);
}

static uint32_t
move_detail(struct ordering *o, const struct test_case *row)
{
	size_t count;
	const struct test_message *messages = tests_messages(o->from, row, &count);
	uint32_t detail = 0;

	if (!row->detail)
		return 0;
	MEM_GROW(o->to.details, o->to.detail_capacity, o->to.detail_count + 1);
	o->to.details[o->to.detail_count++] = (struct test_detail){
	    .first_message = (uint32_t)o->to.message_count, .attempts = tests_attempts(o->from, row)};
	detail = (uint32_t)o->to.detail_count;
	for (size_t i = 0; i < count; i++)
		tests_message(&o->to, detail, &messages[i]);
	return detail;
}

static void
move_report(struct ordering *o, const struct test_report *report)
{
	tests_begin(&o->to, report->name, report->lane);
	o->to.reports[o->to.report_count - 1].attempt = report->attempt;
	for (uint32_t i = 0; i < report->case_count; i++) {
		struct test_case row = o->from->cases[report->first_case + i];

		row.detail = move_detail(o, &row);
		row.suite = move_suite(o, row.suite);
		tests_add(&o->to, &row);
	}
}

static int
unlisted_compare(const void *left, const void *right)
{
	const struct test_unlisted *a = left;
	const struct test_unlisted *b = right;

	if (a->report != b->report)
		return a->report < b->report ? -1 : 1;
	if (a->container != b->container)
		return a->container < b->container ? -1 : 1;
	return memcmp(a->counts, b->counts, sizeof(a->counts));
}

/* `places` are the new indexes of reports by their old ones. */
static void
move_unlisted(struct ordering *o, const uint32_t *places)
{
	size_t count = o->from->unlisted_count;

	if (!count)
		return;
	o->to.unlisted = mem_copy(o->from->unlisted, count * sizeof(*o->to.unlisted));
	o->to.unlisted_count = o->to.unlisted_capacity = count;
	for (size_t i = 0; i < count; i++)
		o->to.unlisted[i].report = places[o->to.unlisted[i].report];
	qsort(o->to.unlisted, count, sizeof(*o->to.unlisted), unlisted_compare);
}

void
tests_order(struct tests *tests)
{
	struct ordering o = {.from = tests};
	uint32_t count = (uint32_t)tests->report_count;
	uint32_t *sorted, *places;

	if (!count)
		return;
	sorted = mem_zalloc(count, sizeof(*sorted));
	places = mem_zalloc(count, sizeof(*places));
	o.suites = mem_zalloc(tests->suite_count, sizeof(*o.suites));
	for (uint32_t i = 0; i < count; i++)
		sorted[i] = i;
	qsort_r(sorted, count, sizeof(*sorted), report_compare, tests);
	for (uint32_t i = 0; i < count; i++) {
		places[sorted[i]] = i;
		move_report(&o, &tests->reports[sorted[i]]);
	}
	move_unlisted(&o, places);
	free(o.suites);
	free(places);
	free(sorted);
	tests_clear(tests);
	*tests = o.to;
}
