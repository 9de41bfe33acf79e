/* Questions asked of runs of bytes. */
#include "base/str.h"

int
str_compare(struct str a, struct str b)
{
	size_t shared = a.length < b.length ? a.length : b.length;
	int order = shared ? memcmp(a.s, b.s, shared) : 0;

	if (order)
		return order;
	return (a.length > b.length) - (a.length < b.length);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str
str_trim(struct str s)
{
	while (s.length && is_blank(s.s[0]))
		s = (struct str){s.s + 1, s.length - 1};
	while (s.length && is_blank(s.s[s.length - 1]))
		s.length--;
	return s;
}

struct str
str_first_line(struct str s)
{
	const char *newline = s.length ? memchr(s.s, '\n', s.length) : NULL;

	if (!newline)
		return s;
	s.length = (size_t)(newline - s.s);
	if (s.length && s.s[s.length - 1] == '\r')
		s.length--;
	return s;
}

bool
str_starts(struct str s, struct str head)
{
	return s.length >= head.length && (!head.length || memcmp(s.s, head.s, head.length) == 0);
}

bool
str_ends(struct str s, struct str tail)
{
	return s.length >= tail.length &&
	    (!tail.length || memcmp(s.s + s.length - tail.length, tail.s, tail.length) == 0);
}

static char
fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool
str_equal_fold(struct str a, struct str b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++)
		if (fold(a.s[i]) != fold(b.s[i]))
			return false;
	return true;
}
