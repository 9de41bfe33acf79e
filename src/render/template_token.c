/* From the source of a template to its tokens. */
#include "render/template_token.h"

#include "base/mem.h"

#include <stdlib.h>

enum { DELIMITER_MOST = 16 };

struct splitter {
	struct str source;
	size_t at;
	struct str open;
	struct str close;
	uint32_t line;
	size_t line_begin;	/* where the line at hand begins in the source */
	struct tokens *tokens;
};

static struct token *
token_add(struct splitter *s, enum token_type type, size_t from, size_t length)
{
	struct tokens *tokens = s->tokens;

	MEM_GROW(tokens->tokens, tokens->capacity, tokens->count + 1);
	tokens->tokens[tokens->count] = (struct token){
	    .type = type,
	    .text = {s->source.s + from, length},
	    .line = s->line,
	    .column = (uint32_t)(s->at - s->line_begin + 1),
	};
	return &tokens->tokens[tokens->count++];
}

static bool
starts_here(const struct splitter *s, struct str what)
{
	return str_starts((struct str){s->source.s + s->at, s->source.length - s->at}, what);
}

/* Where `what` next stands at or behind `from`; the source's length when nowhere. */
static size_t
find_behind(const struct splitter *s, size_t from, struct str what)
{
	const char *found = memmem(s->source.s + from, s->source.length - from, what.s, what.length);

	return found ? (size_t)(found - s->source.s) : s->source.length;
}

static void
pass_lines(struct splitter *s, size_t end)
{
	for (size_t i = s->at; i < end; i++) {
		if (s->source.s[i] != '\n')
			continue;
		s->line++;
		s->line_begin = i + 1;
	}
	s->at = end;
}

/* Text up to the next tag or the end of the line. */
static void
split_text(struct splitter *s)
{
	const char *from = s->source.s + s->at;
	const char *line_end = memchr(from, '\n', s->source.length - s->at);
	size_t end = line_end ? (size_t)(line_end - s->source.s) + 1 : s->source.length;
	const char *tag = memmem(from, end - s->at, s->open.s, s->open.length);

	if (tag)
		end = (size_t)(tag - s->source.s);
	token_add(s, TOKEN_TEXT, s->at, end - s->at);
	pass_lines(s, end);
}

static bool
wrong(const struct splitter *s, const char *what, struct error *err)
{
	return fail_at(err, ERROR_USAGE, s->line, "%u:%zu: %s", s->line, s->at - s->line_begin + 1, what);
}

static enum token_type
type_of(char sigil)
{
	static const struct { char sigil; enum token_type type; } sigils[] = {
	    {'#', TOKEN_SECTION}, {'^', TOKEN_INVERTED}, {'/', TOKEN_END}, {'>', TOKEN_PARTIAL}, {'<', TOKEN_PARENT},
	    {'$', TOKEN_BLOCK}, {'&', TOKEN_RAW}, {'{', TOKEN_RAW}, {'!', TOKEN_SILENT}, {'=', TOKEN_SILENT},
	};

	for (size_t i = 0; i < sizeof(sigils) / sizeof(sigils[0]); i++)
		if (sigils[i].sigil == sigil)
			return sigils[i].type;
	return TOKEN_VALUE;
}

/* "= <% %> =" without its signs. */
static bool
set_delimiters(struct splitter *s, struct str inside, struct error *err)
{
	size_t first = 0, last = 0;

	inside = str_trim(inside);
	while (first < inside.length && !memchr(" \t\r\n", inside.s[first], 4))
		first++;
	while (last < inside.length - first && !memchr(" \t\r\n", inside.s[inside.length - last - 1], 4))
		last++;
	if (!first || !last || first + last >= inside.length || first > DELIMITER_MOST || last > DELIMITER_MOST ||
	    str_trim((struct str){inside.s + first, inside.length - first - last}).length)
		return wrong(s, "delimiters are set as {{=<% %>=}}", err);
	s->open = (struct str){inside.s, first};
	s->close = (struct str){inside.s + inside.length - last, last};
	return true;
}

static bool
split_tag(struct splitter *s, struct error *err)
{
	size_t from = s->at + s->open.length;
	char sigil = from < s->source.length ? s->source.s[from] : '\0';
	enum token_type type = type_of(sigil);
	bool closing_sign = sigil == '{' || sigil == '=';
	char triple[DELIMITER_MOST + 2] = {sigil == '{' ? '}' : '='};
	struct str close = s->close;
	struct token *token;
	size_t end;

	if (closing_sign) {
		memcpy(triple + 1, s->close.s, s->close.length);
		close = (struct str){triple, s->close.length + 1};
	}
	from += type != TOKEN_VALUE;
	end = find_behind(s, from < s->source.length ? from : s->source.length, close);
	if (end == s->source.length)
		return wrong(s, "tag without an end", err);
	token = token_add(s, type, from, end - from);
	token->text = str_trim(token->text);
	if (sigil == '=' && !set_delimiters(s, token->text, err))
		return false;
	if (type != TOKEN_SILENT && (!token->text.length || memchr(token->text.s, ' ', token->text.length) ||
	    memchr(token->text.s, '\n', token->text.length)))
		return wrong(s, "tag without a name of one word", err);
	pass_lines(s, end + close.length);
	return true;
}

