/* The laws of merging: the golden rows of COVERAGE 7, and order and grouping that never show (COVERAGE 3.6). */
#include "unit.h"

#include "dump.h"
#include "judge/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Merges reports of one stage, given as text, and compares what is seen of "a.c" alone. */
static void
expect_merged(const char *const *texts, size_t count, const char *expected)
{
	struct report all = {0};
	struct strbuf dump = {0};
	struct error err = {0};
	char *head;

	for (size_t i = 0; i < count; i++) {
		struct report one = {0};

		report_from(&one, "s", "", texts[i]);
		ck_assert_msg(report_check(&one, &err), "%s", err.message);
		report_merge(&all, &one);
	}
	ck_assert_msg(report_check(&all, &err), "%s", err.message);
	for (size_t i = 0; i < all.file_count; i++) {
		const struct file *file = &all.files[i];

		for (uint32_t row = 0; row < file->line_count; row++) {
			size_t from = file_branch_from(file, file->lines[row]);
			size_t to = file_branch_from(file, file->lines[row] + 1);
			struct interval interval = file_interval(file, &all.lanes, from, to,
			    file_pattern(file, row), FILE_ALL_STAGES);

			strbuf_addf(&dump, "%u:%llu", file->lines[row], (unsigned long long)file->hits[row]);
			if (interval.n)
				strbuf_addf(&dump, "[%u,%u]/%u", interval.lo, interval.hi, interval.n);
			strbuf_add_char(&dump, ' ');
		}
	}
	head = strbuf_take(&dump);
	ck_assert_str_eq(head, expected);
	free(head);
	report_clear(&all);
}

#define MERGED(expected, ...) \
	expect_merged((const char *const[]){__VA_ARGS__}, \
	    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *), expected)

START_TEST(exact_ids)
{
	MERGED("1:2[2,2]/2 ", "f a.c\nl 1 1\nb 2 1 4", "f a.c\nl 1 1\nb 2 1 3");
	MERGED("1:2[1,1]/2 ", "f a.c\nl 1 1\nb 2 1 4", "f a.c\nl 1 1\nb 2 1 4");
	MERGED("1:2[2,2]/2 ", "f a.c\nl 1 1\nb 2 1 4", "f a.c\nl 1 1\nb 2 2");
	MERGED("1:1[1,1]/2 ", "f a.c\nl 1 1\nb 2 1 4", "f a.c\nl 1 0\nb 2 0 3 4");
}
END_TEST

START_TEST(counts_only)
{
	MERGED("1:2[1,2]/2 ", "f a.c\nl 1 1\nb 2 1", "f a.c\nl 1 1\nb 2 1");
	MERGED("1:3[1,2]/2 ", "f a.c\nl 1 1\nb 2 1", "f a.c\nl 1 1\nb 2 1", "f a.c\nl 1 1\nb 2 1");
}
END_TEST

START_TEST(twice_the_same_id_is_no_identity)
{
	MERGED("1:2[1,2]/3 ", "f a.c\nl 1 1\nb 3 1 4 4", "f a.c\nl 1 1\nb 3 1 4 4");
}
END_TEST

START_TEST(plain_plus_branch)
{
	MERGED("1:1[0,2]/2 ", "f a.c\nl 1 1", "f a.c\nl 1 0\nb 2 0");
	MERGED("1:1[0,2]/2 ", "f a.c\nl 1 0\nb 2 0", "f a.c\nl 1 1");
	MERGED("1:0[0,0]/2 ", "f a.c\nl 1 0", "f a.c\nl 1 0\nb 2 0");
}
END_TEST

START_TEST(shrink_in_all_orders)
{
	static const char full[] = "f a.c\nl 1 1\nb 2 2";
	static const char none[] = "f a.c\nl 1 1\nb 10 0";

	MERGED("1:3[2,4]/10 ", full, full, none);
	MERGED("1:3[2,4]/10 ", full, none, full);
	MERGED("1:3[2,4]/10 ", none, full, full);
}
END_TEST

START_TEST(conditions_keep_their_numbers)
{
	/* 100 % wins, 0 % is neutral, half and half of a jump is [1, 2] of 2. */
	MERGED("1:2[4,4]/4 ", "f a.c\nl 1 1\nc 4 2 0/2/2 1/2/0", "f a.c\nl 1 1\nc 4 2 0/2/0 1/2/2");
	MERGED("1:2[2,4]/4 ", "f a.c\nl 1 1\nc 4 2 0/2/1 1/2/1", "f a.c\nl 1 1\nc 4 2 0/2/1 1/2/1");
	MERGED("1:2[2,4]/4 ", "f a.c\nl 1 1\nc 4 2 0/2/1 1/2/1", "f a.c\nl 1 1\nc 4 2 7/2/1 9/2/1");
}
END_TEST

