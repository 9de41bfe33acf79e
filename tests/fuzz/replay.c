/*
 * Runs files through a fuzz target without libFuzzer, so that every compiler can hold the targets to
 * their corpora: each argument is one input.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 64 << 20 };

static void
die(const char *name)
{
	perror(name);
	exit(EXIT_FAILURE);
}

/* The whole file in a block of just its size, so that a sanitizer sees each step too far; owned. */
static uint8_t *
read_input(const char *name, size_t *size)
{
	uint8_t *bytes = malloc(INPUT_MAX);
	FILE *file = fopen(name, "rb");

	if (!bytes || !file)
		die(name);
	*size = fread(bytes, 1, INPUT_MAX, file);
	if (ferror(file))
		die(name);
	fclose(file);
	bytes = realloc(bytes, *size ? *size : 1);
	if (!bytes)
		die(name);
	return bytes;
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		size_t size;
		uint8_t *bytes = read_input(argv[i], &size);

		LLVMFuzzerTestOneInput(bytes, size);
		free(bytes);
	}
	return EXIT_SUCCESS;
}
