/* The time attributes of test reports. */
#include "read/duration.h"

#include "base/number.h"

enum { TEXT_MOST = 64 };	/* longer is no time */

#define SECOND	UINT64_C(1000000000)
#define MINUTE	(60 * SECOND)
#define HOUR	(60 * MINUTE)
#define DAY	(24 * HOUR)

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Adds `text` units of so many nanoseconds to *sum. */
static bool
add_units(struct str text, uint64_t unit, int64_t *sum)
{
	struct number number;
	__extension__ unsigned __int128 scaled, power = 1;

	if (number_decimal(text, NUMBER_POINT_OR_COMMA, &number) != NUMBER_OK || number.negative)
		return false;
	for (unsigned i = 0; i < number.places; i++)
		power *= 10;
	scaled = number.units;
	scaled = (scaled * unit + power / 2) / power;
	if (scaled > (uint64_t)INT64_MAX - (uint64_t)*sum)
		return false;
	*sum += (int64_t)scaled;
	return true;
}

/* The digits before an exponent, if any. */
static struct str
mantissa(struct str text)
{
	size_t length = 0;

	while (length < text.length && text.s[length] != 'e' && text.s[length] != 'E')
		length++;
	if (length && (text.s[0] == '+' || text.s[0] == '-'))
		return (struct str){text.s + 1, length - 1};
	return (struct str){text.s, length};
}

/* [1-9]d{0,2}(,ddd)+ */
static bool
is_grouped(struct str s)
{
	size_t head = s.length % 4;

	if (s.length < 5 || !head || s.s[0] < '1' || s.s[0] > '9')
		return false;
	for (size_t i = 0; i < s.length; i++)
		if (i % 4 == head ? s.s[i] != ',' : !is_digit(s.s[i]))
			return false;
	return true;
}

/* The sign that only groups digits; NUL: none does. */
static char
grouping_sign(struct str s)
{
	char last = '\0';
	bool point = false, comma = false;

	for (size_t i = 0; i < s.length; i++) {
		if (s.s[i] != '.' && s.s[i] != ',')
			continue;
		last = s.s[i];
		point = point || last == '.';
		comma = comma || last == ',';
	}
	if (point && comma)
		return last == '.' ? ',' : '.';
	return is_grouped(s) ? ',' : '\0';
}

static bool
seconds_parse(struct str text, int64_t *sum)
{
	char grouping = grouping_sign(mantissa(text));
	char plain[TEXT_MOST];
	size_t length = 0;

	if (!grouping)
		return add_units(text, SECOND, sum);
	for (size_t i = 0; i < text.length; i++)
		if (text.s[i] != grouping)
			plain[length++] = text.s[i];
	return add_units((struct str){plain, length}, SECOND, sum);
}

/* The digits at the start of *text with a fraction, which are taken off. */
static struct str
take_digits(struct str *text)
{
	struct str digits = {text->s, 0};

	while (digits.length < text->length &&
	    (is_digit(text->s[digits.length]) || text->s[digits.length] == '.' || text->s[digits.length] == ','))
		digits.length++;
	*text = (struct str){text->s + digits.length, text->length - digits.length};
	return digits;
}

/* hh:mm:ss.fff */
static bool
clock_parse(struct str text, int64_t *sum)
{
	static const uint64_t units[] = { HOUR, MINUTE, SECOND };

	for (size_t i = 0; i < 3; i++) {
		struct str digits = take_digits(&text);

		if (!add_units(digits, units[i], sum))
			return false;
		if (i == 2)
			break;
		if (!text.length || text.s[0] != ':')
			return false;
		text = (struct str){text.s + 1, text.length - 1};
	}
	return !text.length;
}

/* ISO 8601 behind the P: 1DT2H3M4.5S, every part optional but one. */
static bool
iso_parse(struct str text, int64_t *sum)
{
	static const struct { char letter; bool time; uint64_t unit; } parts[] = {
		{ 'D', false, DAY }, { 'H', true, HOUR }, { 'M', true, MINUTE }, { 'S', true, SECOND },
	};
	bool time = false, any = false;

	for (size_t i = 0; text.length; any = true, i++) {
		struct str digits;

		if (!time && text.s[0] == 'T') {
			time = true;
			text = (struct str){text.s + 1, text.length - 1};
		}
		digits = take_digits(&text);
		if (!text.length)
			return false;
		while (i < 4 && (parts[i].letter != text.s[0] || parts[i].time != time))
			i++;
		if (i == 4 || !add_units(digits, parts[i].unit, sum))
			return false;
		text = (struct str){text.s + 1, text.length - 1};
	}
	return any;
}

static bool
parse(struct str text, int64_t *sum)
{
	if (!text.length || text.length > TEXT_MOST)
		return false;
	if (text.s[0] == 'P')
		return iso_parse((struct str){text.s + 1, text.length - 1}, sum);
	if (memchr(text.s, ':', text.length))
		return clock_parse(text, sum);
	return seconds_parse(text, sum);
}

/* The fast way for what nearly all times are: up to nine digits, and as many behind a point. */
static bool
plain_parse(struct str text, int64_t *nanoseconds)
{
	uint64_t value = 0, scale = SECOND;
	bool point = false;

	for (size_t i = 0; i < text.length; i++) {
		if (text.s[i] == '.' && !point && i && i + 1 < text.length) {
			point = true;
			continue;
		}
		if (!is_digit(text.s[i]) || (point ? scale == 1 : i == 9))
			return false;
		value = value * 10 + (uint64_t)(text.s[i] - '0');
		scale /= point ? 10 : 1;
	}
	*nanoseconds = (int64_t)(value * scale);
	return text.length > 0;
}

bool
duration_parse(struct str text, int64_t *nanoseconds)
{
	int64_t sum = 0;

	if (plain_parse(text, nanoseconds))
		return true;
	*nanoseconds = -1;
	if (!parse(str_trim(text), &sum))
		return false;
	*nanoseconds = sum;
	return true;
}
