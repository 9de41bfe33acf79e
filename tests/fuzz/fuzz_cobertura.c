/*
 * Any bytes through the Cobertura reader: whatever comes of them is a report that keeps its
 * invariants.
 */
#include "fuzz_reading.h"

#include "read/cobertura.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_reading(&reader_cobertura, data, size);
}
