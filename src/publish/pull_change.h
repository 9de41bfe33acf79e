/*
 * What a pull request changes, as the server tells it: for a job without history, and for one
 * without a checkout (GITHUB 6).
 */
#ifndef MUSTER_PUBLISH_PULL_CHANGE_H
#define MUSTER_PUBLISH_PULL_CHANGE_H

#include "base/diff.h"
#include "model/audit.h"
#include "publish/publisher.h"

/* Where the answer goes; all borrowed. */
struct pull_change {
	struct diff *diff;		/* empty before */
	struct strbuf *compared;	/* whose it is, in words */
	struct audit *audit;		/* what the server leaves out */
	bool search;			/* look for a pull request where the environment names none */
};

enum pull_change_end {
	PULL_CHANGE_KNOWN,
	PULL_CHANGE_NONE,	/* the run is of no one pull request, as far as is known */
	PULL_CHANGE_UNKNOWN,	/* `err` says why; the diff is empty */
};

/*
 * Asks for the change of the pull request that the run is of, which must be at our head, since a
 * later head has other lines.  The lines of a file that the server leaves out make it opaque.
 */
enum pull_change_end pull_change(struct publication *publication,
    const struct publish_settings *settings, const struct pull_change *out, struct error *err);

#endif
