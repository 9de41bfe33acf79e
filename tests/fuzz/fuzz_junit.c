/*
 * Any bytes as a test report: read, checked and resolved, alone and merged with itself; the same with and without
 * the fast path.
 */
#include "base/xml.h"
#include "model/outcome.h"
#include "read/junit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition, err) ((condition) ? (void)0 : fail_requirement(#condition, (err)))

static void
fail_requirement(const char *what, const struct error *err)
{
	fprintf(stderr, "fuzz_junit: not so: %s: %s\n", what, err->message);
	abort();
}

static struct error
read_report(const struct reader *reader, int fd, struct str cell, struct report *report)
{
	struct input *input;
	struct error err = {0}, broken = {0};
	bool opened = input_open_fd(fd, "fuzz", &input, &err);

	REQUIRE(opened, &err);
	report_begin(report, STR("stage"), cell);
	audit_begin(&report->audit, STR("fuzz"));
	if (!reader->tests(input, report, &err))
		REQUIRE(err.code != ERROR_NONE, &err);
	audit_end(&report->audit);
	REQUIRE(report_check(report, &broken), &broken);
	input_free(input);
	return err;
}

/* The same calls give the same ids. */
static bool
same_case(const struct test_case *a, const struct test_case *b)
{
	return a->hash == b->hash && a->time == b->time && a->container == b->container && a->name == b->name &&
	    a->suite == b->suite && a->file == b->file && a->detail == b->detail && a->line == b->line &&
	    a->status == b->status && a->skip == b->skip && a->flaky == b->flaky && a->synthetic == b->synthetic;
}

static bool
same_audit(const struct audit *a, const struct audit *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->findings[i].line != b->findings[i].line || strcmp(a->findings[i].message, b->findings[i].message))
			return false;
	return true;
}

static void
compare_paths(const struct reader *reader, int fd)
{
	struct report fast = {0}, plain = {.tests.plain = true};
	struct error fast_err = read_report(reader, fd, STR(""), &fast);
	struct error plain_err = read_report(reader, fd, STR(""), &plain);

	REQUIRE(fast_err.code == plain_err.code, &fast_err);	/* of two errors near each other either may be told */
	REQUIRE(fast.strings.count == plain.strings.count, &fast_err);
	REQUIRE(fast.tests.case_count == plain.tests.case_count, &fast_err);
	for (size_t i = 0; i < fast.tests.case_count; i++)
		REQUIRE(same_case(&fast.tests.cases[i], &plain.tests.cases[i]), &fast_err);
	REQUIRE(same_audit(&fast.audit, &plain.audit), &fast_err);
	report_clear(&fast);
	report_clear(&plain);
}

static uint64_t
resolve(const struct report *report, enum duplicate_mode mode)
{
	struct duplicate_rule rule = {.mode = mode};
	struct outcome_rules rules = {.duplicates = &rule, .duplicate_count = 1, .slow = 1};
	struct outcome outcome = {0};
	struct audit audit = {0};
	struct error err = {0};
	uint64_t tests;

	outcome_resolve(report, &rules, &outcome, &audit);
	REQUIRE(outcome_check(&outcome, &err), &err);
	tests = outcome.total.tests;
	outcome_clear(&outcome);
	audit_clear(&audit);
	return tests;
}

/* The same report in a second cell adds runs, no tests. */
static void
try_reader(const struct reader *reader, int fd)
{
	struct report report = {0};
	struct report again = {0};
	struct error err = {0};
	uint64_t tests;

	read_report(reader, fd, STR(""), &report);
	read_report(reader, fd, STR("again"), &again);
	tests = resolve(&report, DUPLICATE_SEPARATE);
	REQUIRE(resolve(&report, DUPLICATE_WORST) <= tests, &err);
	REQUIRE(resolve(&report, DUPLICATE_RETRY) <= tests, &err);
	report_merge(&report, &again);
	REQUIRE(report_check(&report, &err), &err);
	REQUIRE(resolve(&report, DUPLICATE_SEPARATE) == tests, &err);
	report_clear(&report);
	report_clear(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", 0);

	xml_initialise();
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	compare_paths(&reader_junit, fd);
	try_reader(&reader_junit, fd);
	try_reader(&reader_check, fd);
	close(fd);
	return 0;
}
