/* The way back of what an earlier run knew. */
#include "model/base.h"

#include <stdlib.h>

void
base_clear(struct base *base)
{
	result_clear(&base->result);
	report_clear(&base->report);
	free(base->failing);
	arena_clear(&base->arena);
	*base = (struct base){0};
}
