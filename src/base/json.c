/* Reading JSON: thin helpers over cJSON. */
#include "base/json.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>

static bool
is_utf8(struct str s)
{
	uint32_t code_point;

	while (s.length) {
		size_t length = utf8_decode(s, &code_point);

		if (!length)
			return false;
		s = (struct str){s.s + length, s.length - length};
	}
	return true;
}

/* Whether a text holds a NUL, plain or as an escape of a string. */
static bool
holds_nul(struct str text)
{
	if (memchr(text.s, '\0', text.length))
		return true;
	for (size_t i = 0; i + 5 < text.length; i++) {
		if (text.s[i] != '\\')
			continue;
		if (memcmp(text.s + i + 1, "u0000", 5) == 0)
			return true;
		i++;
	}
	return false;
}

static uint64_t
line_of(struct str text, const char *place)
{
	uint64_t line = 1;

	for (const char *s = text.s; s < place && s < text.s + text.length; s++)
		line += *s == '\n';
	return line;
}

bool
json_parse(struct str text, struct cJSON **out, struct error *err)
{
	const char *end = text.s;
	struct str rest;

	if (!text.length)
		return fail(err, ERROR_DAMAGED, "empty, JSON expected");
	if (!is_utf8(text))
		return fail(err, ERROR_DAMAGED, "JSON that is not UTF-8");
	if (holds_nul(text))
		return fail(err, ERROR_DAMAGED, "JSON with a NUL character");
	*out = cJSON_ParseWithLengthOpts(text.s, text.length, &end, 0);
	if (!*out)
		return fail_at(err, ERROR_DAMAGED, line_of(text, end), "not well-formed JSON");
	rest = str_trim((struct str){end, (size_t)(text.s + text.length - end)});
	if (!rest.length)
		return true;
	json_free(*out);
	*out = NULL;
	return fail_at(err, ERROR_DAMAGED, line_of(text, rest.s), "text behind the end of the JSON value");
}

void
json_free(struct cJSON *json)
{
	cJSON_Delete(json);
}

bool
json_is_object(const struct cJSON *json)
{
	return cJSON_IsObject(json);
}

const struct cJSON *
json_first(const struct cJSON *json)
{
	return json ? json->child : NULL;
}

const struct cJSON *
json_next(const struct cJSON *child)
{
	return child->next;
}

struct str
json_name(const struct cJSON *child)
{
	return str_of(child->string);
}

const struct cJSON *
json_member(const struct cJSON *object, const char *name)
{
	const struct cJSON *found = NULL;

	for (const struct cJSON *child = json_first(object); child; child = child->next) {
		if (!child->string || strcmp(child->string, name) != 0)
			continue;
		if (found)
			return NULL;
		found = child;
	}
	return found;
}

bool
json_string(const struct cJSON *json, struct str *out)
{
	if (!cJSON_IsString(json))
		return false;
	*out = str_of(json->valuestring);
	return true;
}

const struct cJSON *
json_at(const struct cJSON *json, const char *path)
{
	char name[64];

	while (json && *path) {
		size_t length = strcspn(path, ".");

		if (length >= sizeof(name))
			return NULL;
		memcpy(name, path, length);
		name[length] = '\0';
		json = json_is_object(json) ? json_member(json, name) : NULL;
		path += length + (path[length] == '.');
	}
	return json;
}

bool
json_u64(const struct cJSON *json, uint64_t *out)
{
	double number = cJSON_IsNumber(json) ? json->valuedouble : -1;

	if (!(number >= 0 && number <= (double)(1ull << 53)) || number != (double)(uint64_t)number)
		return false;
	*out = (uint64_t)number;
	return true;
}

bool
json_is_true(const struct cJSON *json)
{
	return cJSON_IsTrue(json);
}

bool
json_is_array(const struct cJSON *json)
{
	return cJSON_IsArray(json);
}
