/*
 * What became of one case, judged alone by its children and its status words (TESTS R1, R2, R15).
 */
#ifndef MUSTER_READ_STATUS_H
#define MUSTER_READ_STATUS_H

#include "base/str.h"
#include "model/tests.h"

/* What a status or result attribute means. */
enum word {
	WORD_NONE,		/* absent or empty */
	WORD_PASSED,
	WORD_UNKNOWN,
	WORD_SKIPPED,
	WORD_NOTRUN,		/* skipped; CTest's word also for what it could not start */
	WORD_DISABLED,
	WORD_TODO,
	WORD_FAILED,
	WORD_ERROR,
};

/* The meaning of a word, letters of any case, white space around it ignored. */
enum word word_parse(struct str text);

/* What was seen of a case. */
struct evidence {
	uint32_t errors;	/* children of each kind */
	uint32_t failures;
	uint32_t skips;
	uint32_t flakies;
	uint32_t reruns;
	enum skip_kind skip;	/* of the last skipped child that says one */
	bool not_found;		/* a skipped child says "Unable to find executable" */
	enum word status;
	enum word result;
};

/* Adds a <skipped> child. */
void evidence_skip(struct evidence *evidence, struct str type, struct str message);

struct judgement {
	enum test_status status;
	enum skip_kind skip;
	bool flaky;
	uint32_t attempts;
	const char *code;	/* of a note that is due, NULL: none */
	const char *note;
};

struct judgement evidence_judge(const struct evidence *evidence);

#endif
