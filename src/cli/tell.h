/*
 * What muster says of itself and of its inputs.
 */
#ifndef MUSTER_CLI_TELL_H
#define MUSTER_CLI_TELL_H

#include "cli/inputs.h"
#include "cli/run.h"

/* --help, --version, --list-formats on standard output. */
enum status tell_about(enum action action, struct error *err);
/* The completion of a shell on standard output, made from the table of options. */
enum status tell_completion(enum shell shell, struct error *err);
/* Why inputs could not be read whole, in their order. */
void tell_failures(const struct inputs *inputs);

#endif
