/* The history's small services. */
#include "model/history.h"

#include <stdlib.h>

enum { SPARK_LOWEST = 0x2581, SPARK_STEPS = 8 };

/* The lowest and the highest percentage of all points, in hundredths; false without any. */
static bool
bounds(const struct history *history, uint32_t *low, uint32_t *high)
{
	*low = UINT32_MAX;
	*high = 0;
	for (size_t i = 0; i < history->point_count; i++) {
		uint32_t percent = ratio_hundredths(history->points[i].lines);

		if (!history->points[i].lines.total)
			continue;
		*low = percent < *low ? percent : *low;
		*high = percent > *high ? percent : *high;
	}
	return *low <= *high;
}

void
history_spark(const struct history *history, struct strbuf *out)
{
	uint32_t low, high;

	if (!bounds(history, &low, &high))
		return;
	for (size_t i = 0; i < history->point_count; i++) {
		struct ratio lines = history->points[i].lines;
		uint32_t above = ratio_hundredths(lines) - low;
		uint32_t step =
		    high > low ? above * (SPARK_STEPS - 1) / (high - low) : SPARK_STEPS / 2;

		if (lines.total)
			strbuf_add_utf8(out, SPARK_LOWEST + step);
		else
			strbuf_add_char(out, ' ');
	}
}

void
history_clear(struct history *history)
{
	free(history->failing.items);
	free(history->flaky.items);
	free(history->slower.items);
	arena_clear(&history->arena);
	*history = (struct history){0};
}
