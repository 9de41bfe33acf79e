/*
 * Memory.  Running out of it ends the program with a message; in exchange every size that comes from
 * an input is bounded by a named limit (base/limits.h) before it gets here.
 */
#ifndef MUSTER_BASE_MEM_H
#define MUSTER_BASE_MEM_H

#include <stddef.h>

/* Uninitialised bytes, owned by the caller; never NULL, size 0 gives a pointer for free(). */
void *mem_alloc(size_t size);
/* `count` zeroed elements. */
void *mem_zalloc(size_t count, size_t size);
/* realloc() of `count` elements. */
void *mem_resize(void *old, size_t count, size_t size);
/* An owned copy of `size` bytes. */
void *mem_copy(const void *bytes, size_t size);
/* An owned, NUL-terminated copy of `length` bytes. */
char *mem_string(const char *s, size_t length);
/* The body of MEM_GROW: room for `need` elements, *capacity grows by half at least. */
void *mem_grow(void *old, size_t *capacity, size_t need, size_t size);

/* Makes room for `need` elements in the array `pointer` whose capacity is kept in `capacity` (a size_t). */
#define MEM_GROW(pointer, capacity, need) \
	((need) > (capacity) \
	    ? (void)((pointer) = mem_grow((pointer), &(capacity), (need), sizeof(*(pointer)))) \
	    : (void)0)

#endif
