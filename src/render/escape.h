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
/*
 * For XML 1.0: the content of an element, or of an attribute between double quotes, where white space is kept from
 * being normalised.  What XML cannot hold becomes U+FFFD, as where reports are read (TESTS 4).
 * References stand for ':' and '[' where they would make a command to a CI runner (GITHUB 5).
 */
void escape_xml_text(struct strbuf *out, struct str s);
void escape_xml_attribute(struct strbuf *out, struct str s);
/* For the rest of a line of text: bytes that are no characters and controls (but tabs) become U+FFFD. */
void escape_line(struct strbuf *out, struct str s);
/*
 * For a cell of a Markdown table (GITHUB 4): a number stays as it is, everything else becomes a code span, in which
 * nothing mentions, links or ends the cell.  At most ESCAPE_MARKDOWN_MOST characters, then an ellipsis.
 */
enum { ESCAPE_MARKDOWN_MOST = 200 };
void escape_markdown(struct strbuf *out, struct str s);
/*
 * As a fenced code block of at most `most` lines, its fence longer than any run of backticks inside; what is left
 * out is said.  Ends with a line end; nothing for an empty text.
 */
void escape_markdown_block(struct strbuf *out, struct str s, size_t most);

#endif
