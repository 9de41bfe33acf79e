/* The treemap: a squarified rectangle for each file, in that of its folder. */
#include "render/html_svg.h"

#include "base/mem.h"
#include "render/page_rows.h"

#include <stdlib.h>

enum {
	MAP_WIDTH = 1200,
	MAP_HEIGHT = 520,
	FOLDER_LABEL = 16,	/* the strip on top of a folder that is large enough for its name */
	FOLDER_MARGIN = 2,
	LABEL_WIDTH = 46,	/* the least width of a tile that shows its file's name */
	LABEL_HEIGHT = 18,
	LETTER_WIDTH = 7,
	TENTHS = 10,
};

/* What shares out a rectangle: a folder, a file, or all files of a folder that are too small to be shown. */
struct item {
	uint64_t lines;
	size_t place;
	enum tile_kind kind;
	uint64_t files;		/* TILE_REST */
	struct ratio ratio;
};

struct box {
	double x, y, width, height;
};

struct mapping {
	struct html *html;
	size_t capacity;	/* of the tiles */
	uint64_t least;		/* lines below which a file has no tile of its own */
};

static struct html_tile *
tile_add(struct mapping *m, struct box box)
{
	struct html *html = m->html;
	struct html_tile *tile;

	MEM_GROW(html->tiles, m->capacity, html->tile_count + 1);
	tile = &html->tiles[html->tile_count++];
	*tile = (struct html_tile){
	    .x = (uint32_t)(box.x * TENTHS + 0.5),
	    .y = (uint32_t)(box.y * TENTHS + 0.5),
	    .width = (uint32_t)((box.x + box.width) * TENTHS + 0.5),
	    .height = (uint32_t)((box.y + box.height) * TENTHS + 0.5),
	};
	tile->width -= tile->x;
	tile->height -= tile->y;
	return tile;
}

