/*
 * What a coverage reader fills while it reads one report: names as written with their raw line records, duplicates and
 * all.  When the document has ended and paths are resolved, intake_finish() normalises (COVERAGE 2) into a report.
 */
#ifndef MUSTER_MODEL_INTAKE_H
#define MUSTER_MODEL_INTAKE_H

#include "base/limits.h"
#include "base/mem.h"
#include "base/strpool.h"
#include "model/audit.h"
#include "model/report.h"

/* One name of a file as the report writes it. */
struct intake_file {
	uint32_t name;		/* string id of intake->strings */
	uint32_t path;		/* string id, set by path resolution before intake_finish(); 0: as the name */
	uint64_t line;		/* of the report, where the name was first met */
	struct intake_segment *segments;	/* in document order */
	size_t segment_count;
	size_t segment_capacity;
	struct function *functions;	/* string ids of intake->strings; pattern unused */
	size_t function_count;
	size_t function_capacity;
};

/* Lines as they came; branch records name their line by number and stand in the order of their lines. */
struct intake_segment {
	uint32_t *lines;
	uint64_t *hits;
	struct branch *branches;
	uint32_t *branch_rows;	/* the index into lines of each branch record */
	uint32_t *data;
	uint32_t line_count;
	uint32_t branch_count;
	uint32_t data_count;
};

struct intake {
	struct strpool strings;
	struct intake_file *files;
	size_t file_count;
	size_t file_capacity;
	uint32_t *by_name;	/* by string id: index of the file + 1 */
	size_t by_name_capacity;
	size_t current;		/* index of the open file + 1, 0: none */
	uint32_t *roots;	/* <source> texts, string ids, in document order */
	size_t root_count;
	size_t root_capacity;
	uint64_t line_records;
	/* the open segment, reused; room is made before each line */
	uint32_t *lines;
	uint64_t *hits;
	size_t line_count;
	size_t line_capacity;
	size_t hit_capacity;
	struct branch *branches;
	uint32_t *branch_rows;
	size_t branch_count;
	size_t branch_capacity;
	size_t row_capacity;
	uint32_t *data;
	size_t data_count;
	size_t data_capacity;
	struct audit audit;	/* begun by the caller with the report's name */
	bool plain;		/* asked of the reader: no fast path */
	/* said by the reader of the whole report */
	uint64_t timestamp;	/* seconds; 0: unknown */
	uint32_t dialect;	/* string id, "" when not recognised */
};

/* Opens the file of this name for the records that follow (a new one, or more of an earlier one). */
void intake_open(struct intake *intake, struct str name, uint64_t report_line);
/* Closes the open file: its records become a segment.  intake_open() and intake_finish() do it by themselves. */
void intake_close(struct intake *intake);
/* A <source> root. */
void intake_root(struct intake *intake, struct str root);

/* A line record of the open file.  `number` is usable (1 to LIMIT_LINE_NUMBER). */
static inline void
intake_line(struct intake *intake, uint32_t number, uint64_t hits)
{
	MEM_GROW(intake->lines, intake->line_capacity, intake->line_count + 1);
	MEM_GROW(intake->hits, intake->hit_capacity, intake->line_count + 1);
	intake->lines[intake->line_count] = number;
	intake->hits[intake->line_count++] = hits;
}

/* Branch data of the line just given: k of n taken (0 < n <= LIMIT_BRANCHES, k <= n), nothing else known. */
void intake_counts(struct intake *intake, uint32_t n, uint32_t k);
/*
 * k of n taken and these string ids (of intake->strings, any order) missing.  Falls back to counts unless they are
 * non-empty, distinct and exactly n - k (COVERAGE 3.3).
 */
void intake_ids(struct intake *intake, uint32_t n, uint32_t k, const uint32_t *missing, size_t count);
/* One <condition>: its number, width (branches) and covered outcomes. */
struct intake_condition {
	uint32_t number;
	uint32_t width;
	uint32_t covered;
};
/* k of n with conditions that are an identity (the caller checked: COVERAGE 3.3), any order. */
void intake_conditions(struct intake *intake, uint32_t n, uint32_t k, const struct intake_condition *conditions,
    size_t count);
/* A function of the open file; covered when hits > 0. */
void intake_function(struct intake *intake, struct str class_name, struct str name, struct str signature,
    uint32_t first_line, uint64_t hits);

/*
 * Closes, normalises by resolved path (several names of one path are one file) and fills `report`, which
 * report_begin() started: columns, the source's row is the caller's.  Consumes the intake, audit included.
 */
void intake_finish(struct intake *intake, struct report *report);
/* Forgets everything but the audit: what a broken report leaves behind (COVERAGE 3.9). */
void intake_abandon(struct intake *intake);
void intake_clear(struct intake *intake);

#endif
