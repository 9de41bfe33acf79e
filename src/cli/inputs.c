/* Arguments become inputs: labels, files, globs, standard input. */
#include "cli/inputs.h"

#include "base/glob.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/number.h"
#include "cli/label.h"
#include "cli/search.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* An argument taken apart, or a report of the configuration. */
struct argument {
	struct str stage;	/* empty: no label */
	struct str cell;
	const char *report;
	const char *written;	/* in the configuration; NULL: on the command line */
};

static bool
is_there(const char *path, struct stat *st)
{
	return stat(path, st) == 0;
}

/* An existing file is never read as a label. */
static struct argument
argument_parse(struct str text)
{
	struct argument argument = {.report = text.s};
	struct str label, report;
	struct stat st;

	if (!is_there(text.s, &st) && split_first(text, '=', &label, &report) &&
	    label_parse(label, &argument.stage, &argument.cell))
		argument.report = report.s;
	return argument;
}

void
input_failed(struct run_input *input, const struct error *err)
{
	if (!input->error)
		input->error = mem_copy(err, sizeof(*err));
}

struct run_input *
inputs_add(struct inputs *inputs, struct str name, struct str stage, struct str cell)
{
	struct run_input *input;

	MEM_GROW(inputs->items, inputs->capacity, inputs->count + 1);
	input = &inputs->items[inputs->count++];
	*input = (struct run_input){
	    .name = arena_string(&inputs->arena, name),
	    .spool = -1,
	    .stage = stage.length ? stage : DEFAULT_STAGE,
	    .cell = cell,
	};
	return input;
}

/* What is expanding, for callbacks. */
struct expansion {
	struct inputs *inputs;
	const struct settings *settings;
	const struct argument *argument;
};

/* A captured part for good; a label given to the argument comes before it. */
static struct str
label_or_capture(struct inputs *inputs, struct str label, struct str capture)
{
	return label.length ? label : str_of(arena_string(&inputs->arena, capture));
}

/* The attempt that a pattern captured, for what was found by it. */
static void
set_attempt(struct run_input *input, struct str attempt)
{
	struct error err;
	uint64_t number;

	if (number_u64(attempt, &number) == NUMBER_OK && number && number <= UINT32_MAX) {
		input->attempt = (uint32_t)number;
		return;
	}
	fail(&err, ERROR_INPUT, "the attempt in its name is no number: '%.*s'", (int)attempt.length,
	    attempt.s);
	input_failed(input, &err);
}

static bool
add_match(void *context, const char *path, bool is_directory, const struct glob_match *match)
{
	const struct expansion *expansion = context;
	const struct argument *argument = expansion->argument;
	struct inputs *inputs = expansion->inputs;
	struct str stage = label_or_capture(inputs, argument->stage, match->captures[GLOB_STAGE]);
	struct str cell = label_or_capture(inputs, argument->cell, match->captures[GLOB_CELL]);
	size_t first = inputs->count;

	if (is_directory) {
		search_directory(inputs, expansion->settings, path, stage, cell);
	} else {
		struct run_input *input = inputs_add(inputs, str_of(path), stage, cell);

		input->path = mem_string(path, strlen(path));
		input->reader = expansion->settings->format;
	}
	for (size_t i = first; i < inputs->count && match->captures[GLOB_ATTEMPT].length; i++)
		set_attempt(&inputs->items[i], match->captures[GLOB_ATTEMPT]);
	return inputs->count <= LIMIT_INPUTS;
}

static void
note_missing(struct inputs *inputs, const struct argument *argument)
{
	audit_begin(&inputs->audit, STR(""));
	audit_add(&inputs->audit, AUDIT_NOTE, 0, "stage-report-missing", "stage '%.*s': nothing matches '%s'",
	    (int)argument->stage.length, argument->stage.s, argument->written);
	audit_end(&inputs->audit);
}

static void
add_failed(const struct expansion *expansion, const struct error *err)
{
	const struct argument *argument = expansion->argument;

	input_failed(inputs_add(expansion->inputs, str_of(argument->report), argument->stage,
	    argument->cell), err);
}

/* "artifacts/{stage}/" fits directories as "artifacts/{stage}" does. */
static struct str
without_slashes(struct str pattern)
{
	while (pattern.length > 1 && pattern.s[pattern.length - 1] == '/')
		pattern.length--;
	return pattern;
}

/* A pattern that matches nothing can't be read, but for one of the configuration: a gate asks whether its stage is there. */
static bool
add_glob(struct expansion *expansion, struct error *err)
{
	const struct argument *argument = expansion->argument;
	struct str pattern = without_slashes(str_of(argument->report));
	size_t before = expansion->inputs->count;
	struct error walk = {0};
	struct glob *glob;

	if (!glob_compile(pattern, &glob, err))
		return false;
	if (glob_walk(glob, pattern, add_match, expansion, &walk) && expansion->inputs->count == before) {
		if (argument->written)
			note_missing(expansion->inputs, argument);
		else
			fail(&walk, ERROR_INPUT, "no file matches");
	}
	glob_free(glob);
	if (walk.code)
		add_failed(expansion, &walk);
	return true;
}

