/*
 * Patterns over paths: `*` and `?` stop at '/', `**` as a whole part crosses any number of parts,
 * `[a-z]`, `[!a]`, `{a,b}`, and captures `{stage}`, `{cell}`, `{attempt}` (one part's worth, not
 * empty, no '/'). PRODUCT, Inputs.  No backtracking without a bound: a pattern is matched in
 * polynomial time.
 */
#ifndef MUSTER_BASE_GLOB_H
#define MUSTER_BASE_GLOB_H

#include "base/error.h"
#include "base/str.h"
#include "base/strbuf.h"

struct glob;

enum glob_capture { GLOB_STAGE, GLOB_CELL, GLOB_ATTEMPT, GLOB_CAPTURES };

/*
 * What the captures matched: runs of the path (borrowed from it); length 0 where a capture did not
 * occur.
 */
struct glob_match {
	struct str captures[GLOB_CAPTURES];
};

/*
 * Compiles; *out is owned.  An unclosed bracket, a brace without ',' that is no capture, a
 * capture given twice, a pattern past LIMIT_PATTERN: ERROR_USAGE.
 */
bool glob_compile(struct str pattern, struct glob **out, struct error *err);
void glob_free(struct glob *glob);
/*
 * Whether the whole path fits; `match` may be NULL.  Of several ways to capture the shortest first
 * wins.
 */
bool glob_matches(const struct glob *glob, struct str path, struct glob_match *match);
/* Whether the pattern holds a capture. */
bool glob_has_captures(const struct glob *glob);
/* Whether a text holds any character that is special in a pattern. */
bool glob_is_pattern(struct str text);
/*
 * The leading whole parts without any pattern character ("artifacts/x" of
 * "artifacts/x/{cell}/.xml").
 */
struct str glob_fixed_prefix(struct str pattern);
/* Adds a pattern that fits this text alone ("a[b" gives "a[[]b"). */
void glob_quote(struct strbuf *out, struct str text);

typedef bool glob_walk_match(void *context, const char *path, bool is_directory,
    const struct glob_match *match);
/*
 * Calls `found` for every regular file below the working directory (or '/', for an absolute
 * pattern) that fits, and for every directory that fits while nothing below it can, in byte order
 * of paths; links to files are followed, links to directories are not walked into except where the
 * fixed prefix names them.  `pattern` is what `glob` was compiled from.  `found` returns false to
 * stop.  A directory that can't be read: ERROR_INPUT after the rest was walked.
 */
bool glob_walk(const struct glob *glob, struct str pattern, glob_walk_match *found, void *context,
    struct error *err);

#endif
