/*
 * What a run is told besides its own reports: the baseline, the history, the quarantine.
 */
#ifndef MUSTER_CLI_EARLIER_H
#define MUSTER_CLI_EARLIER_H

#include "base/tree.h"
#include "cli/settings.h"
#include "model/comparison.h"
#include "model/history.h"
#include "model/quarantine.h"

struct earlier {
	struct base base;
	bool broken; /* the baseline could not be read */
	struct comparison comparison;
	struct quarantine quarantine;
	struct history history;
};

/* Reads the quarantine, which is a part of the configuration: ERROR_USAGE when it is wrong. */
bool earlier_check(struct earlier *earlier, const struct settings *settings, struct error *err);
/*
 * Reads the baseline, which is an input: a failure is said, goes to the audit, and the run goes on.
 */
void earlier_read(struct earlier *earlier, const struct settings *settings, struct audit *audit);
/*
 * Finds the tests in quarantine and compares with the baseline, of a measured result whose
 * timestamp is set; ties what came of it to the result.
 */
void earlier_quarantine(struct earlier *earlier, const struct settings *settings,
    struct result *result, struct audit *audit);
void earlier_compare(struct earlier *earlier, const struct rules *rules, const struct tree *tree,
    struct result *result);
/*
 * Adds the judged result to the history and ties it to it.  A failure is said and changes nothing
 * else.
 */
void earlier_remember(struct earlier *earlier, const struct settings *settings, const char *root,
    struct result *result);
void earlier_release(struct earlier *earlier);

#endif
