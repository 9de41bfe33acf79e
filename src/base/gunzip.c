/* Unpacking gzip bytes as they come. */
#include "base/gunzip.h"

#include "base/mem.h"

#define ZLIB_CONST
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

enum { GZIP_ONLY = 16 + MAX_WBITS };

enum gunzip_state { GUNZIP_INSIDE, GUNZIP_BETWEEN, GUNZIP_PADDING };

struct gunzip {
	z_stream stream;
	enum gunzip_state state;
};

bool
gunzip_announced(struct str head)
{
	return str_starts(head, STR("\x1f\x8b"));
}

struct gunzip *
gunzip_new(void)
{
	struct gunzip *gunzip = mem_zalloc(1, sizeof(*gunzip));

	if (inflateInit2(&gunzip->stream, GZIP_ONLY) != Z_OK)
		abort();	/* out of memory, or another library than the header */
	return gunzip;
}

void
gunzip_free(struct gunzip *gunzip)
{
	if (!gunzip)
		return;
	inflateEnd(&gunzip->stream);
	free(gunzip);
}

bool
gunzip_may_end(const struct gunzip *gunzip)
{
	return gunzip->state != GUNZIP_INSIDE;
}

static bool
refuse(const struct gunzip *gunzip, struct error *err)
{
	const char *reason = gunzip->stream.msg ? gunzip->stream.msg : "no further progress";

	return fail(err, ERROR_DAMAGED, "broken gzip data: %s", reason);
}

static unsigned
as_unsigned(size_t length)
{
	return length < UINT_MAX ? (unsigned)length : UINT_MAX;
}

/* Unpacks within a member, up to its end at most. */
static bool
inflate_member(struct gunzip *gunzip, struct str *packed, char *out, size_t room, size_t *made,
    struct error *err)
{
	z_stream *stream = &gunzip->stream;
	unsigned given = as_unsigned(packed->length), space = as_unsigned(room);
	int status;

	stream->next_in = (const unsigned char *)packed->s;
	stream->avail_in = given;
	stream->next_out = (unsigned char *)out;
	stream->avail_out = space;
	status = inflate(stream, Z_NO_FLUSH);
	given -= stream->avail_in;
	*packed = (struct str){packed->s + given, packed->length - given};
	*made += space - stream->avail_out;
	if (status == Z_STREAM_END)
		gunzip->state = GUNZIP_BETWEEN;
	else if (status != Z_OK)
		return refuse(gunzip, err);
	return true;
}

/* Takes what stands behind a member: another one, or zeros up to the end. */
static bool
go_on(struct gunzip *gunzip, struct str *packed, struct error *err)
{
	if (gunzip->state == GUNZIP_BETWEEN && packed->s[0] == '\x1f') {
		gunzip->state = GUNZIP_INSIDE;
		inflateReset(&gunzip->stream);
		return true;
	}
	gunzip->state = GUNZIP_PADDING;
	while (packed->length && packed->s[0] == '\0')
		*packed = (struct str){packed->s + 1, packed->length - 1};
	if (packed->length)
		return fail(err, ERROR_DAMAGED, "other bytes behind the gzip data");
	return true;
}

bool
gunzip_feed(struct gunzip *gunzip, struct str *packed, char *out, size_t room, size_t *made,
    struct error *err)
{
	bool good = true;

	*made = 0;
	while (good && packed->length && *made < room) {
		if (gunzip->state == GUNZIP_INSIDE)
			good = inflate_member(gunzip, packed, out + *made, room - *made, made, err);
		else
			good = go_on(gunzip, packed, err);
	}
	return good;
}
