/* JUnit XML: elements and attributes into cases and suites. */
#include "read/junit.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/number.h"
#include "read/document.h"
#include "read/duration.h"
#include "read/sniff.h"
#include "read/suites.h"

#include <stdio.h>
#include <stdlib.h>

enum attribute {
	ATTRIBUTE_CLASSNAME, ATTRIBUTE_NAME, ATTRIBUTE_TIME, ATTRIBUTE_FILE, ATTRIBUTE_LINE, ATTRIBUTE_STATUS,
	ATTRIBUTE_RESULT, ATTRIBUTE_MESSAGE, ATTRIBUTE_TYPE, ATTRIBUTE_TESTS, ATTRIBUTE_FAILURES, ATTRIBUTE_ERRORS,
	ATTRIBUTE_SKIPPED, ATTRIBUTE_DISABLED, ATTRIBUTE_TIMESTAMP, ATTRIBUTE_HOSTNAME, ATTRIBUTE_PACKAGE,
	ATTRIBUTE_ID, ATTRIBUTE_TYPE_PARAM, ATTRIBUTE_VALUE_PARAM, ATTRIBUTES,
};

/* The likeliest first. */
static const char *const attribute_names[ATTRIBUTES] = {
	"classname", "name", "time", "file", "line", "status", "result", "message", "type", "tests", "failures",
	"errors", "skipped", "disabled", "timestamp", "hostname", "package", "id", "type_param", "value_param",
};

enum element {
	ELEMENT_OTHER,		/* looked through: what is inside counts as if outside */
	ELEMENT_SUITES,
	ELEMENT_SUITE,
	ELEMENT_CASE,
	ELEMENT_RESULT,		/* of a case or a suite */
	ELEMENT_OUTPUT,		/* nothing inside it counts */
};

static const struct tag {
	const char *name;
	enum element element;
	enum message_kind kind;
} tags[] = {
	{ "testcase", ELEMENT_CASE, 0 },
	{ "testsuite", ELEMENT_SUITE, 0 },
	{ "skipped", ELEMENT_RESULT, MESSAGE_SKIPPED },
	{ "failure", ELEMENT_RESULT, MESSAGE_FAILURE },
	{ "error", ELEMENT_RESULT, MESSAGE_ERROR },
	{ "system-out", ELEMENT_OUTPUT, 0 },
	{ "system-err", ELEMENT_OUTPUT, 0 },
	{ "properties", ELEMENT_OUTPUT, 0 },
	{ "rerunFailure", ELEMENT_RESULT, MESSAGE_RERUN },
	{ "rerunError", ELEMENT_RESULT, MESSAGE_RERUN },
	{ "flakyFailure", ELEMENT_RESULT, MESSAGE_FLAKY },
	{ "flakyError", ELEMENT_RESULT, MESSAGE_FLAKY },
	{ "testsuites", ELEMENT_SUITES, 0 },
};

enum { TAGS = sizeof(tags) / sizeof(*tags), DEEPEST = LIMIT_XML_DEPTH + 2 };

struct reading {
	struct report *report;
	struct xml *xml;	/* while callbacks run */
	const char *attributes[ATTRIBUTES];	/* interned */
	const char *tags[TAGS];
	struct cases cases;
	struct suites suites;
	struct draft *drafts;	/* open cases, the innermost last */
	size_t draft_count;
	size_t drafts_made;
	size_t draft_capacity;
	enum element path[DEEPEST];	/* open elements from 1 on; [0] is none */
	unsigned depth;
	unsigned closed;	/* depth of the open element whose inside is text, not tests; 0: none */
	unsigned quiet;		/* depth of an output in a result: not kept; 0: none */
	struct draft *owner;	/* of the open result; no draft or suite is opened meanwhile */
	struct test_message result;	/* the open one */
	uint64_t result_line;
	bool begun;		/* a root was seen */
};

static void
junit_begin(void *context, struct xml *xml)
{
	struct reading *reading = context;

	reading->xml = xml;
	for (size_t i = 0; i < ATTRIBUTES; i++)
		reading->attributes[i] = xml_intern(xml, attribute_names[i]);
	for (size_t i = 0; i < TAGS; i++)
		reading->tags[i] = xml_intern(xml, tags[i].name);
}

static void
stop(struct reading *reading, enum error_code code, const char *message)
{
	struct error err = {0};

	fail_at(&err, code, xml_line(reading->xml), "%s", message);
	xml_stop(reading->xml, &err);
}

