/*
 * What is worth a note at a place in the source: the failing tests (GITHUB 5).  Texts are as they
 * were read; whoever sends them makes them safe.
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

/* At most `most`, in the order of the result's lists; *left is how many there are beside. */
void spots_collect(const struct result *result, size_t most, struct spots *spots, size_t *left);
void spots_clear(struct spots *spots);

#endif
