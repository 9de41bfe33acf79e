/* Inside a root: sections, references, and where the root ends when several are read. */
#include "read/mend.h"

#include "read/scan.h"

static const struct str ends[] = {
	[COMMENT] = { "-->", 3 },
	[CDATA] = { "]]>", 3 },
	[INSTRUCTION] = { "?>", 2 },
};

/* The last '<' behind `placed` starts a tag: text and values hold none. */
enum place
place_at_p(struct repair *r)
{
	const char *tag = memrchr(r->placed, '<', (size_t)(r->p - r->placed));
	const char *s = tag ? tag + 1 : r->placed;

	if (tag)
		r->place = IN_TAG;
	while (s && s < r->p && r->place != IN_TEXT) {
		if (r->place == IN_VALUE) {
			s = memchr(s, r->place_quote, (size_t)(r->p - s));
			r->place = s ? IN_TAG : IN_VALUE;
			s = s ? s + 1 : NULL;
			continue;
		}
		if (*s == '"' || *s == '\'')
			r->place = IN_VALUE;
		else if (*s == '>')
			r->place = IN_TEXT;
		r->place_quote = *s++;
	}
	r->placed = r->p;
	return r->place;
}

void
enter_text(struct repair *r)
{
	r->place = IN_TEXT;
	r->placed = r->p;
}

/* "]]", which a '>' may follow; in a value that is nothing special. */
static void
take_brackets(struct repair *r)
{
	while (bytes_left(r) > 2 && r->p[2] == ']')
		r->p++;
	if (!has(r, 3) && r->wants)
		return;
	r->p += bytes_left(r) < 2 ? 1 : 2;
	if (r->p == r->end || *r->p != '>')
		return;
	if (place_at_p(r) == IN_TEXT) {
		note(r, REPAIR_CDATA_END);
		replace(r, 1, STR("&gt;"));
	} else {
		r->p++;
	}
}

void
enter_section(struct repair *r, enum state state, size_t length, bool drops)
{
	r->back = r->state;
	r->state = state;
	r->drops = drops;
	take(r, length);
}

static void
leave(struct repair *r)
{
	r->state = r->back;
	r->drops = false;
	r->line_texted = false;
	enter_text(r);
}

/*
 * The bytes of a section that need no look: a NUL always does, other things only where they are
 * passed on.
 */
static size_t
plain_length(const struct repair *r, const char *stop)
{
	const char *nul;

	if (!r->drops)
		return (size_t)(scan_text(r->start, r->p, stop) - r->p);
	nul = memchr(r->p, '\0', (size_t)(stop - r->p));
	return (size_t)((nul ? nul : stop) - r->p);
}

void
take_section(struct repair *r)
{
	struct str finish = ends[r->state];
	const char *found = memmem(r->p, bytes_left(r), finish.s, finish.length);
	size_t kept = r->last ? 0 : finish.length - 1;
	const char *stop = found ? found : bytes_left(r) > kept ? r->end - kept : r->p;

	while (r->p < stop && !r->wants && !r->nul_line) {
		take(r, plain_length(r, stop));
		if (r->p < stop && !r->wants)
			take_unusual(r);
	}
	if (r->nul_line || r->wants)
		return;
	if (found) {
		take(r, finish.length);
		leave(r);
	} else {
		r->wants = !r->last;
	}
}

/* Whether the tag name `offset` bytes behind `p` is the root's. */
static bool
is_root_name(struct repair *r, size_t offset)
{
	char c;

	if (!r->root_length || !has(r, offset + r->root_length + 1))
		return false;
	c = r->p[offset + r->root_length];
	return memcmp(r->p + offset, r->root, r->root_length) == 0 &&
	    (is_blank(c) || c == '>' || c == '/');
}

void
enter_root_tag(struct repair *r, size_t length, bool closing)
{
	r->state = ROOT_TAG;
	r->closing = closing;
	r->slash = false;
	r->quote = 0;
	r->p += length;
}

/* '<' inside a root. */
static void
take_markup(struct repair *r)
{
	bool end_tag;

	if (!has(r, 2) && r->wants)
		return;
	end_tag = bytes_left(r) > 1 && r->p[1] == '/';
	if (looks_at(r, STR("<!--")))
		enter_section(r, COMMENT, 4, false);
	else if (looks_at(r, STR("<![CDATA[")))
		enter_section(r, CDATA, 9, false);
	else if (looks_at(r, STR("<?")))
		enter_section(r, INSTRUCTION, 2, false);
	else if (is_root_name(r, end_tag ? 2 : 1))
		enter_root_tag(r, end_tag ? 2 : 1, end_tag);
	else if (!r->wants)
		r->p++;
}

void
take_inside(struct repair *r)
{
	r->p = scan_markup(r->start, r->p, r->end, (struct scan_name){r->root, r->root_length});
	if (r->p == r->end)
		return;
	if (*r->p == '<') {
		take_markup(r);
	} else if (*r->p == ']') {
		take_brackets(r);
	} else if (*r->p != '&') {
		take_unusual(r);
	} else if (looks_at(r, STR("&#"))) {
		take_reference(r);
	} else if (!r->wants) {
		r->p++;
	}
}

/* '>' of a tag with the root's name. */
static void
leave_root_tag(struct repair *r)
{
	r->p++;
	if (!r->closing && !r->slash)
		r->open++;
	if (r->closing && r->open)
		r->open--;
	r->state = r->open ? INSIDE : OUTSIDE;
	r->line_texted = false;
	enter_text(r);
}

void
take_root_tag(struct repair *r)
{
	char c = *r->p;

	if (is_unusual(c)) {
		r->slash = false;
		take_unusual(r);
	} else if (c == '&' && looks_at(r, STR("&#"))) {
		take_reference(r);
	} else if (c == '>' && !r->quote) {
		leave_root_tag(r);
	} else if (!r->wants) {
		if (r->quote)
			r->quote = c == r->quote ? '\0' : r->quote;
		else if (c == '"' || c == '\'')
			r->quote = c;
		r->slash = c == '/';
		r->p++;
	}
}

