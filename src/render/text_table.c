/* Columns of text: widths, cutting, colours. */
#include "render/text_table.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { INDENT = 2, GAP = 2 };

void
table_add(struct table *table, enum style style, struct str text)
{
	MEM_GROW(table->cells, table->cell_capacity, table->cell_count + 1);
	table->cells[table->cell_count++] = (struct table_cell){
		.offset = table->bytes.length, .length = text.length, .style = style};
	strbuf_add_str(&table->bytes, text);
}

void
table_addf(struct table *table, enum style style, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	table_add(table, style, str_of(text));
}

void
table_clear(struct table *table)
{
	strbuf_clear(&table->bytes);
	free(table->cells);
	*table = (struct table){0};
}

static struct str
cell_text(const struct table *table, const struct table_cell *cell)
{
	return (struct str){strbuf_string(&table->bytes) + cell->offset, cell->length};
}

static void
style_begin(const struct canvas *canvas, enum style style)
{
	static const char *const codes[STYLES] = {"", "1", "2", "32", "33", "31"};

	if (canvas->colour && style != STYLE_PLAIN)
		output_addf(canvas->output, "\033[%sm", codes[style]);
}

static void
style_end(const struct canvas *canvas, enum style style)
{
	if (canvas->colour && style != STYLE_PLAIN)
		output_add_string(canvas->output, "\033[0m");
}

void
canvas_add(const struct canvas *canvas, enum style style, struct str text)
{
	style_begin(canvas, style);
	output_add_str(canvas->output, text);
	style_end(canvas, style);
}

static void
add_blanks(const struct canvas *canvas, size_t count)
{
	while (count--)
		output_add(canvas->output, " ", 1);
}

/* The first word of `text`, with the blanks before it skipped. */
static struct str
next_word(struct str *text)
{
	struct str word;
	const char *blank;

	while (text->length && text->s[0] == ' ')
		*text = (struct str){text->s + 1, text->length - 1};
	blank = text->length ? memchr(text->s, ' ', text->length) : NULL;
	word = (struct str){text->s, blank ? (size_t)(blank - text->s) : text->length};
	*text = (struct str){word.s + word.length, text->length - word.length};
	return word;
}

/* Bytes of the longest start of `text` that takes at most `width` columns. */
static size_t
fitting_head(struct str text, size_t width)
{
	size_t used = 0, columns = 0;
	uint32_t c;

	while (used < text.length) {
		size_t length = utf8_decode((struct str){text.s + used, text.length - used}, &c);
		size_t more = length ? utf8_width(c) : 1;

		if (columns + more > width)
			break;
		columns += more;
		used += length ? length : 1;
	}
	return used;
}

/* Words being printed from `column` on, in one style. */
struct wrap {
	const struct canvas *canvas;
	size_t column;
	size_t indent;
	enum style style;
};

static void
wrap_break(struct wrap *wrap)
{
	style_end(wrap->canvas, wrap->style);
	output_add_string(wrap->canvas->output, "\n");
	add_blanks(wrap->canvas, wrap->indent);
	style_begin(wrap->canvas, wrap->style);
	wrap->column = wrap->indent;
}

/* Prints a word, broken where even a line of its own is too short. */
static void
wrap_word(struct wrap *wrap, struct str word)
{
	size_t width = wrap->canvas->width;

	while (width && wrap->column + utf8_columns(word) > width) {
		size_t room = width > wrap->column + 2 ? width - wrap->column : 2;
		size_t head = fitting_head(word, room);

		output_add(wrap->canvas->output, word.s, head);
		word = (struct str){word.s + head, word.length - head};
		if (!word.length)
			return;
		wrap_break(wrap);
	}
	output_add_str(wrap->canvas->output, word);
	wrap->column += utf8_columns(word);
}

void
canvas_wrap(const struct canvas *canvas, size_t column, size_t indent, enum style style, struct str text)
{
	struct wrap wrap = {canvas, column, indent, style};
	struct str word = next_word(&text);

	style_begin(canvas, style);
	while (word.length) {
		wrap_word(&wrap, word);
		word = next_word(&text);
		if (word.length && canvas->width && wrap.column + 1 + utf8_columns(word) > canvas->width) {
			wrap_break(&wrap);
		} else if (word.length) {
			add_blanks(canvas, 1);
			wrap.column++;
		}
	}
	style_end(canvas, style);
	output_add_string(canvas->output, "\n");
}

/* Where the longest end of `text` starts that takes at most `width` columns. */
static size_t
fitting_tail(struct str text, size_t width)
{
	size_t columns = utf8_columns(text), start = 0;
	uint32_t c;

	while (columns > width && start < text.length) {
		size_t length = utf8_decode((struct str){text.s + start, text.length - start}, &c);

		columns -= length ? utf8_width(c) : 1;
		start += length ? length : 1;
	}
	return start;
}

static size_t
count_ranges(struct str text)
{
	size_t count = text.length > 0;

	for (size_t i = 0; i < text.length; i++)
		count += text.s[i] == ',';
	return count;
}

