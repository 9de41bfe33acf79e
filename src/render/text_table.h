/*
 * Columns of text for a terminal: collects cells, then prints them aligned and no wider than allowed.
 * Knows of widths and colours, nothing of coverage.
 */
#ifndef MUSTER_RENDER_TEXT_TABLE_H
#define MUSTER_RENDER_TEXT_TABLE_H

#include "base/output.h"
#include "base/strbuf.h"

#include <stdint.h>

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_GREEN, STYLE_ORANGE, STYLE_RED, STYLES };

/* What a cell gives up first when it is too wide. */
enum shrink {
	SHRINK_NEVER,
	SHRINK_TAIL,	/* the end: "a long na…" */
	SHRINK_HEAD,	/* the start, for paths: "…ep/inside/file.py" */
	SHRINK_RANGES,	/* whole ranges at the end: "3-5,9,… (4 more)" */
};

/*
 * A column may be shrunk to `least` columns of the terminal; where that is not enough the columns with the
 * highest `spare` are left out whole (0: never).  One whose cells are all empty is left out anyway.
 */
struct table_column {
	const char *title;
	bool right;
	enum shrink shrink;
	size_t least;
	unsigned spare;
};

struct table_cell {
	size_t offset;		/* into the table's bytes */
	size_t length;
	enum style style;
};

enum { TABLE_COLUMNS = 12 };

/* Cells row by row, as many in each as there are columns.  Zeroed but for columns and count: an empty table. */
struct table {
	const struct table_column *columns;
	size_t column_count;	/* at most TABLE_COLUMNS */
	struct strbuf bytes;
	struct table_cell *cells;
	size_t cell_count;
	size_t cell_capacity;
};

/* How wide and whether coloured. */
struct canvas {
	struct output *output;
	size_t width;		/* 0: unlimited */
	bool colour;
};

/* Adds the next cell; `text` is safe for the terminal already (render/escape.h). */
void table_add(struct table *table, enum style style, struct str text);
void table_addf(struct table *table, enum style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Prints titles and rows, each indented by two columns. */
void table_print(const struct table *table, const struct canvas *canvas);
void table_clear(struct table *table);

/* Prints `text` in a style, without a line break. */
void canvas_add(const struct canvas *canvas, enum style style, struct str text);
/*
 * Prints words from column `column` on, where the cursor is, breaking at blanks before the width ends and going on
 * at column `indent`; ends the line.
 */
void canvas_wrap(const struct canvas *canvas, size_t column, size_t indent, enum style style, struct str text);
/* Appends `text`, cut to `width` columns in the manner of `shrink`. */
void text_fit(struct strbuf *out, struct str text, enum shrink shrink, size_t width);

#endif
