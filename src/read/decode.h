/*
 * The first half of the repair: tells the encoding of a document (byte order mark, then '<'
 * with NULs, then the declaration; TESTS 4) and gives UTF-8.  Bytes that are no characters in
 * their encoding come out as '\xff', which is none in UTF-8 either. Only for read/repair.c.
 */
#ifndef MUSTER_READ_DECODE_H
#define MUSTER_READ_DECODE_H

#include "base/error.h"
#include "base/str.h"
#include "base/strbuf.h"

#include <iconv.h>
#include <stdint.h>

/* Zero is valid: nothing seen yet. */
struct decoder {
	bool told;		/* the encoding is known */
	bool converts;		/* through `conversion`; otherwise the bytes are UTF-8 already */
	bool ascii;		/* declared as US-ASCII: a byte above 0x7f contradicts */
	uint64_t contradicted;	/* the line of a declaration that the bytes contradict; 0: none */
	size_t unit;		/* bytes of the smallest thing that the encoding has */
	iconv_t conversion;
	struct strbuf waiting;	/* raw: the head while !told, else an incomplete character */
	struct strbuf out;
};

/*
 * The next bytes as UTF-8, borrowed until the next call (may be `raw` itself).  Keeps back the
 * first 4 KiB until the encoding is told.  An encoding that nobody knows: ERROR_DAMAGED with
 * the line of the declaration.
 */
bool decoder_feed(struct decoder *decoder, struct str raw, bool last, struct str *text,
    struct error *err);
void decoder_clear(struct decoder *decoder);

#endif
