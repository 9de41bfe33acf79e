/*
 * What the comment says and what of it counts as news; for comment.c and its tests.
 */
#ifndef MUSTER_PUBLISH_COMMENT_H
#define MUSTER_PUBLISH_COMMENT_H

#include "model/result.h"
#include "publish/marker.h"

/*
 * Folds a text to its first lines: all behind the first paragraph goes into <details>, but a last
 * line in <sub> stays.  COMMENT_FOLD_BYTES are added at most.
 */
enum { COMMENT_FOLD_BYTES = 80 };
void comment_fold(struct strbuf *text);
/* The text without its <sub> line, which tells of the run and not of the result (GITHUB 3.2). */
struct str comment_shown(struct str text);
/* The SHA-256 of verdict, totals and failing tests (GITHUB 3.4). */
void comment_state(const struct result *result, char out[MARKER_HASH]);

#endif
