/*
 * --publish: from settings, environment and renderers to the publishers.
 */
#ifndef MUSTER_CLI_PUBLISHING_H
#define MUSTER_CLI_PUBLISHING_H

#include "cli/settings.h"

/* What publishing keeps from before the first report is read until the end. */
struct publishing {
	char *token;	/* owned; NULL: none */
	size_t token_length;
};

/* All that can be wrong with the options, before anything is read: ERROR_USAGE. */
bool publishing_check(struct publishing *publishing, const struct settings *settings,
    struct error *err);
/*
 * Publishes the result where it was asked for, however much of it fails; each failure is said.
 * False when anything did.
 */
bool publishing_run(const struct publishing *publishing, const struct settings *settings,
    const struct result *result);
void publishing_release(struct publishing *publishing);

#endif
