/* SQLite, one transaction at a time. */
#include "base/sql.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>

struct sql {
	sqlite3 *db;
	const struct sql_schema *schema;
	char *path;
	bool failed;
	struct error error; /* what went wrong first */
};

struct sql_query {
	struct sql *sql;
	sqlite3_stmt *statement;
};

static const char *
reason(int code, sqlite3 *db)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "locked by another process for too long";
	case SQLITE_NOTADB:
		return "this is no database";
	case SQLITE_CORRUPT:
		return "damaged";
	case SQLITE_CANTOPEN:
		return "can't be opened";
	case SQLITE_READONLY:
		return "can't be written";
	case SQLITE_FULL:
		return "no room is left";
	default:
		return db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
	}
}

/* Keeps the first failure. */
static bool
failure(struct sql *sql, int code)
{
	if (!sql->failed)
		fail(&sql->error, ERROR_INPUT, "%s '%s': %s", sql->schema->what, sql->path,
		    reason(code, sql->db));
	sql->failed = true;
	return false;
}

static bool
execute(struct sql *sql, const char *text)
{
	int code = sqlite3_exec(sql->db, text, NULL, NULL, NULL);

	return code == SQLITE_OK || failure(sql, code);
}

/* The one number that a statement gives; -1 when it fails. */
static int64_t
ask(struct sql *sql, const char *text)
{
	struct sql_query *query = sql_query(sql, text);
	int64_t answer = sql_step(query) ? sql_int(query, 0) : -1;

	sql_query_free(query);
	return answer;
}

/* ---- the schema ---- */

static bool
create(struct sql *sql)
{
	char text[96];

	for (size_t i = 0; sql->schema->tables[i]; i++)
		if (!execute(sql, sql->schema->tables[i]))
			return false;
	sqlite3_snprintf(sizeof(text), text,
	    "PRAGMA application_id = %d; PRAGMA user_version = %d;", (int)sql->schema->application,
	    (int)sql->schema->version);
	return execute(sql, text);
}

static bool
is_expected(const struct sql_schema *schema, struct str text)
{
	for (size_t i = 0; schema->tables[i]; i++)
		if (str_equal(text, str_of(schema->tables[i])))
			return true;
	return false;
}

/* Whether the file holds exactly our tables; what SQLite makes for them itself has no text. */
static bool
is_ours(struct sql *sql)
{
	struct sql_query *query =
	    sql_query(sql, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL");
	size_t found = 0, wanted = 0;
	bool good = true;

	while (sql_step(query)) {
		good = good && is_expected(sql->schema, sql_text(query, 0));
		found++;
	}
	while (sql->schema->tables[wanted])
		wanted++;
	sql_query_free(query);
	return good && found == wanted;
}

static bool
refuse(struct sql *sql, const char *why)
{
	if (!sql->failed)
		fail(&sql->error, ERROR_INPUT, "%s '%s': %s", sql->schema->what, sql->path, why);
	sql->failed = true;
	return false;
}

static bool
check_version(struct sql *sql, int64_t version)
{
	char why[96];

	if (version == sql->schema->version)
		return true;
	sqlite3_snprintf(sizeof(why), why, "%s schema (%lld, this is %d): %s",
	    version > sql->schema->version ? "a newer" : "an older", (long long)version,
	    (int)sql->schema->version,
	    version > sql->schema->version ? "written by a newer muster" : "start a new file");
	return refuse(sql, why);
}

static bool
check_schema(struct sql *sql)
{
	int64_t application = ask(sql, "PRAGMA application_id");
	int64_t version = ask(sql, "PRAGMA user_version");
	int64_t tables = ask(sql, "SELECT count(*) FROM sqlite_schema");

	if (sql->failed)
		return false;
	if (!application && !version && !tables)
		return create(sql);
	if (application != sql->schema->application)
		return refuse(sql, "a database of something else");
	if (!check_version(sql, version))
		return false;
	return is_ours(sql) || refuse(sql, "its tables are not those that belong into it");
}

/* ---- opening and closing ---- */

static bool
begin(struct sql *sql)
{
	sqlite3_busy_timeout(sql->db, sql->schema->wait);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	return execute(sql, "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = OFF;") &&
	       execute(sql, "BEGIN IMMEDIATE") && check_schema(sql);
}

bool
sql_open(const char *path, const struct sql_schema *schema, struct sql **out, struct error *err)
{
	struct sql *sql = mem_zalloc(1, sizeof(*sql));
	int code;

	sql->schema = schema;
	sql->path = mem_string(path, strlen(path));
	code = sqlite3_open_v2(path, &sql->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, NULL);
	if (code != SQLITE_OK)
		failure(sql, code);
	if (!sql->failed && begin(sql)) {
		*out = sql;
		return true;
	}
	if (err)
		*err = sql->error;
	sql_abort(sql);
	return false;
}

void
sql_abort(struct sql *sql)
{
	if (!sql)
		return;
	sqlite3_close_v2(sql->db);
	free(sql->path);
	free(sql);
}

bool
sql_commit(struct sql *sql, struct error *err)
{
	bool good = !sql->failed && execute(sql, "COMMIT");

	if (!good && err)
		*err = sql->error;
	sql_abort(sql);
	return good;
}

/* ---- queries ---- */

struct sql_query *
sql_query(struct sql *sql, const char *text)
{
	struct sql_query *query;
	sqlite3_stmt *statement;
	int code;

	if (sql->failed)
		return NULL;
	code = sqlite3_prepare_v2(sql->db, text, -1, &statement, NULL);
	if (code != SQLITE_OK) {
		failure(sql, code);
		return NULL;
	}
	query = mem_zalloc(1, sizeof(*query));
	*query = (struct sql_query){sql, statement};
	return query;
}

void
sql_query_free(struct sql_query *query)
{
	if (!query)
		return;
	sqlite3_finalize(query->statement);
	free(query);
}

static void
bound(struct sql_query *query, int code)
{
	if (code != SQLITE_OK)
		failure(query->sql, code);
}

void
sql_bind_int(struct sql_query *query, int at, int64_t value)
{
	if (query)
		bound(query, sqlite3_bind_int64(query->statement, at, value));
}

void
sql_bind_text(struct sql_query *query, int at, struct str text)
{
	if (query)
		bound(query, sqlite3_bind_text64(query->statement, at, text.s, text.length,
				 SQLITE_STATIC, SQLITE_UTF8));
}

bool
sql_step(struct sql_query *query)
{
	int code;

	if (!query || query->sql->failed)
		return false;
	code = sqlite3_step(query->statement);
	return code == SQLITE_ROW || (code != SQLITE_DONE && failure(query->sql, code));
}

int64_t
sql_int(const struct sql_query *query, int at)
{
	return sqlite3_column_int64(query->statement, at);
}

struct str
sql_text(const struct sql_query *query, int at)
{
	const char *text = (const char *)sqlite3_column_text(query->statement, at);

	return (struct str){
	    text ? text : "", text ? (size_t)sqlite3_column_bytes(query->statement, at) : 0};
}

void
sql_reset(struct sql_query *query)
{
	if (query)
		sqlite3_reset(query->statement);
}

void
sql_run(struct sql_query *query)
{
	while (sql_step(query))
		;
	sql_reset(query);
}

bool
sql_failed(const struct sql *sql)
{
	return sql->failed;
}

int64_t
sql_last_id(const struct sql *sql)
{
	return sqlite3_last_insert_rowid(sql->db);
}
