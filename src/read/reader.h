/*
 * The table of readers: one const struct per format, each with a bid on the first bytes; the highest bid wins, no trial
 * parsing.  A report of another kind is refused by its name.  To add a format: one file, one line in reader.c.
 */
#ifndef MUSTER_READ_READER_H
#define MUSTER_READ_READER_H

#include "base/error.h"
#include "base/input.h"
#include "model/intake.h"
#include "model/report.h"

struct reader {
	const char *name;	/* for --format */
	const char *help;	/* one line for --list-formats */
	enum source_kind kind;
	/* 0: not mine; up to 100: surely mine.  `head` is the start of the unpacked bytes, in any encoding. */
	int (*bid)(struct str head);
	/*
	 * Reads a whole coverage report into `intake`.  On failure the intake holds its audit at most, and
	 * err->line the place.  NULL for test reports.
	 */
	bool (*coverage)(struct input *input, struct intake *intake, struct error *err);
	/*
	 * Reads a whole test report into `report` (begun by report_begin; audit begun).  A damaged one keeps its
	 * complete cases and fails with ERROR_DAMAGED.  NULL for coverage reports.
	 */
	bool (*tests)(struct input *input, struct report *report, struct error *err);
	/*
	 * Reads what an earlier run merged, lanes, sources, audit and all, into the empty `report`, which
	 * stays empty on failure.  NULL for reports; `kind` means nothing then.
	 */
	bool (*snapshot)(struct input *input, struct report *report, struct error *err);
};

/* The readers, NULL at the end. */
extern const struct reader *const readers[];
/* The reader of this name or NULL. */
const struct reader *reader_find(struct str name);
/*
 * The reader whose bid on the head is the highest.  NULL: ERROR_FOREIGN that says what the input is instead ("this is a JaCoCo
 * report", "a zip archive", "root element <html>"), or that it is empty, with the line.
 */
const struct reader *reader_choose(struct str head, struct error *err);
/* That of an input, whose head is looked at as far as blanks, log lines or comments stand before the report. */
const struct reader *reader_of_input(struct input *input, struct error *err);

#endif
