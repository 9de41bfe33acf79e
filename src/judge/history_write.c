/* A run goes into the history, and the oldest ones out of it. */
#include "judge/history_parts.h"

static int64_t
stored(uint64_t number)
{
	return number > INT64_MAX ? INT64_MAX : (int64_t)number;
}

enum part_kind { PART_RUN, PART_STAGE, PART_COMPONENT };

static void
add_part(const struct updating *u, struct sql_query *query, enum part_kind kind, struct str name,
    const struct numbers *numbers, const struct test_totals *tests)
{
	const uint64_t columns[] = {
	    numbers->lines.covered,
	    numbers->lines.total,
	    numbers->branches.covered,
	    numbers->branches.total,
	    numbers->functions.covered,
	    numbers->functions.total,
	    tests->tests,
	    tests->failed + tests->errors,
	    tests->skipped,
	    tests->flaky,
	    tests->nanoseconds,
	};

	sql_bind_int(query, 1, u->run);
	sql_bind_int(query, 2, kind);
	sql_bind_text(query, 3, name);
	for (int i = 0; i < (int)(sizeof(columns) / sizeof(*columns)); i++)
		sql_bind_int(query, 4 + i, stored(columns[i]));
	sql_run(query);
}

static void
add_parts(const struct updating *u)
{
	static const struct test_totals none;
	struct sql_query *query =
	    sql_query(u->sql, "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	const struct result *result = u->result;

	add_part(u, query, PART_RUN, STR(""), &result->total, &result->tests);
	for (size_t i = 0; i < result->stage_count; i++)
		add_part(u, query, PART_STAGE, result->stages[i].name, &result->stages[i].numbers,
		    &result->stages[i].tests);
	for (size_t i = 0; i < result->component_count; i++)
		add_part(u, query, PART_COMPONENT, result->components[i].name,
		    &result->components[i].numbers, &none);
	sql_query_free(query);
}

static void
add_outcomes(const struct updating *u)
{
	struct sql_query *query = sql_query(u->sql, "INSERT INTO outcome VALUES (?, ?, ?, ?, ?)");

	for (size_t i = 0; i < u->rows.count && !sql_failed(u->sql); i++) {
		const struct history_row *row = &u->rows.items[i];

		sql_bind_int(query, 1, row->key);
		sql_bind_int(query, 2, u->run);
		sql_bind_int(query, 3, row->status);
		sql_bind_int(query, 4, row->flaky);
		sql_bind_int(query, 5, row->time);
		sql_run(query);
	}
	sql_query_free(query);
}

static void
add_run(const struct updating *u, const char *identity)
{
	struct sql_query *query = sql_query(u->sql, "INSERT INTO run VALUES (?, ?, ?, ?, ?)");

	sql_bind_int(query, 1, u->run);
	sql_bind_text(query, 2, str_of(identity));
	sql_bind_text(query, 3, str_of(u->settings->sha));
	sql_bind_int(query, 4, stored(u->result->timestamp));
	sql_bind_int(query, 5, u->result->verdict == VERDICT_FAIL);
	sql_run(query);
	sql_query_free(query);
}

static void
run_with(const struct updating *u, const char *text, int64_t value)
{
	struct sql_query *query = sql_query(u->sql, text);

	sql_bind_int(query, 1, value);
	sql_run(query);
	sql_query_free(query);
}

/* The newest run that is to be forgotten; 0: none. */
static int64_t
last_to_forget(const struct updating *u)
{
	struct sql_query *query =
	    sql_query(u->sql, "SELECT id FROM run ORDER BY id DESC LIMIT 1 OFFSET ?");
	int64_t last = 0;

	sql_bind_int(query, 1, stored(u->settings->keep));
	if (sql_step(query))
		last = sql_int(query, 0);
	sql_query_free(query);
	return last;
}

static void
forget(const struct updating *u)
{
	int64_t last = last_to_forget(u);

	if (!last)
		return;
	run_with(u, "DELETE FROM outcome WHERE run <= ?", last);
	run_with(u, "DELETE FROM part WHERE run <= ?", last);
	run_with(u, "DELETE FROM run WHERE id <= ?", last);
	run_with(u, "DELETE FROM test WHERE id > ? AND id NOT IN (SELECT test FROM outcome)", 0);
}

void
history_write(const struct updating *u, const char *identity)
{
	if (!u->known) {
		add_run(u, identity);
		add_parts(u);
		add_outcomes(u);
	}
	forget(u);
}
