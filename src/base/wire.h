/*
 * Numbers and bytes in a row, for snapshots: unsigned integers as LEB128, seven bits a byte, low ones first.
 * Reading trusts nothing: what does not fit is an error and everything behind it reads as 0.
 */
#ifndef MUSTER_BASE_WIRE_H
#define MUSTER_BASE_WIRE_H

#include "base/error.h"
#include "base/input.h"
#include "base/output.h"
#include "base/strbuf.h"

#include <stdint.h>

struct wire {
	struct input *input;
	const char *at;		/* in the chunk at hand */
	const char *end;
	bool failed;
	struct error *err;	/* what went wrong first; borrowed */
};

/* The body of wire_u64() for numbers of more than one byte. */
uint64_t wire_u64_long(struct wire *wire);

/* Reading.  Check wire->failed after each table, not after each number. */
static inline uint64_t
wire_u64(struct wire *wire)
{
	if (wire->at < wire->end && !(*wire->at & 0x80))
		return (unsigned char)*wire->at++;
	return wire_u64_long(wire);
}

/* At most `most`, else failure. */
uint32_t wire_u32(struct wire *wire, uint32_t most);
/* The next `length` bytes in `scratch`, borrowed from it; a short input fails. */
struct str wire_bytes(struct wire *wire, size_t length, struct strbuf *scratch);
/* Whether the input ends here. */
bool wire_at_end(struct wire *wire);
/* Makes the reading fail: "damaged snapshot: WHAT". */
void wire_fail(struct wire *wire, const char *what);

/* Writing into a buffer that the caller hands on. */
void wire_put(struct strbuf *out, uint64_t number);
void wire_put_bytes(struct strbuf *out, struct str bytes);	/* its length, then the bytes */

#endif
