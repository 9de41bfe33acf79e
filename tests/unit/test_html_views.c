/* What the pages of the HTML report see: folders, the map, lines of a source. */
#include "render/html.h"

#include "base/mem.h"
#include "render/html_source.h"
#include "render/html_svg.h"
#include "render/template.h"
#include "sample_result.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- folders, of files with these paths and 1, 2, 3 ... lines ---- */

enum { FILES_MOST = 16 };

struct forest {
	struct file_result files[FILES_MOST];
	struct result result;
	struct folders folders;
};

static void
forest_init(struct forest *forest, const char *const *paths)
{
	size_t count = 0;

	*forest = (struct forest){0};
	for (; paths[count]; count++)
		forest->files[count] = (struct file_result){.path = str_of(paths[count]),
		    .numbers.lines = {1, count + 1}};
	forest->result.files = forest->files;
	forest->result.file_count = count;
	folders_build(&forest->folders, &forest->result);
}

static const char *
folder_paths(const struct folders *folders)
{
	static char text[512];

	*text = '\0';
	for (size_t i = 0; i < folders->count; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%.*s;", (int)folders->folders[i].path.length,
		    folders->folders[i].path.s);
	return text;
}

START_TEST(folders_stand_before_what_is_in_them)
{
	struct forest forest;

	forest_init(&forest, (const char *const[]){"a-b/x", "a/b/x", "a/b/y", "a/c", "d", NULL});
	ck_assert_str_eq(folder_paths(&forest.folders), ";a-b;a;a/b;");
	ck_assert_uint_eq(forest.folders.folders[0].numbers.lines.total, 15);
	ck_assert_uint_eq(forest.folders.folders[2].numbers.lines.total, 9);
	ck_assert_uint_eq(forest.folders.folders[3].numbers.lines.total, 5);
	ck_assert_uint_eq(forest.folders.homes[4], 0);
	folders_clear(&forest.folders);
}
END_TEST

START_TEST(folders_of_one_folder_are_shown_as_one)
{
	struct forest forest;

	forest_init(&forest, (const char *const[]){"src/main/java/A", "src/main/java/b/B", NULL});
	ck_assert_str_eq(folder_paths(&forest.folders), ";src;src/main;src/main/java;src/main/java/b;");
	ck_assert_uint_eq(folders_settled(&forest.folders, 0), 3);
	ck_assert_uint_eq(folders_settled(&forest.folders, 4), 4);
	folders_clear(&forest.folders);
}
END_TEST

START_TEST(folders_find_what_another_result_has_in_them)
{
	struct forest now, before;
	struct ratio *lines;

	forest_init(&now, (const char *const[]){"a/b/x", "a/b/y", "a/c", "d", NULL});
	forest_init(&before, (const char *const[]){"a", "a-b/x", "a/b", "a/b/gone", "a/b/x", "a/b0", "b/y", NULL});
	lines = folders_lines_of(&now.folders, &before.result);
	ck_assert_str_eq(folder_paths(&now.folders), ";a;a/b;");
	ck_assert_uint_eq(lines[0].total, 1 + 2 + 3 + 4 + 5 + 6 + 7);
	ck_assert_uint_eq(lines[1].total, 3 + 4 + 5 + 6);
	ck_assert_uint_eq(lines[2].total, 4 + 5);
	ck_assert_uint_eq(lines[2].covered, 2);
	free(lines);
	folders_clear(&now.folders);
	folders_clear(&before.folders);
}
END_TEST

START_TEST(odd_paths_have_folders_too)
{
	struct forest forest;
	size_t position = 0, file;

	forest_init(&forest, (const char *const[]){"/etc/passwd", "/x", "a//b", "http://h/x", NULL});
	ck_assert_str_eq(folder_paths(&forest.folders), ";;/etc;a;a/;http:;http:/;http://h;");
	ck_assert(!folders_next_file(&forest.folders, 0, &position, &file));
	folders_clear(&forest.folders);
}
END_TEST

