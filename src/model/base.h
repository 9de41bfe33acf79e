/*
 * What an earlier run knew, for this one to be compared with: all that a snapshot holds, or the
 * little of a JSON result.
 */
#ifndef MUSTER_MODEL_BASE_H
#define MUSTER_MODEL_BASE_H

#include "model/result.h"

/* A failing test of a JSON result; texts are of its base's arena. */
struct base_failing {
	struct str stage;
	struct str container;
	struct str name;
	struct str file;
};

/*
 * `whole`: it was a snapshot, whose report is measured like the run's own.  Otherwise the result
 * holds totals, components, files (of numbers alone) and stages (how many tests they had) of a JSON
 * result, and nothing else but what failed. A zeroed struct is an earlier run that knew nothing.
 */
struct base {
	const char *name; /* as given; borrowed */
	bool whole;
	struct report report;
	/* its verdict is of no meaning: gates come from the run that judges */
	struct result result;
	struct base_failing *failing;
	size_t failing_count;
	size_t failing_capacity;
	struct arena arena;
};

void base_clear(struct base *base);

#endif
