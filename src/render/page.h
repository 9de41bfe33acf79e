/*
 * The data that every template sees, and that the JSON result prints: the result of PRODUCT 2 as views.  Fields that
 * only templates see are `aside`; docs/TEMPLATES.md names all.
 */
#ifndef MUSTER_RENDER_PAGE_H
#define MUSTER_RENDER_PAGE_H

#include "model/result.h"
#include "render/renderer.h"
#include "render/view.h"

/* How much of the lists a page shows, so that it keeps to its budget.  SIZE_MAX: all. */
struct page_limits {
	size_t gates;
	size_t files;
	size_t tests;		/* of each list */
	size_t stack_lines;
	size_t findings;
	bool no_messages;
	bool no_groups;		/* no components, no packages */
	bool no_details;	/* nothing of what passed */
};

/* All that the views refer to; borrowed.  Zero but for the limits is valid. */
struct page {
	const struct result *result;
	const struct render_settings *settings;
	struct page_limits limits;
	/* the name of a file's own page; NULL: files have none */
	const char *(*slug)(const struct page *page, size_t file);
	const struct decimal *file_limit;	/* lines that each file should reach; NULL: any do */
	const uint32_t *files;	/* files with missing lines, most first; see page_init() */
	size_t file_count;
	const uint32_t *changed;	/* files with changed lines that are measured, most missing ones first */
	size_t changed_count;
	size_t uncovered_count;	/* those of them with missing ones, which come first */
	const uint32_t *failing;	/* places of the failing tests by id; see page_failing_place() */
	const struct folders *folders;	/* page_find_packages(); NULL: there are no packages */
	const size_t *packages;		/* of these folders, most missing lines first */
	size_t package_count;
	bool cut;		/* the limits leave something out */
};

/* Fills the page for a result, without limits; page_release() frees the order of files. */
void page_init(struct page *page, const struct result *result, const struct render_settings *settings);
void page_release(struct page *page);
/* A part of page_init(): fills page->changed. */
void page_order_changed(struct page *page);
/* Fills page->packages; the folders are borrowed until page_release(). */
void page_find_packages(struct page *page, const struct folders *folders);
/* The place of a test in the outcome's list of failing ones; false when it is not there. */
bool page_failing_place(const struct page *page, test_id id, size_t *place);
/* The root of the data. */
struct view page_view(const struct page *page);

/* Views shared by page*.c. */
struct view page_ratio(const struct page *page, const struct ratio *ratio);
struct view page_branches(const struct page *page, const struct branch_ratio *branches);
/* covered and total alone. */
struct view page_fraction(const struct ratio *ratio);
/* All files by path, or those with missing lines, most first. */
struct view page_files(const struct page *page, bool missing);
/* The first ranges of missing lines of a file, or of what changed in it, and whether there are more. */
struct view page_ranges(const struct page *page, size_t file, bool changed);
struct view page_more_ranges(const struct page *page, size_t file, bool changed);
/* The change, in all and of one file; null where no diff is known, or the file is not in it. */
struct view page_patch(const struct page *page);
struct view page_file_patch(const struct page *page, size_t file);
/* The files with changed lines, most missing ones first; all, or those with missing ones. */
struct view page_changed_files(const struct page *page, bool missing);
struct view page_stages(const struct page *page);
struct view page_stage(const struct page *page, size_t stage);
struct view page_components(const struct page *page);
struct view page_packages(const struct page *page);
struct view page_gates(const struct page *page);
/* As many as the limits allow. */
struct view page_gates_by_status(const struct page *page, enum verdict status);
struct view page_audit(const struct page *page);
struct view page_finding(const struct page *page, size_t finding);
/* Of a test's time: seconds, and for people; null where it is not known. */
struct view page_seconds(int64_t time);
struct view page_time(int64_t time);
struct view page_tests_totals(const struct test_totals *totals);
struct view page_tests(const struct page *page);
struct view page_test(const struct page *page, test_id id);
/* What the limits leave out, in words and numbers; "" when that is nothing. */
struct view page_left_out(const struct page *page);
/* A file of the result, by its place. */
struct view page_file(const struct page *page, size_t file);

#endif
