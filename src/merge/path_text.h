/*
 * Paths as text, by whole parts: cleaning, joining, prefixes.  Knows neither tree nor report.
 */
#ifndef MUSTER_MERGE_PATH_TEXT_H
#define MUSTER_MERGE_PATH_TEXT_H

#include "base/str.h"
#include "base/strbuf.h"

/*
 * COVERAGE 1.2a: separators, `.`, `x/..`; a drive letter and a name with a scheme stay.  Appends to
 * `out`, which must not hold `name`.
 */
void path_clean(struct str name, struct strbuf *out);
/* "https://...": a scheme of two letters at least, so that "C://" is a drive. */
bool path_is_url(struct str path);
/* A clean path that begins at a root: "/a", "C:/a", "C:". */
bool path_is_absolute(struct str path);
/* A clean path that leads up: "..", "../a". */
bool path_leads_up(struct str path);
/* Whether a clean path lies outside of whatever it is relative to. */
bool path_is_outside(struct str path);
/*
 * Whether `path` is, or lies below, `head`; *rest (may be NULL) is what follows it, without
 * separator.  "" is the head of each path that is below any folder.
 */
bool path_below(struct str path, struct str head, struct str *rest);
/* Sets `out` to the clean join of two clean paths. */
void path_join(struct str head, struct str path, struct strbuf *out);
/* The last `parts` parts, or the whole of a shorter path. */
struct str path_end(struct str path, size_t parts);
size_t path_parts(struct str path);

#endif
