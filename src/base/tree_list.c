/* Finds the root of the repository and lists its files: through libgit2, else by a walk. */
#include "base/git.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/tree_build.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The nearest folder at or above `folder` (absolute) that is the root of a work tree, owned; NULL:
 * none.
 */
static char *
work_tree(const char *folder)
{
	char *at = mem_string(folder, strlen(folder));

	for (;;) {
		char *slash = strrchr(at, '/');

		if (git_is_root(at))
			return at;
		if (!slash || !at[1])
			break;
		slash[slash == at] = '\0';	/* "/" keeps its slash */
	}
	free(at);
	return NULL;
}

bool
tree_root(const char *start, char **root, struct error *err)
{
	char *real = realpath(start, NULL);
	struct stat info;

	if (!real)
		return fail_errno(err, ERROR_INPUT, errno, "cannot find the root '%s'", start);
	if (stat(real, &info) || !S_ISDIR(info.st_mode)) {
		free(real);
		return fail(err, ERROR_INPUT, "the root '%s' is no folder", start);
	}
	*root = work_tree(real);
	if (!*root)
		*root = real;
	else
		free(real);
	return true;
}

/* One run of listing. */
struct lister {
	const char *root;
	struct tree *tree;
	char *why;
	size_t why_size;
	bool full;
	struct strbuf *pending;	/* folders below the root that are still to be walked */
	size_t pending_count;
	size_t pending_capacity;
	unsigned nesting;
};

/* Repositories in each other; deeper ones are walked. */
enum { NESTING_MOST = 16 };

static void
say_why(struct lister *lister, const char *reason)
{
	if (lister->why_size && !lister->why[0])
		snprintf(lister->why, lister->why_size, "%s", reason);
}

static bool
list_file(struct lister *lister, struct str folder, struct str path)
{
	if (!tree_add(lister->tree, folder, path))
		lister->full = true;
	return !lister->full;
}

static void
push_folder(struct lister *lister, struct str folder, struct str name)
{
	struct strbuf path = {0};

	strbuf_add_str(&path, folder);
	if (folder.length && name.length)
		strbuf_add_char(&path, '/');
	strbuf_add_str(&path, name);
	MEM_GROW(lister->pending, lister->pending_capacity, lister->pending_count + 1);
	lister->pending[lister->pending_count++] = path;
}

static bool
is_virtual_environment(int folder)
{
	return faccessat(folder, "pyvenv.cfg", F_OK, 0) == 0 || faccessat(folder, "conda-meta",
	    F_OK, 0) == 0;
}

/* Folders that hold no source of the project: never walked into. */
static bool
is_foreign(const struct lister *lister, struct str folder, const char *name)
{
	static const char *const everywhere[] = {".git", "node_modules", NULL};
	static const char *const system[] = {"dev", "proc", "sys", NULL};
	bool top = !folder.length && strcmp(lister->root, "/") == 0;

	for (const char *const *skip = everywhere; *skip; skip++)
		if (strcmp(name, *skip) == 0)
			return true;
	for (const char *const *skip = system; top && *skip; skip++)
		if (strcmp(name, *skip) == 0)
			return true;
	return false;
}

