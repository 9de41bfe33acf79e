/*
 * Reading JSON (base/json_out.h prints it): thin helpers over cJSON that close its traps.  Texts are bounded by their caller (LIMIT_CONFIG_BYTES),
 * nesting by cJSON's own limit of 1000; only valid UTF-8 is read, and no string with a NUL, which cJSON would cut.
 */
#ifndef MUSTER_BASE_JSON_H
#define MUSTER_BASE_JSON_H

#include "base/error.h"
#include "base/str.h"

struct cJSON;

/* Parses a whole text, nothing but white space behind it.  *out is owned: json_free().  Failure: ERROR_DAMAGED with the line. */
bool json_parse(struct str text, struct cJSON **out, struct error *err);
void json_free(struct cJSON *json);

bool json_is_object(const struct cJSON *json);
/* The first child of an object or array, and the one behind another; NULL at the end. */
const struct cJSON *json_first(const struct cJSON *json);
const struct cJSON *json_next(const struct cJSON *child);
/* The name under which a child stands in its object; empty in an array. */
struct str json_name(const struct cJSON *child);
/* The member of exactly this name, NULL when there is none or more than one. */
const struct cJSON *json_member(const struct cJSON *object, const char *name);
/* The text of a string; false for anything else, NULL too. */
bool json_string(const struct cJSON *json, struct str *out);
/* The value behind names parted by dots ("head.sha"), by the rule of json_member(); NULL: none. */
const struct cJSON *json_at(const struct cJSON *json, const char *path);
/* A whole number from 0 to 2^53, which a double holds exactly; false for anything else, NULL too. */
bool json_u64(const struct cJSON *json, uint64_t *out);
bool json_is_true(const struct cJSON *json);
bool json_is_array(const struct cJSON *json);

#endif
