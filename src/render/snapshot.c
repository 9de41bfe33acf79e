/* The snapshot: everything that merging and every output need, packed (PRODUCT, Snapshots); read/snapshot.c reads it. */
#include "base/gzip.h"
#include "base/wire.h"
#include "model/branch.h"
#include "model/snapshot.h"
#include "render/renderer.h"
#include "render/writers.h"

enum { FLUSH_BYTES = 1 << 18 };

struct packing {
	struct gzip *gzip;
	struct strbuf bytes;
};

static void
flush(struct packing *p, size_t keep)
{
	if (p->bytes.length <= keep)
		return;
	gzip_add(p->gzip, strbuf_str(&p->bytes));
	strbuf_reset(&p->bytes);
}

static void
put(struct packing *p, uint64_t number)
{
	wire_put(&p->bytes, number);
}

static void
put_strings(struct packing *p, const struct strpool *strings)
{
	put(p, strings->count);
	for (uint32_t id = 1; id <= strings->count; id++) {
		wire_put_bytes(&p->bytes, strpool_get(strings, id));
		flush(p, FLUSH_BYTES);
	}
}

static void
put_set(struct packing *p, const uint32_t *ids, uint32_t count)
{
	put(p, count);
	for (uint32_t i = 0; i < count; i++)
		put(p, ids[i]);
}

static void
put_lanes(struct packing *p, const struct lanes *lanes)
{
	put(p, lanes->lane_count);
	for (size_t i = 0; i < lanes->lane_count; i++) {
		put(p, lanes->stages[lanes->lanes[i].stage]);
		put(p, lanes->lanes[i].cell);
	}
	put(p, lanes->pattern_count);
	for (size_t i = 0; i < lanes->pattern_count; i++) {
		put_set(p, lanes->patterns[i].could, lanes->patterns[i].could_count);
		put_set(p, lanes->patterns[i].did, lanes->patterns[i].did_count);
	}
}

static void
put_sources(struct packing *p, const struct report *report)
{
	put(p, report->source_count);
	for (size_t i = 0; i < report->source_count; i++) {
		const struct source *source = &report->sources[i];

		put(p, source->name);
		put(p, source->format);
		put(p, source->dialect);
		put(p, source->lane);
		put(p, source->kind);
		put(p, source->state);
		put(p, source->timestamp);
		put(p, source->has_digest);
		if (source->has_digest)
			strbuf_add(&p->bytes, (const char *)source->digest, sizeof(source->digest));
	}
}

/* A column of pattern ids as runs: id, then how many lines. */
static void
put_patterns(struct packing *p, const struct file *file)
{
	for (uint32_t i = 0, end; i < file->line_count; i = end) {
		for (end = i + 1; end < file->line_count && file_pattern(file, end) == file_pattern(file, i);)
			end++;
		put(p, file_pattern(file, i));
		put(p, end - i);
	}
}

static void
put_branches(struct packing *p, const struct file *file)
{
	uint32_t line = 0;

	put(p, file->branch_count);
	for (uint32_t i = 0; i < file->branch_count; i++) {
		const struct branch *branch = &file->branches[i];
		size_t words = branch_words(branch);

		put(p, branch->line - line);
		put(p, branch->kind);
		put(p, branch->n);
		put(p, branch->stage);
		if (branch->kind == BRANCH_COUNTS)
			put(p, branch->a);
		put(p, branch->b);
		for (size_t j = 0; j < words; j++)
			put(p, file->data[branch->a + j]);
		line = branch->line;
	}
}

static void
put_functions(struct packing *p, const struct file *file)
{
	put(p, file->function_count);
	for (uint32_t i = 0; i < file->function_count; i++) {
		const struct function *function = &file->functions[i];

		put(p, function->class_name);
		put(p, function->name);
		put(p, function->signature);
		put(p, function->first_line);
		put(p, function->pattern);
		put(p, function->hits);
	}
}

static void
put_files(struct packing *p, const struct report *report)
{
	put(p, report->file_count);
	for (size_t i = 0; i < report->file_count; i++) {
		const struct file *file = &report->files[i];
		uint32_t line = 0;

		put(p, file->path);
		put(p, file->line_count);
		for (uint32_t j = 0; j < file->line_count; j++) {
			put(p, file->lines[j] - line);
			line = file->lines[j];
		}
		for (uint32_t j = 0; j < file->line_count; j++)
			put(p, file->hits[j]);
		put_patterns(p, file);
		put_branches(p, file);
		put_functions(p, file);
		flush(p, FLUSH_BYTES);
	}
}

