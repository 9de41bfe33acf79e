/* The views of folders: the tree, and what each stage is worth where. */
#include "render/page_rows.h"

#include "model/comparison.h"
#include "render/html.h"
#include "render/page_changes.h"

static const struct html *
html_of(struct view view)
{
	return view.data;
}

static const struct folder *
folder_of(struct view view)
{
	return &html_of(view)->folders.folders[view.index];
}

/* ---- what a stage is to a folder; an item's index is folder * stages + stage ---- */

static const struct stage_share *
share_of(struct view view)
{
	size_t stages = result_of(view)->stage_count;

	return &html_of(view)->folders.folders[view.index / stages].stages[view.index % stages];
}

static struct view
share_stage(struct view view)
{
	return view_text(result_of(view)->stages[view.index % result_of(view)->stage_count].name);
}

static struct view
share_alone(struct view view)
{
	return page_ratio(page_of(view), &share_of(view)->lines);
}

static struct view
share_unique(struct view view)
{
	return page_ratio(page_of(view), &share_of(view)->unique);
}

static const struct view_field share_fields[] = {
	{ "stage_name", share_stage, true },
	{ "alone", share_alone, true },
	{ "unique", share_unique, true },
	{ NULL, NULL, false },
};

static const struct view_type share_type = {.kind = VIEW_OBJECT, .fields = share_fields};

static bool
shares_next(struct view list, uint64_t *position, struct view *item)
{
	size_t stages = result_of(list)->stage_count;

	if (*position >= stages)
		return false;
	*item = row(&share_type, list, list.index * stages + (*position)++);
	return true;
}

static const struct view_type shares_type = {.kind = VIEW_LIST, .next = shares_next};

/* ---- folders; an item's index is its place ---- */

static const struct view_type folder_type;

struct str
html_folder_name(const struct html *html, size_t folder)
{
	const struct folders *folders = &html->folders;
	struct str path = folders->folders[folder].path;
	size_t above = folders->folders[folder].parent;

	while (above && folders_settled(folders, above) != above)
		above = folders->folders[above].parent;
	if (!above || folders_settled(folders, above) != above)
		return path;
	above = folders->folders[above].path.length + 1;
	return (struct str){path.s + above, path.length - above};
}

static struct view
folder_name(struct view view)
{
	return view_text(html_folder_name(html_of(view), view.index));
}

static struct view
folder_path(struct view view)
{
	return view_text(folder_of(view)->path);
}

static struct view
folder_id(struct view view)
{
	return view_number(view.index + 1);
}

static struct view
folder_one_file(struct view view)
{
	return view_bool(folder_of(view)->file_end - folder_of(view)->first_file == 1);
}

static struct view
folder_lines(struct view view)
{
	return page_ratio(page_of(view), &folder_of(view)->numbers.lines);
}

static struct view
folder_branches(struct view view)
{
	return page_branches(page_of(view), &folder_of(view)->numbers.branches);
}

static struct view
folder_functions(struct view view)
{
	return page_ratio(page_of(view), &folder_of(view)->numbers.functions);
}

static struct view
folder_patch(struct view view)
{
	return page_ratio(page_of(view), &folder_of(view)->numbers.patch);
}

static struct view
folder_change(struct view view)
{
	const struct change *changes = html_of(view)->folder_changes;

	return changes ? page_change(&changes[view.index]) : view_null();
}

static struct view
folder_file_count(struct view view)
{
	return view_number(folder_of(view)->file_end - folder_of(view)->first_file);
}

static struct view
folder_shares(struct view view)
{
	return row(&shares_type, view, view.index);
}

static bool
subfolders_next(struct view list, uint64_t *position, struct view *item)
{
	const struct folders *folders = &html_of(list)->folders;
	size_t folder;

	if (!folders_next(folders, list.index, position, &folder))
		return false;
	*item = row(&folder_type, list, folders_settled(folders, folder));
	return true;
}

static const struct view_type subfolders_type = {.kind = VIEW_LIST, .next = subfolders_next};

static struct view
folder_folders(struct view view)
{
	return row(&subfolders_type, view, view.index);
}

static bool
own_files_next(struct view list, uint64_t *position, struct view *item)
{
	size_t file;

	if (!folders_next_file(&html_of(list)->folders, list.index, position, &file))
		return false;
	*item = page_file(page_of(list), file);
	return true;
}

static const struct view_type own_files_type = {.kind = VIEW_LIST, .next = own_files_next};

static struct view
folder_files(struct view view)
{
	return row(&own_files_type, view, view.index);
}

static struct view
folder_has_files(struct view view)
{
	size_t position = 0, file;

	return view_bool(folders_next_file(&html_of(view)->folders, view.index, &position, &file));
}

static const struct view_field folder_fields[] = {
	{ "folder_path", folder_path, true },
	{ "folder_name", folder_name, true },
	{ "folder_id", folder_id, true },
	{ "lines", folder_lines, true },
	{ "branches", folder_branches, true },
	{ "functions", folder_functions, true },
	{ "folder_patch", folder_patch, true },
	{ "folder_change", folder_change, true },
	{ "file_count", folder_file_count, true },
	{ "one_file", folder_one_file, true },
	{ "shares", folder_shares, true },
	{ "folders", folder_folders, true },
	{ "own_files", folder_files, true },
	{ "has_own_files", folder_has_files, true },
	{ NULL, NULL, false },
};

static const struct view_type folder_type = {.kind = VIEW_OBJECT, .fields = folder_fields};

struct view
html_folder(const struct html *html, size_t folder)
{
	return (struct view){&folder_type, html, folder};
}

/* ---- all that are shown, one behind the other ---- */

static bool
all_next(struct view list, uint64_t *position, struct view *item)
{
	const struct folders *folders = &html_of(list)->folders;

	while (*position < folders->count && folders_settled(folders, *position) != *position)
		++*position;
	return next_row(&folder_type, list, folders->count, position, item);
}

static const struct view_type all_type = {.kind = VIEW_LIST, .next = all_next};

struct view
html_folder_list(const struct html *html)
{
	return (struct view){&all_type, html, 0};
}
