/* What became of the tests of a run: views of tests and their runs. */
#include "model/outcome_parts.h"

#include "base/limits.h"

#include <stdlib.h>

void
outcome_resolve(const struct report *report, const struct outcome_rules *rules, struct outcome *outcome,
    struct audit *audit)
{
	outcome->report = report;
	outcome_rank(outcome, rules);
	outcome_group(outcome, audit);
	outcome_tell_cells(outcome);
	outcome_group_unlisted(outcome);
	outcome_count(outcome, rules->slow);
}

size_t
order_end(const struct outcome *outcome, size_t first)
{
	size_t end = first + 1;

	while (end < outcome->order_count && !(outcome->order[end] & ORDER_FIRST))
		end++;
	return end;
}

/* The place behind the last case of the run that begins at `first`. */
static size_t
run_end(const struct outcome *outcome, size_t first)
{
	uint32_t lane = order_report(outcome, first)->lane;
	uint32_t sub_cell = outcome->sub_cells[order_case(outcome, first)->suite];
	size_t end = first + 1;

	while (end < outcome->order_count && !(outcome->order[end] & ORDER_FIRST) &&
	    order_report(outcome, end)->lane == lane &&
	    outcome->sub_cells[order_case(outcome, end)->suite] == sub_cell)
		end++;
	return end;
}

