/*
 * Reading snapshots (model/snapshot.h).  Every byte is hostile: what does not fit the model is
 * damage, never more.
 */
#include "read/snapshot.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/wire.h"
#include "model/branch.h"
#include "model/snapshot.h"

#include <stdlib.h>

enum { ROWS_BELIEVED = 1 << 14 };

struct unpacking {
	struct wire wire;
	struct report *report;
	struct strbuf scratch;
};

static uint32_t
get_string(struct unpacking *u)
{
	return wire_u32(&u->wire, (uint32_t)u->report->strings.count);
}

/* A number below `count`. */
static uint32_t
get_index(struct unpacking *u, size_t count)
{
	if (!count)
		wire_fail(&u->wire, "a row of an empty table is named");
	return count ? wire_u32(&u->wire, (uint32_t)count - 1) : 0;
}

static struct str
get_bytes(struct unpacking *u)
{
	return wire_bytes(&u->wire, wire_u32(&u->wire, LIMIT_XML_TAG), &u->scratch);
}

static void
get_strings(struct unpacking *u)
{
	uint32_t count = wire_u32(&u->wire, UINT32_MAX - 1);

	for (uint32_t id = 1; id <= count && !u->wire.failed; id++)
		if (strpool_add(&u->report->strings, get_bytes(u)) != id)
			wire_fail(&u->wire, "a string is there twice");
}

/* An ascending set of ids below `count`; owned. */
static uint32_t *
get_set(struct unpacking *u, size_t count, uint32_t *length)
{
	uint32_t *ids = NULL;

	*length = wire_u32(&u->wire, (uint32_t)count);
	ids = mem_zalloc(*length, sizeof(*ids));
	for (uint32_t i = 0; i < *length && !u->wire.failed; i++) {
		ids[i] = get_index(u, count);
		if (i && ids[i - 1] >= ids[i])
			wire_fail(&u->wire, "a set is out of order");
	}
	return ids;
}

static void
get_pattern(struct unpacking *u, uint32_t id)
{
	struct lanes *lanes = &u->report->lanes;
	uint32_t could_count, did_count;
	uint32_t *could = get_set(u, lanes->lane_count, &could_count);
	uint32_t *did = get_set(u, lanes->lane_count, &did_count);
	uint32_t *both = mem_copy(did, did_count * sizeof(*did));

	if (ids_intersect(both, did_count, could, could_count) != did_count)
		wire_fail(&u->wire, "a line ran where it could not");
	else if (!u->wire.failed && lanes_pattern(lanes, could, could_count, did, did_count) != id)
		wire_fail(&u->wire, "a pattern is there twice");
	free(could);
	free(did);
	free(both);
}

static void
get_lanes(struct unpacking *u)
{
	struct lanes *lanes = &u->report->lanes;
	uint32_t count = wire_u32(&u->wire, LIMIT_LANES);

	for (uint32_t id = 0; id < count && !u->wire.failed; id++) {
		uint32_t stage = get_string(u);

		if (lanes_lane(lanes, stage, get_string(u)) != id)
			wire_fail(&u->wire, "a lane is there twice");
	}
	count = wire_u32(&u->wire, UINT32_MAX - 1);
	for (uint32_t id = 0; id < count && !u->wire.failed; id++)
		get_pattern(u, id);
}

static void
get_digest(struct unpacking *u, struct source *source)
{
	struct str digest;

	source->has_digest = wire_u32(&u->wire, true);
	if (!source->has_digest)
		return;
	digest = wire_bytes(&u->wire, DIGEST_BYTES, &u->scratch);
	if (!u->wire.failed)
		memcpy(source->digest, digest.s, DIGEST_BYTES);
}

static void
get_sources(struct unpacking *u)
{
	struct report *report = u->report;
	uint32_t count = wire_u32(&u->wire, LIMIT_INPUTS);

	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		struct source source = {.name = get_string(u)};

		source.format = get_string(u);
		source.dialect = get_string(u);
		source.lane = get_index(u, report->lanes.lane_count);
		source.kind = (enum source_kind)wire_u32(&u->wire, SOURCE_KINDS - 1);
		source.state = (enum source_state)wire_u32(&u->wire, SOURCE_STATES - 1);
		source.timestamp = wire_u64(&u->wire);
		get_digest(u, &source);
		MEM_GROW(report->sources, report->source_capacity, report->source_count + 1);
		report->sources[report->source_count++] = source;
	}
}

