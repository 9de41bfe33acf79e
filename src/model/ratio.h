/*
 * Exact fractions and decimals (COVERAGE 4): integers until printed; shown floored to two decimals.
 */
#ifndef MUSTER_MODEL_RATIO_H
#define MUSTER_MODEL_RATIO_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* covered of total; total 0: nothing was measured. */
struct ratio {
	uint64_t covered;
	uint64_t total;
};

/* Branches: covered is the proven lower bound, covered_max the upper. */
struct branch_ratio {
	uint64_t covered;
	uint64_t covered_max;
	uint64_t total;
};

/* A decimal as written: units / 10^places; at most 18 places.  `text` keeps the digits for messages ("80", "79.5"). */
enum { DECIMAL_PLACES = 18, DECIMAL_TEXT = 48 };
struct decimal {
	__extension__ __int128 units;
	unsigned places;
	char text[DECIMAL_TEXT];
};

/* Parses an unsigned decimal ("80", "79.5", a '%' may follow); anything else, or above `most`: false. */
bool decimal_parse(struct str s, unsigned most, struct decimal *out);
/* Whether covered / total in percent reaches the limit, exactly.  total 0: false. */
bool ratio_reaches(struct ratio ratio, const struct decimal *limit);
/* How many more of the total must be covered to reach the limit; 0 when it does. */
uint64_t ratio_needed(struct ratio ratio, const struct decimal *limit);
/*
 * Whether the percentage has dropped from `before` to `now` by at most `points` (percent points), exactly; no matter how
 * many decimal places.  Both totals must be above 0.
 */
bool ratio_drop_within(struct ratio before, struct ratio now, const struct decimal *points);
/* How many more of now's total must be covered for that; 0 when it holds. */
uint64_t ratio_drop_needed(struct ratio before, struct ratio now, const struct decimal *points);
/*
 * The change in hundredths of percent points, rounded away from 0: only no change at all is 0, and turned round it has
 * the other sign.  Both totals must be above 0.
 */
int32_t ratio_change(struct ratio before, struct ratio now);
enum { CHANGE_TEXT = 16 };
/* "+0.52", "-12.00", "0". */
const char *change_text(int32_t hundredths, char text[CHANGE_TEXT]);
/* Percent in hundredths, floored (7999 of 10000 gives 7999); 10000 only when nothing is missing. */
uint32_t ratio_hundredths(struct ratio ratio);
enum { RATIO_TEXT = 16 };
/* "79.99", or "n/a" when nothing was measured; always two decimals except "100". */
const char *ratio_text(struct ratio ratio, char text[RATIO_TEXT]);

#endif
