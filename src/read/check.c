/* Check's own XML: a suite has a title and tests, a test has its fields as children (TESTS 2). */
#include "read/junit.h"

#include "base/limits.h"
#include "base/number.h"
#include "read/document.h"
#include "read/duration.h"
#include "read/sniff.h"
#include "read/suites.h"

enum field { FIELD_PLACE, FIELD_ID, FIELD_ITERATION, FIELD_DURATION, FIELD_CASE, FIELD_MESSAGE, FIELD_TITLE, FIELDS };

static const char *const field_names[FIELDS] = {
	"fn", "id", "iteration", "duration", "description", "message", "title",
};

struct reading {
	struct report *report;
	struct xml *xml;
	const char *fields[FIELDS];	/* interned */
	const char *suite;
	const char *test;
	struct cases cases;
	struct suites suites;
	struct draft draft;
	struct strbuf values[FIELDS];	/* of the open test; the title of its suite */
	enum field field;	/* the open one, FIELDS: none */
	unsigned depth;
	unsigned test_depth;	/* of the open test, 0: none */
	unsigned suite_depth;
	unsigned field_depth;
	bool begun;
};

static void
check_begin(void *context, struct xml *xml)
{
	struct reading *reading = context;

	reading->xml = xml;
	reading->suite = xml_intern(xml, "suite");
	reading->test = xml_intern(xml, "test");
	for (size_t i = 0; i < FIELDS; i++)
		reading->fields[i] = xml_intern(xml, field_names[i]);
}

static void
start_test(struct reading *reading, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct evidence *evidence = &reading->draft.evidence;

	if (reading->report->tests.case_count >= LIMIT_CASES) {
		struct error err = {0};

		fail_at(&err, ERROR_LIMIT, xml_line(reading->xml), "too many tests");
		xml_stop(reading->xml, &err);
	}
	reading->test_depth = reading->depth;
	draft_reset(&reading->draft);
	reading->draft.line = xml_line(reading->xml);
	fingerprint_start(&reading->draft.print, &reading->cases.name_hashes, name, attributes, count);
	for (size_t i = 0; i < FIELD_TITLE; i++)
		strbuf_reset(&reading->values[i]);
	for (size_t i = 0; i < count; i++)
		if (strcmp(attributes[i].name, "result") == 0)
			evidence->result = word_parse(xml_value(&attributes[i]));
	if (evidence->result == WORD_UNKNOWN)
		audit_add(&reading->report->audit, AUDIT_NOTE, reading->draft.line, "unknown-status",
		    "a result that is not known: the test counts as passed");
}

/* "file.c:12" */
static void
read_place(struct reading *reading, struct test_case *row)
{
	struct str place = str_trim(strbuf_str(&reading->values[FIELD_PLACE]));
	size_t colon = place.length;
	uint64_t line;

	while (colon && place.s[colon - 1] != ':')
		colon--;
	if (!colon || number_u64((struct str){place.s + colon, place.length - colon}, &line) != NUMBER_OK) {
		row->file = cases_file(&reading->cases, place);
		return;
	}
	row->file = cases_file(&reading->cases, (struct str){place.s, colon - 1});
	if (line <= LIMIT_LINE_NUMBER)
		row->line = line & 0xffffff;
}

/* Container: suite title > test case; name: id, " #N" for a later iteration. */
static void
name_test(struct reading *reading)
{
	struct open_suite *suite = suites_inner(&reading->suites);
	struct strbuf *id = &reading->values[FIELD_ID];
	struct str iteration = str_trim(strbuf_str(&reading->values[FIELD_ITERATION]));
	struct str name, none = {0};
	struct case_name names = {&none, &name, &none, &none, {{0}, 0}};
	uint64_t number;
	uint32_t container;

	container = cases_join(&reading->cases, 0, str_trim(strbuf_str(&reading->values[FIELD_TITLE])));
	container = cases_join(&reading->cases, container, str_trim(strbuf_str(&reading->values[FIELD_CASE])));
	if (number_u64(iteration, &number) == NUMBER_OK && number)
		strbuf_addf(id, " #%.*s", (int)iteration.length, iteration.s);
	name = strbuf_str(id);
	case_name_prepare(&reading->cases, &names);
	cases_name(&reading->cases, &names, container, &reading->draft);
	reading->draft.row.suite = suite ? suite->index : 0;
}

