/* Words about the program and its inputs. */
#include "cli/tell.h"

#include "base/log.h"
#include "cli/options.h"
#include "render/template_files.h"

#include <inttypes.h>

static void
list_formats(struct output *out)
{
	output_add_string(out, "Read:\n");
	for (size_t i = 0; readers[i]; i++)
		output_addf(out, "  %-12s  %s\n", readers[i]->name, readers[i]->help);
	output_add_string(out, "\nWritten:\n");
	for (size_t i = 0; renderers[i]; i++)
		output_addf(out, "  %-12s  %s\n", renderers[i]->name, renderers[i]->help);
	output_add_string(out, "\nPublished:\n");
	for (size_t i = 0; publishers[i]; i++)
		output_addf(out, "  %-12s  %s\n", publishers[i]->name, publishers[i]->help);
}

static void
list_templates(struct output *out)
{
	for (const struct template_file *file = template_files; file->name; file++)
		output_addf(out, "%s\n", file->name);
}

enum status
tell_about(enum action action, struct error *err)
{
	struct output *out;

	if (!output_open("-", &out, err))
		return STATUS_OUTPUT;
	if (action == ACTION_HELP)
		options_help(out);
	else if (action == ACTION_LIST_FORMATS)
		list_formats(out);
	else if (action == ACTION_LIST_TEMPLATES)
		list_templates(out);
	else
		output_addf(out, "muster %s\n", PACKAGE_VERSION);
	return output_commit(out, err) ? STATUS_PASS : STATUS_OUTPUT;
}

void
tell_failures(const struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++) {
		const struct run_input *input = &inputs->items[i];
		const struct error *err = input->error;

		if (err && err->line)
			log_error("%s:%" PRIu64 ": %s", input->name, err->line, err->message);
		else if (err)
			log_error("%s: %s", input->name, err->message);
	}
}
