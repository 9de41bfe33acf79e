/* Rendering compiled Mustache. */
#include "render/template_node.h"

#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>

enum { STACK_MOST = 256, DEPTH_MOST = 512, FRAMES_KNOWN = 5, MEMOS = 64, TEXT_MOST = 120 << 10 };

/* Where a tag's name was found last: in the frame behind `above` others, as long as all are of the types they were. */
struct finding_place {
	const struct view_field *field;
	const struct view_type *types[FRAMES_KNOWN];
	size_t above;
	bool on_top;		/* the whole name is a field of the top frame */
};

/* What a section made of an object whose type repeats; free where view.type is NULL. */
struct memo {
	struct view view;
	const struct view_type *around[FRAMES_KNOWN];	/* of the frames between the base and it */
	size_t start;		/* in template_renderer.kept */
	size_t length;
};

/* The blocks that a parent tag passes, and those of the tags around it. */
struct arguments {
	const struct template *template;
	uint32_t parent;	/* node */
	const struct arguments *outer;
};

struct template_renderer {
	struct view stack[STACK_MOST];
	size_t depth;		/* of the context stack */
	size_t base;		/* frames that stay throughout */
	size_t tag_count;
	struct finding_place *places;	/* by number of tag */
	struct memo **memos;	/* by number of tag: MEMOS each; NULL where none is kept */
	struct strbuf kept;
	size_t memo_frame;	/* the frame that is rendered to be kept; 0: none */
	bool touched;		/* a name was found between `base` and it, so that it can't be kept */
	unsigned nesting;	/* of calls */
	template_escape *escape;
	struct output *out;
	struct strbuf text;	/* what goes there next */
	struct strbuf scratch;
	struct strbuf indent;	/* goes before each line */
	size_t strip;		/* blanks taken from the beginning of each line */
	bool mid_line;		/* the next line begins where something stands already: no indentation */
	struct error *err;
};

/* Gives on what was made, when it is much and nothing of it is to be kept. */
static inline void
give_on(struct template_renderer *r)
{
	if (r->text.length < TEXT_MOST || r->memo_frame)
		return;
	output_add(r->out, r->text.s, r->text.length);
	r->text.length = 0;
}

static bool render(struct template_renderer *r, const struct template *t, uint32_t from, uint32_t to,
    const struct arguments *arguments);

/* Whether what is found in frame `index` may be another thing when the frame that is kept comes again. */
static inline void
note_frame(struct template_renderer *r, size_t index)
{
	if (index < r->memo_frame && index >= r->base)
		r->touched = true;
}

static bool
find_in_stack(struct template_renderer *r, struct str name, struct view *out)
{
	for (size_t i = r->depth; i > 0; i--) {
		bool found = view_find(r->stack[i - 1], name, out);

		if (found || r->stack[i - 1].type->find)
			note_frame(r, i - 1);
		if (found)
			return true;
	}
	return false;
}

static inline bool
is_there_still(const struct template_renderer *r, const struct finding_place *place)
{
	const struct view *top = &r->stack[r->depth - 1];

	if (!place->field || place->above >= r->depth)
		return false;
	for (size_t i = 0; i <= place->above; i++)
		if (top[-(ptrdiff_t)i].type != place->types[i])
			return false;
	return true;
}

