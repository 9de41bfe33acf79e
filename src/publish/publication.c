/* What publishers share. */
#include "publish/publication.h"

#include "base/mem.h"
#include "publish/workflow.h"

#include <inttypes.h>
#include <stdlib.h>

#define OWN_SERVER "https://github.com"

static const char *
server_url(const struct publish_settings *settings)
{
	const char *url = settings->environment->server_url;

	return *url ? url : OWN_SERVER;
}

static char *
run_url(const struct publish_settings *settings)
{
	const struct environment *environment = settings->environment;
	struct strbuf url = {0};

	if (!environment->run || !*environment->repository)
		return NULL;
	strbuf_addf(&url, "%s/%s/actions/runs/%" PRIu64, server_url(settings),
	    environment->repository, environment->run);
	if (environment->attempt > 1)
		strbuf_addf(&url, "/attempts/%" PRIu64, environment->attempt);
	return strbuf_take(&url);
}

void
publication_begin(struct publication *publication, const struct publish_settings *settings)
{
	*publication = (struct publication){.run_url = run_url(settings)};
	target_find(settings->environment, &settings->wishes, &publication->target);
}

void
publication_release(struct publication *publication)
{
	github_clear(&publication->github);
	free(publication->run_url);
	free(publication->comment_url);
}

bool
publication_is_possible(const struct publish_settings *settings)
{
	const char *repository = settings->wishes.repository;

	return *settings->token && (*repository || *settings->environment->repository);
}

bool
publication_connect(struct publication *publication, const struct publish_settings *settings,
    struct error *err)
{
	if (publication->connected)
		return true;
	if (!*settings->token)
		return fail(err, ERROR_OUTPUT, "no token: set GITHUB_TOKEN or give --token-file");
	if (!*publication->target.repository)
		return fail(err, ERROR_OUTPUT,
		    "no repository: set GITHUB_REPOSITORY or give --repo OWNER/NAME");
	github_clear(&publication->github);
	publication->connected = github_init(&publication->github, settings->world,
	    settings->environment->api_url, settings->token, settings->max_wait, err);
	return publication->connected;
}

static enum github_end
find_pull(struct publication *publication, struct error *err)
{
	struct target *target = &publication->target;
	enum github_end end = GITHUB_DONE;

	if (!target->pull)
		end = pulls_search(&publication->github, target, &target->pull, err);
	if (end != GITHUB_DONE || !target->pull)
		return end;
	return pulls_get(&publication->github, target->repository, target->pull,
	    &publication->pull, err);
}

enum github_end
publication_pull(struct publication *publication, struct error *err)
{
	enum github_end end;

	if (publication->pull_asked)
		return GITHUB_DONE;
	end = find_pull(publication, err);
	publication->pull_asked = end == GITHUB_DONE;
	publication->has_pull = publication->pull.number;
	return end;
}

enum github_end
publication_head(struct publication *publication, const char **sha, struct error *err)
{
	enum github_end end = GITHUB_DONE;

	*sha = publication->target.head;
	if (**sha)
		return end;
	end = publication_pull(publication, err);
	*sha = publication->pull.head;
	if (end != GITHUB_DONE || **sha)
		return end;
	fail(err, ERROR_OUTPUT, "no commit to publish to: set GITHUB_SHA or give --sha SHA");
	return GITHUB_FAILED;
}

bool
publication_end(struct publication *publication, enum github_end end)
{
	if (end == GITHUB_READ_ONLY)
		publication->end = PUBLISH_READ_ONLY;
	return end == GITHUB_DONE || end == GITHUB_READ_ONLY;
}

bool
publication_text(const struct publication *publication, const struct publish_settings *settings,
    enum body_kind kind, size_t budget, struct strbuf *out, struct error *err)
{
	const struct target *target = &publication->target;
	struct body_request request = {
	    .kind = kind,
	    .budget = budget,
	    .folded = kind == BODY_COMMENT,
	    .server_url = server_url(settings),
	    .repository = target->repository,
	    .pull = target->pull,
	    .head = *target->head ? target->head : publication->pull.head,
	    .base = publication->pull.base,
	    .run_url = publication->run_url ? publication->run_url : "",
	};
	struct output *text = output_memory();
	bool good = settings->body(settings->body_context, &request, text, err);
	size_t length = output_content(text).length;

	if (good && length > budget)
		good = fail(err, ERROR_OUTPUT, "the text has %zu bytes, of which %zu can be sent",
		    length, budget);
	if (good)
		strbuf_add_str(out, output_content(text));
	output_abort(text);
	return good;
}

bool
publication_show(const struct publish_settings *settings, const char *title, struct str text,
    struct error *err)
{
	struct strbuf shown = {0};
	struct output *out;
	bool good = output_open(settings->screen, &out, err);

	if (good) {
		strbuf_addf(&shown, "muster: dry run: %s\n", title);
		workflow_quote(&shown, text);
		output_add_str(out, strbuf_str(&shown));
		good = output_commit(out, err);
	}
	strbuf_clear(&shown);
	return good;
}
