/* The table of options, and the reading of a command line by it. */
#include "cli/options.h"

#include "base/mem.h"
#include "base/suggest.h"

#include <stdio.h>

#define FIELD(name) offsetof(struct settings, name)

const struct option options[] = {
    {"format", '\0', "NAME", "read every report as this format instead of asking its content",
     SECTION_INPUTS, VALUE_FORMAT, FIELD(format), ACTION_RUN, false},
    {"list-formats", '\0', NULL, "list the formats that are read and written",
     SECTION_INPUTS, VALUE_ACTION, FIELD(action), ACTION_LIST_FORMATS, true},
    {"config", '\0', "FILE", "configuration (default: .muster.yml at the root)",
     SECTION_INPUTS, VALUE_PATH, FIELD(config), ACTION_RUN, true},
    {"root", '\0', "DIR", "root of the repository (default: the git work tree around here)",
     SECTION_INPUTS, VALUE_PATH, FIELD(root), ACTION_RUN, true},
    {"strip", '\0', "PREFIX", "take PREFIX from the start of names in reports",
     SECTION_INPUTS, VALUE_STRIP, FIELD(path_rules), ACTION_RUN, false},
    {"map", '\0', "FROM=TO", "put TO in place of FROM at the start of names in reports",
     SECTION_INPUTS, VALUE_MAP, FIELD(path_rules), ACTION_RUN, false},
    {"source", '\0', "DIR", "folder that names in reports begin at, tried before the report's own",
     SECTION_INPUTS, VALUE_TEXTS, FIELD(sources), ACTION_RUN, false},
    {"include", '\0', "GLOB", "count only files whose path fits",
     SECTION_INPUTS, VALUE_INCLUDE, FIELD(filter), ACTION_RUN, false},
    {"exclude", '\0', "GLOB", "leave out files whose path fits",
     SECTION_INPUTS, VALUE_EXCLUDE, FIELD(filter), ACTION_RUN, false},
    {"on-duplicate", '\0', "[STAGE:]MODE", "a test listed twice is: separate (default), worst or retry",
     SECTION_INPUTS, VALUE_DUPLICATES, FIELD(duplicates), ACTION_RUN, false},
    {"diff-base", '\0', "REF", "the change is what HEAD has since it left REF (default: the pull request's base)",
     SECTION_INPUTS, VALUE_TEXT, FIELD(diff_base), ACTION_RUN, false},
    {"diff", '\0', "FILE", "the change is this unified diff",
     SECTION_INPUTS, VALUE_PATH, FIELD(diff), ACTION_RUN, false},

    {"fail-under", '\0', "[SCOPE:][METRIC=]PERCENT", "fail when less is covered",
     SECTION_GATES, VALUE_FAIL_UNDER, FIELD(fail_unders), ACTION_RUN, false},
    {"untracked-changes", '\0', "MODE", "changed sources that no report mentions: warn (default), ignore or fail",
     SECTION_GATES, VALUE_UNTRACKED, FIELD(untracked_changes), ACTION_RUN, false},
    {"require-stage", '\0', "NAME[,NAME...]", "fail when a stage has no whole report",
     SECTION_GATES, VALUE_NAMES, FIELD(required_stages), ACTION_RUN, false},
    {"max-failures", '\0', "N", "fail when more tests fail (default 0)",
     SECTION_GATES, VALUE_LIMIT, FIELD(max_failures), ACTION_RUN, false},
    {"min-tests", '\0', "[STAGE:]N", "fail when there are fewer tests",
     SECTION_GATES, VALUE_STAGE_COUNT, FIELD(min_tests), ACTION_RUN, false},
    {"max-skipped", '\0', "N", "fail when more tests are skipped",
     SECTION_GATES, VALUE_LIMIT, FIELD(max_skipped), ACTION_RUN, false},
    {"max-flaky", '\0', "N", "fail when more tests are flaky",
     SECTION_GATES, VALUE_LIMIT, FIELD(max_flaky), ACTION_RUN, false},
    {"baseline", '\0', "FILE", "compare with an earlier run: a snapshot or a JSON result",
     SECTION_GATES, VALUE_PATH, FIELD(baseline), ACTION_RUN, false},
    {"max-drop", '\0', "[METRIC=]POINTS", "fail when coverage drops by more percent points",
     SECTION_GATES, VALUE_MAX_DROP, FIELD(max_drops), ACTION_RUN, false},
    {"quarantine", '\0', "FILE", "excuse the failures of the tests that FILE names",
     SECTION_GATES, VALUE_PATH, FIELD(quarantine), ACTION_RUN, false},
    {"needs", '\0', "FILE", "fail when a job in GitHub's toJSON(needs) did not succeed",
     SECTION_GATES, VALUE_PATH, FIELD(needs), ACTION_RUN, false},
    {"needs-skipped-ok", '\0', NULL, "let skipped jobs pass too",
     SECTION_GATES, VALUE_FLAG, FIELD(needs_skipped_ok), ACTION_RUN, false},
    {"stage-exit", '\0', "STAGE[/CELL]=CODE", "fail when a runner failed but its reports are clean",
     SECTION_GATES, VALUE_STAGE_EXIT, FIELD(stage_exits), ACTION_RUN, false},
    {"strict", '\0', NULL, "fail on any audit finding of level error",
     SECTION_GATES, VALUE_FLAG, FIELD(strict), ACTION_RUN, false},
    {"allow-empty", '\0', NULL, "let a gate pass when there is nothing to measure",
     SECTION_GATES, VALUE_FLAG, FIELD(allow_empty), ACTION_RUN, false},

    {"output", 'o', "[FORMAT:]TARGET", "write a file or directory, or '-' for standard output",
     SECTION_OUTPUTS, VALUE_OUTPUT, FIELD(outputs), ACTION_RUN, false},
    {"quiet", 'q', NULL, "say nothing but errors",
     SECTION_OUTPUTS, VALUE_FLAG, FIELD(quiet), ACTION_RUN, false},
    {"verbose", 'v', NULL, "say how each report was read and each path resolved",
     SECTION_OUTPUTS, VALUE_FLAG, FIELD(verbose), ACTION_RUN, false},
    {"color", '\0', "WHEN", "colour the text: auto (default), always or never",
     SECTION_OUTPUTS, VALUE_COLOUR, FIELD(colour), ACTION_RUN, false},
    {"colors", '\0', "GREEN,ORANGE", "percentages from which coverage is green and orange (80,60)",
     SECTION_OUTPUTS, VALUE_COLOURS, FIELD(colours), ACTION_RUN, false},
    {"slow-test", '\0', "SECONDS", "tests that take longer are slow (5)",
     SECTION_OUTPUTS, VALUE_SECONDS, FIELD(slow_test), ACTION_RUN, false},
    {"force-single", '\0', NULL, "write html-single however large it becomes",
     SECTION_OUTPUTS, VALUE_FLAG, FIELD(force_single), ACTION_RUN, false},
    {"templates", '\0', "DIR", "take templates from DIR where it has them",
     SECTION_OUTPUTS, VALUE_PATH, FIELD(templates), ACTION_RUN, false},
    {"list-templates", '\0', NULL, "list the templates that DIR may hold",
     SECTION_OUTPUTS, VALUE_ACTION, FIELD(action), ACTION_LIST_TEMPLATES, true},

    {"publish", '\0', "LIST", "publish to summary, outputs, annotations, comment, check, status; or github",
     SECTION_PUBLISHING, VALUE_PUBLISH, FIELD(publish.set), ACTION_RUN, false},
    {"dry-run", '\0', NULL, "print what would be published, send nothing",
     SECTION_PUBLISHING, VALUE_FLAG, FIELD(publish.dry_run), ACTION_RUN, true},
    {"pr", '\0', "N", "the pull request (default: by the environment)",
     SECTION_PUBLISHING, VALUE_PULL, FIELD(publish.pull), ACTION_RUN, true},
    {"sha", '\0', "SHA", "the commit (default: by the environment)",
     SECTION_PUBLISHING, VALUE_SHA, FIELD(publish.sha), ACTION_RUN, true},
    {"repo", '\0', "OWNER/NAME", "the repository (default: by the environment)",
     SECTION_PUBLISHING, VALUE_REPOSITORY, FIELD(publish.repository), ACTION_RUN, true},
    {"comment-key", '\0', "KEY", "tells several comments on one pull request apart",
     SECTION_PUBLISHING, VALUE_TEXT, FIELD(publish.comment_key), ACTION_RUN, false},
    {"comment-author", '\0', "LOGIN", "whose comment is ours (default: the token's)",
     SECTION_PUBLISHING, VALUE_TEXT, FIELD(publish.comment_author), ACTION_RUN, false},
    {"comment-when", '\0', "WHEN", "comment always (default), on changes, or on failures",
     SECTION_PUBLISHING, VALUE_COMMENT_WHEN, FIELD(publish.comment_when), ACTION_RUN, false},
    {"allow-stale", '\0', NULL, "comment though the pull request has a newer head",
     SECTION_PUBLISHING, VALUE_FLAG, FIELD(publish.allow_stale), ACTION_RUN, false},
    {"max-wait", '\0', "SECONDS", "wait at most so long for rate limits (60)",
     SECTION_PUBLISHING, VALUE_SECONDS, FIELD(publish.max_wait), ACTION_RUN, false},
    {"token-file", '\0', "FILE", "read the token from FILE (default: GITHUB_TOKEN)",
     SECTION_PUBLISHING, VALUE_PATH, FIELD(publish.token_file), ACTION_RUN, true},

    {"explain", '\0', "PATH[:LINE]", "tell how the numbers of a file, line or test came about",
     SECTION_MORE, VALUE_TEXT, FIELD(explain), ACTION_RUN, true},
    {"init", '\0', NULL, "write a .muster.yml from the reports that are found",
     SECTION_MORE, VALUE_ACTION, FIELD(action), ACTION_INIT, true},
    {"completion", '\0', "SHELL", "print the completion of bash, zsh or fish",
     SECTION_MORE, VALUE_SHELL, FIELD(completion), ACTION_RUN, true},
    {"history", '\0', "FILE", "keep what became of each run and its tests in FILE",
     SECTION_MORE, VALUE_PATH, FIELD(history), ACTION_RUN, false},
    {"history-keep", '\0', "N", "runs that the history keeps (100)",
     SECTION_MORE, VALUE_COUNT, FIELD(history_keep), ACTION_RUN, false},
    {"jobs", 'j', "N", "threads (default: the processors there are)",
     SECTION_MORE, VALUE_JOBS, FIELD(jobs), ACTION_RUN, false},
    {"no-fast-path", '\0', NULL, "read every line of XML with libxml2 alone",
     SECTION_MORE, VALUE_FLAG, FIELD(no_fast_path), ACTION_RUN, false},
    {"version", '\0', NULL, "print the version",
     SECTION_MORE, VALUE_ACTION, FIELD(action), ACTION_VERSION, true},
    {"help", 'h', NULL, "print this text",
     SECTION_MORE, VALUE_ACTION, FIELD(action), ACTION_HELP, true},
    {.name = NULL},
};

