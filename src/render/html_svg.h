/*
 * The treemap of a report (area: measured lines, colour: how many are covered), as rectangles in tenths of a pixel.
 */
#ifndef MUSTER_RENDER_HTML_SVG_H
#define MUSTER_RENDER_HTML_SVG_H

#include "render/html.h"

/* Files up to which each has a tile; of more, the small ones of a folder share one. */
enum { TILES_MOST = 4000 };

enum tile_kind { TILE_FOLDER, TILE_FILE, TILE_REST };

struct html_tile {
	enum tile_kind kind;
	bool named;		/* a folder with room for its name */
	uint32_t x;
	uint32_t y;
	uint32_t width;
	uint32_t height;
	size_t place;		/* of the folder or file */
	uint64_t files;		/* TILE_REST: how many */
	struct ratio ratio;	/* lines */
};

#endif