/* Sorts the attributes into `values`. */
static void
collect(struct reading *reading, const struct xml_attribute *attributes, size_t count, struct str values[ATTRIBUTES])
{
	memset(values, 0, ATTRIBUTES * sizeof(*values));
	for (size_t i = 0; i < count; i++) {
		size_t at = 0;

		while (at < ATTRIBUTES && attributes[i].name != reading->attributes[at])
			at++;
		if (at == ATTRIBUTES || attributes[i].prefix)
			continue;
		values[at] = xml_value(&attributes[i]);
		if (values[at].length > LIMIT_XML_NAME && at != ATTRIBUTE_MESSAGE)
			stop(reading, ERROR_LIMIT, "an attribute that names something is too long");
	}
}

static struct draft *
inner_draft(struct reading *reading)
{
	return reading->draft_count ? &reading->drafts[reading->draft_count - 1] : NULL;
}

static struct draft *
push_draft(struct reading *reading)
{
	struct draft *draft;

	MEM_GROW(reading->drafts, reading->draft_capacity, reading->draft_count + 1);
	draft = &reading->drafts[reading->draft_count++];
	if (reading->drafts_made < reading->draft_count) {
		*draft = (struct draft){0};
		reading->drafts_made++;
	}
	draft_reset(draft);
	return draft;
}

static enum word
read_word(struct reading *reading, struct str text)
{
	enum word word = text.length ? word_parse(text) : WORD_NONE;

	if (word == WORD_UNKNOWN)
		audit_add(&reading->report->audit, AUDIT_NOTE, xml_line(reading->xml), "unknown-status",
		    "status '%.*s' is not known: without a child that says otherwise the test passed",
		    (int)(text.length < 64 ? text.length : 64), text.s);
	return word;
}

static void
read_time(struct reading *reading, struct str text, struct test_case *row)
{
	if (duration_parse(text, &row->time) || !str_trim(text).length)
		return;
	audit_add(&reading->report->audit, AUDIT_NOTE, xml_line(reading->xml), "time-unusable",
	    "the time '%.*s' is not known", (int)(text.length < 64 ? text.length : 64), text.s);
}

static void
read_place(struct reading *reading, const struct str *values, const struct open_suite *suite, struct test_case *row)
{
	uint64_t line;

	row->file = cases_file(&reading->cases, values[ATTRIBUTE_FILE]);
	if (!values[ATTRIBUTE_LINE].length || number_u64(values[ATTRIBUTE_LINE], &line) != NUMBER_OK)
		return;
	line += suite && suite->zero_based;
	if (line <= LIMIT_LINE_NUMBER)
		row->line = line & 0xffffff;
}

static void
start_case(struct reading *reading, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct open_suite *suite = suites_inner(&reading->suites);
	struct draft *draft = push_draft(reading);
	struct str values[ATTRIBUTES];
	struct case_name names = {
	    .classname = &values[ATTRIBUTE_CLASSNAME],
	    .name = &values[ATTRIBUTE_NAME],
	    .type_param = &values[ATTRIBUTE_TYPE_PARAM],
	    .value_param = &values[ATTRIBUTE_VALUE_PARAM],
	};

	if (reading->report->tests.case_count >= LIMIT_CASES)
		stop(reading, ERROR_LIMIT, "too many test cases");
	collect(reading, attributes, count, values);
	case_name_prepare(&reading->cases, &names);
	fingerprint_start(&draft->print, &reading->cases.name_hashes, name, attributes, count);
	draft->line = xml_line(reading->xml);
	draft->row.suite = suite ? suite->index : 0;
	read_time(reading, values[ATTRIBUTE_TIME], &draft->row);
	read_place(reading, values, suite, &draft->row);
	draft->evidence.status = read_word(reading, values[ATTRIBUTE_STATUS]);
	draft->evidence.result = read_word(reading, values[ATTRIBUTE_RESULT]);
	cases_name(&reading->cases, &names, suite ? suite->joined : 0, draft);
}

static void
end_case(struct reading *reading)
{
	struct draft *draft = &reading->drafts[reading->draft_count - 1];
	bool retried = draft->evidence.flakies || draft->evidence.reruns;

	fingerprint_end(&draft->print);
	suites_count(&reading->suites, cases_add(&reading->cases, draft), retried);
	reading->draft_count--;
}

