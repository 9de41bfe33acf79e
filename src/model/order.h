/*
 * Putting the ids of a merged report into an order that only its content decides, so that a snapshot of it
 * is the same bytes however it was merged.
 */
#ifndef MUSTER_MODEL_ORDER_H
#define MUSTER_MODEL_ORDER_H

#include "model/report.h"

/*
 * Strings by bytes (those that nothing uses are dropped), stages and lanes by name, patterns by their sets, branch records by
 * those ids, sources and test reports by lane, name and content.
 */
void report_order(struct report *report);

#endif
