/*
 * The file of earlier runs (--history): this run goes in, what the others tell of it comes out.
 *
 * A run is known by its commit and the bytes of its reports: the same ones judged again count once.
 * Times are the run's timestamps, never the clock's.
 */
#ifndef MUSTER_JUDGE_HISTORY_H
#define MUSTER_JUDGE_HISTORY_H

#include "model/history.h"

struct history_settings {
	const char *path;
	const char *sha; /* the commit; "" unknown: then no two runs are of one commit */
	uint64_t keep;   /* runs; older ones are forgotten */
};

/*
 * Adds a judged run whose sources have digests and fills the zeroed `history`.  When the file can't
 * be used (locked, damaged, of another schema) the history stays empty and nothing of the file is
 * changed.
 */
bool history_update(const struct history_settings *settings, const struct result *result,
    struct history *history, struct error *err);

#endif
