/* Reading answers. */
#include "publish/github_answer.h"

#include "base/json.h"
#include "base/number.h"

enum { SECOND = 1000, LIMIT_WAIT = 60 * SECOND, LIMIT_DOUBLINGS = 10, TEXT_SHOWN = 300 };

struct context {
	const struct exchange *exchange;
	const struct http_answer *answer;
	uint64_t now;
	struct str message;	/* what the answer says of itself */
	struct reading *reading;
	struct error *err;
};

static bool
is_read(const struct context *c)
{
	return strcmp(c->exchange->request.method, "GET") == 0;
}

static bool
is_good(unsigned status)
{
	return status >= 200 && status < 300;
}

/* Whether the message holds some words, in any case. */
static bool
says(const struct context *c, const char *words)
{
	struct str wanted = str_of(words);

	for (size_t i = 0; i + wanted.length <= c->message.length; i++)
		if (str_equal_fold((struct str){c->message.s + i, wanted.length}, wanted))
			return true;
	return false;
}

static bool
number_header(const struct context *c, const char *name, uint64_t *number)
{
	struct str text;

	return http_header(c->answer, name, &text) && number_u64(text, number) == NUMBER_OK;
}

/* How many bytes of the message are shown. */
static size_t
shown(const struct context *c)
{
	return c->message.length < TEXT_SHOWN ? c->message.length : TEXT_SHOWN;
}

/* What was asked and answered, behind what is said of it. */
static void
explain(const struct context *c, const char *what)
{
	fail(c->err, ERROR_OUTPUT, "%s: %s %s: %u%s%.*s", what, c->exchange->request.method,
	    c->exchange->request.url, c->answer->status, c->message.length ? " " : "", (int)shown(c),
	    c->message.s);
}

static void
end(const struct context *c, enum github_end how, const char *what)
{
	c->reading->kind = READING_END;
	c->reading->end = how;
	explain(c, what);
}

/* ---- limits --------------------------------------------------------------------------------- */

static uint64_t
until(const struct context *c, uint64_t seconds)
{
	uint64_t then = seconds > UINT64_MAX / SECOND - 1 ? UINT64_MAX - SECOND : seconds * SECOND;

	return then > c->now ? then - c->now + SECOND : 0;
}

/* retry-after: seconds, or a date. */
static bool
retry_after(const struct context *c, uint64_t *wait)
{
	struct str text;
	uint64_t seconds;

	if (!http_header(c->answer, "retry-after", &text))
		return false;
	if (number_u64(text, &seconds) == NUMBER_OK)
		*wait = seconds > UINT32_MAX ? UINT64_MAX : seconds * SECOND;
	else if (http_date(text, &seconds))
		*wait = until(c, seconds);
	else
		return false;
	return true;
}

static bool
is_limit(const struct context *c, uint64_t *wait)
{
	uint64_t remaining, reset;
	unsigned status = c->answer->status;
	unsigned limits = c->exchange->limits;
	unsigned doublings = limits < LIMIT_DOUBLINGS ? limits : LIMIT_DOUBLINGS;

	if (status != 429 && status != 403)
		return false;
	if (retry_after(c, wait))
		return true;
	*wait = (uint64_t)LIMIT_WAIT << doublings;
	if (number_header(c, "x-ratelimit-remaining", &remaining) && !remaining) {
		if (number_header(c, "x-ratelimit-reset", &reset))
			*wait = until(c, reset);
		return true;
	}
	return status == 429 || says(c, "secondary rate limit") || says(c, "abuse");
}

/* ---- refusals ------------------------------------------------------------------------------- */

static void
read_forbidden(const struct context *c)
{
	bool silent = !c->message.length || str_equal_fold(c->message, STR("forbidden"));

	if (says(c, "resource not accessible") || (silent && !is_read(c)))
		end(c, GITHUB_READ_ONLY, "the token may not do this");
	else if (says(c, "locked"))
		end(c, GITHUB_LOCKED, "locked");
	else
		end(c, GITHUB_FAILED, "refused");
}

/* "; field body, code custom, too long"; an error may be a string too. */
static void
add_invalid(const struct cJSON *error, struct strbuf *out)
{
	static const struct {
		const char *member;
		const char *shown;
	} parts[] = {{"field", "field "}, {"code", "code "}, {"message", ""}};
	const char *separator = out->length ? "; " : "";
	struct str text;

	if (json_string(error, &text)) {
		strbuf_add_string(out, separator);
		strbuf_add_str(out, text);
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!json_string(json_at(error, parts[i].member), &text))
			continue;
		strbuf_addf(out, "%s%s", separator, parts[i].shown);
		strbuf_add_str(out, text);
		separator = ", ";
	}
}

static void
read_invalid(struct context *c)
{
	struct strbuf text = {0};
	const struct cJSON *error;

	if (c->message.length)
		strbuf_add(&text, c->message.s, shown(c));
	error = json_first(json_at(c->reading->json, "errors"));
	for (; error && text.length < TEXT_SHOWN; error = json_next(error))
		add_invalid(error, &text);
	c->message = strbuf_str(&text);
	end(c, GITHUB_FAILED, "not accepted");
	strbuf_clear(&text);
}

static void
read_missing(const struct context *c)
{
	end(c, GITHUB_GONE, is_read(c) ? "nothing there" :
	    "no access, or the pull request is gone");
}

/* ---- the table ------------------------------------------------------------------------------ */

static void
read_good(const struct context *c, bool parsed)
{
	if (parsed || c->exchange->accept || c->answer->status == 204) {
		c->reading->kind = READING_END;
		c->reading->end = GITHUB_DONE;
		return;
	}
	c->reading->kind = READING_SHAKY;
	explain(c, "an answer that is broken or cut");
}

static void
read_bad(struct context *c)
{
	unsigned status = c->answer->status;

	if (is_limit(c, &c->reading->wait)) {
		c->reading->kind = READING_LIMIT;
		explain(c, "a rate limit");
	} else if (status == 408 || status >= 500) {
		c->reading->kind = READING_SHAKY;
		explain(c, "the server failed");
	} else if (status == 401) {
		end(c, GITHUB_FAILED, "the token is not valid");
		c->reading->kind = READING_STOP;
	} else if (status == 403) {
		read_forbidden(c);
	} else if (status == 404 || status == 410) {
		read_missing(c);
	} else if (status == 422) {
		read_invalid(c);
	} else {
		end(c, GITHUB_FAILED, "refused");
	}
}

void
github_read(const struct exchange *exchange, const struct http_answer *answer, uint64_t now,
    struct reading *reading, struct error *err)
{
	struct context c = {exchange, answer, now, STR(""), reading, err};
	bool parsed;

	*reading = (struct reading){.kind = READING_END, .end = GITHUB_FAILED};
	parsed = json_parse(strbuf_str(&answer->body), &reading->json, NULL);
	if (parsed)
		json_string(json_at(reading->json, "message"), &c.message);
	if (is_good(answer->status))
		read_good(&c, parsed);
	else
		read_bad(&c);
}
