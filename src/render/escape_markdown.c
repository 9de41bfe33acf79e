/* Making text from inputs safe for Markdown. */
#include "render/escape.h"

#include "base/utf8.h"

enum { NUMBER_MOST = 24, DIGITS_MOST = 6, LINE_MOST = 400 };

/* A count, a percentage or a range; seven digits on end may be taken for a commit. */
static bool
is_number(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.length; i++) {
		if (s.s[i] >= '0' && s.s[i] <= '9')
			digits++;
		else if (digits && (s.s[i] == '.' || s.s[i] == '-'))
			digits = 0;
		else
			return false;
		if (digits > DIGITS_MOST)
			return false;
	}
	return digits && s.length <= NUMBER_MOST;
}

static size_t
longest_run(struct str s, char c)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < s.length; i++) {
		run = s.s[i] == c ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

/* The first `most` characters of valid UTF-8. */
static struct str
characters(struct str s, size_t most)
{
	size_t length = 0;
	uint32_t c;

	for (; most > 0 && length < s.length; most--)
		length += utf8_decode((struct str){s.s + length, s.length - length}, &c);
	return (struct str){s.s, length};
}

/* A bar ends a cell unless escaped; behind a backslash not every reader takes it for escaped. */
static void
add_cell(struct strbuf *out, struct str s)
{
	for (size_t i = 0; i < s.length; i++) {
		if (s.s[i] != '|')
			strbuf_add_char(out, s.s[i]);
		else
			strbuf_add_string(out, i && s.s[i - 1] == '\\' ? "\\x7c" : "\\|");
	}
}

static void
add_many(struct strbuf *out, char c, size_t count)
{
	while (count-- > 0)
		strbuf_add_char(out, c);
}

void
escape_markdown(struct strbuf *out, struct str s)
{
	struct strbuf visible = {0};
	struct str shown;
	size_t fence;
	bool pad;

	if (is_number(s) || !s.length) {
		strbuf_add_str(out, s);
		return;
	}
	escape_terminal(&visible, s.length > 8 * ESCAPE_MARKDOWN_MOST ?
	    (struct str){s.s, 8 * ESCAPE_MARKDOWN_MOST} : s);
	shown = characters(strbuf_str(&visible), ESCAPE_MARKDOWN_MOST);
	fence = longest_run(shown, '`') + 1;
	pad = shown.s[0] == '`' || shown.s[0] == ' ' || shown.s[shown.length - 1] == '`' ||
	    shown.s[shown.length - 1] == ' ';
	add_many(out, '`', fence);
	strbuf_add_string(out, pad ? " " : "");
	add_cell(out, shown);
	strbuf_add_string(out, shown.length < visible.length ? "…" : "");
	strbuf_add_string(out, pad ? " " : "");
	add_many(out, '`', fence);
	strbuf_clear(&visible);
}

static struct str
line_of(struct str *rest)
{
	const char *end = memchr(rest->s, '\n', rest->length);
	size_t length = end ? (size_t)(end - rest->s) : rest->length;
	struct str line = {rest->s, length};

	*rest = (struct str){rest->s + length, rest->length - length};
	if (rest->length)
		*rest = (struct str){rest->s + 1, rest->length - 1};
	if (line.length && line.s[line.length - 1] == '\r')
		line.length--;
	return line;
}

void
escape_markdown_block(struct strbuf *out, struct str s, size_t most)
{
	struct strbuf line = {0};
	size_t fence = longest_run(s, '`');
	size_t left = 0;

	if (!s.length || !most)
		return;
	fence = fence < 3 ? 3 : fence + 1;
	add_many(out, '`', fence);
	strbuf_add_string(out, "text\n");
	for (size_t count = 0; s.length; count++) {
		struct str shown = line_of(&s);

		left += count >= most;
		if (count >= most)
			continue;
		strbuf_reset(&line);
		escape_terminal(&line, shown.length > 8 * LINE_MOST ? (struct str){shown.s, 8 * LINE_MOST} : shown);
		shown = characters(strbuf_str(&line), LINE_MOST);
		strbuf_add_str(out, shown);
		strbuf_add_string(out, shown.length < line.length ? "…\n" : "\n");
	}
	if (left)
		strbuf_addf(out, "… %zu more line%s\n", left, left == 1 ? "" : "s");
	add_many(out, '`', fence);
	strbuf_add_char(out, '\n');
	strbuf_clear(&line);
}
