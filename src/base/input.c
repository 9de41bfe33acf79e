/* Reading one input. */
#include "base/input.h"

#include "base/ahead.h"
#include "base/gunzip.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(DIGEST_BYTES == SHA256_DIGEST_LENGTH, "SHA-256");

struct input {
	char *name;		/* for messages */
	int fd;
	bool owned;		/* the descriptor is ours to close */
	bool seekable;		/* read by offset, whatever others do with the descriptor */
	uint64_t size;
	uint64_t limit;		/* of unpacked bytes */
	_Atomic uint64_t position;
	uint64_t unpacked;
	bool started;		/* gzip or not is decided */
	bool raw_ended;
	struct error error;	/* told when all that came before it was read */

	struct gunzip *gunzip;	/* NULL: plain */
	char *raw;		/* of a gzip: its bytes, and ... */
	struct str packed;	/* ... those not yet unpacked */
	char *chunk;		/* what input_read() lends */
	bool ahead_wanted;
	struct ahead *ahead;
	struct str peeked;
	bool has_peeked;
	struct strbuf head;	/* what is peeked, if that is more than a chunk */

	bool digest_wanted;
	SHA2_CTX digest;
};

static struct input *
input_new(int fd, bool owned, const char *name)
{
	struct input *input = mem_zalloc(1, sizeof(*input));

	input->name = mem_string(name, strlen(name));
	input->fd = fd;
	input->owned = owned;
	return input;
}

void
input_free(struct input *input)
{
	if (!input)
		return;
	ahead_free(input->ahead);
	gunzip_free(input->gunzip);
	if (input->owned)
		close(input->fd);
	free(input->name);
	free(input->raw);
	free(input->chunk);
	strbuf_clear(&input->head);
	free(input);
}

/* Learns what kind of file is to be read; refuses a directory. */
static bool
inspect(struct input *input, bool rewind, struct error *err)
{
	struct stat st;

	if (fstat(input->fd, &st) != 0)
		return fail_errno(err, ERROR_INPUT, errno, "cannot open '%s'", input->name);
	if (S_ISDIR(st.st_mode))
		return fail_errno(err, ERROR_INPUT, EISDIR, "cannot read '%s'", input->name);
	input->seekable = rewind && S_ISREG(st.st_mode);
	input->size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
	input->limit = S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode) ? LIMIT_DEVICE_BYTES :
	    LIMIT_REPORT_BYTES;
	return true;
}

static bool
input_start(struct input *input, bool rewind, struct input **out, struct error *err)
{
	if (!inspect(input, rewind, err)) {
		input_free(input);
		return false;
	}
	*out = input;
	return true;
}

