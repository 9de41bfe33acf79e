/*
 * The reader of snapshots: what render/snapshot.c wrote comes back as the merged report that it
 * was.
 */
#ifndef MUSTER_READ_SNAPSHOT_H
#define MUSTER_READ_SNAPSHOT_H

#include "read/reader.h"

extern const struct reader reader_snapshot;

#endif
