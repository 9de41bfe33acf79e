/* Any encoding to UTF-8. */
#include "read/decode.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

enum {
	HEAD_BYTES = 4096,	/* in which the declaration is looked for */
	NAME_MAX_BYTES = 40,	/* of an encoding; IANA's rule */
	CHARACTER_MAX = 64,	/* bytes of an incomplete character, shifts included */
};

static const struct mark {
	struct str bytes;
	const char *encoding;	/* NULL: UTF-8 */
	size_t skip;
} marks[] = {
	{ { "\xef\xbb\xbf", 3 }, NULL, 3 },
	{ { "\xff\xfe", 2 }, "UTF-16LE", 2 },
	{ { "\xfe\xff", 2 }, "UTF-16BE", 2 },
	{ { "<\0", 2 }, "UTF-16LE", 0 },
	{ { "\0<", 2 }, "UTF-16BE", 0 },
};

/* What the bytes may be declared as without a contradiction. */
static const char *const utf8_names[] = { "UTF-8", "UTF8", NULL };
static const char *const ascii_names[] = {
	"US-ASCII", "ASCII", "ANSI_X3.4-1968", "ISO646-US", NULL
};
static const char *const utf16_names[] = {
	"UTF-16", "UTF16", "UTF-16LE", "UTF-16BE", "UCS-2", "ISO-10646-UCS-2", "UNICODE", NULL
};

/* Names that Python, Java and old browsers give and iconv_open(3) does not know. */
static const struct alias {
	const char *name;
	const char *encoding;
} aliases[] = {
	{ "ISO8859_1", "ISO-8859-1" },
	{ "ISO8859_15", "ISO-8859-15" },
	{ "LATIN-1", "ISO-8859-1" },
	{ "LATIN_1", "ISO-8859-1" },
	{ "X-SJIS", "SHIFT_JIS" },
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
is_one_of(struct str name, const char *const *names)
{
	for (; *names; names++)
		if (str_equal_fold(name, str_of(*names)))
			return true;
	return false;
}

static struct str
after(struct str s, const char *at)
{
	return (struct str){at, s.length - (size_t)(at - s.s)};
}

/* Behind the first `text`, which must be there: otherwise false. */
static bool
skip_past(struct str *s, struct str text)
{
	const char *found = memmem(s->s, s->length, text.s, text.length);

	if (found)
		*s = after(*s, found + text.length);
	return found != NULL;
}

static void
skip_blanks(struct str *s)
{
	while (s->length && is_blank(*s->s))
		*s = after(*s, s->s + 1);
}

/* The XML declaration, when only text without '<' stands before it. */
static bool
find_declaration(struct str head, struct str *declaration, uint64_t *line)
{
	const char *start = memchr(head.s, '<', head.length);
	struct str rest;

	if (!start)
		return false;
	rest = after(head, start);
	if (rest.length < 6 || !str_starts(rest, STR("<?xml")) || !is_blank(rest.s[5]))
		return false;
	*declaration = (struct str){rest.s + 5, rest.length - 5};
	if (skip_past(&rest, STR("?>")))
		declaration->length = (size_t)(rest.s - 2 - declaration->s);
	*line = 1;
	for (const char *s = head.s; s < start; s++)
		*line += *s == '\n';
	return true;
}

/* The value of `encoding` in a declaration. */
static bool
find_encoding(struct str declaration, struct str *name)
{
	char quote;
	const char *end;

	if (!skip_past(&declaration, STR("encoding")))
		return false;
	skip_blanks(&declaration);
	if (!str_starts(declaration, STR("=")))
		return false;
	declaration = after(declaration, declaration.s + 1);
	skip_blanks(&declaration);
	if (!str_starts(declaration, STR("\"")) && !str_starts(declaration, STR("'")))
		return false;
	quote = *declaration.s;
	declaration = after(declaration, declaration.s + 1);
	end = memchr(declaration.s, quote, declaration.length);
	if (!end)
		return false;
	*name = str_trim((struct str){declaration.s, (size_t)(end - declaration.s)});
	return true;
}

/* An EncName of XML; iconv_open(3) would take more. */
static bool
is_encoding_name(struct str name)
{
	if (!name.length || name.length > NAME_MAX_BYTES || !isalpha((unsigned char)*name.s))
		return false;
	for (size_t i = 0; i < name.length; i++)
		if (!isalnum((unsigned char)name.s[i]) && !strchr("._-", name.s[i]))
			return false;
	return true;
}

static bool
refuse_encoding(struct str name, uint64_t line, struct error *err)
{
	char shown[NAME_MAX_BYTES + 1] = "";

	for (size_t i = 0; i < name.length && i < NAME_MAX_BYTES; i++)
		shown[i] = isgraph((unsigned char)name.s[i]) ? name.s[i] : '?';
	return fail_at(err, ERROR_DAMAGED, line, "unknown encoding '%s'", shown);
}

/*
 * Whether bytes of the encoding that spell an XML declaration in ASCII spell it in the encoding
 * too.
 */
static bool
reads_ascii(iconv_t conversion)
{
	char ascii[] = "<?xml version=\"1.0\" encoding='a-Z9_'?>";
	char out[4 * sizeof(ascii)];
	char *from = ascii;
	char *to = out;
	size_t left = sizeof(ascii) - 1;
	size_t room = sizeof(out);
	bool done = iconv(conversion, &from, &left, &to, &room) != (size_t)-1;

	iconv(conversion, NULL, NULL, NULL, NULL);
	return done && str_equal((struct str){out, (size_t)(to - out)}, str_of(ascii));
}

static bool
open_conversion(struct decoder *decoder, const char *encoding, size_t unit)
{
	decoder->conversion = iconv_open("UTF-8", encoding);
	decoder->converts = decoder->conversion != (iconv_t)-1;
	decoder->unit = unit;
	return decoder->converts;
}

/* The name by which iconv_open(3) may know the encoding. */
static const char *
iconv_name(struct str name, char text[NAME_MAX_BYTES + 1])
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (str_equal_fold(name, str_of(aliases[i].name)))
			return aliases[i].encoding;
	memcpy(text, name.s, name.length);
	text[name.length] = '\0';
	return text;
}

