/* The parser of unified diffs. */
#include "base/diff_names.h"

#include "base/limits.h"
#include "base/number.h"

/* Where the parser stands. */
struct parser {
	struct str rest;	/* behind the line at hand */
	struct str line;	/* without its end */
	uint64_t number;
	struct diff *diff;
	struct diff_head head;
	struct diff_file *file;	/* of the head, once it has a hunk */
	bool in_head;		/* a head was met and is not over */
	bool behind_hunk;	/* the line before was the last of a hunk */
	bool is_diff;		/* anything told that this is a diff */
	uint32_t old_end;	/* behind the last hunk of the file */
	uint32_t new_end;
};

struct hunk {
	uint32_t old_line;
	uint32_t old_count;
	uint32_t new_line;
	uint32_t new_count;
};

static bool
next_line(struct parser *p)
{
	const char *newline;

	if (!p->rest.length)
		return false;
	newline = memchr(p->rest.s, '\n', p->rest.length);
	p->line = (struct str){p->rest.s, newline ? (size_t)(newline - p->rest.s) : p->rest.length};
	p->rest = (struct str){p->rest.s + p->line.length, p->rest.length - p->line.length};
	if (newline)
		p->rest = (struct str){p->rest.s + 1, p->rest.length - 1};
	if (p->line.length && p->line.s[p->line.length - 1] == '\r')
		p->line.length--;
	p->number++;
	return true;
}

static bool
damaged(const struct parser *p, struct error *err, const char *what)
{
	return fail_at(err, ERROR_DAMAGED, p->number, "%s", what);
}

/* Whether the line begins so; *rest is what stands behind. */
static bool
begins(const struct parser *p, struct str word, struct str *rest)
{
	if (!str_starts(p->line, word))
		return false;
	*rest = (struct str){p->line.s + word.length, p->line.length - word.length};
	return true;
}

/* ---- heads ---- */

static enum diff_kind
kind_of(const struct diff_head *head, struct str old_path, struct str path)
{
	if (!path.length)
		return DIFF_DELETED;
	if (head->copied)
		return DIFF_COPIED;
	if (!old_path.length)
		return DIFF_CREATED;
	return str_equal(old_path, path) || !head->git ? DIFF_CHANGED : DIFF_RENAMED;
}

/*
 * Adds the file of the head, unless its names can't be told, which can only be where it has no
 * lines.
 */
static bool
add_file(struct parser *p, struct error *err)
{
	struct str old_path, path;

	diff_paths(&p->diff->arena, &p->head, &old_path, &path);
	if (!old_path.length && !path.length)
		return true;
	p->file = diff_add_file(p->diff, path, old_path, kind_of(&p->head, old_path, path));
	if (!p->file)
		return fail_at(
		    err, ERROR_LIMIT, p->number, "more than %u files in a diff", LIMIT_DIFF_FILES);
	p->file->opaque = p->head.binary;
	p->file->submodule = p->head.submodule;
	return true;
}

/* A head without a hunk is over: a file that was created empty, renamed only, is binary. */
static bool
end_head(struct parser *p, struct error *err)
{
	bool good = !p->in_head || p->file || !p->head.git || add_file(p, err);

	p->head = (struct diff_head){0};
	p->file = NULL;
	p->in_head = false;
	p->old_end = p->new_end = 0;
	return good;
}

static bool
begin_head(struct parser *p, bool git, struct str both, struct error *err)
{
	if (!end_head(p, err))
		return false;
	p->head = (struct diff_head){.git = git, .both = both};
	p->in_head = p->is_diff = true;
	return true;
}

static bool
name_of(struct parser *p, struct str text, struct str *out, struct error *err)
{
	if (diff_name(&p->diff->arena, text, out))
		return true;
	return damaged(p, err, "no name of a file, or one that is too long or wrongly quoted");
}

/* The line behind the one at hand, when it begins so. */
static bool
is_followed(const struct parser *p, struct str word)
{
	return str_starts(p->rest, word);
}

/* "--- NAME", with "+++ NAME" behind it. */
static bool
read_names(struct parser *p, struct str old_name, struct error *err)
{
	struct str new_name;

	if ((!p->head.git || !p->in_head || p->file || p->head.new_name.s) &&
	    !begin_head(p, false, STR(""), err))
		return false;
	if (!name_of(p, old_name, &p->head.old_name, err) || !next_line(p))
		return false;
	begins(p, STR("+++ "), &new_name);
	return name_of(p, new_name, &p->head.new_name, err);
}

