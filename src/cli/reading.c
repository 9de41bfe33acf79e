/* One input becomes one report. */
#include "cli/reading.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/timestamp.h"

#include <inttypes.h>

/* What a report says of itself besides its content. */
struct about {
	uint32_t dialect;	/* string id of the report */
	uint64_t timestamp;
};

void
reading_filter(struct report *report, const struct filter *filter)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->file_count; i++) {
		if (filter_keeps(filter, report_path(report, &report->files[i])))
			report->files[kept++] = report->files[i];
		else
			file_clear(&report->files[i]);
	}
	report->file_count = kept;
}

static bool
read_coverage(const struct reading *reading, struct run_input *item, struct input *input,
    struct report *report, struct about *about, struct error *err)
{
	struct intake intake = {.plain = reading->settings->no_fast_path};

	audit_begin(&intake.audit, str_of(item->name));
	if (!item->reader->coverage(input, &intake, err)) {
		audit_end(&intake.audit);
		audit_merge(&report->audit, &intake.audit);
		intake_clear(&intake);
		return false;
	}
	paths_resolve(reading->paths, &intake);
	about->dialect =
	    strpool_add(&report->strings, strpool_get(&intake.strings, intake.dialect));
	about->timestamp = intake.timestamp;
	intake_finish(&intake, report);
	reading_filter(report, reading->settings->filter);
	return true;
}

/* A report that is no use leaves its audit behind and nothing else. */
static void
keep_audit(struct run_input *item, struct report *report)
{
	struct report fresh = {0};

	report_begin(&fresh, item->stage, item->cell);
	audit_end(&report->audit);
	audit_merge(&fresh.audit, &report->audit);
	report_clear(report);
	*report = fresh;
}

/* The time of the newest suite. */
static uint64_t
newest_suite(const struct report *report)
{
	uint64_t newest = 0, seconds;

	for (size_t i = 0; i < report->tests.suite_count; i++)
		if (timestamp_parse(
			strpool_get(&report->strings, report->tests.suites[i].timestamp),
			&seconds) &&
		    seconds > newest)
			newest = seconds;
	return newest;
}

/* An attempt given to a snapshot fills, like a label, only what has none. */
static void
number_attempts(const struct run_input *item, struct report *report)
{
	for (size_t i = 0; i < report->tests.report_count; i++)
		if (!report->tests.reports[i].attempt)
			report->tests.reports[i].attempt = item->attempt;
}

/* A damaged report keeps its complete cases (TESTS R11). */
static void
read_tests(const struct reading *reading, struct run_input *item, struct input *input,
    struct report *report, struct about *about, struct error *err)
{
	report->tests.plain = reading->settings->no_fast_path;
	audit_begin(&report->audit, str_of(item->name));
	if (!item->reader->tests(input, report, err) && err->code != ERROR_DAMAGED)
		keep_audit(item, report);
	audit_end(&report->audit);
	number_attempts(item, report);
	about->timestamp = newest_suite(report);
}

static void
read_snapshot(const struct reading *reading, struct run_input *item, struct input *input,
    struct report *report, struct error *err)
{
	report_clear(report);
	if (!item->reader->snapshot(input, report, err)) {
		report_begin(report, item->stage, item->cell);
		return;
	}
	report_label(report, DEFAULT_STAGE, item->stage, item->cell);
	number_attempts(item, report);
	reading_filter(report, reading->settings->filter);
}

/* Digests what no reader asked for too. */
static bool
finish_digest(struct input *input, unsigned char digest[DIGEST_BYTES])
{
	struct str chunk;

	do
		if (!input_read(input, &chunk, NULL))
			return false;
	while (chunk.length);
	input_digest(input, digest);
	return true;
}

static enum source_kind
kind_of(const struct run_input *item)
{
	return item->reader && !item->reader->snapshot ? item->reader->kind : SOURCE_UNKNOWN;
}

static enum source_state
state_of(enum source_kind kind, const struct error *err)
{
	if (!err->code)
		return SOURCE_OK;
	return kind == SOURCE_TESTS && err->code == ERROR_DAMAGED ? SOURCE_DAMAGED : SOURCE_BROKEN;
}

