/* Memory that is given back all at once. */
#include "base/arena.h"

#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>

enum { BLOCK_FIRST = 1024, BLOCK_LARGEST = 256 * 1024 };

struct arena_block {
	struct arena_block *next;
	max_align_t bytes[];
};

static char *
block_add(struct arena *arena, size_t size)
{
	struct arena_block *block = mem_alloc(sizeof(*block) + size);

	block->next = arena->blocks;
	arena->blocks = block;
	return (char *)block->bytes;
}

static void *
take(struct arena *arena, size_t size)
{
	char *bytes;

	if (size > arena->left) {
		if (size > BLOCK_LARGEST / 4)
			return block_add(arena, size);
		arena->block_size = arena->block_size ? arena->block_size * 2 : BLOCK_FIRST;
		if (arena->block_size > BLOCK_LARGEST)
			arena->block_size = BLOCK_LARGEST;
		if (arena->block_size < size)
			arena->block_size = BLOCK_LARGEST;
		arena->next = block_add(arena, arena->block_size);
		arena->left = arena->block_size;
	}
	bytes = arena->next;
	arena->next += size;
	arena->left -= size;
	return bytes;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	size_t align = _Alignof(max_align_t);
	size_t skip = arena->left % align;	/* blocks are aligned and of aligned size */

	if (skip) {
		arena->next += skip;
		arena->left -= skip;
	}
	return take(arena, size ? (size + align - 1) & ~(align - 1) : align);
}

char *
arena_string(struct arena *arena, struct str s)
{
	char *copy = take(arena, s.length + 1);

	if (s.length)
		memcpy(copy, s.s, s.length);
	copy[s.length] = '\0';
	return copy;
}

void
arena_clear(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
	*arena = (struct arena){0};
}
