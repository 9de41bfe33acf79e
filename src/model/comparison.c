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

bool
comparison_differs(const struct comparison *comparison)
{
	for (int change = 0; change < TEST_CHANGES; change++)
		if (change != CHANGE_STILL_FAILING && comparison->tests[change].count)
			return true;
	return numbers_differ(&comparison->total) || comparison->gone_count || comparison->indirect_count;
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
