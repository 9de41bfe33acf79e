/* Views of the change: its numbers in all and by file, what of it is missing, files without data. */
#include "render/page_rows.h"

#include "base/mem.h"

#include <stdlib.h>

/* The index of a view is a file, or this. */
#define TOTAL UINT64_MAX

static const struct file_result *
file_of(struct view view)
{
	return &result_of(view)->files[view.index];
}

static const struct numbers *
numbers_of(struct view view)
{
	return view.index == TOTAL ? &result_of(view)->total : &file_of(view)->numbers;
}

/* What a fraction has of this name. */
static struct view
of_ratio(struct view view, const char *name)
{
	struct view found = view_null();

	view_find(page_ratio(page_of(view), &numbers_of(view)->patch), str_of(name), &found);
	return found;
}

#define OF_RATIO(name) \
	static struct view \
	patch_##name(struct view view) \
	{ \
		return of_ratio(view, #name); \
	}

OF_RATIO(covered)
OF_RATIO(total)
OF_RATIO(percent)
OF_RATIO(shown)
OF_RATIO(good)
OF_RATIO(fair)
OF_RATIO(low)
OF_RATIO(measured)
OF_RATIO(whole)

#undef OF_RATIO

static struct view
patch_missing_count(struct view view)
{
	return of_ratio(view, "missing");
}

static struct view
patch_branches(struct view view)
{
	return page_branches(page_of(view), &numbers_of(view)->patch_branches);
}

/* ---- of one file ---- */

static struct str
missing_text(struct view view, struct strbuf *scratch)
{
	file_patch_missing(&result_of(view)->patch, file_of(view), scratch);
	return strbuf_str(scratch);
}

static bool
missing_some(struct view view)
{
	return file_of(view)->patch_missing_count > 0;
}

static const struct view_type missing_type = {
    .kind = VIEW_TEXT, .text = missing_text, .some = missing_some};

static struct view
file_missing_lines(struct view view)
{
	return row(&missing_type, view, view.index);
}

static struct view
file_ranges(struct view view)
{
	return page_ranges(page_of(view), view.index, true);
}

static struct view
file_more_ranges(struct view view)
{
	return page_more_ranges(page_of(view), view.index, true);
}

static const struct view_field file_fields[] = {
	{ "covered", patch_covered, false },
	{ "total", patch_total, false },
	{ "percent", patch_percent, false },
	{ "branches", patch_branches, false },
	{ "missing", file_missing_lines, false },
	{ "missing_count", patch_missing_count, true },
	{ "shown", patch_shown, true },
	{ "good", patch_good, true },
	{ "fair", patch_fair, true },
	{ "low", patch_low, true },
	{ "measured", patch_measured, true },
	{ "whole", patch_whole, true },
	{ "ranges", file_ranges, true },
	{ "more_ranges", file_more_ranges, true },
	{ NULL, NULL, false },
};

static const struct view_type file_type = {.kind = VIEW_OBJECT, .fields = file_fields};

struct view
page_file_patch(const struct page *page, size_t file)
{
	return page->result->files[file].changed ? (struct view){&file_type, page, file}
						 : view_null();
}

/* ---- of the whole ---- */

static bool
names_next(struct view list, uint64_t *position, struct view *item)
{
	const struct patch_result *patch = &result_of(list)->patch;

	if (*position >= patch->without_data_count || *position >= page_of(list)->limits.files)
		return false;
	*item = view_text(patch->without_data[(*position)++]);
	return true;
}

static const struct view_type names_type = {.kind = VIEW_LIST, .next = names_next};

static struct view
total_without_data(struct view view)
{
	return row(&names_type, view, 0);
}

static struct view
total_without_data_count(struct view view)
{
	return view_number(result_of(view)->patch.without_data_count);
}

static struct view
total_compared(struct view view)
{
	return view_string(result_of(view)->patch.compared);
}

static struct view
total_one_without_data(struct view view)
{
	return view_bool(result_of(view)->patch.without_data_count == 1);
}

static const struct view_field total_fields[] = {
	{ "covered", patch_covered, false },
	{ "total", patch_total, false },
	{ "percent", patch_percent, false },
	{ "branches", patch_branches, false },
	{ "files_without_data", total_without_data, false },
	{ "without_data_count", total_without_data_count, true },
	{ "one_without_data", total_one_without_data, true },
	{ "compared", total_compared, true },
	{ "missing", patch_missing_count, true },
	{ "shown", patch_shown, true },
	{ "good", patch_good, true },
	{ "fair", patch_fair, true },
	{ "low", patch_low, true },
	{ "measured", patch_measured, true },
	{ "whole", patch_whole, true },
	{ NULL, NULL, false },
};

static const struct view_type total_type = {.kind = VIEW_OBJECT, .fields = total_fields};

struct view
page_patch(const struct page *page)
{
	return page->result->patch.diff ? (struct view){&total_type, page, TOTAL} : view_null();
}

/* ---- changed files, most missing lines of the change first, then by path ---- */

static uint64_t
missing_lines(const struct file_result *file)
{
	return file->numbers.patch.total - file->numbers.patch.covered;
}

static int
changed_compare(const void *left, const void *right, void *context)
{
	const struct result *result = context;
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;
	uint64_t a_missing = missing_lines(&result->files[a]);
	uint64_t b_missing = missing_lines(&result->files[b]);

	if (a_missing != b_missing)
		return a_missing > b_missing ? -1 : 1;
	return (a > b) - (a < b);
}

void
page_order_changed(struct page *page)
{
	const struct result *result = page->result;
	uint32_t *files = mem_zalloc(result->file_count, sizeof(*files));

	for (size_t i = 0; i < result->file_count; i++) {
		if (!result->files[i].numbers.patch.total)
			continue;
		files[page->changed_count++] = (uint32_t)i;
		page->uncovered_count += missing_lines(&result->files[i]) > 0;
	}
	if (page->changed_count)
		qsort_r(files, page->changed_count, sizeof(*files), changed_compare,
		    (void *)(uintptr_t)result);
	page->changed = files;
}

/* The index of the list is how many files it has. */
static bool
changed_next(struct view list, uint64_t *position, struct view *item)
{
	const struct page *page = page_of(list);

	if (*position >= list.index || *position >= page->limits.files)
		return false;
	*item = page_file(page, page->changed[(*position)++]);
	return true;
}

static const struct view_type changed_type = {.kind = VIEW_LIST, .next = changed_next};

struct view
page_changed_files(const struct page *page, bool missing)
{
	return (struct view){
	    &changed_type, page, missing ? page->uncovered_count : page->changed_count};
}