/* Remembers where a name is found, when the types of the frames alone decide that. */
static void
place_learn(const struct template_renderer *r, struct str name, struct finding_place *place)
{
	*place = (struct finding_place){0};
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

/* What a name that is nowhere has for its value. */
static const struct view_type absent = {.kind = VIEW_NULL};

static struct view
find_first(struct template_renderer *r, const struct node *node)
{
	struct finding_place *place = &r->places[node->tag];
	struct view found = {.type = &absent};
	size_t index;

	if (!is_there_still(r, place)) {
		place_learn(r, node->first, place);
		place->on_top = place->field && !place->above && node->first.length == node->name.length;
	}
	if (!place->field) {
		find_in_stack(r, node->first, &found);
		return found;
	}
	index = r->depth - 1 - place->above;
	note_frame(r, index);
	return place->field->get(r->stack[index]);
}

/* "." is the top, a dotted name is followed part by part. */
static struct view
look_up_any(struct template_renderer *r, const struct node *node)
{
	struct view found;
	struct str rest = node->name;
	size_t done = node->first.length;

	if (node->is_top)
		return r->stack[r->depth - 1];
	found = find_first(r, node);
	while (found.type != &absent && done < rest.length) {
		const char *dot;

		rest = (struct str){rest.s + done + 1, rest.length - done - 1};
		dot = memchr(rest.s, '.', rest.length);
		done = dot ? (size_t)(dot - rest.s) : rest.length;
		if (!view_find(found, (struct str){rest.s, done}, &found))
			found.type = &absent;
	}
	return found;
}

/* The value of a name.  Views travel by value and are not copied on the way: that costs more than the work. */
static inline struct view
look_up(struct template_renderer *r, const struct node *node)
{
	const struct finding_place *place = &r->places[node->tag];
	const struct view *top = &r->stack[r->depth - 1];

	if (place->on_top && place->types[0] == top->type)
		return place->field->get(*top);
	return look_up_any(r, node);
}

static void
render_text(struct template_renderer *r, const struct node *node)
{
	struct str text = node->name;

	if (node->starts_line) {
		if (!r->mid_line)
			strbuf_put(&r->text, strbuf_string(&r->indent), r->indent.length);
		r->mid_line = false;
		for (size_t i = 0; i < r->strip && text.length && (*text.s == ' ' || *text.s == '\t'); i++)
			text = (struct str){text.s + 1, text.length - 1};
	}
	strbuf_put(&r->text, text.s, text.length);
}

static void
render_value(struct template_renderer *r, const struct node *node)
{
	const struct view value = look_up(r, node);
	struct str text = {value.data, value.index};

	if (value.type == &absent)
		return;
	if (value.type != &view_text_type)
		text = view_print(value, &r->scratch);
	if (node->type == NODE_RAW || value.type->kind == VIEW_NUMBER || value.type->plain)
		strbuf_put(&r->text, text.s, text.length);
	else
		r->escape(&r->text, text);
}

static bool
render_item(struct template_renderer *r, const struct template *t, const struct node *node, const struct view *item,
    const struct arguments *arguments)
{
	bool good;

	if (r->depth == STACK_MOST)
		return fail(r->err, ERROR_LIMIT, "template '%s' nests too deep", t->name.s);
	r->stack[r->depth++] = *item;
	good = render(r, t, (uint32_t)(node - t->nodes) + 1, node->end, arguments);
	r->depth--;
	give_on(r);
	return good;
}

/* The place for what the section makes of this object. */
static struct memo *
memo_of(struct template_renderer *r, const struct node *node, const struct view *view)
{
	struct memo **memos = &r->memos[node->tag];

	if (!*memos)
		*memos = mem_zalloc(MEMOS, sizeof(**memos));
	return &(*memos)[view->index % MEMOS];
}

/* Keeps what was made since the text had this length, unless something else than the object and the base was asked. */
static void
memo_keep(struct template_renderer *r, struct memo *memo, const struct view *view, size_t since)
{
	if (r->touched)
		return;
	*memo = (struct memo){.view = *view, .start = r->kept.length, .length = r->text.length - since};
	for (size_t i = r->base; i < r->depth; i++)
		memo->around[i - r->base] = r->stack[i].type;
	strbuf_add(&r->kept, strbuf_string(&r->text) + since, memo->length);
}

static inline bool
memo_fits(const struct template_renderer *r, const struct memo *memo, const struct view *view)
{
	if (memo->view.type != view->type || memo->view.data != view->data || memo->view.index != view->index)
		return false;
	for (size_t i = r->base; i < r->depth; i++)
		if (memo->around[i - r->base] != r->stack[i].type)
			return false;
	return true;
}

/* An object of a type that repeats: as it was made before, or made and kept. */
static bool
render_repeating(struct template_renderer *r, const struct template *t, const struct node *node, const struct view *item,
    const struct arguments *arguments)
{
	struct memo *memo = memo_of(r, node, item);
	size_t since = r->text.length;
	bool good;

	if (r->memo_frame || r->depth - r->base > FRAMES_KNOWN || r->indent.length || r->strip || r->mid_line)
		return render_item(r, t, node, item, arguments);
	if (memo_fits(r, memo, item)) {
		strbuf_put(&r->text, r->kept.s + memo->start, memo->length);
		return true;
	}
	r->memo_frame = r->depth;
	r->touched = false;
	good = render_item(r, t, node, item, arguments);
	r->memo_frame = 0;
	if (good)
		memo_keep(r, memo, item, since);
	return good;
}

static bool
render_list(struct template_renderer *r, const struct template *t, const struct node *node, struct view list,
    const struct arguments *arguments)
{
	uint64_t position = 0;
	struct view item;

	while (list.type->next(list, &position, &item))
		if (!render_item(r, t, node, &item, arguments))
			return false;
	return true;
}

static inline bool
render_section(struct template_renderer *r, const struct template *t, const struct node *node,
    const struct arguments *arguments)
{
	const struct view value = look_up(r, node);
	bool truthy = value.type->kind != VIEW_NULL && (value.type->kind == VIEW_OBJECT || view_truthy(value));

	if (node->type == NODE_INVERTED)
		return truthy || render(r, t, (uint32_t)(node - t->nodes) + 1, node->end, arguments);
	if (!truthy)
		return true;
	if (value.type->repeats)
		return render_repeating(r, t, node, &value, arguments);
	if (value.type->kind == VIEW_LIST)
		return render_list(r, t, node, value, arguments);
	return render_item(r, t, node, &value, arguments);
}

/* What a call changes of the line state, to be put back behind it. */
struct margin {
	size_t indent;
	size_t strip;
};

static struct margin
margin_push(struct template_renderer *r, struct str indent, size_t strip)
{
	struct margin margin = {r->indent.length, r->strip};
	size_t skip = r->strip < indent.length ? r->strip : indent.length;

	strbuf_add(&r->indent, indent.s + skip, indent.length - skip);
	r->strip = strip;
	return margin;
}

static void
margin_pop(struct template_renderer *r, struct margin margin)
{
	strbuf_truncate(&r->indent, margin.indent);
	r->strip = margin.strip;
}

/* A partial, or a parent with the arguments that it passes. */
static bool
render_template(struct template_renderer *r, const struct node *node, const struct arguments *arguments)
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
render_block(struct template_renderer *r, const struct template *t, uint32_t index, const struct arguments *arguments)
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
		strbuf_put(&r->text, strbuf_string(&r->indent), r->indent.length);
	good = render(r, template, index + 1, argument->end, arguments);
	margin_pop(r, margin);
	return good;
}

