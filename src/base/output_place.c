/* Where an output goes. */
#include "base/output_place.h"

#include "base/mem.h"
#include "base/number.h"
#include "base/strbuf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define TEMP_HEAD	".muster-"
#define TEMP_TAIL	".tmp"

enum { LINKS_MOST = 40, TRIES_MOST = 100 };

/* A name split where its last link led: the real directory and the name in it. */
struct target {
	char *directory;
	char *path;	/* directory and name */
	const char *base;	/* in path */
};

static void
target_release(struct target *target)
{
	free(target->directory);
	free(target->path);
}

static bool
refuse(const char *path, int errnum, struct error *err)
{
	return fail_errno(err, ERROR_OUTPUT, errnum, "cannot write '%s'", path);
}

static char *
join(struct str directory, const char *name)
{
	struct strbuf path = {0};

	strbuf_add_str(&path, directory);
	if (!str_ends(directory, STR("/")))
		strbuf_add_char(&path, '/');
	strbuf_add_string(&path, name);
	return strbuf_take(&path);
}

/* Splits a name without looking at what it names.  0 or an errno. */
static int
target_init(struct target *target, const char *name)
{
	const char *slash = strrchr(name, '/');
	const char *base = slash ? slash + 1 : name;
	char *directory = slash ? mem_string(name, (size_t)(slash + 1 - name)) : mem_string(".", 1);
	int failure;

	*target = (struct target){0};
	target->directory = realpath(directory, NULL);
	failure = target->directory ? 0 : errno;
	free(directory);
	if (failure)
		return failure;
	if (!*base)
		return *name ? EISDIR : ENOENT;
	target->path = join(str_of(target->directory), base);
	target->base = strrchr(target->path, '/') + 1;
	return 0;
}

static bool
is_in_proc(const struct target *target)
{
	struct statfs fs;

	return statfs(target->directory, &fs) == 0 && fs.f_type == PROC_SUPER_MAGIC;
}

/* Where a link leads, as a name of its own; NULL with errno for what is no link. */
static char *
read_link(const struct target *target)
{
	char text[PATH_MAX];
	ssize_t length = readlink(target->path, text, sizeof(text) - 1);

	if (length < 0)
		return NULL;
	text[length] = '\0';
	if (text[0] == '/')
		return mem_string(text, (size_t)length);
	return join(str_of(target->directory), text);
}

/* Follows links, but not those of /proc, which lead to open files and not to names. */
static int
resolve(const char *path, struct target *target)
{
	int failure = target_init(target, path);

	for (int links = 0; !failure && !is_in_proc(target); links++) {
		char *next = read_link(target);

		if (!next)
			return errno == EINVAL || errno == ENOENT ? 0 : errno;
		if (links == LINKS_MOST) {
			free(next);
			return ELOOP;
		}
		target_release(target);
		failure = target_init(target, next);
		free(next);
	}
	return failure;
}

/* The number of an own descriptor that is named by its entry in /proc; -1 for any other name. */
static int
own_descriptor(const struct target *target)
{
	char *self = realpath("/proc/self", NULL);
	struct str directory = str_of(target->directory);
	uint64_t fd = 0;
	bool own = self && str_starts(directory, str_of(self)) && str_ends(directory, STR("/fd")) &&
	    number_u64(str_of(target->base), &fd) == NUMBER_OK && fd <= INT_MAX;

	free(self);
	return own ? (int)fd : -1;
}

/* What can't be renamed over is opened as it is; 0 or an errno. */
static int
open_straight(const struct target *target, struct place *place)
{
	int fd = own_descriptor(target);

	if (fd >= 0)
		place->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	else
		place->fd = open(target->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	return place->fd < 0 ? errno : 0;
}

static bool
is_temporary(const char *name)
{
	return str_starts(str_of(name), STR(TEMP_HEAD)) && str_ends(str_of(name), STR(TEMP_TAIL));
}

/* Removes a temporary file that no run holds locked. */
static void
remove_stale(int directory, const char *name)
{
	int fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlinkat(directory, name, 0);
	close(fd);
}

/* Whether this directory is another than the last one that was asked of. */
static bool
is_news(const char *path)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static struct stat last;
	struct stat st;
	bool news;

	if (stat(path, &st) != 0)
		return false;
	pthread_mutex_lock(&lock);
	news = st.st_dev != last.st_dev || st.st_ino != last.st_ino;
	last = st;
	pthread_mutex_unlock(&lock);
	return news;
}

