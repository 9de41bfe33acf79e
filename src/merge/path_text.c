/* Paths as text, by whole parts. */
#include "merge/path_text.h"

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_separator(char c)
{
	return c == '/' || c == '\\';
}

static bool
is_scheme_byte(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

bool
path_is_url(struct str path)
{
	size_t length = 0;

	while (length < path.length && is_scheme_byte(path.s[length]))
		length++;
	return length > 1 && is_letter(path.s[0]) &&
	    str_starts((struct str){path.s + length, path.length - length}, STR("://"));
}

static bool
has_drive(struct str path)
{
	return path.length >= 2 && is_letter(path.s[0]) && path.s[1] == ':' &&
	    (path.length == 2 || is_separator(path.s[2]));
}

bool
path_is_absolute(struct str path)
{
	return (path.length && path.s[0] == '/') || has_drive(path);
}

bool
path_leads_up(struct str path)
{
	return str_equal(path, STR("..")) || str_starts(path, STR("../"));
}

bool
path_is_outside(struct str path)
{
	return path_is_absolute(path) || path_leads_up(path);
}

/* Takes back the last part of out[from ..], if there is one that ".." can take back. */
static bool
drop_part(struct strbuf *out, size_t from)
{
	size_t length = out->length;

	while (length > from && out->s[length - 1] != '/')
		length--;
	if (length == out->length || str_equal((struct str){out->s + length, out->length - length},
	    STR("..")))
		return false;
	strbuf_truncate(out, length > from ? length - 1 : from);
	return true;
}

/* Adds a part to the path in out[from ..], which `absolute` says begins at a root. */
static void
add_part(struct strbuf *out, size_t from, struct str part, bool absolute)
{
	if (!part.length || str_equal(part, STR(".")))
		return;
	if (str_equal(part, STR("..")) && (drop_part(out, from) || absolute))
		return;
	if (out->length > from)
		strbuf_add_char(out, '/');
	strbuf_add_str(out, part);
}

void
path_clean(struct str name, struct strbuf *out)
{
	size_t from = out->length, start = 0;
	bool drive = has_drive(name);
	bool absolute = drive || (name.length && is_separator(name.s[0]));

	if (path_is_url(name)) {
		strbuf_add_str(out, name);
		return;
	}
	if (drive) {
		strbuf_add(out, name.s, 2);
		start = 2;
	}
	if (absolute && name.length > start)
		strbuf_add_char(out, '/');
	from = out->length;
	while (start < name.length) {
		size_t end = start;

		while (end < name.length && !is_separator(name.s[end]))
			end++;
		add_part(out, from, (struct str){name.s + start, end - start}, absolute);
		start = end + 1;
	}
	if (drive && out->length == from && out->s[out->length - 1] == '/')
		strbuf_truncate(out, out->length - 1);	/* "C:\" is "C:" */
}

bool
path_below(struct str path, struct str head, struct str *rest)
{
	size_t skip = head.length;

	if (!head.length ? path_is_outside(path) : !str_starts(path, head))
		return false;
	if (skip && head.s[skip - 1] != '/' && path.length > skip) {
		if (path.s[skip] != '/')
			return false;
		skip++;
	}
	if (rest)
		*rest = (struct str){path.s + skip, path.length - skip};
	return true;
}

void
path_join(struct str head, struct str path, struct strbuf *out)
{
	struct strbuf joined = {0};

	strbuf_reset(out);
	strbuf_add_str(out, head);
	if (head.length && path.length && head.s[head.length - 1] != '/')
		strbuf_add_char(out, '/');
	strbuf_add_str(out, path);
	if (!head.length || !path_leads_up(path))
		return;
	path_clean(strbuf_str(out), &joined);
	strbuf_clear(out);
	*out = joined;
}

struct str
path_end(struct str path, size_t parts)
{
	size_t start = path.length;

	while (start && (path.s[start - 1] != '/' || --parts))
		start--;
	return (struct str){path.s + start, path.length - start};
}

size_t
path_parts(struct str path)
{
	size_t parts = 0;

	for (size_t i = 0; i < path.length; i++)
		parts += path.s[i] != '/' && (!i || path.s[i - 1] == '/');
	return parts;
}
