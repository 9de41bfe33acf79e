/*
 * Runs of a few words, for tests of what compares them.
 */
#ifndef MUSTER_TESTS_RUNS_H
#define MUSTER_TESTS_RUNS_H

#include "model/result.h"

/* Adds a coverage report of a stage, written as dump.h says. */
void run_cover(struct report *into, const char *stage, const char *text);
/*
 * Adds a test report of "container name status" parted by blanks, the status one of p f e s, '~'
 * behind it for flaky, then milliseconds.
 */
void run_tests(struct report *into, const char *stage, const char *text);
/* The same in a damaged report. */
void run_damaged_tests(struct report *into, const char *stage, const char *text);
/* Measures what was added. */
void run_measure(struct report *report, struct result *result);

#endif
