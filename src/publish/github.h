/*
 * A client of GitHub's REST API that knows what each answer asks for (GITHUB 1): what is tried
 * again and when, what may be missing, what ends all talk.  The token goes to the base URL's origin
 * alone and appears in no message and no text that is sent.
 */
#ifndef MUSTER_PUBLISH_GITHUB_H
#define MUSTER_PUBLISH_GITHUB_H

#include "base/http.h"

#include <stdint.h>

struct cJSON;

/* All that lies outside the client, so that tests may stand in for it.  Times in milliseconds. */
struct github_world {
	void *context;
	enum http_end (*send)(void *context, const struct http_request *request,
	    struct http_answer *answer, struct error *err);
	uint64_t (*now)(void *context);		/* since 1970 */
	void (*sleep)(void *context, uint64_t milliseconds);
	uint64_t (*random)(void *context, uint64_t bound);
};

/* The real one; `http` is borrowed. */
struct github_world github_world_of(struct http *http);

enum github_end {
	GITHUB_DONE,
	GITHUB_GONE,		/* 404: nothing there, or nothing that we may see */
	GITHUB_READ_ONLY,	/* the token may not do this */
	GITHUB_LOCKED,		/* nobody may write there now */
	GITHUB_UNSURE,		/* it may have been carried out: look before trying again */
	GITHUB_FAILED,
};

enum { GITHUB_TRIES = 5, GITHUB_TRIES_BRIEF = 2 };

struct github {
	struct github_world world;
	char *base;		/* without a '/' at its end */
	char *token;
	char *authorization;
	uint64_t max_wait;	/* milliseconds that all waiting for limits may take */
	uint64_t waited;
	bool brief;		/* what is asked for now can be done without: few tries, no waiting for limits */
	bool stopped;		/* a bad token or an exhausted limit: nothing more is sent */
	struct error why_stopped;
	struct http_answer answer;	/* the last one */
};

/*
 * `base` is GITHUB_API_URL (""; GitHub's own), `token` without white space.
 * False for what can't be used as one; github_clear() in any case.
 */
bool github_init(struct github *github, const struct github_world *world, const char *base,
    const char *token, uint64_t max_wait, struct error *err);
void github_clear(struct github *github);

/*
 * Sends a request for `path` ("/repos/...") below the base URL, with a JSON body unless it is
 * empty, as often as it takes.  *out (may be NULL) is the parsed answer, owned: json_free(); set
 * to NULL unless GITHUB_DONE.  `err` says why it is anything else.
 */
enum github_end github_call(struct github *github, const char *method, const char *path,
    struct str body, struct cJSON **out, struct error *err);

/*
 * Reads what is no JSON, as github_call() does: `accept` is the header that asks for it, and
 * github->answer.body holds it until the next request.
 */
enum github_end github_get_text(
    struct github *github, const char *path, const char *accept, struct error *err);

/*
 * As github_call(), for a write that depends on what was read before: where that would be tried
 * again, this waits and ends with GITHUB_UNSURE, so that the caller reads anew.  POST is always
 * such where it may have been carried out.
 */
enum github_end github_try(struct github *github, const char *method, const char *path,
    struct str body, struct cJSON **out, struct error *err);

/* One element of a list; false ends the listing. */
typedef bool github_item(void *context, const struct cJSON *item);
/*
 * Calls `item` for every element of the list at `path`, page after page; `member` names the list
 * inside each answer's object, NULL: the answer is the list.
 */
enum github_end github_list(struct github *github, const char *path, const char *member,
    github_item *item, void *context, struct error *err);

/* Waits before try number `tries` + 1 (from 0): doubling from a second, with jitter. */
void github_back_off(struct github *github, unsigned tries);
/* Replaces the token wherever it stands in a text. */
void github_redact(const struct github *github, struct strbuf *text);

#endif
