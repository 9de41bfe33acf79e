/* From the string ids of one pool to those of another. */
#include "model/strmap.h"

#include "base/mem.h"

#include <stdlib.h>

void
string_map_begin(struct string_map *map, const struct strpool *from, struct strpool *to)
{
	*map = (struct string_map){.to = to, .from = from};
	map->ids = mem_zalloc(from->count + 1, sizeof(*map->ids));
}

uint32_t
string_map(struct string_map *map, uint32_t id)
{
	if (id && !map->ids[id])
		map->ids[id] = strpool_add(map->to, strpool_get(map->from, id));
	return map->ids[id];
}

void
string_map_end(struct string_map *map)
{
	free(map->ids);
	*map = (struct string_map){0};
}