const struct option *
option_find(struct str name)
{
	for (const struct option *option = options; option->name; option++)
		if (str_equal(name, str_of(option->name)))
			return option;
	return NULL;
}

bool
option_set(const struct option *option, struct settings *settings, struct str value, struct error *err)
{
	void *target = (char *)settings + option->target;

	if (option->type == VALUE_FLAG)
		*(bool *)target = true;
	else if (option->type == VALUE_ACTION)
		*(enum action *)target = option->action;
	else if (!value_set(option->type, target, value, err)) {
		error_prefix(err, "--%s: ", option->name);
		return false;
	}
	return true;
}

/* Where the parser stands in the command line. */
struct arguments {
	char *const *argv;
	int count;
	int next;
};

/* The value of an option that did not bring it along: the next argument. */
static bool
take_value(struct arguments *args, const char *dashes, struct str name, const char *argument, struct str *value,
    struct error *err)
{
	if (args->next == args->count)
		return fail(err, ERROR_USAGE, "%s%.*s needs a value: %s", dashes, (int)name.length, name.s, argument);
	*value = str_of(args->argv[args->next++]);
	return true;
}

static bool
unknown_option(struct str name, struct error *err)
{
	char hint[SUGGEST_TEXT];
	struct suggestion near;

	suggest_begin(&near, name);
	for (const struct option *option = options; option->name; option++)
		suggest_offer(&near, str_of(option->name));
	return fail(err, ERROR_USAGE, "unknown option '--%.*s'%s", (int)name.length, name.s,
	    suggest_text(&near, "--", hint));
}

