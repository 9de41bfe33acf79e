/* Runs of a few words. */
#include "runs.h"

#include "base/mem.h"
#include "dump.h"
#include "judge/measure.h"

#include <stdio.h>
#include <stdlib.h>

static void
add_source(struct report *report, enum source_kind kind, enum source_state state)
{
	MEM_GROW(report->sources, report->source_capacity, report->source_count + 1);
	report->sources[report->source_count++] = (struct source){.kind = kind, .state = state};
}

void
run_cover(struct report *into, const char *stage, const char *text)
{
	struct report one = {0};

	report_from(&one, stage, "", text);
	add_source(&one, SOURCE_COVERAGE, SOURCE_OK);
	report_merge(into, &one);
}

static enum test_status
status_of(char letter)
{
	return letter == 'p'   ? TEST_PASSED
	       : letter == 'f' ? TEST_FAILED
	       : letter == 'e' ? TEST_ERROR
			       : TEST_SKIPPED;
}

static void
add_tests(struct report *into, const char *stage, const char *text, enum source_state state)
{
	struct report one = {0};
	char container[64], name[64], status[16];
	int length;

	report_begin(&one, str_of(stage), STR(""));
	tests_begin(&one.tests, strpool_add(&one.strings, STR("report.xml")), 0);
	add_source(&one, SOURCE_TESTS, state);
	for (; sscanf(text, "%63s %63s %15s%n", container, name, status, &length) == 3;
	     text += length) {
		bool flaky = status[1] == '~';
		const char *time = status + 1 + flaky;
		struct test_case row = {
		    .hash = one.tests.case_count + 1,
		    .time = *time ? atoll(time) * 1000000 : TEST_TIME_UNKNOWN,
		    .container = strpool_add(&one.strings, str_of(container)),
		    .name = strpool_add(&one.strings, str_of(name)),
		    .status = status_of(status[0]) & 3u,
		    .flaky = flaky,
		};

		tests_add(&one.tests, &row);
	}
	report_merge(into, &one);
}

void
run_tests(struct report *into, const char *stage, const char *text)
{
	add_tests(into, stage, text, SOURCE_OK);
}

void
run_damaged_tests(struct report *into, const char *stage, const char *text)
{
	add_tests(into, stage, text, SOURCE_DAMAGED);
}

void
run_measure(struct report *report, struct result *result)
{
	static const struct rules rules;

	report_settle(report);
	measure(report, &rules, result);
	measure_tests(&rules, result, &report->audit);
}
