/*
 * The verdict in few words, for titles and descriptions.
 */
#ifndef MUSTER_PUBLISH_HEADLINE_H
#define MUSTER_PUBLISH_HEADLINE_H

#include "base/strbuf.h"
#include "model/result.h"

/* "all 5 gates passed", "2 of 5 gates failed". */
void headline_add(struct strbuf *out, const struct result *result);
/* The headline with the numbers of the total, at most `most` bytes, cut between characters. */
void headline_describe(struct strbuf *out, const struct result *result, size_t most);
/* How many gates failed. */
size_t headline_failed(const struct result *result);
/* Keeps at most `most` bytes of valid UTF-8. */
void headline_cut(struct strbuf *text, size_t most);

#endif
