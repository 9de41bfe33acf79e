/*
 * The merged tests as JUnit XML: a suite for each stage, in it one for each cell, in that a case
 * for each run.  The host name of a cell's suite makes its runs, read back, runs of one test and
 * not tests of their own (TESTS 2).
 */
#include "render/writers.h"

#include "render/escape.h"
#include "render/junit_plan.h"
#include "render/xml_out.h"

enum {
	FLUSH_BYTES = 1 << 16,
	MARKERS_MOST = 1000, /* attempts of one run that are written out */
};

struct junit_writer {
	const struct report *report; /* borrowed, as are the next two */
	const struct outcome *outcome;
	struct output *output;
	struct junit_plan plan;
	struct strbuf text; /* written and not yet given to the output */
	struct strbuf container;
	struct strbuf joined;
};

static struct str
string(const struct junit_writer *writer, uint32_t id)
{
	return strpool_get(&writer->report->strings, id);
}

static void
flush(struct junit_writer *writer, size_t keep)
{
	if (writer->text.length <= keep)
		return;
	output_add_str(writer->output, strbuf_str(&writer->text));
	strbuf_reset(&writer->text);
}

/* ---- what a suite's attributes say ---- */

struct suite_counts {
	uint64_t counts[TEST_STATUSES];
	uint64_t time;
};

static void
count_runs(struct suite_counts *sum, const struct junit_run *runs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		sum->counts[runs[i].run.status]++;
		if (runs[i].run.time > 0 &&
		    __builtin_add_overflow(sum->time, (uint64_t)runs[i].run.time, &sum->time))
			sum->time = UINT64_MAX;
	}
}

static void
count_unlisted(struct suite_counts *sum, const struct outcome_unlisted *row)
{
	for (int i = 0; i < TEST_STATUSES; i++)
		sum->counts[i] += row->counts[i];
}

static void
count_stage(struct suite_counts *sum, const struct junit_stage *stage)
{
	count_runs(sum, stage->runs, stage->run_count);
	for (size_t i = 0; i < stage->unlisted_count; i++)
		count_unlisted(sum, stage->unlisted[i]);
}

static void
add_counts(struct strbuf *out, const struct suite_counts *sum)
{
	uint64_t tests = 0;

	for (int i = 0; i < TEST_STATUSES; i++)
		tests += sum->counts[i];
	xml_out_count(out, "tests", tests);
	xml_out_count(out, "failures", sum->counts[TEST_FAILED]);
	xml_out_count(out, "errors", sum->counts[TEST_ERROR]);
	xml_out_count(out, "skipped", sum->counts[TEST_SKIPPED]);
	xml_out_seconds(out, "time", sum->time);
}

static void
open_suite(struct strbuf *out, struct str name, const struct suite_counts *sum)
{
	strbuf_add_string(out, "<testsuite");
	xml_out_attribute(out, "name", name);
	add_counts(out, sum);
}

/* ---- what a case holds ---- */

static void
open_result(struct strbuf *out, const char *element, struct str message, struct str type)
{
	strbuf_addf(out, "<%s", element);
	if (message.length)
		xml_out_attribute(out, "message", message);
	if (type.length)
		xml_out_attribute(out, "type", type);
}

static void
close_result(struct strbuf *out, const char *element, struct str text)
{
	if (!text.length) {
		strbuf_add_string(out, "/>\n");
		return;
	}
	strbuf_add_char(out, '>');
	escape_xml_text(out, text);
	strbuf_addf(out, "</%s>\n", element);
}

/* An attempt that failed; without a message where it left none. */
static void
add_marker(struct junit_writer *writer, const char *element, const struct test_message *message)
{
	static const struct test_message none;

	message = message ? message : &none;
	open_result(&writer->text, element, string(writer, message->message),
	    string(writer, message->type));
	close_result(&writer->text, element, string(writer, message->text));
}

/* The type that makes a reader take a skipped test for one of this kind (TESTS R15). */
static struct str
skip_type(enum skip_kind kind)
{
	static const struct str types[SKIP_KINDS] = {[SKIP_PLAIN] = {"", 0},
	    [SKIP_DISABLED] = {"disabled", 8},
	    [SKIP_TODO] = {"todo", 4},
	    [SKIP_EXPECTED] = {"xfail", 5}};

	return types[kind];
}

static bool
is_marker(const struct test_message *message)
{
	return message->kind == MESSAGE_RERUN || message->kind == MESSAGE_FLAKY;
}

static void
add_status(struct junit_writer *writer, const struct test_case *row)
{
	static const char *const elements[TEST_STATUSES] = {
	    [TEST_SKIPPED] = "skipped", [TEST_FAILED] = "failure", [TEST_ERROR] = "error"};
	const struct test_message *lead = outcome_message(writer->outcome, row);
	struct str message = {0}, type = {0};
	struct str text = {0};

	if (lead && is_marker(lead))
		lead = NULL;
	if (lead) {
		message = string(writer, lead->message);
		type = string(writer, lead->type);
		text = outcome_text(writer->outcome, row, &writer->joined);
	}
	open_result(&writer->text, elements[row->status], message,
	    type.length ? type : skip_type((enum skip_kind)row->skip));
	close_result(&writer->text, elements[row->status], text);
}

/*
 * The attempts before and after the one that decided (TESTS R2); those that left no message are
 * empty.
 */
