/*
 * Any bytes through the LCOV reader: whatever comes of them is a report that keeps its invariants.
 */
#include "fuzz_reading.h"

#include "read/lcov.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_reading(&reader_lcov, data, size);
}
