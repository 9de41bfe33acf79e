/*
 * SHA-256 of texts (libmd).  Of whole inputs: base/input.h.
 */
#ifndef MUSTER_BASE_DIGEST_H
#define MUSTER_BASE_DIGEST_H

#include "base/str.h"

enum { DIGEST_HEX = 65 };

/* The digest as 64 hexadecimal digits and a NUL. */
void digest_hex(struct str text, char out[DIGEST_HEX]);

#endif
