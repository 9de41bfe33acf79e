/*
 * .muster.yml: the options that a repository always wants, by their long names, and the blocks
 * `stages`, `components` and `colors` (PRODUCT, Configuration).
 */
#ifndef MUSTER_CLI_CONFIG_H
#define MUSTER_CLI_CONFIG_H

#include "cli/settings.h"

#define CONFIG_NAME ".muster.yml"

/*
 * Puts what --config, or else the file at the root, says into `settings`, which settings_init()
 * made; the command line is to be parsed into them afterwards, so that it overrides and adds.
 * `line` are the settings of the command line alone.  Paths in the file are relative to `root`
 * (real).  No file: nothing.  ERROR_USAGE with file, line and column otherwise.
 */
bool config_load(
    struct settings *settings, const struct settings *line, const char *root, struct error *err);
/*
 * What leads from the working directory to `root` (real): "", "../" or the root as given, with a
 * '/'; owned.
 */
char *config_base(const struct settings *line, const char *root);

#endif