/* One of git's lines between "diff --git" and the names; any other says nothing. */
static bool
read_extended(struct parser *p, struct error *err)
{
	struct diff_head *head = &p->head;
	struct str rest;

	if (begins(p, STR("new file mode "), &rest))
		head->created = true;
	else if (begins(p, STR("deleted file mode "), &rest))
		head->deleted = true;
	else if (begins(p, STR("copy from "), &rest))
		return name_of(p, rest, &head->from, err);
	else if (begins(p, STR("copy to "), &rest))
		return (head->copied = true) && name_of(p, rest, &head->to, err);
	else if (begins(p, STR("rename from "), &rest))
		return name_of(p, rest, &head->from, err);
	else if (begins(p, STR("rename to "), &rest))
		return name_of(p, rest, &head->to, err);
	else if (begins(p, STR("Binary files "), &rest) ||
		 begins(p, STR("GIT binary patch"), &rest))
		head->binary = true;
	head->submodule |= str_ends(p->line, STR(" 160000"));
	return true;
}

/* ---- hunks ---- */

static bool
take_number(struct str *text, uint32_t *out)
{
	size_t length = 0;
	uint64_t value;

	while (length < text->length && text->s[length] >= '0' && text->s[length] <= '9')
		length++;
	if (number_u64((struct str){text->s, length}, &value) != NUMBER_OK ||
	    value > LIMIT_DIFF_LINE)
		return false;
	*text = (struct str){text->s + length, text->length - length};
	*out = (uint32_t)value;
	return true;
}

static bool
take_sign(struct str *text, char sign)
{
	if (!text->length || text->s[0] != sign)
		return false;
	*text = (struct str){text->s + 1, text->length - 1};
	return true;
}

/* "12,3"; of no lines the number is that of the line before. */
static bool
take_range(struct str *text, uint32_t *line, uint32_t *count)
{
	*count = 1;
	if (!take_number(text, line) || (take_sign(text, ',') && !take_number(text, count)))
		return false;
	if (!*count)
		++*line;
	return *line > 0;
}

/* `text` is what stands behind "@@ -". */
static bool
parse_hunk(struct str text, struct hunk *hunk)
{
	return take_range(&text, &hunk->old_line, &hunk->old_count) && take_sign(&text, ' ') &&
	    take_sign(&text, '+') && take_range(&text, &hunk->new_line, &hunk->new_count) &&
	    str_starts(text, STR(" @@"));
}

/* One line of a hunk's body; its places move on. */
static bool
read_body_line(struct parser *p, struct hunk *at)
{
	char sign = p->line.length ? p->line.s[0] : ' ';
	struct diff_change change = {at->old_line, sign == '-', at->new_line, sign == '+'};

	if (sign == '\\')
		return true;
	if ((sign != ' ' && sign != '-' && sign != '+') || (sign != '+' && !at->old_count) ||
	    (sign != '-' && !at->new_count))
		return false;
	if (sign != ' ' && !p->file->submodule)
		diff_add_change(p->diff, &change);
	at->old_line += sign != '+';
	at->old_count -= sign != '+';
	at->new_line += sign != '-';
	at->new_count -= sign != '-';
	return true;
}

static bool
read_body(struct parser *p, struct hunk *at, struct error *err)
{
	while (at->old_count || at->new_count) {
		if (!next_line(p))
			return damaged(p, err, "the diff ends inside a hunk");
		if (!read_body_line(p, at))
			return damaged(p, err,
			    "a hunk is shorter than it says, or holds what is no line of it");
	}
	p->old_end = at->old_line;
	p->new_end = at->new_line;
	p->behind_hunk = true;
	return true;
}

static bool
read_hunk(struct parser *p, struct str text, struct error *err)
{
	struct hunk hunk;

	if (!parse_hunk(text, &hunk))
		return damaged(p, err, "a hunk without its line numbers");
	if (hunk.old_line < p->old_end || hunk.new_line < p->new_end)
		return damaged(p, err, "a hunk before the one that it follows");
	if (!p->file && !add_file(p, err))
		return false;
	if (!p->file)
		return damaged(p, err, "a hunk of no file");
	return read_body(p, &hunk, err);
}

