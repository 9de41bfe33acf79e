/*
 * --publish: from settings, environment and renderers to the publishers, and to what a server knows
 * of the change.
 */
#ifndef MUSTER_CLI_PUBLISHING_H
#define MUSTER_CLI_PUBLISHING_H

#include "cli/settings.h"
#include "publish/pull_change.h"

/* What publishing keeps from before the first report is read until the end; stays where it is. */
struct publishing {
	char *token;	/* of --token-file, owned; NULL: none */
	size_t token_length;
	struct http *http;	/* NULL: nothing is to be published, and the rest is empty */
	struct environment environment;
	struct github_world world;
	struct publish_settings how;
	struct publication publication;
};

/* Gets ready; all that can be wrong with the options, before anything is read: ERROR_USAGE. */
bool publishing_begin(
    struct publishing *publishing, const struct settings *settings, struct error *err);
/* As pull_change(), if any publisher that was asked for uses the network at all. */
enum pull_change_end publishing_change(struct publishing *publishing,
    const struct settings *settings, struct pull_change *out, struct error *err);
/*
 * Publishes the result where it was asked for, however much of it fails; each failure is said.
 * False when anything did.
 */
bool publishing_run(struct publishing *publishing, const struct settings *settings,
    const struct result *result);
void publishing_release(struct publishing *publishing);

#endif
