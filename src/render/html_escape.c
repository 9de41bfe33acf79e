/* Text made safe for HTML. */
#include "render/html_escape.h"

#include "base/utf8.h"

enum { PIECE = 4096, REPLACEMENT = 0xfffd };

/* What becomes of a byte; a length of 0 is for those that are part of a longer character. */
struct written {
	char text[7];
	unsigned char length;
};

enum { WRITTEN_MOST = 6 };

#define PLAIN(c) {{(char)(c)}, 1}
#define PLAIN_4(c) PLAIN(c), PLAIN(c + 1), PLAIN(c + 2), PLAIN(c + 3)
#define PLAIN_16(c) PLAIN_4(c), PLAIN_4(c + 4), PLAIN_4(c + 8), PLAIN_4(c + 12)
/* U+2400 and what follows */
#define PICTURE(c) {{'\xe2', '\x90', (char)(0x80 + c)}, 3}
#define PICTURE_4(c) PICTURE(c), PICTURE(c + 1), PICTURE(c + 2), PICTURE(c + 3)

static const struct written bytes_written[256] = {
	PICTURE_4(0), PICTURE_4(4), PICTURE(8), PLAIN('\t'), PLAIN('\n'), PICTURE(11), PICTURE_4(12),
	PICTURE_4(16), PICTURE_4(20), PICTURE_4(24), PICTURE_4(28),
	PLAIN(' '), PLAIN('!'), {"&quot;", 6}, PLAIN('#'), PLAIN('$'), PLAIN('%'), {"&amp;", 5}, {"&#39;", 5},
	PLAIN_4('('), PLAIN_4(','),
	PLAIN_4('0'), PLAIN_4('4'), PLAIN_4('8'), {"&lt;", 4}, PLAIN('='), {"&gt;", 4}, PLAIN('?'),
	PLAIN_16('@'), PLAIN_16('P'),
	PLAIN_16('`'), PLAIN_4('p'), PLAIN_4('t'), PLAIN_4('x'), PLAIN('|'), PLAIN('}'), PLAIN('~'), PICTURE(0x21),
};

#undef PICTURE_4
#undef PICTURE
#undef PLAIN_16
#undef PLAIN_4
#undef PLAIN

static bool
turns_direction(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x61c;
}

/* Characters that a document may not hold: C1 controls and what is no character in any text. */
static bool
is_forbidden(uint32_t c)
{
	return (c >= 0x80 && c <= 0x9f) || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

/* Adds the character at the start of `text` and returns how many bytes it took. */
static size_t
add_high(struct str text, struct strbuf *out)
{
	uint32_t c = 0;
	size_t length = utf8_decode(text, &c);

	if (!length || is_forbidden(c))
		strbuf_add_utf8(out, REPLACEMENT);
	else if (turns_direction(c))
		strbuf_addf(out, "[U+%04X]", c);
	else
		strbuf_add(out, text.s, length);
	return length ? length : 1;
}

/* Writes what becomes of an ASCII character and returns where the next one goes. */
static inline char *
write_byte(char *to, char c)
{
	const struct written *written = &bytes_written[(unsigned char)c];

	memcpy(to, written, sizeof(*written));
	return to + written->length;
}

/* Four in a row, which a turn of a loop for each would slow down. */
static inline char *
write_four(char *to, const char *s)
{
	return write_byte(write_byte(write_byte(write_byte(to, s[0]), s[1]), s[2]), s[3]);
}

typedef unsigned char block __attribute__((vector_size(16)));

static inline bool
has_any(block bytes)
{
	uint64_t halves[2];

	memcpy(halves, &bytes, sizeof(bytes));
	return (halves[0] | halves[1]) != 0;
}

/* Whether some of the bytes are not written as they are. */
static inline bool
has_odd(block bytes)
{
	block plain = (block)(bytes - ' ' <= '~' - ' ') | (block)(bytes == '\t') | (block)(bytes == '\n');

	return has_any(~plain | (block)((bytes | 1) == '\'') | (block)(bytes == '"') | (block)((bytes | 2) == '>'));
}

/* Writes the ASCII at the start of `text` and returns its length; *to is moved. */
static inline size_t
write_ascii(struct str text, char **to)
{
	char *at = *to;
	size_t done = 0;
	block bytes;

	for (; text.length - done >= sizeof(bytes); done += sizeof(bytes)) {
		memcpy(&bytes, text.s + done, sizeof(bytes));
		if (!has_odd(bytes)) {
			memcpy(at, &bytes, sizeof(bytes));
			at += sizeof(bytes);
			continue;
		}
		if (has_any(bytes & 0x80))
			break;
		for (size_t i = 0; i < sizeof(bytes); i += 4)
			at = write_four(at, text.s + done + i);
	}
	for (; done < text.length && !((unsigned char)text.s[done] & 0x80); done++)
		at = write_byte(at, text.s[done]);
	*to = at;
	return done;
}

/* Without a branch for each byte: a wrong guess costs more than the bytes between two characters of markup. */
void
html_escape(struct strbuf *out, struct str text)
{
	while (text.length) {
		struct str piece = {text.s, text.length < PIECE ? text.length : PIECE};
		char *from = strbuf_reserve(out, piece.length * WRITTEN_MOST + sizeof(struct written));
		char *to = from;
		size_t done = write_ascii(piece, &to);

		strbuf_commit(out, (size_t)(to - from));
		if (done < piece.length)
			done += add_high((struct str){text.s + done, text.length - done}, out);
		text = (struct str){text.s + done, text.length - done};
	}
}

void
html_escape_script(struct strbuf *out, struct str json)
{
	size_t from = 0;

	for (size_t i = 0; i < json.length; i++) {
		bool separator = i + 2 < json.length && (unsigned char)json.s[i] == 0xe2 &&
		    (unsigned char)json.s[i + 1] == 0x80 && ((unsigned char)json.s[i + 2] & 0xfe) == 0xa8;

		if (json.s[i] != '<' && !separator)
			continue;
		strbuf_add(out, json.s + from, i - from);
		strbuf_add_string(out, !separator ? "\\u003c" : (json.s[i + 2] & 1) ? "\\u2029" : "\\u2028");
		i += separator ? 2 : 0;
		from = i + 1;
	}
	strbuf_add(out, json.s + from, json.length - from);
}
