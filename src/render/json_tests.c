/* The JSON result's lists of tests. */
#include "render/json.h"

#include "base/json_out.h"

/* One list, and which runs of its tests name their cells. */
struct list {
	const char *key;
	const struct test_list *tests;
	bool (*shows)(const struct outcome_test *test, const struct outcome_run *run);
};

static bool
is_failing(const struct outcome_test *test, const struct outcome_run *run)
{
	(void)test;
	return run->status >= TEST_FAILED;
}

static bool
is_flaky(const struct outcome_test *test, const struct outcome_run *run)
{
	(void)test;
	return run->flaky;
}

static bool
is_any(const struct outcome_test *test, const struct outcome_run *run)
{
	(void)test;
	(void)run;
	return true;
}

static bool
is_slowest(const struct outcome_test *test, const struct outcome_run *run)
{
	return run->time == test->time;
}

/* Cells come in the order of their names; the unlabelled one has none. */
static void
add_cells(struct json_out *json, const struct outcome *outcome, const struct outcome_test *test,
    const struct list *list)
{
	struct outcome_run run = {0};
	struct strbuf cell = {0};

	json_out_open(json, "cells", '[');
	while (outcome_next_run(outcome, test->id, &run)) {
		outcome_cell(outcome, &run, &cell);
		if (cell.length && list->shows(test, &run))
			json_out_str(json, NULL, strbuf_str(&cell));
	}
	json_out_close(json, ']');
	strbuf_clear(&cell);
}

static void
add_test(struct json_out *json, const struct outcome *outcome, const struct outcome_test *test,
    const struct list *list)
{
	const struct report *report = outcome->report;

	json_out_str(json, "stage", report_stage(report, test->stage));
	json_out_str(json, "container", test->container);
	json_out_str(json, "name", test->name);
	json_out_string(json, "status", test_status_name(test->status));
	json_out_string(json, "kind", test->status == TEST_SKIPPED ? skip_kind_name(test->skip) : "");
	add_cells(json, outcome, test, list);
	json_out_u64(json, "runs", test->runs);
	json_out_u64(json, "count", test->count);
	json_out_str(json, "message", outcome_reason(outcome, test->example));
	json_out_str(json, "text", outcome_text(outcome, test->example));
	json_out_str(json, "file", test->file);
	json_out_u64(json, "line", test->line);
	if (test->time == TEST_TIME_UNKNOWN)
		json_out_null(json, "seconds");
	else
		json_out_scaled(json, "seconds", (uint64_t)test->time, 9);
	json_out_u64(json, "attempts", test->attempts);
}

static void
print_list(struct output *output, const struct outcome *outcome, const struct list *list)
{
	struct json_out json = {0};

	output_addf(output, "\n    \"%s\": [", list->key);
	for (size_t i = 0; i < list->tests->count; i++) {
		struct outcome_test test;

		outcome_test(outcome, list->tests->ids[i], &test);
		output_add_string(output, i ? ",\n      " : "\n      ");
		json_out_open(&json, NULL, '{');
		add_test(&json, outcome, &test, list);
		json_out_close(&json, '}');
		output_add_str(output, strbuf_str(&json.text));
		json_out_reset(&json);
	}
	output_add_string(output, list->tests->count ? "\n    ]" : "]");
	json_out_clear(&json);
}

void
json_tests(struct output *output, const struct outcome *outcome)
{
	const struct list lists[] = {
		{ "failing", &outcome->failing, is_failing },
		{ "flaky", &outcome->flaky, is_flaky },
		{ "skipped", &outcome->skipped, is_any },
		{ "slowest", &outcome->slowest, is_slowest },
	};

	output_add_string(output, ",\n  \"tests\": {");
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		output_add_string(output, i ? "," : "");
		print_list(output, outcome, &lists[i]);
	}
	output_add_string(output, "\n  }");
}
