/* Gates reports and strict: every input was read whole, and none was odd. */
#include "judge/gates.h"

#include "base/strbuf.h"

enum { NAMES_SHOWN = 5 };

static void
judge_reports(const struct judging *judging)
{
	const struct run_facts *facts = judging->facts;
	struct gate_result *row = gate_row(judging, &gate_reports, "total");
	struct strbuf names = {0};

	row->required = "0";
	row->actual = gate_text(judging->result, "%zu", facts->inputs_failed);
	row->needed = facts->inputs_failed;
	row->message = "every input was read whole";
	if (!facts->inputs_failed)
		return;
	row->status = VERDICT_FAIL;
	for (size_t i = 0; i < facts->failed_name_count && i < NAMES_SHOWN; i++)
		strbuf_addf(&names, "%s'%.*s'", i ? ", " : "", (int)facts->failed_names[i].length,
		    facts->failed_names[i].s);
	if (facts->failed_name_count > NAMES_SHOWN)
		strbuf_addf(&names, " and %zu more", facts->failed_name_count - NAMES_SHOWN);
	row->message = gate_text(judging->result, "could not be read whole: %s", strbuf_string(&names));
	strbuf_clear(&names);
}

const struct gate gate_reports = {"reports", NULL, judge_reports};

static void
judge_strict(const struct judging *judging)
{
	size_t errors = audit_count(&judging->result->report->audit, AUDIT_ERROR);
	struct gate_result *row;

	if (!judging->rules->strict)
		return;
	row = gate_row(judging, &gate_strict, "total");
	row->required = "0";
	row->actual = gate_text(judging->result, "%zu", errors);
	row->needed = errors;
	row->status = errors ? VERDICT_FAIL : VERDICT_PASS;
	row->message = errors ? gate_text(judging->result, "%zu audit finding%s of level error", errors,
	    errors == 1 ? "" : "s") : "no audit finding of level error";
}

const struct gate gate_strict = {"strict", NULL, judge_strict};
