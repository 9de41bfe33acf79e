/*
 * Names of tests without what differs from run to run (TESTS 2), for comparing runs; never shown.
 */
#ifndef MUSTER_JUDGE_TEST_NAMES_H
#define MUSTER_JUDGE_TEST_NAMES_H

#include "base/strbuf.h"

/*
 * Adds `name` with "*" in place of hex addresses, UUIDs, ISO times, folders of temporary files and
 * suffixes -YYYYMMDDhhmmss.  Whether anything was replaced.
 */
bool test_name_normalise(struct str name, struct strbuf *out);

#endif
