/*
 * An earlier JSON result (PRODUCT 2) as a baseline: its totals, components, files, and the tests
 * that failed.
 */
#ifndef MUSTER_READ_RESULT_JSON_H
#define MUSTER_READ_RESULT_JSON_H

#include "model/base.h"

/* Whether a file that begins so is meant as JSON. */
bool result_json_bid(struct str head);
/*
 * Fills the zeroed `base`, which stays empty on failure: ERROR_DAMAGED, or ERROR_FOREIGN for JSON
 * of another kind.
 */
bool result_json_read(struct str text, struct base *base, struct error *err);

#endif
