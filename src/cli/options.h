/*
 * The one table of options.  It serves the command line, the configuration, --help, shell completion, the test of the
 * manual page, and whatever else needs to know what options there are.
 */
#ifndef MUSTER_CLI_OPTIONS_H
#define MUSTER_CLI_OPTIONS_H

#include "base/output.h"
#include "cli/settings.h"
#include "cli/values.h"

enum option_section { SECTION_INPUTS, SECTION_GATES, SECTION_OUTPUTS, SECTION_PUBLISHING,
	SECTION_MORE, OPTION_SECTIONS };

struct option {
	const char *name;	/* long name without the dashes */
	char letter;		/* '\0': none */
	const char *argument;	/* what --help calls the value; NULL: a flag */
	const char *help;	/* one line */
	enum option_section section;
	enum value_type type;
	size_t target;		/* offset of its field in struct settings */
	enum action action;	/* of VALUE_ACTION */
	bool line_only;		/* for the command line, not for a configuration */
};

/* The options in the order of --help; the last has no name. */
extern const struct option options[];

/* The option of this long name or NULL. */
const struct option *option_find(struct str name);
/* Gives an option its value (empty for a flag); errors begin with the option's name. */
bool option_set(const struct option *option, struct settings *settings, struct str value, struct error *err);
/*
 * Parses a command line into settings (settings_init() was called).  Stops at --help and its like.  ERROR_USAGE for
 * whatever is wrong, with the nearest name where one is mistyped.
 */
bool options_parse(struct settings *settings, int argc, char *const *argv, struct error *err);
/* The text of --help. */
void options_help(struct output *out);

#endif
