/* Views of files: all by path, or those with missing lines, most first. */
#include "render/page_changes.h"
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
	return page_file_patch(page_of(view), view.index);
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

/* The address of the file where the result is published. */
static struct str
url_text(struct view view, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	links_lines(page_of(view)->settings->links, file_of(view)->path, false, 0, 0, scratch);
	return strbuf_str(scratch);
}

static const struct view_type url_type = {.kind = VIEW_TEXT, .text = url_text, .some = view_built};

static struct view
file_url(struct view view)
{
	return row(&url_type, view, view.index);
}

static struct view
file_ranges(struct view view)
{
	return page_ranges(page_of(view), view.index, false);
}

static struct view
file_more_ranges(struct view view)
{
	return page_more_ranges(page_of(view), view.index, false);
}

/* ---- what the HTML report shows ---- */

static struct view
file_name(struct view view)
{
	struct str path = file_of(view)->path;
	const char *slash = memrchr(path.s, '/', path.length);

	return view_text(slash ? (struct str){slash + 1, path.length - (size_t)(slash + 1 - path.s)} : path);
}

/* The path up to the name, with its last '/'. */
static struct view
file_folder(struct view view)
{
	struct str path = file_of(view)->path;
	const char *slash = memrchr(path.s, '/', path.length);

	return view_text((struct str){path.s, slash ? (size_t)(slash + 1 - path.s) : 0});
}

static struct view
file_slug(struct view view)
{
	const struct page *page = page_of(view);

	return page->slug ? view_string(page->slug(page, view.index)) : view_null();
}

static struct view
file_below(struct view view)
{
	struct ratio lines = file_of(view)->numbers.lines;
	const struct decimal *limit = page_of(view)->file_limit;

	return view_bool(limit && lines.total && !ratio_reaches(lines, limit));
}

/* One fraction a stage, in the order of the result's; nothing measured where the stage does not know the file. */
static bool
stage_lines_next(struct view list, uint64_t *position, struct view *item)
{
	const struct page *page = page_of(list);

	if (*position >= page->result->stage_count)
		return false;
	*item = page_ratio(page, &file_of(list)->stages[(*position)++]);
	return true;
}

static const struct view_type stage_lines_type = {.kind = VIEW_LIST, .next = stage_lines_next};

static struct view
file_stage_lines(struct view view)
{
	return row(&stage_lines_type, view, view.index);
}

static struct view
file_change(struct view view)
{
	return page_file_change(page_of(view), view.index);
}

static const struct view_field file_fields[] = {
	{ "path", file_path, false },
	{ "lines", file_lines, false },
	{ "branches", file_branches, false },
	{ "functions", file_functions, false },
	{ "patch", file_patch, false },
	{ "missing", file_missing_lines, false },
	{ "stages", file_stages, false },
	{ "change", file_change, true },
	{ "url", file_url, true },
	{ "ranges", file_ranges, true },
	{ "more_ranges", file_more_ranges, true },
	{ "name", file_name, true },
	{ "folder", file_folder, true },
	{ "slug", file_slug, true },
	{ "below_gate", file_below, true },
	{ "stage_lines", file_stage_lines, true },
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

struct view
page_file(const struct page *page, size_t file)
{
	return (struct view){&file_type, page, file};
}
