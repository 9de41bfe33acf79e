/*
 * The rows of the table in renderer.c, each defined by the file of its format.
 */
#ifndef MUSTER_RENDER_WRITERS_H
#define MUSTER_RENDER_WRITERS_H

#include "render/renderer.h"

extern const struct renderer renderer_badge;
extern const struct renderer renderer_cobertura;
extern const struct renderer renderer_html;
extern const struct renderer renderer_html_single;
extern const struct renderer renderer_json;
extern const struct renderer renderer_junit;
extern const struct renderer renderer_lcov;
extern const struct renderer renderer_markdown;
extern const struct renderer renderer_snapshot;
extern const struct renderer renderer_text;

#endif
