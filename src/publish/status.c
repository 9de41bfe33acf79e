/* The status of a commit (GITHUB 5). */
#include "publish/headline.h"
#include "publish/publication.h"

#include "base/json.h"
#include "base/json_out.h"

enum { DESCRIPTION_BYTES = 140 };

#define CONTEXT "muster"

struct status {
	const char *repository;
	const char *sha;
	const char *state;
	const char *url;	/* of the run; NULL: not known */
	struct strbuf description;
	bool stands;		/* the commit has it already */
};

static bool
is_member(const struct cJSON *json, const char *name, struct str wanted)
{
	struct str text;

	return json_string(json_at(json, name), &text) && str_equal(text, wanted);
}

static bool
take_status(void *context, const struct cJSON *item)
{
	struct status *status = context;

	if (!is_member(item, "context", STR(CONTEXT)))
		return true;
	status->stands = is_member(item, "state", str_of(status->state)) &&
	    is_member(item, "description", strbuf_str(&status->description));
	return false;
}

/* What can't be listed is taken for absent: writing it again does no harm. */
static void
look(struct github *github, struct status *status)
{
	struct strbuf path = {0};

	strbuf_addf(&path, "/repos/%s/commits/%s/status", status->repository, status->sha);
	github_list(github, strbuf_string(&path), "statuses", take_status, status, NULL);
	strbuf_clear(&path);
}

static void
add_json(struct json_out *json, const struct status *status)
{
	json_out_open(json, NULL, '{');
	json_out_string(json, "state", status->state);
	json_out_string(json, "context", CONTEXT);
	json_out_str(json, "description", strbuf_str(&status->description));
	if (status->url)
		json_out_string(json, "target_url", status->url);
	json_out_close(json, '}');
}

static enum github_end
write_status(struct github *github, struct status *status, struct error *err)
{
	struct strbuf path = {0};
	struct json_out json = {0};
	enum github_end end;

	strbuf_addf(&path, "/repos/%s/statuses/%s", status->repository, status->sha);
	add_json(&json, status);
	for (unsigned tries = 0;; tries++) {
		look(github, status);
		end = status->stands ? GITHUB_DONE : github_call(github, "POST",
		    strbuf_string(&path), strbuf_str(&json.text), NULL, err);
		if (end != GITHUB_UNSURE || tries + 1 == GITHUB_TRIES)
			break;
		github_back_off(github, tries);
	}
	json_out_clear(&json);
	strbuf_clear(&path);
	return end;
}

static enum github_end
send(struct publication *publication, struct status *status, struct error *err)
{
	enum github_end end = publication_head(publication, &status->sha, err);

	return end == GITHUB_DONE ? write_status(&publication->github, status, err) : end;
}

static bool
show(const struct publish_settings *settings, const struct status *status, struct error *err)
{
	struct json_out json = {0};
	bool good;

	add_json(&json, status);
	good = publication_show(settings, "the status of the commit", strbuf_str(&json.text), err);
	json_out_clear(&json);
	return good;
}

static bool
publish_status(const struct result *result, const struct publish_settings *settings,
    struct publication *publication, struct error *err)
{
	struct status status = {
	    .repository = publication->target.repository,
	    .state = result->verdict == VERDICT_PASS ? "success" : "failure",
	    .url = publication->run_url,
	};
	bool good;

	headline_describe(&status.description, result, DESCRIPTION_BYTES);
	if (settings->dry_run)
		good = show(settings, &status, err);
	else
		good = publication_connect(publication, settings, err) &&
		    publication_end(publication, send(publication, &status, err));
	strbuf_clear(&status.description);
	return good;
}

const struct publisher publisher_status = {
	.name = "status",
	.help = "a status of the commit",
	.permission = "statuses: write",
	.possible = publication_is_possible,
	.publish = publish_status,
};
