/* Views of packages: the first folders below the one that all files lie in. */
#include "render/page_rows.h"

#include "base/mem.h"
#include "model/folders.h"

#include <stdlib.h>

static const struct folder *
package_of(struct view view)
{
	return &page_of(view)->folders->folders[page_of(view)->packages[view.index]];
}

static struct view
package_name(struct view view)
{
	return view_text(package_of(view)->path);
}

static struct view
package_files(struct view view)
{
	return view_number(package_of(view)->file_end - package_of(view)->first_file);
}

static struct view
package_lines(struct view view)
{
	return page_ratio(page_of(view), &package_of(view)->numbers.lines);
}

static struct view
package_branches(struct view view)
{
	return page_branches(page_of(view), &package_of(view)->numbers.branches);
}

static struct view
package_functions(struct view view)
{
	return page_ratio(page_of(view), &package_of(view)->numbers.functions);
}

static const struct view_field package_fields[] = {
	{ "name", package_name, true },
	{ "file_count", package_files, true },
	{ "lines", package_lines, true },
	{ "branches", package_branches, true },
	{ "functions", package_functions, true },
	{ NULL, NULL, false },
};

static const struct view_type package_type = {.kind = VIEW_OBJECT, .fields = package_fields};

static bool
packages_next(struct view list, uint64_t *position, struct view *item)
{
	const struct page *page = page_of(list);

	return *position < page->limits.files &&
	    next_row(&package_type, list, page->package_count, position, item);
}

static const struct view_type packages_type = {.kind = VIEW_LIST, .next = packages_next};

struct view
page_packages(const struct page *page)
{
	return (struct view){&packages_type, page, 0};
}

static uint64_t
missing(const struct folders *folders, size_t folder)
{
	struct ratio lines = folders->folders[folder].numbers.lines;

	return lines.total - lines.covered;
}

/* Most missing lines first, then by name. */
static int
package_compare(const void *left, const void *right, void *context)
{
	size_t a = *(const size_t *)left, b = *(const size_t *)right;
	uint64_t missing_a = missing(context, a), missing_b = missing(context, b);

	if (missing_a != missing_b)
		return missing_a > missing_b ? -1 : 1;
	return a < b ? -1 : a > b;
}

void
page_find_packages(struct page *page, const struct folders *folders)
{
	size_t *packages = mem_zalloc(folders->count, sizeof(*packages));
	size_t root = folders_settled(folders, 0), position = 0;

	page->folders = folders;
	page->packages = packages;
	while (folders_next(folders, root, &position, &packages[page->package_count]))
		page->package_count++;
	if (page->package_count)
		qsort_r(packages, page->package_count, sizeof(*packages), package_compare,
		    (void *)(uintptr_t)folders);
}
