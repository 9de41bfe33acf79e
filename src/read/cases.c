/* How readers of test reports put cases into a report. */
#include "read/cases.h"

#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>

void
cases_begin(struct cases *cases, struct report *report)
{
	*cases = (struct cases){.report = report};
	tests_begin(&report->tests, strpool_add(&report->strings, str_of(report->audit.report)), 0);
}

void
cases_end(struct cases *cases)
{
	free(cases->unnamed);
	excerpt_clear(&cases->excerpt);
	strbuf_clear(&cases->scratch);
	*cases = (struct cases){0};
}

uint32_t
cases_keep_excerpt(struct cases *cases, uint64_t line)
{
	struct strpool *strings = &cases->report->strings;
	struct str text = excerpt_text(&cases->excerpt);
	uint32_t id = strpool_find(strings, text);

	if (!id && text.length > LIMIT_TEXT_REPORT - cases->kept) {
		audit_add(&cases->report->audit, AUDIT_NOTE, line, "text-limit",
		    "the messages kept of this report reach %u bytes: those from here on are left out",
		    LIMIT_TEXT_REPORT);
	} else if (!id) {
		id = strpool_add(strings, text);
		cases->kept += text.length;
	}
	excerpt_reset(&cases->excerpt);
	return id;
}

uint32_t
cases_keep(struct cases *cases, struct str text, uint64_t line)
{
	if (!text.length)
		return 0;
	excerpt_add(&cases->excerpt, text);
	return cases_keep_excerpt(cases, line);
}

static uint32_t
intern_again(struct cases *cases, struct str s, struct remembered *last)
{
	if (!str_equal(last->text, s)) {
		last->id = strpool_add(&cases->report->strings, s);
		last->text = strpool_get(&cases->report->strings, last->id);
	}
	return last->id;
}

uint32_t
cases_file(struct cases *cases, struct str file)
{
	return intern_again(cases, file, &cases->file);
}

/* A classname that says nothing of the test (TESTS 2). */
static bool
is_generic(struct str classname, struct str name)
{
	static const struct str generic[] = { { "", 0 }, { "test", 4 }, { "undefined", 9 }, { "global", 6 } };

	classname = str_trim(classname);
	for (size_t i = 0; i < sizeof(generic) / sizeof(*generic); i++)
		if (str_equal(classname, generic[i]))
			return true;
	return str_equal(classname, str_trim(name));
}

static uint32_t
next_unnamed(struct cases *cases, uint32_t container)
{
	size_t need = (size_t)container + 1;

	MEM_GROW(cases->unnamed, cases->unnamed_capacity, need);
	for (; cases->unnamed_count < need; cases->unnamed_count++)
		cases->unnamed[cases->unnamed_count] = 0;
	return ++cases->unnamed[container];
}

static void
add_parameter(struct strbuf *buf, struct str parameter)
{
	if (!parameter.length)
		return;
	strbuf_add_string(buf, " (");
	strbuf_add_str(buf, parameter);
	strbuf_add_char(buf, ')');
}

static uint32_t
shown_name(struct cases *cases, const struct case_name *name, uint32_t container)
{
	struct strbuf *shown = &cases->scratch;
	bool named = str_trim(*name->name).length > 0;

	if (named && !name->type_param->length && !name->value_param->length)
		return strpool_add_key(&cases->report->strings, &name->key);
	strbuf_reset(shown);
	if (named)
		strbuf_add_str(shown, *name->name);
	else
		strbuf_addf(shown, "(unnamed %u)", next_unnamed(cases, container));
	add_parameter(shown, *name->type_param);
	add_parameter(shown, *name->value_param);
	return strpool_add(&cases->report->strings, strbuf_str(shown));
}

void
case_name_prepare(struct cases *cases, struct case_name *name)
{
	name->key = strpool_prepare(&cases->report->strings, *name->name);
}

void
cases_name(struct cases *cases, const struct case_name *name, uint32_t joined, struct draft *draft)
{
	if (is_generic(*name->classname, *name->name))
		draft->row.container = joined;
	else
		draft->row.container = intern_again(cases, *name->classname, &cases->container);
	draft->row.name = shown_name(cases, name, draft->row.container);
}

uint32_t
cases_join(struct cases *cases, uint32_t outer, struct str name)
{
	struct strpool *strings = &cases->report->strings;

	if (!name.length)
		return outer;
	if (!outer)
		return strpool_add(strings, name);
	strbuf_reset(&cases->scratch);
	strbuf_add_str(&cases->scratch, strpool_get(strings, outer));
	strbuf_add_string(&cases->scratch, " > ");
	strbuf_add_str(&cases->scratch, name);
	return strpool_add(strings, strbuf_str(&cases->scratch));
}

void
draft_message(struct draft *draft, const struct test_message *message)
{
	MEM_GROW(draft->messages, draft->message_capacity, draft->message_count + 1);
	draft->messages[draft->message_count++] = *message;
}

const struct test_case *
cases_put(struct cases *cases, struct draft *draft, uint32_t attempts)
{
	struct tests *tests = &cases->report->tests;

	draft->row.hash = draft->print.hash;
	draft->row.detail = 0;
	for (size_t i = 0; i < draft->message_count; i++)
		draft->row.detail = tests_message(tests, draft->row.detail, &draft->messages[i]);
	if (draft->row.detail)
		tests->details[draft->row.detail - 1].attempts = attempts;
	return tests_add(tests, &draft->row);
}

const struct test_case *
cases_add(struct cases *cases, struct draft *draft)
{
	struct judgement judgement;

	if (!draft->message_count && !draft->evidence.status && !draft->evidence.result) {
		draft->row.status = TEST_PASSED;
		return cases_put(cases, draft, 1);
	}
	judgement = evidence_judge(&draft->evidence);
	draft->row.status = judgement.status & 3;
	draft->row.skip = judgement.skip & 3;
	draft->row.flaky = judgement.flaky;
	if (judgement.code)
		audit_add(&cases->report->audit, AUDIT_NOTE, draft->line, judgement.code, "%s", judgement.note);
	return cases_put(cases, draft, judgement.attempts);
}

void
cases_add_open(struct cases *cases, struct draft *draft)
{
	uint32_t text = strpool_add(&cases->report->strings, STR("report ends inside this test"));
	struct judgement judgement = evidence_judge(&draft->evidence);

	draft_message(draft, &(struct test_message){MESSAGE_ERROR, 0, text, 0});
	draft->row.status = TEST_ERROR;
	draft->row.flaky = judgement.flaky;
	cases_put(cases, draft, judgement.attempts);
}

void
draft_reset(struct draft *draft)
{
	draft->row = (struct test_case){.time = TEST_TIME_UNKNOWN};
	draft->evidence = (struct evidence){0};
	draft->print = (struct fingerprint){0};
	draft->message_count = 0;
	draft->line = 0;
}

void
draft_clear(struct draft *draft)
{
	free(draft->messages);
	*draft = (struct draft){0};
}
