/* The suites that are open while a test report is read. */
#include "read/suites.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/number.h"
#include "read/duration.h"

#include <inttypes.h>
#include <stdlib.h>

void
suites_begin(struct suites *suites, struct cases *cases)
{
	*suites = (struct suites){.cases = cases};
}

void
suites_end(struct suites *suites)
{
	for (size_t i = 0; i < suites->made; i++)
		draft_clear(&suites->open[i].result);
	free(suites->open);
	*suites = (struct suites){0};
}

struct open_suite *
suites_inner(struct suites *suites)
{
	return suites->count ? &suites->open[suites->count - 1] : NULL;
}

/* A count, maybe with grouped digits like a time: "1,234". */
static bool
parse_count(struct str text, uint64_t *count)
{
	static const int64_t unit = 1000000000;
	int64_t grouped;

	if (number_u64(text, count) == NUMBER_OK)
		return *count <= LIMIT_CASES;
	if (!duration_parse(text, &grouped) || grouped % unit || grouped / unit > LIMIT_CASES)
		return false;
	*count = (uint64_t)(grouped / unit);
	return true;
}

/* Whether a text is a count past the limit; of failures it still says that there are some. */
static bool
is_beyond(struct str text)
{
	uint64_t count;
	enum number_status status = number_u64(text, &count);

	return status == NUMBER_OVERFLOW || (status == NUMBER_OK && count > LIMIT_CASES);
}

static void
read_claims(struct suites *suites, struct open_suite *suite, const struct suite_tag *tag)
{
	for (int i = 0; i < CLAIMS; i++) {
		bool beyond;

		suite->claims[i] = 0;
		suite->claimed[i] = parse_count(tag->claims[i], &suite->claims[i]);
		if (suite->claimed[i])
			continue;
		beyond = (i == CLAIM_FAILURES || i == CLAIM_ERRORS) && is_beyond(tag->claims[i]);
		suite->claims[i] = beyond ? LIMIT_CASES : 0;
		if (str_trim(tag->claims[i]).length)
			audit_add(&suites->cases->report->audit, AUDIT_NOTE, tag->line, "count-unusable",
			    "the suite's count '%.*s' is no number of tests and is %s",
			    (int)(tag->claims[i].length < 64 ? tag->claims[i].length : 64), tag->claims[i].s,
			    beyond ? "taken as the largest" : "left aside");
	}
}

/* The next slot, emptied but for its draft's memory. */
static struct open_suite *
push(struct suites *suites)
{
	struct open_suite *suite;
	struct draft result = {0};

	MEM_GROW(suites->open, suites->capacity, suites->count + 1);
	suite = &suites->open[suites->count];
	if (suites->count < suites->made)
		result = suite->result;
	else
		suites->made++;
	*suite = (struct open_suite){.result = result};
	draft_reset(&suite->result);
	suites->count++;
	return suite;
}

static bool
join_names(struct suites *suites, const struct suite_tag *tag, uint32_t outer, uint32_t *joined, struct error *err)
{
	struct strpool *strings = &suites->cases->report->strings;
	size_t known = strings->count;

	*joined = outer;
	if (tag->collection && suites->count == 0)
		return true;
	*joined = cases_join(suites->cases, outer, tag->name);
	if (strings->count > known)
		suites->joined_bytes += strpool_get(strings, *joined).length;
	if (suites->joined_bytes > LIMIT_SUITE_NAMES)
		return fail_at(err, ERROR_LIMIT, tag->line, "the joined suite names pass %u bytes", LIMIT_SUITE_NAMES);
	return true;
}

