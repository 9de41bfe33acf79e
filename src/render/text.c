/* The result for a terminal: verdict and gates, stages, components, files with missing lines, audit. */
#include "render/text.h"

#include "render/escape.h"
#include "render/renderer.h"
#include "render/writers.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	FILES_SHOWN = 10,
	FINDINGS_SHOWN = 8,
	RANGES_MAX = 100,	/* columns of missing ranges, however wide the terminal is */
};

static void
heading(const struct canvas *canvas, const char *title)
{
	output_add_string(canvas->output, "\n");
	canvas_wrap(canvas, 0, 0, STYLE_BOLD, str_of(title));
}

enum style
text_style(const struct result *result, struct ratio ratio)
{
	if (!ratio.total)
		return STYLE_PLAIN;
	if (ratio_reaches(ratio, &result->green))
		return STYLE_GREEN;
	return ratio_reaches(ratio, &result->orange) ? STYLE_ORANGE : STYLE_RED;
}

const char *
text_style_words(enum style style)
{
	if (style == STYLE_GREEN)
		return "✓ good";
	if (style == STYLE_ORANGE)
		return "! fair";
	return style == STYLE_RED ? "✗ low" : "";
}

static void
add_text(struct table *table, enum style style, struct str text)
{
	struct strbuf safe = {0};

	escape_terminal(&safe, text);
	table_add(table, style, strbuf_str(&safe));
	strbuf_clear(&safe);
}

static void
add_count(struct table *table, uint64_t count)
{
	table_addf(table, STYLE_PLAIN, "%" PRIu64, count);
}

/* An empty cell where the count means nothing; a column of empty cells is left out. */
static void
add_count_if(struct table *table, bool meant, uint64_t count)
{
	if (meant)
		add_count(table, count);
	else
		table_add(table, STYLE_PLAIN, STR(""));
}

static void
add_percent(struct table *table, const struct result *result, const char *sign, struct ratio ratio)
{
	char text[RATIO_TEXT];

	table_addf(table, text_style(result, ratio), ratio.total ? "%s%s %%" : "%s%s", sign,
	    ratio_text(ratio, text));
}

/* Percent of lines, its meaning as a word, the fraction. */
static void
add_lines(struct table *table, const struct result *result, struct ratio lines)
{
	enum style style = text_style(result, lines);

	add_percent(table, result, "", lines);
	table_add(table, style, str_of(text_style_words(style)));
	if (lines.total)
		table_addf(table, STYLE_PLAIN, "%" PRIu64 "/%" PRIu64, lines.covered, lines.total);
	else
		table_add(table, STYLE_PLAIN, STR(""));
}

/* Branches and functions; empty cells where the whole result has none. */
static void
add_others(struct table *table, const struct result *result, const struct numbers *numbers)
{
	const struct branch_ratio *branches = &numbers->branches;

	if (result->total.branches.total)
		add_percent(table, result, branches->covered < branches->covered_max ? "≥ " : "",
		    (struct ratio){branches->covered, branches->total});
	else
		table_add(table, STYLE_PLAIN, STR(""));
	if (result->total.functions.total)
		add_percent(table, result, "", numbers->functions);
	else
		table_add(table, STYLE_PLAIN, STR(""));
}

static void
add_stage(struct table *table, const struct result *result, const struct stage_result *stage, struct str name)
{
	add_text(table, stage->reports ? STYLE_PLAIN : STYLE_RED, name);
	add_count_if(table, stage->cell_count, stage->cell_count);
	add_count(table, stage->reports);
	add_lines(table, result, stage->numbers.lines);
	add_others(table, result, &stage->numbers);
	add_count_if(table, result->stage_count > 1, stage->lines_only_here);
	add_count_if(table, result->tests.tests, stage->tests.tests);
}

static void
add_total(struct table *table, const struct result *result)
{
	table_add(table, STYLE_BOLD, STR("Total"));
	table_add(table, STYLE_PLAIN, STR(""));
	table_add(table, STYLE_PLAIN, STR(""));
	add_lines(table, result, result->total.lines);
	add_others(table, result, &result->total);
	table_add(table, STYLE_PLAIN, STR(""));
	add_count_if(table, result->tests.tests, result->tests.tests);
}

