/* Which file of the tree the readings of a name mean.  */
#include "merge/path_match.h"

#include "base/mem.h"

#include <stdlib.h>

static size_t
exact_among(const struct tree *tree, const struct str *joins, size_t count, size_t places[2])
{
	size_t found = 0, place;

	for (size_t i = 0; i < count && found < 2; i++)
		if (tree_has(tree, joins[i], &place) && (!found || place != places[0]))
			places[found++] = place;
	return found;
}

size_t
path_exact(const struct tree *tree, const struct path_readings *readings, size_t places[2])
{
	size_t first = readings->settings_joins;
	size_t found = exact_among(tree, readings->joins, first, places);

	if (!found)
		found = exact_among(tree, readings->joins + first, readings->join_count - first,
		    places);
	return found;
}

static void
add_hit(struct path_hits *hits, size_t shared, struct tree_range range, size_t join)
{
	bool known = false;

	if (!shared || shared < hits->shared)
		return;
	if (shared > hits->shared) {
		hits->count = 0;
		hits->files = 0;
	}
	hits->shared = shared;
	for (size_t i = 0; i < hits->count; i++)
		known = known || hits->hits[i].range.places == range.places;
	if (!known)
		hits->files += range.count;
	MEM_GROW(hits->hits, hits->capacity, hits->count + 1);
	hits->hits[hits->count++] = (struct path_hit){range, join};
}

/* The whole tree path must end the reading, or the whole given name (if relative) the tree path.  */
static void
match_join(const struct tree *tree, const struct path_readings *readings, size_t join, bool fold,
    struct path_hits *hits)
{
	struct str path = readings->joins[join], given = readings->given;
	size_t parts = path_parts(path), enough = path_parts(given), shared = 0;
	struct tree_range range = tree_all(tree, fold), best = {0};

	if (!given.length || !str_equal(path_end(path, enough), given))
		enough = SIZE_MAX;
	for (size_t k = 1; k <= parts; k++) {
		range = tree_ending(tree, range, path_end(path, k), fold);
		if (!range.count)
			break;
		if (k < enough && !range.whole)
			continue;
		best = range;
		best.count = k < enough ? range.whole : range.count;
		shared = k;
	}
	add_hit(hits, shared, best, join);
}

static void
match_joins(const struct tree *tree, const struct path_readings *readings, bool fold,
    struct path_hits *hits)
{
	hits->shared = hits->files = hits->count = 0;
	hits->folded = fold;
	for (size_t i = 0; i < readings->join_count; i++)
		match_join(tree, readings, i, fold, hits);
}

/*
 * Folding finds all that is found without: it is of use only where it finds more parts in common.
 */
void
path_suffix(const struct tree *tree, const struct path_readings *readings, struct path_hits *hits)
{
	size_t most;

	match_joins(tree, readings, true, hits);
	most = hits->shared;
	if (!most)
		return;
	match_joins(tree, readings, false, hits);
	if (hits->shared < most)
		match_joins(tree, readings, true, hits);
}

/* Puts a place where it belongs among the smallest ones.  */
static size_t
insert_place(size_t *places, size_t count, size_t most, size_t place)
{
	size_t at = count;

	while (at && places[at - 1] > place)
		at--;
	if (at == most || (at && places[at - 1] == place))
		return count;
	if (count == most)
		count--;
	memmove(places + at + 1, places + at, (count - at) * sizeof(*places));
	places[at] = place;
	return count + 1;
}

size_t
path_hits_places(const struct path_hits *hits, size_t *places, size_t most)
{
	size_t count = 0;

	for (size_t i = 0; i < hits->count; i++)
		for (size_t j = 0; j < hits->hits[i].range.count; j++)
			count = insert_place(places, count, most, hits->hits[i].range.places[j]);
	return count;
}

void
path_hits_clear(struct path_hits *hits)
{
	free(hits->hits);
	*hits = (struct path_hits){0};
}

/* What stands before the last parts, without the separator between, but "/" at the root.  */
static struct str
before_end(struct str path, size_t shared)
{
	size_t length = path.length - path_end(path, shared).length;

	return (struct str){path.s, length > 1 ? length - 1 : length};
}

struct path_prefix
path_prefix_of(struct str join, struct str path, size_t shared)
{
	return (struct path_prefix){before_end(join, shared), before_end(path, shared)};
}

bool
path_prefix_apply(const struct path_prefix *prefix, const struct tree *tree,
    const struct path_readings *readings, bool file, struct strbuf *out, size_t *join)
{
	struct strbuf result = {0};
	size_t others = 0;
	bool is_file = false;

	strbuf_reset(out);
	for (size_t i = 0; i < readings->join_count; i++) {
		struct str rest;
		bool has;

		if (!path_below(readings->joins[i], prefix->from, &rest) || !rest.length)
			continue;
		path_join(prefix->to, rest, &result);
		has = tree_has(tree, strbuf_str(&result), NULL);
		if ((has < is_file) || (out->length && str_equal(strbuf_str(out),
		    strbuf_str(&result))))
			continue;
		others = has > is_file || !out->length ? 0 : others + 1;
		is_file = has;
		*join = i;
		strbuf_reset(out);
		strbuf_add_str(out, strbuf_str(&result));
	}
	strbuf_clear(&result);
	return out->length && !others && (is_file || !file);
}
