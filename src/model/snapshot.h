/*
 * What the writer (render/snapshot.c) and the reader (read/snapshot.c) of snapshots must agree on.  A snapshot is gzip (whose
 * checksum guards it) around: the magic line; strings; lanes and patterns; sources; files; audit; tests.  Every table begins
 * with its count; numbers are base/wire.h's; ids count as in the model and are in the order of model/order.h.
 */
#ifndef MUSTER_MODEL_SNAPSHOT_H
#define MUSTER_MODEL_SNAPSHOT_H

/* Any change of the layout below this line is a new version here; old ones are refused by name. */
#define SNAPSHOT_FAMILY "muster snapshot "
#define SNAPSHOT_MAGIC SNAPSHOT_FAMILY "1\n"

/* The small fields of a test case in one number. */
#define SNAPSHOT_FLAGS(status, skip, flaky, synthetic) \
	((unsigned)(status) | (unsigned)(skip) << 2 | (unsigned)(flaky) << 4 | (unsigned)(synthetic) << 5)
#define SNAPSHOT_FLAGS_MOST 63u

#endif
