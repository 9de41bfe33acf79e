/* Memory that is there or ends the program. */
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
mem_check(void *p)
{
	if (!p) {
		fputs("muster: out of memory\n", stderr);
		abort();
	}
	return p;
}

static size_t
mem_bytes(size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		mem_check(NULL);
	return bytes ? bytes : 1;
}

void *
mem_alloc(size_t size)
{
	return mem_check(malloc(size ? size : 1));
}

void *
mem_zalloc(size_t count, size_t size)
{
	return mem_check(calloc(1, mem_bytes(count, size)));
}

void *
mem_resize(void *old, size_t count, size_t size)
{
	return mem_check(realloc(old, mem_bytes(count, size)));
}

void *
mem_copy(const void *bytes, size_t size)
{
	void *copy = mem_alloc(size);

	if (size)
		memcpy(copy, bytes, size);
	return copy;
}

char *
mem_string(const char *s, size_t length)
{
	char *copy = mem_alloc(length + 1);

	if (length)
		memcpy(copy, s, length);
	copy[length] = '\0';
	return copy;
}

void *
mem_grow(void *old, size_t *capacity, size_t need, size_t size)
{
	size_t more = *capacity + *capacity / 2 + 8;

	*capacity = need > more ? need : more;
	return mem_resize(old, *capacity, size);
}
