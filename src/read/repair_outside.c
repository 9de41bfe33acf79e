/* Outside of the roots: declarations, DOCTYPEs, text, and where a root starts. */
#include "read/mend.h"

static bool
is_name_start(char c)
{
	return ((c | ' ') >= 'a' && (c | ' ') <= 'z') || c == '_' || c == ':' ||
	    (unsigned char)c >= 0x80;
}

/* Of a lone root; U+FFFD, which a control character becomes, starts a name too. */
static bool
starts_name(const struct repair *r, char c)
{
	return is_name_start(c) || (!r->several_roots && c && is_unusual(c));
}

/* A NUL is in every set. */
static bool
is_in(char c, const char *set)
{
	return strchr(set, c) != NULL;
}

/* The length of what stands `offset` bytes behind `p`, up to the first of a set or a NUL. */
static size_t
run_without(const struct repair *r, size_t offset, const char *set)
{
	size_t end = offset;

	while (end < bytes_left(r) && !is_in(r->p[end], set))
		end++;
	return end - offset;
}

/* What is neither markup nor white space; its first byte may be a '<' that starts nothing. */
static void
take_outer_text(struct repair *r)
{
	if (!*r->p) {
		take_nul(r);
	} else if (r->several_roots) {
		if (!r->line_texted)
			note(r, r->rooted ? REPAIR_TRAILING : REPAIR_LEADING);
		r->line_texted = true;
		drop(r, 1);
		drop(r, run_without(r, 0, "<\n"));
	} else if (is_unusual(*r->p)) {
		take_unusual(r);
	} else {
		r->p++;
	}
}

/*
 * Behind other text on its line only a likely name starts a root: log lines hold things like
 * <stdin>.
 */
static bool
is_likely_root(const struct repair *r, struct str name)
{
	return !r->line_texted || str_starts(name, STR("test")) ||
	    str_equal(name, (struct str){r->root, r->root_length});
}

static void
start_root(struct repair *r, struct str name)
{
	if (r->rooted)
		note(r, REPAIR_ROOTS);
	else
		replace(r, 0, STR("<muster-roots>"));
	r->rooted = true;
	memcpy(r->root, name.s, name.length);
	r->root_length = name.length;
	enter_root_tag(r, 1, false);
}

/* '<' and a name. */
static void
take_root(struct repair *r)
{
	struct str name = {r->p + 1, run_without(r, 1, " \t\r\n<>/=\"'&")};

	if (!r->several_roots) {
		r->state = INSIDE;
		enter_text(r);
		return;
	}
	if (name.length > ROOT_NAME_MAX)
		refuse(r, line_at_p(r), "name of the root element is too long");
	else if (name.length == bytes_left(r) - 1 && !r->last)
		r->wants = true;
	else if (is_likely_root(r, name))
		start_root(r, name);
	else
		take_outer_text(r);
}

/* Only the very first bytes may be a declaration (XML 1.0, 2.8). */
static void
take_declaration(struct repair *r)
{
	bool late = r->begun && (r->several_roots || !r->marked);

	if (late && !r->rooted)
		note(r, REPAIR_LEADING);
	enter_section(r, INSTRUCTION, 2, late);
}

static void
enter_doctype(struct repair *r)
{
	note(r, REPAIR_DOCTYPE);
	r->doctype_line = line_at_p(r);
	r->state = DOCTYPE;
	r->quote = '\0';
	drop(r, strlen("<!DOCTYPE"));
}

static bool
looks_at_declaration(struct repair *r)
{
	return looks_at(r, STR("<?xml")) && has(r, 6) && is_blank(r->p[5]);
}

/*
 * One DOCTYPE is left aside for each root that may come; another one stays for the parser to
 * refuse.
 */
static bool
looks_at_doctype(struct repair *r)
{
	return (r->several_roots || !r->notes[REPAIR_DOCTYPE].count) &&
	    looks_at(r, STR("<!DOCTYPE"));
}

static void
take_outer_markup(struct repair *r)
{
	char second = has(r, 2) ? r->p[1] : '\0';
	char third = has(r, 3) ? r->p[2] : '\0';
	bool declaration = looks_at_declaration(r);
	bool doctype = looks_at_doctype(r);
	bool comment = looks_at(r, STR("<!--"));

	if (r->wants)
		return;
	if (declaration)
		take_declaration(r);
	else if (doctype)
		enter_doctype(r);
	else if (comment)
		enter_section(r, COMMENT, 4, false);
	else if (second == '?' && starts_name(r, third))
		enter_section(r, INSTRUCTION, 2, false);
	else if (second == '/' && is_name_start(third) && r->rooted && !r->line_texted)
		refuse(r, line_at_p(r), "end tag outside of the root element");
	else if (starts_name(r, second))
		take_root(r);
	else
		take_outer_text(r);
}

void
take_outside(struct repair *r)
{
	char c = *r->p;

	if (c == '<') {
		take_outer_markup(r);
	} else if (c == '\n' || (is_blank(c) && !r->line_texted)) {
		r->line_texted = false;
		r->p++;
	} else {
		take_outer_text(r);
	}
	if (r->wants)
		return;
	r->begun = true;
	r->marked |= !is_blank(c);
}

/* '<' between the declarations of an internal subset. */
static void
take_subset_markup(struct repair *r)
{
	bool comment = looks_at(r, STR("<!--"));
	bool instruction = looks_at(r, STR("<?"));

	if (r->wants)
		return;
	if (comment) {
		enter_section(r, COMMENT, 4, true);
	} else if (instruction) {
		enter_section(r, INSTRUCTION, 2, true);
	} else {
		r->state = SUBSET_TAG;
		drop(r, 1);
	}
}

/* A quote, a bracket or an end. */
static void
turn_doctype(struct repair *r)
{
	char c = *r->p;

	if (r->quote)
		r->quote = c == r->quote ? '\0' : r->quote;
	else if ((c == '"' || c == '\'') && r->state != SUBSET)
		r->quote = c;
	else if (c == '[' && r->state == DOCTYPE)
		r->state = SUBSET;
	else if (c == ']' && r->state == SUBSET)
		r->state = DOCTYPE;
	else if (c == '>' && r->state == SUBSET_TAG)
		r->state = SUBSET;
	else if (c == '>' && r->state == DOCTYPE)
		r->state = OUTSIDE;
	drop(r, 1);
}

void
take_doctype(struct repair *r)
{
	size_t plain = run_without(r, 0, "\"'[]<>");

	if (plain)
		drop(r, plain);
	else if (!*r->p)
		take_nul(r);
	else if (*r->p == '<' && r->state == SUBSET)
		take_subset_markup(r);
	else
		turn_doctype(r);
}
