/*
 * The nearest of many words to a mistyped one, by Damerau-Levenshtein distance: "did you mean ...?".
 */
#ifndef MUSTER_BASE_SUGGEST_H
#define MUSTER_BASE_SUGGEST_H

#include "base/str.h"

enum { SUGGEST_WORD = 64, SUGGEST_TEXT = SUGGEST_WORD + 24 };

/* `best` is borrowed from the candidate; its length is 0 until one was near enough. */
struct suggestion {
	struct str word;
	struct str best;
	size_t distance;
};

/* Steps (insert, delete, replace, swap of neighbours) from one to the other, or `most + 1` when there are more. */
size_t suggest_distance(struct str a, struct str b, size_t most);
/* Starts a search for what `word` (borrowed) may have meant. */
void suggest_begin(struct suggestion *suggestion, struct str word);
/* Offers a candidate; of equally near ones the first by bytes is kept, whatever their order. */
void suggest_offer(struct suggestion *suggestion, struct str candidate);
/* "; did you mean 'x'?" with `before` in front of the word, or "" when nothing is near. */
const char *suggest_text(const struct suggestion *suggestion, const char *before, char text[SUGGEST_TEXT]);

#endif