static void
start_suite(struct reading *reading, bool collection, const struct xml_attribute *attributes, size_t count)
{
	struct str values[ATTRIBUTES];
	struct error err = {0};

	collect(reading, attributes, count, values);
	if (!suites_open(&reading->suites, &(struct suite_tag){
	    .name = values[ATTRIBUTE_NAME],
	    .hostname = values[ATTRIBUTE_HOSTNAME],
	    .package = values[ATTRIBUTE_PACKAGE],
	    .id = values[ATTRIBUTE_ID],
	    .timestamp = values[ATTRIBUTE_TIMESTAMP],
	    .time = values[ATTRIBUTE_TIME],
	    .claims = {
	        [CLAIM_TESTS] = values[ATTRIBUTE_TESTS],
	        [CLAIM_FAILURES] = values[ATTRIBUTE_FAILURES],
	        [CLAIM_ERRORS] = values[ATTRIBUTE_ERRORS],
	        [CLAIM_SKIPPED] = values[ATTRIBUTE_SKIPPED],
	        [CLAIM_DISABLED] = values[ATTRIBUTE_DISABLED],
	    },
	    .collection = collection,
	    .line = xml_line(reading->xml),
	}, &err))
		xml_stop(reading->xml, &err);
}

/* Counts a result child among the evidence. */
static void
witness(struct evidence *evidence, enum message_kind kind, const struct str *values)
{
	evidence->errors += kind == MESSAGE_ERROR;
	evidence->failures += kind == MESSAGE_FAILURE;
	evidence->flakies += kind == MESSAGE_FLAKY;
	evidence->reruns += kind == MESSAGE_RERUN;
	if (kind == MESSAGE_SKIPPED)
		evidence_skip(evidence, values[ATTRIBUTE_TYPE], values[ATTRIBUTE_MESSAGE]);
}

/* Whose result it is: a case's, or a suite's error or failure; NULL: nobody's. */
static struct draft *
result_owner(struct reading *reading, enum message_kind kind)
{
	enum element parent = reading->path[reading->depth - 1];
	struct open_suite *suite = suites_inner(&reading->suites);

	if (parent == ELEMENT_CASE)
		return inner_draft(reading);
	if ((parent != ELEMENT_SUITE && parent != ELEMENT_SUITES) || !suite)
		return NULL;
	suite->skipped = suite->skipped || kind == MESSAGE_SKIPPED;
	return kind == MESSAGE_ERROR || kind == MESSAGE_FAILURE ? &suite->result : NULL;
}

static void
start_result(struct reading *reading, const struct tag *tag, const struct xml_attribute *attributes, size_t count)
{
	struct draft *owner = reading->owner;
	struct str values[ATTRIBUTES];

	if (reading->report->tests.message_count + owner->message_count >= LIMIT_CASES)
		stop(reading, ERROR_LIMIT, "too many messages");
	collect(reading, attributes, count, values);
	fingerprint_start(&owner->print, &reading->cases.name_hashes, tag->name, attributes, count);
	witness(&owner->evidence, tag->kind, values);
	reading->result_line = xml_line(reading->xml);
	reading->result = (struct test_message){
	    .kind = tag->kind,
	    .type = strpool_add(&reading->report->strings, values[ATTRIBUTE_TYPE]),
	    .message = cases_keep(&reading->cases, values[ATTRIBUTE_MESSAGE], reading->result_line),
	};
}

static void
end_result(struct reading *reading)
{
	struct draft *owner = reading->owner;

	fingerprint_end(&owner->print);
	reading->result.text = cases_keep_excerpt(&reading->cases, reading->result_line);
	draft_message(owner, &reading->result);
	reading->owner = NULL;
	reading->quiet = 0;
}

/* The draft whose content the parser is in; NULL: none. */
static struct draft *
content_owner(struct reading *reading)
{
	return reading->owner ? reading->owner : inner_draft(reading);
}

/* An element that means nothing by itself. */
static void
start_content(struct reading *reading, const struct tag *tag, const char *name,
    const struct xml_attribute *attributes, size_t count)
{
	struct draft *owner = content_owner(reading);

	if (owner)
		fingerprint_start(&owner->print, &reading->cases.name_hashes, name, attributes, count);
	if (reading->owner && tag->element == ELEMENT_OUTPUT && !reading->quiet)
		reading->quiet = reading->depth;
}

static const struct tag *
tag_find(const struct reading *reading, const char *name)
{
	static const struct tag other = { "", ELEMENT_OTHER, 0 };

	for (size_t i = 0; i < TAGS; i++)
		if (reading->tags[i] == name)
			return &tags[i];
	return &other;
}

