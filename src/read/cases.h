/*
 * How readers of test reports put cases into a report: names and containers (TESTS 2), kept texts with their limits,
 * a draft of each case while it is open.  Knows no format.
 */
#ifndef MUSTER_READ_CASES_H
#define MUSTER_READ_CASES_H

#include "base/strbuf.h"
#include "model/report.h"
#include "read/excerpt.h"
#include "read/fingerprint.h"
#include "read/status.h"

/* A case that is being read. */
struct draft {
	struct test_case row;
	struct evidence evidence;
	struct fingerprint print;
	struct test_message *messages;
	size_t message_count;
	size_t message_capacity;
	uint64_t line;		/* of the report */
};

/* A string that is likely to come again. */
struct remembered {
	struct str text;	/* of the pool */
	uint32_t id;
};

struct cases {
	struct report *report;	/* borrowed */
	uint32_t *unnamed;	/* per container id: cases without a name so far */
	size_t unnamed_count;
	size_t unnamed_capacity;
	struct remembered container;	/* classname of the case before */
	struct remembered file;
	uint64_t kept;		/* bytes of kept text */
	struct name_hashes name_hashes;	/* of this parser's names */
	struct excerpt excerpt;	/* of the text that is being read */
	struct strbuf scratch;
};

/* Starts the report's row of cases; its audit names it. */
void cases_begin(struct cases *cases, struct report *report);
void cases_end(struct cases *cases);

/* A text interned within the limits: both ends of it, "" when the report has kept enough. */
uint32_t cases_keep(struct cases *cases, struct str text, uint64_t line);
/* As cases_keep(), for what was gathered in cases->excerpt, which is empty after that. */
uint32_t cases_keep_excerpt(struct cases *cases, uint64_t line);
/* The id of a file name, quick for the same one again. */
uint32_t cases_file(struct cases *cases, struct str file);
/* What names a case; borrowed. */
struct case_name {
	const struct str *classname;
	const struct str *name;
	const struct str *type_param;
	const struct str *value_param;
	struct strpool_key key;	/* of the name */
};
/* Looks ahead to where the name will be interned.  The strings must stay until cases_name(). */
void case_name_prepare(struct cases *cases, struct case_name *name);
/* Container and shown name by TESTS 2; `joined`: the id of the joined suite names. */
void cases_name(struct cases *cases, const struct case_name *name, uint32_t joined, struct draft *draft);
/* "outer > name"; the outer one where the name is empty. */
uint32_t cases_join(struct cases *cases, uint32_t outer, struct str name);

void draft_message(struct draft *draft, const struct test_message *message);
/* Judges the draft by its evidence and adds it; notes what was odd.  Returns the row, which stays until the next. */
const struct test_case *cases_add(struct cases *cases, struct draft *draft);
/* Adds a draft whose status is set, as it is. */
const struct test_case *cases_put(struct cases *cases, struct draft *draft, uint32_t attempts);
/* Adds an open draft of a damaged report as an error (TESTS R11). */
void cases_add_open(struct cases *cases, struct draft *draft);
/* Empties a draft, memory kept. */
void draft_reset(struct draft *draft);
void draft_clear(struct draft *draft);

#endif
