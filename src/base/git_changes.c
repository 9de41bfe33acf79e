/* What changed between two commits of a repository. */
#include "base/git_inside.h"

#include "base/limits.h"
#include "base/suggest.h"

#include <stdio.h>

#define ORIGIN "refs/remotes/origin/"

enum { REF_TEXT = 1024 };

/* ---- commits ---- */

static bool
peel(git_object *object, git_commit **out)
{
	git_object *commit = NULL;
	bool good = git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;

	git_object_free(object);
	*out = (git_commit *)commit;
	return good;
}

/* *out is owned. */
static bool
find_commit(struct git *git, const char *name, git_commit **out)
{
	git_object *object = NULL;

	return git_revparse_single(&object, git->repository, name) == 0 && peel(object, out);
}

/* The name that people use for a reference, or NULL. */
static const char *
short_name(const char *name)
{
	static const char *const folders[] = {"refs/heads/", ORIGIN, "refs/remotes/", "refs/tags/"};

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (strncmp(name, folders[i], strlen(folders[i])) == 0)
			return name + strlen(folders[i]);
	return NULL;
}

struct nearest {
	struct suggestion suggestion;
	char text[REF_TEXT];	/* the best so far: names are gone after the call */
};

static int
offer(const char *name, void *context)
{
	struct nearest *nearest = context;
	const char *best = nearest->suggestion.best.s;
	const char *text = short_name(name);

	if (!text || strlen(text) >= sizeof(nearest->text))
		return 0;
	suggest_offer(&nearest->suggestion, str_of(text));
	if (nearest->suggestion.best.s == best)
		return 0;
	memcpy(nearest->text, text, strlen(text) + 1);
	nearest->suggestion.best.s = nearest->text;
	return 0;
}

static bool
is_shallow(const struct git *git)
{
	return git_repository_is_shallow(git->repository) == 1;
}

static bool
fail_shallow(struct error *err, const char *what)
{
	return fail(err, ERROR_USAGE,
	    "%s in this shallow clone: check out with 'fetch-depth: 0', or run "
	    "'git fetch --unshallow'",
	    what);
}

static bool
unknown_base(struct git *git, const char *name, struct error *err)
{
	struct nearest nearest = {0};
	char hint[SUGGEST_TEXT], what[REF_TEXT];

	if (is_shallow(git)) {
		snprintf(what, sizeof(what), "there is no '%.200s'", name);
		return fail_shallow(err, what);
	}
	suggest_begin(&nearest.suggestion, str_of(name));
	git_reference_foreach_name(git->repository, offer, &nearest);
	return fail(err, ERROR_USAGE, "there is no branch, tag or commit '%.200s'%s", name,
	    suggest_text(&nearest.suggestion, "", hint));
}

static bool
find_base(struct git *git, const struct git_wish *wish, git_commit **out, struct error *err)
{
	char remote[REF_TEXT];
	bool fits = snprintf(remote, sizeof(remote), ORIGIN "%s", wish->base) < (int)sizeof(remote);

	if (fits && wish->remote_first && find_commit(git, remote, out))
		return true;
	if (find_commit(git, wish->base, out) || (fits && find_commit(git, remote, out)))
		return true;
	return unknown_base(git, wish->base, err);
}

static bool
is_id(const git_commit *commit, const char *id)
{
	git_oid oid;

	return git_oid_fromstr(&oid, id) == 0 && git_oid_equal(&oid, git_commit_id(commit));
}

static bool
find_parent(struct git *git, const git_commit *head, git_commit **out, struct error *err)
{
	if (git_commit_parent(out, head, 0) == 0)
		return true;
	if (is_shallow(git))
		return fail_shallow(err, "the first parent of the merge is not there");
	return git_fail(err, "cannot read the first parent of the merge");
}

/* The commit to compare HEAD with; owned. */
static bool
find_merge_base(struct git *git, const git_commit *head, const git_commit *base, git_commit **out,
    struct error *err)
{
	git_oid id;
	int code;

	if (is_shallow(git))
		return git_shallow_base(git, head, base, out) ||
		       fail_shallow(
			   err, "the history does not reach back to where the base and HEAD part");
	code = git_merge_base(&id, git->repository, git_commit_id(base), git_commit_id(head));
	if (code == 0 && git_commit_lookup(out, git->repository, &id) == 0)
		return true;
	if (code == GIT_ENOTFOUND)
		return fail(err, ERROR_USAGE, "the base and HEAD have no history in common");
	return git_fail(err, "cannot find where the base and HEAD part");
}

