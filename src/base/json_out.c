/* Printing JSON. */
#include "base/json_out.h"

#include "base/utf8.h"

#include <inttypes.h>

/* Whether the '[' at a place ends "##[", a command to a CI runner that reads it (GITHUB 5). */
static bool
is_command(struct str s, size_t place)
{
	return place > 1 && s.s[place - 1] == '#' && s.s[place - 2] == '#';
}

/* The length of the characters at the start of `s` that JSON holds as they are. */
static size_t
plain_length(struct str s)
{
	size_t length = 0;

	while (length < s.length) {
		unsigned char c = (unsigned char)s.s[length];

		if (c < 0x20 || c == '"' || c == '\\' || c >= 0x7f)
			break;
		if (c == '[' && is_command(s, length))
			break;
		length++;
	}
	return length;
}

static void
add_control(struct strbuf *text, unsigned char c)
{
	if (c == '"' || c == '\\')
		strbuf_addf(text, "\\%c", c);
	else if (c == '\n')
		strbuf_add_string(text, "\\n");
	else if (c == '\t')
		strbuf_add_string(text, "\\t");
	else
		strbuf_addf(text, "\\u%04x", c);
}

/* Bytes that are no characters become U+FFFD, as where reports are read (TESTS 4). */
static void
add_quoted(struct strbuf *text, struct str s)
{
	uint32_t c;

	strbuf_add_char(text, '"');
	while (s.length) {
		size_t length = plain_length(s);

		if (length) {
			strbuf_add(text, s.s, length);
			if (length < s.length && s.s[length] == '[')
				add_control(text, (unsigned char)s.s[length++]);
		} else if ((length = utf8_decode(s, &c)) == 0) {
			strbuf_add_utf8(text, 0xfffd);
			length = 1;
		} else if (c < 0x80) {
			add_control(text, (unsigned char)c);
		} else {
			strbuf_add(text, s.s, length);
		}
		s = (struct str){s.s + length, s.length - length};
	}
	strbuf_add_char(text, '"');
}

static void
begin(struct json_out *out, const char *key)
{
	if (out->comma)
		strbuf_add_char(&out->text, ',');
	if (key) {
		add_quoted(&out->text, str_of(key));
		strbuf_add_char(&out->text, ':');
	}
	out->comma = true;
}

void
json_out_open(struct json_out *out, const char *key, char bracket)
{
	begin(out, key);
	strbuf_add_char(&out->text, bracket);
	out->comma = false;
}

void
json_out_key(struct json_out *out, struct str key)
{
	begin(out, NULL);
	add_quoted(&out->text, key);
	strbuf_add_char(&out->text, ':');
	out->comma = false;
}

void
json_out_raw(struct json_out *out, const char *key, struct str json)
{
	begin(out, key);
	strbuf_add_str(&out->text, json);
}

void
json_out_close(struct json_out *out, char bracket)
{
	strbuf_add_char(&out->text, bracket);
	out->comma = true;
}

void
json_out_null(struct json_out *out, const char *key)
{
	begin(out, key);
	strbuf_add_string(&out->text, "null");
}

void
json_out_u64(struct json_out *out, const char *key, uint64_t value)
{
	begin(out, key);
	strbuf_add_u64(&out->text, value);
}

void
json_out_scaled(struct json_out *out, const char *key, uint64_t units, unsigned places)
{
	uint64_t one = 1;
	size_t used;

	for (unsigned i = 0; i < places; i++)
		one *= 10;
	json_out_u64(out, key, units / one);
	if (units % one == 0)
		return;
	strbuf_addf(&out->text, ".%0*" PRIu64, (int)places, units % one);
	for (used = out->text.length; out->text.s[used - 1] == '0';)
		used--;
	strbuf_truncate(&out->text, used);
}

void
json_out_str(struct json_out *out, const char *key, struct str s)
{
	begin(out, key);
	add_quoted(&out->text, s);
}

void
json_out_string(struct json_out *out, const char *key, const char *s)
{
	json_out_str(out, key, str_of(s));
}

void
json_out_reset(struct json_out *out)
{
	strbuf_reset(&out->text);
	out->comma = false;
}

void
json_out_clear(struct json_out *out)
{
	strbuf_clear(&out->text);
	*out = (struct json_out){0};
}
