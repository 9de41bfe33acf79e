/*
 * Unpacking gzip bytes (RFC 1952) as they come: one member or several, zero padding behind the
 * last.
 */
#ifndef MUSTER_BASE_GUNZIP_H
#define MUSTER_BASE_GUNZIP_H

#include "base/error.h"
#include "base/str.h"

struct gunzip;

/* Whether these first bytes of a file announce gzip. */
bool gunzip_announced(struct str head);
/* An unpacker; owned: gunzip_free(). */
struct gunzip *gunzip_new(void);
void gunzip_free(struct gunzip *gunzip);
/*
 * Unpacks the start of *packed, which moves on, into at most `room` bytes; *made tells how many,
 * also on failure.  Stops when the room is full or *packed is empty.  Broken bytes, bytes that
 * are neither member nor padding: ERROR_DAMAGED.
 */
bool gunzip_feed(struct gunzip *gunzip, struct str *packed, char *out, size_t room, size_t *made,
    struct error *err);
/* Whether the bytes so far may be all: false within a member. */
bool gunzip_may_end(const struct gunzip *gunzip);

#endif
