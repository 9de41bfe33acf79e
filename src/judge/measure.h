/*
 * From the merged report to the numbers of the result: totals, stages, components, files.
 */
#ifndef MUSTER_JUDGE_MEASURE_H
#define MUSTER_JUDGE_MEASURE_H

#include "judge/rules.h"
#include "model/result.h"

/*
 * Fills everything of `result` but the tests, the gates, the verdict and all_read; `report` stays borrowed by it.
 */
void measure(const struct report *report, const struct rules *rules, struct result *result);
/* After measure(): resolves the tests and fills their totals.  Notes go to `audit`, which may be the report's. */
void measure_tests(const struct rules *rules, struct result *result, struct audit *audit);
/* Whether a file belongs to a component. */
bool component_has(const struct component *component, struct str path);
/* "lines", "branches" ... and back; false when there is no such metric. */
const char *metric_name(enum metric metric);
bool metric_find(struct str name, enum metric *out);
/* The gate's view of a metric: branches count with their lower bound. */
struct ratio numbers_metric(const struct numbers *numbers, enum metric metric);

#endif
