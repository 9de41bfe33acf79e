/* The comparison's small services. */
#include "model/comparison.h"

#include <stdlib.h>

const char *
test_change_name(enum test_change change)
{
	static const char *const names[TEST_CHANGES + 1] = {
	    [CHANGE_NEW_FAILURE] = "new failure",
	    [CHANGE_STILL_FAILING] = "still failing",
	    [CHANGE_FIXED] = "fixed",
	    [CHANGE_NEWLY_FLAKY] = "newly flaky",
	    [CHANGE_ADDED] = "added",
	    [CHANGE_REMOVED] = "removed",
	    [CHANGE_RENAMED] = "renamed",
	    [CHANGE_NEWLY_SKIPPED] = "newly skipped",
	    [CHANGE_UNSKIPPED] = "un-skipped",
	    [TEST_CHANGES] = "not comparable",
	};

	return names[change];
}

static bool
numbers_differ(const struct numbers_change *change)
{
	return change->lines.points || change->branches.points || change->functions.points;
}

static bool
stages_differ(const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->stage_count; i++)
		if (*comparison->stages[i].why_tests ||
		    (comparison->base->whole && *comparison->stages[i].why_lines))
			return true;
	return false;
}

bool
comparison_differs(const struct comparison *comparison)
{
	for (int change = 0; change < TEST_CHANGES; change++)
		if (change != CHANGE_STILL_FAILING && comparison->tests[change].count)
			return true;
	return stages_differ(comparison) || numbers_differ(&comparison->total) ||
	       comparison->gone_count || comparison->indirect_count;
}

void
lines_add(struct strbuf *out, const uint32_t *lines, size_t count)
{
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && lines[end] == lines[end - 1] + 1;)
			end++;
		strbuf_addf(out, i ? ",%u" : "%u", lines[i]);
		if (end > i + 1)
			strbuf_addf(out, "-%u", lines[end - 1]);
	}
}

void
comparison_clear(struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->indirect_count; i++) {
		free(comparison->indirect[i].lost);
		free(comparison->indirect[i].gained);
		free(comparison->indirect[i].stages);
	}
	for (int change = 0; change < TEST_CHANGES; change++)
		free(comparison->tests[change].items);
	free(comparison->components);
	free(comparison->files);
	free(comparison->gone);
	free(comparison->stages);
	free(comparison->indirect);
	free(comparison->failing);
	free(comparison->incomparable.ids);
	*comparison = (struct comparison){0};
}
