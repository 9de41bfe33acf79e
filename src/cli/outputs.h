/*
 * -o [FORMAT:]TARGET: which writer goes where, how it is to look, and writing them all.
 */
#ifndef MUSTER_CLI_OUTPUTS_H
#define MUSTER_CLI_OUTPUTS_H

#include "cli/settings.h"

/* Parses one -o (`value` NUL-terminated, borrowed).  An unknown format, a name that means none: ERROR_USAGE. */
bool output_request_parse(struct str value, struct output_request *out, struct error *err);
/* Whether the outputs can stand together: no two of them at one place. */
bool outputs_check(const struct settings *settings, struct error *err);
/* Whether any of them is a snapshot. */
bool outputs_pack(const struct settings *settings);
/*
 * Writes every output (text on standard output when nothing was asked for, unless quiet), however many fail; each
 * failure is said.  False when any did.
 */
bool outputs_write(const struct settings *settings, struct str root, const struct result *result);
/* Whether text on standard output is to be coloured, by --color, NO_COLOR and the terminal. */
bool outputs_colour(enum colour_when when, const char *target);

#endif
