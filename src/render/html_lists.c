/* Views of stages with their letters, and of the audit report by report. */
#include "render/page_rows.h"

#include "render/html.h"

static const struct html *
html_of(struct view view)
{
	return view.data;
}

/* ---- stages; an item's index is its place ---- */

static struct view
stage_letter(struct view view)
{
	const struct html *html = html_of(view);

	return html->letters ? view_text((struct str){html->letters + view.index, 1}) : view_null();
}

static struct view
stage_stage(struct view view)
{
	return page_stage(page_of(view), view.index);
}

/* Covered by this stage alone, of all lines of the result. */
static struct view
stage_unique(struct view view)
{
	return page_ratio(page_of(view), &html_of(view)->folders.folders[0].stages[view.index].unique);
}

static const struct view_field stage_fields[] = {
	{ "letter", stage_letter, true },
	{ "stage", stage_stage, true },
	{ "unique", stage_unique, true },
	{ NULL, NULL, false },
};

static const struct view_type stage_type = {.kind = VIEW_OBJECT, .fields = stage_fields};

static bool
stages_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&stage_type, list, result_of(list)->stage_count, position, item);
}

static const struct view_type stages_type = {.kind = VIEW_LIST, .next = stages_next};

struct view
html_stage_list(const struct html *html)
{
	return (struct view){&stages_type, html, 0};
}

/* ---- reports with findings; an item's index is its first finding ---- */

static const struct audit *
audit_of(struct view view)
{
	return &result_of(view)->report->audit;
}

static size_t
report_end(const struct audit *audit, size_t first)
{
	size_t end = first;

	while (end < audit->count && strcmp(audit->findings[end].report, audit->findings[first].report) == 0)
		end++;
	return end;
}

static struct view
report_name(struct view view)
{
	return view_string(audit_of(view)->findings[view.index].report);
}

static struct view
report_count(struct view view)
{
	return view_number(report_end(audit_of(view), view.index) - view.index);
}

static bool
findings_next(struct view list, uint64_t *position, struct view *item)
{
	size_t at = list.index + *position;

	if (at >= report_end(audit_of(list), list.index))
		return false;
	++*position;
	*item = page_finding(page_of(list), at);
	return true;
}

static const struct view_type findings_type = {.kind = VIEW_LIST, .next = findings_next};

static struct view
report_findings(struct view view)
{
	return row(&findings_type, view, view.index);
}

static const struct view_field report_fields[] = {
	{ "report_name", report_name, true },
	{ "finding_count", report_count, true },
	{ "findings", report_findings, true },
	{ NULL, NULL, false },
};

static const struct view_type report_type = {.kind = VIEW_OBJECT, .fields = report_fields};

static bool
reports_next(struct view list, uint64_t *position, struct view *item)
{
	const struct audit *audit = audit_of(list);

	if (*position >= audit->count)
		return false;
	*item = row(&report_type, list, *position);
	*position = report_end(audit, *position);
	return true;
}

static const struct view_type reports_type = {.kind = VIEW_LIST, .next = reports_next};

struct view
html_report_list(const struct html *html)
{
	return (struct view){&reports_type, html, 0};
}
