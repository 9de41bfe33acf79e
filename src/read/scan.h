/*
 * The fast way through clean bytes: searches that look at 64 bytes at once and stop where
 * read/repair.c has to look itself. They may stop early, never late.  `start` to `s` must be
 * readable too and `s` be the start of a character.
 */
#ifndef MUSTER_READ_SCAN_H
#define MUSTER_READ_SCAN_H

#include <stddef.h>
#include <stdint.h>

/* The name of an element whose tags are looked for. */
struct scan_name {
	const char *s;
	size_t length;	/* 0: none */
};

/* The first control character or byte that may be no part of an allowed character, or `end`. */
const char *scan_text(const char *start, const char *s, const char *end);
/*
 * The first place that may need more than passing on, or `end`: as scan_text(), or "&#", "]]",
 * "<!", "<?", or what may be a start or end tag of `name`.  So may be whatever `end` cuts.
 */
const char *scan_markup(const char *start, const char *s, const char *end, struct scan_name name);
/* How many newlines. */
uint64_t scan_lines(const char *s, const char *end);

#endif
