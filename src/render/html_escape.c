/* Text made safe for HTML. */
#include "render/html_escape.h"

#include "base/utf8.h"

enum byte_class { BYTE_PLAIN, BYTE_MARKUP, BYTE_CONTROL, BYTE_HIGH };

#define EIGHT(class) class, class, class, class, class, class, class, class
#define SIXTEEN(class) EIGHT(class), EIGHT(class)

static const unsigned char classes[256] = {
	EIGHT(BYTE_CONTROL),
	BYTE_CONTROL, BYTE_PLAIN, BYTE_PLAIN, BYTE_CONTROL, BYTE_CONTROL, BYTE_CONTROL, BYTE_CONTROL, BYTE_CONTROL,
	SIXTEEN(BYTE_CONTROL),
	BYTE_PLAIN, BYTE_PLAIN, BYTE_MARKUP, BYTE_PLAIN, BYTE_PLAIN, BYTE_PLAIN, BYTE_MARKUP, BYTE_MARKUP,	/* " & ' */
	EIGHT(BYTE_PLAIN),
	EIGHT(BYTE_PLAIN),
	BYTE_PLAIN, BYTE_PLAIN, BYTE_PLAIN, BYTE_PLAIN, BYTE_MARKUP, BYTE_PLAIN, BYTE_MARKUP, BYTE_PLAIN,	/* < > */
	SIXTEEN(BYTE_PLAIN), SIXTEEN(BYTE_PLAIN), SIXTEEN(BYTE_PLAIN),
	EIGHT(BYTE_PLAIN),
	BYTE_PLAIN, BYTE_PLAIN, BYTE_PLAIN, BYTE_PLAIN, BYTE_PLAIN, BYTE_PLAIN, BYTE_PLAIN, BYTE_CONTROL,
	SIXTEEN(BYTE_HIGH), SIXTEEN(BYTE_HIGH), SIXTEEN(BYTE_HIGH), SIXTEEN(BYTE_HIGH),
	SIXTEEN(BYTE_HIGH), SIXTEEN(BYTE_HIGH), SIXTEEN(BYTE_HIGH), SIXTEEN(BYTE_HIGH),
};

#undef SIXTEEN
#undef EIGHT

enum { PICTURES = 0x2400, PICTURE_OF_DELETE = 0x2421, REPLACEMENT = 0xfffd };

static struct str
entity_of(char c)
{
	switch (c) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return STR("&quot;");
	default:
		return STR("&#39;");
	}
}

static void
add_control(unsigned char c, struct strbuf *out)
{
	strbuf_add_utf8(out, c == 0x7f ? PICTURE_OF_DELETE : PICTURES + (unsigned)c);
}

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

/* Adds the character at the start of `text`, which is not plain, and returns how many bytes it took. */
static size_t
add_odd(struct strbuf *out, struct str text)
{
	unsigned char c = (unsigned char)*text.s;
	struct str entity;

	if (classes[c] == BYTE_HIGH)
		return add_high(text, out);
	if (classes[c] == BYTE_CONTROL) {
		add_control(c, out);
	} else {
		entity = entity_of(*text.s);
		strbuf_put(out, entity.s, entity.length);
	}
	return 1;
}

typedef unsigned char block __attribute__((vector_size(16)));

/* Which of 16 bytes are not plain: 0xff for each, in the order of the bytes from the lowest.  Those below 0x20 wrap around. */
static inline void
find_odd(const char *s, uint64_t halves[2])
{
	block bytes, odd;

	memcpy(&bytes, s, sizeof(bytes));
	odd = (block)(bytes - 0x20 > 0x5e) & (block)(bytes != '\t') & (block)(bytes != '\n');
	odd |= (block)(bytes == '&') | (block)(bytes == '<') | (block)(bytes == '>') | (block)(bytes == '"') |
	    (block)(bytes == '\'');
	memcpy(halves, &odd, sizeof(odd));
	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) {
		halves[0] = __builtin_bswap64(halves[0]);
		halves[1] = __builtin_bswap64(halves[1]);
	}
}

/* What is done of a text: the bytes before `from` are written, those before `at` are plain or written. */
struct progress {
	size_t from;
	size_t at;
};

static inline void
pass_odd(struct strbuf *out, struct str text, struct progress *p, size_t odd)
{
	strbuf_put(out, text.s + p->from, odd - p->from);
	p->from = odd + add_odd(out, (struct str){text.s + odd, text.length - odd});
}

/* Does a half of a block that begins at p->at. */
static inline void
pass_half(struct strbuf *out, struct str text, struct progress *p, uint64_t half)
{
	while (half) {
		unsigned place = (unsigned)__builtin_ctzll(half) / 8;

		if (p->at + place >= p->from)
			pass_odd(out, text, p, p->at + place);
		half &= ~(UINT64_C(0xff) << place * 8);
	}
	p->at += 8;
}

void
html_escape(struct strbuf *out, struct str text)
{
	struct progress p = {0};
	uint64_t halves[2];

	while (p.at + sizeof(block) <= text.length) {
		find_odd(text.s + p.at, halves);
		pass_half(out, text, &p, halves[0]);
		pass_half(out, text, &p, halves[1]);
	}
	for (; p.at < text.length; p.at++)
		if (classes[(unsigned char)text.s[p.at]] != BYTE_PLAIN && p.at >= p.from)
			pass_odd(out, text, &p, p.at);
	strbuf_put(out, text.s + p.from, text.length - p.from);
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
