/* Reading one input: its whole at once, or what tells it from others. */
#include "base/input.h"
#include "base/mem.h"
#include "base/strbuf.h"

#include <stdlib.h>

enum { HINT_BYTES = 16 << 10 };

/* Reads to the end for the sake of the digest. */
static bool
read_through(struct input *input, struct error *err)
{
	struct str chunk;

	do {
		if (!input_read(input, &chunk, err))
			return false;
	} while (chunk.length);
	return true;
}

bool
input_digest_file(const char *path, unsigned char digest[DIGEST_BYTES], struct error *err)
{
	struct input *input;
	bool good;

	if (!input_open(path, &input, err))
		return false;
	input_want_digest(input);
	good = read_through(input, err);
	if (good)
		input_digest(input, digest);
	input_free(input);
	return good;
}

/* FNV-1a. */
static uint64_t
hash_of(struct str s)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.length; i++)
		hash = (hash ^ (unsigned char)s.s[i]) * 0x100000001b3u;
	return hash;
}

bool
input_size_hint(const char *path, uint64_t *hint, struct error *err)
{
	struct input *input;
	struct str head;
	bool good;

	if (!input_open(path, &input, err))
		return false;
	good = input_peek(input, &head, err);
	if (good && head.length > HINT_BYTES)
		head.length = HINT_BYTES;
	if (good)
		*hint = hash_of(head);
	input_free(input);
	return good;
}

static bool
slurp(struct input *input, size_t limit, struct strbuf *bytes, struct error *err)
{
	struct str chunk;

	do {
		if (!input_read(input, &chunk, err))
			return false;
		if (chunk.length > limit - bytes->length)
			return fail(err, ERROR_LIMIT, "more than %zu bytes", limit);
		strbuf_add_str(bytes, chunk);
	} while (chunk.length);
	return true;
}

bool
input_slurp(const char *path, size_t limit, char **bytes, size_t *length, struct error *err)
{
	struct strbuf all = {0};
	struct input *input;
	bool good;

	*bytes = NULL;
	*length = 0;
	if (!input_open(path, &input, err))
		return false;
	good = slurp(input, limit, &all, err);
	input_free(input);
	if (!good) {
		strbuf_clear(&all);
		return false;
	}
	*length = all.length;
	*bytes = strbuf_take(&all);
	return true;
}