/* Leaves whole ranges out at the end, as few as there is room for saying so. */
static void
fit_ranges(struct strbuf *out, struct str text, size_t width)
{
	size_t start = out->length, kept = fitting_head(text, width);

	for (;;) {
		while (kept && text.s[kept - 1] != ',')
			kept--;
		strbuf_truncate(out, start);
		strbuf_add(out, text.s, kept);
		strbuf_addf(out, "… (%zu more)", count_ranges((struct str){text.s + kept, text.length - kept}));
		if (!kept || utf8_columns((struct str){out->s + start, out->length - start}) <= width)
			break;
		kept--;
	}
	if (!kept) {
		strbuf_truncate(out, start);
		text_fit(out, text, SHRINK_TAIL, width);
	}
}

void
text_fit(struct strbuf *out, struct str text, enum shrink shrink, size_t width)
{
	if (shrink == SHRINK_NEVER || utf8_columns(text) <= width) {
		strbuf_add_str(out, text);
	} else if (shrink == SHRINK_RANGES) {
		fit_ranges(out, text, width);
	} else if (shrink == SHRINK_TAIL) {
		strbuf_add(out, text.s, fitting_head(text, width - 1));
		strbuf_add_string(out, "…");
	} else {
		size_t start = fitting_tail(text, width - 1);

		strbuf_add_string(out, "…");
		strbuf_add(out, text.s + start, text.length - start);
	}
}

/* The width of each column as the cells would have it; 0 for one that is empty. */
static void
natural_widths(const struct table *table, size_t *widths)
{
	size_t count = table->column_count;

	memset(widths, 0, count * sizeof(*widths));
	for (size_t i = 0; i < table->cell_count; i++) {
		size_t columns = utf8_columns(cell_text(table, &table->cells[i]));

		if (columns > widths[i % count])
			widths[i % count] = columns;
	}
	for (size_t i = 0; i < count; i++) {
		size_t title = utf8_columns(str_of(table->columns[i].title));

		if (widths[i] && widths[i] < title)
			widths[i] = title;
	}
}

static size_t
total_width(const struct table *table, const size_t *widths)
{
	size_t total = 0;

	for (size_t i = 0; i < table->column_count; i++)
		if (widths[i])
			total += widths[i] + (total ? GAP : INDENT);
	return total;
}

/* Takes what is too wide from the columns that may shrink, the last first; true when the rest fits. */
static bool
shrink_columns(const struct table *table, size_t *widths, size_t width)
{
	for (size_t i = table->column_count; i-- > 0;) {
		size_t total = total_width(table, widths), least = table->columns[i].least;

		if (total <= width)
			return true;
		if (table->columns[i].shrink == SHRINK_NEVER || widths[i] <= least)
			continue;
		widths[i] = widths[i] - least > total - width ? widths[i] - (total - width) : least;
	}
	return total_width(table, widths) <= width;
}

/* Leaves out the column that can be spared best; false when there is none. */
static bool
spare_column(const struct table *table, size_t *widths)
{
	size_t best = table->column_count;

	for (size_t i = 0; i < table->column_count; i++) {
		if (!widths[i] || !table->columns[i].spare)
			continue;
		if (best == table->column_count || table->columns[i].spare > table->columns[best].spare)
			best = i;
	}
	if (best == table->column_count)
		return false;
	widths[best] = 0;
	return true;
}

static void
layout(const struct table *table, size_t *widths, size_t width)
{
	size_t shrunk[TABLE_COLUMNS];

	natural_widths(table, widths);
	if (!width)
		return;
	do
		memcpy(shrunk, widths, sizeof(shrunk));
	while (!shrink_columns(table, shrunk, width) && spare_column(table, widths));
	memcpy(widths, shrunk, sizeof(shrunk));
}

/* Prints one cell, after `pending` blanks; gives the blanks that the next one needs before it. */
static size_t
print_cell(const struct canvas *canvas, const struct table_column *column, size_t width,
    enum style style, struct str text, size_t pending)
{
	struct strbuf fitted = {0};
	size_t columns;

	text_fit(&fitted, text, column->shrink, width);
	columns = utf8_columns(strbuf_str(&fitted));
	width = width > columns ? width - columns : 0;
	if (fitted.length) {
		add_blanks(canvas, pending + (column->right ? width : 0));
		canvas_add(canvas, style, strbuf_str(&fitted));
		pending = column->right ? 0 : width;
	} else {
		pending += width;
	}
	strbuf_clear(&fitted);
	return pending + GAP;
}

static void
print_titles(const struct table *table, const struct canvas *canvas, const size_t *widths)
{
	size_t pending = INDENT;

	for (size_t i = 0; i < table->column_count; i++)
		if (widths[i])
			pending = print_cell(canvas, &table->columns[i], widths[i], STYLE_BOLD,
			    str_of(table->columns[i].title), pending);
	output_add_string(canvas->output, "\n");
}

void
table_print(const struct table *table, const struct canvas *canvas)
{
	size_t widths[TABLE_COLUMNS] = {0}, count = table->column_count;

	layout(table, widths, canvas->width);
	print_titles(table, canvas, widths);
	for (size_t row = 0; row < table->cell_count; row += count) {
		size_t pending = INDENT;

		for (size_t i = 0; i < count; i++) {
			const struct table_cell *cell = &table->cells[row + i];

			if (widths[i])
				pending = print_cell(canvas, &table->columns[i], widths[i], cell->style,
				    cell_text(table, cell), pending);
		}
		output_add_string(canvas->output, "\n");
	}
}