static int64_t
add_time(int64_t a, int64_t b)
{
	if (a == TEST_TIME_UNKNOWN || b == TEST_TIME_UNKNOWN)
		return a == TEST_TIME_UNKNOWN ? b : a;
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* Adds a case of the current attempt to its run. */
static void
fold_case(struct outcome_run *run, const struct test_case *row, enum duplicate_mode mode)
{
	enum test_status status = (enum test_status)row->status;
	bool decides = !run->example || (mode == DUPLICATE_RETRY ? true : status > run->status);

	run->flaky = run->flaky || row->flaky ||
	    (mode == DUPLICATE_RETRY && run->example && run->status >= TEST_FAILED && status == TEST_PASSED);
	run->time = add_time(run->time, row->time);
	if (!decides)
		return;
	run->status = status;
	run->example = row;
}

/* What the cases first..end make of their run. */
static void
fold_run(const struct outcome *outcome, size_t first, size_t end, struct outcome_run *run)
{
	const struct test_report *report = order_report(outcome, first);
	enum duplicate_mode mode = outcome->modes[outcome->report->lanes.lanes[report->lane].stage];
	bool failed_before = false;

	*run = (struct outcome_run){.lane = report->lane, .suite = order_case(outcome, first)->suite,
	    .time = TEST_TIME_UNKNOWN, .first = first, .end = end};
	for (size_t i = first; i < end; i++) {
		const struct test_case *row = order_case(outcome, i);

		run->attempts += tests_attempts(&outcome->report->tests, row);
		if (report_replaced(outcome, order_report(outcome, i)))
			failed_before = failed_before || row->status >= TEST_FAILED;
		else
			fold_case(run, row, mode);
	}
	run->flaky = run->status != TEST_SKIPPED &&
	    (run->flaky || (failed_before && run->status == TEST_PASSED));
}

bool
outcome_next_run(const struct outcome *outcome, test_id id, struct outcome_run *run)
{
	size_t first = run->end ? run->end : id;

	if (id & TEST_UNLISTED || first >= outcome->order_count ||
	    (run->end && outcome->order[first] & ORDER_FIRST))
		return false;
	fold_run(outcome, first, run_end(outcome, first), run);
	return true;
}

bool
outcome_run_case(const struct outcome *outcome, const struct outcome_run *run, size_t index,
    struct outcome_case *out)
{
	if (index >= run->end - run->first)
		return false;
	out->row = order_case(outcome, run->first + index);
	out->report = order_report(outcome, run->first + index);
	out->replaced = report_replaced(outcome, out->report);
	return true;
}

static int
compare_repeat(const void *key, const void *element)
{
	const test_id *id = key;
	const struct repeat *row = element;

	return (*id > row->id) - (*id < row->id);
}

static uint32_t
repeat_of(const struct outcome *outcome, test_id id)
{
	const struct repeat *row;

	if (!outcome->repeat_count)
		return 1;
	row = bsearch(&id, outcome->repeats, outcome->repeat_count, sizeof(*row), compare_repeat);
	return row ? row->number : 1;
}

/* Adds a run to the view of its test. */
static void
view_run(struct outcome_test *test, const struct outcome_run *run)
{
	if (!test->runs || run->status > test->status) {
		test->status = run->status;
		test->example = run->example;
	}
	test->runs++;
	test->failing_runs += run->status >= TEST_FAILED;
	test->flaky = test->flaky || run->flaky;
	if (run->attempts > test->attempts)
		test->attempts = run->attempts;
	if (run->time > test->time)
		test->time = run->time;
}

static void
view_unlisted(const struct outcome *outcome, test_id id, struct outcome_test *test)
{
	const struct outcome_unlisted *row = unlisted_of(outcome, id);
	const uint64_t *counts = row->counts;
	uint64_t failing = counts[TEST_FAILED] + counts[TEST_ERROR];
	enum unlisted_part part = (enum unlisted_part)(id & 3);

	*test = (struct outcome_test){.id = id, .stage = row->stage, .synthetic = true, .repeat = 1, .attempts = 1,
	    .time = TEST_TIME_UNKNOWN, .name = OUTCOME_UNLISTED,
	    .container = strpool_get(&outcome->report->strings, row->container)};
	if (part == UNLISTED_SKIPPED || counts[TEST_SKIPPED] == failing + counts[TEST_PASSED] + counts[TEST_SKIPPED])
		test->status = TEST_SKIPPED;
	else
		test->status = counts[TEST_ERROR] ? TEST_ERROR : failing ? TEST_FAILED : TEST_PASSED;
	test->count = part == UNLISTED_SKIPPED ? counts[TEST_SKIPPED] : part == UNLISTED_FAILING ? failing :
	    failing + counts[TEST_PASSED] + counts[TEST_SKIPPED];
	test->failing_runs = row->runs[TEST_FAILED] + row->runs[TEST_ERROR];
	for (int i = 0; i < TEST_STATUSES; i++)
		test->runs += row->runs[i];
}

/* Of a flaky test the case that tells how it failed. */
static const struct test_case *
flaky_example(const struct outcome *outcome, test_id id, const struct test_case *row)
{
	for (size_t at = id, end = order_end(outcome, id); !row->detail && at < end; at++)
		row = order_case(outcome, at);
	return row;
}

void
outcome_test(const struct outcome *outcome, test_id id, struct outcome_test *test)
{
	const struct strpool *strings = &outcome->report->strings;
	struct outcome_run run = {0};
	const struct test_case *row;

	if (id & TEST_UNLISTED) {
		view_unlisted(outcome, id, test);
		return;
	}
	*test = (struct outcome_test){.id = id, .count = 1, .time = TEST_TIME_UNKNOWN};
	while (outcome_next_run(outcome, id, &run))
		view_run(test, &run);
	row = test->named = test->example;
	test->stage = outcome->report->lanes.lanes[run.lane].stage;
	test->container = strpool_get(strings, row->container);
	test->name = strpool_get(strings, row->name);
	test->file = strpool_get(strings, row->file);
	test->line = row->line;
	test->skip = (enum skip_kind)row->skip;
	test->synthetic = row->synthetic;
	test->flaky = test->flaky && test->status != TEST_SKIPPED;
	test->repeat = repeat_of(outcome, id);
	if (test->flaky && test->status == TEST_PASSED)
		test->example = flaky_example(outcome, id, row);
}

static bool
is_marker(const struct test_message *message)
{
	return message->kind == MESSAGE_RERUN || message->kind == MESSAGE_FLAKY;
}

const struct test_message *
outcome_message(const struct outcome *outcome, const struct test_case *row)
{
	static const enum message_kind wanted[TEST_STATUSES] = {
		MESSAGE_SKIPPED, MESSAGE_FLAKY, MESSAGE_FAILURE, MESSAGE_ERROR };
	const struct test_message *messages;
	size_t count;

	if (!row)
		return NULL;
	messages = tests_messages(&outcome->report->tests, row, &count);
	for (size_t i = 0; i < count; i++)
		if (messages[i].kind == wanted[row->status])
			return &messages[i];
	for (size_t i = 0; i < count; i++)
		if (!is_marker(&messages[i]))
			return &messages[i];
	return messages;
}

struct str
outcome_reason(const struct outcome *outcome, const struct test_case *row)
{
	const struct test_message *message = outcome_message(outcome, row);
	const struct strpool *strings = &outcome->report->strings;

	if (!message)
		return STR("");
	if (message->message)
		return strpool_get(strings, message->message);
	return message->text ? str_first_line(strpool_get(strings, message->text)) :
	    strpool_get(strings, message->type);
}

/* Whether a message that does not lead says anything of the attempt that counts. */
static bool
adds_words(const struct test_message *message, const struct test_message *lead)
{
	return message != lead && !is_marker(message) && (message->message || message->text);
}

static void
add_paragraph(struct strbuf *text, struct str paragraph)
{
	if (text->length && paragraph.length)
		strbuf_add_string(text, "\n\n");
	strbuf_add_str(text, paragraph);
}

/* A message and its text, which may begin with it. */
static void
add_words(struct strbuf *out, struct str message, struct str text)
{
	if (!str_starts(text, message))
		add_paragraph(out, message);
	add_paragraph(out, text);
}

struct str
outcome_text(const struct outcome *outcome, const struct test_case *row, struct strbuf *scratch)
{
	const struct strpool *strings = &outcome->report->strings;
	const struct test_message *lead = outcome_message(outcome, row);
	const struct test_message *messages;
	size_t count, more = 0;

	if (!lead)
		return STR("");
	messages = tests_messages(&outcome->report->tests, row, &count);
	strbuf_reset(scratch);
	strbuf_add_str(scratch, strpool_get(strings, lead->text));
	for (size_t i = 0; i < count; i++) {
		if (!adds_words(&messages[i], lead) ||
		    (scratch->length >= LIMIT_TEXT_JOINED && ++more))
			continue;
		add_words(scratch, strpool_get(strings, messages[i].message),
		    strpool_get(strings, messages[i].text));
	}
	if (more)
		strbuf_addf(scratch, "\n\n[%zu more messages]", more);
	return strbuf_str(scratch);
}

bool
outcome_has_text(const struct outcome *outcome, const struct test_case *row)
{
	const struct test_message *lead = outcome_message(outcome, row);
	const struct test_message *messages;
	size_t count;

	if (!lead || lead->text)
		return lead != NULL;
	messages = tests_messages(&outcome->report->tests, row, &count);
	for (size_t i = 0; i < count; i++)
		if (adds_words(&messages[i], lead))
			return true;
	return false;
}

void
outcome_clear(struct outcome *outcome)
{
	free(outcome->stages);
	free(outcome->lanes);
	free(outcome->failing.ids);
	free(outcome->flaky.ids);
	free(outcome->skipped.ids);
	free(outcome->slowest.ids);
	free(outcome->slow.ids);
	free(outcome->slowest.times);
	free(outcome->slow.times);
	free(outcome->order);
	free(outcome->told);
	free(outcome->repeats);
	free(outcome->unlisted);
	free(outcome->lane_ranks);
	free(outcome->stage_ranks);
	free(outcome->report_ranks);
	free(outcome->sub_cells);
	free(outcome->last_attempts);
	free(outcome->modes);
	*outcome = (struct outcome){0};
}
