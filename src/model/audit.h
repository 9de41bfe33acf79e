/*
 * Findings: what was odd in the input and what was made of it (COVERAGE 5).  Bounded: of one code in one
 * report the first LIMIT_FINDINGS are kept and the rest counted.  Collected per report, ordered at the end.
 * Those that follow from the merged whole (of no report, or added while `derived`) are never kept in a snapshot: who
 * merges it further derives them anew.
 */
#ifndef MUSTER_MODEL_AUDIT_H
#define MUSTER_MODEL_AUDIT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum audit_level { AUDIT_ERROR, AUDIT_WARNING, AUDIT_NOTE };

/* `report` is the input's name as given, "" for none; `code` a stable word ("hits-negative"). */
struct finding {
	enum audit_level level;
	const char *report;
	uint64_t line;		/* of the report; 0: none */
	const char *code;
	const char *message;
	bool derived;		/* follows from the merged whole */
};

struct audit {
	struct arena arena;	/* owns every string of the findings */
	struct finding *findings;
	size_t count;
	size_t capacity;
	const char *report;	/* of findings added from here on */
	bool derived;		/* so are they */
	struct audit_tally *tallies;	/* per code of the current report */
	size_t tally_count;
	size_t tally_capacity;
};

/* Findings added from here on are of this report; ends the one before (writes its counts of findings left out). */
void audit_begin(struct audit *audit, struct str report);
/* Adds a finding of the current report.  `code` is a literal. */
void audit_add(struct audit *audit, enum audit_level level, uint64_t line, const char *code,
    const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Ends the current report: "and 12 more" findings where some were left out. */
void audit_end(struct audit *audit);
/* Appends the findings of `other` (which must be ended). */
void audit_merge(struct audit *audit, const struct audit *other);
/* Orders by report, line, level, code, message and drops repeats: arrival does not show. */
void audit_sort(struct audit *audit);
/* How many findings have this level. */
size_t audit_count(const struct audit *audit, enum audit_level level);
/* "error", "warning", "note". */
const char *audit_level_name(enum audit_level level);
void audit_clear(struct audit *audit);

#endif
