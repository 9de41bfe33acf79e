/*
 * --init: a first .muster.yml out of the reports that were found below the root.
 */
#ifndef MUSTER_CLI_INIT_H
#define MUSTER_CLI_INIT_H

#include "cli/inputs.h"

/*
 * Writes .muster.yml into the working directory, which is the root: a stage for what the names of
 * the reports tell apart (coverage-unit.xml; unit-py3.11/junit.xml), a component for each folder of
 * the root with measured files.  Reading it gives the run that found the reports.  A file that is
 * there stays: ERROR_OUTPUT.
 */
bool init_write(const struct inputs *inputs, const struct report *report, struct error *err);
/*
 * The stage that the name of a report tells, empty when it tells none; *folder: by the name of its
 * folder.  Borrowed.
 */
struct str init_stage(struct str path, bool *folder);

#endif
