/* Convergence to one comment. */
#include "publish/sticky.h"

#include "base/json.h"
#include "base/json_out.h"
#include "base/log.h"
#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

/* Milliseconds between a write and the look at it. */
enum { REST = 500, REST_JITTER = 1000 };

/* A comment of ours that stands. */
struct standing {
	uint64_t id;
	struct marker marker;
	char *text;
	char *url;
};

struct putting {
	struct github *github;
	const struct sticky *sticky;
	struct error *err;
	char *author;		/* whose comments are ours */
	struct standing *standing;
	size_t count;
	size_t capacity;
	uint64_t made;		/* the comment that we made last; 0: none */
	unsigned writes;
	unsigned unsure;
	bool changed;		/* the last step did something that is to be looked at */
};

/* What a look at the comments asks for: an end, or a write. */
enum step { STEP_END, STEP_GO_ON };

static void
forget(struct putting *p)
{
	for (size_t i = 0; i < p->count; i++) {
		free(p->standing[i].text);
		free(p->standing[i].url);
	}
	p->count = 0;
}

/* ---- looking -------------------------------------------------------------------------------- */

static bool
take_comment(void *context, const struct cJSON *item)
{
	struct putting *p = context;
	struct standing one = {0};
	struct str author, text, url = STR("");

	if (!json_string(json_at(item, "user.login"), &author) ||
	    !str_equal_fold(author, str_of(p->author)))
		return true;
	if (!json_string(json_at(item, "body"), &text) || !json_u64(json_at(item, "id"), &one.id) ||
	    !marker_parse(text, p->sticky->key, &one.marker))
		return true;
	json_string(json_at(item, "html_url"), &url);
	one.text = mem_string(text.s, text.length);
	one.url = mem_string(url.s, url.length);
	MEM_GROW(p->standing, p->capacity, p->count + 1);
	p->standing[p->count++] = one;
	return true;
}

static enum github_end
get_comment(struct putting *p, uint64_t id)
{
	struct strbuf path = {0};
	struct cJSON *json;
	enum github_end end;

	strbuf_addf(&path, "/repos/%s/issues/comments/%" PRIu64, p->sticky->repository, id);
	end = github_call(p->github, "GET", strbuf_string(&path), STR(""), &json, p->err);
	if (end == GITHUB_DONE)
		take_comment(p, json);
	json_free(json);
	strbuf_clear(&path);
	return end == GITHUB_GONE ? GITHUB_DONE : end;
}

/* A list may lag behind: the comment that we made is asked for by name when it is not in it. */
static enum github_end
look_for_made(struct putting *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->standing[i].id == p->made)
			return GITHUB_DONE;
	return p->made ? get_comment(p, p->made) : GITHUB_DONE;
}

static struct standing *
lowest(const struct putting *p)
{
	struct standing *found = NULL;

	for (size_t i = 0; i < p->count; i++)
		if (!found || p->standing[i].id < found->id)
			found = &p->standing[i];
	return found;
}

/* And pages of a long list are old when the last is read: what ours holds now is asked for, too. */
static enum github_end
look_closely(struct putting *p)
{
	enum github_end end = GITHUB_DONE;
	struct standing *keep;
	uint64_t seen = 0;

	while (end == GITHUB_DONE && (keep = lowest(p)) != NULL && keep->id != seen) {
		seen = keep->id;
		free(keep->text);
		free(keep->url);
		*keep = p->standing[--p->count];
		end = get_comment(p, seen);
	}
	return end;
}

static enum github_end
look(struct putting *p)
{
	struct strbuf path = {0};
	enum github_end end;

	forget(p);
	strbuf_addf(&path, "/repos/%s/issues/%" PRIu64 "/comments", p->sticky->repository,
	    p->sticky->pull);
	end = github_list(p->github, strbuf_string(&path), NULL, take_comment, p, p->err);
	strbuf_clear(&path);
	if (end == GITHUB_GONE)
		error_prefix(p->err, "no access, or the pull request is gone: ");
	if (end == GITHUB_DONE)
		end = look_for_made(p);
	return end == GITHUB_DONE ? look_closely(p) : end;
}

