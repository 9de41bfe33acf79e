/* Views of the ranges of missing lines: of a file, or of what changed in it, each with its address. */
#include "render/page_rows.h"

enum { RANGES_SHOWN = 12, RANGES = 16, KINDS = 2 };

/* A list's index is twice its file's, one more for what changed; a range's is its number below that. */
static uint64_t
list_index(size_t file, bool changed)
{
	return (uint64_t)file * KINDS + changed;
}

static bool
is_of_change(uint64_t list)
{
	return list % KINDS;
}

static const struct file_result *
file_of(struct view view, uint64_t list)
{
	return &result_of(view)->files[list / KINDS];
}

/* The `wanted`th run of missing lines with consecutive numbers; false behind the last. */
static bool
missing_at(const struct file *file, uint64_t wanted, struct line_range *range)
{
	uint64_t count = 0;

	*range = (struct line_range){0, 0};
	for (uint32_t i = 0; i < file->line_count && count <= wanted + 1; i++) {
		if (file->hits[i])
			continue;
		if (!count || file->lines[i] != range->last + 1) {
			if (count++ == wanted + 1)
				return true;
			range->first = file->lines[i];
		}
		range->last = file->lines[i];
	}
	return count == wanted + 1;
}

static bool
range_at(struct view view, uint64_t list, uint64_t wanted, struct line_range *range)
{
	const struct file_result *file = file_of(view, list);

	if (!is_of_change(list))
		return missing_at(file->file, wanted, range);
	if (wanted >= file->patch_missing_count)
		return false;
	*range = file->patch_missing[wanted];
	return true;
}

static struct line_range
range_of(struct view view)
{
	struct line_range range = {0, 0};

	range_at(view, view.index / RANGES, view.index % RANGES, &range);
	return range;
}

static struct str
range_text(struct view view, struct strbuf *scratch)
{
	struct line_range range = range_of(view);

	strbuf_reset(scratch);
	strbuf_add_u64(scratch, range.first);
	if (range.last > range.first) {
		strbuf_add_char(scratch, '-');
		strbuf_add_u64(scratch, range.last);
	}
	return strbuf_str(scratch);
}

static struct str
range_url_text(struct view view, struct strbuf *scratch)
{
	struct line_range range = range_of(view);
	uint64_t list = view.index / RANGES;

	strbuf_reset(scratch);
	links_lines(page_of(view)->settings->links, file_of(view, list)->path, is_of_change(list),
	    range.first, range.last, scratch);
	return strbuf_str(scratch);
}

static const struct view_type range_text_type = {
    .kind = VIEW_TEXT, .text = range_text, .some = view_always};
static const struct view_type range_url_type = {
    .kind = VIEW_TEXT, .text = range_url_text, .some = view_always};

static struct view
range_lines(struct view view)
{
	return row(&range_text_type, view, view.index);
}

static struct view
range_url(struct view view)
{
	return row(&range_url_type, view, view.index);
}

static const struct view_field range_fields[] = {
	{ "range", range_lines, true },
	{ "range_url", range_url, true },
	{ NULL, NULL, false },
};

static const struct view_type range_type = {.kind = VIEW_OBJECT, .fields = range_fields};

static bool
ranges_next(struct view list, uint64_t *position, struct view *item)
{
	struct line_range range;

	if (*position >= RANGES_SHOWN || !range_at(list, list.index, *position, &range))
		return false;
	*item = row(&range_type, list, list.index * RANGES + (*position)++);
	return true;
}

static const struct view_type ranges_type = {.kind = VIEW_LIST, .next = ranges_next};

struct view
page_ranges(const struct page *page, size_t file, bool changed)
{
	return (struct view){&ranges_type, page, list_index(file, changed)};
}

struct view
page_more_ranges(const struct page *page, size_t file, bool changed)
{
	struct view list = page_ranges(page, file, changed);
	struct line_range range;

	return view_bool(range_at(list, list.index, RANGES_SHOWN, &range));
}
