/* YAML as a tree, built from libyaml's events. */
#include "base/yaml.h"

#include "base/limits.h"
#include "base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <yaml.h>

struct builder {
	yaml_parser_t parser;
	const char *name;
	struct arena *arena;
	unsigned nodes;
	struct error *err;
};

static bool
fail_place(const char *name, unsigned line, unsigned column, struct error *err, const char *message)
{
	return fail(err, ERROR_USAGE, "%s:%u:%u: %s", name, line, column, message);
}

bool
yaml_fail(const char *name, const struct yaml *at, struct error *err, const char *format, ...)
{
	const struct yaml *place = at->key ? at->key : at;
	char message[ERROR_MESSAGE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	return fail_place(name, place->line, place->column, err, message);
}

const char *
yaml_kind_name(enum yaml_kind kind)
{
	static const char *const names[] = {
	    [YAML_SCALAR] = "a single value",
	    [YAML_LIST] = "a list",
	    [YAML_MAP] = "a map",
	};

	return names[kind];
}

static bool
fail_mark(const struct builder *b, const yaml_mark_t *mark, const char *message)
{
	return fail_place(
	    b->name, (unsigned)mark->line + 1, (unsigned)mark->column + 1, b->err, message);
}

static bool
next_event(struct builder *b, yaml_event_t *event)
{
	const yaml_parser_t *parser = &b->parser;

	if (yaml_parser_parse(&b->parser, event))
		return true;
	if (parser->error == YAML_READER_ERROR)
		return fail(b->err, ERROR_USAGE, "%s: not readable at byte %zu: %s", b->name,
		    parser->problem_offset, parser->problem);
	return fail_mark(
	    b, &parser->problem_mark, parser->problem ? parser->problem : "this is no YAML");
}

static struct yaml *
new_node(struct builder *b, enum yaml_kind kind, const yaml_event_t *event)
{
	struct yaml *node = arena_alloc(b->arena, sizeof(*node));

	*node = (struct yaml){
	    .kind = kind,
	    .line = (unsigned)event->start_mark.line + 1,
	    .column = (unsigned)event->start_mark.column + 1,
	};
	return node;
}

static struct yaml *
new_scalar(struct builder *b, const yaml_event_t *event)
{
	struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
	struct yaml *node = new_node(b, YAML_SCALAR, event);

	node->text = (struct str){arena_string(b->arena, text), text.length};
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	return node;
}

/* What a node must not have: what makes trees grow, or means a type of its own. */
static bool
is_plain_tree(const struct builder *b, const yaml_event_t *event)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (event->type == YAML_ALIAS_EVENT)
		return fail_mark(b, &event->start_mark, "aliases ('*name') are not read");
	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	}
	if (anchor)
		return fail_mark(b, &event->start_mark, "anchors ('&name') are not read");
	return !tag || fail_mark(b, &event->start_mark, "tags ('!name') are not read");
}

static bool build(struct builder *b, const yaml_event_t *event, unsigned depth, struct yaml **out);

static bool
add_key(struct builder *b, const struct yaml *map, struct yaml *key)
{
	if (key->kind != YAML_SCALAR)
		return yaml_fail(b->name, key, b->err, "a key is %s", yaml_kind_name(key->kind));
	for (const struct yaml *other = map->first; other; other = other->next)
		if (str_equal(other->key->text, key->text))
			return yaml_fail(b->name, key, b->err,
			    "'%s' is given twice, first in line %u", key->text.s, other->key->line);
	return true;
}

/* The members of a list or map up to its end. */
static bool
build_members(struct builder *b, struct yaml *parent, unsigned depth)
{
	struct yaml **tail = &parent->first;
	struct yaml *key = NULL, *node;
	yaml_event_t event;
	bool good = true;

	while (good && next_event(b, &event)) {
		if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) {
			yaml_event_delete(&event);
			return true;
		}
		good = build(b, &event, depth + 1, &node);
		yaml_event_delete(&event);
		if (good && parent->kind == YAML_MAP && !key) {
			key = node;
			good = add_key(b, parent, key);
		} else if (good) {
			node->key = key;
			key = NULL;
			*tail = node;
			tail = &node->next;
		}
	}
	return false;
}

static bool
build(struct builder *b, const yaml_event_t *event, unsigned depth, struct yaml **out)
{
	if (!is_plain_tree(b, event))
		return false;
	if (depth > LIMIT_CONFIG_DEPTH)
		return fail_mark(b, &event->start_mark, "too many lists and maps in each other");
	if (++b->nodes > LIMIT_CONFIG_NODES)
		return fail_mark(b, &event->start_mark, "too many values");
	if (event->type == YAML_SCALAR_EVENT) {
		*out = new_scalar(b, event);
		return memchr((*out)->text.s, '\0', (*out)->text.length) == NULL ||
		    fail_mark(b, &event->start_mark, "a NUL character");
	}
	*out = new_node(b, event->type == YAML_MAPPING_START_EVENT ? YAML_MAP : YAML_LIST, event);
	return build_members(b, *out, depth);
}

/* The one document of the stream. */
static bool
build_stream(struct builder *b, struct yaml **root)
{
	yaml_event_type_t type = YAML_NO_EVENT;
	bool good = true, seen = false;
	yaml_event_t event;

	while (good && type != YAML_STREAM_END_EVENT) {
		if (!next_event(b, &event))
			return false;
		type = event.type;
		if (type == YAML_DOCUMENT_START_EVENT) {
			good = !seen || fail_mark(b, &event.start_mark, "a second document");
			seen = true;
		} else if (type != YAML_STREAM_START_EVENT && type != YAML_STREAM_END_EVENT &&
		    type != YAML_DOCUMENT_END_EVENT) {
			good = build(b, &event, 0, root);
		}
		yaml_event_delete(&event);
	}
	return good;
}

bool
yaml_parse(
    const char *name, struct str bytes, struct arena *arena, struct yaml **root, struct error *err)
{
	struct builder b = {.name = name, .arena = arena, .err = err};
	bool good;

	*root = NULL;
	if (!yaml_parser_initialize(&b.parser))
		return fail(err, ERROR_SYSTEM, "cannot start a parser for '%s'", name);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)bytes.s, bytes.length);
	good = build_stream(&b, root);
	yaml_parser_delete(&b.parser);
	return good;
}

/* Whether a text needs no quotes wherever it stands: a word that YAML takes for nothing else. */
static bool
is_word(struct str text)
{
	static const char *const taken[] = {
	    "true", "false", "yes", "no", "on", "off", "y", "n", "null", NULL};

	for (const char *const *word = taken; *word; word++)
		if (str_equal_fold(text, str_of(*word)))
			return false;
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.s[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && !(i && ((c >= '0' && c <= '9') || (c && strchr("_-./", c)))))
			return false;
	}
	return text.length > 0;
}

void
yaml_put(struct strbuf *out, struct str text)
{
	if (is_word(text)) {
		strbuf_add_str(out, text);
		return;
	}
	strbuf_add_char(out, '"');
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.s[i];

		if (c < 0x20 || c == 0x7f)
			strbuf_addf(out, "\\x%02x", c);
		else if (c == '"' || c == '\\')
			strbuf_addf(out, "\\%c", c);
		else
			strbuf_add_char(out, (char)c);
	}
	strbuf_add_char(out, '"');
}
