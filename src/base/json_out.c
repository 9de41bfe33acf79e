/* Printing JSON. */
#include "base/json_out.h"

#include "base/json.h"

#include <inttypes.h>

static void
begin(struct json_out *out, const char *key)
{
	if (out->comma)
		strbuf_add_char(&out->text, ',');
	if (key) {
		json_add_string(&out->text, str_of(key));
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
json_out_open_named(struct json_out *out, struct str key, char bracket)
{
	begin(out, NULL);
	json_add_string(&out->text, key);
	strbuf_add_char(&out->text, ':');
	strbuf_add_char(&out->text, bracket);
	out->comma = false;
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
	strbuf_addf(&out->text, "%" PRIu64, value);
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
	json_add_string(&out->text, s);
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