/* One row a stage and one for all; a single stage is all there is. */
static void
print_stages(const struct canvas *canvas, const struct result *result)
{
	static const struct table_column columns[] = {
		{"Stage", false, SHRINK_TAIL, 8, 0},
		{"Cells", true, SHRINK_NEVER, 0, 6},
		{"Reports", true, SHRINK_NEVER, 0, 4},
		{"Lines", true, SHRINK_NEVER, 0, 0},
		{"", false, SHRINK_NEVER, 0, 2},
		{"Covered", true, SHRINK_NEVER, 0, 5},
		{"Branches", true, SHRINK_NEVER, 0, 1},
		{"Functions", true, SHRINK_NEVER, 0, 7},
		{"Only here", true, SHRINK_NEVER, 0, 8},
		{"Tests", true, SHRINK_NEVER, 0, 3},
	};
	struct table table = {.columns = columns, .column_count = sizeof(columns) / sizeof(columns[0])};
	bool single = result->stage_count == 1;

	if (single && str_equal(result->stages[0].name, STR("default")))
		add_stage(&table, result, &result->stages[0], STR("Total"));
	else
		for (size_t i = 0; i < result->stage_count; i++)
			add_stage(&table, result, &result->stages[i], result->stages[i].name);
	if (!single)
		add_total(&table, result);
	output_add_string(canvas->output, "\n");
	table_print(&table, canvas);
	table_clear(&table);
}

static void
print_components(const struct canvas *canvas, const struct result *result)
{
	static const struct table_column columns[] = {
		{"Component", false, SHRINK_TAIL, 9, 0},
		{"Lines", true, SHRINK_NEVER, 0, 0},
		{"", false, SHRINK_NEVER, 0, 2},
		{"Covered", true, SHRINK_NEVER, 0, 3},
		{"Branches", true, SHRINK_NEVER, 0, 1},
		{"Functions", true, SHRINK_NEVER, 0, 4},
	};
	struct table table = {.columns = columns, .column_count = sizeof(columns) / sizeof(columns[0])};

	if (!result->component_count)
		return;
	for (size_t i = 0; i < result->component_count; i++) {
		const struct component_result *component = &result->components[i];

		add_text(&table, STYLE_PLAIN, component->name);
		add_lines(&table, result, component->numbers.lines);
		add_others(&table, result, &component->numbers);
	}
	output_add_string(canvas->output, "\n");
	table_print(&table, canvas);
	table_clear(&table);
}

static uint64_t
missing_lines(const struct file_result *file)
{
	return file->numbers.lines.total - file->numbers.lines.covered;
}

/* The files that hold most of what is missing. */
struct worst {
	const struct file_result *files[FILES_SHOWN];
	size_t count;
	size_t all;		/* files with any missing line */
};

/*
 * Most missing lines first, so that a gate is passed in the fewest files; equal ones stay in the order of their
 * paths.
 */
static void
worst_add(struct worst *worst, const struct file_result *file)
{
	size_t at = worst->count;

	if (!missing_lines(file))
		return;
	worst->all++;
	while (at > 0 && missing_lines(worst->files[at - 1]) < missing_lines(file))
		at--;
	if (at == FILES_SHOWN)
		return;
	if (worst->count < FILES_SHOWN)
		worst->count++;
	for (size_t i = worst->count - 1; i > at; i--)
		worst->files[i] = worst->files[i - 1];
	worst->files[at] = file;
}

static void
add_file(struct table *table, const struct result *result, const struct file_result *file)
{
	struct strbuf ranges = {0}, fitted = {0};
	enum style style = text_style(result, file->numbers.lines);

	file_missing(file->file, &ranges);
	text_fit(&fitted, strbuf_str(&ranges), SHRINK_RANGES, RANGES_MAX);
	add_text(table, STYLE_PLAIN, file->path);
	add_percent(table, result, "", file->numbers.lines);
	table_add(table, style, str_of(text_style_words(style)));
	add_count(table, missing_lines(file));
	table_add(table, STYLE_PLAIN, strbuf_str(&fitted));
	strbuf_clear(&ranges);
	strbuf_clear(&fitted);
}

