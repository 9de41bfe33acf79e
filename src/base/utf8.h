/*
 * UTF-8 without any locale: strict decoding, and how wide a character is on a terminal.
 */
#ifndef MUSTER_BASE_UTF8_H
#define MUSTER_BASE_UTF8_H

#include "base/str.h"

#include <stdint.h>

/*
 * The first character of `s`: its length in bytes, or 0 when `s` is empty or the bytes there are no
 * character (overlong forms, surrogates and anything above U+10FFFF are none).
 */
size_t utf8_decode(struct str s, uint32_t *code_point);
/* Columns a character takes: 0 (combining), 1 or 2 (East Asian wide, emoji).  Controls are not asked for. */
unsigned utf8_width(uint32_t code_point);
/* Columns of a whole text; a byte that is no character takes one. */
size_t utf8_columns(struct str s);

#endif
