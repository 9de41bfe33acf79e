/*
 * What the comment says and what of it counts as news; for comment.c and its tests.
 */
#ifndef MUSTER_PUBLISH_COMMENT_H
#define MUSTER_PUBLISH_COMMENT_H

#include "model/result.h"
#include "publish/marker.h"

/* The text without its <sub> line, which tells of the run and not of the result (GITHUB 3.2). */
struct str comment_shown(struct str text);
/* The SHA-256 of verdict, totals and failing tests (GITHUB 3.4). */
void comment_state(const struct result *result, char out[DIGEST_HEX]);

#endif
