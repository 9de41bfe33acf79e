/* Requests to GitHub, with patience. */
#include "publish/github.h"

#include "base/json.h"
#include "base/mem.h"
#include "base/random.h"
#include "publish/github_answer.h"
#include "publish/github_url.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

enum { SECOND = 1000 };

#define OWN_BASE "https://api.github.com"

/* ---- the real world ------------------------------------------------------------------------- */

static enum http_end
send_request(void *context, const struct http_request *request, struct http_answer *answer,
    struct error *err)
{
	return http_send(context, request, answer, err);
}

static uint64_t
clock_now(void *context)
{
	struct timespec now;

	(void)context;
	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec / (SECOND * SECOND);
}

static void
clock_sleep(void *context, uint64_t milliseconds)
{
	struct timespec rest = {
	    .tv_sec = (time_t)(milliseconds / SECOND),
	    .tv_nsec = (long)(milliseconds % SECOND) * SECOND * SECOND,
	};

	(void)context;
	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest) != 0)
		continue;
}

static uint64_t
draw(void *context, uint64_t bound)
{
	(void)context;
	return random_below(bound);
}

struct github_world
github_world_of(struct http *http)
{
	return (struct github_world){http, send_request, clock_now, clock_sleep, draw};
}

/* ---- the client ----------------------------------------------------------------------------- */

static bool
check_token(struct str token, struct error *err)
{
	for (size_t i = 0; i < token.length; i++)
		if (token.s[i] <= ' ' || token.s[i] > '~')
			return fail(err, ERROR_USAGE, "the token holds what no token can");
	return token.length || fail(err, ERROR_USAGE, "the token is empty");
}

static bool
check_base(const char *base, struct error *err)
{
	if (!http_check_url(base, err))
		return false;
	return !strpbrk(base, "?#") ||
	    fail(err, ERROR_USAGE, "an address with '?' or '#' in it: '%s'", base);
}

bool
github_init(struct github *github, const struct github_world *world, const char *base,
    const char *token, uint64_t max_wait, struct error *err)
{
	struct str url = str_of(base && *base ? base : OWN_BASE);
	struct strbuf header = {0};

	*github = (struct github){.world = *world, .max_wait = max_wait};
	while (url.length && url.s[url.length - 1] == '/')
		url.length--;
	github->base = mem_string(url.s, url.length);
	if (!check_base(github->base, err)) {
		error_prefix(err, "GITHUB_API_URL: ");
		return false;
	}
	if (!check_token(str_of(token), err))
		return false;
	github->token = mem_string(token, strlen(token));
	strbuf_addf(&header, "Authorization: Bearer %s", token);
	github->authorization = strbuf_take(&header);
	return true;
}

void
github_clear(struct github *github)
{
	http_answer_clear(&github->answer);
	free(github->base);
	free(github->token);
	free(github->authorization);
	*github = (struct github){0};
}

void
github_redact(const struct github *github, struct strbuf *text)
{
	size_t length = strlen(github->token);
	struct strbuf clean = {0};
	const char *next = strbuf_string(text), *end = next + text->length;
	const char *found;

	if (!memmem(next, text->length, github->token, length))
		return;
	while ((found = memmem(next, (size_t)(end - next), github->token, length)) != NULL) {
		strbuf_add(&clean, next, (size_t)(found - next));
		strbuf_add_string(&clean, "***");
		next = found + length;
	}
	strbuf_add(&clean, next, (size_t)(end - next));
	strbuf_clear(text);
	*text = clean;
}

static void
redact_error(const struct github *github, struct error *err)
{
	struct strbuf text = {0};

	strbuf_add_string(&text, err->message);
	github_redact(github, &text);
	fail(err, err->code, "%s", strbuf_string(&text));
	strbuf_clear(&text);
}

/* ---- waiting -------------------------------------------------------------------------------- */

void
github_back_off(struct github *github, unsigned tries)
{
	const struct github_world *world = &github->world;
	uint64_t half = ((uint64_t)SECOND << tries) / 2;

	world->sleep(world->context, half + world->random(world->context, half + 1));
}

