/*
 * What is worth a note at a place in the source: failing tests, and changed lines that nothing runs
 * (GITHUB 5).  Texts are as they were read; whoever sends them makes them safe.
 */
#ifndef MUSTER_PUBLISH_SPOTS_H
#define MUSTER_PUBLISH_SPOTS_H

#include "base/arena.h"
#include "model/result.h"

enum spot_level { SPOT_ERROR, SPOT_WARNING };

struct spot {
	enum spot_level level;
	struct str path;	/* below the root of the repository; empty: no place */
	uint32_t first;		/* lines; 0: of the file as a whole */
	uint32_t last;
	struct str title;
	struct str message;
};

/* A zeroed struct holds none. */
struct spots {
	struct arena arena;
	struct spot *items;
	size_t count;
	size_t capacity;
};

/* Adds at most `most` failing tests, in the result's order; returns how many there are beside. */
size_t spots_tests(const struct result *result, size_t most, struct spots *spots);
/* The same of uncovered ranges of the patch, by path and line. */
size_t spots_missing(const struct result *result, size_t most, struct spots *spots);
void spots_clear(struct spots *spots);

#endif
