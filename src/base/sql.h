/*
 * A small database in one file (SQLite, which only sql.c sees), shared by processes: every use is
 * one transaction that holds the file alone, after waiting for others.  The file may come from
 * anywhere: one whose tables are not exactly ours is refused, so that nothing in it (views,
 * triggers) runs.
 */
#ifndef MUSTER_BASE_SQL_H
#define MUSTER_BASE_SQL_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

/* What a file of a kind holds. */
struct sql_schema {
	const char *what;          /* "history", for messages */
	int32_t application;       /* the mark in the file's head */
	int32_t version;           /* of the tables; other ones are refused by their number */
	int wait;                  /* for other processes at most, milliseconds */
	const char *const *tables; /* CREATE statements, NULL at the end */
};

struct sql;
struct sql_query;

/*
 * Opens the file, making it when it is not there or empty, and begins the transaction.  *out is
 * owned: sql_commit() or sql_abort().  Locked for too long, damaged, of another schema, no database
 * at all: ERROR_INPUT that says so.
 */
bool sql_open(
    const char *path, const struct sql_schema *schema, struct sql **out, struct error *err);
/* Ends the transaction and closes.  On failure nothing of it is kept. */
bool sql_commit(struct sql *sql, struct error *err);
/* Closes without keeping anything; NULL is fine. */
void sql_abort(struct sql *sql);

/*
 * Prepares a statement (a literal), owned: sql_query_free().  A failure, here or in any step, is
 * kept and told by sql_commit(); NULL and whatever is done with it are fine then.
 */
struct sql_query *sql_query(struct sql *sql, const char *text);
void sql_query_free(struct sql_query *query);
/* Parameters, from 1; texts are borrowed until the next sql_reset(). */
void sql_bind_int(struct sql_query *query, int at, int64_t value);
void sql_bind_text(struct sql_query *query, int at, struct str text);
/* Steps to the next row; false behind the last, or on failure. */
bool sql_step(struct sql_query *query);
/* Columns of the row, from 0; a text is borrowed until the next step. */
int64_t sql_int(const struct sql_query *query, int at);
struct str sql_text(const struct sql_query *query, int at);
/* For another round with other parameters. */
void sql_reset(struct sql_query *query);
/* Runs a statement with the parameters bound so far to its end, and resets it. */
void sql_run(struct sql_query *query);
/* Whether anything has failed. */
bool sql_failed(const struct sql *sql);
/* The id of the row inserted last. */
int64_t sql_last_id(const struct sql *sql);

#endif
