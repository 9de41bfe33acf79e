/* Inputs become one report. */
#include "cli/gather.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/pool.h"
#include "cli/reading.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct gathering {
	struct reading reading;
	struct inputs *inputs;
	unsigned threads;
	struct report *merged;	/* one a worker */
	struct strbuf *details;	/* one an input: what -v says of it */
};

static void
read_item(void *context, unsigned worker, size_t index)
{
	const struct gathering *g = context;
	bool ahead = g->threads > g->inputs->count - index;
	struct report report = {0};

	log_collect(&g->details[index]);
	reading_read(&g->reading, &g->inputs->items[index], index, ahead, &report);
	log_collect(NULL);
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

/*
 * Whether a snapshot is among several inputs, which only then can hold what another one holds too.
 */
static bool
may_overlap(struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->count && inputs->count > 1; i++) {
		const struct reader *reader = reading_choose(&inputs->items[i]);

		if (reader && reader->snapshot)
			return true;
	}
	return false;
}

static int
digest_compare(const struct source *a, const struct source *b)
{
	int order = (a->lane > b->lane) - (a->lane < b->lane);

	if (!order)
		order = (b->has_digest > a->has_digest) - (b->has_digest < a->has_digest);
	return order ? order : memcmp(a->digest, b->digest, DIGEST_BYTES);
}

static int
source_compare(const void *left, const void *right)
{
	const struct source *a = left;
	const struct source *b = right;
	int order = digest_compare(a, b);

	return order ? order : (a->input > b->input) - (a->input < b->input);
}

/*
 * Two inputs, one at least a snapshot, with one report in one lane: what has been merged can't be
 * taken out again (COVERAGE 3.8).
 */
static void
tell_overlaps(const struct inputs *inputs, struct report *report)
{
	struct source *sources = mem_copy(report->sources, report->source_count * sizeof(*sources));

	if (report->source_count)
		qsort(sources, report->source_count, sizeof(*sources), source_compare);
	for (size_t i = 1; i < report->source_count; i++) {
		const struct source *first = &sources[i - 1], *second = &sources[i];

		if (!second->has_digest || first->input == second->input ||
		    digest_compare(first, second) != 0)
			continue;
		audit_begin(&report->audit, str_of(inputs->items[first->input].name));
		audit_add(&report->audit, AUDIT_ERROR, 0, "overlap",
		    "'%s' is in '%s' too: it counts twice",
		    strpool_get(&report->strings, second->name).s,
		    inputs->items[second->input].name);
		audit_end(&report->audit);
	}
	free(sources);
}

void
gather(struct inputs *inputs, const struct reading *reading, unsigned threads, struct report *out)
{
	struct gathering g = {*reading, inputs, threads, mem_zalloc(threads, sizeof(*g.merged)),
	    mem_zalloc(inputs->count, sizeof(*g.details))};

	g.reading.digests |= may_overlap(inputs);
	progress_begin(total_size(inputs));
	pool_run(threads, inputs->count, read_item, &g);
	progress_end();
	for (size_t i = 0; i < inputs->count; i++) {
		log_collected(strbuf_str(&g.details[i]));
		strbuf_clear(&g.details[i]);
	}
	for (unsigned i = 0; i < threads; i++) {
		report_merge(out, &g.merged[i]);
		report_clear(&g.merged[i]);
	}
	if (g.reading.digests)
		tell_overlaps(inputs, out);
	audit_merge(&out->audit, &inputs->audit);
	free(g.merged);
	free(g.details);
}
