/*
 * Any bytes through the snapshot reader (the packing is zlib's): what is taken keeps the
 * invariants, and everything that is done with merged reports can be done with it.
 */
#include "fuzz_reading.h"

#include "judge/measure.h"
#include "model/order.h"
#include "read/snapshot.h"

static void
use(struct report *report)
{
	static const struct rules rules;
	struct result result = {0};
	struct error err = {0};

	fuzz_require(report_check(report, &err), err.message);
	report_label(report, STR("default"), STR("unit"), STR("a"));
	fuzz_require(report_check(report, &err), err.message);
	report_settle(report);
	report_order(report);
	fuzz_require(report_check(report, &err), err.message);
	measure(report, &rules, &result);
	measure_tests(&rules, &result, &report->audit);
	fuzz_require(outcome_check(&result.outcome, &err), err.message);
	result_clear(&result);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", 0);
	struct report report = {0};
	struct error err = {0};
	struct input *input;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size ||
	    !input_open_fd(fd, "fuzz", &input, &err))
		abort();
	if (reader_snapshot.snapshot(input, &report, &err))
		use(&report);
	else
		fuzz_require(err.code && !report.file_count && !report.source_count,
		    "a broken snapshot leaves nothing");
	report_clear(&report);
	input_free(input);
	close(fd);
	return 0;
}