/* Of equal runs the one that was made later. */
static struct standing *
newest(const struct putting *p)
{
	struct standing *found = NULL;

	for (size_t i = 0; i < p->count; i++) {
		struct standing *one = &p->standing[i];
		int order = found ? marker_compare(&one->marker, &found->marker) : 1;

		if (order > 0 || (order == 0 && one->id > found->id))
			found = one;
	}
	return found;
}

/* ---- writing -------------------------------------------------------------------------------- */

static enum sticky_end
end_of(enum github_end end)
{
	if (end == GITHUB_READ_ONLY)
		return STICKY_READ_ONLY;
	return end == GITHUB_LOCKED ? STICKY_LOCKED : STICKY_FAILED;
}

/* Who a comment that we made is by is who we are, whatever was believed. */
static void
learn_author(struct putting *p, const struct cJSON *comment)
{
	struct str author;

	if (!json_string(json_at(comment, "user.login"), &author) ||
	    str_equal_fold(author, str_of(p->author)))
		return;
	log_notice("comment: the token writes as '%.*s', not as '%s': give --comment-author",
	    (int)author.length, author.s, p->author);
	free(p->author);
	p->author = mem_string(author.s, author.length);
}

/* Sends a text to a comment, or to the list of comments (*id 0: set to the new one's). */
static enum github_end
write_text(struct putting *p, uint64_t *id, struct str text)
{
	struct strbuf path = {0};
	struct json_out json = {0};
	struct cJSON *answer;
	enum github_end end;
	bool patch = *id;

	if (patch)
		strbuf_addf(&path, "/repos/%s/issues/comments/%" PRIu64, p->sticky->repository,
		    *id);
	else
		strbuf_addf(&path, "/repos/%s/issues/%" PRIu64 "/comments", p->sticky->repository,
		    p->sticky->pull);
	json_out_open(&json, NULL, '{');
	json_out_str(&json, "body", text);
	json_out_close(&json, '}');
	end = github_try(p->github, patch ? "PATCH" : "POST", strbuf_string(&path),
	    strbuf_str(&json.text), &answer, p->err);
	json_u64(json_at(answer, "id"), id);
	if (!patch)
		learn_author(p, answer);
	json_free(answer);
	json_out_clear(&json);
	strbuf_clear(&path);
	return end;
}

/* Whether a write may go on; one that was lost or undone is tried again a few times. */
static bool
may_write(struct putting *p)
{
	if (p->writes++ < STICKY_WRITES)
		return true;
	return p->err->code ? false : fail(p->err, ERROR_OUTPUT,
	    "the comment does not stay as it is written: pull request %" PRIu64,
	    p->sticky->pull);
}

/* After a write that may have been carried out; too many of them are a failure. */
static enum step
look_again(struct putting *p)
{
	if (++p->unsure == GITHUB_TRIES)
		return STEP_END;
	github_back_off(p->github, p->unsure - 1);
	p->writes--;
	return STEP_GO_ON;
}

static enum step
create(struct putting *p, enum sticky_end *end)
{
	enum github_end how;

	*end = STICKY_FAILED;
	if (!may_write(p))
		return STEP_END;
	p->made = 0;
	how = write_text(p, &p->made, p->sticky->text);
	if (how == GITHUB_UNSURE)
		return look_again(p);
	*end = end_of(how);
	p->changed = how == GITHUB_DONE;
	return how == GITHUB_DONE ? STEP_GO_ON : STEP_END;
}

/* Deletes what stands beside `keep`; others may have done so already. */
static bool
delete_others(struct putting *p, const struct standing *keep, enum sticky_end *end)
{
	struct strbuf path = {0};
	enum github_end how = GITHUB_DONE;

	for (size_t i = 0; i < p->count; i++) {
		if (&p->standing[i] == keep)
			continue;
		strbuf_reset(&path);
		strbuf_addf(&path, "/repos/%s/issues/comments/%" PRIu64, p->sticky->repository,
		    p->standing[i].id);
		how = github_call(p->github, "DELETE", strbuf_string(&path), STR(""), NULL, p->err);
		if (how != GITHUB_DONE && how != GITHUB_GONE)
			break;
		how = GITHUB_DONE;
	}
	strbuf_clear(&path);
	*end = end_of(how);
	return how == GITHUB_DONE;
}