/* Removes what dead runs left in a directory. */
static void
clean(const char *path)
{
	DIR *directory = is_news(path) ? opendir(path) : NULL;
	const struct dirent *entry;

	if (!directory)
		return;
	while ((entry = readdir(directory)))
		if (is_temporary(entry->d_name))
			remove_stale(dirfd(directory), entry->d_name);
	closedir(directory);
}

static char *
temporary_name(const struct target *target)
{
	char name[64];
	uint64_t number;

	if (getrandom(&number, sizeof(number), GRND_NONBLOCK) != sizeof(number))
		number = (uint64_t)getpid() << 32 ^ (uint64_t)(uintptr_t)target;
	snprintf(name, sizeof(name), TEMP_HEAD "%016jx" TEMP_TAIL, (uintmax_t)number);
	return join(str_of(target->directory), name);
}

/* Locks a new file; false when another run's cleaning was quicker and took it away. */
static bool
lock_new(int fd)
{
	struct stat st;

	flock(fd, LOCK_EX);	/* where there are no locks nothing is cleaned either */
	return fstat(fd, &st) != 0 || st.st_nlink > 0;
}

static int
open_beside(struct target *target, struct place *place)
{
	int failure = EEXIST;

	clean(target->directory);
	for (int i = 0; i < TRIES_MOST && failure == EEXIST; i++) {
		place->written = temporary_name(target);
		place->fd = open(place->written, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		failure = place->fd < 0 ? errno : 0;
		if (!failure && lock_new(place->fd)) {
			place->wanted = mem_string(target->path, strlen(target->path));
			return 0;
		}
		if (!failure) {
			close(place->fd);
			failure = EEXIST;
		}
		free(place->written);
		place->written = NULL;
	}
	return failure;
}

static int
open_target(struct target *target, struct place *place)
{
	struct stat st;

	if (is_in_proc(target))
		return open_straight(target, place);
	if (lstat(target->path, &st) != 0)
		return errno == ENOENT ? open_beside(target, place) : errno;
	if (S_ISDIR(st.st_mode))
		return EISDIR;
	return S_ISREG(st.st_mode) ? open_beside(target, place) : open_straight(target, place);
}

bool
place_open(const char *path, struct place *out, struct error *err)
{
	struct target target;
	int failure;

	*out = (struct place){.fd = -1};
	failure = resolve(path, &target);
	if (!failure)
		failure = open_target(&target, out);
	target_release(&target);
	return failure ? refuse(path, failure, err) : true;
}

bool
place_create(const char *path, struct place *out, struct error *err)
{
	*out = (struct place){.fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)};
	if (out->fd < 0)
		return refuse(path, errno, err);
	out->written = mem_string(path, strlen(path));
	return true;
}

static void
place_release(struct place *place)
{
	if (place->fd >= 0)
		close(place->fd);
	free(place->written);
	free(place->wanted);
	*place = (struct place){.fd = -1};
}

void
place_abort(struct place *place)
{
	if (place->written)
		unlink(place->written);
	place_release(place);
}

/* Closing tells of writes that failed late. */
static int
close_written(struct place *place)
{
	int fd = place->fd;

	place->fd = -1;
	return close(fd) != 0 ? errno : 0;
}

/* A duplicate is closed, so that the lock is held until the file has its name. */
static int
close_duplicate(const struct place *place)
{
	int duplicate = fcntl(place->fd, F_DUPFD_CLOEXEC, 0);

	return duplicate < 0 || close(duplicate) != 0 ? errno : 0;
}

int
place_commit(struct place *place)
{
	int failure = place->wanted ? close_duplicate(place) : close_written(place);

	if (!failure && place->wanted && rename(place->written, place->wanted) != 0)
		failure = errno;
	if (failure)
		place_abort(place);
	else
		place_release(place);
	return failure;
}
