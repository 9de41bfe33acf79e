/*
 * What the command line and the configuration ask for, parsed and checked, before anything is read.
 */
#ifndef MUSTER_CLI_SETTINGS_H
#define MUSTER_CLI_SETTINGS_H

#include "base/arena.h"
#include "base/filter.h"
#include "cli/publish_options.h"
#include "judge/rules.h"
#include "merge/paths.h"
#include "render/renderer.h"

enum action { ACTION_RUN, ACTION_HELP, ACTION_VERSION, ACTION_LIST_FORMATS, ACTION_LIST_TEMPLATES, ACTION_INIT };
enum shell { SHELL_NONE, SHELL_BASH, SHELL_ZSH, SHELL_FISH };
enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* -o [FORMAT:]TARGET. */
struct output_request {
	const struct renderer *renderer;
	const char *target;	/* "-": standard output */
};

struct strs {
	struct str *items;
	size_t count;
	size_t capacity;
};

struct fail_unders {
	struct fail_under *items;
	size_t count;
	size_t capacity;
};

struct max_drops {
	struct max_drop *items;
	size_t count;
	size_t capacity;
};

struct count_rules {
	struct count_rule *items;
	size_t count;
	size_t capacity;
};

struct stage_exits {
	struct stage_exit *items;
	size_t count;
	size_t capacity;
};

struct path_rules {
	struct path_rule *items;
	size_t count;
	size_t capacity;
};

struct duplicates_rules {
	struct duplicate_rule *items;
	size_t count;
	size_t capacity;
};

/* A report that the configuration names for a stage: a file, directory or pattern. */
struct stage_report {
	struct str stage;
	struct str report;	/* as seen from the working directory */
	struct str written;	/* as it stands in the file */
};

struct stage_reports {
	struct stage_report *items;
	size_t count;
	size_t capacity;
};

struct components {
	struct component *items;
	size_t count;
	size_t capacity;
};

struct output_requests {
	struct output_request *items;
	size_t count;
	size_t capacity;
};

/* Texts are borrowed from whoever gave them (argv, the arena); lists and the filter are owned. */
struct settings {
	struct arena arena;		/* texts of the configuration */
	enum action action;
	enum shell completion;		/* --completion */
	const char *explain;		/* --explain; NULL: not asked */
	const char *config;		/* --config; NULL: the file at the root, if there is one */
	struct strs stage_order;	/* the stages of the configuration */
	struct stage_reports stage_reports;
	struct components components;
	struct strs reports;		/* [[STAGE[/CELL]=]REPORT]... as typed */
	const struct reader *format;	/* --format; NULL: told by content */
	const char *root;		/* NULL: found */
	struct path_rules path_rules;	/* --strip and --map */
	struct strs sources;
	struct filter *filter;
	const char *diff;		/* a file, "-" standard input, NULL */
	const char *diff_base;		/* NULL: by the environment */
	enum untracked_changes untracked_changes;
	struct fail_unders fail_unders;
	struct strs required_stages;
	struct count_rule max_failures;
	struct count_rules min_tests;
	struct count_rule max_skipped;
	struct count_rule max_flaky;
	struct duplicates_rules duplicates;
	const char *baseline;		/* a snapshot or JSON result; NULL: none */
	struct max_drops max_drops;
	const char *quarantine;		/* a file; NULL: none */
	const char *history;		/* a file; NULL: none */
	uint64_t history_keep;		/* runs */
	const char *needs;		/* a file, "-" standard input, NULL */
	bool needs_skipped_ok;
	struct stage_exits stage_exits;
	bool strict;
	bool allow_empty;
	struct output_requests outputs;
	struct publish_options publish;
	bool quiet;
	bool verbose;
	bool no_fast_path;
	unsigned jobs;			/* 0: the processors there are */
	enum colour_when colour;
	uint64_t slow_test;		/* nanoseconds */
	bool force_single;
	const char *templates;		/* a directory; NULL: those built in */
	struct colours {
		struct decimal green;
		struct decimal orange;
	} colours;
};

/* The defaults. */
void settings_init(struct settings *settings);
void settings_release(struct settings *settings);

#endif
