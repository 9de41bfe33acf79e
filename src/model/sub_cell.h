/*
 * Sub-cells of a test in a cell: suites that differ in hostname, package or id (TESTS 2).
 */
#ifndef MUSTER_MODEL_SUB_CELL_H
#define MUSTER_MODEL_SUB_CELL_H

#include "base/strbuf.h"
#include "model/report.h"

/* All fields, a bit each. */
#define SUB_CELL_ALL	7u

/* The fields in which two suites (index + 1; 0: none) differ. */
unsigned sub_cell_difference(const struct report *report, uint32_t a, uint32_t b);
/* Sets `out` to the name of the lane's cell and, with "/" between, what these fields of a suite say. */
void sub_cell_name(const struct report *report, uint32_t lane, uint32_t suite, unsigned fields,
    struct strbuf *out);

#endif
