/*
 * The change that a run judges: --diff, else --diff-base, else that of the pull request which the
 * job is of, by the history that is here or by the server that is published to (GITHUB 6).
 */
#ifndef MUSTER_CLI_CHANGES_H
#define MUSTER_CLI_CHANGES_H

#include "base/strbuf.h"
#include "cli/publishing.h"
#include "judge/patch.h"

/* Zeroed: none is known. */
struct changes {
	struct diff diff;
	bool known;
	struct strbuf compared;	/* in words */
	struct strbuf below;	/* the root below the top of the work tree: "" or "pkg/" */
};

/* Where it is looked for; all borrowed. */
struct changes_from {
	const struct settings *settings;
	const char *root;
	struct publishing *publishing;
	struct audit *audit;
};

/*
 * Reads the change, before any report.  One that was asked for and can't be had is ERROR_USAGE;
 * where only the environment tells of a pull request, a note in the audit says why it is not known.
 */
bool changes_load(struct changes *changes, const struct changes_from *from, struct error *err);
/* As judge/patch.h takes it; borrowed. */
struct change_given changes_given(const struct changes *changes, const struct settings *settings);
void changes_release(struct changes *changes);

#endif