static bool
follow_declaration(struct decoder *decoder, struct str name, uint64_t line, struct error *err)
{
	char text[NAME_MAX_BYTES + 1];

	if (is_one_of(name, utf8_names))
		return true;
	if (is_one_of(name, ascii_names)) {
		decoder->ascii = true;
		return true;
	}
	if (!is_encoding_name(name) || !open_conversion(decoder, iconv_name(name, text), 1))
		return refuse_encoding(name, line, err);
	if (!reads_ascii(decoder->conversion)) {
		iconv_close(decoder->conversion);
		decoder->converts = false;
		decoder->contradicted = line;
	}
	return true;
}

/* The head as ASCII tools would like it: in UTF-16 that is without the NULs. */
static struct str
plain_head(struct str head, char plain[HEAD_BYTES])
{
	size_t length = 0;

	for (size_t i = 0; i < head.length && i < HEAD_BYTES; i++)
		if (head.s[i])
			plain[length++] = head.s[i];
	return (struct str){plain, length};
}

static const struct mark *
find_mark(struct str head)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_starts(head, marks[i].bytes))
			return &marks[i];
	return NULL;
}

/* Decides on the encoding; *skip is the length of the byte order mark. */
static bool
tell(struct decoder *decoder, struct str head, size_t *skip, struct error *err)
{
	const struct mark *mark = find_mark(head);
	char plain[HEAD_BYTES];
	struct str declaration;
	struct str name;
	uint64_t line;
	bool declared;

	decoder->told = true;
	*skip = mark ? mark->skip : 0;
	head = plain_head(after(head, head.s + *skip), plain);
	declared = find_declaration(head, &declaration, &line) && find_encoding(declaration, &name);
	if (!mark)
		return !declared || follow_declaration(decoder, name, line, err);
	if (declared && !is_one_of(name, mark->encoding ? utf16_names : utf8_names))
		decoder->contradicted = line;
	if (mark->encoding && !open_conversion(decoder, mark->encoding, 2))
		return refuse_encoding(str_of(mark->encoding), 1, err);
	return true;
}

static void
drop_front(struct strbuf *buf, size_t length)
{
	if (length)
		memmove(buf->s, buf->s + length, buf->length - length);
	strbuf_truncate(buf, buf->length - length);
}

/* One iconv(3) call: errno says why it stopped, 0 when everything is done. */
static int
convert_some(struct decoder *decoder, char **from, size_t *left)
{
	size_t room = *left + *left / 2 + CHARACTER_MAX;
	char *start = strbuf_reserve(&decoder->out, room);
	char *to = start;
	size_t result = iconv(decoder->conversion, from, left, &to, &room);
	int reason = result == (size_t)-1 ? errno : 0;

	strbuf_commit(&decoder->out, (size_t)(to - start));
	return reason;
}

static void
convert(struct decoder *decoder, bool last)
{
	char *from = decoder->waiting.s;
	size_t left = decoder->waiting.length;

	while (left) {
		int reason = convert_some(decoder, &from, &left);

		if (reason == EINVAL && left <= CHARACTER_MAX && !last)
			break;
		if (reason && reason != E2BIG) {
			size_t skip = left < decoder->unit ? left : decoder->unit;

			strbuf_add_char(&decoder->out, '\xff');
			from += skip;
			left -= skip;
		}
	}
	if (last)
		convert_some(decoder, &(char *){NULL}, &(size_t){0});
	drop_front(&decoder->waiting, decoder->waiting.length - left);
}

bool
decoder_feed(struct decoder *decoder, struct str raw, bool last, struct str *text,
    struct error *err)
{
	*text = (struct str){"", 0};
	if (!decoder->told) {
		size_t skip;

		strbuf_add_str(&decoder->waiting, raw);
		if (decoder->waiting.length < HEAD_BYTES && !last)
			return true;
		if (!tell(decoder, strbuf_str(&decoder->waiting), &skip, err))
			return false;
		drop_front(&decoder->waiting, skip);
		raw = strbuf_str(&decoder->waiting);
	} else if (decoder->converts) {
		strbuf_add_str(&decoder->waiting, raw);
	}
	if (decoder->converts) {
		strbuf_reset(&decoder->out);
		convert(decoder, last);
		raw = strbuf_str(&decoder->out);
	}
	*text = raw;
	return true;
}

void
decoder_clear(struct decoder *decoder)
{
	if (decoder->converts)
		iconv_close(decoder->conversion);
	strbuf_clear(&decoder->waiting);
	strbuf_clear(&decoder->out);
	*decoder = (struct decoder){0};
}
