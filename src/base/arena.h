/*
 * Memory that is given back all at once.  A zeroed struct is an empty arena.
 */
#ifndef MUSTER_BASE_ARENA_H
#define MUSTER_BASE_ARENA_H

#include "base/str.h"

struct arena_block;

struct arena {
	struct arena_block *blocks;
	char *next;
	size_t left;
	size_t block_size;	/* of the last block; doubles up to a bound */
};

/* Uninitialised bytes aligned for any object, borrowed until arena_clear(). */
void *arena_alloc(struct arena *arena, size_t size);
/* A NUL-terminated copy, borrowed until arena_clear(). */
char *arena_string(struct arena *arena, struct str s);
void arena_clear(struct arena *arena);

#endif
