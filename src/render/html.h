/*
 * The HTML report as it is being written: what its pages share, and the views that only they have.  For html*.c.
 */
#ifndef MUSTER_RENDER_HTML_H
#define MUSTER_RENDER_HTML_H

#include "model/folders.h"
#include "render/html_slug.h"
#include "render/page.h"

/* A file without measured lines still has a page. */
enum html_kind { HTML_OVERVIEW, HTML_TREE, HTML_TESTS, HTML_STAGES, HTML_AUDIT, HTML_FILE, HTML_SINGLE, HTML_KINDS };

/* Tests of one container in one stage: tests.ids[first .. end). */
struct html_suite {
	size_t first;
	size_t end;
	uint64_t counts[TEST_STATUSES];
};

struct html_tile;

/* All is built before pages are rendered, then only read. */
struct html {
	struct page page;
	struct folders folders;
	struct change *folder_changes;	/* of their lines since the baseline, by folder; NULL: there is none */
	char (*slugs)[SLUG_TEXT];	/* by file of the result */
	struct str *marks;		/* by pattern: which stages ran it; html_marks.c */
	char *letters;			/* by stage of the result; NULL when there are too many for letters */
	struct test_list tests;		/* all of them */
	struct html_suite *suites;
	size_t suite_count;
	struct str *cells;		/* names of cells, columns of the grid, sorted */
	size_t cell_count;
	uint32_t *grid;			/* stage * cell_count + cell: lane id + 1, 0: none */
	struct html_tile *tiles;	/* of the treemap */
	size_t tile_count;
	struct decimal limit;		/* lines that a gate asks of each file, or else of all */
	const struct indirect_change **indirect;	/* by file: lines that changed though nobody changed them; NULL: none */
	size_t *misses;			/* files with something missing, in order */
	size_t miss_count;
	struct strbuf tree_data;	/* what scripts show: JSON, fit for a script */
	struct strbuf test_data;
	struct arena arena;
};

/* From so many rows on, those without script stand where a browser with script does not build them. */
enum { ROWS_LARGE = 2000 };

/* One page: what templates see of the report besides the result. */
struct html_document {
	const struct html *html;
	enum html_kind kind;
	/* of the one-file report */
	struct str policy;		/* its Content-Security-Policy */
	struct str style;
	struct str script;
	const struct source_file *sources;	/* one a file of the result */
};

void html_init(struct html *html, const struct result *result, const struct render_settings *settings);
void html_release(struct html *html);

/* html_marks.c: badges of stages. */
void html_marks_build(struct html *html);
/* html_tests.c */
void html_tests_build(struct html *html);
/* html_svg.c */
void html_tiles_build(struct html *html);
/* html_data.c: the JSON of the big tables. */
void html_data_build(struct html *html);

/* The view of a document; below it on the stack stands page_view(). */
struct view html_view(const struct html_document *document);
/* Lists for html_view(); their data is the struct html. */
struct view html_stage_list(const struct html *html);
struct view html_folder(const struct html *html, size_t folder);
/* Its path behind the folder that it is shown in. */
struct str html_folder_name(const struct html *html, size_t folder);
struct view html_folder_list(const struct html *html);
struct view html_tile_list(const struct html *html);
struct view html_grid(const struct html *html);
/* Null where no earlier run is known. */
struct view html_trend(const struct html *html);
struct view html_suite_list(const struct html *html);
struct view html_report_list(const struct html *html);

#endif
