/*
 * What an answer of GitHub's asks for: the table of GITHUB 1, without doing any of it.
 */
#ifndef MUSTER_PUBLISH_GITHUB_ANSWER_H
#define MUSTER_PUBLISH_GITHUB_ANSWER_H

#include "publish/github.h"

enum reading_kind {
	READING_END,	/* `end` is what came of the request */
	READING_SHAKY,	/* try again soon, if it does no harm */
	READING_LIMIT,	/* refused for `wait` milliseconds by a limit */
	READING_STOP,	/* `end` is GITHUB_FAILED, and nothing else will work either */
};

struct reading {
	enum reading_kind kind;
	enum github_end end;
	uint64_t wait;
	struct cJSON *json;	/* the parsed answer, owned; NULL: none */
};

/* A request and how often it was sent in vain. */
struct exchange {
	struct http_request request;
	const char *accept;	/* the header that asks for something else than JSON; NULL: JSON */
	bool careful;		/* github_try() */
	unsigned tries;
	unsigned limits;	/* how often a limit without a time has refused it */
};

/* Reads the answer to a request that was sent at `now`.  Fills `err` unless it is GITHUB_DONE. */
void github_read(const struct exchange *exchange, const struct http_answer *answer, uint64_t now,
    struct reading *reading, struct error *err);

#endif
