/*
 * Reading all inputs on a pool of threads and merging them into one report.
 */
#ifndef MUSTER_CLI_GATHER_H
#define MUSTER_CLI_GATHER_H

#include "cli/reading.h"

/*
 * Reads every item.  Each worker merges what it read at once into a report of its own, so that it
 * never holds more than one that is not merged; those are merged at the end.  What could not be
 * read whole has the reason in its item.  With -v one thread keeps what is said in the order of the
 * inputs.
 */
void gather(
    struct inputs *inputs, const struct reading *reading, unsigned threads, struct report *out);

#endif
