/*
 * TESTS R18: what comes of test reports does not depend on the order in which they arrive, on how they are grouped
 * while merging, nor (but for R4) on how the cases of a cell are spread over files.
 */
#include "resolving.h"
#include "unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 200, REPORTS = 6 };

static uint64_t seed;
static uint64_t state;

static unsigned
below(unsigned limit)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(state >> 33) % limit;
}

static const char *
one_of(const char *const *words, unsigned count)
{
	return words[below(count)];
}

static void
add_case(struct strbuf *text, unsigned names)
{
	static const char *const children[] = { "", "", "", "<failure message='m'/>", "<error/>", "<skipped/>",
		"<flakyFailure/>", "<failure/><rerunFailure/>" };
	static const char *const times[] = { "", "time='0.1'", "time='1,234.5'", "time='x'" };

	strbuf_addf(text, "<testcase classname='%s' name='n%u' %s", below(2) ? "c" : "test", below(names),
	    one_of(times, 4));
	if (below(3) == 0)
		strbuf_addf(text, " file='f' line='%u'", below(2));
	strbuf_addf(text, ">%s</testcase>", one_of(children, 8));
}

static void
add_suite(struct strbuf *text)
{
	static const char *const hosts[] = { "", "h1", "h2" };
	static const char *const claims[] = { "", "", "tests='3' failures='1'", "tests='2' errors='1' skipped='1'" };

	strbuf_addf(text, "<testsuite name='s%u' hostname='%s' %s>", below(2), one_of(hosts, 3), one_of(claims, 4));
	if (below(8) == 0)
		strbuf_add_string(text, "<error message='suite'/>");
	for (unsigned i = below(5); i; i--)
		add_case(text, 3);
	strbuf_add_string(text, "</testsuite>");
}

static void
make_report(struct strbuf *text)
{
	strbuf_reset(text);
	strbuf_add_string(text, "<testsuites>");
	for (unsigned i = below(4); i; i--)
		add_suite(text);
	strbuf_add_string(text, "</testsuites>");
}

/* All that can be seen of an outcome. */
static void
print(struct resolving *r, struct strbuf *out)
{
	const struct test_totals *total = &r->outcome.total;

	strbuf_add_string(out, resolving_counts(r));
	strbuf_addf(out, "\n%s\n", resolving_runs(r));
	strbuf_addf(out, "%" PRIu64 " cases %" PRIu64 " ns %" PRIu64 " unknown\n", total->cases, total->nanoseconds,
	    total->unknown_times);
	strbuf_addf(out, "%s\n", resolving_tests(r));
	strbuf_addf(out, "%s\n", resolving_findings(r));
	for (size_t i = 0; i < r->outcome.slowest.count; i++) {
		struct outcome_test test;

		outcome_test(&r->outcome, r->outcome.slowest.ids[i], &test);
		strbuf_addf(out, "%s %s %" PRId64 "\n", test.container.s, test.name.s, test.time);
	}
}

static void
shuffle(size_t *order, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t j = below((unsigned)i);
		size_t kept = order[i - 1];

		order[i - 1] = order[j];
		order[j] = kept;
	}
}

/* Reads the inputs in some order into some groups, merges the groups. */
static void
arrive(const struct resolving_input *inputs, const struct outcome_rules *rules, struct strbuf *out)
{
	struct resolving groups[3] = {0};
	size_t order[REPORTS];

	for (size_t i = 0; i < REPORTS; i++)
		order[i] = i;
	shuffle(order, REPORTS);
	for (size_t i = 0; i < REPORTS; i++)
		resolving_add(&groups[below(3)], &inputs[order[i]]);
	report_merge(&groups[1].report, &groups[2].report);
	report_merge(&groups[0].report, &groups[1].report);
	resolving_done(&groups[0], rules);
	print(&groups[0], out);
	for (size_t i = 0; i < 3; i++)
		resolving_clear(&groups[i]);
}

START_TEST(arrival_does_not_show)
{
	static const char *const labels[] = { "unit", "unit/a", "unit/b", "e2e" };
	static const char *const names[] = { "a.xml", "b.xml", "c.xml" };
	struct duplicate_rule rule = { {"", 0}, (enum duplicate_mode)below(3) };
	struct outcome_rules rules = {.duplicates = &rule, .duplicate_count = 1};
	struct strbuf texts[REPORTS] = {0}, first = {0}, again = {0};
	struct resolving_input inputs[REPORTS];

	state = seed + (uint64_t)_i;
	for (size_t i = 0; i < REPORTS; i++) {
		make_report(&texts[i]);
		inputs[i] = (struct resolving_input){one_of(labels, 4), one_of(names, 3), strbuf_str(&texts[i]),
		    below(6) == 0};
	}
	arrive(inputs, &rules, &first);
	arrive(inputs, &rules, &again);
	ck_assert_msg(strcmp(strbuf_string(&first), strbuf_string(&again)) == 0,
	    "seed %" PRIu64 ", round %d:\n%s\n%s", seed, _i, strbuf_string(&first), strbuf_string(&again));
	for (size_t i = 0; i < REPORTS; i++)
		strbuf_clear(&texts[i]);
	strbuf_clear(&first);
	strbuf_clear(&again);
}
END_TEST

/* Cases that only their times tell apart, so that none equals another (R4), in one file or in several. */
START_TEST(spreading_over_files_does_not_show)
{
	struct resolving whole = {0}, spread = {0};
	struct strbuf all = {0}, one = {0};
	unsigned count;

	state = seed + (uint64_t)_i;
	count = 1 + below(12);
	for (unsigned i = 0; i < count; i++) {
		char name[16];

		strbuf_reset(&one);
		strbuf_addf(&one, "<testsuite name='s'><testcase classname='c' name='n%u' time='%u'>%s</testcase></testsuite>",
		    below(5), i, below(3) ? "" : "<failure/>");
		strbuf_add_str(&all, strbuf_str(&one));
		snprintf(name, sizeof(name), "%02u.xml", i / 3);
		resolving_add(&spread, &(struct resolving_input){"s", name, strbuf_str(&one), 0});
	}
	resolving_add(&whole, &(struct resolving_input){"s", "all.xml", strbuf_str(&all), 0});
	resolving_done(&whole, NULL);
	resolving_done(&spread, NULL);
	ck_assert_msg(memcmp(&whole.outcome.total, &spread.outcome.total, sizeof(whole.outcome.total)) == 0,
	    "seed %" PRIu64 ", round %d: %s in one, %s in several", seed, _i, resolving_counts(&whole),
	    resolving_counts(&spread));
	resolving_clear(&whole);
	resolving_clear(&spread);
	strbuf_clear(&all);
	strbuf_clear(&one);
}
END_TEST

Suite *
unit_suite(void)
{
	const char *given = getenv("SEED");
	Suite *suite = suite_create("outcome");
	TCase *tcase = tcase_create("outcome");

	seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	printf("seed %" PRIu64 "\n", seed);
	tcase_add_loop_test(tcase, arrival_does_not_show, 0, ROUNDS);
	tcase_add_loop_test(tcase, spreading_over_files_does_not_show, 0, ROUNDS);
	suite_add_tcase(suite, tcase);
	return suite;
}
