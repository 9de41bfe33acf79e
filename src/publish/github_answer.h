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

/*
 * Reads the answer to `request`.  `limits` is how often a limit without a time has refused it.
 * Fills `err` unless it is GITHUB_DONE.
 */
void github_read(const struct http_request *request, const struct http_answer *answer,
    uint64_t now, unsigned limits, struct reading *reading, struct error *err);

#endif