static void
add_markers(struct junit_writer *writer, const struct outcome_run *run)
{
	bool failing = run->status >= TEST_FAILED;
	uint32_t most = run->attempts > MARKERS_MOST ? MARKERS_MOST : run->attempts - 1;
	uint32_t flaky = 0, written = 0;
	size_t count;
	const struct test_message *messages =
	    tests_messages(&writer->report->tests, run->example, &count);

	for (size_t i = 0; i < count && written < MARKERS_MOST; i++) {
		bool rerun = failing && messages[i].kind == MESSAGE_RERUN;

		if (!is_marker(&messages[i]))
			continue;
		add_marker(writer, rerun ? "rerunFailure" : "flakyFailure", &messages[i]);
		flaky += !rerun;
		written++;
	}
	for (; written < most || (run->flaky && !flaky); written++) {
		add_marker(writer, run->flaky ? "flakyFailure" : "rerunFailure", NULL);
		flaky += run->flaky;
	}
}

static void
add_case_start(struct junit_writer *writer, const struct junit_run *run)
{
	struct strbuf *out = &writer->text;
	const struct test_case *named = run->named;
	struct str file = string(writer, named->file);

	junit_plan_container(&writer->plan, run, &writer->container);
	strbuf_add_string(out, "<testcase");
	xml_out_attribute(out, "classname", strbuf_str(&writer->container));
	xml_out_attribute(out, "name", string(writer, named->name));
	if (file.length)
		xml_out_attribute(out, "file", file);
	if (named->line)
		xml_out_count(out, "line", named->line);
	if (run->run.time != TEST_TIME_UNKNOWN)
		xml_out_seconds(out, "time", (uint64_t)run->run.time);
}

static void
add_case(struct junit_writer *writer, const struct junit_run *run)
{
	bool failing = run->run.status >= TEST_FAILED;
	bool marked = run->run.flaky || (failing && run->run.attempts > 1);

	add_case_start(writer, run);
	if (run->run.status == TEST_PASSED && !marked) {
		strbuf_add_string(&writer->text, "/>\n");
		return;
	}
	strbuf_add_string(&writer->text, ">\n");
	if (run->run.status != TEST_PASSED)
		add_status(writer, run->run.example);
	if (marked)
		add_markers(writer, &run->run);
	strbuf_add_string(&writer->text, "</testcase>\n");
}

/* ---- suites ---- */

/* The runs of one cell; those of the unlabelled one stand in the stage's suite. */
static void
add_cell(struct junit_writer *writer, const struct junit_run *runs, size_t count)
{
	struct str cell = strpool_get(&writer->plan.cells, runs->cell);
	struct suite_counts sum = {0};

	if (cell.length) {
		count_runs(&sum, runs, count);
		open_suite(&writer->text, cell, &sum);
		xml_out_attribute(&writer->text, "hostname", cell);
		strbuf_add_string(&writer->text, ">\n");
	}
	for (size_t i = 0; i < count; i++) {
		add_case(writer, &runs[i]);
		flush(writer, FLUSH_BYTES);
	}
	if (cell.length)
		strbuf_add_string(&writer->text, "</testsuite>\n");
}

/* Tests that were counted and not listed are a suite that does the same (TESTS R10a). */
static void
add_unlisted(struct junit_writer *writer, const struct outcome_unlisted *row)
{
	struct suite_counts sum = {0};

	count_unlisted(&sum, row);
	open_suite(&writer->text, string(writer, row->container), &sum);
	strbuf_add_string(&writer->text, "/>\n");
}

static void
add_stage(struct junit_writer *writer, struct str name, const struct junit_stage *stage)
{
	struct suite_counts sum = {0};

	if (!stage->run_count && !stage->unlisted_count)
		return;
	count_stage(&sum, stage);
	open_suite(&writer->text, name, &sum);
	strbuf_add_string(&writer->text, ">\n");
	for (size_t i = 0, end; i < stage->run_count; i = end) {
		for (end = i + 1;
		     end < stage->run_count && stage->runs[end].cell == stage->runs[i].cell;)
			end++;
		add_cell(writer, stage->runs + i, end - i);
	}
	for (size_t i = 0; i < stage->unlisted_count; i++)
		add_unlisted(writer, stage->unlisted[i]);
	strbuf_add_string(&writer->text, "</testsuite>\n");
}

static bool
write_junit(const struct result *result, const struct render_settings *settings,
    struct output *output, struct error *err)
{
	struct junit_writer writer = {
	    .report = result->report, .outcome = &result->outcome, .output = output};
	struct junit_stage all;
	struct suite_counts sum = {0};

	(void)settings;
	(void)err;
	junit_plan_make(&writer.plan, &result->outcome);
	all = (struct junit_stage){writer.plan.runs, writer.plan.run_count, writer.plan.unlisted,
	    writer.plan.unlisted_count};
	count_stage(&sum, &all);
	strbuf_add_string(&writer.text,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"muster\"");
	add_counts(&writer.text, &sum);
	strbuf_add_string(&writer.text, ">\n");
	for (size_t i = 0; i < result->stage_count; i++) {
		struct junit_stage stage = junit_plan_stage(&writer.plan, result->stages[i].id);

		add_stage(&writer, result->stages[i].name, &stage);
	}
	strbuf_add_string(&writer.text, "</testsuites>\n");
	flush(&writer, 0);
	strbuf_clear(&writer.text);
	strbuf_clear(&writer.container);
	strbuf_clear(&writer.joined);
	junit_plan_release(&writer.plan);
	return true;
}

const struct renderer renderer_junit = {
    .name = "junit",
    .help = "the merged tests as JUnit XML",
    .suffixes = "",
    .write = write_junit,
};
