/* The HTML report: one document a file or all in one, rendered from templates/html/ on several threads. */
#include "render/html.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/pool.h"
#include "render/html_escape.h"
#include "render/html_policy.h"
#include "render/html_site.h"
#include "render/html_source.h"
#include "render/template.h"
#include "render/template_files.h"
#include "render/writers.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* What is rendered once for the directory: its file, its template. */
static const struct {
	const char *name;
	const char *template;
	enum html_kind kind;
} pages[] = {
	{ "tree.html", "html/tree", HTML_TREE },
	{ "tests.html", "html/tests", HTML_TESTS },
	{ "index.html", "html/overview", HTML_OVERVIEW },
	{ "stages.html", "html/stages", HTML_STAGES },
	{ "audit.html", "html/audit", HTML_AUDIT },
	{ "tree-data.js", "html/tree-data", HTML_TREE },
	{ "test-data.js", "html/test-data", HTML_TESTS },
};

/* What is copied as it stands: its file in the directory, and below templates/. */
static const char *const assets[][2] = {
	{ "report.css", "html/report.css" },
	{ "report.js", "html/report.js" },
	{ "icon.svg", "html/icon.svg" },
};

enum { PAGES = sizeof(pages) / sizeof(*pages), ASSETS = sizeof(assets) / sizeof(*assets) };

/* A report that is written: shared by threads; failures are kept under the lock. */
struct writing {
	struct html html;
	struct template_source source;
	struct template_set *set;
	struct template_renderer **renderers;	/* one a thread */
	unsigned threads;
	const struct template *templates[PAGES];
	const struct template *file_template;
	struct source_root root;	/* of the sources; without a path where none is known */
	struct site site;
	pthread_mutex_t lock;
	struct error err;	/* the first one */
};

/* ---- templates ---- */

static bool
find_template(struct writing *w, const char *name, const struct template **out)
{
	*out = template_get(w->set, str_of(name), &w->err);
	if (w->source.error.code)
		w->err = w->source.error;
	return !w->err.code;
}

static bool
find_asset(struct writing *w, const char *name, struct str *content)
{
	if (template_file_find(&w->source, str_of(name), content))
		return true;
	if (w->source.error.code)
		w->err = w->source.error;
	else
		fail(&w->err, ERROR_USAGE, "no template '%s'", name);
	return false;
}

static void
writing_init(struct writing *w, const struct result *result, const struct render_settings *settings)
{
	*w = (struct writing){.source.folder = settings->templates, .lock = PTHREAD_MUTEX_INITIALIZER, .root.folder = -1};
	if (settings->root.length)
		w->root = source_root_open(settings->root.s);
	w->set = template_set_new(template_file_load, &w->source);
	w->threads = settings->jobs ? settings->jobs : 1;
	w->renderers = mem_zalloc(w->threads, sizeof(*w->renderers));
	for (unsigned i = 0; i < w->threads; i++)
		w->renderers[i] = template_renderer_new(html_escape);
	html_init(&w->html, result, settings);
}

static bool
writing_end(struct writing *w, struct error *err)
{
	html_release(&w->html);
	source_root_close(&w->root);
	for (unsigned i = 0; i < w->threads; i++)
		template_renderer_free(w->renderers[i]);
	free(w->renderers);
	template_set_free(w->set);
	template_source_clear(&w->source);
	if (w->err.code && err)
		*err = w->err;
	return !w->err.code;
}

/* ---- the directory ---- */

static void
keep_error(struct writing *w, const struct error *err)
{
	pthread_mutex_lock(&w->lock);
	if (!w->err.code)
		w->err = *err;
	pthread_mutex_unlock(&w->lock);
}

/* Writes one document to a file of the directory; `top` is NULL, or what stands on top of the stack. */
static void
write_document(struct writing *w, unsigned worker, const char *name, const struct template *template,
    const struct html_document *document, const struct view *top)
{
	struct view stack[] = {page_view(&w->html.page), html_view(document), top ? *top : view_null()};
	char *path = site_path(&w->site, name);
	struct error err = {0};
	struct output *output;
	bool good = output_create(path, &output, &err);

	if (good && template_render_stack(w->renderers[worker], template, stack, top ? 3 : 2, output, &err))
		good = output_commit(output, &err);
	else if (good)
		good = (output_abort(output), false);
	if (!good)
		keep_error(w, &err);
	free(path);
}

static struct source_file
source_file(const struct writing *w, size_t file, struct str prefix)
{
	return (struct source_file){
	    .html = &w->html, .root = w->root.path ? &w->root : NULL, .file = file, .prefix = prefix};
}

static void
write_file_page(struct writing *w, unsigned worker, size_t file)
{
	struct html_document document = {.html = &w->html, .kind = HTML_FILE};
	struct source_file source = source_file(w, file, STR(""));
	char name[SLUG_TEXT + 16];
	struct view top;

	html_source_load(&source);
	top = html_source_view(&source);
	snprintf(name, sizeof(name), "files/%s.html", w->html.slugs[file]);
	write_document(w, worker, name, w->file_template, &document, &top);
	html_source_release(&source);
}

