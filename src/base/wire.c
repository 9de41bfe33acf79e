/* Numbers and bytes in a row. */
#include "base/wire.h"

enum { LOW_BITS = 7, MORE = 0x80 };

void
wire_fail(struct wire *wire, const char *what)
{
	if (!wire->failed)
		fail(wire->err, ERROR_DAMAGED, "damaged snapshot: %s", what);
	wire->failed = true;
	wire->at = wire->end;
}

/* Makes sure that a byte is at hand; false at the end of the input and after a failure. */
static bool
wire_fill(struct wire *wire)
{
	struct str chunk;

	if (wire->at < wire->end)
		return true;
	if (wire->failed)
		return false;
	if (!input_read(wire->input, &chunk, wire->err)) {
		wire->failed = true;
		return false;
	}
	wire->at = chunk.s;
	wire->end = chunk.s + chunk.length;
	return chunk.length > 0;
}

uint64_t
wire_u64_long(struct wire *wire)
{
	uint64_t number = 0;
	unsigned char byte;

	for (unsigned shift = 0; shift < 64; shift += LOW_BITS) {
		if (!wire_fill(wire)) {
			wire_fail(wire, "it ends too early");
			return 0;
		}
		byte = (unsigned char)*wire->at++;
		number |= (uint64_t)(byte & (MORE - 1)) << shift;
		if (!(byte & MORE))
			return number;
	}
	wire_fail(wire, "a number is too long");
	return 0;
}

uint32_t
wire_u32(struct wire *wire, uint32_t most)
{
	uint64_t number = wire_u64(wire);

	if (number <= most)
		return (uint32_t)number;
	wire_fail(wire, "a number is out of bounds");
	return 0;
}

struct str
wire_bytes(struct wire *wire, size_t length, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	while (scratch->length < length) {
		size_t rest = length - scratch->length;

		if (!wire_fill(wire)) {
			wire_fail(wire, "it ends too early");
			break;
		}
		if (rest > (size_t)(wire->end - wire->at))
			rest = (size_t)(wire->end - wire->at);
		strbuf_add(scratch, wire->at, rest);
		wire->at += rest;
	}
	return strbuf_str(scratch);
}

bool
wire_at_end(struct wire *wire)
{
	return !wire_fill(wire) && !wire->failed;
}

void
wire_put(struct strbuf *out, uint64_t number)
{
	char bytes[10];
	size_t length = 0;

	for (; number >= MORE; number >>= LOW_BITS)
		bytes[length++] = (char)(number | MORE);
	bytes[length++] = (char)number;
	strbuf_add(out, bytes, length);
}

void
wire_put_bytes(struct strbuf *out, struct str bytes)
{
	wire_put(out, bytes.length);
	strbuf_add_str(out, bytes);
}
