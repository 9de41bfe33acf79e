/* Rendering compiled Mustache. */
#include "render/template_node.h"

#include "base/mem.h"

#include <stdlib.h>

enum { STACK_MOST = 256, DEPTH_MOST = 512, FRAMES_KNOWN = 3 };

/* Where a tag's name was found last: in the frame behind `above` others, as long as all are of the types they were. */
struct finding_place {
	const struct view_field *field;
	const struct view_type *types[FRAMES_KNOWN];
	size_t above;
};

/* The blocks that a parent tag passes, and those of the tags around it. */
struct arguments {
	const struct template *template;
	uint32_t parent;	/* node */
	const struct arguments *outer;
};

struct rendering {
	struct view stack[STACK_MOST];
	size_t depth;		/* of the context stack */
	struct finding_place *places;	/* by number of tag */
	unsigned nesting;	/* of calls */
	template_escape *escape;
	struct output *out;
	struct strbuf scratch;
	struct strbuf indent;	/* goes before each line */
	size_t strip;		/* blanks taken from the beginning of each line */
	bool mid_line;		/* the next line begins where something stands already: no indentation */
	struct error *err;
};

static bool render(struct rendering *r, const struct template *t, uint32_t from, uint32_t to,
    const struct arguments *arguments);

static bool
find_in_stack(const struct rendering *r, struct str name, struct view *out)
{
	for (size_t i = r->depth; i > 0; i--)
		if (view_find(r->stack[i - 1], name, out))
			return true;
	return false;
}

static bool
is_there_still(const struct rendering *r, const struct finding_place *place)
{
	if (!place->field || place->above >= r->depth)
		return false;
	for (size_t i = 0; i <= place->above; i++)
		if (r->stack[r->depth - 1 - i].type != place->types[i])
			return false;
	return true;
}

/* Remembers where a name is found, when the types of the frames alone decide that. */
static void
place_learn(const struct rendering *r, struct str name, struct finding_place *place)
{
	place->field = NULL;
	for (size_t i = 0; i < FRAMES_KNOWN && i < r->depth; i++) {
		const struct view_type *type = r->stack[r->depth - 1 - i].type;

		if (type->find)
			return;
		place->types[i] = type;
		place->above = i;
		place->field = view_field_find(type, name);
		if (place->field)
			return;
	}
}

static bool
find_first(const struct rendering *r, const struct node *node, struct view *out)
{
	struct finding_place *place = &r->places[node->tag];

	if (!is_there_still(r, place))
		place_learn(r, node->first, place);
	if (!place->field)
		return find_in_stack(r, node->first, out);
	*out = place->field->get(r->stack[r->depth - 1 - place->above]);
	return true;
}

/* The value of a name: "." the top, a dotted name part by part. */
static bool
look_up(const struct rendering *r, const struct node *node, struct view *out)
{
	struct str rest = node->name;
	size_t done = node->first.length;

	if (node->is_top) {
		*out = r->stack[r->depth - 1];
		return true;
	}
	if (!find_first(r, node, out))
		return false;
	while (done < rest.length) {
		const char *dot;

		rest = (struct str){rest.s + done + 1, rest.length - done - 1};
		dot = memchr(rest.s, '.', rest.length);
		done = dot ? (size_t)(dot - rest.s) : rest.length;
		if (!view_find(*out, (struct str){rest.s, done}, out))
			return false;
	}
	return true;
}

static void
render_text(struct rendering *r, const struct node *node)
{
	struct str text = node->name;

	if (node->starts_line) {
		if (!r->mid_line)
			output_add(r->out, strbuf_string(&r->indent), r->indent.length);
		r->mid_line = false;
		for (size_t i = 0; i < r->strip && text.length && (*text.s == ' ' || *text.s == '\t'); i++)
			text = (struct str){text.s + 1, text.length - 1};
	}
	output_add_str(r->out, text);
}

static void
render_value(struct rendering *r, const struct node *node)
{
	struct view value;

	if (!look_up(r, node, &value))
		return;
	if (node->type == NODE_RAW)
		output_add_str(r->out, view_print(value, &r->scratch));
	else
		r->escape(view_print(value, &r->scratch), r->out);
}

static bool
render_item(struct rendering *r, const struct template *t, uint32_t index, struct view item,
    const struct arguments *arguments)
{
	bool good;

	if (r->depth == STACK_MOST)
		return fail(r->err, ERROR_LIMIT, "template '%s' nests too deep", t->name.s);
	r->stack[r->depth++] = item;
	good = render(r, t, index + 1, t->nodes[index].end, arguments);
	r->depth--;
	return good;
}

static bool
render_section(struct rendering *r, const struct template *t, uint32_t index, const struct arguments *arguments)
{
	const struct node *node = &t->nodes[index];
	struct view value, item;
	uint64_t position = 0;
	bool found = look_up(r, node, &value);

	if (node->type == NODE_INVERTED)
		return (found && view_truthy(value)) || render(r, t, index + 1, node->end, arguments);
	if (!found || !view_truthy(value))
		return true;
	if (value.type->kind != VIEW_LIST)
		return render_item(r, t, index, value, arguments);
	while (value.type->next(value, &position, &item))
		if (!render_item(r, t, index, item, arguments))
			return false;
	return true;
}

