/*
 * A borrowed run of bytes with its length, and the few questions asked of it.  Not NUL-terminated
 * unless its source says so, and may hold NULs.
 */
#ifndef MUSTER_BASE_STR_H
#define MUSTER_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *s;
	size_t length;
};

/* A literal as a struct str. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

/* The whole of a C string (NULL: empty). */
static inline struct str
str_of(const char *s)
{
	return (struct str){s ? s : "", s ? strlen(s) : 0};
}

static inline bool
str_equal(struct str a, struct str b)
{
	return a.length == b.length && (!a.length || memcmp(a.s, b.s, a.length) == 0);
}

/* Order of bytes, the shorter first where one begins the other: the order of every output. */
int str_compare(struct str a, struct str b);
/* Without the XML white space (blank, tab, CR, LF) at both ends. */
struct str str_trim(struct str s);
/* Up to the first LF, without that and a CR before it. */
struct str str_first_line(struct str s);
bool str_starts(struct str s, struct str head);
bool str_ends(struct str s, struct str tail);
/* ASCII letters of any case are equal; no locale. */
bool str_equal_fold(struct str a, struct str b);

#endif
