/*
 * Writing gzip into an output: the same bytes in give the same bytes out (no name, no time).
 */
#ifndef MUSTER_BASE_GZIP_H
#define MUSTER_BASE_GZIP_H

#include "base/output.h"

struct gzip;

/* Owned: gzip_finish(). */
struct gzip *gzip_begin(struct output *output);
void gzip_add(struct gzip *gzip, struct str bytes);
/* Writes what is left and the checksum, and frees. */
void gzip_finish(struct gzip *gzip);

#endif
