/*
 * Whole URLs, for the pages of a list; for github*.c alone.
 */
#ifndef MUSTER_PUBLISH_GITHUB_URL_H
#define MUSTER_PUBLISH_GITHUB_URL_H

#include "publish/github.h"

/* As github_call(), for a whole URL. */
enum github_end github_call_url(struct github *github, const char *method, const char *url,
    struct str body, struct cJSON **out, struct error *err);

/* What an answer says of the page behind it. */
enum link {
	LINK_NONE,	/* no Link header, or one that can't be read */
	LINK_LAST,	/* links, but none to a next page */
	LINK_NEXT,
};
/* Reads a Link header; *next (borrowed) is the URL of LINK_NEXT. */
enum link link_next(struct str header, struct str *next);
/* The number of `page` in the query of a URL; 0: none. */
uint64_t page_of(struct str url);

#endif