/* --name, --name=value, --name value. */
static bool
parse_long(struct arguments *args, struct settings *settings, const char *text, struct error *err)
{
	const char *sign = strchr(text, '=');
	struct str name = {text, sign ? (size_t)(sign - text) : strlen(text)};
	struct str value = str_of(sign ? sign + 1 : "");
	const struct option *option = option_find(name);

	if (!option)
		return unknown_option(name, err);
	if (!option->argument && sign)
		return fail(err, ERROR_USAGE, "--%s takes no value", option->name);
	if (option->argument && !sign && !take_value(args, "--", name, option->argument, &value, err))
		return false;
	return option_set(option, settings, value, err);
}

static const struct option *
find_letter(char letter)
{
	for (const struct option *option = options; option->name; option++)
		if (option->letter && option->letter == letter)
			return option;
	return NULL;
}

/* -q, -qv, -oVALUE, -o VALUE. */
static bool
parse_letters(struct arguments *args, struct settings *settings, const char *letters, struct error *err)
{
	for (; *letters && settings->action == ACTION_RUN; letters++) {
		const struct option *option = find_letter(*letters);
		struct str name = {letters, 1};
		struct str value = str_of(letters + 1);

		if (!option)
			return fail(err, ERROR_USAGE, "unknown option '-%c'", *letters);
		if (!option->argument) {
			if (!option_set(option, settings, STR(""), err))
				return false;
			continue;
		}
		if (!value.length && !take_value(args, "-", name, option->argument, &value, err))
			return false;
		return option_set(option, settings, value, err);
	}
	return true;
}

