/*
 * What the parts of read/repair.c share: its state, and how bytes are passed on, replaced or
 * dropped.  Functions named take_*() go over what stands at `p`; where a token may go on behind
 * the piece they set `wants` and leave `p`, so that a token is always seen whole: how the input
 * is cut changes nothing.
 */
#ifndef MUSTER_READ_MEND_H
#define MUSTER_READ_MEND_H

#include "base/strbuf.h"
#include "read/decode.h"
#include "read/repair.h"

enum { ROOT_NAME_MAX = 256 };

enum state {
	OUTSIDE,	/* before the root; of several roots also between and behind them */
	INSIDE,		/* of one root for good, of several until it ends */
	ROOT_TAG,	/* of several roots: in a tag that bears the root's name */
	COMMENT,
	CDATA,
	INSTRUCTION,	/* or declaration */
	DOCTYPE,	/* outside its internal subset */
	SUBSET,		/* between the declarations of the subset */
	SUBSET_TAG,	/* in a declaration of the subset */
};

/* Where in the markup inside a root a place lies. */
enum place { IN_TEXT, IN_TAG, IN_VALUE };

struct repair {
	bool several_roots;
	struct repair_note notes[REPAIR_KINDS];
	struct error error;
	bool failed;
	struct decoder decoder;

	/* The piece at work: before `mark` all is done; from there to `p` it passes as it is. */
	const char *start;
	const char *p;
	const char *end;
	const char *mark;
	bool last;		/* no bytes come behind this piece */
	bool wants;
	struct strbuf out;
	struct strbuf carry;	/* a token that the piece cuts */
	struct strbuf joined;	/* such a token and the piece in which it goes on */
	uint64_t line;		/* of `counted` */
	const char *counted;

	enum state state;
	enum state back;	/* the state behind a comment, CDATA section or instruction */
	bool drops;		/* that is not passed on */
	char quote;		/* of the value begun in a ROOT_TAG or DOCTYPE, or NUL */
	uint64_t nul_line;	/* of the first NUL; only NULs may follow */
	uint64_t doctype_line;

	/* OUTSIDE */
	bool begun;		/* something stood before */
	bool marked;		/* more than white space stood before */
	bool rooted;		/* a root has started */
	bool line_texted;	/* text stands before on the line, behind any markup */

	/* Several roots: the present or last one's name, and its open elements of that name. */
	char root[ROOT_NAME_MAX];
	size_t root_length;	/* 0: not asked for */
	uint64_t open;
	bool closing;		/* of ROOT_TAG: an end tag */
	bool slash;		/* of ROOT_TAG: the byte before was '/' */

	/* INSIDE: kept up with only where it is asked for, see place_at_p() */
	enum place place;	/* of `placed` */
	char place_quote;
	const char *placed;
};

static inline size_t
bytes_left(const struct repair *r)
{
	return (size_t)(r->end - r->p);
}

uint64_t line_at_p(struct repair *r);
/* Counts a mending of this kind at `p`. */
void note(struct repair *r, enum repair_kind kind);
/* Ends the repair: the document is damaged at `line`. */
void refuse(struct repair *r, uint64_t line, const char *what);

/* Whether `text` stands at `p`; where only its beginning is there, more bytes are wanted. */
bool looks_at(struct repair *r, struct str text);
/* Whether there are `count` bytes; where not, more are wanted. */
bool has(struct repair *r, size_t count);

/* Puts `by` in the place of the next `length` bytes. */
void replace(struct repair *r, size_t length, struct str by);
/* Passes on no more than their newlines. */
void drop(struct repair *r, size_t length);
/* Passes them on or, where the present section is dropped, drops them. */
void take(struct repair *r, size_t length);

/* A NUL ends the document: behind it may only be more of them. */
void take_nul(struct repair *r);
/* A control character, or a run of characters beyond ASCII. */
void take_unusual(struct repair *r);
/* "&#": what is no whole reference stays for the parser. */
void take_reference(struct repair *r);
bool is_unusual(char c);
bool is_blank(char c);

/* repair_inside.c */
void take_inside(struct repair *r);
void take_root_tag(struct repair *r);
/* The content of a comment, CDATA section or instruction. */
void take_section(struct repair *r);
/* Goes over to such a section, past the `length` bytes that open it. */
void enter_section(struct repair *r, enum state state, size_t length, bool drops);
/* Goes on as a root's content, at text. */
void enter_text(struct repair *r);
enum place place_at_p(struct repair *r);
/* Goes over to a tag of the root's name, past the `length` bytes before the name. */
void enter_root_tag(struct repair *r, size_t length, bool closing);

/* repair_outside.c */
void take_outside(struct repair *r);
void take_doctype(struct repair *r);

#endif
