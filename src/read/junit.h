/*
 * Reads JUnit XML of every producer (TESTS), and the XML that Check itself writes, into the tests of a report.
 */
#ifndef MUSTER_READ_JUNIT_H
#define MUSTER_READ_JUNIT_H

#include "read/reader.h"

/* Check's own namespace. */
#define CHECK_NAMESPACE	"http://check.sourceforge.net/ns"

extern const struct reader reader_junit;
extern const struct reader reader_check;

#endif
