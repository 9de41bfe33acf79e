/*
 * The hidden first line of our comment (GITHUB 3.2): whose it is, which run wrote it and what of.
 * What is read of it comes from a comment that anyone may have edited.
 */
#ifndef MUSTER_PUBLISH_MARKER_H
#define MUSTER_PUBLISH_MARKER_H

#include "base/digest.h"
#include "base/strbuf.h"
#include "publish/environment.h"

/* Texts that are not hexadecimal digits are "". */
struct marker {
	uint64_t run;		/* 0: not known */
	uint64_t attempt;
	char sha[SHA_TEXT];
	char hash[DIGEST_HEX];		/* of what the comment shows */
	char state[DIGEST_HEX];	/* of what --comment-when changes looks at */
};

/* Adds the marker's line for a key (any text). */
void marker_add(struct strbuf *out, const char *key, const struct marker *marker);
/* Whether a comment begins with our marker for this key, and what it says. */
bool marker_parse(struct str comment, const char *key, struct marker *marker);
/* By run and attempt: < 0 when `a` is the older. */
int marker_compare(const struct marker *a, const struct marker *b);

#endif
