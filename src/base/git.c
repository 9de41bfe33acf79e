/* A git repository and its work tree, read through libgit2. */
#include "base/git_inside.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <sys/stat.h>

bool
git_fail(struct error *err, const char *what)
{
	const git_error *last = git_error_last();

	return fail(err, ERROR_SYSTEM, "%s: %s", what, last ? last->message : "no reason given");
}

static bool
is_work_tree(const struct git *git, const char *folder)
{
	const char *work = git_repository_workdir(git->repository);
	struct stat a, b;

	if (!work || stat(work, &a) || stat(folder, &b))
		return false;
	return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/*
 * Asked before libgit2 opens the repository, which would refuse it too, but leak a block for each
 * line of its configuration.
 */
static bool
is_sha1(const char *folder)
{
	struct strbuf path = {0};
	git_config *config = NULL;
	git_buf format = GIT_BUF_INIT;
	bool sha1 = true;

	strbuf_addf(&path, "%s/.git/config", folder);
	if (!git_config_open_ondisk(&config, path.s) &&
	    !git_config_get_string_buf(&format, config, "extensions.objectformat"))
		sha1 = strcmp(format.ptr, "sha1") == 0;
	git_buf_dispose(&format);
	git_config_free(config);
	strbuf_clear(&path);
	return sha1;
}

static void
initialise(void)
{
	/* partial clones and sparse checkouts: of no matter to what is read here */
	static const char *extensions[] = {"partialclone", "preciousobjects", "worktreeconfig"};

	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	/* nor does git hash again what it reads; it is most of the time that comparing commits takes */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
	    sizeof(extensions) / sizeof(extensions[0]));
}

bool
git_open(const char *folder, struct git **out, struct error *err)
{
	struct git *git = mem_zalloc(1, sizeof(*git));

	initialise();
	if (!is_sha1(folder)) {
		git_free(git);
		return fail(err, ERROR_SYSTEM,
		    "cannot open the repository: its objects are no SHA-1");
	}
	if (git_repository_open_ext(&git->repository, folder, GIT_REPOSITORY_OPEN_NO_SEARCH,
	    NULL)) {
		git_fail(err, "cannot open the repository");
		git_free(git);
		return false;
	}
	if (!is_work_tree(git, folder)) {
		git_free(git);
		return fail(err, ERROR_SYSTEM,
		    "cannot open the repository: its work tree is elsewhere");
	}
	*out = git;
	return true;
}

void
git_free(struct git *git)
{
	if (!git)
		return;
	git_repository_free(git->repository);
	free(git);
	git_libgit2_shutdown();
}

bool
git_is_root(const char *folder)
{
	struct strbuf path = {0};
	struct stat info;
	bool found;

	strbuf_addf(&path, "%s/.git", folder);
	found = stat(path.s, &info) == 0;
	if (found && S_ISDIR(info.st_mode)) {
		strbuf_add_string(&path, "/HEAD");
		found = lstat(path.s, &info) == 0;
	}
	strbuf_clear(&path);
	return found;
}

struct listing {
	git_index *index;
	git_entry *entry;
	void *context;
	struct str below;
	bool stopped;
};

static void
list_path(struct listing *listing, const char *path, uint32_t mode)
{
	enum git_kind kind = GIT_KIND_FILE;

	if (mode == GIT_FILEMODE_LINK)
		kind = GIT_KIND_LINK;
	if (mode == GIT_FILEMODE_COMMIT || mode == GIT_FILEMODE_TREE)
		kind = GIT_KIND_NESTED;
	if (!listing->entry(listing->context, str_of(path), kind))
		listing->stopped = true;
}

static void
list_tracked(struct listing *listing)
{
	size_t count = git_index_entrycount(listing->index);

	for (size_t i = 0; i < count && !listing->stopped; i++) {
		const git_index_entry *entry = git_index_get_byindex(listing->index, i);

		if (str_starts(str_of(entry->path), listing->below))
			list_path(listing, entry->path, entry->mode);
	}
}

static int
list_delta(const git_diff *diff, const git_diff_delta *delta, const char *pathspec, void *context)
{
	struct listing *listing = context;
	char *path = mem_string(delta->new_file.path, strlen(delta->new_file.path));
	size_t length = strlen(path);

	(void)diff;
	(void)pathspec;
	if (length && path[length - 1] == '/')
		path[length - 1] = '\0';	/* a nested repository */
	if (git_index_find(NULL, listing->index, path))
		list_path(listing, path, delta->new_file.mode);
	free(path);
	return listing->stopped ? -1 : 1;	/* 1: not kept in the diff */
}

/*
 * Compares the work tree with an index that is empty: against the real one libgit2 would hash each
 * file whose times differ, which after a checkout from a cache is all of them.
 */
static bool
list_untracked(struct git *git, struct listing *listing, struct error *err)
{
	git_diff_options options;
	char *below = mem_string(listing->below.s, listing->below.length);
	git_index *empty = NULL;
	git_diff *diff = NULL;
	bool ok = true;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS |
	    GIT_DIFF_DISABLE_PATHSPEC_MATCH;
	options.notify_cb = list_delta;
	options.payload = listing;
	options.pathspec = (git_strarray){&below, *below ? 1 : 0};
	if (git_index_new(&empty) ||
	    (git_diff_index_to_workdir(&diff, git->repository,
	    empty, &options) && !listing->stopped))
		ok = git_fail(err, "cannot list the work tree");
	git_diff_free(diff);
	git_index_free(empty);
	free(below);
	return ok;
}

bool
git_list(struct git *git, const char *below, git_entry *entry, void *context, struct error *err)
{
	struct listing listing = {NULL, entry, context, str_of(below), false};
	bool ok = true;

	if (git_repository_index(&listing.index, git->repository))
		return git_fail(err, "cannot read the index");
	list_tracked(&listing);
	if (!listing.stopped)
		ok = list_untracked(git, &listing, err);
	git_index_free(listing.index);
	return ok;
}