/* Columns of one file while they grow; their capacities in elements. */
struct growing {
	struct file file;
	size_t lines;
	size_t hits;
	size_t patterns;
	size_t branches;
	size_t data;
	size_t functions;
};

/* Rows that room is made for on the word of a count alone. */
static size_t
believed(uint32_t count)
{
	return count < ROWS_BELIEVED ? count : ROWS_BELIEVED;
}

static void
get_lines(struct unpacking *u, struct growing *g)
{
	uint32_t count = wire_u32(&u->wire, LIMIT_LINE_NUMBER);
	uint32_t line = 0;

	MEM_GROW(g->file.lines, g->lines, believed(count));
	MEM_GROW(g->file.hits, g->hits, believed(count));
	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		MEM_GROW(g->file.lines, g->lines, i + (size_t)1);
		line += wire_u32(&u->wire, LIMIT_LINE_NUMBER - line);
		g->file.lines[i] = line;
		g->file.line_count = i + 1;
	}
	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		MEM_GROW(g->file.hits, g->hits, i + (size_t)1);
		g->file.hits[i] = wire_u64(&u->wire);
		if (g->file.hits[i] > INT64_MAX)
			wire_fail(&u->wire, "hits out of bounds");
	}
}

static void
get_patterns(struct unpacking *u, struct growing *g)
{
	for (uint32_t i = 0; i < g->file.line_count && !u->wire.failed;) {
		uint32_t id = get_index(u, u->report->lanes.pattern_count);
		uint32_t run = wire_u32(&u->wire, g->file.line_count - i);

		if (!run)
			wire_fail(&u->wire, "an empty run");
		MEM_GROW(g->file.patterns, g->patterns, g->file.line_count);
		for (; run > 0 && !u->wire.failed; run--) {
			bool did = u->report->lanes.patterns[id].did_count > 0;

			if (did != (g->file.hits[i] > 0))
				wire_fail(&u->wire, "hits without a stage that ran");
			g->file.patterns[i++] = id;
		}
	}
}

static void
get_branch_data(struct unpacking *u, struct growing *g, const struct branch *branch)
{
	size_t words = branch_words(branch);
	uint32_t most =
	    branch->kind == BRANCH_IDS ? (uint32_t)u->report->strings.count : UINT32_MAX;

	for (size_t i = 0; i < words && !u->wire.failed; i++) {
		MEM_GROW(g->file.data, g->data, g->file.data_count + (size_t)1);
		g->file.data[g->file.data_count++] = wire_u32(&u->wire, most);
	}
}

static struct branch
get_branch(struct unpacking *u, struct growing *g, uint32_t line)
{
	struct branch branch = {.line = line + wire_u32(&u->wire, LIMIT_LINE_NUMBER - line)};

	branch.kind = wire_u32(&u->wire, BRANCH_PLAIN) & 3;
	branch.n = wire_u32(&u->wire, LIMIT_BRANCHES) & 0x3fffffff;
	branch.stage = get_index(u, u->report->lanes.stage_count);
	branch.a = branch.kind == BRANCH_COUNTS ? wire_u32(&u->wire, branch.n) : g->file.data_count;
	branch.b = wire_u32(&u->wire, branch.kind == BRANCH_COUNTS ? UINT32_MAX : LIMIT_CONDITIONS);
	if (branch.kind == BRANCH_PLAIN ? branch.n || branch.b : !branch.n)
		wire_fail(&u->wire, "a branch record of another kind");
	if (branch.kind == BRANCH_IDS && branch.b > branch.n)
		wire_fail(&u->wire, "more branches missing than there are");
	get_branch_data(u, g, &branch);
	return branch;
}

static void
get_branches(struct unpacking *u, struct growing *g)
{
	uint32_t count = wire_u32(&u->wire, UINT32_MAX - 1);
	uint32_t line = 0;

	MEM_GROW(g->file.branches, g->branches, believed(count));
	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		MEM_GROW(g->file.branches, g->branches, i + (size_t)1);
		g->file.branches[i] = get_branch(u, g, line);
		line = g->file.branches[i].line;
		g->file.branch_count = i + 1;
	}
}

