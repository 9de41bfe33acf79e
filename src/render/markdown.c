/* The Markdown result (GITHUB 4): one rendering from templates/markdown/, made smaller step by step to fit its budget. */
#include "model/folders.h"
#include "render/escape.h"
#include "render/page.h"
#include "render/template.h"
#include "render/template_files.h"
#include "render/writers.h"

/* No test takes fewer bytes of a table than this, nor does a file: what can't fit need not be tried. */
enum { ROW_BYTES = 32, STACK_LINES = 40, STACK_LINES_LESS = 10, FILES_SHOWN = 50 };

/* What is dropped, least important first; each step keeps what those before it dropped. */
enum step { STEP_ALL, STEP_DETAILS, STEP_LESS_STACK, STEP_STACKS, STEP_MESSAGES, STEP_GROUPS, STEP_FILES, STEP_TESTS, STEP_GATES };

/* For the last steps `rows` of the list stay. */
static void
limits_set(struct page_limits *limits, enum step step, size_t rows, size_t budget)
{
	size_t most = budget ? budget / ROW_BYTES : SIZE_MAX;

	*limits = (struct page_limits){
	    .gates = step >= STEP_GATES ? rows : most,
	    .files = step > STEP_FILES ? 0 : step == STEP_FILES ? rows : FILES_SHOWN,
	    .tests = step > STEP_TESTS ? 0 : step == STEP_TESTS ? rows : most,
	    .stack_lines = step >= STEP_STACKS ? 0 : step >= STEP_LESS_STACK ? STACK_LINES_LESS : STACK_LINES,
	    .findings = step >= STEP_GROUPS ? 0 : FILES_SHOWN,
	    .no_messages = step >= STEP_MESSAGES,
	    .no_groups = step >= STEP_GROUPS,
	    .no_details = step >= STEP_DETAILS,
	};
}

struct writing {
	const struct template *template;
	struct page page;
	size_t budget;		/* bytes; 0: no limit */
	struct error *err;
};

/* Renders under these limits; *text is owned (output_abort) when it fits, NULL when it does not. */
static bool
try(struct writing *w, enum step step, size_t rows, struct output **text)
{
	bool good;

	limits_set(&w->page.limits, step, rows, w->budget);
	w->page.cut = step > STEP_ALL;
	*text = output_memory();
	good = template_render(w->template, page_view(&w->page), escape_markdown, *text, w->err);
	if (good && (!w->budget || output_content(*text).length <= w->budget))
		return true;
	output_abort(*text);
	*text = NULL;
	return good;
}

/* The most rows of a step's list that fit; none may be too many. */
static bool
try_rows(struct writing *w, enum step step, struct output **text)
{
	size_t low = 0, high = w->budget / ROW_BYTES;

	if (!try(w, step, 0, text) || !*text)
		return !w->err->code;
	while (low < high) {
		size_t middle = low + (high - low + 1) / 2;
		struct output *more;

		if (!try(w, step, middle, &more))
			return false;
		if (more) {
			output_abort(*text);
			*text = more;
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	return true;
}

static bool
fit(struct writing *w, struct output **text)
{
	*text = NULL;
	for (enum step step = STEP_ALL; step < STEP_FILES && !*text; step++)
		if (!try(w, step, 0, text))
			return false;
	for (enum step step = STEP_FILES; step <= STEP_GATES && !*text; step++)
		if (!try_rows(w, step, text))
			return false;
	return *text || fail(w->err, ERROR_LIMIT, "the result does not fit into %zu bytes of Markdown", w->budget);
}

static bool
write_text(struct writing *w, struct output *output)
{
	struct output *text;

	if (!fit(w, &text))
		return false;
	output_add_str(output, output_content(text));
	output_abort(text);
	return true;
}

static bool
write_markdown(const struct result *result, const struct render_settings *settings, struct output *output,
    struct error *err)
{
	struct template_source source = {.folder = settings->templates};
	struct template_set *set = template_set_new(template_file_load, &source);
	struct error failure = {0};
	struct writing w = {.budget = settings->budget, .err = &failure};
	struct folders folders = {0};
	bool good;

	w.template = template_get(set, STR("markdown/result"), &failure);
	if (source.error.code)
		failure = source.error;
	good = w.template && !source.error.code;
	page_init(&w.page, result, settings);
	folders_build(&folders, result);
	page_find_packages(&w.page, &folders);
	good = good && write_text(&w, output);
	page_release(&w.page);
	folders_clear(&folders);
	template_set_free(set);
	template_source_clear(&source);
	if (!good && err)
		*err = failure;
	return good;
}

const struct renderer renderer_markdown = {
	.name = "markdown",
	.help = "the result for a step summary or a comment",
	.suffixes = ".md",
	.write = write_markdown,
};
