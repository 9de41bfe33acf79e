/*
 * Text made safe for HTML, in content and in quoted attributes, and JSON for script files: the only doors through which
 * text from inputs enters the report.
 */
#ifndef MUSTER_RENDER_HTML_ESCAPE_H
#define MUSTER_RENDER_HTML_ESCAPE_H

#include "base/strbuf.h"

/*
 * A template_escape.  What HTML can't hold is shown instead: controls as their pictures (U+2400 ...), bytes that are
 * no characters as U+FFFD; characters that change the direction of their neighbours as "[U+202E]".
 */
void html_escape(struct strbuf *out, struct str text);
/* JSON in a script: `<` and line separators inside its strings are written as \u003c ..., so that no markup begins. */
void html_escape_script(struct strbuf *out, struct str json);

#endif
