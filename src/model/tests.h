/*
 * Test cases of one report or of many merged (TESTS 2-3).
 */
#ifndef MUSTER_MODEL_TESTS_H
#define MUSTER_MODEL_TESTS_H

#include <stdbool.h>
#include <stdint.h>

struct tests {
	uint32_t placeholder;
};

struct test_totals {
	uint64_t tests;
	uint64_t runs;
	uint64_t cases;
	uint64_t passed;
	uint64_t failed;
	uint64_t errors;
	uint64_t skipped;
	uint64_t flaky;
	uint64_t nanoseconds;
	uint64_t unknown_times;
};

#endif
