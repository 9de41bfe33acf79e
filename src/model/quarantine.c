/* The way back of a quarantine. */
#include "model/quarantine.h"

#include <stdlib.h>

void
quarantine_clear(struct quarantine *quarantine)
{
	free(quarantine->entries);
	free(quarantine->failing);
	arena_clear(&quarantine->arena);
	*quarantine = (struct quarantine){0};
}
