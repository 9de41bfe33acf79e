/*
 * The types of option values: each parses one text strictly into its field of struct settings.
 */
#ifndef MUSTER_CLI_VALUES_H
#define MUSTER_CLI_VALUES_H

#include "base/error.h"
#include "base/str.h"

enum value_type {
	VALUE_FLAG,		/* bool */
	VALUE_ACTION,		/* enum action, by the option's number */
	VALUE_TEXT,		/* const char *, not empty */
	VALUE_PATH,		/* const char *, not empty: a file's name */
	VALUE_TEXTS,		/* struct strs */
	VALUE_NAMES,		/* struct strs, from a list with commas */
	VALUE_FORMAT,		/* const struct reader * */
	VALUE_STRIP,		/* struct path_rules */
	VALUE_MAP,		/* struct path_rules */
	VALUE_INCLUDE,		/* struct filter * */
	VALUE_EXCLUDE,		/* struct filter * */
	VALUE_FAIL_UNDER,	/* struct fail_unders */
	VALUE_UNTRACKED,	/* enum untracked_changes */
	VALUE_MAX_DROP,		/* struct max_drops */
	VALUE_LIMIT,		/* struct count_rule */
	VALUE_COUNT,		/* uint64_t, not 0 */
	VALUE_STAGE_COUNT,	/* struct count_rules */
	VALUE_DUPLICATES,	/* struct duplicates_rules */
	VALUE_STAGE_EXIT,	/* struct stage_exits */
	VALUE_OUTPUT,		/* struct output_requests */
	VALUE_JOBS,		/* unsigned */
	VALUE_COLOUR,		/* enum colour_when */
	VALUE_SECONDS,		/* uint64_t nanoseconds */
	VALUE_COLOURS,		/* struct colours */
	VALUE_SHELL,		/* enum shell */
	VALUE_PUBLISH,		/* unsigned, from a list with commas */
	VALUE_PULL,		/* uint64_t, not 0 */
	VALUE_SHA,		/* const char *, a whole commit id */
	VALUE_REPOSITORY,	/* const char *, OWNER/NAME */
	VALUE_COMMENT_WHEN,	/* enum comment_when */
	VALUE_TYPES
};

/* Whether giving an option of this type again adds to what is there; otherwise the last one holds. */
bool value_is_list(enum value_type type);
/* The sign between the two parts of a value that a configuration may write as a map; '\0': none. */
char value_pair_sign(enum value_type type);
/* The words that a value may be, with a NULL behind them; NULL: any. */
const char *const *value_words(enum value_type type);
/*
 * Parses `value` (NUL-terminated, borrowed for the life of the settings) into `target`.  ERROR_USAGE without the
 * option's name otherwise.  Not for VALUE_FLAG and VALUE_ACTION, which have no text.
 */
bool value_set(enum value_type type, void *target, struct str value, struct error *err);

#endif
