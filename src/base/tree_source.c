/* Opens source files of the work tree, and no file that is not one. */
#include "base/strbuf.h"
#include "base/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Whether a path, with a '/' before each part, goes through a `.git`. */
static bool
enters_git(const char *path)
{
	for (const char *part = path; part; part = strchr(part + 1, '/'))
		if (strncasecmp(part + 1, ".git", 4) == 0 && (!part[5] || part[5] == '/'))
			return true;
	return false;
}

/* The part of `real` below `root`, or NULL when it lies elsewhere or in a `.git`. */
static char *
below_root(const char *root, char *real)
{
	size_t length = strcmp(root, "/") == 0 ? 0 : strlen(root);

	if (strncmp(real, root, length) != 0 || real[length] != '/' || enters_git(real + length))
		return NULL;
	return real + length + 1;
}

/*
 * The quick way for a path without any link, which nearly all are: the system itself keeps it below the
 * root.  -1: the slow way may know better, and why.
 */
static int
open_straight(const struct source_root *root, const char *full)
{
	struct open_how how = {.flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
	const char *path = full + strlen(root->path);
	struct stat info;

	/* looked at before it is opened: opening a device may do things */
	if (enters_git(path) || fstatat(root->folder, path + 1, &info, AT_SYMLINK_NOFOLLOW) ||
	    !S_ISREG(info.st_mode))
		return -1;
	return (int)syscall(SYS_openat2, root->folder, path + 1, &how, sizeof(how));
}

/*
 * Opens a path that had no links when it was resolved, part by part: a link put there since is not
 * followed.
 */
static int
open_parts(const char *root, char *path)
{
	int folder = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd;

	for (char *slash = strchr(path, '/'); folder >= 0 && slash; slash = strchr(path, '/')) {
		*slash = '\0';
		fd = openat(folder, path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(folder);
		folder = fd;
		path = slash + 1;
	}
	if (folder < 0)
		return -1;
	fd = openat(folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	close(folder);
	return fd;
}

static int
refuse(int fd, struct error *err, struct str path, const char *reason)
{
	if (fd >= 0)
		close(fd);
	fail(err, ERROR_INPUT, "cannot read '%.*s': %s", (int)path.length, path.s, reason);
	return -1;
}

/* An open file and its size, if it is one that can be read as a source. */
static int
regular(int fd, struct str path, uint64_t *size, struct error *err)
{
	struct stat info;

	if (fstat(fd, &info) || !S_ISREG(info.st_mode))
		return refuse(fd, err, path, "no regular file");
	*size = (uint64_t)info.st_size;
	return fd;
}

struct source_root
source_root_open(const char *path)
{
	return (struct source_root){path, open(path, O_PATH | O_DIRECTORY | O_CLOEXEC)};
}

void
source_root_close(struct source_root *root)
{
	if (root->folder >= 0)
		close(root->folder);
	root->folder = -1;
}

int
source_open(const struct source_root *root, struct str path, uint64_t *size, struct error *err)
{
	struct strbuf full = {0};
	char *real = NULL, *below;
	struct stat info;
	int fd;

	if (path.length >= PATH_MAX || memchr(path.s, '\0', path.length))
		return refuse(-1, err, (struct str){path.s, path.length < 200 ? path.length : 200},
		    "no usable name");
	strbuf_addf(&full, "%s/", root->path);
	strbuf_add_str(&full, path);
	fd = open_straight(root, full.s);
	if (fd >= 0) {
		strbuf_clear(&full);
		return regular(fd, path, size, err);
	}
	real = realpath(full.s, NULL);
	strbuf_clear(&full);
	if (!real)
		return refuse(-1, err, path, strerror(errno));
	below = below_root(root->path, real);
	/* looked at before it is opened: opening a device may do things */
	if (!below || lstat(real, &info) || !S_ISREG(info.st_mode)) {
		free(real);
		return refuse(-1, err, path,
		    below ? "no regular file" : "it lies outside of the root");
	}
	fd = open_parts(root->path, below);
	free(real);	/* free() keeps errno */
	if (fd < 0)
		return refuse(fd, err, path, strerror(errno));
	return regular(fd, path, size, err);
}
