/* Views of percentages then and of their changes since. */
#include "render/page_changes.h"

/* ---- a number then, and its change since: data is the change ---- */

static const struct change *
change_of(struct view view)
{
	return view.data;
}

static struct view
change_covered(struct view view)
{
	return view_number(change_of(view)->before.covered);
}

static struct view
change_total(struct view view)
{
	return view_number(change_of(view)->before.total);
}

static struct view
change_percent(struct view view)
{
	struct ratio before = change_of(view)->before;

	return before.total ? view_hundredths(ratio_hundredths(before)) : view_null();
}

/* Percent points, which may be negative: as a number for programs, with its sign for people. */
static struct str
delta_text(struct view view, struct strbuf *scratch)
{
	int32_t points = change_of(view)->points;
	uint32_t size = points < 0 ? -(uint32_t)points : (uint32_t)points;

	strbuf_reset(scratch);
	if (points < 0)
		strbuf_add_char(scratch, '-');
	strbuf_addf(scratch, "%u.%02u", size / 100, size % 100);
	return strbuf_str(scratch);
}

static struct str
delta_shown(struct view view, struct strbuf *scratch)
{
	char text[CHANGE_TEXT];

	strbuf_reset(scratch);
	strbuf_add_string(scratch, change_text(change_of(view)->points, text));
	return strbuf_str(scratch);
}

static const struct view_type delta_type = {
    .kind = VIEW_NUMBER, .text = delta_text, .some = view_always};
static const struct view_type delta_shown_type = {
    .kind = VIEW_TEXT, .text = delta_shown, .some = view_always};

static struct view
change_delta(struct view view)
{
	return change_of(view)->known ? (struct view){&delta_type, view.data, 0} : view_null();
}

static struct view
change_shown(struct view view)
{
	return change_of(view)->known ? (struct view){&delta_shown_type, view.data, 0}
				      : view_null();
}

static struct view
change_better(struct view view)
{
	return view_bool(change_of(view)->points > 0);
}

static struct view
change_worse(struct view view)
{
	return view_bool(change_of(view)->points < 0);
}

static const struct view_field change_fields[] = {
    {"covered", change_covered, false},
    {"total", change_total, false},
    {"percent", change_percent, false},
    {"delta", change_delta, false},
    {"shown", change_shown, true},
    {"better", change_better, true},
    {"worse", change_worse, true},
    {NULL, NULL, false},
};

static const struct view_type change_type = {.kind = VIEW_OBJECT, .fields = change_fields};

struct view
page_change(const struct change *change)
{
	return (struct view){&change_type, change, 0};
}

/* ---- lines, branches, functions: data is the three changes ---- */

static const struct numbers_change *
numbers_of(struct view view)
{
	return view.data;
}

static struct view
numbers_lines(struct view view)
{
	return page_change(&numbers_of(view)->lines);
}

static struct view
numbers_branches(struct view view)
{
	return page_change(&numbers_of(view)->branches);
}

static struct view
numbers_functions(struct view view)
{
	return page_change(&numbers_of(view)->functions);
}

static const struct view_field numbers_fields[] = {
    {"lines", numbers_lines, false},
    {"branches", numbers_branches, false},
    {"functions", numbers_functions, false},
    {NULL, NULL, false},
};

static const struct view_type numbers_type = {.kind = VIEW_OBJECT, .fields = numbers_fields};

struct view
page_numbers_change(const struct numbers_change *numbers)
{
	return (struct view){&numbers_type, numbers, 0};
}