bool
input_open(const char *path, struct input **out, struct error *err)
{
	struct input *input;
	int fd;

	*out = NULL;
	if (strcmp(path, "-") == 0) {
		input = input_new(STDIN_FILENO, false, "standard input");
		return input_start(input, false, out, err);
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail_errno(err, ERROR_INPUT, errno, "cannot open '%s'", path);
	return input_start(input_new(fd, true, path), true, out, err);
}

bool
input_open_fd(int fd, const char *name, struct input **out, struct error *err)
{
	*out = NULL;
	return input_start(input_new(fd, false, name), true, out, err);
}

/* read(2), or pread(2) where the offset is ours to say. */
static ssize_t
read_some(struct input *input, char *bytes, size_t room, uint64_t offset)
{
	ssize_t got;

	do {
		if (input->seekable)
			got = pread(input->fd, bytes, room, (off_t)offset);
		else
			got = read(input->fd, bytes, room);
	} while (got < 0 && errno == EINTR);
	return got;
}

/* Fills LIMIT_CHUNK bytes, fewer only before the end or an error, which then is kept. */
static size_t
read_raw(struct input *input, char *bytes)
{
	uint64_t position = atomic_load_explicit(&input->position, memory_order_relaxed);
	size_t length = 0;

	while (length < LIMIT_CHUNK && !input->raw_ended) {
		size_t room = LIMIT_CHUNK - length;
		ssize_t got = read_some(input, bytes + length, room, position + length);

		if (got < 0)
			fail_errno(&input->error, ERROR_INPUT, errno, "cannot read '%s'",
			    input->name);
		if (got <= 0)
			input->raw_ended = true;
		else
			length += (size_t)got;
	}
	atomic_store_explicit(&input->position, position + length, memory_order_relaxed);
	progress_add(length);
	return length;
}

/* Whether what was unpacked is more than so few packed bytes can honestly hold. */
static bool
is_bomb(const struct input *input)
{
	uint64_t taken = atomic_load_explicit(&input->position, memory_order_relaxed) -
	    input->packed.length;

	return input->unpacked > LIMIT_GZIP_FREE && input->unpacked / LIMIT_GZIP_RATIO > taken;
}

/* Gets more to unpack; false at the end and at an error. */
static bool
refill(struct input *input)
{
	if (input->error.code)
		return false;
	input->packed = (struct str){input->raw, read_raw(input, input->raw)};
	if (input->packed.length)
		return true;
	if (!input->error.code && !gunzip_may_end(input->gunzip))
		fail(&input->error, ERROR_DAMAGED, "gzip data is cut off");
	return false;
}

/* Fills a chunk from the gzip; errors are kept. */
static size_t
unpack(struct input *input, char *chunk)
{
	size_t length = 0, made;

	while (length < LIMIT_CHUNK && (input->packed.length || refill(input))) {
		if (!gunzip_feed(input->gunzip, &input->packed, chunk + length,
		    LIMIT_CHUNK - length, &made, &input->error))
			input->packed.length = 0;
		length += made;
	}
	return length;
}

/* Sees to it that a passed limit is the last thing to be told. */
static void
check_limits(struct input *input)
{
	if (input->unpacked > input->limit)
		fail(&input->error, ERROR_LIMIT, "more than %ju bytes", (uintmax_t)input->limit);
	else if (input->gunzip && is_bomb(input))
		fail(&input->error, ERROR_LIMIT, "gzip data unpacks to more than %d times its size",
		    LIMIT_GZIP_RATIO);
	if (input->error.code == ERROR_LIMIT)
		input->packed.length = 0;
}

/*
 * The next unpacked bytes into a chunk of LIMIT_CHUNK; 0 at the end or at the error that is kept.
 */
static size_t
make_chunk(void *context, char *chunk)
{
	struct input *input = context;
	size_t length;

	if (input->error.code && !input->packed.length)
		return 0;
	length = input->gunzip ? unpack(input, chunk) : read_raw(input, chunk);
	input->unpacked += length;
	check_limits(input);
	return length;
}

/* Reads the first chunk and decides by it. */
static size_t
make_first(struct input *input)
{
	size_t length;

	input->started = true;
	input->chunk = mem_alloc(LIMIT_CHUNK);
	length = make_chunk(input, input->chunk);
	if (!gunzip_announced((struct str){input->chunk, length}))
		return length;
	input->gunzip = gunzip_new();
	input->raw = input->chunk;
	input->packed = (struct str){input->raw, length};
	input->chunk = mem_alloc(LIMIT_CHUNK);
	input->unpacked = 0;
	length = make_chunk(input, input->chunk);
	if (input->ahead_wanted && length == LIMIT_CHUNK)
		input->ahead = ahead_start(make_chunk, input);
	return length;
}

static struct str
next_chunk(struct input *input)
{
	size_t length;

	if (input->ahead)
		return ahead_next(input->ahead);
	length = input->started ? make_chunk(input, input->chunk) : make_first(input);
	return (struct str){input->chunk, length};
}

bool
input_peek(struct input *input, struct str *head, struct error *err)
{
	if (!input->has_peeked) {
		input->peeked = next_chunk(input);
		input->has_peeked = true;
	}
	*head = input->peeked;
	if (head->length || !input->error.code)
		return true;
	if (err)
		*err = input->error;
	return false;
}

bool
input_peek_more(struct input *input, struct str *head)
{
	size_t known = input->peeked.length;
	struct str chunk = input->peeked;

	if (known >= LIMIT_HEAD)
		return false;
	if (!input->head.length)
		strbuf_add_str(&input->head, chunk);
	while (chunk.length && input->head.length < 2 * known) {
		chunk = next_chunk(input);
		strbuf_add_str(&input->head, chunk);
	}
	input->peeked = strbuf_str(&input->head);
	*head = input->peeked;
	return head->length > known;
}

bool
input_read(struct input *input, struct str *chunk, struct error *err)
{
	if (!input_peek(input, chunk, err))
		return false;
	if (chunk->length > LIMIT_CHUNK)
		chunk->length = LIMIT_CHUNK;
	input->has_peeked = input->peeked.length > chunk->length;
	if (input->has_peeked)
		input->peeked = (struct str){input->peeked.s + chunk->length,
		    input->peeked.length - chunk->length};
	if (input->digest_wanted && chunk->length)
		SHA256Update(&input->digest, (const uint8_t *)chunk->s, chunk->length);
	return true;
}

void
input_read_ahead(struct input *input)
{
	input->ahead_wanted = true;
}

uint64_t
input_position(const struct input *input)
{
	return atomic_load_explicit(&input->position, memory_order_relaxed);
}

uint64_t
input_size(const struct input *input)
{
	return input->size;
}

void
input_want_digest(struct input *input)
{
	input->digest_wanted = true;
	SHA256Init(&input->digest);
}

void
input_digest(struct input *input, unsigned char digest[DIGEST_BYTES])
{
	SHA2_CTX copy = input->digest;

	SHA256Final(digest, &copy);
}
