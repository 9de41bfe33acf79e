/*
 * Reads LCOV tracefiles of version 1 and 2 (COVERAGE 8) into an intake.
 */
#ifndef MUSTER_READ_LCOV_H
#define MUSTER_READ_LCOV_H

#include "read/reader.h"

extern const struct reader reader_lcov;

#endif
