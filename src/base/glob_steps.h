/*
 * What a pattern is compiled into: the common ground of glob.c, glob_compile.c and glob_walk.c,
 * and of nobody else.
 */
#ifndef MUSTER_BASE_GLOB_STEPS_H
#define MUSTER_BASE_GLOB_STEPS_H

#include "base/glob.h"

#include <stdint.h>

enum { GLOB_SLOTS = 2 * GLOB_CAPTURES };

/* All that take a character go on to the step behind them. */
enum glob_step_kind {
	STEP_CHARACTER,	/* takes the character `value` */
	STEP_ANY,	/* takes any character but '/' */
	STEP_DEEP,	/* takes any character */
	STEP_SET,	/* takes a character of the set `value` */
	STEP_SPLIT,	/* goes on at `value`, or else at `other` */
	STEP_JUMP,	/* goes on at `value` */
	STEP_SAVE,	/* keeps the position in the slot `value` */
	STEP_MATCH,	/* the end */
};

struct glob_step {
	enum glob_step_kind kind;
	uint32_t value;
	uint32_t other;
};

struct glob_range {
	uint32_t first;
	uint32_t last;
};

struct glob_set {
	uint32_t first;		/* of the ranges */
	uint32_t count;
	bool negated;
};

struct glob {
	char *text;		/* the pattern */
	struct str head;	/* what every match starts with: part of text */
	struct str tail;	/* what every match ends with: part of text */
	bool literal;		/* the head is all there is */
	bool captures;		/* there is a STEP_SAVE */
	struct glob_step *steps;
	struct glob_set *sets;
	struct glob_range *ranges;
	size_t step_count;
	size_t step_capacity;
	size_t set_count;
	size_t set_capacity;
	size_t range_count;
	size_t range_capacity;
};

/* The character at the start of a text that is not empty; returns its length in bytes. */
size_t glob_character(struct str s, uint32_t *c);
/* Whether a path that starts with these bytes ("a/b/") can fit. */
bool glob_leads_below(const struct glob *glob, struct str folder);

#endif