static inline bool
render_node(struct template_renderer *r, const struct template *t, const struct node *node, const struct arguments *arguments)
{
	uint32_t index = (uint32_t)(node - t->nodes);

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
		return render_section(r, t, node, arguments);
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
render(struct template_renderer *r, const struct template *t, uint32_t from, uint32_t to, const struct arguments *arguments)
{
	const struct node *end = t->nodes + to;
	bool good = true;

	if (r->nesting == DEPTH_MOST)
		return fail(r->err, ERROR_LIMIT, "template '%s' nests too deep", t->name.s);
	r->nesting++;
	for (const struct node *node = t->nodes + from; good && node < end; node = t->nodes + node->next)
		good = render_node(r, t, node, arguments);
	r->nesting--;
	return good;
}

struct template_renderer *
template_renderer_new(template_escape *escape)
{
	struct template_renderer *r = mem_zalloc(1, sizeof(*r));

	r->escape = escape;
	return r;
}

static void
memos_forget(struct template_renderer *r)
{
	for (size_t i = 0; i < r->tag_count; i++)
		if (r->memos[i])
			memset(r->memos[i], 0, MEMOS * sizeof(**r->memos));
	strbuf_reset(&r->kept);
}

static void
tags_make(struct template_renderer *r, size_t count)
{
	if (count <= r->tag_count)
		return;
	r->places = mem_resize(r->places, count, sizeof(*r->places));
	r->memos = mem_resize(r->memos, count, sizeof(*r->memos));
	memset(r->places + r->tag_count, 0, (count - r->tag_count) * sizeof(*r->places));
	memset(r->memos + r->tag_count, 0, (count - r->tag_count) * sizeof(*r->memos));
	r->tag_count = count;
}

void
template_renderer_free(struct template_renderer *renderer)
{
	struct template_renderer *r = renderer;

	if (!r)
		return;
	for (size_t i = 0; i < r->tag_count; i++)
		free(r->memos[i]);
	free(r->memos);
	free(r->places);
	strbuf_clear(&r->text);
	strbuf_clear(&r->scratch);
	strbuf_clear(&r->indent);
	strbuf_clear(&r->kept);
	free(r);
}

bool
template_render_stack(struct template_renderer *renderer, const struct template *template, const struct view *stack,
    size_t depth, struct output *out, struct error *err)
{
	struct template_renderer *r = renderer;
	bool good;

	tags_make(r, *template->tag_count);
	memos_forget(r);
	for (r->depth = 0; r->depth < depth; r->depth++)
		r->stack[r->depth] = stack[r->depth];
	r->base = depth;
	r->out = out;
	r->err = err;
	r->nesting = 0;
	r->memo_frame = 0;
	r->strip = 0;
	r->mid_line = false;
	strbuf_reset(&r->indent);
	strbuf_reset(&r->text);
	good = render(r, template, 0, template->count, NULL);
	output_add_str(out, strbuf_str(&r->text));
	return good;
}

bool
template_render(const struct template *template, struct view data, template_escape *escape,
    struct output *out, struct error *err)
{
	struct template_renderer *renderer = template_renderer_new(escape);
	bool good = template_render_stack(renderer, template, &data, 1, out, err);

	template_renderer_free(renderer);
	return good;
}

void
template_escape_html(struct strbuf *out, struct str text)
{
	size_t done = 0;

	for (size_t i = 0; i < text.length; i++) {
		const char *entity = text.s[i] == '&' ? "&amp;" : text.s[i] == '<' ? "&lt;" : text.s[i] == '>' ? "&gt;" :
		    text.s[i] == '"' ? "&quot;" : text.s[i] == '\'' ? "&#39;" : NULL;

		if (!entity)
			continue;
		strbuf_add(out, text.s + done, i - done);
		strbuf_add_string(out, entity);
		done = i + 1;
	}
	strbuf_add(out, text.s + done, text.length - done);
}
