/*
 * Reading one input: a file, standard input or a gzip of either, in chunks of LIMIT_CHUNK bytes.
 * What can't be read twice (a pipe, standard input) is copied to an unlinked temporary file
 * first, so that everything behind this file may open an input as often as it likes.  Gzip is
 * told by content.
 */
#ifndef MUSTER_BASE_INPUT_H
#define MUSTER_BASE_INPUT_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_BYTES = 32 };

struct input;

/*
 * Opens `path` ("-" is standard input, which can be opened once; see input_spool).  *out is owned:
 * input_free().  A directory, a loop of links, a missing file, no permission: ERROR_INPUT.
 */
bool input_open(const char *path, struct input **out, struct error *err);
/* As input_open(), on a descriptor that stays the caller's; reads from offset 0. */
bool input_open_fd(int fd, const char *name, struct input **out, struct error *err);
void input_free(struct input *input);

/*
 * The next unpacked bytes: *chunk is borrowed until the next call; length 0 is the end.  A
 * failing read, a broken or cut gzip, a passed limit (LIMIT_REPORT_BYTES, LIMIT_DEVICE_BYTES,
 * LIMIT_GZIP_RATIO): false, but only after all that came before was given; false again from then
 * on.
 */
bool input_read(struct input *input, struct str *chunk, struct error *err);
/* The first bytes (up to LIMIT_CHUNK, unpacked) without consuming them: for bids on the format. */
bool input_peek(struct input *input, struct str *head, struct error *err);
/* After that, before any is read: twice as many, up to LIMIT_HEAD.  False: no more, or none that can be read. */
bool input_peek_more(struct input *input, struct str *head);

/*
 * Unpacks on a thread of its own, if there is a gzip to unpack; call before the first read or peek.
 */
void input_read_ahead(struct input *input);

/* Packed bytes consumed so far, for the progress line; safe to ask from another thread. */
uint64_t input_position(const struct input *input);
/* Size on disk in bytes; 0 when not known. */
uint64_t input_size(const struct input *input);

/*
 * SHA-256 (libmd) is kept of all unpacked bytes from here on; call before the first input_read().
 */
void input_want_digest(struct input *input);
/* The digest of all that was read; only after input_read() told the end and input_want_digest(). */
void input_digest(struct input *input, unsigned char digest[DIGEST_BYTES]);
/* Opens, reads and digests a whole input. */
bool input_digest_file(const char *path, unsigned char digest[DIGEST_BYTES], struct error *err);
/* A cheap number that equal unpacked contents share, packed or not: made of their first bytes. */
bool input_size_hint(const char *path, uint64_t *hint, struct error *err);

/*
 * Copies what can't be read twice into an unlinked temporary file ($TMPDIR): on success *path
 * names it ("/dev/fd/N", owned, free()) and *fd (owned, close() when done) keeps it alive.  A
 * regular file or a directory: *path a copy of the name, *fd -1.
 */
bool input_spool(const char *name, char **path, int *fd, struct error *err);

/*
 * The whole of a small input (at most `limit` bytes unpacked; more is ERROR_LIMIT), owned, NUL
 * behind it.
 */
bool input_slurp(const char *path, size_t limit, char **bytes, size_t *length, struct error *err);

#endif
