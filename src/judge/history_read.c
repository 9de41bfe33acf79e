/* What earlier runs tell of this one. */
#include "judge/history_parts.h"

#include "base/mem.h"

#include <stdlib.h>

enum { TIMES_NEEDED = 3, MUCH_SLOWER = 2, SECOND = 1000000000 };

/* A count from the file, which may hold anything. */
static uint64_t
count_of(const struct sql_query *query, int at)
{
	int64_t value = sql_int(query, at);

	return value > 0 ? (uint64_t)value : 0;
}

/* ---- the trend ---- */

static struct history_point
point_of(struct history *history, const struct sql_query *query)
{
	enum { COUNT_MOST = 1 << 30 };
	struct history_point point = {
	    .time = count_of(query, 0),
	    .verdict = sql_int(query, 2) ? VERDICT_FAIL : VERDICT_PASS,
	    .lines = {count_of(query, 3), count_of(query, 4)},
	    .tests = count_of(query, 5),
	    .failing = count_of(query, 6),
	    .nanoseconds = count_of(query, 7),
	};
	struct str sha = sql_text(query, 1);

	point.sha = (struct str){arena_string(&history->arena, sha), sha.length};
	if (point.lines.covered > point.lines.total || point.lines.total / COUNT_MOST >= COUNT_MOST)
		point.lines = (struct ratio){0, 0};
	return point;
}

static struct history_point
this_point(const struct updating *u)
{
	const struct result *result = u->result;

	return (struct history_point){
	    .time = result->timestamp,
	    .sha = str_of(u->settings->sha),
	    .verdict = result->verdict,
	    .lines = result->total.lines,
	    .tests = result->tests.tests,
	    .failing = result->tests.failed + result->tests.errors,
	    .nanoseconds = result->tests.nanoseconds,
	};
}

static void
read_trend(const struct updating *u, struct history *history)
{
	struct sql_query *query = sql_query(u->sql,
	    "SELECT time, sha, failed, lines_covered, lines_total, tests, failing, nanoseconds "
	    "FROM run, part"
	    " WHERE part.run = run.id AND kind = 0 AND run.id < ? ORDER BY run.id DESC LIMIT ?");
	size_t count = 0;

	sql_bind_int(query, 1, u->run);
	sql_bind_int(query, 2, HISTORY_WINDOW);
	for (; count < HISTORY_WINDOW && sql_step(query); count++)
		history->points[count] = point_of(history, query);
	sql_query_free(query);
	for (size_t i = 0; i < count / 2; i++) {
		struct history_point point = history->points[i];

		history->points[i] = history->points[count - 1 - i];
		history->points[count - 1 - i] = point;
	}
	history->points[count] = this_point(u);
	history->point_count = count + 1;
}

/* ---- one test ---- */

struct asking {
	const struct updating *u;
	struct sql_query *query; /* status and time of earlier runs, the newest first */
};

