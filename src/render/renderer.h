/*
 * The table of writers: one const struct per output format.  A writer prints a result and computes nothing.
 */
#ifndef MUSTER_RENDER_RENDERER_H
#define MUSTER_RENDER_RENDERER_H

#include "base/error.h"
#include "base/output.h"
#include "model/result.h"
#include "render/links.h"

/* How the output is to look. */
struct render_settings {
	bool colour;
	unsigned width;		/* columns of the terminal; 0: unlimited */
	struct str root;	/* for writers that read sources */
	const char *templates;	/* --templates DIR or NULL */
	uint64_t slow_test;	/* nanoseconds */
	unsigned jobs;		/* threads; 0: one */
	bool force_single;	/* one file of HTML, however large */
	size_t budget;		/* bytes that Markdown may take; 0: no limit */
	bool folded;		/* Markdown that passed shows its first lines, the rest behind a fold */
	const struct render_links *links;	/* where it is published; NULL: nowhere */
};

struct renderer {
	const char *name;	/* for -o NAME:TARGET */
	const char *help;	/* one line for --list-formats */
	const char *suffixes;	/* names that mean this format, blank separated (".json"); "" none */
	/* Prints into an open output.  NULL for formats that write a directory. */
	bool (*write)(const struct result *result, const struct render_settings *settings,
	    struct output *output, struct error *err);
	/* Writes a whole directory into place.  NULL for formats of one file. */
	bool (*write_directory)(const struct result *result, const struct render_settings *settings,
	    const char *target, struct error *err);
};

/* The writers, NULL at the end. */
extern const struct renderer *const renderers[];
const struct renderer *renderer_find(struct str name);
/* The writer that a target's name means (PRODUCT, Outputs) or NULL. */
const struct renderer *renderer_for_target(struct str target);

#endif
