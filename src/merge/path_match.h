/*
 * Which file of the tree the readings of a name mean: exactly (COVERAGE 1.2c), by suffix (1.2d), or
 * by a prefix that the other names of the report suggest (1.2e).
 */
#ifndef MUSTER_MERGE_PATH_MATCH_H
#define MUSTER_MERGE_PATH_MATCH_H

#include "merge/path_readings.h"

/*
 * The different files of the tree that the joins are, exactly: two at most; those with roots of the
 * settings go first.
 */
size_t path_exact(const struct tree *tree, const struct path_readings *readings, size_t places[2]);

/* Files of the tree that share most parts with readings of a name, each file in one hit. */
struct path_hit {
	struct tree_range range;
	size_t join;		/* the first that hits them */
};

struct path_hits {
	size_t shared;		/* trailing parts in common; 0: no hit */
	bool folded;		/* only with ASCII case folded */
	size_t files;		/* different files in all hits: one is a match, more are a tie */
	size_t joins;		/* how many joins share so much */
	struct path_hit *hits;
	size_t count;
	size_t capacity;
};

void path_suffix(const struct tree *tree, const struct path_readings *readings,
    struct path_hits *hits);
/* The first `most` places of all hits, ascending; returns how many. */
size_t path_hits_places(const struct path_hits *hits, size_t *places, size_t most);
void path_hits_clear(struct path_hits *hits);

/* What replaces what at the start of a path, by whole parts. */
struct path_prefix {
	struct str from;
	struct str to;
};

/*
 * The prefix that a match of `join` with the tree's `path` in `shared` parts speaks for; borrowed
 * from them.
 */
struct path_prefix path_prefix_of(struct str join, struct str path, size_t shared);
/*
 * Applies a prefix to the joins and the given name: sets `out` to the one result, or the one that
 * is a file of the tree.  With `file` it has to be one.  *reading is what it was applied to.
 */
bool path_prefix_apply(const struct path_prefix *prefix, const struct tree *tree,
    const struct path_readings *readings, bool file, struct strbuf *out, struct str *reading);

#endif