static void
get_functions(struct unpacking *u, struct growing *g)
{
	uint32_t count = wire_u32(&u->wire, UINT32_MAX - 1);

	MEM_GROW(g->file.functions, g->functions, believed(count));
	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		struct function function = {.class_name = get_string(u)};

		function.name = get_string(u);
		function.signature = get_string(u);
		function.first_line = wire_u32(&u->wire, LIMIT_LINE_NUMBER);
		function.pattern = get_index(u, u->report->lanes.pattern_count);
		function.hits = wire_u64(&u->wire);
		if (function.hits > INT64_MAX)
			wire_fail(&u->wire, "hits out of bounds");
		MEM_GROW(g->file.functions, g->functions, i + (size_t)1);
		g->file.functions[i] = function;
		g->file.function_count = i + 1;
	}
}

/* Gives back what growing took too much. */
static void
columns_trim(struct file *file)
{
	file->lines = mem_resize(file->lines, file->line_count, sizeof(*file->lines));
	file->hits = mem_resize(file->hits, file->line_count, sizeof(*file->hits));
	file->patterns = mem_resize(file->patterns, file->line_count, sizeof(*file->patterns));
	file->branches = mem_resize(file->branches, file->branch_count, sizeof(*file->branches));
	file->data = mem_resize(file->data, file->data_count, sizeof(*file->data));
	file->functions =
	    mem_resize(file->functions, file->function_count, sizeof(*file->functions));
}

static void
get_files(struct unpacking *u)
{
	struct report *report = u->report;
	uint32_t count = wire_u32(&u->wire, LIMIT_FILES);

	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		struct growing g = {.file.path = get_string(u)};

		get_lines(u, &g);
		get_patterns(u, &g);
		get_branches(u, &g);
		get_functions(u, &g);
		if (u->wire.failed) {
			file_clear(&g.file);
			return;
		}
		columns_trim(&g.file);
		MEM_GROW(report->files, report->file_capacity, report->file_count + 1);
		report->files[report->file_count++] = g.file;
	}
}

static void
get_audit(struct unpacking *u)
{
	struct audit *audit = &u->report->audit;
	uint32_t count = wire_u32(&u->wire, UINT32_MAX - 1);

	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		struct finding finding = {
		    .level = (enum audit_level)wire_u32(&u->wire, AUDIT_NOTE)};

		finding.line = wire_u64(&u->wire);
		finding.report = arena_string(&audit->arena, get_bytes(u));
		finding.code = arena_string(&audit->arena, get_bytes(u));
		finding.message = arena_string(&audit->arena, get_bytes(u));
		MEM_GROW(audit->findings, audit->capacity, audit->count + 1);
		audit->findings[audit->count++] = finding;
	}
}

/* Times are kept one higher, so that 0 is the unknown one. */
static int64_t
get_time(struct unpacking *u)
{
	uint64_t time = wire_u64(&u->wire);

	if (time <= INT64_MAX)
		return (int64_t)time - 1;
	wire_fail(&u->wire, "a time is out of bounds");
	return TEST_TIME_UNKNOWN;
}

/* A suite's parent is an earlier one; `depths` are those of the earlier ones. */
static uint32_t
get_parent(struct unpacking *u, uint32_t index, uint16_t *depths)
{
	uint32_t parent = wire_u32(&u->wire, index);

	depths[index] = 0;
	if (!parent)
		return 0;
	depths[index] = (uint16_t)(depths[parent - 1] + 1);
	if (depths[index] > LIMIT_XML_DEPTH)
		wire_fail(&u->wire, "too many suites in each other");
	return parent;
}

static void
get_suites(struct unpacking *u)
{
	struct tests *tests = &u->report->tests;
	uint32_t count = wire_u32(&u->wire, UINT32_MAX - 1);
	uint16_t *depths = NULL;
	size_t capacity = 0;

	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		struct test_suite suite = {.time = get_time(u)};

		MEM_GROW(depths, capacity, i + (size_t)1);
		suite.parent = get_parent(u, i, depths);
		suite.name = get_string(u);
		suite.joined = get_string(u);
		suite.hostname = get_string(u);
		suite.package = get_string(u);
		suite.id = get_string(u);
		suite.timestamp = get_string(u);
		tests_suite(tests, &suite);
	}
	free(depths);
}

