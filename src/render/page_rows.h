/*
 * What the files of page*.c have in common: views whose data is the page and whose index is a row.
 */
#ifndef MUSTER_RENDER_PAGE_ROWS_H
#define MUSTER_RENDER_PAGE_ROWS_H

#include "render/page.h"

static inline const struct page *
page_of(struct view view)
{
	return view.data;
}

static inline const struct result *
result_of(struct view view)
{
	return page_of(view)->result;
}

/* A view of the `index`th row of something of a page. */
static inline struct view
row(const struct view_type *type, struct view view, uint64_t index)
{
	return (struct view){type, view.data, index};
}

/* Walks rows 0 to count-1 of a list as objects of `type`. */
static inline bool
next_row(const struct view_type *type, struct view list, size_t count, uint64_t *position, struct view *item)
{
	if (*position >= count)
		return false;
	*item = row(type, list, (*position)++);
	return true;
}

#endif
