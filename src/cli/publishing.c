/* Composing what publishers need. */
#include "cli/publishing.h"

#include "base/input.h"
#include "base/limits.h"

#include <stdlib.h>

enum { NANOSECONDS = 1000000 };	/* of a millisecond */

bool
publishing_check(struct publishing *publishing, const struct settings *settings,
    struct error *err)
{
	const char *path = settings->publish.token_file;
	struct str token;

	if (!settings->publish.set || !path)
		return true;
	if (!input_slurp(path, LIMIT_TOKEN_BYTES, &publishing->token, &publishing->token_length,
	    err)) {
		err->code = ERROR_USAGE;
		error_prefix(err, "--token-file: ");
		return false;
	}
	token = str_trim((struct str){publishing->token, publishing->token_length});
	memmove(publishing->token, token.s, token.length);
	publishing->token[token.length] = '\0';
	if (token.length && strlen(publishing->token) == token.length)
		return true;
	return fail(err, ERROR_USAGE, "--token-file: no token in '%s'", path);
}

void
publishing_release(struct publishing *publishing)
{
	free(publishing->token);
	publishing->token = NULL;
}

/* What a text is made of. */
struct text_source {
	const struct settings *settings;
	const struct result *result;
};

static bool
write_body(void *context, const struct body_request *request, struct output *out,
    struct error *err)
{
	const struct text_source *source = context;
	const struct render_links links = {
	    .server_url = request->server_url,
	    .repository = request->repository,
	    .pull = request->pull,
	    .head = request->head,
	    .base = request->base,
	    .run_url = request->run_url,
	};
	const struct render_settings look = {
	    .templates = source->settings->templates,
	    .slow_test = source->settings->slow_test,
	    .budget = request->budget,
	    .folded = request->folded,
	    .links = &links,
	};

	return renderer_find(STR("markdown"))->write(source->result, &look, out, err);
}

/* Standard output, unless an output for programs goes there. */
static const char *
screen_of(const struct settings *settings)
{
	for (size_t i = 0; i < settings->outputs.count; i++) {
		const struct output_request *request = &settings->outputs.items[i];

		if (strcmp(request->target, "-") == 0 &&
		    request->renderer != renderer_find(STR("text")))
			return "/dev/fd/2";
	}
	return "-";
}

static struct publish_settings
settings_of(const struct publishing *publishing, const struct settings *settings,
    const struct environment *environment)
{
	const struct publish_options *options = &settings->publish;

	return (struct publish_settings){
	    .environment = environment,
	    .wishes = {options->repository, options->pull, options->sha},
	    .token = publishing->token ? publishing->token : environment->token,
	    .max_wait = options->max_wait / NANOSECONDS,
	    .dry_run = options->dry_run,
	    .allow_stale = options->allow_stale,
	    .comment_key = options->comment_key,
	    .comment_author = options->comment_author,
	    .comment_when = options->comment_when,
	    .screen = screen_of(settings),
	    .body = write_body,
	};
}

bool
publishing_run(const struct publishing *publishing, const struct settings *settings,
    const struct result *result)
{
	struct text_source source = {settings, result};
	struct environment environment;
	struct publish_settings how;
	struct github_world world;
	struct http *http;
	bool good;

	if (!settings->publish.set)
		return true;
	environment_read(&environment);
	http = http_new(&http_default_limits);
	world = github_world_of(http);
	how = settings_of(publishing, settings, &environment);
	how.world = &world;
	how.body_context = &source;
	good = publish(settings->publish.set, result, &how);
	http_free(http);
	environment_release(&environment);
	return good;
}