START_TEST(depth_has_an_end)
{
	char path[300] = "";
	struct forest forest;

	for (int i = 0; i < 100; i++)
		strcat(path, "a/");
	strcat(path, "x");
	forest_init(&forest, (const char *const[]){path, NULL});
	ck_assert_uint_eq(forest.folders.count, FOLDERS_DEEP + 1);
	folders_clear(&forest.folders);
}
END_TEST

/* ---- the map ---- */

START_TEST(tiles_fill_the_map_by_their_lines)
{
	struct forest forest;
	struct html html = {0};
	double area = 0;

	forest_init(&forest, (const char *const[]){"a/x", "a/y", "b/x", "b/y", "b/z", "c", NULL});
	forest.result.total.lines = (struct ratio){6, 21};
	html.page.result = &forest.result;
	html.folders = forest.folders;
	html_tiles_build(&html);
	for (size_t i = 0; i < html.tile_count; i++) {
		const struct html_tile *tile = &html.tiles[i];

		ck_assert_uint_le(tile->x + tile->width, 12000);
		ck_assert_uint_le(tile->y + tile->height, 5200);
		if (tile->kind == TILE_FILE) {
			ck_assert_uint_gt(tile->width, 0);
			area += tile->width * (double)tile->height;
		}
	}
	ck_assert_double_gt(area, 0.9 * 12000 * 5200);
	free(html.tiles);
	folders_clear(&forest.folders);
}
END_TEST

/* The label of a tile, with "..." where it is cut; borrowed until the next call. */
static const char *
label_of(struct view tile)
{
	static char text[512];
	struct view label, cut;

	ck_assert(view_find(tile, STR("label"), &label));
	ck_assert(view_find(tile, STR("label_cut"), &cut));
	if (!view_truthy(label))
		return "";
	snprintf(text, sizeof(text), "%.*s%s", (int)label.index, (const char *)label.data, view_truthy(cut) ? "..." : "");
	return text;
}

START_TEST(names_on_the_map_are_whole_or_cut_by_a_mark)
{
	char path[350] = "a/deep/";
	char expected[350] = "";
	char labels[1024] = "";
	struct forest forest;
	struct html html = {0};
	struct view list, tile;
	uint64_t position = 0;

	memset(path + strlen(path), 'n', 300);
	forest_init(&forest, (const char *const[]){"a/deep/x", path, "a/other/y", NULL});
	forest.result.total.lines = (struct ratio){3, 6};
	html.page.result = &forest.result;
	html.folders = forest.folders;
	html_tiles_build(&html);
	list = html_tile_list(&html);
	while (list.type->next(list, &position, &tile)) {
		strcat(labels, label_of(tile));
		strcat(labels, ";");
	}
	ck_assert_ptr_nonnull(strstr(labels, "deep;"));
	ck_assert_ptr_nonnull(strstr(labels, ";other;"));
	ck_assert_ptr_null(strstr(labels, "a/other"));
	ck_assert_ptr_nonnull(strstr(labels, ";y;"));
	ck_assert_ptr_nonnull(strstr(labels, "nnn...;"));
	memset(expected, 'n', 300);
	ck_assert_ptr_null(strstr(labels, expected));
	free(html.tiles);
	folders_clear(&forest.folders);
}
END_TEST

START_TEST(nothing_measured_makes_no_map)
{
	struct forest forest;
	struct html html = {0};

	forest_init(&forest, (const char *const[]){NULL});
	html.page.result = &forest.result;
	html.folders = forest.folders;
	html_tiles_build(&html);
	ck_assert_uint_eq(html.tile_count, 0);
	folders_clear(&forest.folders);
}
END_TEST

/* ---- a source ---- */

static bool
load_none(void *context, struct str name, struct str *source)
{
	(void)context;
	(void)name;
	(void)source;
	return false;
}

