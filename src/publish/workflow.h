/*
 * What a GitHub runner reads in a step's output, and keeping everything else from looking like it
 * (GITHUB 5).
 */
#ifndef MUSTER_PUBLISH_WORKFLOW_H
#define MUSTER_PUBLISH_WORKFLOW_H

#include "base/strbuf.h"

/* A text with all but its line ends made visible (base/visible.h). */
void workflow_lines(struct strbuf *out, struct str text);
/* The message of a workflow command: any text, its lines kept. */
void workflow_message(struct strbuf *out, struct str text);
/* The value of a property of a workflow command. */
void workflow_property(struct strbuf *out, struct str text);
/* A text of many lines to be looked at: each behind "| ", so that the runner obeys none of them. */
void workflow_quote(struct strbuf *out, struct str text);

#endif