/* Most lines first, so that rectangles come near to squares; then as they stand. */
static int
compare_items(const void *left, const void *right)
{
	const struct item *a = left;
	const struct item *b = right;

	if (a->lines != b->lines)
		return a->lines > b->lines ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

/* The items of one folder; owned. */
static struct item *
folder_items(const struct mapping *m, size_t folder, size_t *count)
{
	const struct folders *folders = &m->html->folders;
	const struct result *result = m->html->page.result;
	struct item *items = NULL, rest = {.kind = TILE_REST, .place = folder};
	size_t capacity = 0, position = 0, i;

	*count = 0;
	while (folders_next(folders, folder, &position, &i)) {
		MEM_GROW(items, capacity, *count + 1);
		items[(*count)++] = (struct item){folders->folders[i].numbers.lines.total, i, TILE_FOLDER, 0, {0}};
	}
	position = 0;
	while (folders_next_file(folders, folder, &position, &i)) {
		struct ratio lines = result->files[i].numbers.lines;

		if (lines.total >= m->least) {
			MEM_GROW(items, capacity, *count + 1);
			items[(*count)++] = (struct item){lines.total, i, TILE_FILE, 0, lines};
			continue;
		}
		rest.files++;
		rest.ratio.covered += lines.covered;
		rest.ratio.total += lines.total;
	}
	rest.lines = rest.ratio.total;
	MEM_GROW(items, capacity, *count + 1);
	if (rest.lines)
		items[(*count)++] = rest;
	qsort(items, *count, sizeof(*items), compare_items);
	while (*count && !items[*count - 1].lines)
		--*count;
	return items;
}

static void lay_folder(struct mapping *m, size_t folder, struct box box);

static void
lay_item(struct mapping *m, const struct item *item, struct box box)
{
	struct html_tile *tile;

	if (item->kind == TILE_FOLDER) {
		lay_folder(m, folders_settled(&m->html->folders, item->place), box);
		return;
	}
	tile = tile_add(m, box);
	tile->kind = item->kind;
	tile->place = item->place;
	tile->files = item->files;
	tile->ratio = item->ratio;
}

/* How far from a square the worst of `count` items is that share a strip along `side`; `scale` is area a line. */
static double
worst_shape(const struct item *items, size_t count, double lines, double side, double scale)
{
	double depth = lines * scale / side;
	double large = (double)items[0].lines * scale / depth;
	double small = (double)items[count - 1].lines * scale / depth;
	double a = large > depth ? large / depth : depth / large;
	double b = small > depth ? small / depth : depth / small;

	return a > b ? a : b;
}

/* The number of items that make up the next strip. */
static size_t
strip_length(const struct item *items, size_t count, double side, double scale, double *lines)
{
	size_t length = 1;

	*lines = (double)items[0].lines;
	while (length < count) {
		double more = *lines + (double)items[length].lines;

		if (worst_shape(items, length + 1, more, side, scale) > worst_shape(items, length, *lines, side, scale))
			break;
		*lines = more;
		length++;
	}
	return length;
}

/* Lays a strip along the shorter side of the box and takes it from the box. */
static void
lay_strip(struct mapping *m, const struct item *items, size_t count, double lines, double scale, struct box *box)
{
	bool upright = box->width >= box->height;
	double side = upright ? box->height : box->width;
	double depth = lines * scale / side;
	double at = 0;

	for (size_t i = 0; i < count; i++) {
		double length = side * (double)items[i].lines / lines;
		struct box part = upright ? (struct box){box->x, box->y + at, depth, length} :
		    (struct box){box->x + at, box->y, length, depth};

		lay_item(m, &items[i], part);
		at += length;
	}
	if (upright) {
		box->x += depth;
		box->width -= depth;
	} else {
		box->y += depth;
		box->height -= depth;
	}
}

static void
lay_items(struct mapping *m, const struct item *items, size_t count, struct box box)
{
	double lines = 0, scale;

	for (size_t i = 0; i < count; i++)
		lines += (double)items[i].lines;
	scale = box.width * box.height / lines;
	for (size_t i = 0, length; i < count && box.width > 0 && box.height > 0; i += length) {
		double strip;

		length = strip_length(items + i, count - i, box.width >= box.height ? box.height : box.width, scale, &strip);
		lay_strip(m, items + i, length, strip, scale, &box);
	}
}

/* Room for the name of a folder, where there is any, and a margin around what is in it. */
static struct box
folder_inside(struct mapping *m, size_t folder, struct box box)
{
	bool named = folder && box.width > LABEL_WIDTH && box.height > 2 * FOLDER_LABEL;
	double top = named ? FOLDER_LABEL : folder ? FOLDER_MARGIN : 0;
	double margin = folder ? FOLDER_MARGIN : 0;
	struct html_tile *tile;

	if (folder && (box.width <= 2 * margin || box.height <= top + margin))
		return box;
	if (folder) {
		tile = tile_add(m, box);
		tile->kind = TILE_FOLDER;
		tile->place = folder;
		tile->named = named;
	}
	return (struct box){box.x + margin, box.y + top, box.width - 2 * margin, box.height - top - margin};
}

static void
lay_folder(struct mapping *m, size_t folder, struct box box)
{
	size_t count;
	struct item *items = folder_items(m, folder, &count);

	if (count)
		lay_items(m, items, count, folder_inside(m, folder, box));
	free(items);
}

void
html_tiles_build(struct html *html)
{
	const struct result *result = html->page.result;
	struct mapping m = {.html = html};

	m.least = result->file_count > TILES_MOST ? result->total.lines.total / TILES_MOST + 1 : 1;
	if (result->total.lines.total)
		lay_folder(&m, folders_settled(&html->folders, 0), (struct box){0, 0, MAP_WIDTH, MAP_HEIGHT});
}

/* ---- views: an item's index is its place ---- */

static const struct html *
html_of(struct view view)
{
	return view.data;
}

static const struct html_tile *
tile_of(struct view view)
{
	return &html_of(view)->tiles[view.index];
}

static struct str
tenths_text(struct view value, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	strbuf_add_u64(scratch, value.index / TENTHS);
	if (value.index % TENTHS) {
		strbuf_add_char(scratch, '.');
		strbuf_add_u64(scratch, value.index % TENTHS);
	}
	return strbuf_str(scratch);
}

static const struct view_type tenths_type = {.kind = VIEW_NUMBER, .text = tenths_text};

static struct view
tenths(uint32_t value)
{
	return (struct view){.type = &tenths_type, .index = value};
}

static struct view
tile_x(struct view view)
{
	return tenths(tile_of(view)->x);
}

static struct view
tile_y(struct view view)
{
	return tenths(tile_of(view)->y);
}

static struct view
tile_width(struct view view)
{
	return tenths(tile_of(view)->width);
}

static struct view
tile_height(struct view view)
{
	return tenths(tile_of(view)->height);
}

static struct view
label_x(struct view view)
{
	return tenths(tile_of(view)->x + 4 * TENTHS);
}

static struct view
label_y(struct view view)
{
	return tenths(tile_of(view)->y + 12 * TENTHS);
}

static struct view
second_y(struct view view)
{
	return tenths(tile_of(view)->y + 26 * TENTHS);
}

/* Whether a second line of text has room. */
static struct view
tile_roomy(struct view view)
{
	return view_bool(tile_of(view)->width >= LABEL_WIDTH * TENTHS && tile_of(view)->height >= 2 * LABEL_HEIGHT * TENTHS);
}

/* "0" to "10": tenths of the lines that are covered. */
static struct view
tile_shade(struct view view)
{
	return view_string((const char *const[]){"0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
	    "10"}[ratio_hundredths(tile_of(view)->ratio) / 1000]);
}

static struct view
tile_file(struct view view)
{
	const struct html_tile *tile = tile_of(view);

	return tile->kind == TILE_FILE ? page_file(&html_of(view)->page, tile->place) : view_null();
}

static struct view
tile_folder(struct view view)
{
	const struct html_tile *tile = tile_of(view);

	return tile->kind == TILE_FOLDER ? html_folder(html_of(view), tile->place) : view_null();
}

static struct view
tile_rest(struct view view)
{
	return tile_of(view)->kind == TILE_REST ? view_number(tile_of(view)->files) : view_null();
}

static struct view
tile_lines(struct view view)
{
	return page_ratio(&html_of(view)->page, &tile_of(view)->ratio);
}

/* What is written on a tile that has room for it; "" on others. */
static struct str
tile_name(const struct html *html, const struct html_tile *tile)
{
	struct str name;
	const char *slash;

	if (tile->kind == TILE_FOLDER)
		return tile->named ? html_folder_name(html, tile->place) : STR("");
	if (tile->kind == TILE_REST || tile->width < LABEL_WIDTH * TENTHS || tile->height < LABEL_HEIGHT * TENTHS)
		return STR("");
	name = html->page.result->files[tile->place].path;
	slash = memrchr(name.s, '/', name.length);
	return slash ? (struct str){slash + 1, name.length - (size_t)(slash + 1 - name.s)} : name;
}

/* How many bytes of a name a tile has room for, besides the mark of a cut. */
static size_t
fitting(const struct html_tile *tile, struct str name)
{
	size_t most = (tile->width / TENTHS - 8) / LETTER_WIDTH;

	if (name.length <= most)
		return name.length;
	most -= most > 0;
	while (most && ((unsigned char)name.s[most] & 0xc0) == 0x80)
		most--;
	return most;
}

static struct view
tile_label(struct view view)
{
	const struct html_tile *tile = tile_of(view);
	struct str name = tile_name(html_of(view), tile);

	return name.length ? view_text((struct str){name.s, fitting(tile, name)}) : view_null();
}

static struct view
label_cut(struct view view)
{
	const struct html_tile *tile = tile_of(view);
	struct str name = tile_name(html_of(view), tile);

	return view_bool(fitting(tile, name) < name.length);
}

static const struct view_field tile_fields[] = {
	{ "x", tile_x, true },
	{ "y", tile_y, true },
	{ "width", tile_width, true },
	{ "height", tile_height, true },
	{ "label_x", label_x, true },
	{ "label_y", label_y, true },
	{ "label", tile_label, true },
	{ "label_cut", label_cut, true },
	{ "second_y", second_y, true },
	{ "roomy", tile_roomy, true },
	{ "shade", tile_shade, true },
	{ "tile_lines", tile_lines, true },
	{ "tile_file", tile_file, true },
	{ "tile_folder", tile_folder, true },
	{ "smaller_files", tile_rest, true },
	{ NULL, NULL, false },
};

static const struct view_type tile_type = {.kind = VIEW_OBJECT, .fields = tile_fields};

static bool
tiles_next(struct view list, uint64_t *position, struct view *item)
{
	return next_row(&tile_type, list, html_of(list)->tile_count, position, item);
}

static const struct view_type tiles_type = {.kind = VIEW_LIST, .next = tiles_next};

struct view
html_tile_list(const struct html *html)
{
	return (struct view){&tiles_type, html, 0};
}
