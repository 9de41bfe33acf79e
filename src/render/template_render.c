/* Rendering compiled Mustache. */
#include "render/template_node.h"

#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>

enum { STACK_MOST = 256, DEPTH_MOST = 512, FRAMES_KNOWN = 5, MEMOS = 64, TEXT_MOST = 120 << 10 };

/* Where a tag's name was found last: in the frame behind `above` others, as long as all are of the types they were. */
struct finding_place {
	const struct view_type *top_type;	/* the whole name is a field of a top frame of this type */
	struct view (*get)(struct view object);	/* NULL: nothing is known */
	const struct view_type *types[FRAMES_KNOWN];
	ptrdiff_t above;
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
	const struct node *parent;
	const struct arguments *outer;
};

struct template_renderer {
	struct view stack[STACK_MOST];
	struct view *top;	/* of the context stack */
	struct view *base;	/* the first frame that does not stay throughout */
	size_t tag_count;
	struct finding_place *places;	/* by number of tag */
	struct memo **memos;	/* by number of tag: MEMOS each; NULL where none is kept */
	struct strbuf kept;
	const struct view *memo_frame;	/* the one that is rendered to be kept; NULL: none */
	bool touched;		/* a name was found between `base` and it, so that it can't be kept */
	unsigned nesting;	/* of calls */
	const struct template *template;	/* for messages */
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

static bool
too_deep(const struct template_renderer *r)
{
	return fail(r->err, ERROR_LIMIT, "template '%s' nests too deep", r->template->name.s);
}

static bool render(struct template_renderer *r, const struct node *from, const struct node *to,
    const struct arguments *arguments);

/* Whether what is found in a frame may be another thing when the frame that is kept comes again. */
static inline void
note_frame(struct template_renderer *r, const struct view *frame)
{
	if (frame < r->memo_frame && frame >= r->base)
		r->touched = true;
}

static bool
find_in_stack(struct template_renderer *r, struct str name, struct view *out)
{
	for (const struct view *frame = r->top; frame >= r->stack; frame--) {
		bool found = view_find(*frame, name, out);

		if (found || frame->type->find)
			note_frame(r, frame);
		if (found)
			return true;
	}
	return false;
}

static inline bool
is_there_still(const struct template_renderer *r, const struct finding_place *place)
{
	if (!place->get || place->above > r->top - r->stack)
		return false;
	for (ptrdiff_t i = 0; i <= place->above; i++)
		if (r->top[-i].type != place->types[i])
			return false;
	return true;
}

/* Remembers where a name is found, when the types of the frames alone decide that. */
static void
place_learn(const struct template_renderer *r, const struct node *node, struct finding_place *place)
{
	*place = (struct finding_place){0};
	for (ptrdiff_t i = 0; i < FRAMES_KNOWN && i <= r->top - r->stack; i++) {
		const struct view_type *type = r->top[-i].type;
		const struct view_field *field;

		if (type->find)
			return;
		place->types[i] = type;
		place->above = i;
		field = view_field_find(type, node->first);
		if (!field)
			continue;
		place->get = field->get;
		if (i == 0 && node->first.length == node->name.length)
			place->top_type = type;
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

	if (!is_there_still(r, place))
		place_learn(r, node, place);
	if (!place->get) {
		find_in_stack(r, node->first, &found);
		return found;
	}
	note_frame(r, r->top - place->above);
	return place->get(r->top[-place->above]);
}

/* "." is the top, a dotted name is followed part by part. */
static struct view
look_up_any(struct template_renderer *r, const struct node *node)
{
	struct view found;
	struct str rest = node->name;
	size_t done = node->first.length;

	if (node->is_top)
		return *r->top;
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

/* The same, quicker where a name without a dot is where it was before. */
static struct view
look_up_below(struct template_renderer *r, const struct node *node)
{
	const struct finding_place *place = &r->places[node->tag];

	if (node->first.length != node->name.length || !is_there_still(r, place))
		return look_up_any(r, node);
	note_frame(r, r->top - place->above);
	return place->get(r->top[-place->above]);
}

/* The value of a name.  Views travel by value and are not copied on the way: that costs more than the work. */
static inline struct view
look_up(struct template_renderer *r, const struct node *node)
{
	const struct finding_place *place = &r->places[node->tag];

	if (place->top_type == r->top->type)
		return place->get(*r->top);
	return look_up_below(r, node);
}

/* Begins a line of the template with `text`: behind the indentation, without the blanks that are taken from it. */
static void
begin_line(struct template_renderer *r, struct str text)
{
	if (!r->mid_line)
		strbuf_put(&r->text, strbuf_string(&r->indent), r->indent.length);
	r->mid_line = false;
	for (size_t i = 0; i < r->strip && text.length && (*text.s == ' ' || *text.s == '\t'); i++)
		text = (struct str){text.s + 1, text.length - 1};
	strbuf_put(&r->text, text.s, text.length);
}

static inline void
render_text(struct template_renderer *r, const struct node *node)
{
	if (node->starts_line)
		begin_line(r, node->name);
	else
		strbuf_put(&r->text, node->name.s, node->name.length);
}

static inline void
render_value(struct template_renderer *r, const struct node *node)
{
	const struct view value = look_up(r, node);
	struct str text = {value.data, value.index};

	if (value.type->add) {
		value.type->add(&value, &r->text);
		return;
	}
	if (value.type != &view_text_type)
		text = view_print(value, &r->scratch);
	if (node->type == NODE_RAW || value.type->kind == VIEW_NUMBER || value.type->plain)
		strbuf_put(&r->text, text.s, text.length);
	else
		r->escape(&r->text, text);
}

/* A frame more on the context stack; NULL when there is no room for it. */
static inline struct view *
push(struct template_renderer *r)
{
	return r->top == r->stack + STACK_MOST - 1 ? NULL : ++r->top;
}

static bool
render_item(struct template_renderer *r, const struct node *node, const struct view *item, const struct arguments *arguments)
{
	struct view *frame = push(r);
	bool good;

	if (!frame)
		return too_deep(r);
	*frame = *item;
	good = render(r, node + 1, node->next, arguments);
	r->top--;
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
	for (const struct view *frame = r->base; frame <= r->top; frame++)
		memo->around[frame - r->base] = frame->type;
	strbuf_add(&r->kept, strbuf_string(&r->text) + since, memo->length);
}

static inline bool
memo_fits(const struct template_renderer *r, const struct memo *memo, const struct view *view)
{
	if (memo->view.type != view->type || memo->view.data != view->data || memo->view.index != view->index)
		return false;
	for (const struct view *frame = r->base; frame <= r->top; frame++)
		if (memo->around[frame - r->base] != frame->type)
			return false;
	return true;
}

/* An object of a type that repeats: as it was made before, or made and kept. */
static bool
render_repeating(struct template_renderer *r, const struct node *node, const struct view *item,
    const struct arguments *arguments)
{
	struct memo *memo = memo_of(r, node, item);
	size_t since = r->text.length;
	bool good;

	if (r->memo_frame || r->top - r->base >= FRAMES_KNOWN || r->indent.length || r->strip || r->mid_line)
		return render_item(r, node, item, arguments);
	if (memo_fits(r, memo, item)) {
		strbuf_put(&r->text, r->kept.s + memo->start, memo->length);
		return true;
	}
	r->memo_frame = r->top + 1;
	r->touched = false;
	good = render_item(r, node, item, arguments);
	r->memo_frame = NULL;
	if (good)
		memo_keep(r, memo, item, since);
	return good;
}

static bool
render_list(struct template_renderer *r, const struct node *node, const struct view *list, const struct arguments *arguments)
{
	struct view *item = push(r);
	uint64_t position = 0;
	bool good = true;

	if (!item)
		return too_deep(r);
	while (good && list->type->next(*list, &position, item)) {
		good = render(r, node + 1, node->next, arguments);
		give_on(r);
	}
	r->top--;
	return good;
}

static inline bool
render_section(struct template_renderer *r, const struct node *node, const struct arguments *arguments)
{
	const struct view value = look_up(r, node);
	bool truthy = value.type->kind != VIEW_NULL && (value.type->kind == VIEW_OBJECT || view_truthy(value));

	if (node->type == NODE_INVERTED)
		return truthy || render(r, node + 1, node->next, arguments);
	if (!truthy)
		return true;
	if (value.type->repeats)
		return render_repeating(r, node, &value, arguments);
	if (value.type->kind == VIEW_LIST)
		return render_list(r, node, &value, arguments);
	return render_item(r, node, &value, arguments);
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
	const struct template *outer = r->template;
	struct margin margin;
	bool good;

	if (!node->template)
		return true;
	r->template = node->template;
	margin = margin_push(r, node->alone ? node->indent : STR(""), 0);
	good = render(r, r->template->nodes, r->template->nodes + r->template->count, arguments);
	margin_pop(r, margin);
	r->template = outer;
	return good;
}

/* The block of this name that the outermost parent tag passes. */
static const struct node *
argument_find(const struct arguments *arguments, struct str name)
{
	const struct node *found = NULL;

	for (; arguments; arguments = arguments->outer) {
		const struct node *parent = arguments->parent;

		for (const struct node *node = parent + 1; node < parent->next; node = node->next)
			if (node->type == NODE_BLOCK && str_equal(node->name, name))
				found = node;
	}
	return found;
}

static bool
render_block(struct template_renderer *r, const struct node *block, const struct arguments *arguments)
{
	const struct node *argument = argument_find(arguments, block->name);
	struct str indent = block->alone ? block->inner : block->indent;
	struct margin margin;
	bool good;

	if (!argument)
		return render(r, block + 1, block->next, arguments);
	margin = margin_push(r, indent, argument->alone ? argument->inner.length : 0);
	if (argument->alone)
		r->mid_line = !block->alone;
	else if (block->alone)
		strbuf_put(&r->text, strbuf_string(&r->indent), r->indent.length);
	good = render(r, argument + 1, argument->next, arguments);
	margin_pop(r, margin);
	return good;
}

static inline bool
render_node(struct template_renderer *r, const struct node *node, const struct arguments *arguments)
{
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
		return render_section(r, node, arguments);
	case NODE_PARTIAL:
		return render_template(r, node, arguments);
	case NODE_PARENT:
		return render_template(r, node, &(struct arguments){node, arguments});
	case NODE_BLOCK:
		return render_block(r, node, arguments);
	}
	return true;
}

static bool
render(struct template_renderer *r, const struct node *from, const struct node *to, const struct arguments *arguments)
{
	bool good = true;

	if (r->nesting == DEPTH_MOST)
		return too_deep(r);
	r->nesting++;
	for (const struct node *node = from; good && node < to; node = node->next)
		good = render_node(r, node, arguments);
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
	memcpy(r->stack, stack, depth * sizeof(*stack));
	r->base = r->stack + depth;
	r->top = r->base - 1;
	r->template = template;
	r->out = out;
	r->err = err;
	r->nesting = 0;
	r->memo_frame = NULL;
	r->strip = 0;
	r->mid_line = false;
	strbuf_reset(&r->indent);
	strbuf_reset(&r->text);
	good = render(r, template->nodes, template->nodes + template->count, NULL);
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
