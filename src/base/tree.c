/*
 * The files of the repository: sorted offsets into one run of bytes, and their places sorted by
 * path ends.
 */
#include "base/tree.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/tree_build.h"

#include <stdlib.h>

struct tree {
	struct strbuf bytes;	/* every path with a NUL behind it */
	uint32_t *offsets;	/* by path bytes, once closed */
	size_t count;
	size_t capacity;
	uint32_t *by_end[2];	/* places by path_ends_compare(), [1] with case folded */
	enum tree_origin origin;
};

/*
 * The weight of a byte when paths are compared from their ends: '/' before all others, the end of a
 * path before it.
 */
static unsigned char
weight(char c, bool fold)
{
	if (c == '/')
		return 1;
	if (fold && c >= 'A' && c <= 'Z')
		return (unsigned char)(c + ('a' - 'A'));
	return (unsigned char)((unsigned char)c < '/' ? c + 1 : c);
}

/* Order of the reversed paths, the shorter first where one ends the other. */
static int
compare_ends(struct str a, struct str b, bool fold)
{
	while (a.length && b.length) {
		unsigned char x = weight(a.s[--a.length], fold), y = weight(b.s[--b.length], fold);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return (a.length > 0) - (b.length > 0);
}

/*
 * Where a path stands to those that end in `suffix` by whole parts: before (< 0), among (0) or
 * behind them (> 0).
 */
static int
compare_suffix(struct str path, struct str suffix, bool fold)
{
	size_t shared = path.length < suffix.length ? path.length : suffix.length;
	struct str end = {path.s + path.length - shared, shared};
	int order = compare_ends(end, suffix, fold);

	if (order || path.length == shared)
		return order;
	return weight(path.s[path.length - shared - 1], fold) > 1;
}

struct tree *
tree_new(void)
{
	return mem_zalloc(1, sizeof(struct tree));
}

void
tree_free(struct tree *tree)
{
	if (!tree)
		return;
	tree_reset(tree);
	free(tree);
}

void
tree_reset(struct tree *tree)
{
	strbuf_clear(&tree->bytes);
	free(tree->offsets);
	free(tree->by_end[0]);
	free(tree->by_end[1]);
	*tree = (struct tree){0};
}

bool
tree_add(struct tree *tree, struct str folder, struct str path)
{
	if (tree->count >= LIMIT_TREE_FILES ||
	    tree->bytes.length + folder.length + path.length + 2 > UINT32_MAX)
		return false;
	MEM_GROW(tree->offsets, tree->capacity, tree->count + 1);
	tree->offsets[tree->count++] = (uint32_t)tree->bytes.length;
	strbuf_add_str(&tree->bytes, folder);
	if (folder.length)
		strbuf_add_char(&tree->bytes, '/');
	strbuf_add(&tree->bytes, path.s, path.length);
	strbuf_add_char(&tree->bytes, '\0');
	return true;
}

static int
compare_offsets(const void *a, const void *b, void *bytes)
{
	const char *start = bytes;

	return strcmp(start + *(const uint32_t *)a, start + *(const uint32_t *)b);
}

static void
sort_paths(struct tree *tree)
{
	size_t kept = 0;

	qsort_r(tree->offsets, tree->count, sizeof(*tree->offsets), compare_offsets, tree->bytes.s);
	for (size_t i = 0; i < tree->count; i++)
		if (!kept || compare_offsets(&tree->offsets[kept - 1], &tree->offsets[i],
		    tree->bytes.s))
			tree->offsets[kept++] = tree->offsets[i];
	tree->count = kept;
	tree->capacity = kept;
	tree->offsets = mem_resize(tree->offsets, kept, sizeof(*tree->offsets));
	tree->bytes.capacity = tree->bytes.length + 1;
	tree->bytes.s = mem_resize(tree->bytes.s, tree->bytes.capacity, 1);
}

/* A place with the weights of its path's last bytes, which settle most comparisons. */
struct end_key {
	uint64_t weights;
	uint32_t place;
};

struct end_order {
	const struct tree *tree;
	bool fold;
};

static int
compare_keys(const void *a, const void *b, void *context)
{
	const struct end_key *x = a, *y = b;
	const struct end_order *by = context;
	int order = (x->weights > y->weights) - (x->weights < y->weights);

	if (!order)
		order = compare_ends(tree_path(by->tree, x->place), tree_path(by->tree, y->place),
		    by->fold);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static uint64_t
end_weights(struct str path, bool fold)
{
	uint64_t weights = 0;

	for (int i = 0; i < 8; i++)
		weights = weights << 8 | (path.length ? weight(path.s[--path.length], fold) : 0);
	return weights;
}

static uint32_t *
sort_ends(const struct tree *tree, bool fold)
{
	struct end_key *keys = mem_zalloc(tree->count, sizeof(*keys));
	uint32_t *places = mem_zalloc(tree->count, sizeof(*places));
	struct end_order order = {tree, fold};

	for (uint32_t i = 0; i < tree->count; i++)
		keys[i] = (struct end_key){end_weights(tree_path(tree, i), fold), i};
	qsort_r(keys, tree->count, sizeof(*keys), compare_keys, &order);
	for (size_t i = 0; i < tree->count; i++)
		places[i] = keys[i].place;
	free(keys);
	return places;
}

void
tree_close(struct tree *tree, enum tree_origin origin)
{
	tree->origin = origin;
	if (tree->count)
		sort_paths(tree);
	for (int fold = 0; fold < 2; fold++)
		tree->by_end[fold] = sort_ends(tree, fold);
}

struct tree *
tree_of(const struct str *paths, size_t count)
{
	struct tree *tree = tree_new();

	for (size_t i = 0; i < count; i++)
		tree_add(tree, STR(""), paths[i]);
	tree_close(tree, count ? TREE_WALK : TREE_NONE);
	return tree;
}

enum tree_origin
tree_origin(const struct tree *tree)
{
	return tree->origin;
}

size_t
tree_count(const struct tree *tree)
{
	return tree->count;
}

struct str
tree_path(const struct tree *tree, size_t index)
{
	return str_of(tree->bytes.s + tree->offsets[index]);
}

/* The first place whose path is not before `path`. */
static size_t
lower_bound(const struct tree *tree, struct str path)
{
	size_t from = 0, to = tree->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (str_compare(tree_path(tree, middle), path) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

bool
tree_has(const struct tree *tree, struct str path, size_t *index)
{
	size_t place = lower_bound(tree, path);

	if (place == tree->count || !str_equal(tree_path(tree, place), path))
		return false;
	if (index)
		*index = place;
	return true;
}

bool
tree_has_folder(const struct tree *tree, struct str folder)
{
	struct strbuf head = {0};
	size_t place;
	bool found;

	if (!folder.length)
		return tree->count > 0;
	strbuf_add_str(&head, folder);
	strbuf_add_char(&head, '/');
	place = lower_bound(tree, strbuf_str(&head));
	found = place < tree->count && str_starts(tree_path(tree, place), strbuf_str(&head));
	strbuf_clear(&head);
	return found;
}

struct tree_range
tree_all(const struct tree *tree, bool fold)
{
	return (struct tree_range){tree->by_end[fold], tree->count, 0};
}

/*
 * How many of the range stand before those that end in `suffix`; with `behind`, before those that
 * follow them.
 */
static size_t
suffix_bound(const struct tree *tree, struct tree_range range, struct str suffix, bool fold,
    bool behind)
{
	size_t from = 0, to = range.count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (compare_suffix(tree_path(tree, range.places[middle]), suffix, fold) < behind)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

struct tree_range
tree_ending(const struct tree *tree, struct tree_range range, struct str suffix, bool fold)
{
	size_t from = suffix_bound(tree, range, suffix, fold, false);
	size_t to = from + suffix_bound(tree, (struct tree_range){range.places + from,
	    range.count - from, 0},
	    suffix, fold, true);
	size_t whole = from;

	while (whole < to && tree_path(tree, range.places[whole]).length == suffix.length)
		whole++;
	return (struct tree_range){range.places + from, to - from, whole - from};
}
