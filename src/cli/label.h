/*
 * STAGE[/CELL]: how a lane is named on the command line (PRODUCT, Inputs).
 */
#ifndef MUSTER_CLI_LABEL_H
#define MUSTER_CLI_LABEL_H

#include "base/str.h"

/*
 * Reads a whole text as a label: word characters (non-ASCII letters too), '.', '-', '+' and blanks, not blanks alone, with an
 * optional /CELL of the same.  `cell` is empty without one.  False leaves both as they were.
 */
bool label_parse(struct str text, struct str *stage, struct str *cell);
/* Parts a text at the first (last) `sign`; false when it has none.  Neither part holds the sign. */
bool split_first(struct str text, char sign, struct str *head, struct str *tail);
bool split_last(struct str text, char sign, struct str *head, struct str *tail);

#endif
