/*
 * Gate max-drop: coverage of the whole has not dropped by more than some percent points since the
 * baseline, exactly.
 */
#include "judge/gates.h"

#include "judge/measure.h"
#include "model/comparison.h"

#include <inttypes.h>

/* A drop judged. */
struct drop {
	struct ratio whole;  /* of the baseline */
	struct ratio before; /* the same, or what it would be without what was removed since */
	struct ratio now;
};

/*
 * Covered lines that are no more must not count as a loss: when the baseline without them is lower,
 * it is compared with instead.
 */
static struct drop
drop_of(const struct result *result, enum metric metric)
{
	const struct comparison *comparison = result->comparison;
	struct ratio rest = numbers_metric(&comparison->removed.rest, metric);
	struct ratio whole = numbers_metric(&comparison->base->result.total, metric);
	struct drop drop = {whole, whole, numbers_metric(&result->total, metric)};

	if (!whole.total || !drop.now.total || !rest.total)
		return drop;
	if (ratio_change(whole, rest) < 0 && ratio_change(whole, drop.now) < 0)
		drop.before = rest;
	return drop;
}

/* ", which is 75.00 % of 40 without the 10 that were removed since (10 covered)". */
static const char *
adjustment(struct result *result, const struct drop *drop)
{
	char percent[RATIO_TEXT];

	if (drop->before.total == drop->whole.total)
		return "";
	return gate_text(result,
	    ", adjusted to %s %% of %" PRIu64 " without the %" PRIu64 " removed since (%" PRIu64
	    " covered)",
	    ratio_text(drop->before, percent), drop->before.total,
	    drop->whole.total - drop->before.total, drop->whole.covered - drop->before.covered);
}

/* "; not comparable: stage e2e (no coverage report now)". */
static const char *
reservation(struct result *result)
{
	const struct comparison *comparison = result->comparison;
	const char *text = "";

	for (size_t i = 0; i < comparison->stage_count && comparison->base->whole; i++) {
		const struct stage_change *stage = &comparison->stages[i];

		if (*stage->why_lines)
			text = gate_text(result, "%s%s stage %s (%s)", text,
			    *text ? "," : "; not comparable:", gate_copy(result, stage->name),
			    stage->why_lines);
	}
	return text;
}

static const char *
one_of(enum metric metric)
{
	return metric == METRIC_BRANCHES    ? "branch"
	       : metric == METRIC_FUNCTIONS ? "function"
					    : "line";
}

static const char *
message(struct result *result, const struct drop *drop, enum metric metric, uint64_t needed)
{
	char whole[RATIO_TEXT], now[RATIO_TEXT];
	const char *more = "";

	if (needed)
		more = gate_text(result, "; cover %" PRIu64 " more %s", needed,
		    needed == 1 ? one_of(metric) : metric_name(metric));
	return gate_text(result,
	    "%s %% of %" PRIu64 " %s now, %s %% of %" PRIu64 " in the baseline%s%s%s",
	    ratio_text(drop->now, now), drop->now.total, metric_name(metric),
	    ratio_text(drop->whole, whole), drop->whole.total, adjustment(result, drop), more,
	    reservation(result));
}

/* The drop as it is shown: "0.52", "0" when there is none. */
static const char *
shown(struct result *result, const struct drop *drop)
{
	char text[CHANGE_TEXT];
	int32_t points = ratio_change(drop->before, drop->now);

	return points < 0 ? gate_copy(result, str_of(change_text(points, text) + 1)) : "0";
}

static void
judge_rule(const struct judging *judging, const struct max_drop *rule)
{
	struct result *result = judging->result;
	struct gate_result *row = gate_row(judging, &gate_max_drop, "total");
	struct drop drop;

	row->metric = metric_name(rule->metric);
	row->required = gate_copy(result, str_of(rule->limit.text));
	row->in_points = true;
	if (!result->comparison) {
		gate_nothing(judging, row, "there is no baseline");
		return;
	}
	drop = drop_of(result, rule->metric);
	row->has_ratio = true;
	row->ratio = drop.now;
	if (!drop.before.total || !drop.now.total) {
		gate_nothing(judging, row,
		    gate_text(result, "no %s %s", metric_name(rule->metric),
			drop.now.total ? "in the baseline" : "in any report"));
		return;
	}
	if (!ratio_drop_within(drop.before, drop.now, &rule->limit))
		row->status = VERDICT_FAIL;
	row->actual = shown(result, &drop);
	row->needed = ratio_drop_needed(drop.before, drop.now, &rule->limit);
	row->message = message(result, &drop, rule->metric, row->needed);
}

static void
judge_all(const struct judging *judging)
{
	for (size_t i = 0; i < judging->rules->max_drop_count; i++)
		judge_rule(judging, &judging->rules->max_drops[i]);
}

const struct gate gate_max_drop = {"max-drop", NULL, judge_all};
