/* Views of gates and of the audit. */
#include "render/page_rows.h"

static size_t
at_most(size_t count, size_t limit)
{
	return count < limit ? count : limit;
}

/* ---- gates ---- */

static const struct gate_result *
gate_of(struct view view)
{
	return &result_of(view)->gates[view.index];
}

static struct view
gate_gate(struct view view)
{
	return view_string(gate_of(view)->gate);
}

static struct view
gate_scope(struct view view)
{
	return view_string(gate_of(view)->scope);
}

static struct view
gate_metric(struct view view)
{
	return *gate_of(view)->metric ? view_string(gate_of(view)->metric) : view_null();
}

static struct view
gate_status(struct view view)
{
	return view_string(gate_of(view)->status == VERDICT_PASS ? "pass" : "fail");
}

static struct view
gate_required(struct view view)
{
	return view_string(gate_of(view)->required);
}

static struct view
gate_actual(struct view view)
{
	return view_string(gate_of(view)->actual);
}

static struct view
gate_covered(struct view view)
{
	return gate_of(view)->has_ratio ? view_number(gate_of(view)->ratio.covered) : view_null();
}

static struct view
gate_total(struct view view)
{
	return gate_of(view)->has_ratio ? view_number(gate_of(view)->ratio.total) : view_null();
}

static struct view
gate_needed(struct view view)
{
	return view_number(gate_of(view)->needed);
}

static struct view
gate_message(struct view view)
{
	return view_string(gate_of(view)->message);
}

static struct view
gate_failed(struct view view)
{
	return view_bool(gate_of(view)->status == VERDICT_FAIL);
}

static struct view
gate_is_percent(struct view view)
{
	return view_bool(gate_of(view)->has_ratio && !gate_of(view)->in_points);
}

static struct view
gate_in_points(struct view view)
{
	return view_bool(gate_of(view)->in_points);
}

static const struct view_field gate_fields[] = {
	{ "gate", gate_gate, false },
	{ "scope", gate_scope, false },
	{ "metric", gate_metric, false },
	{ "status", gate_status, false },
	{ "required", gate_required, false },
	{ "actual", gate_actual, false },
	{ "covered", gate_covered, false },
	{ "total", gate_total, false },
	{ "needed", gate_needed, false },
	{ "message", gate_message, false },
	{ "failed", gate_failed, true },
	{ "is_percent", gate_is_percent, true },
	{ "in_points", gate_in_points, true },
	{ NULL, NULL, false },
};

static const struct view_type gate_type = {.kind = VIEW_OBJECT, .fields = gate_fields};

static bool
gates_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&gate_type, list, result_of(list)->gate_count, position, item);
}

/* The gates with this status, as many as the limits allow; list.index is the status. */
static bool
gates_by_status_next(struct view list, uint64_t *position, struct view *item)
{
	const struct result *result = result_of(list);
	size_t i = *position;

	while (i < result->gate_count && result->gates[i].status != (enum verdict)list.index)
		i++;
	if (i >= at_most(result->gate_count, page_of(list)->limits.gates))
		return false;
	*position = i + 1;
	*item = row(&gate_type, list, i);
	return true;
}

static const struct view_type gates_type = {.kind = VIEW_LIST, .next = gates_next};
static const struct view_type gates_by_status_type = {.kind = VIEW_LIST, .next = gates_by_status_next};

/* ---- audit ---- */

static const struct finding *
finding_of(struct view view)
{
	return &result_of(view)->report->audit.findings[view.index];
}

static struct view
finding_level(struct view view)
{
	return view_string(audit_level_name(finding_of(view)->level));
}

static struct view
finding_report(struct view view)
{
	return view_string(finding_of(view)->report);
}

static struct view
finding_line(struct view view)
{
	return view_number(finding_of(view)->line);
}

static struct view
finding_code(struct view view)
{
	return view_string(finding_of(view)->code);
}

static struct view
finding_message(struct view view)
{
	return view_string(finding_of(view)->message);
}

static const struct view_field finding_fields[] = {
	{ "level", finding_level, false },
	{ "report", finding_report, false },
	{ "line", finding_line, false },
	{ "code", finding_code, false },
	{ "message", finding_message, false },
	{ NULL, NULL, false },
};

static const struct view_type finding_type = {.kind = VIEW_OBJECT, .fields = finding_fields};

static bool
audit_next(struct view list, uint64_t *position, struct view *item)
{
	size_t count = at_most(result_of(list)->report->audit.count, page_of(list)->limits.findings);

	return next_row(&finding_type, list, count, position, item);
}

static const struct view_type audit_type = {.kind = VIEW_LIST, .next = audit_next};

struct view
page_gates(const struct page *page)
{
	return (struct view){&gates_type, page, 0};
}

struct view
page_gates_by_status(const struct page *page, enum verdict status)
{
	return (struct view){&gates_by_status_type, page, status};
}

struct view
page_audit(const struct page *page)
{
	return (struct view){&audit_type, page, 0};
}

struct view
page_finding(const struct page *page, size_t finding)
{
	return (struct view){&finding_type, page, finding};
}
