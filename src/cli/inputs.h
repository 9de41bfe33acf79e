/*
 * From [[STAGE[/CELL]=]REPORT]... to the list of files to read, each with its lane (PRODUCT, Inputs).
 */
#ifndef MUSTER_CLI_INPUTS_H
#define MUSTER_CLI_INPUTS_H

#include "cli/settings.h"
#include "read/reader.h"

/* The stage of what has no label. */
#define DEFAULT_STAGE STR("default")

/* Texts are borrowed from the inputs' arena or the settings. */
struct run_input {
	const char *name;	/* as given or found: for messages and outputs */
	char *path;		/* what is opened, maybe a spooled copy; NULL: can't be read; owned */
	int spool;		/* the descriptor that keeps a spooled copy alive, -1: none; owned */
	struct str stage;
	struct str cell;	/* empty: unlabelled */
	uint32_t attempt;	/* of the cell; 0: not said (TESTS R5) */
	const struct reader *reader;	/* NULL: to be told by content */
	struct error *error;	/* why it could not be read whole, NULL; owned */
};

struct inputs {
	struct arena arena;
	struct run_input *items;	/* by stage, cell, name: the order of arguments never shows */
	size_t count;
	size_t capacity;
	struct audit audit;	/* notes about files that are not read */
};

/* Whether the arguments can stand together: standard input can be read once, by a report or by --needs. */
bool inputs_check(const struct settings *settings, struct error *err);
/*
 * Expands the arguments; without any it looks around for reports of known names.  False (ERROR_USAGE) before anything
 * is read of a report; what can't be found or read becomes the error of its item.
 */
bool inputs_expand(struct inputs *inputs, const struct settings *settings, struct error *err);
/*
 * Drops coverage reports of a cell that a report of a later attempt replaces, with a notice (TESTS R5).  Test reports stay: what
 * failed before shows which tests are flaky.
 */
void inputs_drop_replaced(struct inputs *inputs);
/* Drops items with the same unpacked bytes in one lane but for the first by name, with a notice (COVERAGE 3.8). */
void inputs_drop_duplicates(struct inputs *inputs);
/* A new item of a lane ("default" for an empty stage); borrowed until the next one. */
struct run_input *inputs_add(struct inputs *inputs, struct str name, struct str stage, struct str cell);
/* Records that an item could not be read whole; the first error stays. */
void input_failed(struct run_input *input, const struct error *err);
void input_release(struct run_input *input);
void inputs_release(struct inputs *inputs);

#endif
