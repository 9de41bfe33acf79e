/*
 * The file of --quarantine, a YAML list of
 *
 *     - pattern: 'tests.test_api > test_upload*'
 *       stage: e2e
 *       reason: 'the sandbox resets connections'
 *       owner: '@platform'
 *       until: 2025-12-31
 *
 * Only the pattern is needed.  It is tried on the whole name of a test, alone and behind its
 * container with " > ", "::" or "." between; '*' and '?' stand for any characters, all else for
 * itself.  `until` is the last day, or second (UTC), on which the entry excuses.
 */
#ifndef MUSTER_JUDGE_QUARANTINE_H
#define MUSTER_JUDGE_QUARANTINE_H

#include "model/quarantine.h"
#include "model/result.h"

/*
 * Parses the text of the file of this name into the zeroed quarantine.  ERROR_USAGE with the place
 * otherwise.
 */
bool quarantine_parse(
    const char *name, struct str text, struct quarantine *quarantine, struct error *err);
/*
 * Finds what is in quarantine among the failing tests of a measured result whose timestamp is set.
 * Notes in the audit, under the file's name, which entries fit no test and which have expired.
 */
void quarantine_apply(const char *name, const struct result *result, struct quarantine *quarantine,
    struct audit *audit);
/* Whether a pattern fits a whole text, in time linear in their product. */
bool quarantine_fits(struct str pattern, struct str text);

#endif
