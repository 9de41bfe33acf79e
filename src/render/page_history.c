/* Views of the history and of the quarantine. */
#include "render/page_changes.h"

#include "model/history.h"
#include "model/quarantine.h"
#include "render/page_rows.h"

static const struct history *
history_of(struct view view)
{
	return result_of(view)->history;
}

/* ---- the trend ---- */

static const struct history_point *
point_of(struct view view)
{
	return &history_of(view)->points[view.index];
}

static struct view
point_time(struct view view)
{
	return view_number(point_of(view)->time);
}

static struct view
point_sha(struct view view)
{
	return view_text(point_of(view)->sha);
}

static struct view
point_verdict(struct view view)
{
	return view_string(point_of(view)->verdict == VERDICT_PASS ? "pass" : "fail");
}

static struct view
point_lines(struct view view)
{
	return page_ratio(page_of(view), &point_of(view)->lines);
}

static struct view
point_tests(struct view view)
{
	return view_number(point_of(view)->tests);
}

static struct view
point_failing(struct view view)
{
	return view_number(point_of(view)->failing);
}

static struct view
point_seconds(struct view view)
{
	return view_nanoseconds(point_of(view)->nanoseconds);
}

static const struct view_field point_fields[] = {
    {"time", point_time, false},
    {"sha", point_sha, false},
    {"verdict", point_verdict, false},
    {"lines", point_lines, false},
    {"tests", point_tests, false},
    {"failing", point_failing, false},
    {"seconds", point_seconds, false},
    {NULL, NULL, false},
};

static const struct view_type point_type = {.kind = VIEW_OBJECT, .fields = point_fields};

static bool
points_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&point_type, list, history_of(list)->point_count, position, item);
}

static const struct view_type points_type = {.kind = VIEW_LIST, .next = points_next};

static struct str
spark_text(struct view view, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	history_spark(history_of(view), scratch);
	return strbuf_str(scratch);
}

/* One point makes no trend. */
static bool
spark_some(struct view view)
{
	return history_of(view)->point_count > 1 && result_of(view)->total.lines.total > 0;
}

static const struct view_type spark_type = {
    .kind = VIEW_TEXT, .text = spark_text, .some = spark_some};

/* ---- what the history knows of a failing test: data is its row ---- */

static const struct history_test *
known_of(struct view view)
{
	return view.data;
}

static struct view
known_runs(struct view view)
{
	return view_number(known_of(view)->runs);
}

static struct view
known_failures(struct view view)
{
	return view_number(known_of(view)->failures);
}

static const struct view_field known_fields[] = {
    {"failures", known_failures, false},
    {"runs", known_runs, false},
    {NULL, NULL, false},
};

static const struct view_type known_type = {.kind = VIEW_OBJECT, .fields = known_fields};

/* A test in one of the lists: its index is its place with the list's number below. */
enum { LIST_FLAKY, LIST_SLOWER, LISTS };

static const struct history_tests *
list_of(struct view view)
{
	return view.index % LISTS == LIST_FLAKY ? &history_of(view)->flaky
						: &history_of(view)->slower;
}

static const struct history_test *
row_of(struct view view)
{
	return &list_of(view)->items[view.index / LISTS];
}

static struct outcome_test
test_of(struct view view)
{
	struct outcome_test test;

	outcome_test(&result_of(view)->outcome, row_of(view)->id, &test);
	return test;
}

static struct view
test_stage(struct view view)
{
	return view_text(report_stage(result_of(view)->report, test_of(view).stage));
}

static struct view
test_container(struct view view)
{
	return view_text(test_of(view).container);
}

static struct view
test_name(struct view view)
{
	return view_text(test_of(view).name);
}

static struct view
test_failures(struct view view)
{
	return view_number(row_of(view)->failures);
}

static struct view
test_runs(struct view view)
{
	return view_number(row_of(view)->runs);
}

static struct view
test_seconds(struct view view)
{
	return page_seconds(test_of(view).time);
}

static struct view
test_median(struct view view)
{
	return page_seconds(row_of(view)->median);
}

static struct view
test_time(struct view view)
{
	return page_time(test_of(view).time);
}

static struct view
test_usual(struct view view)
{
	return page_time(row_of(view)->median);
}

static const struct view_field test_fields[] = {
    {"stage", test_stage, false},
    {"container", test_container, false},
    {"name", test_name, false},
    {"failures", test_failures, false},
    {"runs", test_runs, false},
    {"seconds", test_seconds, false},
    {"median", test_median, false},
    {"time", test_time, true},
    {"usual", test_usual, true},
    {NULL, NULL, false},
};

static const struct view_type test_type = {.kind = VIEW_OBJECT, .fields = test_fields};

static bool
tests_next(struct view list, uint64_t *position, struct view *item)
{
	if (*position >= list_of(list)->count || *position >= page_of(list)->limits.tests)
		return false;
	*item = row(&test_type, list, (*position)++ * LISTS + list.index);
	return true;
}

static const struct view_type tests_type = {.kind = VIEW_LIST, .next = tests_next};

/* ---- the whole ---- */

static struct view
history_trend(struct view view)
{
	return row(&points_type, view, 0);
}

static struct view
history_flaky(struct view view)
{
	return row(&tests_type, view, LIST_FLAKY);
}

static struct view
history_slower(struct view view)
{
	return row(&tests_type, view, LIST_SLOWER);
}

static struct view
history_spark_view(struct view view)
{
	return row(&spark_type, view, 0);
}

static struct view
history_flaky_count(struct view view)
{
	return view_number(history_of(view)->flaky.count);
}

static struct view
history_slower_count(struct view view)
{
	return view_number(history_of(view)->slower.count);
}

static const struct view_field history_fields[] = {
    {"trend", history_trend, false},
    {"flaky", history_flaky, false},
    {"slower", history_slower, false},
    {"spark", history_spark_view, true},
    {"flaky_count", history_flaky_count, true},
    {"slower_count", history_slower_count, true},
    {NULL, NULL, false},
};

static const struct view_type history_type = {.kind = VIEW_OBJECT, .fields = history_fields};

struct view
page_history(const struct page *page)
{
	return page->result->history ? (struct view){&history_type, page, 0} : view_null();
}

struct view
page_failing_history(const struct page *page, size_t place)
{
	const struct history *history = page->result->history;

	if (!history || !history->failing.items[place].runs)
		return view_null();
	return (struct view){&known_type, &history->failing.items[place], 0};
}

/* ---- the quarantine: data is the entry ---- */

static const struct quarantine_entry *
entry_of(struct view view)
{
	return view.data;
}

#define TEXT(field)                                                                                \
	static struct view entry_##field(struct view view)                                         \
	{                                                                                          \
		return view_text(entry_of(view)->field);                                           \
	}

TEXT(pattern)
TEXT(reason)
TEXT(owner)
TEXT(until)

#undef TEXT

static struct view
entry_expired(struct view view)
{
	return view_bool(entry_of(view)->expired);
}

static const struct view_field entry_fields[] = {
    {"pattern", entry_pattern, false},
    {"reason", entry_reason, false},
    {"owner", entry_owner, false},
    {"until", entry_until, false},
    {"expired", entry_expired, false},
    {NULL, NULL, false},
};

static const struct view_type entry_type = {.kind = VIEW_OBJECT, .fields = entry_fields};

struct view
page_failing_quarantine(const struct page *page, size_t place)
{
	const struct quarantine *quarantine = page->result->quarantine;

	if (!quarantine || !quarantine->failing[place])
		return view_null();
	return (struct view){&entry_type, quarantine->failing[place], 0};
}
