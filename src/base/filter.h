/*
 * --include and --exclude: which resolved paths count (PRODUCT, Inputs).  Later rules win; a
 * pattern without '/' is tried on the base name too; a trailing '/' means everything below; a
 * leading '!' turns a rule round; leading "./" say nothing.
 */
#ifndef MUSTER_BASE_FILTER_H
#define MUSTER_BASE_FILTER_H

#include "base/error.h"
#include "base/str.h"

struct filter;

/* An empty filter lets everything in; owned: filter_free(). */
struct filter *filter_new(void);
void filter_free(struct filter *filter);
/*
 * Adds a rule behind the others.  An include without '!' makes everything out that no rule fits;
 * an exclude turned round only takes back what was excluded.  A bad pattern: ERROR_USAGE, nothing
 * added.
 */
bool filter_add(struct filter *filter, bool include, struct str pattern, struct error *err);
bool filter_keeps(const struct filter *filter, struct str path);
/* Whether one pattern fits, read in the same way; for scopes.  A bad one fits nothing. */
bool filter_pattern_fits(struct str pattern, struct str path);

#endif
