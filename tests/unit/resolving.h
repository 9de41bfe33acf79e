/*
 * Test reports from texts, read, merged and resolved, and what came of them as short texts, for tests of the test reports'
 * whole way.
 */
#ifndef MUSTER_TESTS_RESOLVING_H
#define MUSTER_TESTS_RESOLVING_H

#include "base/strbuf.h"
#include "model/outcome.h"
#include "read/reader.h"

struct resolving {
	struct report report;
	struct outcome outcome;
	bool ok;		/* the last report was read whole */
	struct error err;	/* of the last report that was not */
	struct strbuf text;	/* of the last question */
};

/* A report of a stage ("unit") or one of its cells ("unit/py3.11"). */
struct resolving_input {
	const char *label;
	const char *name;
	struct str text;
	uint32_t attempt;
};

/* Reads a report (by the reader that bids highest) and merges it. */
void resolving_add(struct resolving *resolving, const struct resolving_input *input);
/* As resolving_add(), of the stage "s". */
void resolving_text(struct resolving *resolving, const char *text);
/* Resolves what was added; `rules` may be NULL. */
void resolving_done(struct resolving *resolving, const struct outcome_rules *rules);
/* resolving_text() and resolving_done(). */
void resolving_of(struct resolving *resolving, const char *text);

/* "1p1f flaky 1" of all; "nothing" */
const char *resolving_counts(struct resolving *resolving);
/* The same of runs. */
const char *resolving_runs(struct resolving *resolving);
/* "container|name passed; container|name#2 failed flaky [cell cell]", in order; cells where it fails. */
const char *resolving_tests(struct resolving *resolving);
/* "junit-counts-differ:3 unknown-status:7", in order. */
const char *resolving_findings(struct resolving *resolving);
/* The first test's messages: "failure:type:message:text", parted by '|'. */
const char *resolving_messages(struct resolving *resolving);
void resolving_clear(struct resolving *resolving);

#endif