static int
compare_times(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

static int64_t
median_of(int64_t *times, size_t count)
{
	if (count < TIMES_NEEDED)
		return TEST_TIME_UNKNOWN;
	qsort(times, count, sizeof(*times), compare_times);
	return count % 2 ? times[count / 2]
			 : times[count / 2 - 1] + (times[count / 2] - times[count / 2 - 1]) / 2;
}

static struct history_test
ask(const struct asking *asking, const struct history_row *row)
{
	struct history_test test = {.id = row->id};
	int64_t times[HISTORY_WINDOW];
	size_t count = 0;

	sql_bind_int(asking->query, 1, row->key);
	sql_bind_int(asking->query, 2, asking->u->run);
	while (test.runs < HISTORY_WINDOW && sql_step(asking->query)) {
		int64_t time = sql_int(asking->query, 1);

		test.runs++;
		test.failures += sql_int(asking->query, 0) >= TEST_FAILED;
		if (time >= 0)
			times[count++] = time;
	}
	sql_reset(asking->query);
	test.median = median_of(times, count);
	return test;
}

static void
list_add(struct history_tests *list, const struct history_test *test)
{
	MEM_GROW(list->items, list->capacity, list->count + 1);
	list->items[list->count++] = *test;
}

/* A second more and twice as long: anything less is noise. */
static bool
is_slower(const struct history_row *row, const struct history_test *test)
{
	return test->median != TEST_TIME_UNKNOWN && row->time - test->median >= SECOND &&
	       row->time / MUCH_SLOWER >= test->median;
}

/* Rows and failing tests are in the same order; unlisted ones have no row. */
static void
read_tests(const struct asking *asking, struct history *history)
{
	const struct history_rows *rows = &asking->u->rows;
	const struct test_list *failing = &asking->u->result->outcome.failing;
	size_t place = 0;

	for (size_t i = 0; i < rows->count && !sql_failed(asking->u->sql); i++) {
		const struct history_row *row = &rows->items[i];
		struct history_test test;

		if (row->status < TEST_FAILED && row->time < SECOND)
			continue;
		test = ask(asking, row);
		if (is_slower(row, &test))
			list_add(&history->slower, &test);
		if (row->status < TEST_FAILED)
			continue;
		while (place < failing->count && failing->ids[place] != row->id)
			list_add(
			    &history->failing, &(struct history_test){.id = failing->ids[place++]});
		list_add(&history->failing, &test);
		place++;
	}
	while (place < failing->count)
		list_add(&history->failing, &(struct history_test){.id = failing->ids[place++]});
}

/* ---- both outcomes on one commit ---- */

enum { PASSED = 1, FAILED = 2 };

static unsigned
outcome_bit(enum test_status status, bool flaky)
{
	unsigned passed = status == TEST_PASSED ? PASSED : 0,
		 failed = status >= TEST_FAILED ? FAILED : 0;

	return passed | failed | (flaky ? PASSED | FAILED : 0);
}

static int
compare_keys(const void *left, const void *right)
{
	const struct history_row *a = *(const struct history_row *const *)left;
	const struct history_row *b = *(const struct history_row *const *)right;

	return (a->key > b->key) - (a->key < b->key);
}

/* The rows by their keys; owned. */
static const struct history_row **
by_key(const struct history_rows *rows)
{
	const struct history_row **sorted = mem_alloc(rows->count * sizeof(*sorted));

	for (size_t i = 0; i < rows->count; i++)
		sorted[i] = &rows->items[i];
	if (rows->count)
		qsort(sorted, rows->count, sizeof(*sorted), compare_keys);
	return sorted;
}

/* Collects by place what each test did in other runs of this commit. */
static void
collect(const struct updating *u, unsigned char *seen)
{
	const struct history_row **sorted = by_key(&u->rows);
	struct sql_query *query =
	    sql_query(u->sql, "SELECT test, status, outcome.flaky FROM outcome"
			      " WHERE run IN (SELECT id FROM run WHERE sha = ? AND id < ?)");

	sql_bind_text(query, 1, str_of(u->settings->sha));
	sql_bind_int(query, 2, u->run);
	while (sql_step(query)) {
		struct history_row wanted = {.key = sql_int(query, 0)}, *key = &wanted;
		const struct history_row **row =
		    bsearch(&key, sorted, u->rows.count, sizeof(*sorted), compare_keys);
		int64_t status = sql_int(query, 1);

		if (row && status >= 0 && status < TEST_STATUSES)
			seen[(*row)->place] |=
			    (unsigned char)outcome_bit((enum test_status)status, sql_int(query, 2));
	}
	sql_query_free(query);
	free(sorted);
}

/* A commit is one state of the sources: a test that both passed and failed on it is flaky. */
static void
read_flaky(const struct asking *asking, struct history *history)
{
	const struct updating *u = asking->u;
	unsigned char *seen = mem_zalloc(u->rows.count, 1);

	if (*u->settings->sha)
		collect(u, seen);
	for (size_t i = 0; i < u->rows.count; i++) {
		const struct history_row *row = &u->rows.items[i];
		unsigned all = seen[i] ? seen[i] | outcome_bit(row->status, row->flaky) : 0;
		struct history_test test;

		if (all != (PASSED | FAILED))
			continue;
		test = ask(asking, row);
		list_add(&history->flaky, &test);
	}
	free(seen);
}

void
history_read(const struct updating *u, struct history *history)
{
	struct asking asking = {
	    u, sql_query(u->sql, "SELECT status, nanoseconds FROM outcome WHERE test = ? AND run < "
				 "? ORDER BY run DESC")};

	read_trend(u, history);
	read_tests(&asking, history);
	read_flaky(&asking, history);
	sql_query_free(asking.query);
}
