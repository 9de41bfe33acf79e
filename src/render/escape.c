/* Making text from inputs safe for the output language. */
#include "render/escape.h"

#include "base/utf8.h"
#include "base/visible.h"

void
escape_terminal(struct strbuf *out, struct str s)
{
	visible_add(out, s);
}

/* A character's reference where it may not stand as it is, NULL where it may. */
static const char *
xml_reference(uint32_t c, bool attribute)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return attribute ? "&quot;" : NULL;
	case '\t':
		return attribute ? "&#9;" : NULL;
	case '\n':
		return attribute ? "&#10;" : NULL;
	case '\r':
		return "&#13;";
	case ':':
		return "&#58;";
	case '[':
		return "&#91;";
	default:
		return NULL;
	}
}

/* Whether XML 1.0 knows the character. */
static bool
is_xml(uint32_t c)
{
	return c >= 0x20 ? c != 0xfffe && c != 0xffff : c == '\t' || c == '\n' || c == '\r';
}

/*
 * Whether the ':' or '[' at a place of the text behind a special character, or of all, would make a
 * command to a CI runner that reads it: "::" with nothing before it, "##[" anywhere (GITHUB 5).
 */
static bool
is_command(struct str s, size_t place)
{
	if (s.s[place] == '[')
		return place > 1 && s.s[place - 1] == '#' && s.s[place - 2] == '#';
	return place + 1 < s.length && s.s[place + 1] == ':' && (!place || s.s[place - 1] == ' ');
}

/* The length of the characters at the start of `s` that every place in XML holds as they are. */
static size_t
xml_plain(struct str s)
{
	size_t length = 0;

	while (length < s.length) {
		unsigned char c = (unsigned char)s.s[length];

		if (c < 0x20 || c >= 0x80 || c == '&' || c == '<' || c == '>' || c == '"')
			break;
		if ((c == ':' || c == '[') && is_command(s, length))
			break;
		length++;
	}
	return length;
}

/* Adds the one character at the start of `s` and returns its length. */
static size_t
add_xml_character(struct strbuf *out, struct str s, bool attribute)
{
	uint32_t c = 0;
	size_t length = utf8_decode(s, &c);
	const char *reference = xml_reference(c, attribute);

	if (!length || !is_xml(c))
		strbuf_add_utf8(out, 0xfffd);
	else if (reference)
		strbuf_add_string(out, reference);
	else
		strbuf_add(out, s.s, length);
	return length ? length : 1;
}

static void
add_xml(struct strbuf *out, struct str s, bool attribute)
{
	while (s.length) {
		size_t length = xml_plain(s);

		strbuf_add(out, s.s, length);
		s = (struct str){s.s + length, s.length - length};
		length = s.length ? add_xml_character(out, s, attribute) : 0;
		s = (struct str){s.s + length, s.length - length};
	}
}

void
escape_xml_text(struct strbuf *out, struct str s)
{
	add_xml(out, s, false);
}

void
escape_xml_attribute(struct strbuf *out, struct str s)
{
	add_xml(out, s, true);
}

void
escape_line(struct strbuf *out, struct str s)
{
	while (s.length) {
		uint32_t c = 0;
		size_t length = utf8_decode(s, &c);

		if (length && (c == '\t' || (c >= 0x20 && is_xml(c))))
			strbuf_add(out, s.s, length);
		else
			strbuf_add_utf8(out, 0xfffd);
		length += !length;
		s = (struct str){s.s + length, s.length - length};
	}
}
