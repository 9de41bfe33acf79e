/* The view of a document: where its pages are, and what they show besides the result. */
#include "render/page_rows.h"

#include "render/html.h"
#include "render/html_source.h"

#include <time.h>

static const struct html_document *
document_of(struct view view)
{
	return view.data;
}

static const struct html *
html_of(struct view view)
{
	return document_of(view)->html;
}

static bool
is_single(struct view view)
{
	return document_of(view)->kind == HTML_SINGLE;
}

/* ---- links: to what the index says ---- */

enum target { TO_OVERVIEW, TO_TREE, TO_TESTS, TO_STAGES, TO_AUDIT, TO_ASSETS, TO_FILES, TO_END, TARGETS };

/* From pages at the top, from those of files, and in the one-file report. */
static const char *const targets[TARGETS][3] = {
	[TO_OVERVIEW] = { "index.html", "../index.html", "#overview" },
	[TO_TREE] = { "tree.html", "../tree.html", "#tree" },
	[TO_TESTS] = { "tests.html", "../tests.html", "#tests" },
	[TO_STAGES] = { "stages.html", "../stages.html", "#stages" },
	[TO_AUDIT] = { "audit.html", "../audit.html", "#audit" },
	[TO_ASSETS] = { "", "../", "" },
	[TO_FILES] = { "files/", "", "#" },
	[TO_END] = { ".html", ".html", "" },
};

static struct view
link_to(struct view view, enum target target)
{
	return view_string(targets[target][is_single(view) ? 2 : document_of(view)->kind == HTML_FILE]);
}

#define TARGET(name, target) \
	static struct view \
	to_##name(struct view view) \
	{ \
		return link_to(view, target); \
	}

TARGET(overview, TO_OVERVIEW)
TARGET(tree, TO_TREE)
TARGET(tests, TO_TESTS)
TARGET(stages, TO_STAGES)
TARGET(audit, TO_AUDIT)
TARGET(assets, TO_ASSETS)
TARGET(files, TO_FILES)
TARGET(end, TO_END)

#undef TARGET

/* ---- which page it is ---- */

#define KIND(name, wanted) \
	static struct view \
	is_##name(struct view view) \
	{ \
		return view_bool(document_of(view)->kind == wanted); \
	}

KIND(overview, HTML_OVERVIEW)
KIND(tree, HTML_TREE)
KIND(tests, HTML_TESTS)
KIND(stages, HTML_STAGES)
KIND(audit, HTML_AUDIT)
KIND(file, HTML_FILE)

#undef KIND

static struct view
single(struct view view)
{
	return view_bool(is_single(view));
}

static struct view
policy(struct view view)
{
	return view_text(document_of(view)->policy);
}

static struct view
style(struct view view)
{
	return view_text(document_of(view)->style);
}

static struct view
script(struct view view)
{
	return view_text(document_of(view)->script);
}

/* ---- what is shown ---- */

static struct str
time_text(struct view view, struct strbuf *scratch)
{
	time_t seconds = (time_t)view.index;
	char text[32];
	struct tm tm;

	strbuf_reset(scratch);
	if (gmtime_r(&seconds, &tm) && strftime(text, sizeof(text), "%Y-%m-%d %H:%M UTC", &tm))
		strbuf_add_string(scratch, text);
	return strbuf_str(scratch);
}

static const struct view_type time_type = {.kind = VIEW_TEXT, .text = time_text};

static struct view
made_at(struct view view)
{
	return (struct view){.type = &time_type, .index = html_of(view)->page.result->timestamp};
}

static struct view
several_stages(struct view view)
{
	return view_bool(html_of(view)->page.result->stage_count > 1);
}

static struct view
stage_list(struct view view)
{
	return html_stage_list(html_of(view));
}

static struct view
root_folder(struct view view)
{
	const struct html *html = html_of(view);

	return html_folder(html, folders_settled(&html->folders, 0));
}

static struct view
folder_list(struct view view)
{
	return html_folder_list(html_of(view));
}

static struct view
tiles(struct view view)
{
	return html_tile_list(html_of(view));
}

static struct view
grid(struct view view)
{
	return html_grid(html_of(view));
}

static struct view
trend(struct view view)
{
	return html_trend(html_of(view));
}

static struct view
suites(struct view view)
{
	return html_suite_list(html_of(view));
}

static struct view
audit_reports(struct view view)
{
	return html_report_list(html_of(view));
}

static struct view
large_tree(struct view view)
{
	return view_bool(html_of(view)->page.result->file_count > ROWS_LARGE);
}

static struct view
large_tests(struct view view)
{
	return view_bool(html_of(view)->tests.count > ROWS_LARGE);
}

static struct view
tree_data(struct view view)
{
	return view_text(strbuf_str(&html_of(view)->tree_data));
}

static struct view
test_data(struct view view)
{
	return view_text(strbuf_str(&html_of(view)->test_data));
}

static struct view
slow_test(struct view view)
{
	return view_duration(html_of(view)->page.settings->slow_test);
}

/* The source files of the one-file report. */
static bool
file_pages_next(struct view list, uint64_t *position, struct view *item)
{
	const struct html_document *document = document_of(list);

	if (!document->sources || *position >= document->html->page.result->file_count)
		return false;
	*item = html_source_view(&document->sources[(*position)++]);
	return true;
}

static const struct view_type file_pages_type = {.kind = VIEW_LIST, .next = file_pages_next};

static struct view
file_pages(struct view view)
{
	return row(&file_pages_type, view, 0);
}

enum { WORST_FILES = 10 };

static bool
worst_files_next(struct view list, uint64_t *position, struct view *item)
{
	const struct page *page = &html_of(list)->page;

	if (*position >= page->file_count || *position >= WORST_FILES)
		return false;
	*item = page_file(page, page->files[(*position)++]);
	return true;
}

static const struct view_type worst_files_type = {.kind = VIEW_LIST, .next = worst_files_next};

static struct view
worst_files(struct view view)
{
	return row(&worst_files_type, view, 0);
}

static const struct view_field document_fields[] = {
	{ "to_overview", to_overview, true },
	{ "to_tree", to_tree, true },
	{ "to_tests", to_tests, true },
	{ "to_stages", to_stages, true },
	{ "to_audit", to_audit, true },
	{ "to_assets", to_assets, true },
	{ "to_files", to_files, true },
	{ "to_end", to_end, true },
	{ "is_overview", is_overview, true },
	{ "is_tree", is_tree, true },
	{ "is_tests", is_tests, true },
	{ "is_stages", is_stages, true },
	{ "is_audit", is_audit, true },
	{ "is_file", is_file, true },
	{ "single", single, true },
	{ "policy", policy, true },
	{ "style", style, true },
	{ "script", script, true },
	{ "made_at", made_at, true },
	{ "several_stages", several_stages, true },
	{ "stage_list", stage_list, true },
	{ "root_folder", root_folder, true },
	{ "folder_list", folder_list, true },
	{ "tiles", tiles, true },
	{ "worst_files", worst_files, true },
	{ "grid", grid, true },
	{ "trend", trend, true },
	{ "suites", suites, true },
	{ "audit_reports", audit_reports, true },
	{ "large_tree", large_tree, true },
	{ "large_tests", large_tests, true },
	{ "tree_data", tree_data, true },
	{ "test_data", test_data, true },
	{ "slow_test", slow_test, true },
	{ "file_pages", file_pages, true },
	{ NULL, NULL, false },
};

static const struct view_type document_type = {.kind = VIEW_OBJECT, .fields = document_fields};

struct view
html_view(const struct html_document *document)
{
	return (struct view){&document_type, document, 0};
}
