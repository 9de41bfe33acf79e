/* The JSON result, schema 1 (PRODUCT 2, schema/muster-result.schema.json): the fields of the views as they stand. */
#include "base/json_out.h"

#include "render/page.h"
#include "render/writers.h"

/* Text that is made, and where the values of a line are collected. */
struct printing {
	struct output *output;
	struct json_out line;
	struct strbuf scratch;
};

static void add_value(struct printing *p, const char *key, struct view value);

static void
add_list(struct printing *p, const char *key, struct view list)
{
	uint64_t position = 0;
	struct view item;

	json_out_open(&p->line, key, '[');
	while (list.type->next(list, &position, &item))
		add_value(p, NULL, item);
	json_out_close(&p->line, ']');
}

/* An object whose names come from inputs. */
static void
add_entries(struct printing *p, struct view object)
{
	uint64_t position = 0;
	struct str name;
	struct view value;

	while (object.type->entry(object, &position, &name, &value)) {
		json_out_key(&p->line, name);
		add_value(p, NULL, value);
	}
}

static void
add_object(struct printing *p, const char *key, struct view object)
{
	const struct view_field *field = object.type->fields;

	json_out_open(&p->line, key, '{');
	if (object.type->entry)
		add_entries(p, object);
	for (; field && field->name; field++)
		if (!field->aside)
			add_value(p, field->name, field->get(object));
	json_out_close(&p->line, '}');
}

/* A value on the line at hand. */
static void
add_value(struct printing *p, const char *key, struct view value)
{
	switch (value.type->kind) {
	case VIEW_NULL:
		json_out_null(&p->line, key);
		break;
	case VIEW_FALSE:
	case VIEW_TRUE:
	case VIEW_NUMBER:
		json_out_raw(&p->line, key, view_print(value, &p->scratch));
		break;
	case VIEW_TEXT:
		json_out_str(&p->line, key, view_print(value, &p->scratch));
		break;
	case VIEW_OBJECT:
		add_object(p, key, value);
		break;
	case VIEW_LIST:
		add_list(p, key, value);
		break;
	}
}

static void
print_line(struct printing *p, struct view value)
{
	add_value(p, NULL, value);
	output_add_str(p->output, strbuf_str(&p->line.text));
	json_out_reset(&p->line);
}

/* A list with an item a line, so that memory does not grow with it. */
static void
print_list(struct printing *p, struct view list, unsigned indent)
{
	uint64_t position = 0;
	struct view item;
	bool some = false;

	output_add_string(p->output, "[");
	for (; list.type->next(list, &position, &item); some = true) {
		output_addf(p->output, "%s\n%*s", some ? "," : "", (int)indent + 2, "");
		print_line(p, item);
	}
	if (some)
		output_addf(p->output, "\n%*s", (int)indent, "");
	output_add_string(p->output, "]");
}

/* Whether an object holds nothing but lists. */
static bool
holds_lists(struct view value)
{
	const struct view_field *field = value.type->fields;

	return value.type->kind == VIEW_OBJECT && field && field->name &&
	    field->get(value).type->kind == VIEW_LIST;
}

/* An object with a field a line; its lists, and those of objects of lists, with an item a line. */
static void
print_object(struct printing *p, struct view object, unsigned indent)
{
	bool some = false;

	output_add_string(p->output, "{");
	for (const struct view_field *field = object.type->fields; field->name; field++) {
		struct view value;

		if (field->aside)
			continue;
		value = field->get(object);
		output_addf(p->output, "%s\n%*s\"%s\": ", some ? "," : "", (int)indent + 2, "", field->name);
		some = true;
		if (value.type->kind == VIEW_LIST)
			print_list(p, value, indent + 2);
		else if (holds_lists(value))
			print_object(p, value, indent + 2);
		else
			print_line(p, value);
	}
	output_addf(p->output, "\n%*s}", (int)indent, "");
}

static bool
write_json(const struct result *result, const struct render_settings *settings, struct output *output,
    struct error *err)
{
	struct printing p = {.output = output};
	struct page page;

	(void)err;
	page_init(&page, result, settings);
	print_object(&p, page_view(&page), 0);
	output_add_string(output, "\n");
	page_release(&page);
	json_out_clear(&p.line);
	strbuf_clear(&p.scratch);
	return true;
}

const struct renderer renderer_json = {
	.name = "json",
	.help = "every number, gate and finding for programs (schema 1)",
	.suffixes = ".json",
	.write = write_json,
};