/* Makes `keep` hold the text, and it the only one. */
static enum step
settle(struct putting *p, const struct standing *keep, struct str text, enum sticky_end *end)
{
	enum github_end how = GITHUB_DONE;
	uint64_t id = keep->id;

	*end = STICKY_FAILED;
	if (!may_write(p))
		return STEP_END;
	if (!str_equal(text, str_of(keep->text)))
		how = write_text(p, &id, text);
	if (how == GITHUB_UNSURE)
		return look_again(p);
	if (how == GITHUB_GONE)
		return STEP_GO_ON;
	*end = end_of(how);
	p->changed = true;
	return how == GITHUB_DONE && delete_others(p, keep, end) ? STEP_GO_ON : STEP_END;
}

/* ---- deciding ------------------------------------------------------------------------------- */

/* Whether what stands is another's that ours must not replace. */
static bool
is_newer(const struct putting *p, const struct standing *other)
{
	int order = marker_compare(&other->marker, &p->sticky->marker);

	return p->sticky->marker.run && (order > 0 || (order == 0 && p->writes));
}

static bool
is_same(const struct putting *p, const struct standing *other)
{
	const char *hash = p->sticky->marker.hash;

	return *hash && strcmp(other->marker.hash, hash) == 0;
}

/* Whether --comment-when leaves it at what stands, which is only asked before the first write. */
static bool
is_unwanted(const struct putting *p, const struct standing *stands)
{
	const struct sticky *sticky = p->sticky;

	if (p->writes || p->unsure)
		return false;
	if (!stands)
		return sticky->never_first;
	return sticky->only_changes && strcmp(stands->marker.state, sticky->marker.state) == 0;
}

static enum step
decide(struct putting *p, enum sticky_end *end)
{
	struct standing *keep = lowest(p), *last = newest(p);

	if (!keep && !is_unwanted(p, NULL) && p->sticky->may_create)
		return create(p, end);
	*end = keep || is_unwanted(p, NULL) ? STICKY_UNWANTED : STICKY_CLOSED;
	if (!keep)
		return STEP_END;
	if (p->count > 1)
		return settle(p, keep, is_newer(p, last) || is_same(p, last) ? str_of(last->text) :
		    p->sticky->text, end);
	if (p->writes && (is_newer(p, last) || is_same(p, last) || !p->sticky->marker.run))
		*end = STICKY_WRITTEN;
	else if (is_newer(p, last))
		*end = STICKY_NEWER;
	else if (is_same(p, last))
		*end = p->unsure ? STICKY_WRITTEN : STICKY_SAME;
	else if (!is_unwanted(p, keep))
		return settle(p, keep, p->sticky->text, end);
	return STEP_END;
}

/* Long enough for a request that another run began before our write to be over. */
static void
rest(struct putting *p)
{
	const struct github_world *world = &p->github->world;

	if (p->changed)
		world->sleep(world->context, REST + world->random(world->context, REST_JITTER));
	p->changed = false;
}

static enum sticky_end
put(struct putting *p)
{
	enum sticky_end end;
	enum github_end how;

	do {
		rest(p);
		how = look(p);
		if (how != GITHUB_DONE)
			return end_of(how);
	} while (decide(p, &end) == STEP_GO_ON);
	return end;
}

enum sticky_end
sticky_put(struct github *github, const struct sticky *sticky, char **url, struct error *err)
{
	struct putting p = {.github = github, .sticky = sticky, .err = err,
	    .author = mem_string(sticky->author, strlen(sticky->author))};
	enum sticky_end end = put(&p);

	*url = NULL;
	if (p.count && *lowest(&p)->url)
		*url = mem_string(lowest(&p)->url, strlen(lowest(&p)->url));
	forget(&p);
	free(p.standing);
	free(p.author);
	return end;
}
