/*
 * The table of publishers: one const struct per place that a result can go to beside files, and
 * what they share in one run.  None of them decides anything about the verdict.
 */
#ifndef MUSTER_PUBLISH_PUBLISHER_H
#define MUSTER_PUBLISH_PUBLISHER_H

#include "base/output.h"
#include "model/result.h"
#include "publish/github.h"
#include "publish/pulls.h"
#include "publish/target.h"

enum body_kind { BODY_COMMENT, BODY_SUMMARY, BODY_CHECK };

/* What a text that is to be written may use; texts "" and numbers 0 where not known. */
struct body_request {
	enum body_kind kind;
	size_t budget;			/* bytes */
	bool folded;			/* when all is well its first lines are enough */
	const char *server_url;		/* "https://github.com" */
	const char *repository;
	uint64_t pull;
	const char *head;
	const char *base;
	const char *run_url;
};

/* Writes the result as Markdown, within the budget. */
typedef bool publish_body(void *context, const struct body_request *request, struct output *out,
    struct error *err);

enum comment_when { COMMENT_ALWAYS, COMMENT_CHANGES, COMMENT_FAILURES };

/* All borrowed. */
struct publish_settings {
	const struct environment *environment;
	const struct github_world *world;
	struct target_wishes wishes;
	const char *token;		/* "": none */
	uint64_t max_wait;		/* milliseconds */
	bool dry_run;			/* print what would be sent, send nothing */
	bool allow_stale;
	const char *comment_key;
	const char *comment_author;	/* NULL: whoever the token belongs to */
	enum comment_when comment_when;
	const char *screen;		/* where workflow commands and dry runs are printed */
	publish_body *body;
	void *body_context;
};

/* What came of one publisher that did not fail. */
enum publish_end {
	PUBLISH_DONE,
	PUBLISH_LEFT,		/* nothing to be done; said why */
	PUBLISH_READ_ONLY,	/* the token may not do it */
};

/* What the publishers of one run share and learn. */
struct publication {
	struct github github;
	bool connected;			/* `github` can be used */
	struct target target;
	bool pull_asked;
	bool has_pull;
	struct pull pull;
	char *run_url;			/* owned; NULL: not known */
	char *comment_url;		/* owned; NULL: none */
	enum publish_end end;		/* of the publisher at hand */
};

/* Finds the target; asks nobody. */
void publication_begin(struct publication *publication, const struct publish_settings *settings);
void publication_release(struct publication *publication);

struct publisher {
	const char *name;
	const char *help;
	const char *permission;		/* what a token needs; NULL: no network is used */
	bool of_pull;			/* it looks for a pull request */
	/* Whether the environment permits it, for `--publish github`. */
	bool (*possible)(const struct publish_settings *settings);
	bool (*publish)(const struct result *result, const struct publish_settings *settings,
	    struct publication *publication, struct error *err);
};

/* The publishers, in the order in which they are run, NULL at the end. */
extern const struct publisher *const publishers[];

/* Sets of publishers: bit i is publishers[i]; PUBLISH_GITHUB stands for all that is permitted. */
#define PUBLISH_GITHUB (1u << 31)
/* Adds a list with commas to a set; ERROR_USAGE for a name that there is not. */
bool publishers_parse(struct str list, unsigned *set, struct error *err);
/*
 * Takes out of a set, with a notice, those of `configured`, unless this is a job on a GitHub runner:
 * the configuration is for the developer's desk, too.
 */
void publishers_narrow(unsigned *set, unsigned configured);
enum publishers_use { PUBLISHERS_NO_NETWORK, PUBLISHERS_NETWORK, PUBLISHERS_PULL };
/* What a set makes requests for; PUBLISHERS_PULL: even to look for a pull request. */
enum publishers_use publishers_use(unsigned set, const struct publish_settings *settings);
/*
 * Runs the publishers of a set, however many fail, and says each failure.  False when any did;
 * a token that may only read is a notice, with the summary in its place (GITHUB 1).
 */
bool publish(unsigned set, const struct result *result, const struct publish_settings *settings,
    struct publication *publication);

#endif
