/*
 * Writing one output so that nobody sees half of it: a regular file is written beside its place
 * (mode 0666 less the umask, flock held) and renamed into it on commit; standard output, devices,
 * pipes and /dev/fd/N are written straight.  Every failure (full disk, closed pipe, failed close)
 * is an error, if SIGPIPE and SIGXFSZ are ignored.  A link stays: what it leads to is replaced.
 */
#ifndef MUSTER_BASE_OUTPUT_H
#define MUSTER_BASE_OUTPUT_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

struct output;

/*
 * Starts an output at `path` ("-" is standard output).  *out is owned: output_commit() or
 * output_abort().
 */
bool output_open(const char *path, struct output **out, struct error *err);
/*
 * Starts a new file under its own name, which must not be there yet: for the pages of a directory
 * that gets its name as a whole.  Else as output_open().
 */
bool output_create(const char *path, struct output **out, struct error *err);
/* An output that collects in memory; for tests and for text that goes elsewhere later. */
struct output *output_memory(void);

/*
 * Buffered.  Errors are kept and told by output_commit(), so writers need not look after each call.
 */
void output_add(struct output *output, const char *s, size_t length);
void output_add_str(struct output *output, struct str s);
void output_add_string(struct output *output, const char *s);
void output_addf(struct output *output, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What a memory output holds; borrowed until commit or abort. */
struct str output_content(const struct output *output);
/* Bytes given so far. */
uint64_t output_length(const struct output *output);

/* Flushes, closes, renames into place and frees.  On failure the place keeps what it had. */
bool output_commit(struct output *output, struct error *err);
/* Throws away what was written (nothing on standard output can be) and frees; NULL is fine. */
void output_abort(struct output *output);

/*
 * Appends to a file that others own and append to ($GITHUB_OUTPUT, the step summary), in one write
 * where the system takes it whole.
 */
bool output_append(const char *path, struct str bytes, struct error *err);

#endif
