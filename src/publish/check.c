/* A check run with notes beside the source (GITHUB 5). */
#include "publish/headline.h"
#include "publish/publication.h"
#include "publish/spots.h"
#include "publish/workflow.h"

#include "base/json.h"
#include "base/json_out.h"
#include "base/visible.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	SPOTS_MOST = 1000,	/* of failing tests, and of ranges */
	CHUNK = 50,		/* annotations of one request; each adds to those before */
	TITLE_BYTES = 255,
	SUMMARY_BYTES = 65535,
	NOTE_BYTES = 64000,	/* 64 KB, less what JSON may need */
	ID_TEXT = 80,
};

struct check {
	const char *repository;
	const char *sha;
	const char *conclusion;
	const char *url;		/* of the run; NULL: not known */
	char external_id[ID_TEXT];	/* ours, to find the check run again */
	uint64_t id;
	struct strbuf title;
	struct strbuf summary;
	struct spots spots;
};

/* ---- what is sent --------------------------------------------------------------------------- */

static void
add_output(struct json_out *json, const struct check *check)
{
	json_out_open(json, "output", '{');
	json_out_str(json, "title", strbuf_str(&check->title));
	json_out_str(json, "summary", strbuf_str(&check->summary));
}

static void
add_creation(struct json_out *json, const struct check *check)
{
	json_out_open(json, NULL, '{');
	json_out_string(json, "name", "muster");
	json_out_string(json, "head_sha", check->sha);
	json_out_string(json, "status", "in_progress");
	json_out_string(json, "external_id", check->external_id);
	if (check->url)
		json_out_string(json, "details_url", check->url);
	add_output(json, check);
	json_out_close(json, '}');
	json_out_close(json, '}');
}

/* A text from an input, made visible by `show`. */
static void
add_cut(struct json_out *json, const char *key, struct str text,
    void (*show)(struct strbuf *out, struct str text), size_t most)
{
	struct strbuf copy = {0};

	show(&copy, text);
	headline_cut(&copy, most);
	json_out_str(json, key, strbuf_str(&copy));
	strbuf_clear(&copy);
}

static void
add_spot(struct json_out *json, const struct spot *spot)
{
	uint32_t first = spot->first ? spot->first : 1;

	json_out_open(json, NULL, '{');
	json_out_str(json, "path", spot->path);
	json_out_u64(json, "start_line", first);
	json_out_u64(json, "end_line", spot->last > first ? spot->last : first);
	json_out_string(json, "annotation_level",
	    spot->level == SPOT_ERROR ? "failure" : "warning");
	add_cut(json, "title", spot->title, visible_add, TITLE_BYTES);
	add_cut(json, "message", spot->message, workflow_lines, NOTE_BYTES);
	json_out_close(json, '}');
}

/* The spots from `first` up to `end`, and the conclusion with the last. */
static void
add_update(struct json_out *json, const struct check *check, size_t first, size_t end)
{
	json_out_open(json, NULL, '{');
	if (end == check->spots.count) {
		json_out_string(json, "status", "completed");
		json_out_string(json, "conclusion", check->conclusion);
	}
	add_output(json, check);
	if (first < end) {
		json_out_open(json, "annotations", '[');
		for (size_t i = first; i < end; i++)
			add_spot(json, &check->spots.items[i]);
		json_out_close(json, ']');
	}
	json_out_close(json, '}');
	json_out_close(json, '}');
}

/* ---- requests ------------------------------------------------------------------------------- */

static bool
take_run(void *context, const struct cJSON *item)
{
	struct check *check = context;
	struct str id;

	if (!json_string(json_at(item, "external_id"), &id) ||
	    !str_equal(id, str_of(check->external_id)))
		return true;
	return !json_u64(json_at(item, "id"), &check->id);
}

/* Whether a request whose answer was lost made the check run after all. */
static void
look(struct github *github, struct check *check)
{
	struct strbuf path = {0};

	strbuf_addf(&path, "/repos/%s/commits/%s/check-runs?check_name=muster&filter=all",
	    check->repository, check->sha);
	github_list(github, strbuf_string(&path), "check_runs", take_run, check, NULL);
	strbuf_clear(&path);
}

static enum github_end
post(struct github *github, struct check *check, struct str body, struct error *err)
{
	struct strbuf path = {0};
	struct cJSON *answer;
	enum github_end end;

	strbuf_addf(&path, "/repos/%s/check-runs", check->repository);
	end = github_call(github, "POST", strbuf_string(&path), body, &answer, err);
	strbuf_clear(&path);
	if (end == GITHUB_DONE && !json_u64(json_at(answer, "id"), &check->id)) {
		fail(err, ERROR_OUTPUT, "an answer without the id of the check run");
		end = GITHUB_FAILED;
	}
	json_free(answer);
	return end;
}

