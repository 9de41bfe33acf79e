/* What the fuzz targets of coverage readers share. */
#ifndef MUSTER_FUZZ_READING_H
#define MUSTER_FUZZ_READING_H

#include "base/xml.h"
#include "read/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void
fuzz_require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

static inline void
fuzz_finish(struct intake *intake, bool done)
{
	struct report report = {0};
	struct error err = {0};

	fuzz_require(done || (!intake->file_count && !intake->root_count),
	    "a broken report leaves only its audit");
	report_begin(&report, STR("s"), STR(""));
	intake_finish(intake, &report);
	fuzz_require(report_check(&report, &err), err.message);
	report_clear(&report);
}

/* Reads the bytes with one reader, bids of all readers on the way; always 0. */
static inline int
fuzz_reading(const struct reader *reader, const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", 0);
	struct intake intake = {0};
	struct error err = {0};
	struct input *input;

	xml_initialise();
	reader_choose((struct str){(const char *)data, size}, &err);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size ||
	    !input_open_fd(fd, "fuzz", &input, &err))
		abort();
	audit_begin(&intake.audit, STR("fuzz"));
	err = (struct error){0};
	fuzz_finish(&intake, reader->coverage(input, &intake, &err));
	input_free(input);
	close(fd);
	return 0;
}

#endif
