/* A directory that gets its name as a whole. */
#include "render/html_site.h"

#include "base/mem.h"
#include "base/output.h"
#include "base/strbuf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMP_HEAD	".muster-"
#define TEMP_TAIL	".site"

enum { TRIES_MOST = 100, DESCRIPTORS = 16 };

static char *
join(const char *folder, const char *name)
{
	struct strbuf path = {0};

	strbuf_addf(&path, "%s/%s", folder, name);
	return strbuf_take(&path);
}

/* ---- removing ---- */

static int
remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
	(void)info;
	(void)type;
	(void)walk;
	return remove(path);
}

static void
remove_tree(const char *path)
{
	nftw(path, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

static bool
is_temporary(const char *name)
{
	return str_starts(str_of(name), STR(TEMP_HEAD)) && str_ends(str_of(name), STR(TEMP_TAIL));
}

/* Removes a directory that no run holds locked. */
static void
remove_stale(const char *parent, const char *name)
{
	char *path = join(parent, name);
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		remove_tree(path);
	if (fd >= 0)
		close(fd);
	free(path);
}

static void
remove_all_stale(const char *parent)
{
	DIR *directory = opendir(parent);
	const struct dirent *entry;

	if (!directory)
		return;
	while ((entry = readdir(directory)))
		if (is_temporary(entry->d_name))
			remove_stale(parent, entry->d_name);
	closedir(directory);
}

/* ---- the place ---- */

static bool
refuse(const char *target, int errnum, struct error *err)
{
	return fail_errno(err, ERROR_OUTPUT, errnum, "cannot write '%s'", target);
}

static bool
is_empty(const char *path)
{
	DIR *directory = opendir(path);
	const struct dirent *entry;
	size_t count = 0;

	if (!directory)
		return false;
	while ((entry = readdir(directory)))
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(directory);
	return count == 0;
}

static bool
bears_marker(const char *path)
{
	char *marker = join(path, SITE_MARKER);
	struct stat info;
	bool bears = lstat(marker, &info) == 0 && S_ISREG(info.st_mode);

	free(marker);
	return bears;
}

/* The real path of a directory that need not be there yet; `target` has no '/' at its end. */
static char *
real_target(const char *target)
{
	char *real = realpath(target, NULL);
	const char *slash = strrchr(target, '/');
	char *parent, *parent_real;

	if (real || errno != ENOENT)
		return real;
	parent = slash ? mem_string(target, (size_t)(slash - target + (slash == target))) : mem_string(".", 1);
	parent_real = realpath(parent, NULL);
	free(parent);
	if (!parent_real)
		return NULL;
	real = join(strcmp(parent_real, "/") == 0 ? "" : parent_real, slash ? slash + 1 : target);
	free(parent_real);
	return real;
}

static bool
look_at_place(const char *target, struct site *site, struct error *err)
{
	struct stat info;

	if (lstat(site->target, &info) != 0)
		return errno == ENOENT || refuse(target, errno, err);
	site->replaces = true;
	if (!S_ISDIR(info.st_mode))
		return refuse(target, ENOTDIR, err);
	if (!bears_marker(site->target) && !is_empty(site->target))
		return fail(err, ERROR_OUTPUT, "cannot write '%s': a directory that is not empty and no report of muster "
		    "(without the file %s)", target, SITE_MARKER);
	return true;
}

/* Makes the directory that is written, locked. */
static int
make_beside(struct site *site)
{
	const char *slash = strrchr(site->target, '/');
	char *parent = mem_string(site->target, (size_t)(slash - site->target));
	int failure = EEXIST;

	remove_all_stale(*parent ? parent : "/");
	for (int i = 0; i < TRIES_MOST && failure == EEXIST; i++) {
		char name[64];
		uint64_t number;

		if (getrandom(&number, sizeof(number), GRND_NONBLOCK) != sizeof(number))
			number = (uint64_t)getpid() << 32 ^ (uint64_t)i;
		snprintf(name, sizeof(name), TEMP_HEAD "%016jx" TEMP_TAIL, (uintmax_t)number);
		free(site->written);
		site->written = join(parent, name);
		failure = mkdir(site->written, 0777) == 0 ? 0 : errno;
	}
	free(parent);
	if (failure)
		return failure;
	site->lock = open(site->written, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (site->lock >= 0)
		flock(site->lock, LOCK_EX);	/* where there are no locks nothing is removed as stale either */
	return 0;
}

static void
site_release(struct site *site)
{
	if (site->lock >= 0)
		close(site->lock);
	free(site->target);
	free(site->written);
	*site = (struct site){.lock = -1};
}

static bool
write_marker(const struct site *site, struct error *err)
{
	static const struct { const char *name, *text; } files[] = {
		{SITE_MARKER, "This directory is a report of muster, which replaces it as a whole.\n"},
		{".nojekyll", ""},
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		char *path = site_path(site, files[i].name);
		struct output *output;
		bool good = output_create(path, &output, err);

		free(path);
		if (!good)
			return false;
		output_add_string(output, files[i].text);
		if (!output_commit(output, err))
			return false;
	}
	return true;
}

bool
site_open(const char *target, struct site *site, struct error *err)
{
	size_t length = strlen(target);
	char *plain;
	int failure;

	while (length > 1 && target[length - 1] == '/')
		length--;
	plain = mem_string(target, length);
	*site = (struct site){.lock = -1};
	site->target = real_target(plain);
	free(plain);
	if (!site->target)
		return refuse(target, errno, err);
	if (!look_at_place(target, site, err)) {
		site_release(site);
		return false;
	}
	failure = strcmp(site->target, "/") == 0 ? EBUSY : make_beside(site);
	if (failure) {
		site_release(site);
		return refuse(target, failure, err);
	}
	if (write_marker(site, err))
		return true;
	site_abort(site);
	return false;
}

char *
site_path(const struct site *site, const char *name)
{
	return join(site->written, name);
}

bool
site_folder(const struct site *site, const char *name, struct error *err)
{
	char *path = site_path(site, name);
	bool good = mkdir(path, 0777) == 0 || refuse(path, errno, err);

	free(path);
	return good;
}

/* Where the system can't exchange: the old one goes aside first, and back when the new one does not get its name. */
static int
exchange_by_renames(const struct site *site)
{
	char *aside = mem_alloc(strlen(site->written) + sizeof(".old" TEMP_TAIL));
	int failure = 0;

	strcpy(aside, site->written);
	strcpy(aside + strlen(aside) - strlen(TEMP_TAIL), ".old" TEMP_TAIL);
	if (rename(site->target, aside) != 0) {
		failure = errno;
	} else if (rename(site->written, site->target) != 0) {
		failure = errno;
		rename(aside, site->target);
	} else {
		remove_tree(aside);
	}
	free(aside);
	return failure;
}

static int
exchange(const struct site *site)
{
	if (renameat2(AT_FDCWD, site->written, AT_FDCWD, site->target, RENAME_EXCHANGE) == 0) {
		remove_tree(site->written);
		return 0;
	}
	if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)
		return exchange_by_renames(site);
	return errno;
}

bool
site_commit(struct site *site, struct error *err)
{
	int failure;

	if (site->replaces)
		failure = exchange(site);
	else
		failure = rename(site->written, site->target) == 0 ? 0 : errno;
	if (failure) {
		refuse(site->target, failure, err);
		site_abort(site);
		return false;
	}
	site_release(site);
	return true;
}

void
site_abort(struct site *site)
{
	if (site->written)
		remove_tree(site->written);
	site_release(site);
}
