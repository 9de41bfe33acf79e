/*
 * What the root of a Cobertura report says of the whole: its time, and totals that never feed a
 * number but are checked against the body (COVERAGE 2.6, 5).
 */
#ifndef MUSTER_READ_COBERTURA_HEADER_H
#define MUSTER_READ_COBERTURA_HEADER_H

#include "base/number.h"
#include "base/xml.h"
#include "model/intake.h"
#include "read/cobertura_dialect.h"

/* A count or a rate of the root; absent unless `given`. */
struct header_count {
	bool given;
	uint64_t value;
};

struct header_rate {
	bool given;
	struct number value;
	unsigned printed;	/* places as printed, trailing zeros included */
};

struct header {
	uint64_t line;		/* of the root in the report */
	const struct dialect *dialect;
	uint64_t timestamp;	/* seconds since 1970, 0: unknown */
	struct header_count lines_valid;
	struct header_count lines_covered;
	struct header_count branches_valid;
	struct header_count branches_covered;
	struct header_rate line_rate;
	struct header_rate branch_rate;
};

/* Keeps what the root's attributes say; what can't be read is as if it were not there. */
void header_read(struct header *header, const struct xml_attribute *attributes, size_t count);
/* Compares with what the intake holds; every difference beyond rounding is a finding. */
void header_check(const struct header *header, struct intake *intake);

#endif
