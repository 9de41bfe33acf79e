/*
 * The one parser of numbers that come from inputs: exact, without doubles, in time linear in the
 * text whatever its exponent says.  XML white space around a number is no part of it.
 */
#ifndef MUSTER_BASE_NUMBER_H
#define MUSTER_BASE_NUMBER_H

#include "base/str.h"

#include <stdint.h>

enum number_status {
	NUMBER_OK,
	NUMBER_NONE,		/* no number at all, or something beside it */
	NUMBER_OVERFLOW,	/* a number too large to be held */
};

enum hits_status {
	HITS_OK,
	HITS_NEGATIVE,	/* integral but below 0; the value is 0 */
	HITS_HUGE,	/* from 2^63 on; the value is HITS_MOST */
	HITS_BAD,	/* missing, no number, or not integral; the value is 0 */
};

#define HITS_MOST	((uint64_t)INT64_MAX)

/* units / 10^places, negative or not; `units` has no trailing zero that `places` counts. */
struct number {
	uint64_t units;
	unsigned places;	/* at most NUMBER_PLACES */
	bool negative;		/* never of a zero */
	bool exact;		/* false: digits behind the last place were dropped */
};

enum { NUMBER_PLACES = 18 };

/* Which signs part the whole from its fraction. */
enum number_point { NUMBER_POINT, NUMBER_POINT_OR_COMMA };

/* The bodies of number_u64() and number_hits() for texts that number_plain() does not take. */
enum number_status number_u64_any(struct str text, uint64_t *out);
enum hits_status number_hits_any(struct str text, uint64_t *out);

/* The fast way for what nearly all numbers are: up to 18 digits and nothing else. */
static inline bool
number_plain(struct str text, uint64_t *out)
{
	uint64_t value = 0;

	if (text.length - 1 > 17)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		unsigned digit = (unsigned char)text.s[i] - (unsigned)'0';

		if (digit > 9)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return true;
}

/* Decimal digits alone, without a sign.  *out is 0 unless NUMBER_OK. */
static inline enum number_status
number_u64(struct str text, uint64_t *out)
{
	return number_plain(text, out) ? NUMBER_OK : number_u64_any(text, out);
}

/* A hit count: any integral decimal ("7", "+7", "1.0", "1e3"), by the table of COVERAGE 5. */
static inline enum hits_status
number_hits(struct str text, uint64_t *out)
{
	return number_plain(text, out) ? HITS_OK : number_hits_any(text, out);
}

/*
 * A decimal with an optional sign, fraction and exponent: "-12.5e-3", ".5", "5.".  One point (or
 * comma) at most.  NUMBER_OVERFLOW when the whole part is past 64 bits.  *out is zeroed unless
 * NUMBER_OK.
 */
enum number_status number_decimal(struct str text, enum number_point point, struct number *out);

#endif
