/*
 * The compiled form of a template: a flat list of nodes, each section knowing where it ends.  For template*.c only.
 */
#ifndef MUSTER_RENDER_TEMPLATE_NODE_H
#define MUSTER_RENDER_TEMPLATE_NODE_H

#include "render/template.h"
#include "render/template_token.h"

enum node_type { NODE_TEXT, NODE_VALUE, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_PARTIAL, NODE_PARENT, NODE_BLOCK };

struct node {
	enum node_type type;
	bool alone;		/* the tag stands alone on its line */
	bool starts_line;	/* text at the beginning of a line of the template */
	bool is_top;		/* the name is "." */
	uint32_t tag;		/* values and sections: their number in the set, for what renderings remember */
	uint32_t end;		/* sections: index behind their last node */
	const struct node *next;	/* what comes behind it; sections: behind their last node */
	struct str name;	/* or the text */
	struct str first;	/* the name up to its first dot */
	struct str indent;	/* see struct token */
	struct str inner;
	struct template *template;	/* partials and parents: borrowed, NULL when there is none */
};

struct template {
	struct str name;
	const uint32_t *tag_count;	/* of the set */
	struct node *nodes;
	uint32_t count;
	size_t capacity;
};

#endif
