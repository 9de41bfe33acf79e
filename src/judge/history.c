/* The file of earlier runs: its tables, and which run this is. */
#include "judge/history_parts.h"

#include "base/digest.h"
#include "base/mem.h"

#include <stdlib.h>

/*
 * part: the numbers of a run (kind 0, no name), its stages (1) and components (2).  outcome: what
 * became of a test; status as enum test_status, nanoseconds -1 when unknown.
 */
static const char *const tables[] = {
    "CREATE TABLE run (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, sha TEXT NOT NULL,"
    " time INTEGER NOT NULL, failed INTEGER NOT NULL)",
    "CREATE TABLE part (run INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT NOT NULL,"
    " lines_covered INTEGER NOT NULL, lines_total INTEGER NOT NULL,"
    " branches_covered INTEGER NOT NULL, branches_total INTEGER NOT NULL,"
    " functions_covered INTEGER NOT NULL, functions_total INTEGER NOT NULL,"
    " tests INTEGER NOT NULL, failing INTEGER NOT NULL, skipped INTEGER NOT NULL, flaky INTEGER "
    "NOT NULL,"
    " nanoseconds INTEGER NOT NULL, PRIMARY KEY (run, kind, name)) WITHOUT ROWID",
    "CREATE TABLE test (id INTEGER PRIMARY KEY, stage TEXT NOT NULL, container TEXT NOT NULL, name "
    "TEXT NOT NULL,"
    " UNIQUE (stage, container, name))",
    "CREATE TABLE outcome (test INTEGER NOT NULL, run INTEGER NOT NULL, status INTEGER NOT NULL,"
    " flaky INTEGER NOT NULL, nanoseconds INTEGER NOT NULL, PRIMARY KEY (test, run)) WITHOUT ROWID",
    NULL,
};

static const struct sql_schema schema = {
    .what = "history",
    .application = 0x6d687374, /* "mhst" */
    .version = 1,
    .wait = 20000,
    .tables = tables,
};

static int
compare_texts(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

/* "stage\tcell\tdigest" of a source; owned. */
static char *
describe(const struct report *report, const struct source *source)
{
	struct strbuf text = {0};

	strbuf_add_str(&text, report_stage(report, report->lanes.lanes[source->lane].stage));
	strbuf_add_char(&text, '\t');
	strbuf_add_str(&text, report_cell(report, source->lane));
	strbuf_add_char(&text, '\t');
	for (size_t i = 0; source->has_digest && i < DIGEST_BYTES; i++)
		strbuf_addf(&text, "%02x", source->digest[i]);
	return strbuf_take(&text);
}

/* A digest of the commit and of all reports, whatever their names and order. */
static void
identify(const struct updating *u, char identity[DIGEST_HEX])
{
	const struct report *report = u->result->report;
	char **texts = mem_zalloc(report->source_count, sizeof(*texts));
	struct strbuf all = {0};

	for (size_t i = 0; i < report->source_count; i++)
		texts[i] = describe(report, &report->sources[i]);
	if (report->source_count)
		qsort(texts, report->source_count, sizeof(*texts), compare_texts);
	strbuf_add_string(&all, u->settings->sha);
	for (size_t i = 0; i < report->source_count; i++) {
		strbuf_add_char(&all, '\n');
		strbuf_add_string(&all, texts[i]);
		free(texts[i]);
	}
	digest_hex(strbuf_str(&all), identity);
	strbuf_clear(&all);
	free(texts);
}

static void
find_run(struct updating *u, const char *identity)
{
	struct sql_query *query = sql_query(u->sql, "SELECT id FROM run WHERE identity = ?");

	sql_bind_text(query, 1, str_of(identity));
	u->known = sql_step(query);
	if (u->known)
		u->run = sql_int(query, 0);
	sql_query_free(query);
	if (u->known)
		return;
	query = sql_query(u->sql, "SELECT coalesce(max(id), 0) FROM run");
	if (sql_step(query))
		u->run = sql_int(query, 0) + 1;
	sql_query_free(query);
}

/* The keys of this run's tests in the file, new ones added. */
static void
find_tests(struct updating *u)
{
	struct sql_query *find =
	    sql_query(u->sql, "SELECT id FROM test WHERE stage = ? AND container = ? AND name = ?");
	struct sql_query *add =
	    sql_query(u->sql, "INSERT INTO test (stage, container, name) VALUES (?, ?, ?)");

	for (size_t i = 0; i < u->rows.count && !sql_failed(u->sql); i++) {
		struct history_row *row = &u->rows.items[i];
		struct str names[] = {row->stage, row->container, row->name};

		for (int at = 0; at < 3; at++) {
			sql_bind_text(find, at + 1, names[at]);
			sql_bind_text(add, at + 1, names[at]);
		}
		if (sql_step(find)) {
			row->key = sql_int(find, 0);
		} else {
			sql_run(add);
			row->key = sql_last_id(u->sql);
		}
		sql_reset(find);
	}
	sql_query_free(find);
	sql_query_free(add);
}

static void
update(struct updating *u, struct history *history)
{
	char identity[DIGEST_HEX];

	identify(u, identity);
	find_run(u, identity);
	history_rows_fill(&u->rows, u->result);
	find_tests(u);
	history_read(u, history);
	history_write(u, identity);
	history_rows_clear(&u->rows);
}

bool
history_update(const struct history_settings *settings, const struct result *result,
    struct history *history, struct error *err)
{
	struct updating u = {.settings = settings, .result = result};

	if (!sql_open(settings->path, &schema, &u.sql, err))
		return false;
	update(&u, history);
	if (sql_commit(u.sql, err))
		return true;
	history_clear(history);
	return false;
}
