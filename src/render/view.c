/* Cursors over data. */
#include "render/view.h"

#include <inttypes.h>

#define NANOSECONDS UINT64_C(1000000000)

static struct str
text_text(struct view value, struct strbuf *scratch)
{
	(void)scratch;
	return (struct str){value.data, value.index};
}

static void
number_add(const struct view *value, struct strbuf *out)
{
	strbuf_add_u64(out, value->index);
}

/* Trailing zeros go. */
static struct str
decimal_text(struct view value, struct strbuf *scratch, unsigned places)
{
	uint64_t scale = 1;

	for (unsigned i = 0; i < places; i++)
		scale *= 10;
	strbuf_reset(scratch);
	strbuf_addf(scratch, "%" PRIu64 ".%0*" PRIu64, value.index / scale, (int)places, value.index % scale);
	while (scratch->s[scratch->length - 1] == '0')
		strbuf_truncate(scratch, scratch->length - 1);
	if (scratch->s[scratch->length - 1] == '.')
		strbuf_truncate(scratch, scratch->length - 1);
	return strbuf_str(scratch);
}

static struct str
hundredths_text(struct view value, struct strbuf *scratch)
{
	return decimal_text(value, scratch, 2);
}

static struct str
nanoseconds_text(struct view value, struct strbuf *scratch)
{
	return decimal_text(value, scratch, 9);
}

static struct str
duration_text(struct view value, struct strbuf *scratch)
{
	uint64_t seconds = value.index / NANOSECONDS;

	strbuf_reset(scratch);
	if (seconds >= 3600)
		strbuf_addf(scratch, "%" PRIu64 " h %" PRIu64 " m", seconds / 3600, seconds / 60 % 60);
	else if (seconds >= 60)
		strbuf_addf(scratch, "%" PRIu64 " m %" PRIu64 " s", seconds / 60, seconds % 60);
	else if (seconds)
		strbuf_addf(scratch, "%" PRIu64 ".%02" PRIu64 " s", seconds, value.index % NANOSECONDS / 10000000);
	else
		strbuf_addf(scratch, "0.%03" PRIu64 " s", value.index / 1000000);
	return strbuf_str(scratch);
}

static struct str
percent_text(struct view value, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	strbuf_add_u64(scratch, value.index / 100);
	if (value.index != 10000) {
		strbuf_add_string(scratch, value.index % 100 < 10 ? ".0" : ".");
		strbuf_add_u64(scratch, value.index % 100);
	}
	return strbuf_str(scratch);
}

bool
view_always(struct view value)
{
	(void)value;
	return true;
}

bool
view_built(struct view value)
{
	struct strbuf scratch = {0};
	bool some = view_print(value, &scratch).length > 0;

	strbuf_clear(&scratch);
	return some;
}

const struct view_type view_null_type = {.kind = VIEW_NULL};
static const struct view_type false_type = {.kind = VIEW_FALSE};
static const struct view_type true_type = {.kind = VIEW_TRUE};
const struct view_type view_text_type = {.kind = VIEW_TEXT, .text = text_text};
static const struct view_type number_type = {.kind = VIEW_NUMBER, .add = number_add};
static const struct view_type hundredths_type = {.kind = VIEW_NUMBER, .text = hundredths_text};
static const struct view_type nanoseconds_type = {.kind = VIEW_NUMBER, .text = nanoseconds_text};
static const struct view_type percent_type = {.kind = VIEW_TEXT, .text = percent_text, .some = view_always};
static const struct view_type duration_type = {.kind = VIEW_TEXT, .text = duration_text, .some = view_always};

struct view
view_bool(bool value)
{
	return (struct view){.type = value ? &true_type : &false_type};
}

struct view
view_string(const char *text)
{
	return text ? view_text(str_of(text)) : view_null();
}

struct view
view_number(uint64_t number)
{
	return (struct view){.type = &number_type, .index = number};
}

struct view
view_hundredths(uint64_t hundredths)
{
	return (struct view){.type = &hundredths_type, .index = hundredths};
}

struct view
view_nanoseconds(uint64_t nanoseconds)
{
	return (struct view){.type = &nanoseconds_type, .index = nanoseconds};
}

struct view
view_percent(uint64_t hundredths)
{
	return (struct view){.type = &percent_type, .index = hundredths};
}

struct view
view_duration(uint64_t nanoseconds)
{
	return (struct view){.type = &duration_type, .index = nanoseconds};
}

const struct view_field *
view_field_find(const struct view_type *type, struct str name)
{
	const struct view_field *field = type->kind == VIEW_OBJECT ? type->fields : NULL;

	for (; field && field->name; field++)
		if (*field->name == *name.s && strncmp(field->name, name.s, name.length) == 0 && !field->name[name.length])
			return field;
	return NULL;
}

bool
view_find(struct view object, struct str name, struct view *out)
{
	const struct view_field *field;

	if (object.type->kind == VIEW_OBJECT && object.type->find)
		return object.type->find(object, name, out);
	field = view_field_find(object.type, name);
	if (field)
		*out = field->get(object);
	return field != NULL;
}

bool
view_truthy(struct view value)
{
	uint64_t position = 0;
	struct view item;

	switch (value.type->kind) {
	case VIEW_NULL:
	case VIEW_FALSE:
		return false;
	case VIEW_TEXT:
	case VIEW_NUMBER:
		return value.type->some ? value.type->some(value) : value.index != 0;
	case VIEW_LIST:
		return value.type->next(value, &position, &item);
	case VIEW_TRUE:
	case VIEW_OBJECT:
		break;
	}
	return true;
}

struct str
view_print(struct view value, struct strbuf *scratch)
{
	switch (value.type->kind) {
	case VIEW_TRUE:
		return STR("true");
	case VIEW_FALSE:
		return STR("false");
	case VIEW_TEXT:
	case VIEW_NUMBER:
		if (!value.type->add)
			return value.type->text(value, scratch);
		strbuf_reset(scratch);
		value.type->add(&value, scratch);
		return strbuf_str(scratch);
	case VIEW_NULL:
	case VIEW_OBJECT:
	case VIEW_LIST:
		break;
	}
	return STR("");
}
