/* Inputs become one report. */
#include "cli/gather.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/timestamp.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

struct gathering {
	struct inputs *inputs;
	const struct settings *settings;
	const struct path_settings *paths;
	struct report *merged;	/* one a worker */
};

/* What a report says of itself besides its content. */
struct about {
	uint32_t dialect;	/* string id of the report */
	uint64_t timestamp;
};

/* Files that --include and --exclude leave out. */
static void
drop_filtered(struct report *report, const struct filter *filter)
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
read_coverage(const struct gathering *g, struct run_input *item, struct input *input, struct report *report,
    struct about *about, struct error *err)
{
	struct intake intake = {.plain = g->settings->no_fast_path};

	audit_begin(&intake.audit, str_of(item->name));
	if (!item->reader->coverage(input, &intake, err)) {
		audit_end(&intake.audit);
		audit_merge(&report->audit, &intake.audit);
		intake_clear(&intake);
		return false;
	}
	paths_resolve(g->paths, &intake);
	about->dialect = strpool_add(&report->strings, strpool_get(&intake.strings, intake.dialect));
	about->timestamp = intake.timestamp;
	intake_finish(&intake, report);
	drop_filtered(report, g->settings->filter);
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
		if (timestamp_parse(strpool_get(&report->strings, report->tests.suites[i].timestamp), &seconds) &&
		    seconds > newest)
			newest = seconds;
	return newest;
}

/* A damaged report keeps its complete cases (TESTS R11). */
static void
read_tests(struct run_input *item, struct input *input, struct report *report, struct about *about, struct error *err)
{
	item->tests_seen = true;
	audit_begin(&report->audit, str_of(item->name));
	if (!item->reader->tests(input, report, err) && err->code != ERROR_DAMAGED)
		keep_audit(item, report);
	audit_end(&report->audit);
	for (size_t i = 0; i < report->tests.report_count; i++)
		report->tests.reports[i].attempt = item->attempt;
	about->timestamp = newest_suite(report);
}

static const char *
failure_code(enum error_code code)
{
	return code == ERROR_DAMAGED ? "report-damaged" : code == ERROR_FOREIGN ? "not-a-report" :
	    code == ERROR_LIMIT ? "limit-passed" : "not-readable";
}

static void
add_source(const struct run_input *item, struct report *report, const struct about *about, const struct error *err)
{
	bool is_tests = item->reader->kind == SOURCE_TESTS;

	MEM_GROW(report->sources, report->source_capacity, report->source_count + 1);
	report->sources[report->source_count++] = (struct source){
	    .name = strpool_add(&report->strings, str_of(item->name)),
	    .format = strpool_add(&report->strings, str_of(item->reader->name)),
	    .dialect = about->dialect,
	    .kind = item->reader->kind,
	    .state = !err->code ? SOURCE_OK : is_tests && err->code == ERROR_DAMAGED ? SOURCE_DAMAGED : SOURCE_BROKEN,
	    .timestamp = about->timestamp,
	};
}

static void
read_open(const struct gathering *g, struct run_input *item, struct input *input, struct report *report,
    struct error *err)
{
	struct about about = {0};
	struct str head;

	if (!item->reader) {
		if (!input_peek(input, &head, err))
			return;
		item->reader = reader_choose(head, err);
	}
	if (!item->reader)
		return;
	if (item->reader->kind == SOURCE_TESTS)
		read_tests(item, input, report, &about, err);
	else
		read_coverage(g, item, input, report, &about, err);
	add_source(item, report, &about, err);
}

/* -v: how an input was read, behind what was said of its paths. */
static void
describe(const struct run_input *item, const struct report *report)
{
	const struct source *source = report->source_count ? &report->sources[0] : NULL;
	const char *dialect = source ? strpool_get(&report->strings, source->dialect).s : "";
	uint64_t lines = 0;

	if (!source)
		return;
	for (size_t i = 0; i < report->file_count; i++)
		lines += report->files[i].line_count;
	log_detail("%s: stage '%.*s'%s%.*s%s: %s%s%s, %zu files with %" PRIu64 " lines, %zu test cases", item->name,
	    (int)item->stage.length, item->stage.s, item->cell.length ? ", cell '" : "", (int)item->cell.length,
	    item->cell.s, item->cell.length ? "'" : "", item->reader->name, *dialect ? " of " : "", dialect,
	    report->file_count, lines, report->tests.case_count);
}

static void
open_item(const struct gathering *g, struct run_input *item, struct report *report)
{
	struct input *input = NULL;
	struct error err = {0};

	if (input_open(item->path, &input, &err)) {
		read_open(g, item, input, report, &err);
		progress_add(input_size(input));
	}
	input_free(input);
	if (err.code)
		input_failed(item, &err);
	describe(item, report);
}

static void
read_item(void *context, unsigned worker, size_t index)
{
	const struct gathering *g = context;
	struct run_input *item = &g->inputs->items[index];
	struct report report = {0};

	report_begin(&report, item->stage, item->cell);
	if (!item->error)
		open_item(g, item, &report);
	if (item->error) {
		audit_begin(&report.audit, str_of(item->name));
		audit_add(&report.audit, AUDIT_ERROR, item->error->line, failure_code(item->error->code), "%s",
		    item->error->message);
		audit_end(&report.audit);
	}
	report_merge(&g->merged[worker], &report);
}

/* Bytes on disk of all that is to be read. */
static uint64_t
total_size(const struct inputs *inputs)
{
	uint64_t total = 0;
	struct stat st;

	for (size_t i = 0; i < inputs->count; i++)
		if (inputs->items[i].path && stat(inputs->items[i].path, &st) == 0)
			total += (uint64_t)st.st_size;
	return total;
}

void
gather(struct inputs *inputs, const struct settings *settings, const struct path_settings *paths,
    unsigned threads, struct report *out)
{
	struct gathering g = {inputs, settings, paths, mem_zalloc(threads, sizeof(*g.merged))};

	progress_begin(total_size(inputs));
	pool_run(threads, inputs->count, read_item, &g);
	progress_end();
	for (unsigned i = 0; i < threads; i++) {
		report_merge(out, &g.merged[i]);
		report_clear(&g.merged[i]);
	}
	audit_merge(&out->audit, &inputs->audit);
	free(g.merged);
}
