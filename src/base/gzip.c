/* Writing gzip into an output. */
#include "base/gzip.h"

#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8, GZIP_LEVEL = 6 };

struct gzip {
	z_stream stream;
	gz_header header;
	struct output *output;
	unsigned char buffer[LIMIT_CHUNK];
};

struct gzip *
gzip_begin(struct output *output)
{
	struct gzip *gzip = mem_zalloc(1, sizeof(*gzip));

	gzip->output = output;
	gzip->header.os = 255;	/* unknown, so that no system shows */
	if (deflateInit2(&gzip->stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
	    Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	deflateSetHeader(&gzip->stream, &gzip->header);
	return gzip;
}

static void
deflate_all(struct gzip *gzip, int flush)
{
	do {
		gzip->stream.next_out = gzip->buffer;
		gzip->stream.avail_out = sizeof(gzip->buffer);
		deflate(&gzip->stream, flush);
		output_add(gzip->output, (const char *)gzip->buffer, sizeof(gzip->buffer) - gzip->stream.avail_out);
	} while (!gzip->stream.avail_out);
}

void
gzip_add(struct gzip *gzip, struct str bytes)
{
	unsigned char chunk[4096];

	while (bytes.length) {
		size_t length = bytes.length < sizeof(chunk) ? bytes.length : sizeof(chunk);

		memcpy(chunk, bytes.s, length);
		gzip->stream.next_in = chunk;
		gzip->stream.avail_in = (uInt)length;
		deflate_all(gzip, Z_NO_FLUSH);
		bytes = (struct str){bytes.s + length, bytes.length - length};
	}
}

void
gzip_finish(struct gzip *gzip)
{
	deflate_all(gzip, Z_FINISH);
	deflateEnd(&gzip->stream);
	free(gzip);
}
