/*
 * The <line> elements of Cobertura: hits, and branches as far as the format can say what is known
 * of them. Between cobertura*.c only.
 */
#ifndef MUSTER_RENDER_COBERTURA_LINE_H
#define MUSTER_RENDER_COBERTURA_LINE_H

#include "base/strbuf.h"
#include "base/strpool.h"
#include "render/branches.h"

/* Appends the line at index `row` of the walk's file. */
void cobertura_line(
    struct branch_walk *walk, const struct strpool *strings, uint32_t row, struct strbuf *out);
/* Appends a line with hits alone. */
void cobertura_plain_line(uint32_t number, uint64_t hits, struct strbuf *out);

#endif
