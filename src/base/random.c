/* The system's random numbers. */
#include "base/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

void
random_bytes(void *bytes, size_t size)
{
	unsigned char *next = bytes;

	while (size) {
		ssize_t got = getrandom(next, size, 0);

		if (got <= 0) {
			fputs("muster: the system gives no random numbers\n", stderr);
			abort();
		}
		next += got;
		size -= (size_t)got;
	}
}

uint64_t
random_below(uint64_t bound)
{
	uint64_t number;

	random_bytes(&number, sizeof(number));
	return number % bound;
}
