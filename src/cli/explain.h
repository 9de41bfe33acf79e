/*
 * --explain PATH[:LINE]|TEST: how numbers came about, told from the reports on (PRODUCT, Looking
 * closer).
 */
#ifndef MUSTER_CLI_EXPLAIN_H
#define MUSTER_CLI_EXPLAIN_H

#include "base/output.h"
#include "cli/reading.h"
#include "judge/rules.h"
#include "model/result.h"

/* All borrowed. */
struct explaining {
	const struct reading *reading;
	const struct inputs *inputs;
	const struct rules *rules;
	const struct result *result;	/* judged */
	struct output *out;
	uint32_t line;		/* the one asked for; 0: the whole file */
};

/*
 * Tells on standard output.  The merged report does not hold what each report said of a file, so
 * the reports are read once more, one by one.  Nothing of this name: ERROR_USAGE with the nearest
 * one.
 */
bool explain(struct explaining *explaining, struct str what, struct error *err);

/* The parts, each a file. */
void explain_file(const struct explaining *e, const struct file *file);
void explain_test(const struct explaining *e, test_id id);
/* A text of an input between quotes, made visible. */
void explain_quote(struct output *out, struct str text);
/* "unit/py3.11", or "unit". */
void explain_lane(struct output *out, const struct report *report, uint32_t lane);

#endif