/* What an element is at its place: nothing inside text, no suite inside a case. */
static enum element
element_at(const struct reading *reading, const struct tag *tag)
{
	bool suite = tag->element == ELEMENT_SUITE || tag->element == ELEMENT_SUITES;

	return reading->closed || (suite && reading->draft_count) ? ELEMENT_OTHER : tag->element;
}

static void
check_root(struct reading *reading, const struct tag *tag, const char *name)
{
	char message[128];

	reading->begun = tag->element == ELEMENT_SUITES || tag->element == ELEMENT_SUITE ||
	    tag->element == ELEMENT_CASE;
	if (reading->begun)
		return;
	snprintf(message, sizeof(message), "root element <%.64s> is none of a JUnit report", name);
	stop(reading, ERROR_FOREIGN, message);
}

static void
junit_start(void *context, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct reading *reading = context;
	const struct tag *tag = tag_find(reading, name);
	enum element element = element_at(reading, tag);

	if (reading->depth + 1 >= DEEPEST)
		return;
	if (!reading->begun)
		check_root(reading, tag, name);
	reading->path[++reading->depth] = element;
	if (element == ELEMENT_RESULT)
		reading->owner = result_owner(reading, tag->kind);
	if (element == ELEMENT_RESULT || element == ELEMENT_OUTPUT)
		reading->closed = reading->depth;
	if (element == ELEMENT_CASE)
		start_case(reading, name, attributes, count);
	else if (element == ELEMENT_SUITE || element == ELEMENT_SUITES)
		start_suite(reading, element == ELEMENT_SUITES, attributes, count);
	else if (element == ELEMENT_RESULT && reading->owner)
		start_result(reading, tag, attributes, count);
	else
		start_content(reading, tag, name, attributes, count);
}

static void
end_content(struct reading *reading)
{
	struct draft *owner = content_owner(reading);

	if (owner)
		fingerprint_end(&owner->print);
	if (reading->quiet == reading->depth)
		reading->quiet = 0;
}

static void
junit_end(void *context, const char *name)
{
	struct reading *reading = context;
	enum element element = reading->path[reading->depth];

	(void)name;
	if (element == ELEMENT_CASE)
		end_case(reading);
	else if (element == ELEMENT_SUITE || element == ELEMENT_SUITES)
		suites_close(&reading->suites);
	else if (element == ELEMENT_RESULT && reading->owner)
		end_result(reading);
	else
		end_content(reading);
	if (reading->closed == reading->depth)
		reading->closed = 0;
	reading->depth--;
}

static void
junit_text(void *context, struct str piece)
{
	struct reading *reading = context;
	struct draft *owner = content_owner(reading);

	if (!owner)
		return;
	fingerprint_text(&owner->print, piece);
	if (reading->owner && !reading->quiet)
		excerpt_add(&reading->cases.excerpt, piece);
}

/* TESTS R11: what is complete stays, an open case is an error. */
static void
keep_damaged(struct reading *reading)
{
	if (reading->owner)
		end_result(reading);
	for (; reading->draft_count; reading->draft_count--)
		cases_add_open(&reading->cases, inner_draft(reading));
	suites_abandon(&reading->suites);
}

static bool
junit_read(struct input *input, struct report *report, struct error *err)
{
	const struct document document = {
		.several_roots = true,
		.fast = report->tests.plain ? NULL : &fast_cases,
		.mended = AUDIT_NOTE,
		.handler = { junit_start, junit_end, junit_text },
		.begin = junit_begin,
	};
	struct reading reading = {.report = report};
	bool done;

	cases_begin(&reading.cases, report);
	suites_begin(&reading.suites, &reading.cases);
	done = document_read(&document, input, &reading, &report->audit, err);
	if (!done)
		keep_damaged(&reading);
	if (!done && reading.begun && err)
		err->code = ERROR_DAMAGED;
	for (size_t i = 0; i < reading.drafts_made; i++)
		draft_clear(&reading.drafts[i]);
	free(reading.drafts);
	suites_end(&reading.suites);
	cases_end(&reading.cases);
	return done;
}

static int
junit_bid(struct str head)
{
	static const struct {
		const char *root;
		int bid;
	} roots[] = { { "testsuites", 90 }, { "testsuite", 90 }, { "testcase", 50 } };
	struct sniff sniff;

	sniff_head(&sniff, head);
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		if (str_equal(sniff.root, str_of(roots[i].root)))
			return roots[i].bid;
	return 0;
}

const struct reader reader_junit = {
	.name = "junit",
	.help = "JUnit XML of any test runner",
	.kind = SOURCE_TESTS,
	.bid = junit_bid,
	.tests = junit_read,
};
