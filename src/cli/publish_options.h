/*
 * What the options of section Publishing ask for; part of the settings.
 */
#ifndef MUSTER_CLI_PUBLISH_OPTIONS_H
#define MUSTER_CLI_PUBLISH_OPTIONS_H

#include "publish/publisher.h"

struct publish_options {
	unsigned set;			/* publishers_parse() */
	unsigned configured;		/* those of the set that only the configuration names */
	bool dry_run;
	uint64_t pull;			/* 0: by the environment */
	const char *sha;		/* "": by the environment, and so below */
	const char *repository;
	const char *comment_key;
	const char *comment_author;	/* NULL: whoever the token belongs to */
	enum comment_when comment_when;
	bool allow_stale;
	uint64_t max_wait;		/* nanoseconds */
	const char *token_file;		/* NULL: GITHUB_TOKEN */
};

#endif
