/*
 * Reading one input into a report of its own: whatever it holds, a merged snapshot or one coverage
 * or test report.
 */
#ifndef MUSTER_CLI_READING_H
#define MUSTER_CLI_READING_H

#include "cli/inputs.h"

/* What all inputs of a run are read with; borrowed, shared by all threads. */
struct reading {
	const struct settings *settings;
	const struct path_settings *paths;
	bool digests;	/* every source gets one, as snapshots want (COVERAGE 3.8) */
};

/*
 * Reads `item`, the input of this index, into the empty `report`: content, one row of a source
 * (many, of a snapshot) and findings.  What could not be read whole has the reason in item->error,
 * in the row of its source and in a finding.  `ahead`: a processor is free to unpack for it.
 */
void reading_read(const struct reading *reading, struct run_input *item, size_t index, bool ahead,
    struct report *report);
/*
 * The reader of an input by its content, kept in the item; NULL: none, or it can't be opened (what
 * is read tells why).
 */
const struct reader *reading_choose(struct run_input *item);
/* Files of a report that --include and --exclude leave out are taken away. */
void reading_filter(struct report *report, const struct filter *filter);

#endif
