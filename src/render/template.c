/* Compiling Mustache: from tokens to a flat list of nodes, and the set of templates that refer to each other. */
#include "render/template.h"

#include "base/arena.h"
#include "base/mem.h"
#include "render/template_node.h"

#include <stdlib.h>

enum { NESTING_MOST = 128 };

struct template_set {
	template_load *load;
	void *context;
	struct arena arena;
	struct template **templates;
	size_t count;
	size_t capacity;
	uint32_t tag_count;
};

struct template_set *
template_set_new(template_load *load, void *context)
{
	struct template_set *set = mem_zalloc(1, sizeof(*set));

	set->load = load;
	set->context = context;
	return set;
}

void
template_set_free(struct template_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->count; i++) {
		free(set->templates[i]->nodes);
		free(set->templates[i]);
	}
	free(set->templates);
	arena_clear(&set->arena);
	free(set);
}

/* Sections that are open while tokens become nodes. */
struct compiling {
	struct template *template;
	struct template_set *set;
	const struct tokens *tokens;
	uint32_t open[NESTING_MOST];	/* indexes of nodes */
	size_t depth;
};

static bool
wrong(const struct compiling *c, const struct token *token, struct error *err, const char *what, struct str name)
{
	return fail_at(err, ERROR_USAGE, token->line, "%s:%u:%u: %s%s%.*s%s", c->template->name.s, token->line,
	    token->column, what, name.length ? " '" : "", (int)name.length, name.s, name.length ? "'" : "");
}

static struct node *
node_add(struct compiling *c, enum node_type type, const struct token *token)
{
	struct template *t = c->template;

	MEM_GROW(t->nodes, t->capacity, t->count + 1);
	t->nodes[t->count] = (struct node){
	    .type = type,
	    .name = token->text,
	    .indent = token->indent,
	    .inner = token->inner,
	    .alone = token->alone,
	    .starts_line = token->starts_line,
	};
	return &t->nodes[t->count++];
}

/* A node whose name is looked up in the data. */
static struct node *
tag_add(struct compiling *c, enum node_type type, const struct token *token)
{
	struct node *node = node_add(c, type, token);
	const char *dot = memchr(node->name.s, '.', node->name.length);

	node->tag = c->set->tag_count++;
	node->is_top = str_equal(node->name, STR("."));
	node->first = dot ? (struct str){node->name.s, (size_t)(dot - node->name.s)} : node->name;
	return node;
}

static bool
section_open(struct compiling *c, enum node_type type, const struct token *token, struct error *err)
{
	if (c->depth == NESTING_MOST)
		return wrong(c, token, err, "sections are nested too deep", STR(""));
	c->open[c->depth++] = c->template->count;
	tag_add(c, type, token);
	return true;
}

static bool
section_close(struct compiling *c, const struct token *token, struct error *err)
{
	struct node *node;

	if (!c->depth)
		return wrong(c, token, err, "no section is open to end", token->text);
	node = &c->template->nodes[c->open[--c->depth]];
	if (!str_equal(node->name, token->text))
		return wrong(c, token, err, "another section is open than", token->text);
	node->end = c->template->count;
	return true;
}

/* A tag that begins a line of the template: the indentation of partials goes before it. */
static void
line_start(struct compiling *c, const struct token *token)
{
	struct token empty = {.text = {token->text.s, 0}, .starts_line = true};

	if (token->starts_line)
		node_add(c, NODE_TEXT, &empty);
}

static bool
compile_token(struct compiling *c, const struct token *token, struct error *err)
{
	if (token->type != TOKEN_TEXT)
		line_start(c, token);
	switch (token->type) {
	case TOKEN_TEXT:
		if (token->text.length)
			node_add(c, NODE_TEXT, token);
		return true;
	case TOKEN_VALUE:
		tag_add(c, NODE_VALUE, token)->starts_line = false;
		return true;
	case TOKEN_RAW:
		tag_add(c, NODE_RAW, token)->starts_line = false;
		return true;
	case TOKEN_SECTION:
		return section_open(c, NODE_SECTION, token, err);
	case TOKEN_INVERTED:
		return section_open(c, NODE_INVERTED, token, err);
	case TOKEN_PARENT:
		return section_open(c, NODE_PARENT, token, err);
	case TOKEN_BLOCK:
		return section_open(c, NODE_BLOCK, token, err);
	case TOKEN_END:
		return section_close(c, token, err);
	case TOKEN_PARTIAL:
		node_add(c, NODE_PARTIAL, token);
		return true;
	case TOKEN_SILENT:
		break;
	}
	return true;
}

static bool
compile_tokens(struct compiling *c, struct error *err)
{
	for (size_t i = 0; i < c->tokens->count; i++)
		if (!compile_token(c, &c->tokens->tokens[i], err))
			return false;
	if (c->depth) {
		const struct node *open = &c->template->nodes[c->open[c->depth - 1]];
		const struct token *last = &c->tokens->tokens[c->tokens->count - 1];

		return wrong(c, last, err, "section without an end", open->name);
	}
	return true;
}

static bool compile_named(struct template_set *set, struct str name, struct template **out, struct error *err);

/* Nodes know what comes behind them, partials and parents their templates; what nothing is loaded for renders as nothing. */
static bool
bind(struct template_set *set, struct template *template, struct error *err)
{
	for (uint32_t i = 0; i < template->count; i++) {
		struct node *node = &template->nodes[i];

		node->next = template->nodes + (node->end > i ? node->end : i + 1);
		if ((node->type == NODE_PARTIAL || node->type == NODE_PARENT) &&
		    !compile_named(set, node->name, &node->template, err))
			return false;
	}
	return true;
}

static struct template *
set_add(struct template_set *set, struct str name)
{
	struct template *template = mem_zalloc(1, sizeof(*template));

	template->name = (struct str){arena_string(&set->arena, name), name.length};
	template->tag_count = &set->tag_count;
	MEM_GROW(set->templates, set->capacity, set->count + 1);
	set->templates[set->count++] = template;
	return template;
}

static bool
compile_source(struct template_set *set, struct template *template, struct str source, struct error *err)
{
	struct tokens tokens;
	struct compiling c = {.template = template, .set = set, .tokens = &tokens};
	bool good = tokens_split(source, &tokens, err);

	if (!good)
		error_prefix(err, "%s:", template->name.s);
	good = good && compile_tokens(&c, err);
	free(tokens.tokens);
	return good && bind(set, template, err);
}

static bool
compile_named(struct template_set *set, struct str name, struct template **out, struct error *err)
{
	struct str source;

	*out = NULL;
	for (size_t i = 0; i < set->count && !*out; i++)
		if (str_equal(set->templates[i]->name, name))
			*out = set->templates[i];
	if (*out || !set->load(set->context, name, &source))
		return true;
	*out = set_add(set, name);
	return compile_source(set, *out, source, err);
}

const struct template *
template_get(struct template_set *set, struct str name, struct error *err)
{
	struct template *template;

	if (!compile_named(set, name, &template, err))
		return NULL;
	if (!template)
		fail(err, ERROR_USAGE, "no template '%.*s'", (int)name.length, name.s);
	return template;
}

const struct template *
template_compile(struct template_set *set, struct str source, struct error *err)
{
	struct template *template = set_add(set, STR("template"));

	/* no name that a tag could ask for: it is no partial */
	template->name.length = 0;
	return compile_source(set, template, source, err) ? template : NULL;
}
