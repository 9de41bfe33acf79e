/* A growing run of bytes. */
#include "base/strbuf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIGITS_MOST = 20 };

/* The numbers below 100, two digits each. */
static const char pairs[] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
    "49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697"
    "9899";

char *
strbuf_grow(struct strbuf *buf, size_t more)
{
	MEM_GROW(buf->s, buf->capacity, buf->length + more + 1);
	buf->s[buf->length] = '\0';
	return buf->s + buf->length;
}

void
strbuf_add(struct strbuf *buf, const char *s, size_t length)
{
	char *end = strbuf_reserve(buf, length);

	if (length)
		memcpy(end, s, length);
	strbuf_commit(buf, length);
}

void
strbuf_add_str(struct strbuf *buf, struct str s)
{
	strbuf_add(buf, s.s, s.length);
}

void
strbuf_add_string(struct strbuf *buf, const char *s)
{
	strbuf_add(buf, s, strlen(s));
}

void
strbuf_add_char(struct strbuf *buf, char c)
{
	strbuf_add(buf, &c, 1);
}

static size_t
count_digits(uint64_t number)
{
	size_t count = 1;

	for (uint64_t limit = 10; count < DIGITS_MOST && number >= limit; limit *= 10)
		count++;
	return count;
}

void
strbuf_add_u64(struct strbuf *buf, uint64_t number)
{
	char *digits = strbuf_reserve(buf, DIGITS_MOST);
	size_t length = count_digits(number);
	size_t at = length;

	for (; number >= 100; number /= 100)
		memcpy(digits + (at -= 2), &pairs[number % 100 * 2], 2);
	if (at == 2)
		memcpy(digits, &pairs[number * 2], 2);
	else
		*digits = (char)('0' + number);
	strbuf_commit(buf, length);
}

void
strbuf_addf(struct strbuf *buf, const char *format, ...)
{
	va_list args, again;
	int need;

	va_start(args, format);
	va_copy(again, args);
	need = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (need > 0) {
		vsnprintf(strbuf_reserve(buf, (size_t)need), (size_t)need + 1, format, again);
		strbuf_commit(buf, (size_t)need);
	}
	va_end(again);
}

void
strbuf_add_utf8(struct strbuf *buf, unsigned c)
{
	char bytes[4];
	size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};

	for (size_t i = length - 1; i > 0; i--, c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3f));
	bytes[0] = (char)(lead[length] | c);
	strbuf_add(buf, bytes, length);
}

void
strbuf_truncate(struct strbuf *buf, size_t length)
{
	if (length >= buf->length)
		return;
	buf->length = length;
	buf->s[length] = '\0';
}

const char *
strbuf_string(const struct strbuf *buf)
{
	return buf->s ? buf->s : "";
}

struct str
strbuf_str(const struct strbuf *buf)
{
	return (struct str){strbuf_string(buf), buf->length};
}

char *
strbuf_take(struct strbuf *buf)
{
	char *s = buf->s ? buf->s : mem_string("", 0);

	*buf = (struct strbuf){0};
	return s;
}

void
strbuf_reset(struct strbuf *buf)
{
	strbuf_truncate(buf, 0);
}

void
strbuf_clear(struct strbuf *buf)
{
	free(buf->s);
	*buf = (struct strbuf){0};
}
