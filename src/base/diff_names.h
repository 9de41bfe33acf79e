/*
 * The names in the head of a file in a unified diff: quoting, prefixes, time stamps.  For diff*.c
 * alone.
 */
#ifndef MUSTER_BASE_DIFF_NAMES_H
#define MUSTER_BASE_DIFF_NAMES_H

#include "base/diff.h"

/*
 * What the lines before a file's first hunk say; s is NULL where they don't.  Texts are borrowed
 * from the arena or the diff.
 */
struct diff_head {
	bool git;		/* it began with "diff --git" */
	struct str both;	/* what stands behind that */
	struct str old_name;	/* of "---", prefix included */
	struct str new_name;	/* of "+++" */
	struct str from;	/* of "rename from" and "copy from": without prefix */
	struct str to;
	bool created;
	bool deleted;
	bool copied;
	bool binary;
	bool submodule;
};

/*
 * The name at the start of `text`: unquoted, or up to the last tab, behind which diff -u has the
 * time.  False for broken quoting and for names past LIMIT_DIFF_NAME.
 */
bool diff_name(struct arena *arena, struct str text, struct str *out);
/* The two paths of a file, each "" where there is none; both "" when the head does not tell. */
void diff_paths(
    struct arena *arena, const struct diff_head *head, struct str *old_path, struct str *path);

#endif