bool
suites_open(struct suites *suites, const struct suite_tag *tag, struct error *err)
{
	struct report *report = suites->cases->report;
	struct open_suite *outer = suites_inner(suites);
	struct test_suite row = {.time = TEST_TIME_UNKNOWN, .parent = outer ? outer->index : 0};
	struct open_suite *suite;

	if (report->tests.suite_count >= LIMIT_CASES)
		return fail_at(err, ERROR_LIMIT, tag->line, "more than %u suites", LIMIT_CASES);
	if (!join_names(suites, tag, outer ? outer->joined : 0, &row.joined, err))
		return false;
	row.name = strpool_add(&report->strings, tag->name);
	row.hostname = strpool_add(&report->strings, tag->hostname);
	row.package = strpool_add(&report->strings, tag->package);
	row.id = strpool_add(&report->strings, tag->id);
	row.timestamp = strpool_add(&report->strings, tag->timestamp);
	duration_parse(tag->time, &row.time);
	suite = push(suites);
	suite->index = tests_suite(&report->tests, &row);
	suite->joined = row.joined;
	suite->line = tag->line;
	suite->zero_based = str_equal(tag->name, STR("pytest"));
	read_claims(suites, suite, tag);
	return true;
}

void
suites_count(struct suites *suites, const struct test_case *row, bool retried)
{
	struct open_suite *suite = suites_inner(suites);

	if (!suite)
		return;
	suite->own.cases++;
	suite->own.counts[row->status]++;
	suite->failing = suite->failing || row->status >= TEST_FAILED;
	suite->retried = suite->retried || retried;
}

/* Adds the suite's synthetic test. */
static void
add_synthetic(struct suites *suites, struct open_suite *suite, enum test_status status)
{
	struct draft *draft = &suite->result;

	draft->row.container = suite->joined;
	draft->row.name = strpool_add(&suites->cases->report->strings, STR("(suite)"));
	draft->row.suite = suite->index;
	draft->row.status = status & 3;
	draft->row.synthetic = true;
	cases_put(suites->cases, draft, 1);
	suite->failing = true;
	suite->synthetic = true;
}

/* TESTS R9 */
static void
add_result(struct suites *suites, struct open_suite *suite)
{
	enum test_status status = suite->result.evidence.errors ? TEST_ERROR : TEST_FAILED;

	if (!suite->result.message_count)
		return;
	suite->results = true;
	suite->own.counts[status]++;
	add_synthetic(suites, suite, status);
}

/* TESTS R10a */
static void
add_unlisted(struct suites *suites, struct open_suite *suite)
{
	struct tests *tests = &suites->cases->report->tests;
	struct test_unlisted row = {(uint32_t)tests->report_count - 1, suite->joined, {0}};
	uint64_t *counts = row.counts;
	uint64_t others;

	counts[TEST_FAILED] = suite->claims[CLAIM_FAILURES];
	counts[TEST_ERROR] = suite->claims[CLAIM_ERRORS];
	counts[TEST_SKIPPED] = suite->claims[CLAIM_SKIPPED] + suite->claims[CLAIM_DISABLED];
	others = counts[TEST_FAILED] + counts[TEST_ERROR] + counts[TEST_SKIPPED];
	if (suite->claims[CLAIM_TESTS] > others)
		counts[TEST_PASSED] = suite->claims[CLAIM_TESTS] - others;
	if (suite->skipped)
		row = (struct test_unlisted){row.report, row.container,
		    {[TEST_SKIPPED] = suite->claims[CLAIM_TESTS]}};
	MEM_GROW(tests->unlisted, tests->unlisted_capacity, tests->unlisted_count + 1);
	tests->unlisted[tests->unlisted_count++] = row;
	suite->unlisted = true;
	suite->failing = suite->failing || counts[TEST_FAILED] || counts[TEST_ERROR];
	audit_add(&suites->cases->report->audit, AUDIT_NOTE, suite->line, "tests-unlisted",
	    "the suite counts %" PRIu64 " tests and lists none: they count by its attributes",
	    suite->claims[CLAIM_TESTS]);
}

/* TESTS R10b */
static void
add_unexplained(struct suites *suites, struct open_suite *suite, uint64_t failures)
{
	struct cases *cases = suites->cases;
	struct test_message message = {.kind = MESSAGE_ERROR};

	strbuf_reset(&cases->scratch);
	strbuf_addf(&cases->scratch, "%" PRIu64 " failure%s reported, none listed", failures, failures == 1 ? "" : "s");
	message.message = strpool_add(&cases->report->strings, strbuf_str(&cases->scratch));
	draft_message(&suite->result, &message);
	fingerprint_text(&suite->result.print, strbuf_str(&cases->scratch));
	fingerprint_end(&suite->result.print);
	audit_add(&cases->report->audit, AUDIT_WARNING, suite->line, "failures-unlisted", "%s: one error counts for them",
	    strbuf_string(&cases->scratch));
	add_synthetic(suites, suite, TEST_ERROR);
}

