/* The nearest word, by optimal string alignment on three rows of a bounded table. */
#include "base/suggest.h"

#include <stdio.h>

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t
suggest_distance(struct str a, struct str b, size_t most)
{
	size_t rows[3][SUGGEST_WORD + 1];

	if (a.length > SUGGEST_WORD || b.length > SUGGEST_WORD)
		return most + 1;
	for (size_t j = 0; j <= b.length; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.length; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b.length; j++) {
			bool same = a.s[i - 1] == b.s[j - 1];

			row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !same);
			if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] && a.s[i - 2] == b.s[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return least(rows[a.length % 3][b.length], most + 1);
}

void
suggest_begin(struct suggestion *suggestion, struct str word)
{
	*suggestion = (struct suggestion){.word = word, .distance = 1 + word.length / 3};
}

void
suggest_offer(struct suggestion *suggestion, struct str candidate)
{
	struct suggestion *s = suggestion;
	size_t distance = suggest_distance(s->word, candidate, s->distance);
	bool begun = s->word.length > 2 && str_starts(candidate, s->word);

	if (begun)
		distance = least(distance, 1);
	if (distance > s->distance || distance >= candidate.length || candidate.length > SUGGEST_WORD)
		return;
	if (distance == s->distance && s->best.length && str_compare(candidate, s->best) >= 0)
		return;
	s->best = candidate;
	s->distance = distance;
}

const char *
suggest_text(const struct suggestion *suggestion, const char *before, char text[SUGGEST_TEXT])
{
	text[0] = '\0';
	if (suggestion->best.length)
		snprintf(text, SUGGEST_TEXT, "; did you mean '%s%.*s'?", before,
		    (int)suggestion->best.length, suggestion->best.s);
	return text;
}
