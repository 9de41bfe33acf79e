/* The trend: the lines covered in earlier runs and now, as points of a picture. */
#include "render/html.h"

#include "model/comparison.h"
#include "model/history.h"
#include "render/page_rows.h"

enum { TREND_WIDTH = 600, TREND_HEIGHT = 90, TREND_MARGIN = 10, HUNDREDTHS = 10000, SPAN_LEAST = 100 };

static const struct html *
html_of(struct view view)
{
	return view.data;
}

/* What is known of a run: history tells of up to 21 with this one, a baseline of one before. */
static size_t
point_count(const struct html *html)
{
	const struct result *result = html->page.result;

	if (result->history && result->history->point_count > 1)
		return result->history->point_count;
	return result->comparison && result->comparison->total.lines.before.total ? 2 : 0;
}

static const struct ratio *
point_lines(const struct html *html, size_t point)
{
	const struct result *result = html->page.result;

	if (result->history && result->history->point_count > 1)
		return &result->history->points[point].lines;
	return point ? &result->total.lines : &result->comparison->total.lines.before;
}

struct span {
	uint32_t low;	/* hundredths of a percent */
	uint32_t high;
};

/* What the picture shows from its bottom to its top: at least one percent. */
static struct span
trend_span(const struct html *html)
{
	struct span span = {HUNDREDTHS, 0};

	for (size_t i = 0; i < point_count(html); i++) {
		uint32_t value = ratio_hundredths(*point_lines(html, i));

		if (!point_lines(html, i)->total)
			continue;
		span.low = value < span.low ? value : span.low;
		span.high = value > span.high ? value : span.high;
	}
	if (span.high < span.low)
		span = (struct span){0, HUNDREDTHS};
	if (span.high - span.low < SPAN_LEAST) {
		span.low = span.low > SPAN_LEAST / 2 ? span.low - SPAN_LEAST / 2 : 0;
		span.high = span.low + SPAN_LEAST;
	}
	return span;
}

/* ---- points; an item's index is its place ---- */

static struct view
point_x(struct view view)
{
	size_t count = point_count(html_of(view));

	return view_number(TREND_MARGIN + view.index * (TREND_WIDTH - 2 * TREND_MARGIN) / (count - 1));
}

static struct view
point_y(struct view view)
{
	struct span span = trend_span(html_of(view));
	uint32_t value = ratio_hundredths(*point_lines(html_of(view), view.index));
	uint32_t above = value < span.low ? span.high - span.low : span.high - value;

	return view_number(TREND_MARGIN + (uint64_t)above * (TREND_HEIGHT - 2 * TREND_MARGIN) / (span.high - span.low));
}

static struct view
point_ratio(struct view view)
{
	return page_ratio(page_of(view), point_lines(html_of(view), view.index));
}

static struct view
point_sha(struct view view)
{
	const struct history *history = result_of(view)->history;

	return history && history->point_count > 1 ? view_text(history->points[view.index].sha) : view_null();
}

/* The letter of a path's command: the first point is moved to, the others are lined to. */
static struct view
point_step(struct view view)
{
	return view_string(view.index ? "L" : "M");
}

static const struct view_field point_fields[] = {
	{ "x", point_x, true },
	{ "y", point_y, true },
	{ "step", point_step, true },
	{ "sha", point_sha, true },
	{ "point_lines", point_ratio, true },
	{ NULL, NULL, false },
};

static const struct view_type point_type = {.kind = VIEW_OBJECT, .fields = point_fields};

static bool
points_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&point_type, list, point_count(html_of(list)), position, item);
}

static const struct view_type points_type = {.kind = VIEW_LIST, .next = points_next};

static struct view
trend_points(struct view view)
{
	return row(&points_type, view, 0);
}

static struct view
trend_runs(struct view view)
{
	return view_number(point_count(html_of(view)));
}

static struct view
trend_low(struct view view)
{
	return view_percent(trend_span(html_of(view)).low);
}

static struct view
trend_high(struct view view)
{
	return view_percent(trend_span(html_of(view)).high);
}

static const struct view_field trend_fields[] = {
	{ "points", trend_points, true },
	{ "run_count", trend_runs, true },
	{ "lowest", trend_low, true },
	{ "highest", trend_high, true },
	{ NULL, NULL, false },
};

static const struct view_type trend_type = {.kind = VIEW_OBJECT, .fields = trend_fields};

struct view
html_trend(const struct html *html)
{
	return point_count(html) ? (struct view){&trend_type, html, 0} : view_null();
}
