/* Gate fail-under: coverage of a scope reaches a percentage, exactly (COVERAGE 4). */
#include "judge/gates.h"

#include "base/filter.h"
#include "base/suggest.h"
#include "judge/measure.h"

#include <inttypes.h>

#define STAGE_SCOPE STR("stage:")
#define EACH_FILE STR("each-file")

/* What a scope has of a metric. */
struct measured {
	struct ratio ratio;
	struct str file;	/* each-file: the worst one */
	size_t below;		/* each-file: how many miss the limit */
};

static const struct component_result *
find_component(const struct result *result, struct str name)
{
	for (size_t i = 0; i < result->component_count; i++)
		if (str_equal(result->components[i].name, name))
			return &result->components[i];
	return NULL;
}

/* Whether a scope can only be the name of a component: no sign of a path or a pattern. */
static bool
is_bare_word(struct str scope)
{
	for (size_t i = 0; i < scope.length; i++)
		if (strchr("/.*?[]{}!\\:", scope.s[i]))
			return false;
	return true;
}

static bool
check_word(const struct rules *rules, struct str scope, struct error *err)
{
	char hint[SUGGEST_TEXT];
	struct suggestion near;

	suggest_begin(&near, scope);
	suggest_offer(&near, EACH_FILE);
	for (size_t i = 0; i < rules->component_count; i++) {
		suggest_offer(&near, rules->components[i].name);
		if (str_equal(rules->components[i].name, scope))
			return true;
	}
	return fail(err, ERROR_USAGE, "fail-under: no component is called '%.*s'%s", (int)scope.length, scope.s,
	    near.best.length ? suggest_text(&near, "", hint)
			     : "; for a stage write 'stage:' before it");
}

static bool
check_scope(const struct rules *rules, struct str scope, struct error *err)
{
	if (!scope.length || str_equal(scope, EACH_FILE))
		return true;
	if (str_equal(scope, STAGE_SCOPE))
		return fail(err, ERROR_USAGE, "fail-under: no name behind 'stage:'");
	return !is_bare_word(scope) || check_word(rules, scope, err);
}

static bool
check(const struct rules *rules, struct error *err)
{
	for (size_t i = 0; i < rules->fail_under_count; i++)
		if (!check_scope(rules, rules->fail_under[i].scope, err))
			return false;
	return true;
}

/* Whether a is a smaller fraction than b, exactly. */
static bool
is_worse(struct ratio a, struct ratio b)
{
	__extension__ typedef unsigned __int128 wide;

	return (wide)a.covered * b.total < (wide)b.covered * a.total;
}

/* Of equally bad files the first by path is the worst: the result's files are in that order. */
static struct measured
measure_each(const struct result *result, const struct fail_under *rule)
{
	struct measured worst = {0};

	for (size_t i = 0; i < result->file_count; i++) {
		struct ratio ratio = numbers_metric(&result->files[i].numbers, rule->metric);

		if (!ratio.total)
			continue;
		worst.below += !ratio_reaches(ratio, &rule->limit);
		if (worst.ratio.total && !is_worse(ratio, worst.ratio))
			continue;
		worst.ratio = ratio;
		worst.file = result->files[i].path;
	}
	return worst;
}

static struct ratio
measure_paths(const struct result *result, const struct fail_under *rule)
{
	struct ratio sum = {0};

	for (size_t i = 0; i < result->file_count; i++) {
		struct ratio ratio;

		if (!filter_pattern_fits(rule->scope, result->files[i].path))
			continue;
		ratio = numbers_metric(&result->files[i].numbers, rule->metric);
		sum.covered += ratio.covered;
		sum.total += ratio.total;
	}
	return sum;
}

/* The stage that a scope "stage:NAME" names, or NULL. */
static const struct stage_result *
stage_of_scope(const struct result *result, struct str scope)
{
	struct str name = {scope.s + STAGE_SCOPE.length, scope.length - STAGE_SCOPE.length};

	return gate_stage(result, name);
}

/* Whether a scope names a stage that nothing was read of. */
static bool
is_missing_stage(const struct result *result, struct str scope)
{
	const struct stage_result *stage;

	if (!str_starts(scope, STAGE_SCOPE))
		return false;
	stage = stage_of_scope(result, scope);
	return !stage || !stage->reports;
}

static struct ratio
measure_stage(const struct result *result, const struct fail_under *rule)
{
	const struct stage_result *stage = stage_of_scope(result, rule->scope);

	return stage ? numbers_metric(&stage->numbers, rule->metric) : (struct ratio){0};
}

