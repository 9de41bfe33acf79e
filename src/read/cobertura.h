/*
 * Reads Cobertura XML of every producer (COVERAGE 2, 5, 6) into an intake.
 */
#ifndef MUSTER_READ_COBERTURA_H
#define MUSTER_READ_COBERTURA_H

#include "read/reader.h"

extern const struct reader reader_cobertura;

#endif
