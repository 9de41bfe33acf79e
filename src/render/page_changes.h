/*
 * Views of what a run is told besides its own reports: baseline, history, quarantine.  All are null
 * where it was not.
 */
#ifndef MUSTER_RENDER_PAGE_CHANGES_H
#define MUSTER_RENDER_PAGE_CHANGES_H

#include "model/comparison.h"
#include "render/page.h"

/* A number then, with its change since; and the three of them. */
struct view page_change(const struct change *change);
struct view page_numbers_change(const struct numbers_change *numbers);
struct view page_indirect(const struct page *page);
struct view page_baseline(const struct page *page);
/* Lines, branches and functions before, each with its delta. */
struct view page_total_change(const struct page *page);
struct view page_stage_change(const struct page *page, size_t stage);
struct view page_component_change(const struct page *page, size_t component);
struct view page_file_change(const struct page *page, size_t file);
/* The tests of the comparison, list by list. */
struct view page_changed_tests(const struct page *page);
struct view page_history(const struct page *page);
/*
 * Of a failing test, by its place in the outcome's list: its change, what it did before, its entry
 * in the quarantine.
 */
struct view page_failing_change(const struct page *page, size_t place);
struct view page_failing_history(const struct page *page, size_t place);
struct view page_failing_quarantine(const struct page *page, size_t place);

#endif