static bool
find_old(struct git *git, const struct git_wish *wish, const git_commit *head, git_commit **out,
    bool *is_merge, struct error *err)
{
	git_commit *base = NULL;
	bool good;

	*is_merge = git_commit_parentcount(head) == 2 && is_id(head, wish->merge);
	if (*is_merge)
		return find_parent(git, head, out, err);
	good = find_base(git, wish, &base, err) && find_merge_base(git, head, base, out, err);
	git_commit_free(base);
	return good;
}

/* ---- the difference ---- */

static enum diff_kind
kind_of(git_delta_t status)
{
	if (status == GIT_DELTA_ADDED)
		return DIFF_CREATED;
	if (status == GIT_DELTA_DELETED)
		return DIFF_DELETED;
	return status == GIT_DELTA_RENAMED ? DIFF_RENAMED : DIFF_CHANGED;
}

static int
add_file(const git_diff_delta *delta, float progress, void *context)
{
	enum diff_kind kind = kind_of(delta->status);
	struct str path = str_of(kind == DIFF_DELETED ? "" : delta->new_file.path);
	struct str old_path = str_of(kind == DIFF_CREATED ? "" : delta->old_file.path);
	struct diff_file *file = diff_add_file(context, path, old_path, kind);

	(void)progress;
	if (!file)
		return -1;
	file->opaque = (delta->flags & GIT_DIFF_FLAG_BINARY) != 0;
	file->submodule = delta->new_file.mode == GIT_FILEMODE_COMMIT ||
			  delta->old_file.mode == GIT_FILEMODE_COMMIT;
	return 0;
}

/* Of no lines the start is that of the line before. */
static uint32_t
first_line(int start, int count)
{
	return (uint32_t)start + !count;
}

static int
add_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *context)
{
	struct diff *diff = context;
	struct diff_change change = {
	    first_line(hunk->old_start, hunk->old_lines), (uint32_t)hunk->old_lines,
	    first_line(hunk->new_start, hunk->new_lines), (uint32_t)hunk->new_lines,
	};

	(void)delta;
	if (change.old_line > LIMIT_DIFF_LINE || change.new_line > LIMIT_DIFF_LINE)
		return -1;
	if (!diff->files[diff->file_count - 1].submodule)
		diff_add_change(diff, &change);
	return 0;
}

static bool
compare(struct git *git, git_tree *old_tree, git_tree *new_tree, struct diff *out)
{
	git_diff_options options;
	git_diff_find_options finding;
	git_diff *diff = NULL;
	bool good;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	git_diff_find_options_init(&finding, GIT_DIFF_FIND_OPTIONS_VERSION);
	options.context_lines = 0;
	options.interhunk_lines = 0;
	finding.flags = GIT_DIFF_FIND_RENAMES;
	good = git_diff_tree_to_tree(&diff, git->repository, old_tree, new_tree, &options) == 0 &&
	    git_diff_find_similar(diff, &finding) == 0 &&
	    git_diff_foreach(diff, add_file, NULL, add_hunk, NULL, out) == 0;
	git_diff_free(diff);
	return good;
}

/* In a shallow or partial clone trees and contents may be missing. */
static bool
compare_commits(struct git *git, const git_commit *old_commit, const git_commit *new_commit,
    struct diff *out, struct error *err)
{
	git_tree *old_tree = NULL, *new_tree = NULL;
	bool good = git_commit_tree(&old_tree, old_commit) == 0 &&
		    git_commit_tree(&new_tree, new_commit) == 0 &&
		    compare(git, old_tree, new_tree, out);

	if (!good)
		git_fail(err, out->file_count == LIMIT_DIFF_FILES ? "too many changed files"
								  : "cannot compare commits");
	git_tree_free(old_tree);
	git_tree_free(new_tree);
	return good && diff_finish(out, err);
}

bool
git_changes(struct git *git, const struct git_wish *wish, struct diff *out, struct git_pair *pair,
    struct error *err)
{
	git_commit *head = NULL, *old = NULL;
	bool good;

	if (!find_commit(git, "HEAD", &head))
		return fail(err, ERROR_USAGE, "there is no commit yet");
	good = find_old(git, wish, head, &old, &pair->is_merge, err);
	if (good) {
		git_oid_tostr(pair->old_id, sizeof(pair->old_id), git_commit_id(old));
		git_oid_tostr(pair->new_id, sizeof(pair->new_id), git_commit_id(head));
		good = compare_commits(git, old, head, out, err);
	}
	if (!good)
		diff_clear(out);
	git_commit_free(old);
	git_commit_free(head);
	return good;
}
