/* Reading one input: a copy of what can't be read twice. */
#include "base/input.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
temporary_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return folder && *folder ? folder : "/tmp";
}

/* A file without a name. */
static int
temporary_file(struct error *err)
{
	const char *folder = temporary_folder();
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	struct strbuf name = {0};

	if (fd >= 0)
		return fd;
	strbuf_addf(&name, "%s/muster-XXXXXX", folder);
	fd = mkostemp(name.s, O_CLOEXEC);
	if (fd < 0)
		fail_errno(err, ERROR_INPUT, errno, "cannot make a temporary file in '%s'", folder);
	else
		unlink(name.s);
	strbuf_clear(&name);
	return fd;
}

static bool
write_all(int fd, struct str bytes, struct error *err)
{
	while (bytes.length) {
		ssize_t written = write(fd, bytes.s, bytes.length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return fail_errno(err, ERROR_INPUT, written < 0 ? errno : EIO,
			    "cannot write a temporary file in '%s'", temporary_folder());
		bytes = (struct str){bytes.s + written, bytes.length - (size_t)written};
	}
	return true;
}

/* Copies up to the end, through `chunk` of LIMIT_CHUNK bytes. */
static bool
copy(int from, int to, uint64_t limit, char *chunk, const char *name, struct error *err)
{
	uint64_t total = 0;
	ssize_t got;

	while ((got = read(from, chunk, LIMIT_CHUNK)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, ERROR_INPUT, errno, "cannot read '%s'", name);
		total += (uint64_t)got;
		if (total > limit)
			return fail(err, ERROR_LIMIT, "more than %ju bytes in '%s'",
			    (uintmax_t)limit, name);
		if (!write_all(to, (struct str){chunk, (size_t)got}, err))
			return false;
	}
	return true;
}

static bool
spool(int from, mode_t mode, const char *name, int *fd, struct error *err)
{
	uint64_t limit = S_ISCHR(mode) || S_ISBLK(mode) ? LIMIT_DEVICE_BYTES : LIMIT_REPORT_BYTES;
	char *chunk;
	bool good;

	*fd = temporary_file(err);
	if (*fd < 0)
		return false;
	chunk = mem_alloc(LIMIT_CHUNK);
	good = copy(from, *fd, limit, chunk, name, err);
	free(chunk);
	if (!good) {
		close(*fd);
		*fd = -1;
	}
	return good;
}

static char *
descriptor_name(int fd)
{
	struct strbuf name = {0};

	strbuf_addf(&name, "/dev/fd/%d", fd);
	return strbuf_take(&name);
}

bool
input_spool(const char *name, char **path, int *fd, struct error *err)
{
	bool standard = strcmp(name, "-") == 0;
	struct stat st;
	int from;
	bool good;

	*path = NULL;
	*fd = -1;
	if ((standard ? fstat(STDIN_FILENO, &st) : stat(name, &st)) != 0)
		return fail_errno(err, ERROR_INPUT, errno, "cannot open '%s'", name);
	if (!standard && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))) {
		*path = mem_string(name, strlen(name));
		return true;
	}
	from = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (from < 0)
		return fail_errno(err, ERROR_INPUT, errno, "cannot open '%s'", name);
	good = spool(from, st.st_mode, name, fd, err);
	if (!standard)
		close(from);
	if (good)
		*path = descriptor_name(*fd);
	return good;
}
