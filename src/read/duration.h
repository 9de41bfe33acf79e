/*
 * The time attributes of test reports, in every way that producers write them (TESTS R14), as integer nanoseconds.
 */
#ifndef MUSTER_READ_DURATION_H
#define MUSTER_READ_DURATION_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * "1.5", "1,234.50", "0,25", "1.5e-3", "PT1.5S", "00:01:02.500", rounded to the nearest nanosecond.  NaN, infinite,
 * negative, empty, past 292 years or anything else: false, and *nanoseconds is -1 (unknown).
 */
bool duration_parse(struct str text, int64_t *nanoseconds);

#endif
