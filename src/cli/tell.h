/*
 * What muster says of itself and of its inputs.
 */
#ifndef MUSTER_CLI_TELL_H
#define MUSTER_CLI_TELL_H

#include "cli/inputs.h"
#include "cli/run.h"

/* --help, --version, --list-formats on standard output. */
enum status tell_about(enum action action, struct error *err);
/* What -v says of each input, and every error, in the order of the inputs. */
void tell_inputs(const struct inputs *inputs);

#endif
