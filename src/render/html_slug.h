/*
 * Names of pages: letters, digits and dashes that hint at a file's name, and a part of the digest of its path, which
 * tells apart what the hint does not.  Never a path of a report: those may be hostile, or long.
 */
#ifndef MUSTER_RENDER_HTML_SLUG_H
#define MUSTER_RENDER_HTML_SLUG_H

#include "base/str.h"

enum { SLUG_HINT = 40, SLUG_DIGEST = 16, SLUG_TEXT = SLUG_HINT + 1 + SLUG_DIGEST + 1 };

/* "fees-py-0123456789abcdef"; NUL-terminated. */
void html_slug(struct str path, char slug[SLUG_TEXT]);

#endif
