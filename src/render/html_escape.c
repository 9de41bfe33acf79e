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

static void
add_markup(char c, struct output *out)
{
	switch (c) {
	case '&':
		output_add_str(out, STR("&amp;"));
		break;
	case '<':
		output_add_str(out, STR("&lt;"));
		break;
	case '>':
		output_add_str(out, STR("&gt;"));
		break;
	case '"':
		output_add_str(out, STR("&quot;"));
		break;
	default:
		output_add_str(out, STR("&#39;"));
	}
}

static void
add_code_point(uint32_t c, struct output *out)
{
	struct strbuf bytes = {0};

	strbuf_add_utf8(&bytes, c);
	output_add_str(out, strbuf_str(&bytes));
	strbuf_clear(&bytes);
}

static void
add_control(unsigned char c, struct output *out)
{
	add_code_point(c == 0x7f ? PICTURE_OF_DELETE : PICTURES + (uint32_t)c, out);
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
add_high(struct str text, struct output *out)
{
	uint32_t c = 0;
	size_t length = utf8_decode(text, &c);

	if (!length || is_forbidden(c))
		add_code_point(REPLACEMENT, out);
	else if (turns_direction(c))
		output_addf(out, "[U+%04X]", c);
	else
		output_add(out, text.s, length);
	return length ? length : 1;
}

void
html_escape(struct str text, struct output *out)
{
	const unsigned char *s = (const unsigned char *)text.s;
	size_t from = 0, at = 0;

	while (at < text.length) {
		unsigned char class = classes[s[at]];

		if (class == BYTE_PLAIN) {
			at++;
			continue;
		}
		output_add(out, text.s + from, at - from);
		if (class == BYTE_HIGH)
			at += add_high((struct str){text.s + at, text.length - at}, out);
		else if (class == BYTE_CONTROL)
			add_control(s[at++], out);
		else
			add_markup(text.s[at++], out);
		from = at;
	}
	output_add(out, text.s + from, at - from);
}

void
html_escape_script(struct str json, struct strbuf *out)
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