/* One task a page, those of files behind the others. */
static void
write_task(void *context, unsigned worker, size_t index)
{
	struct writing *w = context;

	if (index < PAGES)
		write_document(w, worker, pages[index].name, w->templates[index],
		    &(struct html_document){.html = &w->html, .kind = pages[index].kind}, NULL);
	else
		write_file_page(w, worker, index - PAGES);
}

static bool
write_assets(struct writing *w)
{
	for (size_t i = 0; i < ASSETS; i++) {
		struct str content;
		struct output *output;
		char *path;
		bool good;

		if (!find_asset(w, assets[i][1], &content))
			return false;
		path = site_path(&w->site, assets[i][0]);
		good = output_create(path, &output, &w->err);
		free(path);
		if (!good)
			return false;
		output_add_str(output, content);
		if (!output_commit(output, &w->err))
			return false;
	}
	return true;
}

static bool
write_site(struct writing *w)
{
	const struct result *result = w->html.page.result;

	if (!site_folder(&w->site, "files", &w->err) || !write_assets(w))
		return false;
	pool_run(w->threads, PAGES + result->file_count, write_task, w);
	return !w->err.code;
}

static bool
find_templates(struct writing *w)
{
	for (size_t i = 0; i < PAGES; i++)
		if (!find_template(w, pages[i].template, &w->templates[i]))
			return false;
	return find_template(w, "html/file", &w->file_template);
}

static bool
write_directory(const struct result *result, const struct render_settings *settings, const char *target,
    struct error *err)
{
	struct writing w;

	writing_init(&w, result, settings);
	if (find_templates(&w) && site_open(target, &w.site, &w.err)) {
		if (write_site(&w))
			site_commit(&w.site, &w.err);
		else
			site_abort(&w.site);
	}
	return writing_end(&w, err);
}

/* ---- all in one ---- */

struct single {
	struct writing writing;
	struct source_file *sources;
	char (*prefixes)[SLUG_TEXT + 1];
	struct strbuf policy;
	struct strbuf script;
};

static bool
is_within_limit(struct single *single, uint64_t bytes)
{
	return bytes <= LIMIT_SINGLE_BYTES || single->writing.html.page.settings->force_single ||
	    fail(&single->writing.err, ERROR_LIMIT, "a report of one file would have more than %u MiB: write a directory "
	    "(-o html:DIR/), or give --force-single", LIMIT_SINGLE_BYTES >> 20);
}

/* Loads sources as long as they stay within the limit. */
static bool
load_sources(struct single *single)
{
	struct html *html = &single->writing.html;
	size_t count = html->page.result->file_count;
	uint64_t bytes = 0;

	single->sources = mem_zalloc(count, sizeof(*single->sources));
	single->prefixes = mem_zalloc(count, sizeof(*single->prefixes));
	for (size_t i = 0; i < count && is_within_limit(single, bytes); i++) {
		snprintf(single->prefixes[i], sizeof(*single->prefixes), "%s-", html->slugs[i]);
		single->sources[i] = source_file(&single->writing, i, str_of(single->prefixes[i]));
		html_source_load(&single->sources[i]);
		bytes += single->sources[i].size;
	}
	return !single->writing.err.code;
}

static bool
render_single(struct single *single, struct output *output)
{
	struct writing *w = &single->writing;
	struct html_document document = {.html = &w->html, .kind = HTML_SINGLE, .sources = single->sources};
	struct view stack[] = {page_view(&w->html.page), html_view(&document)};
	const struct template *template;
	struct str script;

	if (!find_template(w, "html/single", &template) || !find_asset(w, "html/report.css", &document.style) ||
	    !find_asset(w, "html/report.js", &script))
		return false;
	strbuf_addf(&single->script, "var musterTree=%s;\nvar musterTests=%s;\n", strbuf_string(&w->html.tree_data),
	    strbuf_string(&w->html.test_data));
	strbuf_add_str(&single->script, script);
	document.script = strbuf_str(&single->script);
	html_policy(document.style, document.script, &single->policy);
	document.policy = strbuf_str(&single->policy);
	return template_render_stack(w->renderers[0], template, stack, 2, output, &w->err);
}

static bool
write_single(const struct result *result, const struct render_settings *settings, struct output *output,
    struct error *err)
{
	struct single single = {0};
	struct output *page = output_memory();

	writing_init(&single.writing, result, settings);
	if (load_sources(&single) && render_single(&single, page) && is_within_limit(&single, output_length(page)))
		output_add_str(output, output_content(page));
	for (size_t i = 0; i < result->file_count; i++)
		html_source_release(&single.sources[i]);
	output_abort(page);
	free(single.sources);
	free(single.prefixes);
	strbuf_clear(&single.policy);
	strbuf_clear(&single.script);
	return writing_end(&single.writing, err);
}

const struct renderer renderer_html = {
	.name = "html",
	.help = "a directory of pages to browse",
	.suffixes = "",
	.write_directory = write_directory,
};

const struct renderer renderer_html_single = {
	.name = "html-single",
	.help = "the same in one file, for small reports",
	.suffixes = "",
	.write = write_single,
};
