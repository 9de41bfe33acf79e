/*
 * Points in time as reports write them (ISO 8601), without any clock or time zone of this machine.
 */
#ifndef MUSTER_BASE_TIMESTAMP_H
#define MUSTER_BASE_TIMESTAMP_H

#include "base/str.h"

#include <stdint.h>

/*
 * Seconds since 1970 of "2024-05-01T12:00:00", with a blank for the 'T', a fraction (left out), and "Z", "+02:00" or
 * "+0200" behind it; without a zone it is taken as UTC.  False for anything else, and for times before 1970.
 */
bool timestamp_parse(struct str text, uint64_t *seconds);

#endif
