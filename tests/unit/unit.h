/* What every unit test program brings: its suite, which unit_main.c runs. */
#ifndef MUSTER_UNIT_H
#define MUSTER_UNIT_H

#include <check.h>

/* The tests of one module. */
Suite *unit_suite(void);

#endif
