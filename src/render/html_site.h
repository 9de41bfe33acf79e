/*
 * A directory that gets its name as a whole: written beside its place, then exchanged with what is there.  A reader sees
 * the old one or the whole new one; where the file system can't exchange, two renames leave a moment without either.
 */
#ifndef MUSTER_RENDER_HTML_SITE_H
#define MUSTER_RENDER_HTML_SITE_H

#include "base/error.h"
#include "base/str.h"

/* The file that tells our directories from others. */
#define SITE_MARKER	".muster-report"

struct site {
	char *target;	/* the real path, owned */
	char *written;	/* the directory as long as it has no name, owned */
	int lock;	/* held while it is written */
	bool replaces;	/* something is there already */
};

/*
 * Starts a directory for `target`.  A directory there that is not empty and bears no marker, or anything else: ERROR_OUTPUT.
 * Removes what dead runs left beside it.
 */
bool site_open(const char *target, struct site *site, struct error *err);
/* A folder in it. */
bool site_folder(const struct site *site, const char *name, struct error *err);
/* The path of a name in it; owned. */
char *site_path(const struct site *site, const char *name);
/* Gives it its name and removes what was there; on failure that stays.  Releases `site`. */
bool site_commit(struct site *site, struct error *err);
/* Removes what was written and releases `site`. */
void site_abort(struct site *site);

#endif
