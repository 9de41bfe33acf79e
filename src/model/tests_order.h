/*
 * The share of test cases in putting a report into order: for model/order.c alone.
 */
#ifndef MUSTER_MODEL_TESTS_ORDER_H
#define MUSTER_MODEL_TESTS_ORDER_H

#include "model/tests.h"

/* Suites that hold no case go. */
void tests_drop_suites(struct tests *tests);
/* Reports by lane, name and content, with their tables beside them in that order. */
void tests_order(struct tests *tests);

#endif
