/*
 * From the string ids of one pool to those of another, each string added to the other when first asked for.
 */
#ifndef MUSTER_MODEL_STRMAP_H
#define MUSTER_MODEL_STRMAP_H

#include "base/strpool.h"

struct string_map {
	struct strpool *to;
	const struct strpool *from;
	uint32_t *ids;		/* by id of `from`; 0: not yet asked for */
};

void string_map_begin(struct string_map *map, const struct strpool *from, struct strpool *to);
uint32_t string_map(struct string_map *map, uint32_t id);
void string_map_end(struct string_map *map);

#endif
