/* The first elements of an XML document, without a parser. */
#include "read/sniff.h"

struct cursor {
	const char *at;
	const char *end;
	uint64_t line;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	    (unsigned char)c >= 0x80;
}

static void
advance(struct cursor *cursor, const char *to)
{
	const char *newline;

	while ((newline = memchr(cursor->at, '\n', (size_t)(to - cursor->at)))) {
		cursor->line++;
		cursor->at = newline + 1;
	}
	cursor->at = to;
}

/* Goes behind the next `text`, or to the end. */
static void
skip_past(struct cursor *cursor, struct str text)
{
	const char *found =
	    memmem(cursor->at, (size_t)(cursor->end - cursor->at), text.s, text.length);

	advance(cursor, found ? found + text.length : cursor->end);
}

static bool
looks_at(const struct cursor *cursor, struct str text)
{
	return str_starts((struct str){cursor->at, (size_t)(cursor->end - cursor->at)}, text);
}

/* A DOCTYPE with its internal subset, quoted texts and comments inside left alone. */
static void
skip_doctype(struct cursor *cursor)
{
	int depth = 0;

	while (cursor->at < cursor->end) {
		char c = *cursor->at;

		if (looks_at(cursor, STR("<!--"))) {
			skip_past(cursor, STR("-->"));
			continue;
		}
		advance(cursor, cursor->at + 1);
		if (c == '"' || c == '\'')
			skip_past(cursor, (struct str){&c, 1});
		depth += (c == '<' || c == '[') - (c == '>' || c == ']');
		if (c == '>' && depth <= 0)
			return;
	}
}

/* Goes to the '<' of the next element's start tag; false when there is none. */
static bool
find_element(struct cursor *cursor)
{
	const char *next;

	while ((next = memchr(cursor->at, '<', (size_t)(cursor->end - cursor->at)))) {
		advance(cursor, next);
		if (looks_at(cursor, STR("<!--")))
			skip_past(cursor, STR("-->"));
		else if (looks_at(cursor, STR("<![CDATA[")))
			skip_past(cursor, STR("]]>"));
		else if (looks_at(cursor, STR("<!")))
			skip_doctype(cursor);
		else if (looks_at(cursor, STR("<?")))
			skip_past(cursor, STR("?>"));
		else if (next + 1 < cursor->end && is_name_start(next[1]))
			return true;
		else
			advance(cursor, next + 1);
	}
	advance(cursor, cursor->end);
	return false;
}

/* Reads a start tag: its local name, and the text of the tag behind the name. */
static struct str
take_tag(struct cursor *cursor, struct str *tag)
{
	const char *name = cursor->at + 1;
	const char *s = name;
	char quote = 0;

	for (; s < cursor->end && !is_blank(*s) && *s != '>' && *s != '/'; s++)
		if (*s == ':')
			name = s + 1;
	*tag = (struct str){s, 0};
	struct str local = {name, (size_t)(s - name)};

	for (; s < cursor->end && (quote || *s != '>'); s++) {
		if (quote)
			quote = *s == quote ? 0 : quote;
		else if (*s == '"' || *s == '\'')
			quote = *s;
	}
	tag->length = (size_t)(s - tag->s);
	advance(cursor, s);
	return local;
}

/* Whether every other byte is NUL at the start, as ASCII is in UTF-16. */
static bool
is_utf16(struct str head)
{
	if (head.length < 4)
		return false;
	return (!head.s[0] && head.s[1] && !head.s[2] && head.s[3]) ||
	    (head.s[0] && !head.s[1] && head.s[2] && !head.s[3]);
}

static struct str
without_nuls(struct sniff *sniff, struct str head)
{
	size_t length = 0;

	for (size_t i = 0; i < head.length && length < sizeof(sniff->ascii); i++)
		if (head.s[i])
			sniff->ascii[length++] = head.s[i];
	return (struct str){sniff->ascii, length};
}

static struct str
plain_head(struct sniff *sniff, struct str head)
{
	if (str_starts(head, STR("\xef\xbb\xbf")))
		return (struct str){head.s + 3, head.length - 3};
	if (str_starts(head, STR("\xff\xfe")) || str_starts(head, STR("\xfe\xff")))
		return without_nuls(sniff, (struct str){head.s + 2, head.length - 2});
	return is_utf16(head) ? without_nuls(sniff, head) : head;
}

static bool
starts_line(const struct sniff *sniff, const char *at)
{
	while (at > sniff->head.s && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at == sniff->head.s || at[-1] == '\n' || at[-1] == '\r' || at[-1] == '>';
}

void
sniff_head(struct sniff *sniff, struct str head)
{
	struct cursor cursor;
	struct str child_tag;

	sniff->head = plain_head(sniff, head);
	sniff->root = sniff->tag = sniff->child = STR("");
	sniff->own_line = false;
	cursor = (struct cursor){sniff->head.s, sniff->head.s + sniff->head.length, 1};
	while (cursor.at < cursor.end && is_blank(*cursor.at))
		advance(&cursor, cursor.at + 1);
	sniff->markup = cursor.at < cursor.end && *cursor.at == '<';
	if (find_element(&cursor)) {
		sniff->line = cursor.line;
		sniff->own_line = starts_line(sniff, cursor.at);
		sniff->root = take_tag(&cursor, &sniff->tag);
		if (!str_ends(sniff->tag, STR("/")) && find_element(&cursor))
			sniff->child = take_tag(&cursor, &child_tag);
		return;
	}
	sniff->line = cursor.line;
}

bool
sniff_attribute(const struct sniff *sniff, const char *name)
{
	struct str wanted = str_of(name);
	const char *end = sniff->tag.s + sniff->tag.length;
	const char *s = sniff->tag.s;

	while (s < end) {
		const char *start;
		const char *close;

		while (s < end && (is_blank(*s) || *s == '/'))
			s++;
		start = s;
		while (s < end && *s != '=' && !is_blank(*s))
			s++;
		if (str_equal((struct str){start, (size_t)(s - start)}, wanted))
			return true;
		while (s < end && *s != '"' && *s != '\'')
			s++;
		close = s < end ? memchr(s + 1, *s, (size_t)(end - s - 1)) : NULL;
		s = close ? close + 1 : end;
	}
	return false;
}

bool
sniff_holds(const struct sniff *sniff, const char *text)
{
	size_t length = sniff->head.length < SNIFF_BYTES ? sniff->head.length : SNIFF_BYTES;

	return memmem(sniff->head.s, length, text, strlen(text)) != NULL;
}