static void
print_files(const struct canvas *canvas, const struct result *result)
{
	static const struct table_column columns[] = {
		{"File", false, SHRINK_HEAD, 14, 0},
		{"Lines", true, SHRINK_NEVER, 0, 1},
		{"", false, SHRINK_NEVER, 0, 2},
		{"Missing", true, SHRINK_NEVER, 0, 0},
		{"Which", false, SHRINK_RANGES, 20, 3},
	};
	struct table table = {.columns = columns, .column_count = sizeof(columns) / sizeof(columns[0])};
	struct worst worst = {0};

	for (size_t i = 0; i < result->file_count; i++)
		worst_add(&worst, &result->files[i]);
	if (!worst.count)
		return;
	heading(canvas, "Where lines are missing, most first");
	for (size_t i = 0; i < worst.count; i++)
		add_file(&table, result, worst.files[i]);
	table_print(&table, canvas);
	if (worst.all > worst.count)
		output_addf(canvas->output, "  ... and %zu more\n", worst.all - worst.count);
	table_clear(&table);
}

static void
print_finding(const struct canvas *canvas, const struct finding *finding)
{
	static const enum style styles[] = {STYLE_RED, STYLE_ORANGE, STYLE_DIM};
	struct strbuf words = {0};

	if (*finding->report)
		escape_terminal(&words, str_of(finding->report));
	if (*finding->report && finding->line)
		strbuf_addf(&words, ":%" PRIu64, finding->line);
	if (words.length)
		strbuf_add_string(&words, ": ");
	escape_terminal(&words, str_of(finding->message));
	output_add_string(canvas->output, "  ");
	canvas_add(canvas, styles[finding->level], str_of(audit_level_name(finding->level)));
	output_addf(canvas->output, "%*s", (int)(9 - strlen(audit_level_name(finding->level))), "");
	canvas_wrap(canvas, 11, 11, STYLE_PLAIN, strbuf_str(&words));
	strbuf_clear(&words);
}

/* Prints the first findings of a level while there is room; gives the room that is left. */
static size_t
print_level(const struct canvas *canvas, const struct audit *audit, enum audit_level level, size_t room)
{
	for (size_t i = 0; i < audit->count && room; i++) {
		if (audit->findings[i].level != level)
			continue;
		print_finding(canvas, &audit->findings[i]);
		room--;
	}
	return room;
}

static void
print_audit(const struct canvas *canvas, const struct audit *audit)
{
	size_t counts[AUDIT_NOTE + 1], room = FINDINGS_SHOWN;
	char title[128];

	if (!audit->count)
		return;
	for (int level = AUDIT_ERROR; level <= AUDIT_NOTE; level++)
		counts[level] = audit_count(audit, (enum audit_level)level);
	snprintf(title, sizeof(title), "Audit of the reports: %zu error%s, %zu warning%s, %zu note%s",
	    counts[AUDIT_ERROR], counts[AUDIT_ERROR] == 1 ? "" : "s", counts[AUDIT_WARNING],
	    counts[AUDIT_WARNING] == 1 ? "" : "s", counts[AUDIT_NOTE], counts[AUDIT_NOTE] == 1 ? "" : "s");
	heading(canvas, title);
	for (int level = AUDIT_ERROR; level <= AUDIT_NOTE; level++)
		room = print_level(canvas, audit, (enum audit_level)level, room);
	if (audit->count > FINDINGS_SHOWN)
		output_addf(canvas->output, "  ... and %zu more\n", audit->count - FINDINGS_SHOWN);
}

static bool
write_text(const struct result *result, const struct render_settings *settings, struct output *output,
    struct error *err)
{
	struct canvas canvas = {.output = output, .width = settings->width, .colour = settings->colour};

	(void)err;
	text_gates(&canvas, result);
	print_stages(&canvas, result);
	print_components(&canvas, result);
	text_patch(&canvas, result);
	text_tests(&canvas, result, settings->slow_test);
	text_compare(&canvas, result);
	print_files(&canvas, result);
	print_audit(&canvas, &result->report->audit);
	return true;
}

const struct renderer renderer_text = {
	.name = "text",
	.help = "the result for a terminal",
	.suffixes = "",
	.write = write_text,
};