static uint32_t
get_detail(struct unpacking *u)
{
	struct tests *tests = &u->report->tests;
	uint32_t attempts = wire_u32(&u->wire, UINT32_MAX - 1);
	uint32_t count, detail;

	if (!attempts)
		return 0;
	MEM_GROW(tests->details, tests->detail_capacity, tests->detail_count + 1);
	tests->details[tests->detail_count++] = (struct test_detail){
	    .first_message = (uint32_t)tests->message_count, .attempts = attempts};
	detail = (uint32_t)tests->detail_count;
	count = wire_u32(&u->wire, UINT32_MAX - 1);
	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		struct test_message message = {
		    .kind = (enum message_kind)wire_u32(&u->wire, MESSAGE_NOTE)};

		message.type = get_string(u);
		message.message = get_string(u);
		message.text = get_string(u);
		tests_message(tests, detail, &message);
	}
	return detail;
}

static void
get_case(struct unpacking *u)
{
	struct test_case row = {0};
	struct str hash = wire_bytes(&u->wire, 8, &u->scratch);
	uint32_t flags;

	for (size_t i = 0; i < hash.length; i++)
		row.hash |= (uint64_t)(unsigned char)hash.s[i] << (8 * i);
	row.time = get_time(u);
	row.container = get_string(u);
	row.name = get_string(u);
	row.suite = wire_u32(&u->wire, (uint32_t)u->report->tests.suite_count);
	row.file = get_string(u);
	row.line = wire_u32(&u->wire, LIMIT_LINE_NUMBER) & 0xffffff;
	flags = wire_u32(&u->wire, SNAPSHOT_FLAGS_MOST);
	row.status = flags & 3;
	row.skip = flags >> 2 & 3;
	row.flaky = flags >> 4 & 1;
	row.synthetic = flags >> 5 & 1;
	row.detail = get_detail(u);
	tests_add(&u->report->tests, &row);
}

static void
get_unlisted(struct unpacking *u)
{
	struct tests *tests = &u->report->tests;
	uint32_t count = wire_u32(&u->wire, UINT32_MAX - 1);

	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		struct test_unlisted row = {.report = get_index(u, tests->report_count)};

		row.container = get_string(u);
		for (int j = 0; j < TEST_STATUSES; j++)
			row.counts[j] = wire_u32(&u->wire, UINT32_MAX);
		MEM_GROW(tests->unlisted, tests->unlisted_capacity, tests->unlisted_count + 1);
		tests->unlisted[tests->unlisted_count++] = row;
	}
}

static void
get_tests(struct unpacking *u)
{
	struct tests *tests = &u->report->tests;
	uint32_t count;

	get_suites(u);
	count = wire_u32(&u->wire, LIMIT_INPUTS);
	for (uint32_t i = 0; i < count && !u->wire.failed; i++) {
		uint32_t name = get_string(u);
		uint32_t cases;

		tests_begin(tests, name, get_index(u, u->report->lanes.lane_count));
		tests->reports[i].attempt = wire_u32(&u->wire, UINT32_MAX);
		cases = wire_u32(&u->wire, LIMIT_CASES);
		for (uint32_t j = 0; j < cases && !u->wire.failed; j++)
			get_case(u);
	}
	get_unlisted(u);
}

static bool
get_magic(struct unpacking *u)
{
	struct str magic = wire_bytes(&u->wire, sizeof(SNAPSHOT_MAGIC) - 1, &u->scratch);

	if (str_equal(magic, STR(SNAPSHOT_MAGIC)))
		return true;
	wire_fail(&u->wire, str_starts(magic, STR(SNAPSHOT_FAMILY)) ?
	    "it is of another version of muster; write it anew with this one" : "it has no head");
	return false;
}

static bool
read_snapshot(struct input *input, struct report *report, struct error *err)
{
	struct unpacking u = {.wire = {.input = input, .err = err}, .report = report};
	struct error broken = {0};

	if (get_magic(&u)) {
		get_strings(&u);
		get_lanes(&u);
		get_sources(&u);
		get_files(&u);
		get_audit(&u);
		get_tests(&u);
		if (!u.wire.failed && !wire_at_end(&u.wire))
			wire_fail(&u.wire, "something stands behind its end");
		if (!u.wire.failed && !report_check(report, &broken))
			wire_fail(&u.wire, broken.message);
	}
	strbuf_clear(&u.scratch);
	if (u.wire.failed)
		report_clear(report);
	return !u.wire.failed;
}

static int
bid_snapshot(struct str head)
{
	return str_starts(head, STR(SNAPSHOT_FAMILY)) ? 100 : 0;
}

const struct reader reader_snapshot = {
    .name = "snapshot",
    .help = "what an earlier run packed with -o snapshot:FILE",
    .bid = bid_snapshot,
    .snapshot = read_snapshot,
};
