/*
 * What the files of judge/history share; between history*.c only.
 */
#ifndef MUSTER_JUDGE_HISTORY_PARTS_H
#define MUSTER_JUDGE_HISTORY_PARTS_H

#include "base/sql.h"
#include "judge/history.h"

/*
 * A test of this run under the name that the file knows it by: normalised (TESTS 2), and like no
 * other's.
 */
struct history_row {
	struct str stage;
	struct str container;
	struct str name;
	test_id id;
	uint32_t place; /* in the order of lists */
	enum test_status status;
	bool flaky;
	int64_t time;
	int64_t key; /* in the file */
};

struct history_rows {
	struct history_row *items;
	size_t count;
	size_t capacity;
	struct arena arena;
};

/* Every test of the run with a name, in the order of lists. */
void history_rows_fill(struct history_rows *rows, const struct result *result);
void history_rows_clear(struct history_rows *rows);

struct updating {
	const struct history_settings *settings;
	const struct result *result;
	struct sql *sql;
	struct history_rows rows;
	int64_t run; /* the id of this run, or the one it will get */
	bool known;  /* it was there already */
};

/* What earlier runs tell. */
void history_read(const struct updating *u, struct history *history);
/* Adds the run and forgets those that are too many. */
void history_write(const struct updating *u, const char *identity);

#endif
