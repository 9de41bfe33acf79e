/*
 * The merge base in a shallow clone.  libgit2 does not know that history was cut there: it fails at
 * the first commit that is missing, wherever it lies, and loses memory on the way.
 */
#include "base/git_inside.h"

#include "base/mem.h"
#include "base/strpool.h"

#include <stdlib.h>

enum { OF_FIRST = 1, OF_SECOND = 2, COMMON = OF_FIRST | OF_SECOND, PARENT_OF_COMMON = 4 };

/* Commits by their order of arrival; ids of the pool are one higher. */
struct walk {
	git_repository *repository;
	struct strpool ids;
	uint8_t *marks;
	size_t mark_capacity;
};

static struct str
text_of(const git_oid *id)
{
	return (struct str){(const char *)id->id, sizeof(id->id)};
}

/* The place of a commit; a new one has no marks. */
static size_t
place_of(struct walk *walk, const git_oid *id)
{
	size_t known = walk->ids.count;
	size_t place = strpool_add(&walk->ids, text_of(id)) - 1;

	if (place == known) {
		MEM_GROW(walk->marks, walk->mark_capacity, place + 1);
		walk->marks[place] = 0;
	}
	return place;
}

/* Owned: git_commit_free(); NULL where the history was cut. */
static git_commit *
commit_at(const struct walk *walk, size_t place)
{
	git_commit *commit = NULL;
	git_oid id;

	memcpy(id.id, strpool_get(&walk->ids, (uint32_t)place + 1).s, sizeof(id.id));
	return git_commit_lookup(&commit, walk->repository, &id) == 0 ? commit : NULL;
}

struct stack {
	size_t *places;
	size_t count;
	size_t capacity;
};

static void
visit(struct walk *walk, struct stack *stack, const git_oid *id, uint8_t mark)
{
	size_t place = place_of(walk, id);

	if (walk->marks[place] & mark)
		return;
	walk->marks[place] |= mark;
	MEM_GROW(stack->places, stack->capacity, stack->count + 1);
	stack->places[stack->count++] = place;
}

/* Marks a commit and all its ancestors that are here. */
static void
mark_ancestors(struct walk *walk, const git_oid *from, uint8_t mark)
{
	struct stack stack = {0};

	visit(walk, &stack, from, mark);
	while (stack.count) {
		git_commit *commit = commit_at(walk, stack.places[--stack.count]);

		for (unsigned i = 0; commit && i < git_commit_parentcount(commit); i++)
			visit(walk, &stack, git_commit_parent_id(commit, i), mark);
		git_commit_free(commit);
	}
	free(stack.places);
}

/* Of a common commit its ancestors are common too, so that the parents are all that is not best. */
static void
mark_parents(struct walk *walk)
{
	for (size_t i = 0; i < walk->ids.count; i++) {
		git_commit *commit =
		    (walk->marks[i] & COMMON) == COMMON ? commit_at(walk, i) : NULL;

		for (unsigned j = 0; commit && j < git_commit_parentcount(commit); j++)
			walk->marks[place_of(walk, git_commit_parent_id(commit, j))] |=
			    PARENT_OF_COMMON;
		git_commit_free(commit);
	}
}

static bool
is_better(const git_commit *commit, const git_commit *best)
{
	if (git_commit_time(commit) != git_commit_time(best))
		return git_commit_time(commit) > git_commit_time(best);
	return git_oid_cmp(git_commit_id(commit), git_commit_id(best)) < 0;
}

/* Of several the latest; owned. */
static git_commit *
pick(struct walk *walk)
{
	git_commit *best = NULL;

	for (size_t i = 0; i < walk->ids.count; i++) {
		git_commit *commit = walk->marks[i] == COMMON ? commit_at(walk, i) : NULL;

		if (commit && (!best || is_better(commit, best))) {
			git_commit_free(best);
			best = commit;
		} else {
			git_commit_free(commit);
		}
	}
	return best;
}

bool
git_shallow_base(
    struct git *git, const git_commit *first, const git_commit *second, git_commit **out)
{
	struct walk walk = {.repository = git->repository};

	mark_ancestors(&walk, git_commit_id(first), OF_FIRST);
	mark_ancestors(&walk, git_commit_id(second), OF_SECOND);
	mark_parents(&walk);
	*out = pick(&walk);
	strpool_clear(&walk.ids);
	free(walk.marks);
	return *out != NULL;
}
