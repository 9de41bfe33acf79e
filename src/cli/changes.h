/*
 * The change that a run judges: --diff, else --diff-base, else the base of the pull request that
 * the job is of (GITHUB 6).
 */
#ifndef MUSTER_CLI_CHANGES_H
#define MUSTER_CLI_CHANGES_H

#include "base/strbuf.h"
#include "cli/settings.h"
#include "judge/patch.h"

/* Zeroed: none is known. */
struct changes {
	struct diff diff;
	bool known;
	struct strbuf compared;	/* in words */
	struct strbuf below;	/* the root below the top of the work tree: "" or "pkg/" */
};

/*
 * Reads the change, before any report.  One that was asked for and can't be had is ERROR_USAGE;
 * where only the environment tells of a base, a note in `audit` says why it is not known.
 */
bool changes_load(struct changes *changes, const struct settings *settings, const char *root,
    struct audit *audit, struct error *err);
/* As judge/patch.h takes it; borrowed. */
struct change_given changes_given(const struct changes *changes, const struct settings *settings);
void changes_release(struct changes *changes);

#endif
