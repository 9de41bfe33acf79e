/* The JSON that scripts show as tables of any length: numbers and names, no markup. */
#include "render/html.h"

#include "base/json_out.h"
#include "model/comparison.h"
#include "render/html_escape.h"

#include <stdio.h>
#include <stdlib.h>

/* Flags of a file. */
enum { FLAG_BELOW_GATE = 1, FLAG_CHANGED = 2, FLAG_LOST = 4 };

static void
add_ratio(struct json_out *json, struct ratio ratio)
{
	json_out_u64(json, NULL, ratio.covered);
	json_out_u64(json, NULL, ratio.total);
}

/* What is collected goes on as script, so that no second copy of the whole is held. */
static void
pass_on(struct json_out *json, struct strbuf *out)
{
	html_escape_script(out, strbuf_str(&json->text));
	strbuf_reset(&json->text);
}

static void
add_stages(const struct html *html, struct json_out *json)
{
	const struct result *result = html->page.result;

	json_out_open(json, "stages", '[');
	for (size_t i = 0; i < result->stage_count; i++)
		json_out_str(json, NULL, result->stages[i].name);
	json_out_close(json, ']');
}

/* The folder that a folder is shown in; itself when in none. */
static size_t
shown_in(const struct folders *folders, size_t folder)
{
	size_t above = folder;

	while (above) {
		above = folders->folders[above].parent;
		if (folders_settled(folders, above) == above)
			return above;
	}
	return folder;
}

/* Hundredths of a percent point since the baseline; null where that is not known. */
static void
add_delta(struct json_out *json, const struct change *change)
{
	char text[16];

	if (!change || !change->known) {
		json_out_null(json, NULL);
		return;
	}
	snprintf(text, sizeof(text), "%d", change->points);
	json_out_raw(json, NULL, str_of(text));
}

/* [id, id of the folder it is shown in, path, delta] */
static void
add_folders(const struct html *html, struct json_out *json)
{
	const struct folders *folders = &html->folders;

	json_out_open(json, "folders", '[');
	for (size_t i = 0; i < folders->count; i++) {
		if (folders_settled(folders, i) != i)
			continue;
		json_out_open(json, NULL, '[');
		json_out_u64(json, NULL, i + 1);
		json_out_u64(json, NULL, shown_in(folders, i) + 1);
		json_out_str(json, NULL, folders->folders[i].path);
		add_delta(json, html->folder_changes ? &html->folder_changes[i] : NULL);
		json_out_close(json, ']');
	}
	json_out_close(json, ']');
}

static unsigned
flags_of(const struct html *html, size_t i)
{
	const struct file_result *file = &html->page.result->files[i];
	const struct comparison *comparison = html->page.result->comparison;
	bool below = html->page.file_limit && file->numbers.lines.total &&
	    !ratio_reaches(file->numbers.lines, html->page.file_limit);
	bool lost = (html->indirect[i] && html->indirect[i]->lost_count) ||
	    (comparison && comparison->files[i].lines.known && comparison->files[i].lines.points < 0);

	return (below ? FLAG_BELOW_GATE : 0U) | (file->changed ? FLAG_CHANGED : 0U) | (lost ? FLAG_LOST : 0U);
}

/* [folder, name, slug, flags, lines 2, branches 3, functions 2, patch 2, delta, each stage's lines 2] */
static void
add_file(const struct html *html, struct json_out *json, size_t i)
{
	const struct file_result *file = &html->page.result->files[i];
	const struct comparison *comparison = html->page.result->comparison;
	const char *slash = memrchr(file->path.s, '/', file->path.length);
	size_t from = slash ? (size_t)(slash + 1 - file->path.s) : 0;

	json_out_open(json, NULL, '[');
	json_out_u64(json, NULL, html->folders.homes[i] + 1);
	json_out_str(json, NULL, (struct str){file->path.s + from, file->path.length - from});
	json_out_string(json, NULL, html->slugs[i]);
	json_out_u64(json, NULL, flags_of(html, i));
	add_ratio(json, file->numbers.lines);
	json_out_u64(json, NULL, file->numbers.branches.covered);
	json_out_u64(json, NULL, file->numbers.branches.covered_max);
	json_out_u64(json, NULL, file->numbers.branches.total);
	add_ratio(json, file->numbers.functions);
	add_ratio(json, file->numbers.patch);
	add_delta(json, comparison ? &comparison->files[i].lines : NULL);
	for (size_t stage = 0; stage < html->page.result->stage_count; stage++)
		add_ratio(json, file->stages[stage]);
	json_out_close(json, ']');
}

