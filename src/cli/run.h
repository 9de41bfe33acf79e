/*
 * The whole corridor: read, merge, judge, render.
 */
#ifndef MUSTER_CLI_RUN_H
#define MUSTER_CLI_RUN_H

/* Exit statuses (PRODUCT, Exit status). */
enum status { STATUS_PASS, STATUS_FAIL, STATUS_USAGE, STATUS_INPUT, STATUS_OUTPUT };

/* Does what the command line asks for and says what goes wrong; the exit status. */
enum status run(int argc, char *const *argv);

#endif
