/*
 * What one <line> of Cobertura says (COVERAGE 3.3, 5): its number, hits and branches, from its
 * attributes and its <condition> children.  Knows nothing of classes and files.
 */
#ifndef MUSTER_READ_COBERTURA_LINE_H
#define MUSTER_READ_COBERTURA_LINE_H

#include "base/xml.h"
#include "model/intake.h"

/* One line as read.  Data of IDS (string ids) and CONDS stand in the line_reader at `from`. */
struct line_record {
	uint64_t hits;
	uint32_t number;
	uint32_t n;		/* 0: no branch data */
	uint32_t k;
	enum branch_kind kind;
	uint32_t from;
	uint32_t count;
};

/* One <condition> child as read. */
struct line_condition {
	uint32_t number;
	uint32_t percent;	/* in millionths of a percent */
	bool jump;
	bool switched;		/* of type switch */
	bool usable;		/* number and percent could be read */
};

/* Attribute names, interned in the parser. */
struct line_names {
	const char *number;
	const char *hits;
	const char *branch;
	const char *condition_coverage;
	const char *missing_branches;
	const char *type;
	const char *coverage;
};

/* Reads one line after the other; what is between line_begin() and line_end() is the open line. */
struct line_reader {
	struct line_names names;
	struct xml *xml;	/* borrowed */
	struct intake *intake;	/* borrowed: strings and audit */
	bool open;
	bool branch;		/* branch="true", in any case of letters */
	bool counted;		/* (k/n) was there, usable or not */
	uint64_t report_line;	/* of a line with branch data */
	struct line_record record;
	uint32_t *missing;	/* tokens of missing-branches of the open line, string ids */
	size_t missing_count;
	size_t missing_capacity;
	struct line_condition *children;
	size_t child_count;
	size_t child_capacity;
	bool too_many;		/* children or tokens beyond LIMIT_CONDITIONS */
	/* what records refer to; line_forget() */
	uint32_t *ids;
	size_t id_count;
	size_t id_capacity;
	struct intake_condition *conditions;
	size_t condition_count;
	size_t condition_capacity;
};

void line_reader_init(struct line_reader *reader, struct xml *xml, struct intake *intake);
void line_reader_release(struct line_reader *reader);

/* The start tag of a <line>. */
void line_begin(struct line_reader *reader, const struct xml_attribute *attributes, size_t count);
/* The start tag of a <condition> in the open line. */
void line_condition(struct line_reader *reader, const struct xml_attribute *attributes,
    size_t count);
/* The end of the open line.  False: it has no usable number and does not count. */
bool line_end(struct line_reader *reader, struct line_record *record);
/* Gives a record to the open file of the intake. */
void line_put(const struct line_reader *reader, const struct line_record *record);
/* Forgets the data of this record and of all records after it. */
void line_forget(struct line_reader *reader, const struct line_record *record);
/* Hits by the table of COVERAGE 5, with its findings; `what` follows in them (" of a method"). */
uint64_t line_hits(const struct line_reader *reader, const char *what, struct str value);

#endif
