/*
 * Numbers that nobody can foresee, from the system: for names that must not meet another's, and for
 * waits.  Never for anything that shows in a result.
 */
#ifndef MUSTER_BASE_RANDOM_H
#define MUSTER_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

void random_bytes(void *bytes, size_t size);
/* A number from 0 to `bound` - 1, which must not be 0. */
uint64_t random_below(uint64_t bound);

#endif
