/* From -o to files. */
#include "cli/outputs.h"

#include "base/log.h"
#include "base/number.h"
#include "base/pool.h"
#include "base/suggest.h"
#include "cli/label.h"
#include "render/writers.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COLUMNS_MOST = 1000 };

static bool
is_standard_output(const char *target)
{
	return strcmp(target, "-") == 0;
}

/* Whether a text before ':' is meant as a format: a word, and not the drive letter of a path. */
static bool
is_word(struct str s)
{
	for (size_t i = 0; i < s.length; i++)
		if (!((s.s[i] >= 'a' && s.s[i] <= 'z') || (s.s[i] >= 'A' && s.s[i] <= 'Z') || s.s[i] == '-'))
			return false;
	return s.length > 1;
}

static bool
unknown_format(struct str name, struct error *err)
{
	char hint[SUGGEST_TEXT];
	struct suggestion near;

	suggest_begin(&near, name);
	for (size_t i = 0; renderers[i]; i++)
		suggest_offer(&near, str_of(renderers[i]->name));
	return fail(err, ERROR_USAGE, "unknown format '%.*s'%s", (int)name.length, name.s,
	    suggest_text(&near, "", hint));
}

static bool
is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static const struct renderer *
renderer_by_name(struct str target)
{
	if (str_equal(target, STR("-")))
		return renderer_find(STR("text"));
	if (str_ends(target, STR("/")) || is_directory(target.s))
		return renderer_find(STR("html"));
	return renderer_for_target(target);
}

/* What to write for a target whose name tells no format. */
static bool
no_format(struct str target, struct error *err)
{
	if (str_ends(target, STR(".xml")))
		return fail(err, ERROR_USAGE, "'%s' may be of several formats: write FORMAT:%s",
		    target.s, target.s);
	if (str_ends(target, STR(".html")))
		return fail(err, ERROR_USAGE,
		    "HTML is a directory: write its name with '/' behind it, or html-single:%s for "
		    "one file",
		    target.s);
	if (renderer_find(target))
		return fail(err, ERROR_USAGE, "'%s' is a format: write %s:TARGET", target.s, target.s);
	return fail(err, ERROR_USAGE,
	    "the name '%s' tells no format: write FORMAT:%s (see --list-formats)", target.s, target.s);
}

bool
output_request_parse(struct str value, struct output_request *out, struct error *err)
{
	struct str name, target = value;

	*out = (struct output_request){0};
	if (split_first(value, ':', &name, &target) && is_word(name)) {
		out->renderer = renderer_find(name);
		if (!out->renderer)
			return unknown_format(name, err);
	} else {
		target = value;
		out->renderer = renderer_by_name(target);
	}
	out->target = target.s;
	if (!target.length)
		return fail(err, ERROR_USAGE, "no target in '%s'", value.s);
	if (out->renderer)
		return true;
	return no_format(target, err);
}

bool
outputs_check(const struct settings *settings, struct error *err)
{
	const struct output_requests *outputs = &settings->outputs;

	if (settings->templates && !is_directory(settings->templates))
		return fail(
		    err, ERROR_USAGE, "--templates: '%s' is no directory", settings->templates);
	for (size_t i = 0; i < outputs->count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(outputs->items[i].target, outputs->items[j].target) == 0)
				return fail(err, ERROR_USAGE, "--output: two outputs at '%s'", outputs->items[i].target);
	return true;
}

bool
outputs_pack(const struct settings *settings)
{
	for (size_t i = 0; i < settings->outputs.count; i++)
		if (settings->outputs.items[i].renderer == &renderer_snapshot)
			return true;
	return false;
}

bool
outputs_colour(enum colour_when when, const char *target)
{
	const char *no_colour = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	if (when != COLOUR_AUTO)
		return when == COLOUR_ALWAYS;
	if ((no_colour && *no_colour) || (terminal && strcmp(terminal, "dumb") == 0))
		return false;
	return is_standard_output(target) && isatty(STDOUT_FILENO);
}

/* Columns of the terminal that a target is; 0 for anything else. */
static unsigned
terminal_width(const char *target)
{
	struct winsize size;
	uint64_t columns;

	if (!is_standard_output(target))
		return 0;
	if (number_u64(str_of(getenv("COLUMNS")), &columns) == NUMBER_OK && columns && columns <= COLUMNS_MOST)
		return (unsigned)columns;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static bool
write_file(const struct output_request *request, const struct render_settings *look, const struct result *result,
    struct error *err)
{
	struct output *output;

	if (!output_open(request->target, &output, err))
		return false;
	if (request->renderer->write(result, look, output, err))
		return output_commit(output, err);
	output_abort(output);
	return false;
}

static bool
write_one(const struct settings *settings, struct str root, const struct output_request *request,
    const struct result *result)
{
	struct render_settings look = {
	    .colour = outputs_colour(settings->colour, request->target),
	    .width = terminal_width(request->target),
	    .root = root,
	    .templates = settings->templates,
	    .slow_test = settings->slow_test,
	    .jobs = settings->jobs ? settings->jobs : pool_processors(),
	    .force_single = settings->force_single,
	};
	struct error err = {0};
	bool good = request->renderer->write ? write_file(request, &look, result, &err) :
	    request->renderer->write_directory(result, &look, request->target, &err);

	if (!good)
		log_error("%s", err.message);
	return good;
}

bool
outputs_write(const struct settings *settings, struct str root, const struct result *result)
{
	struct output_request screen = {renderer_find(STR("text")), "-"};
	bool good = true;

	if (!settings->outputs.count && !settings->publish.set && !settings->quiet)
		return write_one(settings, root, &screen, result);
	for (size_t i = 0; i < settings->outputs.count; i++)
		good &= write_one(settings, root, &settings->outputs.items[i], result);
	return good;
}
