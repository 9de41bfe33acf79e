/*
 * The suites that are open while a test report is read: what they claim, what was found in them, and what follows
 * from both at their end tags (TESTS R9, R10).
 */
#ifndef MUSTER_READ_SUITES_H
#define MUSTER_READ_SUITES_H

#include "read/cases.h"

/* Attributes of a suite that are counts. */
enum claim { CLAIM_TESTS, CLAIM_FAILURES, CLAIM_ERRORS, CLAIM_SKIPPED, CLAIM_DISABLED, CLAIMS };

/* The start tag of a suite. */
struct suite_tag {
	struct str name;
	struct str hostname;
	struct str package;
	struct str id;
	struct str timestamp;
	struct str time;
	struct str claims[CLAIMS];
	bool collection;	/* <testsuites> */
	uint64_t line;
};

struct suite_tally {
	uint64_t cases;
	uint64_t counts[TEST_STATUSES];
};

struct open_suite {
	uint32_t index;		/* in tests->suites + 1 */
	uint32_t joined;
	uint64_t line;
	bool claimed[CLAIMS];
	uint64_t claims[CLAIMS];
	struct suite_tally own;		/* listed directly in it */
	struct suite_tally all;		/* with all suites inside it */
	bool failing;		/* these five: anywhere in it */
	bool retried;
	bool results;
	bool unlisted;
	bool synthetic;
	bool skipped;		/* it has a <skipped> itself */
	bool zero_based;	/* its cases' lines count from 0 (pytest) */
	struct draft result;	/* of its own <error> and <failure> children */
};

struct suites {
	struct cases *cases;	/* borrowed */
	struct open_suite *open;
	size_t count;
	size_t made;		/* slots ever used: their drafts keep memory */
	size_t capacity;
	uint64_t joined_bytes;
};

void suites_begin(struct suites *suites, struct cases *cases);
void suites_end(struct suites *suites);
/* Opens a suite in the innermost open one.  False (ERROR_LIMIT): too many, or too long names. */
bool suites_open(struct suites *suites, const struct suite_tag *tag, struct error *err);
/* Judges and closes the innermost suite. */
void suites_close(struct suites *suites);
/* The innermost open suite or NULL. */
struct open_suite *suites_inner(struct suites *suites);
/* Counts a case that was added to the innermost suite. */
void suites_count(struct suites *suites, const struct test_case *row, bool retried);
/* Closes all suites of a damaged report: their own results count, their claims are not judged. */
void suites_abandon(struct suites *suites);

#endif