static void
read_message(struct reading *reading)
{
	enum word word = reading->draft.evidence.result;
	struct test_message message = {.kind = word == WORD_ERROR ? MESSAGE_ERROR : MESSAGE_FAILURE};

	if (word != WORD_ERROR && word != WORD_FAILED)
		return;
	message.message = cases_keep(&reading->cases, strbuf_str(&reading->values[FIELD_MESSAGE]),
	    reading->draft.line);
	draft_message(&reading->draft, &message);
}

/* What the fields of a test say, once they are all there or the report ends. */
static void
settle_test(struct reading *reading)
{
	struct test_case *row = &reading->draft.row;

	fingerprint_end(&reading->draft.print);
	name_test(reading);
	read_place(reading, row);
	read_message(reading);
	duration_parse(strbuf_str(&reading->values[FIELD_DURATION]), &row->time);
	reading->test_depth = 0;
}

static void
end_test(struct reading *reading)
{
	settle_test(reading);
	suites_count(&reading->suites, cases_add(&reading->cases, &reading->draft), false);
}

static void
start_suite(struct reading *reading)
{
	struct error err = {0};

	strbuf_reset(&reading->values[FIELD_TITLE]);
	reading->suite_depth = reading->depth;
	if (!suites_open(&reading->suites, &(struct suite_tag){.line = xml_line(reading->xml)}, &err))
		xml_stop(reading->xml, &err);
}

static void
start_field(struct reading *reading, const char *name)
{
	for (size_t i = 0; i < FIELDS; i++) {
		bool in_place = i == FIELD_TITLE ? !reading->test_depth : reading->test_depth != 0;

		if (reading->fields[i] != name || !in_place)
			continue;
		reading->field = (enum field)i;
		reading->field_depth = reading->depth;
		strbuf_reset(&reading->values[i]);
	}
}

static void
check_start(void *context, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct reading *reading = context;

	reading->depth++;
	reading->begun = true;
	if (!reading->test_depth && name == reading->test)
		start_test(reading, name, attributes, count);
	else if (reading->test_depth)
		fingerprint_start(&reading->draft.print, &reading->cases.name_hashes, name, attributes, count);
	else if (!reading->suite_depth && name == reading->suite)
		start_suite(reading);
	if (!reading->field_depth)
		start_field(reading, name);
}

static void
check_end(void *context, const char *name)
{
	struct reading *reading = context;

	(void)name;
	if (reading->field_depth == reading->depth) {
		reading->field = FIELDS;
		reading->field_depth = 0;
	}
	if (reading->test_depth == reading->depth)
		end_test(reading);
	else if (reading->test_depth)
		fingerprint_end(&reading->draft.print);
	if (reading->suite_depth == reading->depth) {
		suites_close(&reading->suites);
		reading->suite_depth = 0;
	}
	reading->depth--;
}

static void
check_text(void *context, struct str piece)
{
	struct reading *reading = context;
	struct strbuf *value;

	if (reading->test_depth)
		fingerprint_text(&reading->draft.print, piece);
	if (!reading->field_depth)
		return;
	value = &reading->values[reading->field];
	if (value->length + piece.length > LIMIT_XML_NAME)
		piece.length = LIMIT_XML_NAME - value->length;
	strbuf_add_str(value, piece);
}

/* TESTS R11 */
static void
keep_damaged(struct reading *reading)
{
	if (!reading->test_depth)
		return;
	settle_test(reading);
	cases_add_open(&reading->cases, &reading->draft);
}

static bool
check_read(struct input *input, struct report *report, struct error *err)
{
	static const struct document document = {
		.several_roots = true,
		.mended = AUDIT_NOTE,
		.handler = { check_start, check_end, check_text },
		.begin = check_begin,
	};
	struct reading reading = {.report = report, .field = FIELDS};
	bool done;

	cases_begin(&reading.cases, report);
	suites_begin(&reading.suites, &reading.cases);
	done = document_read(&document, input, &reading, &report->audit, err);
	if (!done)
		keep_damaged(&reading);
	if (!done && reading.begun && err)
		err->code = ERROR_DAMAGED;
	draft_clear(&reading.draft);
	for (size_t i = 0; i < FIELDS; i++)
		strbuf_clear(&reading.values[i]);
	suites_end(&reading.suites);
	cases_end(&reading.cases);
	return done;
}

static int
check_bid(struct str head)
{
	struct sniff sniff;

	sniff_head(&sniff, head);
	return str_equal(sniff.root, STR("testsuites")) && sniff_holds(&sniff, CHECK_NAMESPACE) ? 95 : 0;
}

const struct reader reader_check = {
	.name = "check",
	.help = "the XML of Check, the C test library",
	.kind = SOURCE_TESTS,
	.bid = check_bid,
	.tests = check_read,
};