/* A component's name comes before every other reading of a scope. */
static struct measured
measure_scope(const struct result *result, const struct fail_under *rule)
{
	const struct component_result *component = find_component(result, rule->scope);

	if (!rule->scope.length)
		return (struct measured){.ratio = numbers_metric(&result->total, rule->metric)};
	if (component)
		return (struct measured){.ratio = numbers_metric(&component->numbers, rule->metric)};
	if (str_equal(rule->scope, EACH_FILE))
		return measure_each(result, rule);
	if (str_starts(rule->scope, STAGE_SCOPE))
		return (struct measured){.ratio = measure_stage(result, rule)};
	return (struct measured){.ratio = measure_paths(result, rule)};
}

/* Whether reports measured any line of a rule's scope, changed or not. */
static bool
has_scope(const struct result *result, const struct fail_under *rule)
{
	struct fail_under lines = {.scope = rule->scope, .metric = METRIC_LINES};

	return measure_scope(result, &lines).ratio.total > 0;
}

static const char *
unit(enum metric metric, bool one)
{
	static const char *const units[METRICS][2] = {
	    [METRIC_LINES] = {"lines", "line"},
	    [METRIC_BRANCHES] = {"branches", "branch"},
	    [METRIC_FUNCTIONS] = {"functions", "function"},
	    [METRIC_PATCH] = {"changed lines", "changed line"},
	};

	return units[metric][one];
}

/* "3 of 10 lines are covered; cover 5 more lines". */
static const char *
message(struct result *result, const struct fail_under *rule, const struct measured *measured, uint64_t needed)
{
	const char *where = "", *more = "", *others = "";

	if (measured->file.length)
		where = gate_text(result, "%s: ", gate_copy(result, measured->file));
	if (needed)
		more = gate_text(result, "; cover %" PRIu64 " more %s", needed, unit(rule->metric, needed == 1));
	if (measured->below)
		others = gate_text(result, "; %zu file%s below %s %%", measured->below,
		    measured->below == 1 ? " is" : "s are", rule->limit.text);
	return gate_text(result, "%s%" PRIu64 " of %" PRIu64 " %s %s covered%s%s", where, measured->ratio.covered,
	    measured->ratio.total, unit(rule->metric, measured->ratio.total == 1),
	    measured->ratio.total == 1 ? "is" : "are", more, others);
}

/* A change without a line that reports measure is no reason to fail, but one that is not known, or no report, is (GITHUB 6). */
static void
judge_nothing(const struct judging *judging, const struct fail_under *rule, struct gate_result *row)
{
	struct result *result = judging->result;

	if (rule->metric == METRIC_PATCH && !result->patch.diff)
		gate_nothing(judging, row, "no diff is known");
	else if (is_missing_stage(result, rule->scope))
		gate_nothing(judging, row, "no report of this stage");
	else if (rule->metric != METRIC_PATCH || !has_scope(result, rule))
		gate_nothing(judging, row, gate_text(result, "no report has %s here", unit(rule->metric, false)));
	else {
		row->actual = "n/a";
		row->message = "no report measures a changed line here";
	}
}

static void
judge_rule(const struct judging *judging, const struct fail_under *rule)
{
	struct result *result = judging->result;
	struct measured measured = measure_scope(result, rule);
	struct gate_result *row = gate_row(judging, &gate_fail_under,
	    rule->scope.length ? gate_copy(result, rule->scope) : "total");
	char actual[RATIO_TEXT];

	row->metric = metric_name(rule->metric);
	row->required = gate_copy(result, str_of(rule->limit.text));
	row->has_ratio = true;
	row->ratio = measured.ratio;
	if (!measured.ratio.total) {
		judge_nothing(judging, rule, row);
		return;
	}
	if (!ratio_reaches(measured.ratio, &rule->limit))
		row->status = VERDICT_FAIL;
	row->actual = gate_copy(result, str_of(ratio_text(measured.ratio, actual)));
	row->needed = ratio_needed(measured.ratio, &rule->limit);
	row->message = message(result, rule, &measured, row->needed);
}

static void
judge_all(const struct judging *judging)
{
	for (size_t i = 0; i < judging->rules->fail_under_count; i++)
		judge_rule(judging, &judging->rules->fail_under[i]);
}

const struct gate gate_fail_under = {"fail-under", check, judge_all};
