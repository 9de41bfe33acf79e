/* Test reports from texts, read, merged and resolved. */
#include "resolving.h"

#include "base/mem.h"
#include "base/xml.h"

#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#undef fail

static struct input *
open_text(struct str text, int *fd)
{
	struct input *input;
	struct error err = {0};

	*fd = memfd_create("report", 0);
	ck_assert_int_ge(*fd, 0);
	ck_assert_int_eq(write(*fd, text.s, text.length), (ssize_t)text.length);
	ck_assert_msg(input_open_fd(*fd, "report", &input, &err), "%s", err.message);
	return input;
}

static void
begin(struct report *report, const struct resolving_input *input)
{
	const char *slash = strchr(input->label, '/');
	size_t length = slash ? (size_t)(slash - input->label) : strlen(input->label);

	report_begin(report, (struct str){input->label, length}, str_of(slash ? slash + 1 : ""));
	audit_begin(&report->audit, str_of(input->name));
}

void
resolving_add(struct resolving *resolving, const struct resolving_input *input)
{
	struct report report = {0};
	struct error err = {0};
	const struct reader *reader;
	struct input *source;
	struct str head;
	int fd;

	xml_initialise();
	source = open_text(input->text, &fd);
	begin(&report, input);
	ck_assert_msg(input_peek(source, &head, &err), "%s", err.message);
	reader = reader_choose(head, &err);
	resolving->ok = reader && reader->tests && reader->tests(source, &report, &err);
	if (!resolving->ok)
		resolving->err = err;
	audit_end(&report.audit);
	if (report.tests.report_count)
		report.tests.reports[0].attempt = input->attempt;
	ck_assert_msg(report_check(&report, &err), "%s", err.message);
	report_merge(&resolving->report, &report);
	ck_assert_msg(report_check(&resolving->report, &err), "%s", err.message);
	input_free(source);
	close(fd);
}

void
resolving_text(struct resolving *resolving, const char *text)
{
	resolving_add(resolving, &(struct resolving_input){"s", "report.xml", str_of(text), 0});
}

void
resolving_done(struct resolving *resolving, const struct outcome_rules *rules)
{
	static const struct outcome_rules none;
	struct error err = {0};

	outcome_resolve(&resolving->report, rules ? rules : &none, &resolving->outcome, &resolving->report.audit);
	audit_sort(&resolving->report.audit);
	ck_assert_msg(outcome_check(&resolving->outcome, &err), "%s", err.message);
}

void
resolving_of(struct resolving *resolving, const char *text)
{
	*resolving = (struct resolving){0};
	resolving_text(resolving, text);
	resolving_done(resolving, NULL);
}

static const char *
print_counts(struct resolving *resolving, const uint64_t counts[TEST_STATUSES])
{
	static const enum test_status order[] = { TEST_PASSED, TEST_FAILED, TEST_ERROR, TEST_SKIPPED };
	struct strbuf *text = &resolving->text;

	strbuf_reset(text);
	for (size_t i = 0; i < TEST_STATUSES; i++)
		if (counts[order[i]])
			strbuf_addf(text, "%" PRIu64 "%c", counts[order[i]], "pfes"[i]);
	if (!text->length)
		strbuf_add_string(text, "nothing");
	return strbuf_string(text);
}

const char *
resolving_counts(struct resolving *resolving)
{
	const struct test_totals *total = &resolving->outcome.total;
	const uint64_t counts[TEST_STATUSES] = { total->skipped, total->passed, total->failed, total->errors };

	print_counts(resolving, counts);
	if (total->flaky)
		strbuf_addf(&resolving->text, " flaky %" PRIu64, total->flaky);
	return strbuf_string(&resolving->text);
}

const char *
resolving_runs(struct resolving *resolving)
{
	return print_counts(resolving, resolving->outcome.total.run_counts);
}

static void
add_failing_cells(struct resolving *resolving, test_id id)
{
	struct outcome_run run = {0};
	struct strbuf cell = {0};
	bool open = false;

	while (outcome_next_run(&resolving->outcome, id, &run)) {
		outcome_cell(&resolving->outcome, &run, &cell);
		if (run.status < TEST_FAILED || !cell.length)
			continue;
		strbuf_addf(&resolving->text, "%s%s", open ? " " : " [", strbuf_string(&cell));
		open = true;
	}
	if (open)
		strbuf_add_char(&resolving->text, ']');
	strbuf_clear(&cell);
}

const char *
resolving_tests(struct resolving *resolving)
{
	struct test_list all = outcome_all(&resolving->outcome);
	struct strbuf *text = &resolving->text;

	strbuf_reset(text);
	for (size_t i = 0; i < all.count; i++) {
		struct outcome_test test;

		outcome_test(&resolving->outcome, all.ids[i], &test);
		strbuf_addf(text, "%s%s|%s", i ? "; " : "", test.container.s, test.name.s);
		if (test.repeat > 1)
			strbuf_addf(text, "#%u", test.repeat);
		strbuf_addf(text, " %s", test_status_name(test.status));
		if (test.flaky)
			strbuf_add_string(text, " flaky");
		if (test.attempts > 1)
			strbuf_addf(text, " attempts %u", test.attempts);
		add_failing_cells(resolving, all.ids[i]);
	}
	free(all.ids);
	return strbuf_string(text);
}

const char *
resolving_findings(struct resolving *resolving)
{
	const struct audit *audit = &resolving->report.audit;

	strbuf_reset(&resolving->text);
	for (size_t i = 0; i < audit->count; i++)
		strbuf_addf(&resolving->text, "%s%s:%" PRIu64, i ? " " : "", audit->findings[i].code,
		    audit->findings[i].line);
	return strbuf_string(&resolving->text);
}

const char *
resolving_messages(struct resolving *resolving)
{
	static const char *const kinds[] = { "error", "failure", "skipped", "rerun", "flaky", "note" };
	const struct strpool *strings = &resolving->report.strings;
	const struct test_message *messages;
	size_t count;

	messages = tests_messages(&resolving->report.tests, &resolving->report.tests.cases[0], &count);
	strbuf_reset(&resolving->text);
	for (size_t i = 0; i < count; i++)
		strbuf_addf(&resolving->text, "%s%s:%s:%s:%s", i ? "|" : "", kinds[messages[i].kind],
		    strpool_get(strings, messages[i].type).s, strpool_get(strings, messages[i].message).s,
		    strpool_get(strings, messages[i].text).s);
	return strbuf_string(&resolving->text);
}

void
resolving_clear(struct resolving *resolving)
{
	outcome_clear(&resolving->outcome);
	report_clear(&resolving->report);
	strbuf_clear(&resolving->text);
	*resolving = (struct resolving){0};
}
