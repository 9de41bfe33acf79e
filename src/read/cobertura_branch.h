/*
 * What is known of the branches of one <line>: (k/n), missing branches, or conditions that are an
 * identity (COVERAGE 3.3).
 */
#ifndef MUSTER_READ_COBERTURA_BRANCH_H
#define MUSTER_READ_COBERTURA_BRANCH_H

#include "read/cobertura_line.h"

/*
 * Reads the "(k/n)" of a condition-coverage into n and k of the open line's record.  False: there
 * is none.  True with n = 0: it was not usable, which is an audit error (COVERAGE 5).
 */
bool branch_counts(struct line_reader *reader, struct str text);
/* Decides at the end of the open line what its branch data are, and fills its record. */
void branch_settle(struct line_reader *reader);

#endif