static bool
is_blank(struct str text)
{
	return str_trim(text).length == 0;
}

static bool
is_inheritance(const struct token *token)
{
	return token->type == TOKEN_PARENT || token->type == TOKEN_BLOCK;
}

/* The tag that ends the one at `from`, at or before `to`; 0 when it is on another line. */
static size_t
end_on_line(const struct tokens *tokens, size_t from, size_t to)
{
	size_t depth = 0;

	for (size_t i = from; i < to; i++) {
		const struct token *token = &tokens->tokens[i];

		if (token->type == TOKEN_SECTION || token->type == TOKEN_INVERTED || is_inheritance(token))
			depth++;
		else if (token->type == TOKEN_END && --depth == 0)
			return i;
	}
	return 0;
}

/*
 * Whether tokens[from .. to) are a line that only tags make: one tag that renders nothing itself, or tags of inheritance,
 * where a parent with its end counts as one and a block must not end on the line where it begins.
 */
static bool
stands_alone(const struct tokens *tokens, size_t from, size_t to)
{
	size_t tags = 0, others = 0;

	for (size_t i = from; i < to; i++) {
		const struct token *token = &tokens->tokens[i];
		size_t end = is_inheritance(token) ? end_on_line(tokens, i, to) : 0;

		if (token->type == TOKEN_TEXT) {
			if (!is_blank(token->text))
				return false;
			continue;
		}
		if (token->type == TOKEN_VALUE || token->type == TOKEN_RAW || (end && token->type == TOKEN_BLOCK))
			return false;
		tags++;
		others += !is_inheritance(token) && token->type != TOKEN_END;
		if (end)
			i = end;
	}
	return tags == 1 || (tags > 1 && !others);
}

static struct str
blanks_at(struct str source, const char *from)
{
	size_t length = 0;

	while (from + length < source.s + source.length && (from[length] == ' ' || from[length] == '\t'))
		length++;
	return (struct str){from, length};
}

/* Marks the tags of a line that stands alone and empties its blanks and its end. */
static void
line_vanish(struct str source, struct tokens *tokens, size_t from, size_t to)
{
	const struct token *last = &tokens->tokens[to - 1];
	struct str indent = blanks_at(source, tokens->tokens[from].text.s);
	struct str inner = {"", 0};

	if (tokens->tokens[from].type != TOKEN_TEXT)
		indent.length = 0;
	if (last->type == TOKEN_TEXT && last->text.length && last->text.s[last->text.length - 1] == '\n')
		inner = blanks_at(source, last->text.s + last->text.length);
	for (size_t i = from; i < to; i++) {
		struct token *token = &tokens->tokens[i];
		size_t end = is_inheritance(token) ? end_on_line(tokens, i, to) : 0;

		token->alone = true;
		token->indent = indent;
		token->inner = inner;
		if (token->type == TOKEN_TEXT)
			token->text.length = 0;
		if (end)
			i = end - 1;	/* what a parent holds on this line stays */
	}
}

/* A line with something to render: its first token begins it, tags behind nothing but blanks know those. */
static void
line_begin(struct tokens *tokens, size_t from, size_t to)
{
	struct token *first = &tokens->tokens[from];

	first->starts_line = true;
	if (first->type == TOKEN_TEXT && is_blank(first->text) && from + 1 < to)
		tokens->tokens[from + 1].indent = first->text;
}

static void
lines_settle(struct str source, struct tokens *tokens)
{
	for (size_t from = 0, to; from < tokens->count; from = to) {
		for (to = from; to < tokens->count; to++) {
			const struct token *token = &tokens->tokens[to];

			if (token->type == TOKEN_TEXT && token->text.s[token->text.length - 1] == '\n') {
				to++;
				break;
			}
		}
		if (stands_alone(tokens, from, to))
			line_vanish(source, tokens, from, to);
		else
			line_begin(tokens, from, to);
	}
}

bool
tokens_split(struct str source, struct tokens *tokens, struct error *err)
{
	struct splitter s = {.source = source, .open = STR("{{"), .close = STR("}}"), .line = 1, .tokens = tokens};

	*tokens = (struct tokens){0};
	while (s.at < source.length) {
		if (!starts_here(&s, s.open))
			split_text(&s);
		else if (!split_tag(&s, err))
			return false;
	}
	lines_settle(source, tokens);
	return true;
}
