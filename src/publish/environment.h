/*
 * What a CI runner says of the run in its environment and its event payload; the one place that
 * reads either.  What is malformed is as if it were not said, with a notice.
 */
#ifndef MUSTER_PUBLISH_ENVIRONMENT_H
#define MUSTER_PUBLISH_ENVIRONMENT_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

struct cJSON;

enum { SHA_TEXT = 65 };

/* Texts are borrowed from the environment; "" where it says nothing. */
struct environment {
	bool actions;			/* a GitHub runner: obeys workflow commands */
	const char *summary_path;
	const char *outputs_path;
	const char *repository;		/* OWNER/NAME */
	const char *api_url;
	const char *server_url;
	const char *token;
	const char *ref;
	char sha[SHA_TEXT];		/* GITHUB_SHA, maybe a merge commit */
	uint64_t run;			/* 0: not said */
	uint64_t attempt;
	struct cJSON *event;		/* owned; NULL: none */
};

/* Reads the variables and the event payload they name. */
void environment_read(struct environment *environment);
void environment_release(struct environment *environment);

/* Whether this is a job on a GitHub runner. */
bool environment_is_runner(void);

/* The pull request that a job is of, by the variables alone; "" where they say nothing. */
struct environment_pull {
	const char *base;	/* GITHUB_BASE_REF, the branch that it is for */
	const char *merge;	/* GITHUB_SHA where that is GitHub's trial merge of it */
};
struct environment_pull environment_pull(void);

/* Whether a text names a repository and can stand in a URL. */
bool is_repository(struct str name);
/* Whether a text is a whole commit id (40 or 64 hexadecimal digits). */
bool is_sha(struct str text);

#endif
