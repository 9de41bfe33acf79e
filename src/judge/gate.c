/* The table of gates, and the verdict over all of them. */
#include "judge/gates.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>

static const struct gate *const gates[] = {
    &gate_fail_under,
    &gate_untracked_changes,
    &gate_require_stage,
    &gate_max_failures,
    &gate_min_tests,
    &gate_max_skipped,
    &gate_max_flaky,
    &gate_max_drop,
    &gate_needs,
    &gate_stage_exit,
    &gate_reports,
    &gate_strict,
    NULL,
};

const char *
gate_copy(struct result *result, struct str s)
{
	return arena_string(&result->arena, s);
}

const char *
gate_text(struct result *result, const char *format, ...)
{
	va_list args, again;
	char *text;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	text = arena_alloc(&result->arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

struct gate_result *
gate_row(const struct judging *judging, const struct gate *gate, const char *scope)
{
	struct result *result = judging->result;

	MEM_GROW(result->gates, result->gate_capacity, result->gate_count + 1);
	result->gates[result->gate_count] = (struct gate_result){
	    .gate = gate->name,
	    .scope = scope,
	    .metric = "",
	    .status = VERDICT_PASS,
	    .required = "",
	    .actual = "",
	    .message = "",
	};
	return &result->gates[result->gate_count++];
}

void
gate_nothing(const struct judging *judging, struct gate_result *row, const char *what)
{
	row->status = judging->rules->allow_empty ? VERDICT_PASS : VERDICT_FAIL;
	row->actual = "n/a";
	row->message = gate_text(judging->result, "nothing to measure: %s", what);
}

const struct stage_result *
gate_stage(const struct result *result, struct str name)
{
	for (size_t i = 0; i < result->stage_count; i++)
		if (str_equal(result->stages[i].name, name))
			return &result->stages[i];
	return NULL;
}

bool
judge_check(const struct rules *rules, struct error *err)
{
	for (size_t i = 0; gates[i]; i++)
		if (gates[i]->check && !gates[i]->check(rules, err))
			return false;
	return true;
}

bool
judge(const struct rules *rules, const struct run_facts *facts, struct result *result, struct error *err)
{
	struct judging judging = {rules, facts, result};

	if (!judge_check(rules, err))
		return false;
	for (size_t i = 0; gates[i]; i++)
		gates[i]->judge(&judging);
	result->all_read = facts->inputs_failed == 0;
	result->verdict = result->all_read && !judge_failed(result) ? VERDICT_PASS : VERDICT_FAIL;
	return true;
}

size_t
judge_failed(const struct result *result)
{
	size_t failed = 0;

	for (size_t i = 0; i < result->gate_count; i++)
		failed += result->gates[i].status == VERDICT_FAIL;
	return failed;
}
