/*
 * Text from inputs made safe for each output language: the only door through which it leaves.
 */
#ifndef MUSTER_RENDER_ESCAPE_H
#define MUSTER_RENDER_ESCAPE_H

#include "base/strbuf.h"

/*
 * For a terminal: control characters, line separators, bidirectional and invisible format characters and bytes that
 * are no characters become visible ("\n", "\x1b", "\u202e", "\xff").  The result is one line of valid UTF-8.
 */
void escape_terminal(struct strbuf *out, struct str s);

#endif
