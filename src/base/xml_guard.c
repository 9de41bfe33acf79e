/* Counts the attributes of long tags before the parser sees them. */
#include "base/xml_guard.h"

#include "base/limits.h"

/*
 * A tag that holds no '<' in a whole window is long.  Tags up to twice this are not counted:
 * they hold too few attributes to take long.
 */
enum { WINDOW = 2048 };

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether what follows '<', or a name inside the tag, can still be part of a start tag. */
static bool
is_tag_byte(const struct xml_guard *guard, char c)
{
	if (guard->previous == '<')
		return c != '!' && c != '?' && c != '/' && c != '>' && !is_blank(c);
	return c != '>' && c != '<';
}

static void
take_byte(struct xml_guard *guard, char c)
{
	if (c != '"' && c != '\'') {
		guard->open = is_tag_byte(guard, c);
	} else if (guard->previous == '=') {
		guard->quote = c;
		guard->attributes++;
	} else {
		guard->open = false;
	}
	if (!is_blank(c))
		guard->previous = c;
}

/* Goes through bytes that hold no '<', as far as the tag goes. */
static bool
count(struct xml_guard *guard, const char *s, const char *end)
{
	while (s < end && guard->open && guard->attributes <= LIMIT_XML_ATTRIBUTES) {
		if (!guard->quote) {
			take_byte(guard, *s++);
			continue;
		}
		s = memchr(s, guard->quote, (size_t)(end - s));
		if (!s)
			break;
		guard->previous = *s++;
		guard->quote = 0;
	}
	return guard->attributes <= LIMIT_XML_ATTRIBUTES;
}

/*
 * Counts what stands around `at`: from the '<' before it (or `start`) to the one behind it (or
 * `end`).
 */
static bool
count_around(struct xml_guard *guard, const char *start, const char *at, const char *end,
    const char **from, const char **to)
{
	const char *tag = memrchr(start, '<', (size_t)(at - start));
	const char *next = memchr(at, '<', (size_t)(end - at));

	*from = tag ? tag : start;
	*to = next ? next : end;
	if (tag)
		*guard = (struct xml_guard){.open = true, .previous = '<'};
	return count(guard, tag ? tag + 1 : start, *to);
}

bool
xml_guard_pass(struct xml_guard *guard, struct str bytes, size_t *safe)
{
	const char *end = bytes.s + bytes.length;
	const char *at = bytes.s;
	const char *from = at;
	bool passed = count_around(guard, at, at, end, &from, &at);

	while (passed && at < end) {
		size_t left = (size_t)(end - at);

		if (left > WINDOW && memchr(at + 1, '<', WINDOW - 1))
			at += WINDOW;
		else
			passed = count_around(guard, bytes.s, left > WINDOW ? at + 1 : end, end,
			    &from, &at);
	}
	*safe = passed ? bytes.length : (size_t)(from - bytes.s);
	return passed;
}
