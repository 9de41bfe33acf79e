/*
 * Text from inputs made fit to be shown on one line.
 */
#ifndef MUSTER_BASE_VISIBLE_H
#define MUSTER_BASE_VISIBLE_H

#include "base/strbuf.h"

/*
 * Control characters, line separators, bidirectional and invisible format characters and bytes that
 * are no characters become visible ("\n", "\x1b", "\u202e", "\xff").  The result is one line of
 * valid UTF-8, and nothing in it is a command to a CI runner that reads it: "##[" and a "::" that
 * could come first in a line are taken apart (GITHUB 5).
 */
void visible_add(struct strbuf *out, struct str s);

#endif
