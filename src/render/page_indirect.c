/* Views of the lines that lost or gained coverage without being changed. */
#include "render/page_changes.h"

#include "model/comparison.h"
#include "render/page_rows.h"

static const struct comparison *
comparison_of(struct view view)
{
	return result_of(view)->comparison;
}

static const struct indirect_change *
indirect_of(struct view view)
{
	return &comparison_of(view)->indirect[view.index];
}

static struct view
indirect_path(struct view view)
{
	return view_text(result_of(view)->files[indirect_of(view)->file].path);
}

static struct str
lost_text(struct view view, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	lines_add(scratch, indirect_of(view)->lost, indirect_of(view)->lost_count);
	return strbuf_str(scratch);
}

static struct str
gained_text(struct view view, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	lines_add(scratch, indirect_of(view)->gained, indirect_of(view)->gained_count);
	return strbuf_str(scratch);
}

static bool
lost_some(struct view view)
{
	return indirect_of(view)->lost_count > 0;
}

static bool
gained_some(struct view view)
{
	return indirect_of(view)->gained_count > 0;
}

static const struct view_type lost_type = {.kind = VIEW_TEXT, .text = lost_text, .some = lost_some};
static const struct view_type gained_type = {
    .kind = VIEW_TEXT, .text = gained_text, .some = gained_some};

static struct view
indirect_lost(struct view view)
{
	return row(&lost_type, view, view.index);
}

static struct view
indirect_gained(struct view view)
{
	return row(&gained_type, view, view.index);
}

static struct view
indirect_lost_count(struct view view)
{
	return view_number(indirect_of(view)->lost_count);
}

static struct view
indirect_gained_count(struct view view)
{
	return view_number(indirect_of(view)->gained_count);
}

/* Lost lines by the stage that ran them before. */
static bool
blamed_entry(struct view object, uint64_t *position, struct str *key, struct view *value)
{
	const struct comparison *comparison = comparison_of(object);
	const uint64_t *stages = indirect_of(object)->stages;
	size_t i = *position;

	while (i < comparison->stage_count && !stages[i])
		i++;
	*position = i + 1;
	if (i >= comparison->stage_count)
		return false;
	*key = comparison->stages[i].name;
	*value = view_number(stages[i]);
	return true;
}

static bool
blamed_find(struct view object, struct str name, struct view *out)
{
	uint64_t position = 0;
	struct str key;

	while (blamed_entry(object, &position, &key, out))
		if (str_equal(key, name))
			return true;
	return false;
}

static const struct view_type blamed_type = {
    .kind = VIEW_OBJECT, .find = blamed_find, .entry = blamed_entry};

static struct view
indirect_stages(struct view view)
{
	return row(&blamed_type, view, view.index);
}

/* "unit 3, e2e 1" */
static struct str
blamed_text(struct view view, struct strbuf *scratch)
{
	uint64_t position = 0;
	struct str name;
	struct view lines;

	strbuf_reset(scratch);
	while (blamed_entry(view, &position, &name, &lines)) {
		strbuf_add_string(scratch, scratch->length ? ", " : "");
		strbuf_add_str(scratch, name);
		strbuf_add_char(scratch, ' ');
		strbuf_add_u64(scratch, lines.index);
	}
	return strbuf_str(scratch);
}

static const struct view_type blamed_text_type = {
    .kind = VIEW_TEXT, .text = blamed_text, .some = lost_some};

static struct view
indirect_blamed(struct view view)
{
	return row(&blamed_text_type, view, view.index);
}

static const struct view_field indirect_fields[] = {
    {"path", indirect_path, false},
    {"lost", indirect_lost, false},
    {"gained", indirect_gained, false},
    {"stages", indirect_stages, false},
    {"lost_count", indirect_lost_count, true},
    {"gained_count", indirect_gained_count, true},
    {"lost_by", indirect_blamed, true},
    {NULL, NULL, false},
};

static const struct view_type indirect_type = {.kind = VIEW_OBJECT, .fields = indirect_fields};

static bool
indirect_next(struct view list, uint64_t *position, struct view *item)
{
	size_t count = comparison_of(list)->indirect_count, limit = page_of(list)->limits.files;

	return next_row(&indirect_type, list, count < limit ? count : limit, position, item);
}

static const struct view_type indirects_type = {.kind = VIEW_LIST, .next = indirect_next};

struct view
page_indirect(const struct page *page)
{
	return (struct view){&indirects_type, page, 0};
}
