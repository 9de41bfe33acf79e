/* Views of fractions and of counts of tests. */
#include "render/page.h"

/* ---- lines and functions: data is the ratio, index the page ---- */

static const struct ratio *
ratio_of(struct view view)
{
	return view.data;
}

static struct view
ratio_covered(struct view view)
{
	return view_number(ratio_of(view)->covered);
}

static struct view
ratio_total(struct view view)
{
	return view_number(ratio_of(view)->total);
}

static struct view
percent(struct ratio ratio)
{
	return ratio.total ? view_hundredths(ratio_hundredths(ratio)) : view_null();
}

static struct view
ratio_percent(struct view view)
{
	return percent(*ratio_of(view));
}

static struct view
ratio_missing(struct view view)
{
	return view_number(ratio_of(view)->total - ratio_of(view)->covered);
}

/* The fraction of a view, and the page whose colours judge it. */
static struct ratio
fraction(struct view view)
{
	return *ratio_of(view);
}

static const struct page *
judge_of(struct view view)
{
	return (const struct page *)(uintptr_t)view.index;
}

static bool
is_good(struct ratio ratio, struct view view)
{
	return ratio_reaches(ratio, &judge_of(view)->result->green);
}

static bool
is_fair(struct ratio ratio, struct view view)
{
	return !is_good(ratio, view) && ratio_reaches(ratio, &judge_of(view)->result->orange);
}

static struct view
ratio_good(struct view view)
{
	return view_bool(is_good(fraction(view), view));
}

static struct view
ratio_fair(struct view view)
{
	return view_bool(is_fair(fraction(view), view));
}

static struct view
ratio_low(struct view view)
{
	struct ratio ratio = fraction(view);

	return view_bool(ratio.total && !is_good(ratio, view) && !is_fair(ratio, view));
}

static struct view
ratio_measured(struct view view)
{
	return view_bool(fraction(view).total > 0);
}

static struct view
ratio_whole(struct view view)
{
	return view_number(ratio_hundredths(fraction(view)) / 100);
}

static struct view
shown(struct ratio ratio)
{
	return ratio.total ? view_percent(ratio_hundredths(ratio)) : view_string("n/a");
}

static struct view
ratio_shown(struct view view)
{
	return shown(fraction(view));
}

static const struct view_field ratio_fields[] = {
	{ "covered", ratio_covered, false },
	{ "total", ratio_total, false },
	{ "percent", ratio_percent, false },
	{ "shown", ratio_shown, true },
	{ "missing", ratio_missing, true },
	{ "good", ratio_good, true },
	{ "fair", ratio_fair, true },
	{ "low", ratio_low, true },
	{ "measured", ratio_measured, true },
	{ "whole", ratio_whole, true },
	{ NULL, NULL, false },
};

static const struct view_type ratio_type = {.kind = VIEW_OBJECT, .fields = ratio_fields};

struct view
page_ratio(const struct page *page, const struct ratio *ratio)
{
	return (struct view){&ratio_type, ratio, (uintptr_t)page};
}

static const struct view_field fraction_fields[] = {
	{ "covered", ratio_covered, false },
	{ "total", ratio_total, false },
	{ NULL, NULL, false },
};

static const struct view_type fraction_type = {.kind = VIEW_OBJECT, .fields = fraction_fields};

struct view
page_fraction(const struct ratio *ratio)
{
	return (struct view){&fraction_type, ratio, 0};
}

/* ---- branches ---- */

static const struct branch_ratio *
branches_of(struct view view)
{
	return view.data;
}

static struct ratio
proven(struct view view)
{
	return (struct ratio){branches_of(view)->covered, branches_of(view)->total};
}

static struct view
branches_covered(struct view view)
{
	return view_number(branches_of(view)->covered);
}

static struct view
branches_covered_max(struct view view)
{
	return view_number(branches_of(view)->covered_max);
}

static struct view
branches_total(struct view view)
{
	return view_number(branches_of(view)->total);
}

static struct view
branches_percent(struct view view)
{
	return percent(proven(view));
}

static struct view
branches_good(struct view view)
{
	return view_bool(is_good(proven(view), view));
}

static struct view
branches_fair(struct view view)
{
	return view_bool(is_fair(proven(view), view));
}

static struct view
branches_low(struct view view)
{
	struct ratio ratio = proven(view);

	return view_bool(ratio.total && !is_good(ratio, view) && !is_fair(ratio, view));
}

static struct view
branches_measured(struct view view)
{
	return view_bool(branches_of(view)->total > 0);
}

static struct view
branches_open(struct view view)
{
	return view_bool(branches_of(view)->covered < branches_of(view)->covered_max);
}

static struct view
branches_whole(struct view view)
{
	return view_number(ratio_hundredths(proven(view)) / 100);
}

static struct view
branches_shown(struct view view)
{
	return shown(proven(view));
}

static const struct view_field branches_fields[] = {
	{ "covered", branches_covered, false },
	{ "covered_max", branches_covered_max, false },
	{ "total", branches_total, false },
	{ "percent", branches_percent, false },
	{ "shown", branches_shown, true },
	{ "good", branches_good, true },
	{ "fair", branches_fair, true },
	{ "low", branches_low, true },
	{ "measured", branches_measured, true },
	{ "open", branches_open, true },
	{ "whole", branches_whole, true },
	{ NULL, NULL, false },
};

static const struct view_type branches_type = {.kind = VIEW_OBJECT, .fields = branches_fields};

struct view
page_branches(const struct page *page, const struct branch_ratio *branches)
{
	return (struct view){&branches_type, branches, (uintptr_t)page};
}

/* ---- counts of tests ---- */

static const struct test_totals *
tests_of(struct view view)
{
	return view.data;
}

#define COUNT(field) \
	static struct view \
	tests_##field(struct view view) \
	{ \
		return view_number(tests_of(view)->field); \
	}

COUNT(tests)
COUNT(runs)
COUNT(cases)
COUNT(passed)
COUNT(failed)
COUNT(errors)
COUNT(skipped)
COUNT(flaky)
COUNT(unknown_times)

#undef COUNT

static struct view
tests_seconds(struct view view)
{
	return view_nanoseconds(tests_of(view)->nanoseconds);
}

static struct view
tests_failing(struct view view)
{
	return view_number(tests_of(view)->failed + tests_of(view)->errors);
}

static struct view
tests_time(struct view view)
{
	return view_duration(tests_of(view)->nanoseconds);
}

static const struct view_field tests_fields[] = {
	{ "tests", tests_tests, false },
	{ "runs", tests_runs, false },
	{ "cases", tests_cases, false },
	{ "passed", tests_passed, false },
	{ "failed", tests_failed, false },
	{ "errors", tests_errors, false },
	{ "skipped", tests_skipped, false },
	{ "flaky", tests_flaky, false },
	{ "seconds", tests_seconds, false },
	{ "unknown_times", tests_unknown_times, false },
	{ "failing", tests_failing, true },
	{ "time", tests_time, true },
	{ NULL, NULL, false },
};

static const struct view_type tests_type = {.kind = VIEW_OBJECT, .fields = tests_fields};

struct view
page_tests_totals(const struct test_totals *totals)
{
	return (struct view){&tests_type, totals, 0};
}
