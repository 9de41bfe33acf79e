/*
 * One record of an LCOV tracefile, from SF to end_of_record: collected line by line, since branches
 * stand before or behind their lines, and given to the intake as a whole (COVERAGE 8).
 */
#ifndef MUSTER_READ_LCOV_RECORD_H
#define MUSTER_READ_LCOV_RECORD_H

#include "model/intake.h"

struct lcov_line {
	uint32_t number;
	uint64_t hits;
};

/* A BRDA: `id` is the string id of "block,branch". */
struct lcov_branch {
	uint32_t line;
	uint32_t id;
	bool taken;
};

/* An FN or an FNL: what it is known by, and its first line. */
struct lcov_function {
	uint64_t key;		/* string id of the name (FN), index (FNL) */
	uint32_t first_line;
};

/* An FNDA or an FNA: how often the function of this key was called. */
struct lcov_calls {
	uint64_t key;
	uint32_t name;		/* string id */
	uint64_t hits;
};

/* LF, LH, BRF, BRH: what the record says of itself. */
enum lcov_total { LCOV_LF, LCOV_LH, LCOV_BRF, LCOV_BRH, LCOV_TOTALS };

struct lcov_record {
	struct intake *intake;	/* borrowed */
	bool open;
	uint64_t report_line;	/* of its SF */
	uint64_t taken_in;	/* entries of all records, for LIMIT_LINES */
	struct lcov_line *lines;
	size_t line_count;
	size_t line_capacity;
	struct lcov_branch *branches;
	size_t branch_count;
	size_t branch_capacity;
	struct lcov_function *names;	/* FN */
	size_t name_count;
	size_t name_capacity;
	struct lcov_function *indices;	/* FNL */
	size_t index_count;
	size_t index_capacity;
	struct lcov_calls *calls;	/* FNDA */
	size_t call_count;
	size_t call_capacity;
	struct lcov_calls *aliases;	/* FNA */
	size_t alias_count;
	size_t alias_capacity;
	bool said[LCOV_TOTALS];
	uint64_t totals[LCOV_TOTALS];
};

void record_open(struct lcov_record *record, struct str name, uint64_t report_line);
void record_line(struct lcov_record *record, uint32_t number, uint64_t hits);
void record_branch(struct lcov_record *record, uint32_t line, struct str id, bool taken);
/* FN and FNDA, joined by name. */
void record_function(struct lcov_record *record, struct str name, uint32_t first_line);
void record_calls(struct lcov_record *record, struct str name, uint64_t hits);
/* FNL and FNA, joined by index. */
void record_index(struct lcov_record *record, uint64_t index, uint32_t first_line);
void record_alias(struct lcov_record *record, uint64_t index, struct str name, uint64_t hits);
void record_total(struct lcov_record *record, enum lcov_total total, uint64_t value);
/* Gives everything to the intake and checks the totals. */
void record_close(struct lcov_record *record);
void record_release(struct lcov_record *record);

#endif
