/* Exact fractions and decimals. */
#include "model/ratio.h"

#include <inttypes.h>
#include <stdio.h>

__extension__ typedef unsigned __int128 wide;	/* wide enough for a count times 10^20 */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
decimal_digits(struct str s, size_t *i, wide most, unsigned *places, wide *units)
{
	size_t from = *i;

	for (; *i < s.length && is_digit(s.s[*i]); (*i)++) {
		*units = *units * 10 + (unsigned char)(s.s[*i] - '0');
		if (*units > most || (places && ++*places > DECIMAL_PLACES))
			return false;
	}
	return *i > from;
}

bool
decimal_parse(struct str s, unsigned most, struct decimal *out)
{
	wide units = 0;
	wide bound = most;
	unsigned places = 0;
	size_t i = 0;

	s = str_trim(s);
	if (s.length && s.s[s.length - 1] == '%')
		s = str_trim((struct str){s.s, s.length - 1});
	if (s.length >= DECIMAL_TEXT || !decimal_digits(s, &i, bound, NULL, &units))
		return false;
	if (i < s.length && s.s[i] == '.') {
		i++;
		if (!decimal_digits(s, &i, (wide)-1 / 10 - 9, &places, &units))
			return false;
	}
	for (unsigned p = 0; p < places; p++)
		bound *= 10;
	if (i != s.length || units > bound)
		return false;
	*out = (struct decimal){.places = places};
	out->units = (__typeof__(out->units))units;
	memcpy(out->text, s.s, s.length);
	return true;
}

/* limit * total and the scale of it, so that both sides of a comparison stay integers; counts stay below 2^56. */
static wide
limit_times(const struct decimal *limit, uint64_t total, wide *scale)
{
	*scale = 100;
	for (unsigned i = 0; i < limit->places; i++)
		*scale *= 10;
	return (wide)limit->units * total;
}

bool
ratio_reaches(struct ratio ratio, const struct decimal *limit)
{
	wide scale;
	wide need = limit_times(limit, ratio.total, &scale);

	return ratio.total && ratio.covered * scale >= need;
}

uint64_t
ratio_needed(struct ratio ratio, const struct decimal *limit)
{
	wide scale;
	wide need = limit_times(limit, ratio.total, &scale);
	wide covered = (need + scale - 1) / scale;

	return covered > ratio.covered ? (uint64_t)(covered - ratio.covered) : 0;
}

/* before - now as a fraction; counts stay below 2^56. */
static bool
is_drop(struct ratio before, struct ratio now, wide *numerator, wide *denominator)
{
	wide left = (wide)before.covered * now.total;
	wide right = (wide)now.covered * before.total;

	*numerator = left > right ? left - right : right - left;
	*denominator = (wide)before.total * now.total;
	return left > right;
}

/* Digit by digit, since the fraction times the scale of the decimal may not fit into any integer. */
bool
ratio_drop_within(struct ratio before, struct ratio now, const struct decimal *points)
{
	wide numerator, denominator, drop, rest;

	if (!is_drop(before, now, &numerator, &denominator))
		return true;
	drop = numerator * 100 / denominator;
	rest = numerator * 100 % denominator;
	for (unsigned place = 0; place < points->places; place++) {
		drop = drop * 10 + rest * 10 / denominator;
		rest = rest * 10 % denominator;
	}
	return drop < (wide)points->units || (drop == (wide)points->units && !rest);
}

uint64_t
ratio_drop_needed(struct ratio before, struct ratio now, const struct decimal *points)
{
	uint64_t low = now.covered, high = now.total;

	while (low < high) {
		uint64_t middle = low + (high - low) / 2;

		if (ratio_drop_within(before, (struct ratio){middle, now.total}, points))
			high = middle;
		else
			low = middle + 1;
	}
	return low - now.covered;
}

int32_t
ratio_change(struct ratio before, struct ratio now)
{
	wide numerator, denominator;
	bool drop = is_drop(before, now, &numerator, &denominator);
	int32_t hundredths = (int32_t)((numerator * 10000 + denominator - 1) / denominator);

	return drop ? -hundredths : hundredths;
}

const char *
change_text(int32_t hundredths, char text[CHANGE_TEXT])
{
	uint32_t size = hundredths < 0 ? -(uint32_t)hundredths : (uint32_t)hundredths;

	if (!size)
		snprintf(text, CHANGE_TEXT, "0");
	else
		snprintf(text, CHANGE_TEXT, "%c%" PRIu32 ".%02" PRIu32, hundredths < 0 ? '-' : '+', size / 100, size % 100);
	return text;
}

uint32_t
ratio_hundredths(struct ratio ratio)
{
	if (!ratio.total)
		return 0;
	return (uint32_t)((wide)ratio.covered * 10000 / ratio.total);
}

const char *
ratio_text(struct ratio ratio, char text[RATIO_TEXT])
{
	uint32_t hundredths = ratio_hundredths(ratio);

	if (!ratio.total)
		snprintf(text, RATIO_TEXT, "n/a");
	else if (hundredths == 10000)
		snprintf(text, RATIO_TEXT, "100");
	else
		snprintf(text, RATIO_TEXT, "%" PRIu32 ".%02" PRIu32, hundredths / 100, hundredths % 100);
	return text;
}
