/*
 * What the sections of the terminal's text share; between text*.c only.
 */
#ifndef MUSTER_RENDER_TEXT_H
#define MUSTER_RENDER_TEXT_H

#include "model/result.h"
#include "render/text_table.h"

/* Prints the section about tests; nothing when there are none.  `slow` nanoseconds: a test that takes longer is slow. */
void text_tests(const struct canvas *canvas, const struct result *result, uint64_t slow);
/* Prints what differs from the baseline and what the history tells; nothing without either. */
void text_compare(const struct canvas *canvas, const struct result *result);
/* Adds what baseline, history and quarantine say of the failing test at this place of the outcome's list. */
void text_marks(const struct result *result, size_t place, struct strbuf *out);
/* Prints the gates: failed ones with all that is known, then the passed ones in brief. */
void text_gates(const struct canvas *canvas, const struct result *result);

/* Prints the change, which of its lines are missing, its files without data; nothing when no diff is known. */
void text_patch(const struct canvas *canvas, const struct result *result);
/* The colour of a fraction, and its meaning for those who see none. */
enum style text_style(const struct result *result, struct ratio ratio);
const char *text_style_words(enum style style);

#endif
