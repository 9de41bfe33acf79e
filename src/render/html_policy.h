/*
 * The Content-Security-Policy of a document with its style and script inside: both allowed by their digests alone.
 */
#ifndef MUSTER_RENDER_HTML_POLICY_H
#define MUSTER_RENDER_HTML_POLICY_H

#include "base/strbuf.h"

void html_policy(struct str style, struct str script, struct strbuf *out);

#endif
