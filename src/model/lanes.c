/* Stages, cells and interned pairs of lane sets. */
#include "model/lanes.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

uint32_t
lanes_stage(struct lanes *lanes, uint32_t stage_name)
{
	for (size_t i = 0; i < lanes->stage_count; i++)
		if (lanes->stages[i] == stage_name)
			return (uint32_t)i;
	MEM_GROW(lanes->stages, lanes->stage_capacity, lanes->stage_count + 1);
	lanes->stages[lanes->stage_count] = stage_name;
	return (uint32_t)lanes->stage_count++;
}

uint32_t
lanes_lane(struct lanes *lanes, uint32_t stage_name, uint32_t cell_name)
{
	struct lane lane = {lanes_stage(lanes, stage_name), cell_name};

	for (size_t i = 0; i < lanes->lane_count; i++)
		if (lanes->lanes[i].stage == lane.stage && lanes->lanes[i].cell == lane.cell)
			return (uint32_t)i;
	MEM_GROW(lanes->lanes, lanes->lane_capacity, lanes->lane_count + 1);
	lanes->lanes[lanes->lane_count] = lane;
	return (uint32_t)lanes->lane_count++;
}

static uint32_t
set_hash(uint32_t hash, const uint32_t *ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		hash = (hash ^ ids[i]) * 0x01000193u;
		hash ^= hash >> 15;
	}
	return (hash ^ (uint32_t)count) * 0x85ebca6bu;
}

static bool
set_equal(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
	return a_count == b_count && (!a_count || memcmp(a, b, a_count * sizeof(*a)) == 0);
}

static const uint32_t *
set_copy(struct lanes *lanes, const uint32_t *ids, size_t count)
{
	uint32_t *copy = arena_alloc(&lanes->arena, count * sizeof(*ids));

	if (count)
		memcpy(copy, ids, count * sizeof(*ids));
	return copy;
}

/* Keeps at least half of the slots free. */
static void
slots_grow(struct lanes *lanes)
{
	size_t count = lanes->slot_count ? lanes->slot_count * 2 : 16;

	free(lanes->slots);
	lanes->slots = mem_zalloc(count, sizeof(*lanes->slots));
	lanes->slot_count = count;
	for (size_t i = 0; i < lanes->pattern_count; i++) {
		size_t slot = lanes->patterns[i].hash & (count - 1);

		while (lanes->slots[slot])
			slot = (slot + 1) & (count - 1);
		lanes->slots[slot] = (uint32_t)i + 1;
	}
}

static uint32_t
pattern_add(struct lanes *lanes, const struct pattern *key)
{
	size_t slot;

	if ((lanes->pattern_count + 1) * 2 > lanes->slot_count)
		slots_grow(lanes);
	slot = key->hash & (lanes->slot_count - 1);
	for (; lanes->slots[slot]; slot = (slot + 1) & (lanes->slot_count - 1)) {
		const struct pattern *p = &lanes->patterns[lanes->slots[slot] - 1];

		if (p->hash == key->hash &&
		    set_equal(p->could, p->could_count, key->could, key->could_count) &&
		    set_equal(p->did, p->did_count, key->did, key->did_count))
			return lanes->slots[slot] - 1;
	}
	MEM_GROW(lanes->patterns, lanes->pattern_capacity, lanes->pattern_count + 1);
	lanes->patterns[lanes->pattern_count] = *key;
	lanes->patterns[lanes->pattern_count].could = set_copy(lanes, key->could, key->could_count);
	lanes->patterns[lanes->pattern_count].did = set_copy(lanes, key->did, key->did_count);
	lanes->slots[slot] = (uint32_t)++lanes->pattern_count;
	return (uint32_t)lanes->pattern_count - 1;
}

uint32_t
lanes_pattern(struct lanes *lanes, const uint32_t *could, size_t could_count,
    const uint32_t *did, size_t did_count)
{
	struct pattern key = {
	    .could = could,
	    .did = did,
	    .could_count = (uint32_t)could_count,
	    .did_count = (uint32_t)did_count,
	};

	if (!lanes->pattern_count && could_count)
		lanes_pattern(lanes, NULL, 0, NULL, 0);
	key.hash = set_hash(set_hash(0x811c9dc5u, could, could_count), did, did_count);
	return pattern_add(lanes, &key);
}

/* The union of two ascending sets into `out`, which has room for both. */
static size_t
set_union(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count, uint32_t *out)
{
	size_t i = 0, j = 0, count = 0;

	while (i < a_count || j < b_count) {
		if (j == b_count || (i < a_count && a[i] < b[j]))
			out[count++] = a[i++];
		else if (i == a_count || b[j] < a[i])
			out[count++] = b[j++];
		else {
			out[count++] = a[i++];
			j++;
		}
	}
	return count;
}

uint32_t
lanes_union(struct lanes *lanes, uint32_t a, uint32_t b)
{
	const struct pattern *left = &lanes->patterns[a];
	const struct pattern *right = &lanes->patterns[b];
	size_t could_most = left->could_count + (size_t)right->could_count;
	size_t did_most = left->did_count + (size_t)right->did_count;
	uint32_t *ids = mem_zalloc(could_most + did_most, sizeof(*ids));
	size_t could = set_union(left->could, left->could_count, right->could, right->could_count, ids);
	size_t did = set_union(left->did, left->did_count, right->did, right->did_count, ids + could_most);
	uint32_t id = lanes_pattern(lanes, ids, could, ids + could_most, did);

	free(ids);
	return id;
}

static bool
set_has_stage(const struct lanes *lanes, const uint32_t *ids, size_t count, uint32_t stage)
{
	for (size_t i = 0; i < count; i++)
		if (lanes->lanes[ids[i]].stage == stage)
			return true;
	return false;
}

bool
lanes_stage_could(const struct lanes *lanes, uint32_t pattern, uint32_t stage)
{
	const struct pattern *p = &lanes->patterns[pattern];

	return set_has_stage(lanes, p->could, p->could_count, stage);
}

bool
lanes_stage_did(const struct lanes *lanes, uint32_t pattern, uint32_t stage)
{
	const struct pattern *p = &lanes->patterns[pattern];

	return set_has_stage(lanes, p->did, p->did_count, stage);
}

void
lanes_clear(struct lanes *lanes)
{
	arena_clear(&lanes->arena);
	free(lanes->stages);
	free(lanes->lanes);
	free(lanes->patterns);
	free(lanes->slots);
	*lanes = (struct lanes){0};
}
