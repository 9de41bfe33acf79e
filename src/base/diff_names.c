/* From the names that a diff writes to paths. */
#include "base/diff_names.h"

#include "base/limits.h"
#include "base/strbuf.h"

#define NO_FILE STR("/dev/null")

static struct str
behind(struct str text, size_t length)
{
	return (struct str){text.s + length, text.length - length};
}

static bool
is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/*
 * The byte that an escape at the start of `text` (behind the backslash) means, and how long it is;
 * 0: none.
 */
static size_t
unescape(struct str text, char *out)
{
	static const char letters[] = "abtnvfr\"\\", bytes[] = "\a\b\t\n\v\f\r\"\\";
	const char *letter = text.length && *text.s ? strchr(letters, *text.s) : NULL;
	unsigned value = 0;

	if (letter) {
		*out = bytes[letter - letters];
		return 1;
	}
	if (text.length < 3)
		return 0;
	for (size_t i = 0; i < 3; i++) {
		if (!is_octal(text.s[i]))
			return 0;
		value = value * 8 + (unsigned)(text.s[i] - '0');
	}
	*out = (char)value;
	return value && value <= 0xff ? 3 : 0;
}

/* The quoted text at the start of `text`, and where it ends; false when it does not. */
static bool
unquote(struct str text, struct strbuf *out, size_t *end)
{
	for (size_t i = 1; i < text.length; i++) {
		char c = text.s[i];

		if (c == '"') {
			*end = i + 1;
			return true;
		}
		if (c == '\\') {
			size_t length = unescape(behind(text, i + 1), &c);

			if (!length)
				return false;
			i += length;
		}
		strbuf_add_char(out, c);
		if (out->length > LIMIT_DIFF_NAME)
			return false;
	}
	return false;
}

static bool
quoted_name(struct arena *arena, struct str text, struct str *out, size_t *end)
{
	struct strbuf name = {0};
	bool good = unquote(text, &name, end);

	if (good)
		*out = (struct str){arena_string(arena, strbuf_str(&name)), name.length};
	strbuf_clear(&name);
	return good;
}

bool
diff_name(struct arena *arena, struct str text, struct str *out)
{
	const char *tab = text.length ? memrchr(text.s, '\t', text.length) : NULL;
	size_t end;

	if (text.length && text.s[0] == '"')
		return quoted_name(arena, text, out, &end);
	*out = (struct str){text.s, tab ? (size_t)(tab - text.s) : text.length};
	return out->length && out->length <= LIMIT_DIFF_NAME;
}

/* Without the first part and its '/'; false when there is only one. */
static bool
strip_part(struct str name, struct str *rest)
{
	const char *slash = name.length ? memchr(name.s, '/', name.length) : NULL;

	if (!slash || slash == name.s)
		return false;
	*rest = behind(name, (size_t)(slash - name.s) + 1);
	return true;
}

/* Whether the first part is one that git writes before names. */
static bool
has_prefix(struct str name)
{
	return name.length > 2 && name.s[1] == '/' && name.s[0] && strchr("abciow12", name.s[0]);
}

/* A name alone can only have a prefix of git's. */
static struct str
without_prefix(struct str name)
{
	return has_prefix(name) ? behind(name, 2) : name;
}

/*
 * What is before two names of one file is no part of its path: "a/x" and "b/x", "old/x" and
 * "new/x", but "src/x" and "src/x".
 */
static void
pair_paths(struct str old_name, struct str new_name, struct str *old_path, struct str *path)
{
	struct str old_rest, new_rest;

	*old_path = old_name;
	*path = new_name;
	if (str_equal(old_name, new_name) || !strip_part(old_name, &old_rest) ||
	    !strip_part(new_name, &new_rest))
		return;
	if (!str_equal(old_rest, new_rest) &&
	    !(has_prefix(old_name) && has_prefix(new_name) && old_name.s[0] != new_name.s[0]))
		return;
	*old_path = old_rest;
	*path = new_rest;
}

/* "X Y" without quotes: parted so that both name one file, whole or behind their first part. */
static bool
split_plain(struct str both, struct str *old_name, struct str *new_name)
{
	const char *first = both.length ? memchr(both.s, '/', both.length) : NULL;
	const char *slash = NULL;

	for (const char *blank = both.s + both.length; blank-- > both.s;) {
		slash = *blank == '/' ? blank : slash;
		if (*blank != ' ')
			continue;
		*old_name = (struct str){both.s, (size_t)(blank - both.s)};
		*new_name = behind(both, old_name->length + 1);
		if (str_equal(*old_name, *new_name))
			return true;
		if (slash && first < blank && str_equal(behind(*old_name, (size_t)(first - both.s)),
		    behind(both, (size_t)(slash - both.s))))
			return true;
	}
	return false;
}

/* Parts what stands behind "diff --git". */
static bool
split_both(struct arena *arena, struct str both, struct str *old_name, struct str *new_name)
{
	const char *quote;
	size_t end;

	if (both.length > 2 * LIMIT_DIFF_NAME)
		return false;
	if (both.length && both.s[0] == '"')
		return quoted_name(arena, both, old_name, &end) && end + 1 < both.length &&
		       both.s[end] == ' ' && diff_name(arena, behind(both, end + 1), new_name);
	quote = both.s ? memmem(both.s, both.length, " \"", 2) : NULL;
	if (!quote)
		return split_plain(both, old_name, new_name);
	*old_name = (struct str){both.s, (size_t)(quote - both.s)};
	return quoted_name(arena, behind(both, old_name->length + 1), new_name, &end);
}

static bool
is_no_file(struct str name)
{
	return str_equal(name, NO_FILE);
}

static bool
is_file(struct str name)
{
	return name.s && !is_no_file(name);
}

/* The lines "---" and "+++" part the names for certain, but one of them may name no file. */
static void
named_paths(const struct diff_head *head, struct str *old_path, struct str *path)
{
	if (is_file(head->old_name) && is_file(head->new_name))
		pair_paths(head->old_name, head->new_name, old_path, path);
	else if (is_file(head->new_name))
		*path = without_prefix(head->new_name);
	else if (is_file(head->old_name))
		*old_path = without_prefix(head->old_name);
}

static void
git_paths(struct arena *arena, const struct diff_head *head, struct str *old_path, struct str *path)
{
	struct str old_name, new_name;
	bool created = !is_file(head->old_name) && is_file(head->new_name);
	bool deleted = is_file(head->old_name) && !is_file(head->new_name);

	if (head->to.s) {
		*old_path = head->from;
		*path = head->to;
	} else if ((!head->new_name.s || created || deleted) &&
	    split_both(arena, head->both, &old_name, &new_name)) {
		pair_paths(old_name, new_name, old_path, path);
	} else {
		named_paths(head, old_path, path);
	}
}

static struct str
without_dot(struct str path)
{
	while (str_starts(path, STR("./")))
		path = behind(path, 2);
	return path;
}

void
diff_paths(
    struct arena *arena, const struct diff_head *head, struct str *old_path, struct str *path)
{
	*old_path = *path = STR("");
	if (head->git)
		git_paths(arena, head, old_path, path);
	else
		named_paths(head, old_path, path);
	if (head->created || head->copied || is_no_file(head->old_name))
		*old_path = STR("");
	if (head->deleted || is_no_file(head->new_name))
		*path = STR("");
	*old_path = without_dot(*old_path);
	*path = without_dot(*path);
}
