/*
 * COVERAGE 3.6: a snapshot brings back the report that was packed, and packing any grouping of
 * reports gives the bytes of packing them all.
 */
#include "dump.h"
#include "resolving.h"
#include "unit.h"

#include "model/order.h"
#include "read/snapshot.h"
#include "render/writers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 150, REPORTS = 6, PACKED_MOST = 1 << 20 };

static uint64_t seed;
static uint64_t state;

static unsigned
below(unsigned limit)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(state >> 33) % limit;
}

static void
add_line(struct strbuf *text, unsigned number)
{
	static const char *const missing[] = {"", " exit", " 7 exit", ""};
	unsigned n = 2 + below(2), k = below(n + 1);

	strbuf_addf(text, "l %u %u\n", number, below(3));
	if (below(3) == 0)
		strbuf_addf(text, "b %u %u%s\n", n, k, missing[n - k]);
	else if (below(4) == 0)
		strbuf_addf(text, "c 4 %u 0/2/%u 1/2/1\n", 1 + k % 3, k % 3);
}

static void
make_coverage(struct strbuf *text)
{
	for (unsigned file = 0; file < 3; file++) {
		if (below(3) == 0)
			continue;
		strbuf_addf(text, "f d%u/a.c\n", file);
		for (unsigned number = 1 + below(3); number < 9; number += 1 + below(3))
			add_line(text, number);
		if (below(2))
			strbuf_addf(text, "m f%u 1 %u\n", below(2), below(2));
	}
}

static void
make_tests(struct strbuf *text)
{
	strbuf_addf(text, "<testsuites><testsuite name='s%u' timestamp='2024-01-02T03:04:05' %s>",
	    below(2), below(4) ? "" : "tests='3' failures='4'");
	for (unsigned i = below(4); i; i--)
		strbuf_addf(text, "<testcase classname='c' name='n%u' time='%u'>%s</testcase>",
		    below(3), below(4),
		    below(3) ? "" : "<failure message='m' type='t'>text</failure><rerunFailure/>");
	strbuf_add_string(text, "</testsuite></testsuites>");
}

/* One report of one lane, with its source; the same for the same number of a round. */
static void
make_report(struct report *report, unsigned number)
{
	static const char *const labels[] = {"unit", "unit/a", "unit/b", "e2e", "e2e/b", "default"};
	struct resolving resolving = {0};
	struct strbuf text = {0};
	char name[32];

	snprintf(name, sizeof(name), "r%u.xml", number);
	if (below(2)) {
		make_tests(&text);
		resolving_add(&resolving,
		    &(struct resolving_input){labels[number], name, strbuf_str(&text), below(2)});
		*report = resolving.report;
		strbuf_clear(&resolving.text);
	} else {
		const char *slash = strchr(labels[number], '/');
		char stage[16];

		snprintf(stage, sizeof(stage), "%.*s", (int)strcspn(labels[number], "/"),
		    labels[number]);
		make_coverage(&text);
		report_from(report, stage, slash ? slash + 1 : "", strbuf_string(&text));
	}
	strbuf_clear(&text);
	audit_begin(&report->audit, str_of(name));
	audit_add(&report->audit, AUDIT_NOTE, number, "odd", "finding of %s", name);
	audit_end(&report->audit);
	MEM_GROW(report->sources, report->source_capacity, report->source_count + 1);
	report->sources[report->source_count++] = (struct source){
	    .name = strpool_add(&report->strings, str_of(name)),
	    .has_digest = below(2),
	    .timestamp = below(5),
	};
}

/* The bytes of a report's snapshot (consumed). */
static struct str
pack(struct report *report, char *bytes)
{
	struct render_settings look = {0};
	struct output *out = output_memory();
	struct result result = {.report = report};
	struct str content;

	report_settle(report);
	report_order(report);
	ck_assert(renderer_snapshot.write(&result, &look, out, NULL));
	content = output_content(out);
	ck_assert_uint_lt(content.length, PACKED_MOST);
	memcpy(bytes, content.s, content.length);
	output_abort(out);
	report_clear(report);
	return (struct str){bytes, content.length};
}

static void
unpack(struct str bytes, struct report *report)
{
	int fd = memfd_create("snapshot", 0);
	struct error err = {0};
	struct input *input;

	ck_assert_int_eq(write(fd, bytes.s, bytes.length), (ssize_t)bytes.length);
	ck_assert(input_open_fd(fd, "snapshot", &input, &err));
	ck_assert_msg(reader_snapshot.snapshot(input, report, &err), "seed %" PRIu64 ": %s", seed,
	    err.message);
	input_free(input);
	close(fd);
}

