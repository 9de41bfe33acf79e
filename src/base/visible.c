/* Making hidden characters visible. */
#include "base/visible.h"

#include "base/utf8.h"

/* Characters that change what a reader sees of their neighbours, or are not seen themselves. */
static bool
is_deceptive(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x180e ||
	    c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
	    (c >= 0xe0000 && c <= 0xe007f);
}

static void
add_escape(struct strbuf *out, uint32_t c)
{
	switch (c) {
	case '\t':
		strbuf_add_string(out, "\\t");
		break;
	case '\n':
		strbuf_add_string(out, "\\n");
		break;
	case '\r':
		strbuf_add_string(out, "\\r");
		break;
	default:
		strbuf_addf(out, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
	}
}

/*
 * Whether the ':' or '[' at the start of `rest` would make a command of what stands there: "::" with
 * nothing but blanks of any alphabet before it in a line, "##[" anywhere.
 */
static bool
is_command(struct str text, struct str rest)
{
	size_t before = text.length - rest.length;
	char last = before ? rest.s[-1] : ' ';

	if (rest.s[0] == '[')
		return before > 1 && last == '#' && rest.s[-2] == '#';
	return str_starts(rest, STR("::")) && (last == ' ' || (unsigned char)last >= 0x80);
}

void
visible_add(struct strbuf *out, struct str s)
{
	struct str rest = s;
	uint32_t c;

	while (rest.length) {
		size_t length = utf8_decode(rest, &c);

		if (!length)
			strbuf_addf(out, "\\x%02x", (unsigned)(unsigned char)rest.s[0]);
		else if (is_deceptive(c))
			add_escape(out, c);
		else if ((c == ':' || c == '[') && is_command(s, rest))
			strbuf_addf(out, "\\%c", (int)c);
		else
			strbuf_add(out, rest.s, length);
		length += !length;
		rest = (struct str){rest.s + length, rest.length - length};
	}
}