START_TEST(duplicates_in_one_report)
{
	MERGED("1:5 2:5 3:1 ", "f a.c\nl 1 0\nl 1 5\nl 2 5\nl 2 0\nl 3 1\nl 2 0");
	MERGED("1:1[2,2]/2 ", "f a.c\nl 1 1\nb 2 1 4\nl 1 1\nb 2 1 3");
	MERGED("1:1[1,1]/2 ", "f a.c\nl 1 1\nb 2 1\nl 1 1\nb 2 1");
	/* ids and no ids: the larger count */
	MERGED("1:1[1,1]/2 ", "f a.c\nl 1 1\nb 2 1 4\nl 1 1\nb 2 1 3\nl 1 0\nb 2 0");
	/* a duplicate without branch data changes only hits */
	MERGED("1:7[1,1]/2 ", "f a.c\nl 1 1\nb 2 1\nl 1 7");
	MERGED("1:1[3,3]/4 ", "f a.c\nl 1 1\nc 4 2 0/2/2 1/2/0\nl 1 1\nc 4 2 0/2/1 1/2/1");
}
END_TEST

START_TEST(hits_saturate)
{
	MERGED("1:9223372036854775807 ", "f a.c\nl 1 9223372036854775807", "f a.c\nl 1 9223372036854775807");
}
END_TEST

START_TEST(functions_are_keyed)
{
	struct report a = {0}, b = {0};
	struct strbuf dump = {0};

	report_from(&a, "s", "", "f a.c\nl 1 1\nm f 1 0\nm g 2 3\nm g 2 5");
	report_from(&b, "t", "", "f a.c\nl 1 1\nm f 1 2\nm g 9 0");
	report_merge(&a, &b);
	report_dump(&a, &dump);
	ck_assert_str_eq(strbuf_string(&dump),
	    "a.c\n  1: 2 s/ t/ ran s/ t/\n"
	    "  f at 1: 2 s/ t/ ran t/\n  g at 2: 5 s/ ran s/\n  g at 9: 0 t/ ran\n");
	strbuf_clear(&dump);
	report_clear(&a);
}
END_TEST

START_TEST(stages_keep_their_own_branches)
{
	struct report a = {0}, b = {0};
	struct result result = {0};
	struct rules rules = {0};

	report_from(&a, "unit", "", "f a.c\nl 1 1\nb 2 1 4\nl 2 0\nl 3 1");
	report_from(&b, "e2e", "", "f a.c\nl 1 1\nb 2 1 3\nl 2 1\nl 3 0");
	report_merge(&a, &b);
	measure(&a, &rules, &result);
	ck_assert_uint_eq(result.total.branches.covered, 2);
	ck_assert_uint_eq(result.total.lines.covered, 3);
	ck_assert_uint_eq(result.stage_count, 2);
	ck_assert_str_eq(result.stages[0].name.s, "e2e");
	ck_assert_uint_eq(result.stages[0].numbers.branches.covered, 1);
	ck_assert_uint_eq(result.stages[0].numbers.branches.covered_max, 1);
	ck_assert_uint_eq(result.stages[0].lines_only_here, 1);
	ck_assert_uint_eq(result.stages[1].numbers.lines.covered, 2);
	ck_assert_uint_eq(result.stages[1].lines_only_here, 1);
	result_clear(&result);
	report_clear(&a);
}
END_TEST

START_TEST(totals_that_disagree_are_noted_once_a_file)
{
	struct report a = {0}, b = {0};

	report_from(&a, "s", "", "f a.c\nl 1 1\nb 2 2\nl 2 1\nb 4 2");
	report_from(&b, "s", "", "f a.c\nl 1 1\nb 10 0\nl 2 1\nb 6 2");
	report_merge(&a, &b);
	report_settle(&a);
	ck_assert_uint_eq(audit_count(&a.audit, AUDIT_NOTE), 1);
	report_settle(&a);
	ck_assert_uint_eq(a.audit.count, 1);
	report_clear(&a);
}
END_TEST

START_TEST(missing_ranges)
{
	struct report a = {0};
	struct strbuf missing = {0};

	report_from(&a, "s", "", "f a.c\nl 3 0\nl 4 0\nl 5 0\nl 7 1\nl 9 0\nl 11 0");
	file_missing(&a.files[0], &missing);
	ck_assert_str_eq(strbuf_string(&missing), "3-5,9,11");
	strbuf_clear(&missing);
	report_clear(&a);
}
END_TEST

/* A random report of few files, lines and branches, so that everything collides. */
static void
random_text(struct strbuf *text, unsigned *seed)
{
	int files = 1 + rand_r(seed) % 3;

	for (int f = 0; f < files; f++) {
		strbuf_addf(text, "f %c.c\n", 'a' + rand_r(seed) % 4);
		for (int l = rand_r(seed) % 8; l > 0; l--) {
			int n = 1 + rand_r(seed) % 3;
			int k = rand_r(seed) % (n + 1);

			strbuf_addf(text, "l %d %d\n", 1 + rand_r(seed) % 6, rand_r(seed) % 3);
			switch (rand_r(seed) % 4) {
			case 0:
				strbuf_addf(text, "b %d %d\n", n, k);
				break;
			case 1:
				strbuf_addf(text, "b %d %d", n, k);
				for (int i = 0, id = rand_r(seed) % 3; i < n - k; i++)
					strbuf_addf(text, " %d", id + i);
				strbuf_add_char(text, '\n');
				break;
			case 2:
				k = rand_r(seed) % 3;
				strbuf_addf(text, "c 4 %d 0/2/%d %d/2/0\n", k, k, 1 + rand_r(seed) % 2);
				break;
			default:
				break;
			}
		}
		if (rand_r(seed) % 2)
			strbuf_addf(text, "m f%d %d %d\n", rand_r(seed) % 3, rand_r(seed) % 2, rand_r(seed) % 2);
	}
}