static bool
parse_report(struct settings *settings, const char *report, struct error *err)
{
	if (!*report)
		return fail(err, ERROR_USAGE, "a report without a name: ''");
	return value_set(VALUE_TEXTS, &settings->reports, str_of(report), err);
}

bool
options_parse(struct settings *settings, int argc, char *const *argv, struct error *err)
{
	struct arguments args = {.argv = argv, .count = argc, .next = argc > 0};
	bool only_reports = false;

	while (args.next < args.count && settings->action == ACTION_RUN) {
		const char *text = args.argv[args.next++];
		bool good;

		if (only_reports || text[0] != '-' || !text[1])
			good = parse_report(settings, text, err);
		else if (text[1] != '-')
			good = parse_letters(&args, settings, text + 1, err);
		else if (text[2])
			good = parse_long(&args, settings, text + 2, err);
		else
			good = only_reports = true;
		if (!good)
			return false;
	}
	if (settings->quiet && settings->verbose)
		return fail(err, ERROR_USAGE, "--quiet and --verbose exclude each other");
	return true;
}

static void
help_row(struct output *out, const struct option *option)
{
	enum { HELP_COLUMN = 34 };
	char names[80];
	int width;

	if (option->letter)
		width = snprintf(names, sizeof(names), "  -%c, --%s", option->letter, option->name);
	else
		width = snprintf(names, sizeof(names), "      --%s", option->name);
	if (option->argument)
		width += snprintf(names + width, sizeof(names) - (size_t)width, " %s", option->argument);
	if (width > HELP_COLUMN - 2)
		output_addf(out, "%s\n%*s%s\n", names, HELP_COLUMN, "", option->help);
	else
		output_addf(out, "%-*s%s\n", HELP_COLUMN, names, option->help);
}

void
options_help(struct output *out)
{
	static const char *const titles[OPTION_SECTIONS] = {"Inputs", "Gates", "Outputs", "Publishing",
	    "More"};

	output_add_string(out,
	    "usage: muster [OPTION]... [[STAGE[/CELL]=]REPORT]...\n"
	    "\n"
	    "Merges the coverage and test reports of every stage of a build and decides\n"
	    "whether it passes muster.  REPORT is a file, a directory, a quoted glob, or '-'.\n");
	for (int section = 0; section < OPTION_SECTIONS; section++) {
		output_addf(out, "\n%s\n", titles[section]);
		for (const struct option *option = options; option->name; option++)
			if (option->section == (enum option_section)section)
				help_row(out, option);
	}
	output_add_string(out,
	    "\n"
	    "Exit status: 0 every gate passed, 1 a gate failed, 2 wrong usage, 3 an input could\n"
	    "not be read, 4 an output could not be written.\n");
}
