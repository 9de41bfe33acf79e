/*
 * Looking for reports in directories: a named one by content, and around here by known names.
 */
#ifndef MUSTER_CLI_SEARCH_H
#define MUSTER_CLI_SEARCH_H

#include "cli/inputs.h"

/*
 * Adds every file below `path` that a reader bids on; false: there is none.  Other files are noted;
 * a directory that can't be read is an input that could not be read.
 */
bool search_directory(struct inputs *inputs, const struct settings *settings, const char *path,
    struct str stage, struct str cell);
/*
 * Adds the reports of known names below the working directory and says which.
 * Version control, installed packages and virtual environments are passed by.
 */
void search_around(struct inputs *inputs, const struct settings *settings);

#endif
