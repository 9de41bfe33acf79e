/*
 * The tokens of a Mustache template: text, at most one line each, and tags; which lines stand alone is settled here.
 */
#ifndef MUSTER_RENDER_TEMPLATE_TOKEN_H
#define MUSTER_RENDER_TEMPLATE_TOKEN_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

enum token_type {
	TOKEN_TEXT,
	TOKEN_VALUE,	/* {{name}} */
	TOKEN_RAW,	/* {{{name}}} {{&name}} */
	TOKEN_SECTION,
	TOKEN_INVERTED,
	TOKEN_END,
	TOKEN_PARTIAL,
	TOKEN_PARENT,	/* {{<name}} */
	TOKEN_BLOCK,	/* {{$name}} */
	TOKEN_SILENT,	/* comments and delimiters: nothing to render */
};

struct token {
	enum token_type type;
	struct str text;	/* of the template's source: literal text, or the name in a tag */
	struct str indent;	/* blanks before a tag when nothing else stands before it on its line */
	struct str inner;	/* behind a block tag that stands alone: the blanks that begin the next line */
	uint32_t line;
	uint32_t column;	/* in bytes, from 1 */
	bool alone;		/* the tag's line holds nothing to render; the line's blanks and end are gone */
	bool starts_line;	/* text: a line of the template begins here */
};

struct tokens {
	struct token *tokens;
	size_t count;
	size_t capacity;
};

/* Splits a source; `tokens` is owned (free(tokens->tokens)).  ERROR_USAGE with "LINE:COLUMN: what". */
bool tokens_split(struct str source, struct tokens *tokens, struct error *err);

#endif