enum { REPORTS = 6 };

static void
random_reports(struct report reports[REPORTS], unsigned seed)
{
	static const char *const stages[] = {"unit", "integration", "e2e"};
	static const char *const cells[] = {"", "py3.10", "py3.11"};

	for (int i = 0; i < REPORTS; i++) {
		struct strbuf text = {0};

		random_text(&text, &seed);
		reports[i] = (struct report){0};
		report_from(&reports[i], stages[rand_r(&seed) % 3], cells[rand_r(&seed) % 3], strbuf_string(&text));
		strbuf_clear(&text);
	}
}

/* Merges in a random order and grouping: two random heaps become one until one is left. */
static char *
merged_somehow(unsigned reports_seed, unsigned order_seed, struct report *kept)
{
	struct report reports[REPORTS];
	struct strbuf dump = {0};
	struct error err = {0};

	random_reports(reports, reports_seed);
	for (int left = REPORTS; left > 1; left--) {
		int from = rand_r(&order_seed) % left;
		int into = rand_r(&order_seed) % left;
		struct report moved = reports[from];

		if (from == into)
			into = (into + 1) % left;
		report_merge(&reports[into], &moved);
		ck_assert_msg(report_check(&reports[into], &err), "%s", err.message);
		reports[from] = reports[left - 1];
	}
	report_dump(&reports[0], &dump);
	if (kept)
		*kept = reports[0];
	else
		report_clear(&reports[0]);
	return strbuf_take(&dump);
}

static unsigned
seed_of_run(void)
{
	const char *given = getenv("MUSTER_SEED");
	unsigned seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);

	printf("seed: MUSTER_SEED=%u\n", seed);
	return seed;
}

START_TEST(order_and_grouping_never_show)
{
	unsigned seed = seed_of_run();

	for (unsigned round = 0; round < 500; round++) {
		char *one = merged_somehow(seed + round, 1, NULL);

		for (unsigned order = 2; order < 6; order++) {
			char *other = merged_somehow(seed + round, order * 7919 + round, NULL);

			ck_assert_msg(strcmp(one, other) == 0, "seed %u, order %u:\n%s\nand\n%s", seed + round, order,
			    one, other);
			free(other);
		}
		free(one);
	}
}
END_TEST

/* Each stage's own totals equal those of that stage's reports alone (COVERAGE 3.7). */
START_TEST(stage_totals_equal_the_stage_alone)
{
	unsigned seed = seed_of_run();
	struct rules rules = {0};

	for (unsigned round = 0; round < 300; round++) {
		struct report all = {0}, reports[REPORTS];
		struct result whole = {0};

		free(merged_somehow(seed + round, round, &all));
		measure(&all, &rules, &whole);
		for (size_t s = 0; s < whole.stage_count; s++) {
			struct report alone = {0};
			struct result own = {0};
			const struct numbers *a = &whole.stages[s].numbers, *b = &own.total;

			random_reports(reports, seed + round);
			for (int i = 0; i < REPORTS; i++) {
				if (str_equal(report_stage(&reports[i], 0), whole.stages[s].name))
					report_merge(&alone, &reports[i]);
				else
					report_clear(&reports[i]);
			}
			measure(&alone, &rules, &own);
			ck_assert_msg(memcmp(a, b, sizeof(*a)) == 0, "seed %u, stage %s", seed + round,
			    whole.stages[s].name.s);
			result_clear(&own);
			report_clear(&alone);
		}
		result_clear(&whole);
		report_clear(&all);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("merge");
	TCase *golden = tcase_create("golden");
	TCase *laws = tcase_create("laws");

	tcase_add_test(golden, exact_ids);
	tcase_add_test(golden, counts_only);
	tcase_add_test(golden, twice_the_same_id_is_no_identity);
	tcase_add_test(golden, plain_plus_branch);
	tcase_add_test(golden, shrink_in_all_orders);
	tcase_add_test(golden, conditions_keep_their_numbers);
	tcase_add_test(golden, duplicates_in_one_report);
	tcase_add_test(golden, hits_saturate);
	tcase_add_test(golden, functions_are_keyed);
	tcase_add_test(golden, stages_keep_their_own_branches);
	tcase_add_test(golden, totals_that_disagree_are_noted_once_a_file);
	tcase_add_test(golden, missing_ranges);
	suite_add_tcase(suite, golden);
	tcase_set_timeout(laws, 120);
	tcase_add_test(laws, order_and_grouping_never_show);
	tcase_add_test(laws, stage_totals_equal_the_stage_alone);
	suite_add_tcase(suite, laws);
	return suite;
}