static void
add_time(struct strbuf *out, uint64_t milliseconds)
{
	time_t seconds = (time_t)(milliseconds / SECOND);
	char text[32] = "";
	struct tm parts;

	if (milliseconds / SECOND < INT32_MAX && gmtime_r(&seconds, &parts) &&
	    strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S UTC", &parts))
		strbuf_addf(out, "; it is over at %s", text);
}

/* Ends all talk; `err` says why. */
static void
stop(struct github *github, const struct error *err)
{
	github->stopped = true;
	github->why_stopped = *err;
}

/* Waits as a limit asks, within what all waits together may take. */
static bool
wait_for_limit(struct github *github, uint64_t wait, struct error *err)
{
	const struct github_world *world = &github->world;
	struct strbuf text = {0};

	if (wait < SECOND)
		wait = SECOND;
	if (wait <= github->max_wait - github->waited) {
		github->waited += wait;
		world->sleep(world->context, wait);
		return true;
	}
	strbuf_add_string(&text, err->message);
	if (wait < UINT64_MAX / 2)
		add_time(&text, world->now(world->context) + wait);
	strbuf_addf(&text, " (waited %" PRIu64 " s of at most %" PRIu64 " s)",
	    github->waited / SECOND, github->max_wait / SECOND);
	fail(err, ERROR_OUTPUT, "%s", strbuf_string(&text));
	strbuf_clear(&text);
	return false;
}

/* ---- requests ------------------------------------------------------------------------------- */

static void
read_answer(struct github *github, const struct exchange *exchange, struct reading *reading,
    struct error *err)
{
	const struct github_world *world = &github->world;
	enum http_end how = world->send(world->context, &exchange->request, &github->answer, err);

	*reading = (struct reading){.kind = READING_SHAKY, .end = GITHUB_FAILED};
	if (how == HTTP_REFUSED)
		reading->kind = READING_END;
	if (how == HTTP_ANSWERED) {
		github_redact(github, &github->answer.body);
		github_read(exchange, &github->answer, world->now(world->context), reading, err);
	}
	if (err->code)
		redact_error(github, err);
}

/* After no answer that can be used; true: send again. */
static bool
again_soon(struct github *github, struct exchange *exchange, struct reading *reading)
{
	if (exchange->careful || strcmp(exchange->request.method, "POST") == 0) {
		reading->end = GITHUB_UNSURE;
		return false;
	}
	if (++exchange->tries == (github->brief ? GITHUB_TRIES_BRIEF : GITHUB_TRIES))
		return false;
	github_back_off(github, exchange->tries - 1);
	return true;
}

/* The next step after a reading that is no end; true: send again. */
static bool
again(struct github *github, struct exchange *exchange, struct reading *reading,
    struct error *err)
{
	reading->end = GITHUB_FAILED;
	if (reading->kind == READING_SHAKY)
		return again_soon(github, exchange, reading);
	if (reading->kind == READING_LIMIT && github->brief)
		return false;
	if (reading->kind != READING_LIMIT || !wait_for_limit(github, reading->wait, err)) {
		stop(github, err);
		return false;
	}
	exchange->limits++;
	if (exchange->careful)
		reading->end = GITHUB_UNSURE;
	return !exchange->careful;
}

static enum github_end
send_all(struct github *github, struct exchange *exchange, struct cJSON **out, struct error *err)
{
	struct reading reading;

	for (;;) {
		if (github->stopped) {
			*err = github->why_stopped;
			return GITHUB_FAILED;
		}
		error_clear(err);
		read_answer(github, exchange, &reading, err);
		if (reading.kind == READING_END)
			break;
		json_free(reading.json);
		reading.json = NULL;
		if (!again(github, exchange, &reading, err))
			return reading.end;
	}
	if (reading.end == GITHUB_DONE && out) {
		*out = reading.json;
		reading.json = NULL;
	}
	json_free(reading.json);
	return reading.end;
}

static enum github_end
call(struct github *github, struct exchange *exchange, struct cJSON **out, struct error *err)
{
	const char *headers[] = {
		exchange->accept ? exchange->accept : "Accept: application/vnd.github+json",
		"X-GitHub-Api-Version: 2022-11-28",
		"User-Agent: muster/" PACKAGE_VERSION,
		exchange->request.body.length ? "Content-Type: application/json" : NULL,
		NULL,
	};
	struct error own = {0};
	struct strbuf text = {0};
	enum github_end how;

	if (out)
		*out = NULL;
	strbuf_add_str(&text, exchange->request.body);
	github_redact(github, &text);
	exchange->request.headers = headers;
	exchange->request.secret = github->authorization;
	exchange->request.body = text.length ? strbuf_str(&text) : (struct str){NULL, 0};
	how = send_all(github, exchange, out, err ? err : &own);
	strbuf_clear(&text);
	return how;
}

enum github_end
github_call_url(struct github *github, const char *method, const char *url, struct str body,
    struct cJSON **out, struct error *err)
{
	struct exchange exchange = {.request = {.method = method, .url = url, .body = body}};

	return call(github, &exchange, out, err);
}

static enum github_end
call_path(struct github *github, struct exchange *exchange, const char *path, struct cJSON **out,
    struct error *err)
{
	struct strbuf url = {0};
	enum github_end how;

	strbuf_addf(&url, "%s%s", github->base, path);
	exchange->request.url = strbuf_string(&url);
	how = call(github, exchange, out, err);
	strbuf_clear(&url);
	return how;
}

enum github_end
github_try(struct github *github, const char *method, const char *path, struct str body,
    struct cJSON **out, struct error *err)
{
	struct exchange exchange = {.request = {.method = method, .body = body}, .careful = true};

	return call_path(github, &exchange, path, out, err);
}

enum github_end
github_call(struct github *github, const char *method, const char *path, struct str body,
    struct cJSON **out, struct error *err)
{
	struct exchange exchange = {.request = {.method = method, .body = body}};

	return call_path(github, &exchange, path, out, err);
}

enum github_end
github_get_text(
    struct github *github, const char *path, const char *accept, struct error *err)
{
	struct exchange exchange = {.request = {.method = "GET", .body = STR("")}, .accept = accept};

	return call_path(github, &exchange, path, NULL, err);
}