static void
tree_build(struct html *html)
{
	struct json_out json = {0};

	json_out_open(&json, NULL, '{');
	json_out_open(&json, "limits", '[');
	json_out_string(&json, NULL, html->page.result->green.text);
	json_out_string(&json, NULL, html->page.result->orange.text);
	json_out_close(&json, ']');
	json_out_raw(&json, "patch", html->page.result->patch.diff ? STR("true") : STR("false"));
	json_out_raw(&json, "base", html->page.result->comparison ? STR("true") : STR("false"));
	add_stages(html, &json);
	add_folders(html, &json);
	json_out_open(&json, "files", '[');
	for (size_t i = 0; i < html->page.result->file_count; i++) {
		add_file(html, &json, i);
		pass_on(&json, &html->tree_data);
	}
	json_out_close(&json, ']');
	json_out_close(&json, '}');
	pass_on(&json, &html->tree_data);
	json_out_clear(&json);
}

/* ---- tests ---- */

static void
add_cell_names(const struct html *html, struct json_out *json)
{
	json_out_open(json, "cells", '[');
	for (size_t i = 0; i < html->cell_count; i++)
		json_out_str(json, NULL, html->cells[i]);
	json_out_close(json, ']');
}

static int
compare_names(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* The places of the cells that a test ran in. */
static void
add_cells(const struct html *html, struct json_out *json, test_id id)
{
	const struct result *result = html->page.result;
	struct outcome_run run = {0};
	size_t last = SIZE_MAX;

	json_out_open(json, NULL, '[');
	while (outcome_next_run(&result->outcome, id, &run)) {
		struct str name = report_cell(result->report, run.lane);
		const struct str *cell = bsearch(&name, html->cells, html->cell_count, sizeof(name), compare_names);
		size_t place = cell ? (size_t)(cell - html->cells) : SIZE_MAX;

		if (place != last && cell)
			json_out_u64(json, NULL, place);
		last = place;
	}
	json_out_close(json, ']');
}

enum { NANOSECONDS_A_MICROSECOND = 1000 };

/* [name, status, microseconds or null, cells, flaky, attempts] */
static void
add_test(const struct html *html, struct json_out *json, test_id id)
{
	struct outcome_test test;

	outcome_test(&html->page.result->outcome, id, &test);
	json_out_open(json, NULL, '[');
	json_out_str(json, NULL, test.name);
	json_out_u64(json, NULL, test.status);
	if (test.time == TEST_TIME_UNKNOWN)
		json_out_null(json, NULL);
	else
		json_out_u64(json, NULL, (uint64_t)test.time / NANOSECONDS_A_MICROSECOND);
	add_cells(html, json, id);
	json_out_u64(json, NULL, test.flaky);
	json_out_u64(json, NULL, test.attempts);
	json_out_close(json, ']');
}

static void
add_suite(struct html *html, struct json_out *json, const struct html_suite *suite)
{
	struct outcome_test test;

	outcome_test(&html->page.result->outcome, html->tests.ids[suite->first], &test);
	json_out_open(json, NULL, '[');
	json_out_str(json, NULL, report_stage(html->page.result->report, test.stage));
	json_out_str(json, NULL, test.container);
	json_out_open(json, NULL, '[');
	for (size_t i = suite->first; i < suite->end; i++) {
		add_test(html, json, html->tests.ids[i]);
		pass_on(json, &html->test_data);
	}
	json_out_close(json, ']');
	json_out_close(json, ']');
}

static void
tests_build(struct html *html)
{
	struct json_out json = {0};

	json_out_open(&json, NULL, '{');
	add_stages(html, &json);
	add_cell_names(html, &json);
	json_out_open(&json, "suites", '[');
	for (size_t i = 0; i < html->suite_count; i++)
		add_suite(html, &json, &html->suites[i]);
	json_out_close(&json, ']');
	json_out_close(&json, '}');
	pass_on(&json, &html->test_data);
	json_out_clear(&json);
}

void
html_data_build(struct html *html)
{
	tree_build(html);
	tests_build(html);
}
