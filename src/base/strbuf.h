/*
 * A growing run of bytes.  Invariant: s[length] is NUL whenever s is not NULL; a zeroed struct is an
 * empty buffer.
 */
#ifndef MUSTER_BASE_STRBUF_H
#define MUSTER_BASE_STRBUF_H

#include "base/str.h"

#include <stdint.h>

struct strbuf {
	char *s;
	size_t length;
	size_t capacity;
};

/* Room for `more` further bytes; returns where they go.  strbuf_commit() makes them count. */
char *strbuf_grow(struct strbuf *buf, size_t more);
static inline char *
strbuf_reserve(struct strbuf *buf, size_t more)
{
	return more < buf->capacity - buf->length ? buf->s + buf->length : strbuf_grow(buf, more);
}

static inline void
strbuf_commit(struct strbuf *buf, size_t added)
{
	buf->length += added;
	buf->s[buf->length] = '\0';
}

void strbuf_add(struct strbuf *buf, const char *s, size_t length);
/* The same, for those who add millions of small pieces. */
static inline void
strbuf_put(struct strbuf *buf, const char *s, size_t length)
{
	memcpy(strbuf_reserve(buf, length), s, length);
	strbuf_commit(buf, length);
}

void strbuf_add_str(struct strbuf *buf, struct str s);
void strbuf_add_string(struct strbuf *buf, const char *s);
void strbuf_add_char(struct strbuf *buf, char c);
void strbuf_addf(struct strbuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Decimal digits; quicker than strbuf_addf() where there are millions. */
void strbuf_add_u64(struct strbuf *buf, uint64_t number);
/* One code point as UTF-8. */
void strbuf_add_utf8(struct strbuf *buf, unsigned code_point);
/* Keeps the first `length` bytes; no more than there are. */
void strbuf_truncate(struct strbuf *buf, size_t length);
/* The content as a C string, never NULL; borrowed until the next change. */
const char *strbuf_string(const struct strbuf *buf);
/* The content, borrowed until the next change. */
struct str strbuf_str(const struct strbuf *buf);
/* Hands the bytes to the caller (owned) and leaves the buffer empty. */
char *strbuf_take(struct strbuf *buf);
/* Empty, memory kept. */
void strbuf_reset(struct strbuf *buf);
/* Gives the memory back; the struct is empty and can be used again. */
void strbuf_clear(struct strbuf *buf);

#endif
