/*
 * Links of a published result: into the pull request's diff, else to the file at the head commit (GITHUB 4).
 */
#ifndef MUSTER_RENDER_LINKS_H
#define MUSTER_RENDER_LINKS_H

#include "base/strbuf.h"

#include <stdint.h>

/* Where a result is published; all borrowed, "" and 0 where not known.  Trusted: from the environment, checked there. */
struct render_links {
	const char *server_url;		/* "https://github.com" */
	const char *repository;		/* "owner/name" */
	uint64_t pull;
	const char *head;		/* commit ids */
	const char *base;
	const char *run_url;
};

/*
 * Appends the address of lines first to last of a file (0: of the file), in the diff when `changed` and there is a pull
 * request.  Nothing when it can't be told, or the path is not below the root.
 */
void links_lines(const struct render_links *links, struct str path, bool changed, uint32_t first, uint32_t last,
    struct strbuf *out);

#endif
