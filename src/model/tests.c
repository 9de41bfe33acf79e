/* Test cases as they were read, and their union. */
#include "model/tests.h"

#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>

void
tests_begin(struct tests *tests, uint32_t name, uint32_t lane)
{
	MEM_GROW(tests->reports, tests->report_capacity, tests->report_count + 1);
	tests->reports[tests->report_count++] = (struct test_report){
	    .name = name, .lane = lane, .first_case = tests->case_count};
}

struct test_case *
tests_add(struct tests *tests, const struct test_case *row)
{
	struct test_report *report = &tests->reports[tests->report_count - 1];

	MEM_GROW(tests->cases, tests->case_capacity, tests->case_count + 1);
	tests->cases[tests->case_count] = *row;
	report->case_count++;
	report->synthetic_count += row->synthetic;
	return &tests->cases[tests->case_count++];
}

uint32_t
tests_message(struct tests *tests, uint32_t detail, const struct test_message *message)
{
	if (!detail) {
		MEM_GROW(tests->details, tests->detail_capacity, tests->detail_count + 1);
		tests->details[tests->detail_count++] = (struct test_detail){
		    .first_message = (uint32_t)tests->message_count, .attempts = 1};
		detail = (uint32_t)tests->detail_count;
	}
	MEM_GROW(tests->messages, tests->message_capacity, tests->message_count + 1);
	tests->messages[tests->message_count++] = *message;
	tests->details[detail - 1].message_count++;
	return detail;
}

uint32_t
tests_suite(struct tests *tests, const struct test_suite *suite)
{
	MEM_GROW(tests->suites, tests->suite_capacity, tests->suite_count + 1);
	tests->suites[tests->suite_count++] = *suite;
	return (uint32_t)tests->suite_count;
}

const struct test_report *
tests_report_of(const struct tests *tests, size_t index)
{
	size_t low = 0;
	size_t high = tests->report_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (tests->reports[middle].first_case <= index)
			low = middle;
		else
			high = middle;
	}
	return &tests->reports[low];
}

uint32_t
tests_attempts(const struct tests *tests, const struct test_case *row)
{
	return row->detail ? tests->details[row->detail - 1].attempts : 1;
}

const struct test_message *
tests_messages(const struct tests *tests, const struct test_case *row, size_t *count)
{
	const struct test_detail *detail;

	*count = 0;
	if (!row->detail)
		return NULL;
	detail = &tests->details[row->detail - 1];
	*count = detail->message_count;
	return &tests->messages[detail->first_message];
}

static void
map_cases(struct tests *from, const struct tests *into, struct string_map *strings)
{
	uint32_t suites = (uint32_t)into->suite_count;
	uint32_t details = (uint32_t)into->detail_count;

	for (size_t i = 0; i < from->case_count; i++) {
		struct test_case *row = &from->cases[i];

		row->container = string_map(strings, row->container);
		row->name = string_map(strings, row->name);
		row->file = string_map(strings, row->file);
		row->suite += row->suite ? suites : 0;
		row->detail += row->detail ? details : 0;
	}
}

static void
map_details(struct tests *from, const struct tests *into, struct string_map *strings)
{
	for (size_t i = 0; i < from->detail_count; i++)
		from->details[i].first_message += (uint32_t)into->message_count;
	for (size_t i = 0; i < from->message_count; i++) {
		struct test_message *message = &from->messages[i];

		message->type = string_map(strings, message->type);
		message->message = string_map(strings, message->message);
		message->text = string_map(strings, message->text);
	}
}

static void
map_suites(struct tests *from, const struct tests *into, struct string_map *strings)
{
	for (size_t i = 0; i < from->suite_count; i++) {
		struct test_suite *suite = &from->suites[i];

		suite->parent += suite->parent ? (uint32_t)into->suite_count : 0;
		suite->name = string_map(strings, suite->name);
		suite->joined = string_map(strings, suite->joined);
		suite->hostname = string_map(strings, suite->hostname);
		suite->package = string_map(strings, suite->package);
		suite->id = string_map(strings, suite->id);
		suite->timestamp = string_map(strings, suite->timestamp);
	}
}

static void
map_reports(struct tests *from, const struct tests *into, struct string_map *strings, const uint32_t *lanes)
{
	for (size_t i = 0; i < from->report_count; i++) {
		from->reports[i].name = string_map(strings, from->reports[i].name);
		from->reports[i].lane = lanes[from->reports[i].lane];
		from->reports[i].first_case += into->case_count;
	}
	for (size_t i = 0; i < from->unlisted_count; i++) {
		from->unlisted[i].report += (uint32_t)into->report_count;
		from->unlisted[i].container = string_map(strings, from->unlisted[i].container);
	}
}

