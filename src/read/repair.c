/* The streaming tokenizer that makes a report's bytes clean: pieces in, clean pieces out. */
#include "read/repair.h"

#include "base/mem.h"
#include "read/mend.h"

#include <stdlib.h>

static const char *const messages[REPAIR_KINDS] = {
	[REPAIR_ENCODING] = "the declared encoding contradicts the bytes, read as what they are",
	[REPAIR_INVALID_BYTES] = "invalid bytes replaced by U+FFFD",
	[REPAIR_FORBIDDEN] = "characters that XML forbids replaced by U+FFFD",
	[REPAIR_CDATA_END] = "\"]]>\" in text",
	[REPAIR_LEADING] = "text or white space before the XML declaration or the root element",
	[REPAIR_TRAILING] = "text behind the root element",
	[REPAIR_ROOTS] = "more than one root element",
	[REPAIR_DOCTYPE] = "document type declaration left aside",
};

const char *
repair_message(enum repair_kind kind)
{
	return messages[kind];
}

struct repair *
repair_new(bool several_roots)
{
	struct repair *r = mem_zalloc(1, sizeof(*r));

	r->several_roots = several_roots;
	r->line = 1;
	return r;
}

void
repair_free(struct repair *r)
{
	if (!r)
		return;
	decoder_clear(&r->decoder);
	strbuf_clear(&r->out);
	strbuf_clear(&r->carry);
	strbuf_clear(&r->joined);
	free(r);
}

const struct repair_note *
repair_notes(const struct repair *r)
{
	return r->notes;
}

static void
take_after_nul(struct repair *r)
{
	while (r->p < r->end && !*r->p)
		r->p++;
	r->mark = r->p;
	if (r->p < r->end)
		refuse(r, r->nul_line, "NUL inside the document");
}

static void
take_token(struct repair *r)
{
	if (r->nul_line) {
		take_after_nul(r);
		return;
	}
	switch (r->state) {
	case OUTSIDE:
		take_outside(r);
		break;
	case INSIDE:
		take_inside(r);
		break;
	case ROOT_TAG:
		take_root_tag(r);
		break;
	case COMMENT:
	case CDATA:
	case INSTRUCTION:
		take_section(r);
		break;
	case DOCTYPE:
	case SUBSET:
	case SUBSET_TAG:
		take_doctype(r);
		break;
	}
}

static bool
is_in_doctype(const struct repair *r)
{
	enum state state = r->state == COMMENT || r->state == INSTRUCTION ? r->back : r->state;

	return state == DOCTYPE || state == SUBSET || state == SUBSET_TAG;
}

static void
finish(struct repair *r)
{
	if (is_in_doctype(r))
		refuse(r, r->doctype_line, "document type declaration without an end");
	else if (r->several_roots && r->rooted && r->state == OUTSIDE)
		replace(r, 0, STR("</muster-roots>"));
}

/* The token that was cut before, if any, and what goes on from there. */
static struct str
join_carry(struct repair *r, struct str text)
{
	if (!r->carry.length)
		return text;
	strbuf_reset(&r->joined);
	strbuf_add_str(&r->joined, strbuf_str(&r->carry));
	strbuf_add_str(&r->joined, text);
	return strbuf_str(&r->joined);
}

static struct str
clean_part(struct repair *r)
{
	if (!r->out.length)
		return (struct str){r->mark, (size_t)(r->p - r->mark)};
	replace(r, 0, STR(""));
	return strbuf_str(&r->out);
}

static struct str
take_piece(struct repair *r, struct str piece, bool last)
{
	r->start = r->p = r->mark = r->counted = r->placed = piece.s;
	r->end = piece.s + piece.length;
	r->last = last;
	r->wants = false;
	while (r->p < r->end && !r->wants && !r->failed)
		take_token(r);
	line_at_p(r);
	if (r->state == INSIDE)
		place_at_p(r);
	if (last && !r->failed)
		finish(r);
	strbuf_reset(&r->carry);
	strbuf_add(&r->carry, r->p, bytes_left(r));
	return clean_part(r);
}

static void
note_contradiction(struct repair *r)
{
	struct repair_note *encoding = &r->notes[REPAIR_ENCODING];

	if (r->decoder.contradicted && !encoding->count)
		*encoding = (struct repair_note){r->decoder.contradicted, 1};
}

bool
repair_feed(struct repair *r, struct str raw, bool last, struct str *clean, struct error *err)
{
	struct str text;

	*clean = (struct str){"", 0};
	strbuf_reset(&r->out);
	if (!r->failed && !decoder_feed(&r->decoder, raw, last, &text, &r->error))
		r->failed = true;
	if (!r->failed) {
		note_contradiction(r);
		*clean = take_piece(r, join_carry(r, text), last);
	}
	if (r->failed && err)
		*err = r->error;
	return !r->failed;
}