/*
 * Makes the reports of a round anew and packs all: straight, or each group through a snapshot of
 * its own.
 */
static struct str
pack_grouped(uint64_t round, unsigned groups, char *bytes)
{
	static char part[PACKED_MOST];
	struct report all = {0}, group[REPORTS] = {0};
	unsigned order = below(REPORTS), into[REPORTS];

	for (unsigned i = 0; i < REPORTS; i++)
		into[i] = below(groups);
	for (unsigned i = 0; i < REPORTS; i++) {
		struct report one = {0};
		unsigned number = (i + order) % REPORTS;

		state = round + number;
		make_report(&one, number);
		report_merge(&group[into[number]], &one);
	}
	state = round ^ groups;
	for (unsigned i = 0; i < groups; i++) {
		struct report back = {0};

		if (groups > 1)
			unpack(pack(&group[i], part), &back);
		report_merge(&all, groups > 1 ? &back : &group[i]);
	}
	return pack(&all, bytes);
}

START_TEST(any_grouping_gives_the_same_bytes)
{
	static char expected[PACKED_MOST], got[PACKED_MOST];

	for (uint64_t i = 0; i < ROUNDS; i++) {
		uint64_t round = seed + i * REPORTS * 7;
		struct str one = pack_grouped(round, 1, expected);

		for (unsigned groups = 2; groups <= REPORTS; groups += 2)
			ck_assert_msg(str_equal(one, pack_grouped(round, groups, got)),
			    "seed %" PRIu64 " round %" PRIu64 " in %u groups", seed, i, groups);
	}
}
END_TEST

START_TEST(what_was_packed_comes_back)
{
	static char bytes[PACKED_MOST];

	for (uint64_t i = 0; i < ROUNDS; i++) {
		struct report before = {0}, after = {0};
		struct strbuf dumps[2] = {{0}, {0}};

		state = seed + i;
		for (unsigned number = 0; number < REPORTS; number++) {
			struct report one = {0};

			make_report(&one, number);
			report_merge(&before, &one);
		}
		report_dump(&before, &dumps[0]);
		unpack(pack(&before, bytes), &after);
		report_dump(&after, &dumps[1]);
		ck_assert_msg(str_equal(strbuf_str(&dumps[0]), strbuf_str(&dumps[1])),
		    "seed %" PRIu64 " round %" PRIu64, seed, i);
		strbuf_clear(&dumps[0]);
		strbuf_clear(&dumps[1]);
		report_clear(&after);
	}
}
END_TEST

/* Lanes that a label makes one: what was said of each is said of the one. */
START_TEST(a_label_fills_what_has_none)
{
	struct report report = {0}, other = {0}, expected = {0};
	struct strbuf dumps[2] = {{0}, {0}};
	struct error err = {0};

	report_from(&report, "default", "", "f a.c\nl 1 1\nb 2 1 exit\nl 2 0\nb 2 0");
	report_from(&other, "unit", "x", "f a.c\nl 1 1\nb 2 1 3\nl 2 1\n");
	report_merge(&report, &other);
	report_label(&report, STR("default"), STR("unit"), STR("x"));
	ck_assert_msg(report_check(&report, &err), "%s", err.message);
	report_from(&expected, "unit", "x", "f a.c\nl 1 1\nb 2 1 exit\nl 2 0\nb 2 0");
	report_from(&other, "unit", "x", "f a.c\nl 1 1\nb 2 1 3\nl 2 1\n");
	report_merge(&expected, &other);
	report_dump(&report, &dumps[0]);
	report_dump(&expected, &dumps[1]);
	ck_assert_str_eq(strbuf_string(&dumps[0]), strbuf_string(&dumps[1]));
	strbuf_clear(&dumps[0]);
	strbuf_clear(&dumps[1]);
	report_clear(&report);
	report_clear(&expected);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("snapshot");
	TCase *packing = tcase_create("packing");
	const char *given = getenv("SEED");

	seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	printf("seed %" PRIu64 "\n", seed);
	tcase_set_timeout(packing, 120);
	tcase_add_test(packing, any_grouping_gives_the_same_bytes);
	tcase_add_test(packing, what_was_packed_comes_back);
	tcase_add_test(packing, a_label_fills_what_has_none);
	suite_add_tcase(suite, packing);
	return suite;
}