/* Links are followed to files, never to folders: no loops. */
static void
walk_entry(struct lister *lister, int parent, struct str folder, const struct dirent *entry)
{
	unsigned char type = entry->d_type;
	struct stat info;

	if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
		return;
	if (type == DT_UNKNOWN && fstatat(parent, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0)
		type = (unsigned char)IFTODT(info.st_mode);
	if (type == DT_LNK && fstatat(parent, entry->d_name, &info,
	    0) == 0 && S_ISREG(info.st_mode))
		type = DT_REG;
	if (type == DT_REG)
		list_file(lister, folder, str_of(entry->d_name));
	else if (type == DT_DIR && !is_foreign(lister, folder, entry->d_name))
		push_folder(lister, folder, str_of(entry->d_name));
}

static void
walk_folder(struct lister *lister, int root, struct str folder)
{
	int fd = openat(root, folder.length ? folder.s : ".",
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	const struct dirent *entry;
	DIR *dir;

	if (fd < 0)
		return;
	dir = folder.length && is_virtual_environment(fd) ? NULL : fdopendir(fd);
	if (!dir) {
		close(fd);
		return;
	}
	while (!lister->full && (entry = readdir(dir)))
		walk_entry(lister, fd, folder, entry);
	closedir(dir);
}

/* Lists what lies below `folder` (below the root, "" is the root) without git's help. */
static void
walk(struct lister *lister, struct str folder)
{
	int root = open(lister->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	size_t before = lister->pending_count;

	if (root < 0)
		return;
	push_folder(lister, folder, STR(""));
	while (lister->pending_count > before) {
		struct strbuf next = lister->pending[--lister->pending_count];

		if (!lister->full)
			walk_folder(lister, root, strbuf_str(&next));
		strbuf_clear(&next);
	}
	close(root);
}

/*
 * The listing of one repository: its files are below `folder` of the root, less `above`, which
 * leads to the root.
 */
struct repository {
	struct lister *lister;
	struct str folder;
	size_t above;
};

static bool list_repository(struct lister *lister, const char *work, struct str folder);

static void
list_nested(struct repository *repository, struct str path)
{
	struct lister *lister = repository->lister;
	struct strbuf folder = {0}, work = {0};
	struct stat info;

	strbuf_add_str(&folder, repository->folder);
	if (folder.length)
		strbuf_add_char(&folder, '/');
	strbuf_add_str(&folder, path);
	strbuf_addf(&work, "%s/%s", lister->root, folder.s);
	if (lstat(work.s, &info) || !S_ISDIR(info.st_mode))
		;	/* a submodule that is not checked out */
	else if (lister->nesting < NESTING_MOST && git_is_root(work.s))
		list_repository(lister, work.s, strbuf_str(&folder));
	else
		walk(lister, strbuf_str(&folder));
	strbuf_clear(&folder);
	strbuf_clear(&work);
}

static bool
is_file(const struct lister *lister, struct str folder, struct str path)
{
	struct strbuf full = {0};
	struct stat info;
	bool is;

	strbuf_addf(&full, "%s/%s%s%s", lister->root, folder.s, folder.length ? "/" : "", path.s);
	is = stat(full.s, &info) == 0 && S_ISREG(info.st_mode);
	strbuf_clear(&full);
	return is;
}

static bool
list_entry(void *context, struct str path, enum git_kind kind)
{
	struct repository *repository = context;
	struct lister *lister = repository->lister;

	path = (struct str){path.s + repository->above, path.length - repository->above};
	if (kind == GIT_KIND_NESTED)
		list_nested(repository, path);
	else if (kind == GIT_KIND_FILE || is_file(lister, repository->folder, path))
		list_file(lister, repository->folder, path);
	return !lister->full;
}

/*
 * Lists the repository at `work`, which is `folder` below the root or lies above the root (`folder`
 * is "").  False when it had to be walked.
 */
static bool
list_repository(struct lister *lister, const char *work, struct str folder)
{
	struct repository repository = {lister, folder, 0};
	struct strbuf below = {0};
	struct error err = {0};
	struct git *git = NULL;
	bool ok;

	if (!folder.length && strlen(lister->root) > strlen(work))
		strbuf_addf(&below, "%s/", lister->root + strlen(work) + (work[1] != '\0'));
	repository.above = below.length;
	lister->nesting++;
	ok = git_open(work, &git, &err) &&
	    git_list(git, strbuf_string(&below), list_entry, &repository, &err);
	if (!ok) {
		say_why(lister, err.message);
		walk(lister, folder);
	}
	lister->nesting--;
	git_free(git);
	strbuf_clear(&below);
	return ok;
}

static enum tree_origin
list_root(struct lister *lister)
{
	char *work = work_tree(lister->root);
	bool listed = work && list_repository(lister, work, STR(""));

	if (!work)
		walk(lister, STR(""));
	free(work);
	if (!listed)
		return TREE_WALK;
	if (tree_count(lister->tree) || lister->full)
		return TREE_GIT;
	walk(lister, STR(""));
	if (!tree_count(lister->tree))
		return TREE_GIT;
	say_why(lister, "the repository ignores the whole folder");
	return TREE_WALK;
}

bool
tree_open(const char *root, struct tree **out, char *why, size_t size, struct error *err)
{
	struct lister lister = {.root = root, .tree = tree_new(), .why = why, .why_size = size};
	enum tree_origin origin;
	struct stat info;

	why[0] = '\0';
	if (stat(root, &info))
		info.st_mode = 0;
	if (!S_ISDIR(info.st_mode)) {
		tree_free(lister.tree);
		return fail(err, ERROR_INPUT, "the root '%s' is no folder", root);
	}
	origin = list_root(&lister);
	free(lister.pending);
	if (lister.full) {	/* which ones were listed first is chance */
		tree_reset(lister.tree);
		snprintf(why, size, "more than %u files", LIMIT_TREE_FILES);
		origin = TREE_NONE;
	}
	tree_close(lister.tree, origin);
	*out = lister.tree;
	return true;
}
