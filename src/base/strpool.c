/* Interned strings. */
#include "base/strpool.h"

#include "base/mem.h"

#include <stdlib.h>

static uint32_t
hash_of(struct str s)
{
	uint64_t hash = 0x9e3779b97f4a7c15u ^ s.length;
	uint64_t word;

	for (; s.length >= 8; s = (struct str){s.s + 8, s.length - 8}) {
		memcpy(&word, s.s, 8);
		hash = (hash ^ word) * 0xff51afd7ed558ccdu;
		hash ^= hash >> 32;
	}
	for (size_t i = 0; i < s.length; i++)
		hash = (hash ^ (unsigned char)s.s[i]) * 0x100000001b3u;
	hash *= 0xc4ceb9fe1a85ec53u;
	return (uint32_t)(hash >> 32);
}

/* The slot that holds `s`, or the free one where it belongs. */
static size_t
slot_of(const struct strpool *pool, struct str s, uint32_t hash)
{
	size_t mask = pool->slot_count - 1;
	size_t slot = hash & mask;

	for (; pool->slots[slot]; slot = (slot + 1) & mask) {
		const struct strpool_entry *entry = &pool->entries[pool->slots[slot] - 1];

		if (entry->hash == hash && str_equal((struct str){entry->s, entry->length}, s))
			break;
	}
	return slot;
}

static void
rehash(struct strpool *pool)
{
	size_t count = pool->slot_count ? pool->slot_count * 2 : 64;
	uint32_t *slots = mem_zalloc(count, sizeof(*slots));

	for (size_t i = 0; i < pool->count; i++) {
		size_t slot = pool->entries[i].hash & (count - 1);

		while (slots[slot])
			slot = (slot + 1) & (count - 1);
		slots[slot] = (uint32_t)(i + 1);
	}
	free(pool->slots);
	pool->slots = slots;
	pool->slot_count = count;
}

uint32_t
strpool_add(struct strpool *pool, struct str s)
{
	uint32_t hash;
	size_t slot;

	if (!s.length)
		return 0;
	if ((pool->count + 1) * 4 > pool->slot_count * 3)
		rehash(pool);
	hash = hash_of(s);
	slot = slot_of(pool, s, hash);
	if (pool->slots[slot])
		return pool->slots[slot];
	MEM_GROW(pool->entries, pool->capacity, pool->count + 1);
	pool->entries[pool->count++] = (struct strpool_entry){
	    arena_string(&pool->arena, s), (uint32_t)s.length, hash};
	pool->slots[slot] = (uint32_t)pool->count;
	return (uint32_t)pool->count;
}

uint32_t
strpool_find(const struct strpool *pool, struct str s)
{
	if (!s.length || !pool->slot_count)
		return 0;
	return pool->slots[slot_of(pool, s, hash_of(s))];
}

struct str
strpool_get(const struct strpool *pool, uint32_t id)
{
	if (!id)
		return (struct str){"", 0};
	return (struct str){pool->entries[id - 1].s, pool->entries[id - 1].length};
}

void
strpool_clear(struct strpool *pool)
{
	arena_clear(&pool->arena);
	free(pool->entries);
	free(pool->slots);
	*pool = (struct strpool){0};
}
