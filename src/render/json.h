/*
 * The part of the JSON result about single tests (PRODUCT 2); between json*.c only.
 */
#ifndef MUSTER_RENDER_JSON_H
#define MUSTER_RENDER_JSON_H

#include "base/output.h"
#include "model/outcome.h"

/* Prints the member "tests" of the result, behind another. */
void json_tests(struct output *output, const struct outcome *outcome);

#endif