/* What follows from the merged whole is left to whoever reads the snapshot. */
static void
put_audit(struct packing *p, const struct audit *audit)
{
	uint64_t count = 0;

	for (size_t i = 0; i < audit->count; i++)
		count += !audit->findings[i].derived;
	put(p, count);
	for (size_t i = 0; i < audit->count; i++) {
		const struct finding *finding = &audit->findings[i];

		if (finding->derived)
			continue;
		put(p, finding->level);
		put(p, finding->line);
		wire_put_bytes(&p->bytes, str_of(finding->report));
		wire_put_bytes(&p->bytes, str_of(finding->code));
		wire_put_bytes(&p->bytes, str_of(finding->message));
	}
}

static void
put_suites(struct packing *p, const struct tests *tests)
{
	put(p, tests->suite_count);
	for (size_t i = 0; i < tests->suite_count; i++) {
		const struct test_suite *suite = &tests->suites[i];

		put(p, (uint64_t)(suite->time + 1));
		put(p, suite->parent);
		put(p, suite->name);
		put(p, suite->joined);
		put(p, suite->hostname);
		put(p, suite->package);
		put(p, suite->id);
		put(p, suite->timestamp);
		flush(p, FLUSH_BYTES);
	}
}

static void
put_detail(struct packing *p, const struct tests *tests, const struct test_case *row)
{
	size_t count;
	const struct test_message *messages = tests_messages(tests, row, &count);

	put(p, row->detail ? tests_attempts(tests, row) : 0);
	if (!row->detail)
		return;
	put(p, count);
	for (size_t i = 0; i < count; i++) {
		put(p, messages[i].kind);
		put(p, messages[i].type);
		put(p, messages[i].message);
		put(p, messages[i].text);
	}
}

static void
put_case(struct packing *p, const struct tests *tests, const struct test_case *row)
{
	for (unsigned shift = 0; shift < 64; shift += 8)
		strbuf_add_char(&p->bytes, (char)(row->hash >> shift));
	put(p, (uint64_t)(row->time + 1));
	put(p, row->container);
	put(p, row->name);
	put(p, row->suite);
	put(p, row->file);
	put(p, row->line);
	put(p, SNAPSHOT_FLAGS(row->status, row->skip, row->flaky, row->synthetic));
	put_detail(p, tests, row);
}

static void
put_tests(struct packing *p, const struct tests *tests)
{
	put_suites(p, tests);
	put(p, tests->report_count);
	for (size_t i = 0; i < tests->report_count; i++) {
		const struct test_report *report = &tests->reports[i];

		put(p, report->name);
		put(p, report->lane);
		put(p, report->attempt);
		put(p, report->case_count);
		for (uint32_t j = 0; j < report->case_count; j++) {
			put_case(p, tests, &tests->cases[report->first_case + j]);
			flush(p, FLUSH_BYTES);
		}
	}
	put(p, tests->unlisted_count);
	for (size_t i = 0; i < tests->unlisted_count; i++) {
		put(p, tests->unlisted[i].report);
		put(p, tests->unlisted[i].container);
		for (int j = 0; j < TEST_STATUSES; j++)
			put(p, tests->unlisted[i].counts[j]);
	}
}

static bool
write_snapshot(const struct result *result, const struct render_settings *settings, struct output *output,
    struct error *err)
{
	struct packing p = {.gzip = gzip_begin(output)};
	const struct report *report = result->report;

	(void)settings;
	(void)err;
	strbuf_add_string(&p.bytes, SNAPSHOT_MAGIC);
	put_strings(&p, &report->strings);
	put_lanes(&p, &report->lanes);
	put_sources(&p, report);
	put_files(&p, report);
	put_audit(&p, &report->audit);
	put_tests(&p, &report->tests);
	flush(&p, 0);
	gzip_finish(p.gzip);
	strbuf_clear(&p.bytes);
	return true;
}

const struct renderer renderer_snapshot = {
    .name = "snapshot",
    .help = "everything merged, packed, for a later run to read",
    .suffixes = ".muster",
    .write = write_snapshot,
};
