/* ISO 8601 to seconds. */
#include "base/timestamp.h"

enum { DAY = 86400, HOUR = 3600, MINUTE = 60 };

/* Takes `count` digits off the front of a text. */
static bool
take_digits(struct str *text, size_t count, int64_t *out)
{
	*out = 0;
	if (text->length < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (text->s[i] < '0' || text->s[i] > '9')
			return false;
		*out = *out * 10 + (text->s[i] - '0');
	}
	*text = (struct str){text->s + count, text->length - count};
	return true;
}

/* Takes one of these characters off the front. */
static bool
take_any(struct str *text, const char *signs)
{
	if (!text->length || !text->s[0] || !strchr(signs, text->s[0]))
		return false;
	*text = (struct str){text->s + 1, text->length - 1};
	return true;
}

static bool
is_leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t
month_length(int64_t year, int64_t month)
{
	static const int64_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Takes "2024-05-01" as days since 1970. */
static bool
take_date(struct str *text, int64_t *days)
{
	int64_t year, month, day, before;

	if (!take_digits(text, 4, &year) || !take_any(text, "-") || !take_digits(text, 2, &month) ||
	    !take_any(text, "-") || !take_digits(text, 2, &day))
		return false;
	if (year < 1970 || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
		return false;
	before = year - 1;
	*days = year * 365 + before / 4 - before / 100 + before / 400 - 719528 + day;
	for (int64_t i = 1; i < month; i++)
		*days += month_length(year, i);
	return true;
}

/* Takes "12:00:00.123" as seconds. */
static bool
take_time(struct str *text, int64_t *seconds)
{
	int64_t hour, minute, second, fraction;

	if (!take_digits(text, 2, &hour) || !take_any(text, ":") || !take_digits(text, 2, &minute) ||
	    !take_any(text, ":") || !take_digits(text, 2, &second))
		return false;
	if (take_any(text, ".,"))
		while (take_digits(text, 1, &fraction))
			continue;
	*seconds = hour * HOUR + minute * MINUTE + second;
	return hour < 24 && minute < 60 && second <= 60;
}

/* Takes "Z", "+02:00", "-0200", "+02" or nothing as seconds east. */
static bool
take_zone(struct str *text, int64_t *east)
{
	int64_t hour, minute = 0;
	bool west = text->length && text->s[0] == '-';

	*east = 0;
	if (!text->length || take_any(text, "Zz"))
		return true;
	if (!take_any(text, "+-") || !take_digits(text, 2, &hour))
		return false;
	take_any(text, ":");
	if (text->length && !take_digits(text, 2, &minute))
		return false;
	*east = (hour * HOUR + minute * MINUTE) * (west ? -1 : 1);
	return hour < 24 && minute < 60;
}

bool
timestamp_parse(struct str text, uint64_t *seconds)
{
	struct str rest = str_trim(text);
	int64_t days, time, east;

	if (!take_date(&rest, &days) || !take_any(&rest, "Tt ") || !take_time(&rest, &time))
		return false;
	if (!take_zone(&rest, &east) || rest.length || days * DAY + time < east)
		return false;
	*seconds = (uint64_t)(days * DAY + time - east);
	return true;
}