/* What a call changes of the line state, to be put back behind it. */
struct margin {
	size_t indent;
	size_t strip;
};

static struct margin
margin_push(struct rendering *r, struct str indent, size_t strip)
{
	struct margin margin = {r->indent.length, r->strip};
	size_t skip = r->strip < indent.length ? r->strip : indent.length;

	strbuf_add(&r->indent, indent.s + skip, indent.length - skip);
	r->strip = strip;
	return margin;
}

static void
margin_pop(struct rendering *r, struct margin margin)
{
	strbuf_truncate(&r->indent, margin.indent);
	r->strip = margin.strip;
}

/* A partial, or a parent with the arguments that it passes. */
static bool
render_template(struct rendering *r, const struct node *node, const struct arguments *arguments)
{
	struct margin margin;
	bool good;

	if (!node->template)
		return true;
	margin = margin_push(r, node->alone ? node->indent : STR(""), 0);
	good = render(r, node->template, 0, node->template->count, arguments);
	margin_pop(r, margin);
	return good;
}

/* The block of this name that the outermost parent tag passes. */
static const struct node *
argument_find(const struct arguments *arguments, struct str name, const struct template **template, uint32_t *index)
{
	const struct node *found = NULL;

	for (; arguments; arguments = arguments->outer) {
		const struct node *nodes = arguments->template->nodes;

		for (uint32_t i = arguments->parent + 1; i < nodes[arguments->parent].end;) {
			if (nodes[i].type == NODE_BLOCK && str_equal(nodes[i].name, name)) {
				found = &nodes[i];
				*template = arguments->template;
				*index = i;
			}
			i = nodes[i].end > i ? nodes[i].end : i + 1;
		}
	}
	return found;
}

static bool
render_block(struct rendering *r, const struct template *t, uint32_t index, const struct arguments *arguments)
{
	const struct node *block = &t->nodes[index];
	const struct template *template;
	const struct node *argument = argument_find(arguments, block->name, &template, &index);
	struct str indent = block->alone ? block->inner : block->indent;
	struct margin margin;
	bool good;

	if (!argument)
		return render(r, t, (uint32_t)(block - t->nodes) + 1, block->end, arguments);
	margin = margin_push(r, indent, argument->alone ? argument->inner.length : 0);
	if (argument->alone)
		r->mid_line = !block->alone;
	else if (block->alone)
		output_add(r->out, strbuf_string(&r->indent), r->indent.length);
	good = render(r, template, index + 1, argument->end, arguments);
	margin_pop(r, margin);
	return good;
}

static bool
render_node(struct rendering *r, const struct template *t, uint32_t index, const struct arguments *arguments)
{
	const struct node *node = &t->nodes[index];

	switch (node->type) {
	case NODE_TEXT:
		render_text(r, node);
		return true;
	case NODE_VALUE:
	case NODE_RAW:
		render_value(r, node);
		return true;
	case NODE_SECTION:
	case NODE_INVERTED:
		return render_section(r, t, index, arguments);
	case NODE_PARTIAL:
		return render_template(r, node, arguments);
	case NODE_PARENT:
		return render_template(r, node, &(struct arguments){t, index, arguments});
	case NODE_BLOCK:
		return render_block(r, t, index, arguments);
	}
	return true;
}

static bool
render(struct rendering *r, const struct template *t, uint32_t from, uint32_t to, const struct arguments *arguments)
{
	bool good = true;

	if (r->nesting == DEPTH_MOST)
		return fail(r->err, ERROR_LIMIT, "template '%s' nests too deep", t->name.s);
	r->nesting++;
	for (uint32_t i = from; good && i < to; i = t->nodes[i].end > i ? t->nodes[i].end : i + 1)
		good = render_node(r, t, i, arguments);
	r->nesting--;
	return good;
}

bool
template_render_stack(const struct template *template, const struct view *stack, size_t depth,
    template_escape *escape, struct output *out, struct error *err)
{
	struct rendering *r = mem_zalloc(1, sizeof(*r));
	bool good;

	r->places = mem_zalloc(*template->tag_count, sizeof(*r->places));
	for (size_t i = 0; i < depth; i++)
		r->stack[r->depth++] = stack[i];
	r->escape = escape;
	r->out = out;
	r->err = err;
	good = render(r, template, 0, template->count, NULL);
	strbuf_clear(&r->scratch);
	strbuf_clear(&r->indent);
	free(r->places);
	free(r);
	return good;
}

bool
template_render(const struct template *template, struct view data, template_escape *escape,
    struct output *out, struct error *err)
{
	return template_render_stack(template, &data, 1, escape, out, err);
}

void
template_escape_html(struct str text, struct output *out)
{
	size_t done = 0;

	for (size_t i = 0; i < text.length; i++) {
		const char *entity = text.s[i] == '&' ? "&amp;" : text.s[i] == '<' ? "&lt;" : text.s[i] == '>' ? "&gt;" :
		    text.s[i] == '"' ? "&quot;" : text.s[i] == '\'' ? "&#39;" : NULL;

		if (!entity)
			continue;
		output_add(out, text.s + done, i - done);
		output_add_string(out, entity);
		done = i + 1;
	}
	output_add(out, text.s + done, text.length - done);
}
