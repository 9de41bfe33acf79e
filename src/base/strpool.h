/*
 * Interned strings: equal bytes get equal ids, so that the model compares and stores four bytes.
 * Ids are by arrival and mean nothing outside their pool: never sort or print by id.
 * A zeroed struct is an empty pool; id 0 is the empty string in every pool.
 */
#ifndef MUSTER_BASE_STRPOOL_H
#define MUSTER_BASE_STRPOOL_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

struct strpool_entry {
	const char *s;
	uint32_t length;
	uint32_t hash;
};

struct strpool {
	struct arena arena;
	struct strpool_entry *entries;	/* by id - 1 */
	size_t count;
	size_t capacity;
	uint32_t *slots;	/* open addressing: id, 0 = free; slot_count is a power of two */
	uint8_t *tags;		/* of the slots: part of the hash, 0 = free; what is searched stays in the cache */
	size_t slot_count;
	uint64_t seed;	/* of the hashes */
};

/* The id of these bytes (NULs included), added when new. */
uint32_t strpool_add(struct strpool *pool, struct str s);
/*
 * strpool_add() in two steps, for strings that are mostly new: between them the place is fetched while the caller does something
 * else.  The bytes must stay the same meanwhile.
 */
struct strpool_key {
	struct str s;
	uint32_t hash;
};
struct strpool_key strpool_prepare(struct strpool *pool, struct str s);
uint32_t strpool_add_key(struct strpool *pool, const struct strpool_key *key);
/* The id of these bytes, or 0 when the pool has none (also for the empty string). */
uint32_t strpool_find(const struct strpool *pool, struct str s);
/* The bytes of an id, NUL-terminated, borrowed for the life of the pool. */
struct str strpool_get(const struct strpool *pool, uint32_t id);
void strpool_clear(struct strpool *pool);

#endif
