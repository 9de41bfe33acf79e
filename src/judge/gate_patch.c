/* Gate untracked-changes: reports mention every source file that changed (GITHUB 6). */
#include "judge/gates.h"

enum { NAMES_SHOWN = 5 };

static void
add_names(struct strbuf *out, const struct patch_result *patch)
{
	for (size_t i = 0; i < patch->without_data_count && i < NAMES_SHOWN; i++)
		strbuf_addf(out, "%s'%.*s'", i ? ", " : "", (int)patch->without_data[i].length,
		    patch->without_data[i].s);
	if (patch->without_data_count > NAMES_SHOWN)
		strbuf_addf(out, " and %zu more", patch->without_data_count - NAMES_SHOWN);
}

static void
judge_untracked(const struct judging *judging)
{
	const struct patch_result *patch = &judging->result->patch;
	struct strbuf names = {0};
	struct gate_result *row;

	if (judging->rules->untracked_changes != UNTRACKED_FAIL)
		return;
	row = gate_row(judging, &gate_untracked_changes, "total");
	row->required = "0";
	row->needed = patch->without_data_count;
	if (!patch->diff) {
		gate_nothing(judging, row, "no diff is known");
		return;
	}
	row->actual = gate_text(judging->result, "%zu", patch->without_data_count);
	row->message = "reports mention every source file that changed";
	if (!patch->without_data_count)
		return;
	add_names(&names, patch);
	row->status = VERDICT_FAIL;
	row->message = gate_text(judging->result, "no report mentions %s", strbuf_string(&names));
	strbuf_clear(&names);
}

const struct gate gate_untracked_changes = {"untracked-changes", NULL, judge_untracked};