/* Whether a claim fits what was found; producers differ in what they count as what. */
static bool
claims_fit(const struct open_suite *suite, const struct suite_tally *found)
{
	uint64_t failed = found->counts[TEST_FAILED];
	uint64_t errors = found->counts[TEST_ERROR];
	uint64_t skipped = found->counts[TEST_SKIPPED];
	const uint64_t *claims = suite->claims;
	const bool *claimed = suite->claimed;

	if (claimed[CLAIM_TESTS] && claims[CLAIM_TESTS] != found->cases)
		return false;
	if (claimed[CLAIM_FAILURES] && claims[CLAIM_FAILURES] != failed &&
	    (claimed[CLAIM_ERRORS] || claims[CLAIM_FAILURES] != failed + errors))
		return false;
	if (claimed[CLAIM_ERRORS] && claims[CLAIM_ERRORS] != errors)
		return false;
	return !claimed[CLAIM_SKIPPED] || claims[CLAIM_SKIPPED] == skipped ||
	    claims[CLAIM_SKIPPED] + claims[CLAIM_DISABLED] == skipped;
}

static void
note_difference(struct suites *suites, const struct open_suite *suite)
{
	static const char *const names[CLAIMS] = { "tests", "failures", "errors", "skipped", "disabled" };
	struct strbuf *said = &suites->cases->scratch;

	if (claims_fit(suite, &suite->all) || claims_fit(suite, &suite->own))
		return;
	strbuf_reset(said);
	for (int i = 0; i < CLAIMS; i++)
		if (suite->claimed[i])
			strbuf_addf(said, "%s%s=%" PRIu64, said->length ? " " : "", names[i], suite->claims[i]);
	audit_add(&suites->cases->report->audit, AUDIT_NOTE, suite->line, "junit-counts-differ",
	    "the suite says %s but lists %" PRIu64 " tests: %" PRIu64 " passed, %" PRIu64 " failed, %" PRIu64
	    " errors, %" PRIu64 " skipped; what is listed counts", strbuf_string(said), suite->all.cases,
	    suite->all.counts[TEST_PASSED], suite->all.counts[TEST_FAILED], suite->all.counts[TEST_ERROR],
	    suite->all.counts[TEST_SKIPPED]);
}

static void
tally_add(struct suite_tally *into, const struct suite_tally *from)
{
	into->cases += from->cases;
	for (int i = 0; i < TEST_STATUSES; i++)
		into->counts[i] += from->counts[i];
}

/* Takes the innermost suite off and hands what was found in it to the one around it. */
static void
pop(struct suites *suites)
{
	const struct open_suite *suite = &suites->open[--suites->count];
	struct open_suite *outer;

	if (!suites->count)
		return;
	outer = &suites->open[suites->count - 1];
	tally_add(&outer->all, &suite->all);
	outer->failing = outer->failing || suite->failing;
	outer->retried = outer->retried || suite->retried;
	outer->results = outer->results || suite->results;
	outer->unlisted = outer->unlisted || suite->unlisted;
	outer->synthetic = outer->synthetic || suite->synthetic;
}

void
suites_close(struct suites *suites)
{
	struct open_suite *suite = &suites->open[suites->count - 1];
	uint64_t failures = suite->claims[CLAIM_FAILURES] + suite->claims[CLAIM_ERRORS];

	add_result(suites, suite);
	tally_add(&suite->all, &suite->own);
	if (!suite->all.cases && !suite->results && !suite->unlisted && suite->claims[CLAIM_TESTS])
		add_unlisted(suites, suite);
	if (failures && !suite->failing && !suite->retried)
		add_unexplained(suites, suite, failures);
	else if (!suite->unlisted && !suite->synthetic)
		note_difference(suites, suite);
	pop(suites);
}

void
suites_abandon(struct suites *suites)
{
	while (suites->count) {
		add_result(suites, &suites->open[suites->count - 1]);
		pop(suites);
	}
}
