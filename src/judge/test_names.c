/* What differs from run to run in the names of tests. */
#include "judge/test_names.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool
is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t
run_of(struct str s, size_t at, bool (*is)(char))
{
	size_t end = at;

	while (end < s.length && is(s.s[end]))
		end++;
	return end - at;
}

/*
 * How many bytes from `at` on fit a shape: 'd' a digit, 'h' a hexadecimal one, '?' any of "T_ ",
 * anything else itself; 0: they don't.
 */
static size_t
fits(struct str s, size_t at, const char *shape)
{
	size_t length = strlen(shape);

	if (s.length - at < length)
		return 0;
	for (size_t i = 0; i < length; i++) {
		char c = s.s[at + i];
		bool good = shape[i] == 'd'   ? is_digit(c)
			    : shape[i] == 'h' ? is_hex(c)
			    : shape[i] == '?' ? c == 'T' || c == '_' || c == ' '
					      : c == shape[i];

		if (!good)
			return 0;
	}
	return length;
}

static bool
ends_word(struct str s, size_t at)
{
	return at == s.length || !is_word(s.s[at]);
}

/* 0x7f3a5c001230; small constants stay. */
static size_t
match_address(struct str s, size_t at)
{
	enum { ADDRESS_DIGITS = 6 };
	size_t digits;

	if (!fits(s, at, "0x") && !fits(s, at, "0X"))
		return 0;
	digits = run_of(s, at + 2, is_hex);
	return digits >= ADDRESS_DIGITS && ends_word(s, at + 2 + digits) ? 2 + digits : 0;
}

static size_t
match_uuid(struct str s, size_t at)
{
	size_t length = fits(s, at, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh");

	return length && ends_word(s, at + length) ? length : 0;
}

/* The fraction and the zone behind a time. */
static size_t
match_time_tail(struct str s, size_t at)
{
	size_t end = at, zone;

	if (end < s.length && (s.s[end] == '.' || s.s[end] == ',') && run_of(s, end + 1, is_digit))
		end += 1 + run_of(s, end + 1, is_digit);
	if (fits(s, end, "Z"))
		return end + 1 - at;
	zone = fits(s, end, "+dd:dd");
	zone = zone ? zone : fits(s, end, "-dd:dd");
	zone = zone ? zone : fits(s, end, "+dddd");
	return end + zone - at;
}

/* 2024-05-01T12:00:00.5+02:00, 20240501T120000Z. */
static size_t
match_time(struct str s, size_t at)
{
	size_t length = fits(s, at, "dddd-dd-dd?dd:dd:dd");

	length = length ? length : fits(s, at, "dddd-dd-dd?dd:dd");
	length = length ? length : fits(s, at, "ddddddddTdddddd");
	return length ? length + match_time_tail(s, at + length) : 0;
}

static bool
is_date(struct str s, size_t at)
{
	unsigned month = (unsigned)(s.s[at + 4] - '0') * 10 + (unsigned)(s.s[at + 5] - '0');

	return (fits(s, at, "19") || fits(s, at, "20")) && month >= 1 && month <= 12;
}

/* -20240501120000, as unittest-xml-reporting names its suites. */
static size_t
match_suffix(struct str s, size_t at)
{
	size_t length = fits(s, at, "-dddddddddddddd");

	return length && is_date(s, at + 1) && ends_word(s, at + length) ? length : 0;
}

static bool
is_path(char c)
{
	return c && !strchr(" \t\r\n\"'`,;:|<>()[]{}", c);
}

/*
 * The folders of a path into a place of temporary files; what the file itself is called stays, if
 * it is in a folder there.
 */
static size_t
match_temporary(struct str s, size_t at)
{
	static const char *const places[] = {
	    "/tmp/",
	    "/var/tmp/",
	    "/private/tmp/",
	    "/var/folders/",
	    "/private/var/folders/",
	    "\\AppData\\Local\\Temp\\",
	    "\\Windows\\Temp\\",
	};
	struct str rest = {s.s + at, s.length - at};
	size_t head = 0, end, last;

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (str_starts(rest, str_of(places[i])))
			head = strlen(places[i]);
	if (!head || !run_of(s, at + head, is_path))
		return 0;
	end = last = at + head + run_of(s, at + head, is_path);
	while (s.s[last - 1] != '/' && s.s[last - 1] != '\\')
		last--;
	return (last > at + head && last < end ? last : end) - at;
}

/* The replaceable bytes at this place; 0: none. */
static size_t
match(struct str s, size_t at)
{
	bool inside = at && is_word(s.s[at - 1]);
	char c = s.s[at];

	if (c == '/' || c == '\\')
		return inside && c == '/' ? 0 : match_temporary(s, at);
	if (c == '-')
		return match_suffix(s, at);
	if (inside || !is_hex(c))
		return 0;
	return match_address(s, at) + match_uuid(s, at) + match_time(s, at);
}

bool
test_name_normalise(struct str name, struct strbuf *out)
{
	bool replaced = false;

	for (size_t at = 0, length; at < name.length; at += length) {
		length = match(name, at);
		replaced = replaced || length;
		if (length)
			strbuf_add_char(out, '*');
		else
			strbuf_add_char(out, name.s[at]);
		length += !length;
	}
	return replaced;
}
