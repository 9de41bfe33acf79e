/*
 * The tree of a small YAML document (libyaml, which only yaml.c sees), with the place of each value
 * for messages.  One document of scalars, lists and maps: tags, anchors and aliases are refused, so
 * nothing can grow by itself.
 */
#ifndef MUSTER_BASE_YAML_H
#define MUSTER_BASE_YAML_H

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	struct str text;	/* of a scalar: NUL-terminated, no NUL within */
	bool quoted;
	unsigned line;		/* both from 1 */
	unsigned column;
	const struct yaml *key;	/* of a map's member: a scalar, unlike all other keys of the map */
	struct yaml *first;	/* of a list or map */
	struct yaml *next;	/* in the list or map */
};

/*
 * Parses `bytes`; *root is NULL for a document without content, else owned by the arena.  `name` is
 * the file's, for messages.  Anything that is not as said above, LIMIT_CONFIG_DEPTH,
 * LIMIT_CONFIG_NODES: ERROR_USAGE "name:line:column: ...".
 */
bool yaml_parse(
    const char *name, struct str bytes, struct arena *arena, struct yaml **root, struct error *err);
/* Fails about a value, with the place of its key if it has one. */
bool yaml_fail(const char *name, const struct yaml *at, struct error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* "a list", "a map", "a single value". */
const char *yaml_kind_name(enum yaml_kind kind);
/* Adds a text as a scalar that reads back as it is: quoted, unless it is a plain word. */
void yaml_put(struct strbuf *out, struct str text);

#endif
