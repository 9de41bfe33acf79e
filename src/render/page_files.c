/* Views of files: all by path, or those with missing lines, most first. */
#include "render/page_rows.h"

static const struct file_result *
file_of(struct view view)
{
	return &page_of(view)->result->files[view.index];
}

static struct view
file_path(struct view view)
{
	return view_text(file_of(view)->path);
}

static struct view
file_lines(struct view view)
{
	return page_ratio(page_of(view), &file_of(view)->numbers.lines);
}

static struct view
file_branches(struct view view)
{
	return page_branches(page_of(view), &file_of(view)->numbers.branches);
}

static struct view
file_functions(struct view view)
{
	return page_ratio(page_of(view), &file_of(view)->numbers.functions);
}

static struct view
file_patch(struct view view)
{
	(void)view;
	return view_null();
}

static struct str
missing_text(struct view view, struct strbuf *scratch)
{
	file_missing(file_of(view)->file, scratch);
	return strbuf_str(scratch);
}

static bool
missing_some(struct view view)
{
	return file_of(view)->numbers.lines.covered < file_of(view)->numbers.lines.total;
}

static const struct view_type missing_type = {.kind = VIEW_TEXT, .text = missing_text, .some = missing_some};

static struct view
file_missing_lines(struct view view)
{
	return (struct view){&missing_type, view.data, view.index};
}

static bool
stages_entry(struct view object, uint64_t *position, struct str *key, struct view *value)
{
	const struct page *page = page_of(object);
	const struct file_result *file = file_of(object);
	size_t i = *position;

	while (i < page->result->stage_count && !file->stages[i].total)
		i++;
	*position = i + 1;
	if (i >= page->result->stage_count)
		return false;
	*key = page->result->stages[i].name;
	*value = page_fraction(&file->stages[i]);
	return true;
}

static bool
stages_find(struct view object, struct str name, struct view *out)
{
	uint64_t position = 0;
	struct str key;

	while (stages_entry(object, &position, &key, out))
		if (str_equal(key, name))
			return true;
	return false;
}

static const struct view_type stages_type = {
	.kind = VIEW_OBJECT,
	.find = stages_find,
	.entry = stages_entry,
};

static struct view
file_stages(struct view view)
{
	return (struct view){&stages_type, view.data, view.index};
}

static const struct view_field file_fields[] = {
	{ "path", file_path, false },
	{ "lines", file_lines, false },
	{ "branches", file_branches, false },
	{ "functions", file_functions, false },
	{ "patch", file_patch, false },
	{ "missing", file_missing_lines, false },
	{ "stages", file_stages, false },
	{ NULL, NULL, false },
};

static const struct view_type file_type = {.kind = VIEW_OBJECT, .fields = file_fields};

static bool
files_next(struct view list, uint64_t *position, struct view *item)
{
	const struct page *page = page_of(list);
	uint64_t at = *position;

	if (at >= page->result->file_count || at >= page->limits.files)
		return false;
	++*position;
	*item = (struct view){&file_type, page, at};
	return true;
}

static bool
missing_files_next(struct view list, uint64_t *position, struct view *item)
{
	const struct page *page = page_of(list);
	uint64_t at = *position;

	if (at >= page->file_count || at >= page->limits.files)
		return false;
	++*position;
	*item = (struct view){&file_type, page, page->files[at]};
	return true;
}

static const struct view_type files_type = {.kind = VIEW_LIST, .next = files_next};
static const struct view_type missing_files_type = {.kind = VIEW_LIST, .next = missing_files_next};

struct view
page_files(const struct page *page, bool missing)
{
	return (struct view){missing ? &missing_files_type : &files_type, page, 0};
}
