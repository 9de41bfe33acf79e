/* Workflow commands and what must not become one. */
#include "publish/workflow.h"

#include "base/visible.h"

/* The first line of a text, taken off it with its end. */
static struct str
take_line(struct str *text)
{
	const char *newline = text->length ? memchr(text->s, '\n', text->length) : NULL;
	size_t length = newline ? (size_t)(newline - text->s) : text->length;
	size_t used = length + (newline != NULL);
	struct str line = {text->s, length};

	*text = (struct str){text->s + used, text->length - used};
	if (length && line.s[length - 1] == '\r')
		line.length--;
	return line;
}

static void
add_escaped(struct strbuf *out, struct str text, const char *special)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.s[i];

		if (c && strchr(special, c))
			strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)c);
		else
			strbuf_add_char(out, c);
	}
}

void
workflow_lines(struct strbuf *out, struct str text)
{
	while (text.length) {
		visible_add(out, take_line(&text));
		if (text.length)
			strbuf_add_char(out, '\n');
	}
}

void
workflow_message(struct strbuf *out, struct str text)
{
	struct strbuf lines = {0};

	workflow_lines(&lines, text);
	add_escaped(out, strbuf_str(&lines), "%\r\n");
	strbuf_clear(&lines);
}

void
workflow_property(struct strbuf *out, struct str text)
{
	struct strbuf line = {0};

	visible_add(&line, text);
	add_escaped(out, strbuf_str(&line), "%\r\n:,");
	strbuf_clear(&line);
}

void
workflow_quote(struct strbuf *out, struct str text)
{
	while (text.length) {
		strbuf_add_string(out, "| ");
		visible_add(out, take_line(&text));
		strbuf_add_char(out, '\n');
	}
}
