/* Searches with vectors of 16 bytes, which gcc and clang have on every machine. */
#include "read/scan.h"

#include <endian.h>
#include <stdbool.h>
#include <string.h>

typedef signed char vector __attribute__((vector_size(16)));

enum { STEP = sizeof(vector), BLOCK = 4 * STEP };

/* What was found in 64 bytes: lanes that are not zero. */
struct found {
	vector a, b, c, d;
};

static inline vector
load(const char *s)
{
	vector v;

	memcpy(&v, s, sizeof(v));
	return v;
}

static inline bool
any(struct found found)
{
	vector all = found.a | found.b | found.c | found.d;
	uint64_t halves[2];

	memcpy(halves, &all, sizeof(halves));
	return (halves[0] | halves[1]) != 0;
}

/* The place of the first one; there is one. */
static inline size_t
first(struct found found)
{
	uint64_t eighths[BLOCK / 8];
	size_t i = 0;

	memcpy(eighths, &found, sizeof(eighths));
	while (!eighths[i])
		i++;
	return 8 * i + (size_t)__builtin_ctzll(le64toh(eighths[i])) / 8;
}

/* Bytes beyond ASCII are negative here, so below the blank as control characters are. */
static inline vector
unusual(vector v)
{
	return (v < ' ') & (v != '\t') & (v != '\n') & (v != '\r');
}

static inline bool
is_unusual(char c)
{
	return (signed char)c < ' ' && c != '\t' && c != '\n' && c != '\r';
}

/* 0x80 to 0xbf: further bytes of characters. */
static inline vector
further(vector v)
{
	return v < -64;
}

/* 0xc2 to 0xdf: leads of two. */
static inline vector
leads_two(vector v)
{
	return (v >= -62) & (v <= -33);
}

/* 0xe1 to 0xef, but not where the second byte decides on more (surrogates, U+FFFE). */
static inline vector
leads_three(vector v, vector next)
{
	return (v >= -31) & (v <= -17) & (v != -19) & ((v != -17) | (next != -65));
}

/* Bytes of whole, usual characters of two and three bytes. */
static inline vector
wide(const char *s)
{
	vector before = load(s - 2);
	vector previous = load(s - 1);
	vector v = load(s);
	vector next = load(s + 1);
	vector second = leads_two(previous) | leads_three(previous, v);
	vector third = leads_three(before, previous) & further(previous);

	return (leads_two(v) & further(next)) |
	    (leads_three(v, next) & further(next) & further(load(s + 2))) |
	    (further(v) & (second | third));
}

/* Of a name the first and the last byte are looked at. */
static inline vector
tag_of(struct scan_name name, const char *s, vector next)
{
	char last = name.s[name.length - 1];

	return ((next == *name.s) & (load(s + name.length) == last)) |
	    ((next == '/') & (load(s + name.length + 1) == last));
}

/* Looks at STEP bytes, one behind them and as many more as the name is long. */
static inline vector
notable(const char *s, struct scan_name name, bool markup)
{
	vector v = load(s);
	vector next = load(s + 1);
	vector behind = (next == '!') | (next == '?');

	if (!markup)
		return unusual(v);
	if (name.length)
		behind |= tag_of(name, s, next);
	return unusual(v) | ((v == '&') & (next == '#')) | ((v == ']') & (next == ']')) |
	    ((v == '<') & behind);
}

/* How many bytes at `s` belong to a character that is whole and began before. */
static size_t
rest_of_character(const char *s)
{
	const unsigned char *byte = (const unsigned char *)s;

	if ((byte[0] & 0xc0) != 0x80 || byte[-1] < 0x80)
		return 0;
	if (byte[-1] >= 0xe0)
		return 2;
	return byte[-1] >= 0xc0 || byte[-2] >= 0xe0 ? 1 : 0;
}

static inline struct found
find(const char *s, struct scan_name name, bool markup)
{
	return (struct found){
		notable(s, name, markup),
		notable(s + STEP, name, markup),
		notable(s + 2 * STEP, name, markup),
		notable(s + 3 * STEP, name, markup),
	};
}

static inline struct found
without_wide(struct found found, const char *s)
{
	return (struct found){
		found.a & ~wide(s),
		found.b & ~wide(s + STEP),
		found.c & ~wide(s + 2 * STEP),
		found.d & ~wide(s + 3 * STEP),
	};
}

/* Goes on by whole blocks: to the first thing found (*hit) or until less than a block is left. */
static inline __attribute__((always_inline)) const char *
scan_blocks(const char *start, const char *s, const char *end, struct scan_name name, bool markup,
    bool *hit)
{
	const char *from = s;

	*hit = false;
	for (; (size_t)(end - s) > BLOCK + 1 + name.length; s += BLOCK) {
		struct found found = find(s, name, markup);

		if (!any(found))
			continue;
		if (s - start >= 2 && (signed char)s[first(found)] < 0)
			found = without_wide(found, s);
		if (!any(found))
			continue;
		*hit = true;
		return s + first(found);
	}
	return s - from >= 2 ? s + rest_of_character(s) : s;
}

const char *
scan_text(const char *start, const char *s, const char *end)
{
	bool hit;

	s = scan_blocks(start, s, end, (struct scan_name){NULL, 0}, false, &hit);
	while (!hit && s < end && !is_unusual(*s))
		s++;
	return s;
}

static bool
is_notable(const char *s, const char *end, struct scan_name name)
{
	if (*s != '&' && *s != ']' && *s != '<')
		return is_unusual(*s);
	if (s + 1 == end || (*s == '&' && s[1] == '#') || (*s == ']' && s[1] == ']'))
		return true;
	return *s == '<' && (s[1] == '!' || s[1] == '?' || name.length);
}

const char *
scan_markup(const char *start, const char *s, const char *end, struct scan_name name)
{
	bool hit;

	if (name.length)
		s = scan_blocks(start, s, end, name, true, &hit);
	else
		s = scan_blocks(start, s, end, (struct scan_name){NULL, 0}, true, &hit);
	while (!hit && s < end && !is_notable(s, end, name))
		s++;
	return s;
}

/* The sums of one step in lanes of a byte; never more than `STEP` steps, so that none overflows. */
static uint64_t
sum(vector counts)
{
	uint64_t total = 0;

	for (size_t i = 0; i < STEP; i++)
		total += (unsigned char)counts[i];
	return total;
}

uint64_t
scan_lines(const char *s, const char *end)
{
	uint64_t lines = 0;

	while (end - s >= STEP) {
		vector counts = {0};
		size_t steps = (size_t)(end - s) / STEP;

		if (steps > INT8_MAX)
			steps = INT8_MAX;
		for (size_t i = 0; i < steps; i++, s += STEP)
			counts -= load(s) == '\n';
		lines += sum(counts);
	}
	for (; s < end; s++)
		lines += *s == '\n';
	return lines;
}
