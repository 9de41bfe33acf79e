/* What the pages of a report share, built before any is rendered. */
#include "render/html.h"

#include "base/mem.h"
#include "model/comparison.h"

#include <stdlib.h>

static const char *
page_slug(const struct page *page, size_t file)
{
	const struct html *html = (const void *)page;

	return html->slugs[file];
}

static bool
is_gate_of(const struct gate_result *gate, const char *scope)
{
	return strcmp(gate->gate, "fail-under") == 0 && strcmp(gate->metric, "lines") == 0 &&
	    strcmp(gate->scope, scope) == 0;
}

/* The limit of each file, or else that of the total. */
static void
find_limit(struct html *html)
{
	static const char *const scopes[] = {"each-file", "total"};
	const struct result *result = html->page.result;

	for (size_t i = 0; i < sizeof(scopes) / sizeof(*scopes); i++)
		for (size_t j = 0; j < result->gate_count && !html->page.file_limit; j++)
			if (is_gate_of(&result->gates[j], scopes[i]) &&
			    decimal_parse(str_of(result->gates[j].required), 100, &html->limit))
				html->page.file_limit = &html->limit;
}

static bool
misses_something(const struct numbers *numbers)
{
	return numbers->lines.covered < numbers->lines.total || numbers->branches.covered < numbers->branches.total;
}

static void
bind_indirect(struct html *html)
{
	const struct result *result = html->page.result;
	const struct comparison *comparison = result->comparison;

	html->indirect = mem_zalloc(result->file_count, sizeof(*html->indirect));
	for (size_t i = 0; comparison && i < comparison->indirect_count; i++)
		html->indirect[comparison->indirect[i].file] = &comparison->indirect[i];
}

/* A folder is its path: files that came or went count. */
static void
compare_folders(struct html *html)
{
	const struct comparison *comparison = html->page.result->comparison;
	struct ratio *before;

	if (!comparison)
		return;
	before = folders_lines_of(&html->folders, &comparison->base->result);
	html->folder_changes = mem_zalloc(html->folders.count, sizeof(*html->folder_changes));
	for (size_t i = 0; i < html->folders.count; i++) {
		struct ratio now = html->folders.folders[i].numbers.lines;

		html->folder_changes[i].before = before[i];
		html->folder_changes[i].known = before[i].total && now.total;
		if (html->folder_changes[i].known)
			html->folder_changes[i].points = ratio_change(before[i], now);
	}
	free(before);
}

static void
name_pages(struct html *html)
{
	const struct result *result = html->page.result;

	html->slugs = mem_zalloc(result->file_count, sizeof(*html->slugs));
	html->misses = mem_zalloc(result->file_count, sizeof(*html->misses));
	for (size_t i = 0; i < result->file_count; i++) {
		html_slug(result->files[i].path, html->slugs[i]);
		if (misses_something(&result->files[i].numbers))
			html->misses[html->miss_count++] = i;
	}
	html->page.slug = page_slug;
}

void
html_init(struct html *html, const struct result *result, const struct render_settings *settings)
{
	*html = (struct html){0};
	page_init(&html->page, result, settings);
	folders_build(&html->folders, result);
	name_pages(html);
	bind_indirect(html);
	compare_folders(html);
	find_limit(html);
	html_marks_build(html);
	html_tests_build(html);
	html_tiles_build(html);
	html_data_build(html);
}

void
html_release(struct html *html)
{
	page_release(&html->page);
	folders_clear(&html->folders);
	free(html->slugs);
	free(html->misses);
	free(html->indirect);
	free(html->folder_changes);
	free(html->marks);
	free(html->letters);
	free(html->tests.ids);
	free(html->suites);
	free(html->cells);
	free(html->grid);
	free(html->tiles);
	strbuf_clear(&html->tree_data);
	strbuf_clear(&html->test_data);
	arena_clear(&html->arena);
}
