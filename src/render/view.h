/*
 * What templates and JSON see: cursors over data that stays where it is, so that a million source lines need no tree.
 * An object type lists its fields in one table; the same table is the order of the JSON result.
 */
#ifndef MUSTER_RENDER_VIEW_H
#define MUSTER_RENDER_VIEW_H

#include "base/strbuf.h"

#include <stdint.h>

enum view_kind { VIEW_NULL, VIEW_FALSE, VIEW_TRUE, VIEW_TEXT, VIEW_NUMBER, VIEW_OBJECT, VIEW_LIST };

struct view_type;

/* A value: `data` is borrowed and means what its type says, as does `index`. */
struct view {
	const struct view_type *type;
	const void *data;
	uint64_t index;
};

struct view_field {
	const char *name;
	struct view (*get)(struct view object);
	bool aside;	/* for templates only: the JSON result does not print it */
};

struct view_type {
	enum view_kind kind;
	/* objects of which there are few among many items: what is rendered of one is kept for the next time */
	bool repeats;
	/* objects: their fields, NULL at the end; or, for names that the data decide, `find` and `entry` */
	const struct view_field *fields;
	bool (*find)(struct view object, struct str name, struct view *out);
	/* the entry behind the one that *position stands on (0 at the start); false at the end */
	bool (*entry)(struct view object, uint64_t *position, struct str *key, struct view *value);
	/* lists: the item behind the one that *position stands on (0 at the start); false at the end */
	bool (*next)(struct view list, uint64_t *position, struct view *item);
	/* text and numbers: what to print, borrowed from the data or built in `scratch` */
	struct str (*text)(struct view value, struct strbuf *scratch);
	bool plain;	/* text that needs no escape in any language */
	/* plain text and numbers that are printed a million times, instead of `text`: appends what to print */
	void (*add)(const struct view *value, struct strbuf *out);
	/* text and numbers that are built: whether there is anything; NULL: whether `index` is not 0 */
	bool (*some)(struct view value);
};

extern const struct view_type view_null_type;
/* Text as it stands: `data` and `index` are its bytes and their number. */
extern const struct view_type view_text_type;

static inline struct view
view_null(void)
{
	return (struct view){.type = &view_null_type};
}

/* Borrowed, as all text. */
static inline struct view
view_text(struct str text)
{
	return (struct view){&view_text_type, text.s, text.length};
}

struct view view_bool(bool value);
struct view view_string(const char *text);	/* NULL gives null */
struct view view_number(uint64_t number);
/* Percent from hundredths (7999: 79.99) and seconds from nanoseconds, without zeros at the end (80). */
struct view view_hundredths(uint64_t hundredths);
struct view view_nanoseconds(uint64_t nanoseconds);
/* Percent for people: always two decimals but for "100". */
struct view view_percent(uint64_t hundredths);
/* Nanoseconds for people: "0.250 s", "5.20 s", "3 m 20 s". */
struct view view_duration(uint64_t nanoseconds);

/* For `some` of a type whose text is built: there always is some; the text is built to see whether there is any. */
bool view_always(struct view value);
bool view_built(struct view value);

/* The field of an object type without a `find`; NULL when it has none of this name, or is another kind. */
const struct view_field *view_field_find(const struct view_type *type, struct str name);
/* The member of an object; false when it has none of this name. */
bool view_find(struct view object, struct str name, struct view *out);
/* What Mustache takes for true: not null, false, "", 0 or the empty list. */
bool view_truthy(struct view value);
/* What is printed of a value: nothing of null and lists, "true" and "false" of those. */
struct str view_print(struct view value, struct strbuf *scratch);

#endif
