/*
 * Mustache to the letter of its specification: comments, delimiters, interpolation, sections, inverted sections, partials and
 * inheritance; no lambdas, no dynamic names.  Templates are compiled once and can be rendered by many threads at a time.
 */
#ifndef MUSTER_RENDER_TEMPLATE_H
#define MUSTER_RENDER_TEMPLATE_H

#include "base/error.h"
#include "base/output.h"
#include "base/str.h"
#include "render/view.h"

struct template_set;
struct template;
struct template_renderer;

/* The source of a template by name; false when there is none (it renders as nothing).  Borrowed for the life of the set. */
typedef bool template_load(void *context, struct str name, struct str *source);
/* Appends `text` to `out`, escaped for the language of the template; numbers are never in need of it. */
typedef void template_escape(struct strbuf *out, struct str text);

/* A set of templates that refer to each other; owned: template_set_free(). */
struct template_set *template_set_new(template_load *load, void *context);
void template_set_free(struct template_set *set);
/*
 * The compiled template of this name with all that it refers to; borrowed.  A tag that is wrong: ERROR_USAGE with a message
 * "NAME:LINE:COLUMN: what"; a name that nothing is loaded for: ERROR_USAGE.  Compile before threads share the set.
 */
const struct template *template_get(struct template_set *set, struct str name, struct error *err);
/* As template_get() on a source that has no name of its own ("template" in messages); owned by the set. */
const struct template *template_compile(struct template_set *set, struct str source, struct error *err);

/* Renders with `data` at the bottom of the context stack.  Too deep a recursion: ERROR_LIMIT. */
bool template_render(const struct template *template, struct view data, template_escape *escape,
    struct output *out, struct error *err);

/* Renders one template behind the other, quicker for what it learns of them; for one thread and one set.  Owned. */
struct template_renderer *template_renderer_new(template_escape *escape);
void template_renderer_free(struct template_renderer *renderer);
/* As template_render() with `depth` objects on the context stack, the last on top. */
bool template_render_stack(struct template_renderer *renderer, const struct template *template, const struct view *stack,
    size_t depth, struct output *out, struct error *err);

/* The escape of {{name}} in Mustache itself: & " < > and ' as HTML. */
void template_escape_html(struct strbuf *out, struct str text);

#endif
