/* The terminal's section about the change: how much of it is covered, and where it is not. */
#include "render/text.h"

#include "render/escape.h"

#include <inttypes.h>

enum { FILES_SHOWN = 10, RANGES_MAX = 100, NAMES_INDENT = 4 };

static uint64_t
missing_lines(const struct file_result *file)
{
	return file->numbers.patch.total - file->numbers.patch.covered;
}

/* "  81.25 %  ! fair   39 of 48 changed lines, branches ≥ 50.00 %". */
static void
print_total(const struct canvas *canvas, const struct result *result)
{
	struct ratio patch = result->total.patch;
	const struct branch_ratio *branches = &result->total.patch_branches;
	enum style style = text_style(result, patch);
	struct strbuf line = {0};
	char percent[RATIO_TEXT];

	output_add_string(canvas->output, "  ");
	if (patch.total) {
		strbuf_addf(
		    &line, "%s %%  %s", ratio_text(patch, percent), text_style_words(style));
		canvas_add(canvas, style, strbuf_str(&line));
		output_addf(canvas->output,
		    "  %" PRIu64 " of %" PRIu64 " changed lines are covered", patch.covered,
		    patch.total);
	} else {
		output_add_string(canvas->output, "no report measures a changed line");
	}
	if (branches->total)
		output_addf(canvas->output, ", branches %s%s %%",
		    branches->covered < branches->covered_max ? "≥ " : "",
		    ratio_text((struct ratio){branches->covered, branches->total}, percent));
	output_add_string(canvas->output, "\n");
	strbuf_clear(&line);
}

static void
add_file(struct table *table, const struct result *result, const struct file_result *file)
{
	struct strbuf text = {0}, fitted = {0};
	enum style style = text_style(result, file->numbers.patch);
	char percent[RATIO_TEXT];

	escape_terminal(&text, file->path);
	table_add(table, STYLE_PLAIN, strbuf_str(&text));
	table_addf(table, style, "%s %%", ratio_text(file->numbers.patch, percent));
	table_add(table, style, str_of(text_style_words(style)));
	table_addf(table, STYLE_PLAIN, "%" PRIu64, missing_lines(file));
	file_patch_missing(&result->patch, file, &text);
	text_fit(&fitted, strbuf_str(&text), SHRINK_RANGES, RANGES_MAX);
	table_add(table, STYLE_PLAIN, strbuf_str(&fitted));
	strbuf_clear(&text);
	strbuf_clear(&fitted);
}

/*
 * The files whose change misses most lines; of equal ones the first by path.  Gives how many there
 * are in all.
 */
static size_t
pick_files(const struct result *result, const struct file_result **files, size_t *count)
{
	size_t all = 0;

	*count = 0;
	for (size_t i = 0; i < result->file_count; i++) {
		const struct file_result *file = &result->files[i];
		size_t at = *count;

		if (!missing_lines(file))
			continue;
		all++;
		while (at > 0 && missing_lines(files[at - 1]) < missing_lines(file))
			at--;
		if (at == FILES_SHOWN)
			continue;
		*count += *count < FILES_SHOWN;
		for (size_t j = *count - 1; j > at; j--)
			files[j] = files[j - 1];
		files[at] = file;
	}
	return all;
}

static void
print_files(const struct canvas *canvas, const struct result *result)
{
	static const struct table_column columns[] = {
		{"File", false, SHRINK_HEAD, 14, 0},
		{"Patch", true, SHRINK_NEVER, 0, 1},
		{"", false, SHRINK_NEVER, 0, 2},
		{"Missing", true, SHRINK_NEVER, 0, 0},
		{"Which", false, SHRINK_RANGES, 20, 3},
	};
	struct table table = {
	    .columns = columns, .column_count = sizeof(columns) / sizeof(columns[0])};
	const struct file_result *files[FILES_SHOWN];
	size_t count, all = pick_files(result, files, &count);

	if (!count)
		return;
	for (size_t i = 0; i < count; i++)
		add_file(&table, result, files[i]);
	table_print(&table, canvas);
	if (all > count)
		output_addf(canvas->output, "  ... and %zu more\n", all - count);
	table_clear(&table);
}

static void
print_without_data(const struct canvas *canvas, const struct patch_result *patch)
{
	size_t shown =
	    patch->without_data_count < FILES_SHOWN ? patch->without_data_count : FILES_SHOWN;
	struct strbuf line = {0};

	if (!shown)
		return;
	strbuf_addf(&line, "%zu changed file%s no coverage data: ", patch->without_data_count,
	    patch->without_data_count == 1 ? " has" : "s have");
	for (size_t i = 0; i < shown; i++) {
		strbuf_add_string(&line, i ? ", " : "");
		escape_terminal(&line, patch->without_data[i]);
	}
	if (shown < patch->without_data_count)
		strbuf_addf(&line, " and %zu more", patch->without_data_count - shown);
	output_add_string(canvas->output, "  ");
	canvas_wrap(canvas, 2, NAMES_INDENT, STYLE_ORANGE, strbuf_str(&line));
	strbuf_clear(&line);
}

void
text_patch(const struct canvas *canvas, const struct result *result)
{
	struct strbuf title = {0};

	if (!result->patch.diff)
		return;
	strbuf_add_string(&title, "Patch: ");
	escape_terminal(&title, str_of(result->patch.compared));
	output_add_string(canvas->output, "\n");
	canvas_wrap(canvas, 0, 0, STYLE_BOLD, strbuf_str(&title));
	print_total(canvas, result);
	print_files(canvas, result);
	print_without_data(canvas, &result->patch);
	strbuf_clear(&title);
}