/* ---- all lines outside of hunks ---- */

/* A line that looks like one of a hunk but is behind its end; "-- " begins the foot of a mail. */
static bool
is_surplus(const struct parser *p)
{
	char sign = p->line.length ? p->line.s[0] : '\0';

	return (sign == ' ' || sign == '+' || sign == '-') && !str_equal(p->line, STR("-- ")) &&
	    !str_equal(p->line, STR("--"));
}

static bool
refuse(const struct parser *p, struct error *err)
{
	struct str rest;

	if (begins(p, STR("diff --cc "), &rest) || begins(p, STR("diff --combined "), &rest) ||
	    begins(p, STR("@@@ "), &rest))
		return fail_at(err, ERROR_FOREIGN, p->number,
		    "a combined diff, which compares a merge with all its parents: make one of two "
		    "commits");
	if (begins(p, STR("***************"), &rest))
		return fail_at(
		    err, ERROR_FOREIGN, p->number, "a context diff: make a unified one (diff -u)");
	return true;
}

static bool
read_line(struct parser *p, struct error *err)
{
	bool behind_hunk = p->behind_hunk;
	struct str rest;

	p->behind_hunk = false;
	if (begins(p, STR("diff --git "), &rest))
		return begin_head(p, true, rest, err);
	if (begins(p, STR("--- "), &rest) && is_followed(p, STR("+++ ")))
		return read_names(p, rest, err);
	if (p->in_head && p->head.new_name.s && begins(p, STR("@@ -"), &rest))
		return read_hunk(p, rest, err);
	if (behind_hunk && begins(p, STR("\\"), &rest))
		return p->behind_hunk = true;
	if (behind_hunk && is_surplus(p))
		return damaged(p, err, "a hunk is longer than it says");
	p->is_diff |= begins(p, STR("Only in "), &rest) || begins(p, STR("Binary files "), &rest);
	if (!refuse(p, err))
		return false;
	return !p->in_head || !p->head.git || p->file || read_extended(p, err);
}

static bool
read_hunks(struct parser *p, struct error *err)
{
	struct str rest;

	while (next_line(p)) {
		if (!begins(p, STR("@@ -"), &rest)) {
			if (!p->behind_hunk || !begins(p, STR("\\"), &rest))
				return damaged(p, err, "no hunk");
		} else if (!read_hunk(p, rest, err)) {
			return false;
		}
	}
	return true;
}

bool
diff_add_hunks(struct diff *diff, struct str hunks, struct error *err)
{
	struct diff_file *file = &diff->files[diff->file_count - 1];
	struct parser parser = {.rest = hunks, .diff = diff, .file = file};

	if (read_hunks(&parser, err))
		return true;
	diff->change_count = file->first;
	file->change_count = 0;
	file->added = 0;
	file->opaque = true;
	return false;
}

static bool
is_blank(struct str text)
{
	return !str_trim(text).length;
}

static bool
read_all(struct parser *p, struct str text, struct error *err)
{
	while (next_line(p))
		if (!read_line(p, err))
			return false;
	if (!end_head(p, err))
		return false;
	if (!p->is_diff && !is_blank(text))
		return fail(err, ERROR_FOREIGN, "no unified diff");
	return diff_finish(p->diff, err);
}

/* Without its mark; UTF-16, as some shells write it, has NULs in every name. */
static bool
begin(struct str *text, struct error *err)
{
	if (str_starts(*text, STR("\xff\xfe")) || str_starts(*text, STR("\xfe\xff")))
		return fail(err, ERROR_FOREIGN,
		    "the diff is UTF-16: write it as UTF-8 (git diff --output=FILE)");
	if (str_starts(*text, STR("\xef\xbb\xbf")))
		*text = (struct str){text->s + 3, text->length - 3};
	return true;
}

bool
diff_parse(struct str text, struct diff *out, struct error *err)
{
	struct parser parser = {.diff = out};

	if (!begin(&text, err))
		return false;
	parser.rest = text;
	if (read_all(&parser, text, err))
		return true;
	diff_clear(out);
	return false;
}
