/*
 * Stages and cells of one report or of many merged, and sets of them.  A lane is one cell of one stage; the
 * unlabelled cell has the empty name.  A pattern is the pair (lanes that could run a line, lanes that did),
 * interned, so that a line costs four bytes for any number of stages.  Ids are by arrival: order by names.
 */
#ifndef MUSTER_MODEL_LANES_H
#define MUSTER_MODEL_LANES_H

#include "base/arena.h"
#include "base/strpool.h"

#include <stdbool.h>
#include <stdint.h>

struct lane {
	uint32_t stage;		/* index into stages */
	uint32_t cell;		/* string id of the pool given to the functions below; 0: unlabelled */
};

/* Both sets as ascending lane ids; did is a subset of could. */
struct pattern {
	const uint32_t *could;
	const uint32_t *did;
	uint32_t could_count;
	uint32_t did_count;
	uint32_t hash;
};

struct lanes {
	uint32_t *stages;	/* string ids of stage names */
	size_t stage_count;
	size_t stage_capacity;
	struct lane *lanes;
	size_t lane_count;
	size_t lane_capacity;
	struct arena arena;
	struct pattern *patterns;	/* [0] is the empty pattern, made by the first lanes_pattern() */
	size_t pattern_count;
	size_t pattern_capacity;
	uint32_t *slots;	/* hash table over patterns: id + 1 */
	size_t slot_count;
};

uint32_t lanes_stage(struct lanes *lanes, uint32_t stage_name);
uint32_t lanes_lane(struct lanes *lanes, uint32_t stage_name, uint32_t cell_name);
/* The id of a pattern of ascending sets, added when new. */
uint32_t lanes_pattern(struct lanes *lanes, const uint32_t *could, size_t could_count,
    const uint32_t *did, size_t did_count);
/* The id of the union of two patterns. */
uint32_t lanes_union(struct lanes *lanes, uint32_t a, uint32_t b);
/* Whether any lane of `stage` could (did) run it. */
bool lanes_stage_could(const struct lanes *lanes, uint32_t pattern, uint32_t stage);
bool lanes_stage_did(const struct lanes *lanes, uint32_t pattern, uint32_t stage);
void lanes_clear(struct lanes *lanes);

#endif
