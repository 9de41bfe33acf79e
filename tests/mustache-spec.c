/*
 * Runs the official Mustache specification: each argument is one of its JSON files.  Closes with "N passed, N failed".
 */
#include "render/template.h"

#include <cjson/cJSON.h>

#include <stdio.h>
#include <stdlib.h>

static struct view json_view(const cJSON *json);

static bool
object_find(struct view object, struct str name, struct view *out)
{
	const cJSON *child;

	cJSON_ArrayForEach(child, (const cJSON *)object.data)
		if (str_equal(str_of(child->string), name)) {
			*out = json_view(child);
			return true;
		}
	return false;
}

static bool
list_next(struct view list, uint64_t *position, struct view *item)
{
	const cJSON *child = ((const cJSON *)list.data)->child;

	for (uint64_t i = 0; child && i < *position; i++)
		child = child->next;
	if (!child)
		return false;
	++*position;
	*item = json_view(child);
	return true;
}

static struct str
number_text(struct view value, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	strbuf_addf(scratch, "%.17g", ((const cJSON *)value.data)->valuedouble);
	if (strtod(strbuf_string(scratch), NULL) != 0) {
		strbuf_reset(scratch);
		strbuf_addf(scratch, "%g", ((const cJSON *)value.data)->valuedouble);
	}
	return strbuf_str(scratch);
}

static struct view
json_view(const cJSON *json)
{
	static const struct view_type object = {.kind = VIEW_OBJECT, .find = object_find};
	static const struct view_type list = {.kind = VIEW_LIST, .next = list_next};
	static const struct view_type number = {.kind = VIEW_NUMBER, .text = number_text};

	if (!json || cJSON_IsNull(json))
		return view_null();
	if (cJSON_IsBool(json))
		return view_bool(cJSON_IsTrue(json));
	if (cJSON_IsString(json))
		return view_string(json->valuestring);
	if (cJSON_IsNumber(json))
		return (struct view){&number, json, json->valuedouble != 0};
	return (struct view){cJSON_IsArray(json) ? &list : &object, json, 0};
}

static bool
load_partial(void *context, struct str name, struct str *source)
{
	const cJSON *child;

	cJSON_ArrayForEach(child, (const cJSON *)context)
		if (str_equal(str_of(child->string), name) && cJSON_IsString(child)) {
			*source = str_of(child->valuestring);
			return true;
		}
	return false;
}

static bool
run_test(const char *file, const cJSON *test)
{
	const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "name"));
	const char *source = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "template"));
	const char *expected = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "expected"));
	struct template_set *set = template_set_new(load_partial,
	    cJSON_GetObjectItemCaseSensitive(test, "partials"));
	struct output *out = output_memory();
	struct error err = {0};
	const struct template *template = template_compile(set, str_of(source), &err);
	bool good = template && template_render(template,
	    json_view(cJSON_GetObjectItemCaseSensitive(test, "data")), template_escape_html, out, &err);
	struct str got = output_content(out);

	good = good && str_equal(got, str_of(expected));
	if (!good)
		printf("%s: %s: %s\n--- template\n%s\n--- expected\n%s\n--- got\n%.*s\n", file, name, err.message, source,
		    expected, (int)got.length, got.s);
	output_abort(out);
	template_set_free(set);
	return good;
}

int
main(int argc, char **argv)
{
	unsigned passed = 0, failed = 0;

	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "r");
		char *text = NULL;
		size_t capacity = 0;
		cJSON *json = NULL;
		const cJSON *test;

		if (file && getdelim(&text, &capacity, EOF, file) > 0)
			json = cJSON_Parse(text);
		if (!json) {
			fprintf(stderr, "%s: no JSON\n", argv[i]);
			return 2;
		}
		fclose(file);
		cJSON_ArrayForEach(test, cJSON_GetObjectItemCaseSensitive(json, "tests"))
			run_test(argv[i], test) ? passed++ : failed++;
		cJSON_Delete(json);
		free(text);
	}
	printf("%u passed, %u failed\n", passed, failed);
	return failed ? 1 : 0;
}