static enum github_end
create(struct github *github, struct check *check, struct error *err)
{
	struct json_out json = {0};
	enum github_end end;

	add_creation(&json, check);
	for (unsigned tries = 0;; tries++) {
		end = post(github, check, strbuf_str(&json.text), err);
		if (end != GITHUB_UNSURE || tries + 1 == GITHUB_TRIES)
			break;
		github_back_off(github, tries);
		look(github, check);
		if (check->id) {
			end = GITHUB_DONE;
			break;
		}
	}
	json_out_clear(&json);
	return end;
}

static enum github_end
patch(struct github *github, const struct check *check, size_t first, size_t end,
    struct error *err)
{
	struct strbuf path = {0};
	struct json_out json = {0};
	enum github_end how;

	strbuf_addf(&path, "/repos/%s/check-runs/%" PRIu64, check->repository, check->id);
	add_update(&json, check, first, end);
	how = github_call(github, "PATCH", strbuf_string(&path), strbuf_str(&json.text), NULL, err);
	json_out_clear(&json);
	strbuf_clear(&path);
	return how;
}

static enum github_end
fill(struct github *github, const struct check *check, struct error *err)
{
	size_t count = check->spots.count, first = 0, end;
	enum github_end how;

	do {
		end = count - first > CHUNK ? first + CHUNK : count;
		how = patch(github, check, first, end, err);
		first = end;
	} while (how == GITHUB_DONE && first < count);
	if (how != GITHUB_DONE)		/* a check run that never ends would hold up a merge */
		patch(github, check, count, count, NULL);
	return how;
}

static enum github_end
send(struct publication *publication, struct check *check, struct error *err)
{
	enum github_end end = publication_head(publication, &check->sha, err);

	if (end == GITHUB_DONE)
		end = create(&publication->github, check, err);
	return end == GITHUB_DONE ? fill(&publication->github, check, err) : end;
}

/* ---- the publisher -------------------------------------------------------------------------- */

static void
draw_id(struct check *check, const struct publish_settings *settings)
{
	const struct github_world *world = settings->world;

	snprintf(check->external_id, sizeof(check->external_id),
	    "muster-%" PRIu64 "-%" PRIu64 "-%016" PRIx64, settings->environment->run,
	    settings->environment->attempt, world->random(world->context, UINT64_MAX));
}

/* Notes without a place have none in a check run. */
static void
drop_placeless(struct spots *spots)
{
	size_t kept = 0;

	for (size_t i = 0; i < spots->count; i++)
		if (spots->items[i].path.length)
			spots->items[kept++] = spots->items[i];
	spots->count = kept;
}

static bool
compose(struct check *check, const struct result *result, const struct publication *publication,
    const struct publish_settings *settings, struct error *err)
{
	headline_describe(&check->title, result, TITLE_BYTES);
	spots_tests(result, SPOTS_MOST, &check->spots);
	spots_missing(result, SPOTS_MOST, &check->spots);
	drop_placeless(&check->spots);
	return publication_text(publication, settings, BODY_CHECK, SUMMARY_BYTES, &check->summary,
	    err);
}

static bool
show(const struct publish_settings *settings, const struct check *check, struct error *err)
{
	struct json_out json = {0};
	bool good;

	add_update(&json, check, 0, check->spots.count);
	good = publication_show(settings, "the check run", strbuf_str(&json.text), err);
	json_out_clear(&json);
	return good;
}

static bool
publish_check(const struct result *result, const struct publish_settings *settings,
    struct publication *publication, struct error *err)
{
	struct check check = {
	    .repository = publication->target.repository,
	    .conclusion = result->verdict == VERDICT_PASS ? "success" : "failure",
	    .url = publication->run_url,
	};
	bool good = compose(&check, result, publication, settings, err);

	draw_id(&check, settings);
	if (good && settings->dry_run)
		good = show(settings, &check, err);
	else if (good)
		good = publication_connect(publication, settings, err) &&
		    publication_end(publication, send(publication, &check, err));
	spots_clear(&check.spots);
	strbuf_clear(&check.title);
	strbuf_clear(&check.summary);
	return good;
}

const struct publisher publisher_check = {
	.name = "check",
	.help = "a check run with notes beside the source",
	.permission = "checks: write",
	.possible = publication_is_possible,
	.publish = publish_check,
};
