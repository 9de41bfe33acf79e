/* How bytes are passed on, replaced or dropped; characters and references. */
#include "read/mend.h"

#include "read/scan.h"

#define REPLACEMENT STR("\xef\xbf\xbd")

enum { REFERENCE_MAX = 1024 };	/* bytes of a character reference; a longer one is the parser's */

bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool
is_unusual(char c)
{
	return (signed char)c < ' ' && c != '\t' && c != '\n' && c != '\r';
}

uint64_t
line_at_p(struct repair *r)
{
	r->line += scan_lines(r->counted, r->p);
	r->counted = r->p;
	return r->line;
}

void
note(struct repair *r, enum repair_kind kind)
{
	if (!r->notes[kind].count++)
		r->notes[kind].line = line_at_p(r);
}

void
refuse(struct repair *r, uint64_t line, const char *what)
{
	r->failed = true;
	fail_at(&r->error, ERROR_DAMAGED, line, "%s", what);
}

bool
looks_at(struct repair *r, struct str text)
{
	size_t length = bytes_left(r) < text.length ? bytes_left(r) : text.length;

	if (memcmp(r->p, text.s, length) != 0)
		return false;
	if (length < text.length)
		r->wants |= !r->last;
	return length == text.length;
}

bool
has(struct repair *r, size_t count)
{
	if (bytes_left(r) < count)
		r->wants |= !r->last;
	return bytes_left(r) >= count;
}

static void
flush(struct repair *r)
{
	strbuf_add(&r->out, r->mark, (size_t)(r->p - r->mark));
	r->mark = r->p;
}

void
replace(struct repair *r, size_t length, struct str by)
{
	flush(r);
	strbuf_add_str(&r->out, by);
	r->p += length;
	r->mark = r->p;
}

void
drop(struct repair *r, size_t length)
{
	uint64_t lines = scan_lines(r->p, r->p + length);

	replace(r, length, (struct str){"", 0});
	while (lines--)
		strbuf_add_char(&r->out, '\n');
}

void
take(struct repair *r, size_t length)
{
	if (r->drops)
		drop(r, length);
	else
		r->p += length;
}

void
take_nul(struct repair *r)
{
	r->nul_line = line_at_p(r);
	drop(r, 1);
}

/* What the bytes of a character say of it. */
struct sequence {
	size_t length;	/* of the character, or of what starts like one */
	bool valid;
	bool cut;	/* like a character as far as it goes */
};

/* The second byte of a character decides on overlong forms, surrogates and the last plane. */
static bool
is_second(unsigned char lead, unsigned char second)
{
	switch (lead) {
	case 0xe0:
		return second >= 0xa0 && second <= 0xbf;
	case 0xed:
		return second >= 0x80 && second <= 0x9f;
	case 0xf0:
		return second >= 0x90 && second <= 0xbf;
	case 0xf4:
		return second >= 0x80 && second <= 0x8f;
	default:
		return second >= 0x80 && second <= 0xbf;
	}
}

static inline struct sequence
measure(const char *at, size_t size)
{
	const unsigned char *s = (const unsigned char *)at;
	size_t full = *s < 0xc2 ? 1 : *s < 0xe0 ? 2 : *s < 0xf0 ? 3 : *s < 0xf5 ? 4 : 1;
	size_t length = 1;

	if (full > 1 && size > 1 && is_second(s[0], s[1]))
		for (length = 2; length < full && length < size && (s[length] & 0xc0) == 0x80;)
			length++;
	return (struct sequence){
		.length = length,
		.valid = full > 1 && length == full,
		.cut = length < full && length == size,
	};
}

/* The usual characters of two and three bytes, told in few steps; 0: look closer. */
static inline size_t
usual_length(const char *at, size_t size)
{
	const unsigned char *s = (const unsigned char *)at;

	if (size < 3 || (s[1] & 0xc0) != 0x80)
		return 0;
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		return 2;
	return s[0] >= 0xe1 && s[0] <= 0xec && (s[2] & 0xc0) == 0x80 ? 3 : 0;
}

/* U+FFFE and U+FFFF. */
static bool
is_noncharacter(const char *s, size_t length)
{
	return length == 3 && memcmp(s, "\xef\xbf", 2) == 0 && (unsigned char)s[2] >= 0xbe;
}

static void
take_unusual_wide(struct repair *r)
{
	struct sequence sequence = measure(r->p, bytes_left(r));

	if (sequence.cut && !r->last) {
		r->wants = true;
	} else if (!sequence.valid) {
		note(r, REPAIR_INVALID_BYTES);
		replace(r, sequence.length, REPLACEMENT);
	} else if (is_noncharacter(r->p, sequence.length)) {
		note(r, REPAIR_FORBIDDEN);
		replace(r, sequence.length, REPLACEMENT);
	} else {
		r->p += sequence.length;
	}
}

/* What is part of words and of no markup, so that it means nothing in any state. */
static bool
is_word(char c)
{
	return ((c | ' ') >= 'a' && (c | ' ') <= 'z') || c == ' ' || c == ',' || c == '.';
}

/* Text with characters beyond ASCII, up to anything that may not be text. */
static void
take_wide(struct repair *r)
{
	if (r->decoder.ascii)
		note(r, REPAIR_ENCODING);
	r->decoder.ascii = false;
	while (!r->wants && r->p < r->end && (is_word(*r->p) || (unsigned char)*r->p >= 0x80)) {
		size_t length = is_word(*r->p) ? 1 : usual_length(r->p, bytes_left(r));

		r->p += length;
		if (!length)
			take_unusual_wide(r);
	}
}

void
take_unusual(struct repair *r)
{
	if (!*r->p) {
		take_nul(r);
	} else if ((unsigned char)*r->p >= 0x80) {
		take_wide(r);
	} else {
		note(r, REPAIR_FORBIDDEN);
		replace(r, 1, REPLACEMENT);
	}
}

static bool
is_allowed(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) ||
	    (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

static unsigned
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

void
take_reference(struct repair *r)
{
	const char *limit = bytes_left(r) > REFERENCE_MAX ? r->p + REFERENCE_MAX : r->end;
	const char *digits = r->p + 2;
	const char *s;
	unsigned base = 10;
	uint32_t value = 0;

	if (digits < limit && *digits == 'x') {
		base = 16;
		digits++;
	}
	for (s = digits; s < limit && digit_value(*s) < base; s++)
		value = value > 0x10ffff ? value : value * base + digit_value(*s);
	if (s == limit && bytes_left(r) < REFERENCE_MAX && !r->last) {
		r->wants = true;
	} else if (s == limit || s == digits || *s != ';') {
		r->p += 2;
	} else if (is_allowed(value)) {
		r->p = s + 1;
	} else {
		note(r, REPAIR_FORBIDDEN);
		replace(r, (size_t)(s + 1 - r->p), REPLACEMENT);
	}
}