/* Moves the rows of one array behind those of another; an empty one takes the array itself. */
#define MOVE(into, from, array, count, capacity) \
	do { \
		if (!(into)->count) { \
			free((into)->array); \
			(into)->array = (from)->array; \
			(into)->capacity = (from)->capacity; \
			(from)->array = NULL; \
		} else if ((from)->count) { \
			MEM_GROW((into)->array, (into)->capacity, (into)->count + (from)->count); \
			memcpy((into)->array + (into)->count, (from)->array, \
			    (from)->count * sizeof(*(from)->array)); \
		} \
		(into)->count += (from)->count; \
	} while (0)

void
tests_merge(struct tests *into, struct tests *from, struct string_map *strings, const uint32_t *lanes)
{
	map_cases(from, into, strings);
	map_details(from, into, strings);
	map_suites(from, into, strings);
	map_reports(from, into, strings, lanes);
	MOVE(into, from, cases, case_count, case_capacity);
	MOVE(into, from, details, detail_count, detail_capacity);
	MOVE(into, from, messages, message_count, message_capacity);
	MOVE(into, from, suites, suite_count, suite_capacity);
	MOVE(into, from, unlisted, unlisted_count, unlisted_capacity);
	MOVE(into, from, reports, report_count, report_capacity);
	tests_clear(from);
}

#undef MOVE

static bool
check_case(const struct tests *tests, const struct test_case *row, size_t strings)
{
	return row->container <= strings && row->name && row->name <= strings && row->file <= strings &&
	    row->suite <= tests->suite_count && row->detail <= tests->detail_count &&
	    row->line <= LIMIT_LINE_NUMBER && row->time >= TEST_TIME_UNKNOWN &&
	    !(row->flaky && row->status == TEST_SKIPPED) && !(row->skip && row->status != TEST_SKIPPED) &&
	    !(row->synthetic && row->time != TEST_TIME_UNKNOWN);
}

static bool
check_details(const struct tests *tests, size_t strings, struct error *err)
{
	size_t next = 0;

	for (size_t i = 0; i < tests->detail_count; i++) {
		const struct test_detail *detail = &tests->details[i];

		if (detail->first_message != next || !detail->attempts)
			return fail(err, ERROR_SYSTEM, "test detail %zu is not in its place", i);
		next += detail->message_count;
	}
	if (next != tests->message_count)
		return fail(err, ERROR_SYSTEM, "messages of no test");
	for (size_t i = 0; i < tests->message_count; i++)
		if (tests->messages[i].type > strings || tests->messages[i].message > strings ||
		    tests->messages[i].text > strings)
			return fail(err, ERROR_SYSTEM, "test message %zu has no string", i);
	return true;
}

static bool
check_suites(const struct tests *tests, size_t strings, struct error *err)
{
	for (size_t i = 0; i < tests->suite_count; i++) {
		const struct test_suite *suite = &tests->suites[i];

		if (suite->parent > i || suite->time < TEST_TIME_UNKNOWN)
			return fail(err, ERROR_SYSTEM, "suite %zu is not behind its parent", i);
		if (suite->name > strings || suite->joined > strings || suite->hostname > strings ||
		    suite->package > strings || suite->id > strings || suite->timestamp > strings)
			return fail(err, ERROR_SYSTEM, "suite %zu has no string", i);
	}
	return true;
}

static bool
check_reports(const struct tests *tests, size_t strings, size_t lanes, struct error *err)
{
	size_t next = 0;

	for (size_t i = 0; i < tests->report_count; i++) {
		const struct test_report *report = &tests->reports[i];

		if (report->first_case != next || report->lane >= lanes || report->name > strings)
			return fail(err, ERROR_SYSTEM, "test report %zu is not in its place", i);
		next += report->case_count;
	}
	if (next != tests->case_count)
		return fail(err, ERROR_SYSTEM, "cases of no report");
	for (size_t i = 0; i < tests->unlisted_count; i++)
		if (tests->unlisted[i].report >= tests->report_count || tests->unlisted[i].container > strings)
			return fail(err, ERROR_SYSTEM, "unlisted tests %zu have no report", i);
	return true;
}

bool
tests_check(const struct tests *tests, size_t string_count, size_t lane_count, struct error *err)
{
	for (size_t i = 0; i < tests->case_count; i++)
		if (!check_case(tests, &tests->cases[i], string_count))
			return fail(err, ERROR_SYSTEM, "test case %zu does not hold together", i);
	return check_details(tests, string_count, err) && check_suites(tests, string_count, err) &&
	    check_reports(tests, string_count, lane_count, err);
}

void
tests_clear(struct tests *tests)
{
	free(tests->cases);
	free(tests->details);
	free(tests->messages);
	free(tests->suites);
	free(tests->unlisted);
	free(tests->reports);
	*tests = (struct tests){0};
}

const char *
test_status_name(enum test_status status)
{
	static const char *const names[TEST_STATUSES] = { "skipped", "passed", "failed", "error" };

	return names[status];
}

const char *
skip_kind_name(enum skip_kind kind)
{
	static const char *const names[SKIP_KINDS] = { "skipped", "disabled", "todo", "expected failure" };

	return names[kind];
}
