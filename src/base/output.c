/* Writing one output so that nobody sees half of it. */
#include "base/output.h"

#include "base/mem.h"
#include "base/output_place.h"
#include "base/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What is at least so long is not copied into the buffer first. */
enum { BUFFER_BYTES = 128 << 10, STRAIGHT_BYTES = 32 << 10 };

struct output {
	char *name;		/* for messages; NULL: a memory output */
	struct place place;
	struct strbuf buffer;
	uint64_t flushed;
	int failure;		/* the errno of the first write that failed */
};

static struct output *
output_new(const char *name)
{
	struct output *output = mem_zalloc(1, sizeof(*output));

	output->name = name ? mem_string(name, strlen(name)) : NULL;
	output->place.fd = -1;
	return output;
}

static void
output_free(struct output *output)
{
	strbuf_clear(&output->buffer);
	free(output->name);
	free(output);
}

struct output *
output_memory(void)
{
	return output_new(NULL);
}

static bool
open_standard_output(struct place *place, struct error *err)
{
	place->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	if (place->fd < 0)
		return fail_errno(err, ERROR_OUTPUT, errno, "cannot write standard output");
	return true;
}

bool
output_open(const char *path, struct output **out, struct error *err)
{
	bool standard = strcmp(path, "-") == 0;
	struct output *output = output_new(path);

	*out = NULL;
	if (!(standard ? open_standard_output(&output->place, err) :
	    place_open(path, &output->place, err))) {
		output_free(output);
		return false;
	}
	*out = output;
	return true;
}

bool
output_create(const char *path, struct output **out, struct error *err)
{
	struct output *output = output_new(path);

	*out = NULL;
	if (!place_create(path, &output->place, err)) {
		output_free(output);
		return false;
	}
	*out = output;
	return true;
}

/* Waits until a descriptor that does not block takes more. */
static bool
wait_for(int fd)
{
	struct pollfd wanted = {.fd = fd, .events = POLLOUT};

	return poll(&wanted, 1, -1) >= 0 || errno == EINTR;
}

/* 0, or the errno of the write that failed. */
static int
write_all(int fd, struct str bytes)
{
	while (bytes.length) {
		ssize_t written = write(fd, bytes.s, bytes.length);

		if (written > 0) {
			bytes = (struct str){bytes.s + written, bytes.length - (size_t)written};
			continue;
		}
		if (written == 0)
			return EIO;
		if (errno == EINTR || (errno == EAGAIN && wait_for(fd)))
			continue;
		return errno;
	}
	return 0;
}

static void
write_bytes(struct output *output, struct str bytes)
{
	if (!output->failure)
		output->failure = write_all(output->place.fd, bytes);
	output->flushed += bytes.length;
}

static void
flush(struct output *output)
{
	write_bytes(output, strbuf_str(&output->buffer));
	strbuf_reset(&output->buffer);
}

static void
flush_when_full(struct output *output)
{
	if (output->name && output->buffer.length >= BUFFER_BYTES)
		flush(output);
}

void
output_add(struct output *output, const char *s, size_t length)
{
	if (output->name && length >= STRAIGHT_BYTES) {
		flush(output);
		write_bytes(output, (struct str){s, length});
		return;
	}
	strbuf_add(&output->buffer, s, length);
	flush_when_full(output);
}

void
output_add_str(struct output *output, struct str s)
{
	output_add(output, s.s, s.length);
}

void
output_add_string(struct output *output, const char *s)
{
	output_add(output, s, strlen(s));
}

void
output_addf(struct output *output, const char *format, ...)
{
	va_list args, again;
	int need;

	va_start(args, format);
	va_copy(again, args);
	need = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (need > 0) {
		char *end = strbuf_reserve(&output->buffer, (size_t)need);

		vsnprintf(end, (size_t)need + 1, format, again);
		strbuf_commit(&output->buffer, (size_t)need);
		flush_when_full(output);
	}
	va_end(again);
}

struct str
output_content(const struct output *output)
{
	return strbuf_str(&output->buffer);
}

uint64_t
output_length(const struct output *output)
{
	return output->flushed + output->buffer.length;
}

bool
output_commit(struct output *output, struct error *err)
{
	int failure = 0;

	if (output->name) {
		flush(output);
		failure = output->failure;
		if (failure)
			place_abort(&output->place);
		else
			failure = place_commit(&output->place);
	}
	if (failure && strcmp(output->name, "-") == 0)
		fail_errno(err, ERROR_OUTPUT, failure, "cannot write standard output");
	else if (failure)
		fail_errno(err, ERROR_OUTPUT, failure, "cannot write '%s'", output->name);
	output_free(output);
	return !failure;
}

void
output_abort(struct output *output)
{
	if (!output)
		return;
	if (output->name)
		place_abort(&output->place);
	output_free(output);
}

bool
output_append(const char *path, struct str bytes, struct error *err)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	int failure;

	if (fd < 0)
		return fail_errno(err, ERROR_OUTPUT, errno, "cannot append to '%s'", path);
	failure = write_all(fd, bytes);
	if (close(fd) != 0 && !failure)
		failure = errno;
	if (failure)
		return fail_errno(err, ERROR_OUTPUT, failure, "cannot append to '%s'", path);
	return true;
}
