/*
 * Words for the person at the terminal, on standard error: each line starts with "muster: ",
 * control characters are made visible.  Safe from several threads; a message is one write.
 */
#ifndef MUSTER_BASE_LOG_H
#define MUSTER_BASE_LOG_H

#include "base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

enum log_level { LOG_QUIET, LOG_NORMAL, LOG_VERBOSE };

/* How much is said: QUIET only errors, VERBOSE also log_detail().  Set once, before threads. */
void log_set_level(enum log_level level);
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_notice(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_detail(const char *format, ...) __attribute__((format(printf, 1, 2)));
/*
 * From now on the details of this thread are added to `into` (NULL: written again), so that who
 * runs many at once can say them in an order of their own: log_collected().
 */
void log_collect(struct strbuf *into);
void log_collected(struct str details);

/*
 * The progress line: shown on standard error when that is a terminal, after one second of work,
 * erased by the next message or by progress_end().  `total` 0: not known.  Units: bytes.
 */
void progress_begin(uint64_t total);
void progress_add(uint64_t bytes);
void progress_end(void);

#endif