static void
add_named(struct expansion *expansion)
{
	const struct argument *argument = expansion->argument;
	struct run_input *input = inputs_add(expansion->inputs, str_of(argument->report), argument->stage,
	    argument->cell);

	input->reader = expansion->settings->format;
}

static void
add_directory(const struct expansion *expansion)
{
	const struct argument *argument = expansion->argument;
	struct error err;

	if (search_directory(expansion->inputs, expansion->settings, argument->report,
	    argument->stage, argument->cell))
		return;
	fail(&err, ERROR_INPUT, "no report in this directory");
	add_failed(expansion, &err);
}

static bool
add_report(struct expansion *expansion, struct error *err)
{
	const struct argument *argument = expansion->argument;
	struct stat st;
	bool there = is_there(argument->report, &st);

	if (!there && glob_is_pattern(str_of(argument->report)))
		return add_glob(expansion, err);
	if (!there && argument->written)
		note_missing(expansion->inputs, argument);
	else if (there && S_ISDIR(st.st_mode))
		add_directory(expansion);
	else
		add_named(expansion);
	return true;
}

static bool
add_argument(struct inputs *inputs, const struct settings *settings, struct str text, struct error *err)
{
	struct argument argument = argument_parse(text);
	struct expansion expansion = {inputs, settings, &argument};

	if (!*argument.report)
		return fail(err, ERROR_USAGE, "no report behind the label in '%s'", text.s);
	if (strcmp(argument.report, "-") != 0)
		return add_report(&expansion, err);
	add_named(&expansion);
	return true;
}

static bool
add_stage_report(struct inputs *inputs, const struct settings *settings, const struct stage_report *report,
    struct error *err)
{
	struct argument argument = {.stage = report->stage, .report = report->report.s,
	    .written = report->written.s};
	struct expansion expansion = {inputs, settings, &argument};

	return add_report(&expansion, err);
}

bool
inputs_check(const struct settings *settings, struct error *err)
{
	size_t uses = settings->needs && strcmp(settings->needs, "-") == 0;

	uses += settings->diff && strcmp(settings->diff, "-") == 0;
	for (size_t i = 0; i < settings->reports.count; i++)
		uses += strcmp(argument_parse(settings->reports.items[i]).report, "-") == 0;
	if (uses > 1)
		return fail(err, ERROR_USAGE, "standard input ('-') is given twice");
	return true;
}

static int
input_compare(const void *left, const void *right)
{
	const struct run_input *a = left;
	const struct run_input *b = right;
	int order = str_compare(a->stage, b->stage);

	if (!order)
		order = str_compare(a->cell, b->cell);
	return order ? order : strcmp(a->name, b->name);
}

/* What can be read but once is copied, when nothing is left to complain about. */
static void
spool_named(struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++) {
		struct run_input *input = &inputs->items[i];
		struct error err;

		if (!input->path && !input->error && !input_spool(input->name, &input->path, &input->spool, &err))
			input_failed(input, &err);
	}
}

/* A job that only gates others has no report of its own. */
static bool
judges_without_reports(const struct settings *settings)
{
	return settings->needs || settings->stage_exits.count || settings->required_stages.count;
}

static bool
refuse_nothing(bool around, struct error *err)
{
	if (around)
		return fail(err, ERROR_USAGE,
		    "no report was named, and none of a known name (coverage.xml, junit.xml, ...) "
		    "is below this directory; see muster --help");
	return fail(err, ERROR_USAGE,
	    "no stage of the configuration has a report, and none is required");
}

bool
inputs_expand(struct inputs *inputs, const struct settings *settings, struct error *err)
{
	bool around = !settings->reports.count && !settings->stage_reports.count;

	if (around)
		search_around(inputs, settings);
	for (size_t i = 0; i < settings->stage_reports.count; i++)
		if (!add_stage_report(inputs, settings, &settings->stage_reports.items[i], err))
			return false;
	for (size_t i = 0; i < settings->reports.count; i++)
		if (!add_argument(inputs, settings, settings->reports.items[i], err))
			return false;
	if (!inputs->count && !judges_without_reports(settings))
		return refuse_nothing(around, err);
	if (inputs->count > LIMIT_INPUTS)
		return fail(err, ERROR_USAGE, "more than %u reports", LIMIT_INPUTS);
	if (inputs->count)
		qsort(inputs->items, inputs->count, sizeof(*inputs->items), input_compare);
	spool_named(inputs);
	return true;
}

void
input_release(struct run_input *input)
{
	free(input->path);
	free(input->error);
	if (input->spool >= 0)
		close(input->spool);
}

void
inputs_release(struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++)
		input_release(&inputs->items[i]);
	free(inputs->items);
	arena_clear(&inputs->arena);
	audit_clear(&inputs->audit);
}
