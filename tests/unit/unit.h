/* What every unit test program brings: its suite, which unit_main.c runs. */
#ifndef MUSTER_UNIT_H
#define MUSTER_UNIT_H

#include <check.h>

#undef fail	/* Check's old macro; ours is in base/error.h */

/* The tests of one module. */
Suite *unit_suite(void);

#endif
