/* The one parser of numbers that come from inputs. */
#include "base/number.h"

#define EXPONENT_MOST	((int64_t)1 << 40)	/* beyond any length of text; nothing wraps */

/* The digits of a decimal: units * 10^scale, where the digits that did not fit are missing. */
struct digits {
	uint64_t units;
	int64_t scale;
	int64_t lowest;		/* power of ten of the last digit that is not 0 */
	bool negative;
	bool exact;
};

static bool
is_digit(struct str s)
{
	return s.length && s.s[0] >= '0' && s.s[0] <= '9';
}

static void
skip(struct str *s)
{
	s->s++;
	s->length--;
}

static bool
skip_sign(struct str *s)
{
	bool negative = s->length && s->s[0] == '-';

	if (s->length && (s->s[0] == '-' || s->s[0] == '+'))
		skip(s);
	return negative;
}

/* Appends one digit and the zeros that stood before it. */
static void
add_digit(struct digits *d, int64_t power, unsigned digit)
{
	uint64_t units = d->units;

	for (int64_t at = d->scale; units && at > power; at--) {
		if (__builtin_mul_overflow(units, 10, &units)) {
			d->exact = false;
			return;
		}
	}
	if (__builtin_add_overflow(units, digit, &units)) {
		d->exact = false;
		return;
	}
	d->units = units;
	d->scale = power;
}

/*
 * Takes a run of digits, the first of which stands for 10^power; returns how many there were. 
 * Zeros are only added when another digit follows them.
 */
static int64_t
take_digits(struct str *text, struct digits *d, int64_t power)
{
	int64_t count = 0;

	for (; is_digit(*text); skip(text), count++) {
		unsigned digit = (unsigned)(text->s[0] - '0');

		if (!digit)
			continue;
		d->lowest = power - count;
		if (d->exact)
			add_digit(d, power - count, digit);
	}
	return count;
}

static int64_t
count_digits(struct str text)
{
	int64_t count = 0;

	for (; is_digit(text); skip(&text))
		count++;
	return count;
}

/* The exponent behind a mantissa, saturated; false when there is an 'e' without digits. */
static bool
take_exponent(struct str *text, int64_t *exponent)
{
	bool negative;
	int64_t value = 0;

	*exponent = 0;
	if (!text->length || (text->s[0] != 'e' && text->s[0] != 'E'))
		return true;
	skip(text);
	negative = skip_sign(text);
	if (!is_digit(*text))
		return false;
	for (; is_digit(*text); skip(text))
		if (value < EXPONENT_MOST)
			value = value * 10 + (text->s[0] - '0');
	*exponent = negative ? -value : value;
	return true;
}

static bool
is_point(struct str text, enum number_point point)
{
	if (!text.length)
		return false;
	return text.s[0] == '.' || (point == NUMBER_POINT_OR_COMMA && text.s[0] == ',');
}

/* False when the text is not wholly one decimal. */
static bool
scan(struct str text, enum number_point point, struct digits *d)
{
	int64_t whole, fraction = 0, exponent;

	*d = (struct digits){.exact = true};
	text = str_trim(text);
	d->negative = skip_sign(&text);
	whole = count_digits(text);
	take_digits(&text, d, whole - 1);
	if (is_point(text, point)) {
		skip(&text);
		fraction = take_digits(&text, d, -1);
	}
	if (!whole && !fraction)
		return false;
	if (!take_exponent(&text, &exponent) || text.length)
		return false;
	d->scale += exponent;
	d->lowest += exponent;
	return true;
}

enum number_status
number_u64_any(struct str text, uint64_t *out)
{
	uint64_t value = 0;
	bool overflow = false;

	*out = 0;
	text = str_trim(text);
	if (!is_digit(text))
		return NUMBER_NONE;
	for (; is_digit(text); skip(&text))
		overflow = overflow || __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, (unsigned)(text.s[0] - '0'), &value);
	if (text.length)
		return NUMBER_NONE;
	if (overflow)
		return NUMBER_OVERFLOW;
	*out = value;
	return NUMBER_OK;
}

/* units * 10^scale for a scale from 0 on; false when that is past 64 bits. */
static bool
scale_up(uint64_t *units, int64_t scale)
{
	for (; *units && scale > 0; scale--)
		if (__builtin_mul_overflow(*units, 10, units))
			return false;
	return true;
}

enum hits_status
number_hits_any(struct str text, uint64_t *out)
{
	struct digits d;
	bool huge;

	*out = 0;
	if (!scan(text, NUMBER_POINT, &d))
		return HITS_BAD;
	if (!d.units)
		return HITS_OK;
	if (d.lowest < 0)
		return HITS_BAD;
	if (d.negative)
		return HITS_NEGATIVE;
	huge = !scale_up(&d.units, d.scale) || d.units > HITS_MOST || !d.exact;
	*out = huge ? HITS_MOST : d.units;
	return huge ? HITS_HUGE : HITS_OK;
}

/* Drops places until there are at most NUMBER_PLACES. */
static void
drop_places(struct digits *d)
{
	for (; d->units && d->scale < -NUMBER_PLACES; d->scale++) {
		d->exact = d->exact && d->units % 10 == 0;
		d->units /= 10;
	}
	for (; d->units && d->scale < 0 && d->units % 10 == 0; d->scale++)
		d->units /= 10;
}

enum number_status
number_decimal(struct str text, enum number_point point, struct number *out)
{
	struct digits d;

	*out = (struct number){0};
	if (!scan(text, point, &d))
		return NUMBER_NONE;
	if (d.scale > 0 && (!d.exact || !scale_up(&d.units, d.scale)))
		return NUMBER_OVERFLOW;
	if (d.scale < 0)
		drop_places(&d);
	*out = (struct number){
	    .units = d.units,
	    .places = d.units && d.scale < 0 ? (unsigned)-d.scale : 0,
	    .negative = d.negative && d.units,
	    .exact = d.exact,
	};
	return NUMBER_OK;
}
