/*
 * The parts of reading a configuration: blocks, and what they share with the options.  Between
 * config*.c only.
 */
#ifndef MUSTER_CLI_CONFIG_BLOCKS_H
#define MUSTER_CLI_CONFIG_BLOCKS_H

#include "base/suggest.h"
#include "base/yaml.h"
#include "cli/options.h"

/* A configuration being read; every text of the tree is owned by the settings' arena. */
struct config {
	const char *name;	/* of the file, for messages */
	const char *base;	/* what leads to the root */
	struct settings *settings;
	struct error *err;
};

/* Each of these fails with the place of its value. */
bool config_stages(struct config *config, const struct yaml *block);
bool config_components(struct config *config, const struct yaml *block);
/* `scope`: "stage:NAME", a component; empty: the value's own maps may name scopes. */
bool config_fail_under(struct config *config, struct str scope, const struct yaml *value);
bool config_colours(struct config *config, const struct option *option, const struct yaml *map);

bool config_wants(struct config *config, const struct yaml *value, enum yaml_kind kind);
bool config_flag(struct config *config, const struct yaml *value, bool *out);
/* Gives an option a text; `value` is what errors are about. */
bool config_set(
    struct config *config, const struct option *option, const struct yaml *value, struct str text);
/* "unknown WHAT 'key'; did you mean ...". */
bool config_unknown(
    struct config *config, const struct yaml *member, const char *what, struct suggestion *near);
/* A path of the file, relative to the root, as seen from the working directory. */
const char *config_path(struct config *config, struct str text, bool pattern);

#endif