/* What a template makes of the first file of the sample with this source; owned. */
static char *
lines_of(const char *source, const char *text)
{
	char folder[] = "/tmp/muster-source-XXXXXX", path[128];
	struct sample sample;
	struct render_settings settings = {0};
	struct html html;
	struct source_root root;
	struct source_file file = {.html = &html, .root = &root, .prefix = STR("")};
	struct template_set *set = template_set_new(load_none, NULL);
	struct output *out = output_memory();
	char *made;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	sample_init(&sample);
	for (size_t i = 0; i < SAMPLE_STAGES; i++)
		sample.stages[i].id = UINT32_MAX;
	snprintf(path, sizeof(path), "%s/backend", folder);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/backend/api.py", folder);
	if (source) {
		FILE *stream = fopen(path, "w");

		fputs(source, stream);
		fclose(stream);
	}
	html_init(&html, &sample.result, &settings);
	root = source_root_open(folder);
	html_source_load(&file);
	source_root_close(&root);
	ck_assert(template_render(template_compile(set, str_of(text), NULL), html_source_view(&file), template_escape_html,
	    out, NULL));
	made = mem_string(output_content(out).s, output_content(out).length);
	html_source_release(&file);
	html_release(&html);
	output_abort(out);
	template_set_free(set);
	sample_release(&sample);
	unlink(path);
	snprintf(path, sizeof(path), "rm -rf %s", folder);
	ck_assert_int_eq(system(path), 0);
	return made;
}

static void
assert_lines(const char *source, const char *text, const char *expected)
{
	char *made = lines_of(source, text);

	ck_assert_str_eq(made, expected);
	free(made);
}

START_TEST(lines_know_what_became_of_them)
{
	assert_lines("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk  # pragma: no cover\nl", "{{#source_lines}}{{#look}}{{state}}{{^state}}.{{/state}}"
	    "{{/look}}{{/source_lines}}", "ccmmmcccm.xc");
}
END_TEST

START_TEST(a_source_ends_how_it_likes)
{
	assert_lines("a\r\nb\n\nc", "{{#source_lines}}[{{code}}]{{/source_lines}}", "[a][b][][c]");
	assert_lines("", "{{#source_lines}}[{{code}}]{{/source_lines}}", "");
	assert_lines("\n", "{{#source_lines}}[{{code}}]{{/source_lines}}", "[]");
}
END_TEST

START_TEST(blocks_of_misses_lead_to_each_other)
{
	assert_lines("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl", "{{first_miss}}:{{#source_lines}}{{#extra}}{{#next}}{{number}}>{{next}} "
	    "{{/next}}{{/extra}}{{/source_lines}}{{miss_blocks}}", "3:3>9 2");
}
END_TEST

START_TEST(lines_beyond_the_source_are_not_lost)
{
	assert_lines("a\nb\n", "{{#source_lines}}{{number}} {{/source_lines}}|{{#other_lines}}{{number}} {{/other_lines}}",
	    "1 2 |3 4 5 6 7 8 9 12 ");
}
END_TEST

START_TEST(without_a_source_it_says_why)
{
	assert_lines(NULL, "{{#no_source_because}}why {{/no_source_because}}{{#other_lines}}{{number}} {{/other_lines}}",
	    "why 1 2 3 4 5 6 7 8 9 12 ");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("html_views");
	TCase *tcase = tcase_create("html_views");

	tcase_add_test(tcase, folders_stand_before_what_is_in_them);
	tcase_add_test(tcase, folders_of_one_folder_are_shown_as_one);
	tcase_add_test(tcase, folders_find_what_another_result_has_in_them);
	tcase_add_test(tcase, odd_paths_have_folders_too);
	tcase_add_test(tcase, depth_has_an_end);
	tcase_add_test(tcase, tiles_fill_the_map_by_their_lines);
	tcase_add_test(tcase, names_on_the_map_are_whole_or_cut_by_a_mark);
	tcase_add_test(tcase, nothing_measured_makes_no_map);
	tcase_add_test(tcase, lines_know_what_became_of_them);
	tcase_add_test(tcase, a_source_ends_how_it_likes);
	tcase_add_test(tcase, blocks_of_misses_lead_to_each_other);
	tcase_add_test(tcase, lines_beyond_the_source_are_not_lost);
	tcase_add_test(tcase, without_a_source_it_says_why);
	suite_add_tcase(suite, tcase);
	return suite;
}