static struct source *
add_source(const struct run_input *item, struct report *report, const struct about *about,
    const struct error *err)
{
	const char *format = item->reader ? item->reader->name : "";
	enum source_kind kind = kind_of(item);

	MEM_GROW(report->sources, report->source_capacity, report->source_count + 1);
	report->sources[report->source_count] = (struct source){
	    .name = strpool_add(&report->strings, str_of(item->name)),
	    .format = strpool_add(&report->strings, str_of(format)),
	    .dialect = about->dialect,
	    .kind = kind,
	    .state = state_of(kind, err),
	    .timestamp = about->timestamp,
	};
	return &report->sources[report->source_count++];
}

static void
read_open(const struct reading *reading, struct run_input *item, struct input *input,
    struct report *report, struct error *err)
{
	struct about about = {0};
	struct source *source;

	if (reading->digests)
		input_want_digest(input);
	if (!item->reader)
		item->reader = reader_of_input(input, err);
	if (item->reader && item->reader->snapshot)
		read_snapshot(reading, item, input, report, err);
	else if (kind_of(item) == SOURCE_TESTS)
		read_tests(reading, item, input, report, &about, err);
	else if (item->reader)
		read_coverage(reading, item, input, report, &about, err);
	if (!err->code && item->reader->snapshot)
		return;
	source = add_source(item, report, &about, err);
	source->has_digest = reading->digests && finish_digest(input, source->digest);
}

static const char *
failure_code(enum error_code code)
{
	return code == ERROR_DAMAGED ? "report-damaged" : code == ERROR_FOREIGN ? "not-a-report" :
	    code == ERROR_LIMIT ? "limit-passed" : "not-readable";
}

static void
open_item(const struct reading *reading, struct run_input *item, bool ahead, struct report *report)
{
	struct about nothing = {0};
	struct input *input = NULL;
	struct error err = {0};

	if (item->error) {
		add_source(item, report, &nothing, item->error);
		return;
	}
	if (input_open(item->path, &input, &err)) {
		if (ahead)
			input_read_ahead(input);
		read_open(reading, item, input, report, &err);
	} else {
		add_source(item, report, &nothing, &err);
	}
	input_free(input);
	if (err.code)
		input_failed(item, &err);
}

static const char *
plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

/* -v: how an input was read, behind what was said of its paths. */
static void
describe(const struct run_input *item, const struct report *report)
{
	const struct source *source = report->source_count ? &report->sources[0] : NULL;
	bool alone = item->reader && !item->reader->snapshot;
	const char *dialect =
	    alone && source ? strpool_get(&report->strings, source->dialect).s : "";
	uint64_t lines = 0;

	if (!item->reader)
		return;
	for (size_t i = 0; i < report->file_count; i++)
		lines += report->files[i].line_count;
	log_detail("%s: stage '%.*s'%s%.*s%s: %s%s%s, %zu file%s with %" PRIu64 " line%s,"
	    " %zu test case%s",
	    item->name, (int)item->stage.length, item->stage.s, item->cell.length ? ", cell '" : "",
	    (int)item->cell.length, item->cell.s, item->cell.length ? "'" : "", item->reader->name,
	    *dialect ? " of " : "", dialect, report->file_count, plural(report->file_count), lines,
	    plural(lines), report->tests.case_count, plural(report->tests.case_count));
}

void
reading_read(const struct reading *reading, struct run_input *item, size_t index, bool ahead,
    struct report *report)
{
	report_begin(report, item->stage, item->cell);
	open_item(reading, item, ahead, report);
	for (size_t i = 0; i < report->source_count; i++)
		report->sources[i].input = index;
	describe(item, report);
	if (!item->error)
		return;
	audit_begin(&report->audit, str_of(item->name));
	audit_add(&report->audit, AUDIT_ERROR, item->error->line, failure_code(item->error->code),
	    "%s", item->error->message);
	audit_end(&report->audit);
}

const struct reader *
reading_choose(struct run_input *item)
{
	struct input *input;

	if (item->reader || item->error || !item->path || !input_open(item->path, &input, NULL))
		return item->reader;
	item->reader = reader_of_input(input, NULL);
	input_free(input);
	return item->reader;
}
