/* Which file of the tree the readings of a name mean.  */
#include "merge/path_match.h"

#include "base/mem.h"

#include <stdlib.h>

static size_t
exact_among(const struct tree *tree, const struct path_join *joins, size_t count, size_t places[2])
{
	size_t found = 0, place;

	for (size_t i = 0; i < count && found < 2; i++) {
		if (!joins[i].reaches || !tree_has(tree, joins[i].path, &place))
			continue;
		if (!found || place != places[0])
			places[found++] = place;
	}
	return found;
}

size_t
path_exact(const struct tree *tree, const struct path_readings *readings, size_t places[2])
{
	size_t first = readings->settings_joins;
	size_t found = exact_among(tree, readings->joins, first, places);

	if (found)
		return found;
	return exact_among(tree, readings->joins + first, readings->join_count - first, places);
}

/* How far a path was followed from its end, part by part. */
struct trail {
	struct tree_range range;	/* the files that end in what was followed */
	size_t length;			/* bytes of it */
	size_t parts;
	struct tree_range best;		/* the files that count, with `shared` parts in common */
	size_t shared;
};

/* The bytes of the end of `path` that has one part more than the one of `length` bytes. */
static size_t
longer_end(struct str path, size_t length)
{
	size_t start = path.length - length;

	if (start && length)
		start--;	/* the separator */
	while (start && path.s[start - 1] != '/')
		start--;
	return path.length - start;
}

/*
 * Follows `path` as far as files end in it.  The whole tree path must end the path, or, from
 * `enough` bytes on, the path's end the tree path.
 */
static void
follow(const struct tree *tree, struct str path, size_t enough, bool fold, struct trail *trail)
{
	while (trail->range.count && trail->length < path.length) {
		size_t length = longer_end(path, trail->length);
		struct str end = {path.s + path.length - length, length};

		trail->range = tree_ending(tree, trail->range, end, fold);
		trail->length = length;
		trail->parts++;
		if (!trail->range.count || (length < enough && !trail->range.whole))
			continue;
		trail->best = trail->range;
		if (length < enough)
			trail->best.count = trail->range.whole;
		trail->shared = trail->parts;
	}
}

static void
add_hit(struct path_hits *hits, const struct trail *trail, size_t join)
{
	if (!trail->shared || trail->shared < hits->shared)
		return;
	if (trail->shared > hits->shared)
		hits->count = 0;
	hits->shared = trail->shared;
	MEM_GROW(hits->hits, hits->capacity, hits->count + 1);
	hits->hits[hits->count++] = (struct path_hit){trail->best, join};
}

static int
compare_hits(const void *a, const void *b)
{
	const struct path_hit *x = a, *y = b;

	if (x->range.places != y->range.places)
		return x->range.places < y->range.places ? -1 : 1;
	if (x->range.count != y->range.count)
		return x->range.count > y->range.count ? -1 : 1;
	return (x->join > y->join) - (x->join < y->join);
}

/* Leaves one hit of those that begin at the same file: the longest, with its first join. */
static void
count_files(struct path_hits *hits)
{
	size_t kept = 0;

	hits->joins = hits->count;
	if (hits->count > 1)
		qsort(hits->hits, hits->count, sizeof(*hits->hits), compare_hits);
	for (size_t i = 0; i < hits->count; i++) {
		if (kept && hits->hits[kept - 1].range.places == hits->hits[i].range.places)
			continue;
		hits->files += hits->hits[i].range.count;
		hits->hits[kept++] = hits->hits[i];
	}
	hits->count = kept;
}

/* From how many bytes on the end of a join has all of the given name in it. */
static size_t
enough_of(const struct path_readings *readings, struct str join)
{
	struct str given = readings->given;

	if (!given.length || !str_ends(join, given))
		return SIZE_MAX;
	if (join.length > given.length && join.s[join.length - given.length - 1] != '/')
		return SIZE_MAX;
	return given.length;
}

static void
match_joins(const struct tree *tree, const struct path_readings *readings, bool fold,
    struct path_hits *hits)
{
	struct trail start = {.range = tree_all(tree, fold)};

	hits->shared = hits->files = hits->count = 0;
	hits->folded = fold;
	if (readings->plain)	/* what all joins have in common */
		follow(tree, readings->given, readings->given.length, fold, &start);
	for (size_t i = 0; i < readings->join_count; i++) {
		struct str join = readings->joins[i].path;
		struct trail trail = start;

		follow(tree, join, enough_of(readings, join), fold, &trail);
		add_hit(hits, &trail, i);
	}
	count_files(hits);
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

/* What came of applying a prefix to readings, one after the other. */
struct applied {
	struct str reading;
	bool is_file;
	bool several;
};

static void
apply_prefix(const struct path_prefix *prefix, const struct tree *tree, struct str reading,
    struct strbuf *out, struct applied *applied)
{
	struct strbuf result = {0};
	struct str rest;
	bool is_file;

	if (!path_below(reading, prefix->from, &rest) || !rest.length)
		return;
	path_join(prefix->to, rest, &result);
	is_file = tree_has(tree, strbuf_str(&result), NULL);
	if (!out->length || is_file > applied->is_file) {
		strbuf_reset(out);
		strbuf_add_str(out, strbuf_str(&result));
		*applied = (struct applied){reading, is_file, false};
	} else if (is_file == applied->is_file && !str_equal(strbuf_str(out), strbuf_str(&result)))
		applied->several = true;
	strbuf_clear(&result);
}

bool
path_prefix_apply(const struct path_prefix *prefix, const struct tree *tree,
    const struct path_readings *readings, bool file, struct strbuf *out, struct str *reading)
{
	struct applied applied = {0};

	strbuf_reset(out);
	for (size_t i = 0; i < readings->join_count; i++)
		apply_prefix(prefix, tree, readings->joins[i].path, out, &applied);
	if (readings->plain)
		apply_prefix(prefix, tree, readings->given, out, &applied);
	*reading = applied.reading;
	return out->length && !applied.several && (applied.is_file || !file);
}
