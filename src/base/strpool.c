/* Interned strings. */
#include "base/strpool.h"

#include "base/mem.h"

#include <stdlib.h>
#include <sys/auxv.h>

/* Multiplies to 128 bits and folds: no difference between two inputs survives that by design. */
static uint64_t
mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Of this process alone, so that no report can be made of names that all fall into one slot. */
static uint64_t
process_seed(void)
{
	const void *random = (const void *)getauxval(AT_RANDOM);
	uint64_t value = 0;

	if (random)
		memcpy(&value, random, sizeof(value));
	return value | 1;
}

static uint32_t
hash_of(uint64_t seed, struct str s)
{
	uint64_t hash = seed ^ s.length, word;

	for (; s.length >= 8; s = (struct str){s.s + 8, s.length - 8}) {
		memcpy(&word, s.s, 8);
		hash = mix(hash ^ word, seed ^ 0x9e3779b97f4a7c15u);
	}
	word = 0;
	if (s.length)
		memcpy(&word, s.s, s.length);
	hash = mix(hash ^ word, seed ^ 0xc4ceb9fe1a85ec53u);
	return (uint32_t)(hash ^ hash >> 32);
}

/* Of the bits that choose no slot, and never 0. */
static uint8_t
tag_of(uint32_t hash)
{
	return (uint8_t)(hash >> 24 | 1);
}

/* The slot that holds `s`, or the free one where it belongs. */
static size_t
slot_of(const struct strpool *pool, struct str s, uint32_t hash)
{
	size_t mask = pool->slot_count - 1;
	size_t slot = hash & mask;

	for (; pool->tags[slot]; slot = (slot + 1) & mask) {
		const struct strpool_entry *entry;

		if (pool->tags[slot] != tag_of(hash))
			continue;
		entry = &pool->entries[pool->slots[slot] - 1];
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
	uint8_t *tags = mem_zalloc(count, sizeof(*tags));

	for (size_t i = 0; i < pool->count; i++) {
		size_t slot = pool->entries[i].hash & (count - 1);

		while (tags[slot])
			slot = (slot + 1) & (count - 1);
		slots[slot] = (uint32_t)(i + 1);
		tags[slot] = tag_of(pool->entries[i].hash);
	}
	free(pool->slots);
	free(pool->tags);
	pool->seed = process_seed();
	pool->slots = slots;
	pool->tags = tags;
	pool->slot_count = count;
}

struct strpool_key
strpool_prepare(struct strpool *pool, struct str s)
{
	struct strpool_key key = {s, 0};

	if ((pool->count + 1) * 4 > pool->slot_count * 3)
		rehash(pool);
	key.hash = hash_of(pool->seed, s);
	__builtin_prefetch(&pool->tags[key.hash & (pool->slot_count - 1)]);
	__builtin_prefetch(&pool->slots[key.hash & (pool->slot_count - 1)], 1);
	return key;
}

uint32_t
strpool_add_key(struct strpool *pool, const struct strpool_key *key)
{
	size_t slot;

	if (!key->s.length)
		return 0;
	if ((pool->count + 1) * 4 > pool->slot_count * 3)
		rehash(pool);
	slot = slot_of(pool, key->s, key->hash);
	if (pool->tags[slot])
		return pool->slots[slot];
	MEM_GROW(pool->entries, pool->capacity, pool->count + 1);
	pool->entries[pool->count++] = (struct strpool_entry){
	    arena_string(&pool->arena, key->s), (uint32_t)key->s.length, key->hash};
	pool->slots[slot] = (uint32_t)pool->count;
	pool->tags[slot] = tag_of(key->hash);
	return (uint32_t)pool->count;
}

uint32_t
strpool_add(struct strpool *pool, struct str s)
{
	struct strpool_key key;

	if (!s.length)
		return 0;
	key = strpool_prepare(pool, s);
	return strpool_add_key(pool, &key);
}

uint32_t
strpool_find(const struct strpool *pool, struct str s)
{
	if (!s.length || !pool->slot_count)
		return 0;
	return pool->slots[slot_of(pool, s, hash_of(pool->seed, s))];
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
	free(pool->tags);
	*pool = (struct strpool){0};
}
