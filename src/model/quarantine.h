/*
 * Tests whose failures are known and excused from the tests gate for a while (TESTS R17); they stay
 * failed everywhere else.
 */
#ifndef MUSTER_MODEL_QUARANTINE_H
#define MUSTER_MODEL_QUARANTINE_H

#include "model/outcome.h"

/* Texts are of the quarantine's arena, "" where the file has none. */
struct quarantine_entry {
	struct str pattern;
	struct str stage; /* "" any */
	struct str reason;
	struct str owner;
	struct str until; /* as written */
	uint64_t expires; /* seconds since 1970, the last that counts; UINT64_MAX: never */
	unsigned line;    /* in the file */
	bool used;        /* it fits a test of the run */
	bool expired;     /* when the run took place */
};

/* Zeroed: nothing is in quarantine. */
struct quarantine {
	struct arena arena;
	struct quarantine_entry *entries; /* in the order of the file; owned */
	size_t count;
	size_t capacity;
	/* by place in the outcome's list of failing tests, NULL: none; owned */
	const struct quarantine_entry **failing;
	uint64_t excused; /* failing tests that an entry excuses */
};

void quarantine_clear(struct quarantine *quarantine);

#endif
