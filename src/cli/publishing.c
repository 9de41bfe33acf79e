/* Composing what publishers need. */
#include "cli/publishing.h"

#include "base/input.h"
#include "base/limits.h"

#include <stdlib.h>

enum { NANOSECONDS = 1000000 };	/* of a millisecond */

static bool
read_token(struct publishing *publishing, const char *path, struct error *err)
{
	struct str token;

	if (!path)
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
settings_of(const struct publishing *publishing, const struct settings *settings)
{
	const struct publish_options *options = &settings->publish;
	const struct environment *environment = &publishing->environment;

	return (struct publish_settings){
	    .environment = environment,
	    .world = &publishing->world,
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
publishing_begin(
    struct publishing *publishing, const struct settings *settings, struct error *err)
{
	if (!settings->publish.set)
		return true;
	if (!read_token(publishing, settings->publish.token_file, err))
		return false;
	environment_read(&publishing->environment);
	publishing->http = http_new(&http_default_limits);
	publishing->world = github_world_of(publishing->http);
	publishing->how = settings_of(publishing, settings);
	publication_begin(&publishing->publication, &publishing->how);
	return true;
}

enum pull_change_end
publishing_change(struct publishing *publishing, const struct settings *settings,
    struct pull_change *out, struct error *err)
{
	enum publishers_use use;

	if (!publishing->http)
		return PULL_CHANGE_NONE;
	use = publishers_use(settings->publish.set, &publishing->how);
	out->search = use == PUBLISHERS_PULL;
	if (use == PUBLISHERS_NO_NETWORK)
		return PULL_CHANGE_NONE;
	return pull_change(&publishing->publication, &publishing->how, out, err);
}

bool
publishing_run(struct publishing *publishing, const struct settings *settings,
    const struct result *result)
{
	struct text_source source = {settings, result};

	if (!publishing->http)
		return true;
	publishing->how.body_context = &source;
	return publish(
	    settings->publish.set, result, &publishing->how, &publishing->publication);
}

void
publishing_release(struct publishing *publishing)
{
	publication_release(&publishing->publication);
	environment_release(&publishing->environment);
	http_free(publishing->http);
	free(publishing->token);
	*publishing = (struct publishing){0};
}
