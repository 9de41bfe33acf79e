/*
 * Pull requests as the server knows them (GITHUB 2).
 */
#ifndef MUSTER_PUBLISH_PULLS_H
#define MUSTER_PUBLISH_PULLS_H

#include "publish/github.h"
#include "publish/target.h"

struct pull {
	uint64_t number;
	char head[SHA_TEXT];
	char base[SHA_TEXT];
	uint64_t changed_files;
	bool open;
};

/*
 * Looks for the open pull request whose head is target->look_up, first of all one of the branch
 * that the target names; *number is 0 when there is none.
 * `err` says why for anything but GITHUB_DONE, here and below.
 */
enum github_end pulls_search(struct github *github, const struct target *target, uint64_t *number,
    struct error *err);
/* Reads a pull request; one that is not there or can't be seen is an error. */
enum github_end pulls_get(struct github *github, const char *repository, uint64_t number,
    struct pull *pull, struct error *err);

#endif
