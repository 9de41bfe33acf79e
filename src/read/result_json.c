/* Reading a JSON result.  Every number and text is checked; what does not fit is damage. */
#include "read/result_json.h"

#include "base/json.h"
#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

enum { SCHEMA = 1 };

bool
result_json_bid(struct str head)
{
	struct str text = str_trim(head);

	return str_starts(text, STR("{")) || str_starts(text, STR("\xef\xbb\xbf{"));
}

static bool
damage(struct error *err, const char *what)
{
	return fail(err, ERROR_DAMAGED, "damaged JSON result: %s", what);
}

static struct str
copy_text(struct base *base, struct str text)
{
	return (struct str){arena_string(&base->arena, text), text.length};
}

static bool
read_text(const struct cJSON *object, const char *name, struct base *base, struct str *out)
{
	struct str text;

	if (!json_string(json_member(object, name), &text))
		return false;
	*out = copy_text(base, text);
	return true;
}

static bool
read_ratio(const struct cJSON *json, struct ratio *out)
{
	return json_u64(json_member(json, "covered"), &out->covered) &&
	       json_u64(json_member(json, "total"), &out->total) && out->covered <= out->total;
}

static bool
read_branches(const struct cJSON *json, struct branch_ratio *out)
{
	return json_u64(json_member(json, "covered"), &out->covered) &&
	       json_u64(json_member(json, "covered_max"), &out->covered_max) &&
	       json_u64(json_member(json, "total"), &out->total) &&
	       out->covered <= out->covered_max && out->covered_max <= out->total;
}

static bool
read_numbers(const struct cJSON *json, struct numbers *out)
{
	return read_ratio(json_member(json, "lines"), &out->lines) &&
	       read_branches(json_member(json, "branches"), &out->branches) &&
	       read_ratio(json_member(json, "functions"), &out->functions);
}

static size_t
count_items(const struct cJSON *list)
{
	size_t count = 0;

	for (const struct cJSON *item = json_first(list); item; item = json_next(item))
		count++;
	return count;
}

static bool
read_component(const struct cJSON *item, struct base *base)
{
	struct component_result *row = &base->result.components[base->result.component_count++];

	return read_text(item, "name", base, &row->name) && read_numbers(item, &row->numbers);
}

static bool
read_file(const struct cJSON *item, struct base *base)
{
	struct file_result *row = &base->result.files[base->result.file_count++];

	return read_text(item, "path", base, &row->path) && read_numbers(item, &row->numbers);
}

static bool
read_stage(const struct cJSON *item, struct base *base)
{
	struct stage_result *row = &base->result.stages[base->result.stage_count++];

	row->id = UINT32_MAX;
	return read_text(item, "name", base, &row->name) &&
	       json_u64(json_at(item, "tests.tests"), &row->tests.tests);
}

static bool
read_failing(const struct cJSON *item, struct base *base)
{
	struct base_failing *row = &base->failing[base->failing_count++];

	return read_text(item, "stage", base, &row->stage) &&
	       read_text(item, "container", base, &row->container) &&
	       read_text(item, "name", base, &row->name) &&
	       read_text(item, "file", base, &row->file);
}

/* Makes room in *rows for every item of a list, then reads them. */
static bool
read_list(const struct cJSON *list, struct base *base, void *rows, size_t size,
    bool (*read)(const struct cJSON *item, struct base *base))
{
	void *room;

	if (!json_is_array(list))
		return false;
	room = mem_zalloc(count_items(list), size);
	memcpy(rows, &room, sizeof(room));
	for (const struct cJSON *item = json_first(list); item; item = json_next(item))
		if (!read(item, base))
			return false;
	return true;
}

static int
compare_paths(const void *left, const void *right)
{
	const struct file_result *a = left;
	const struct file_result *b = right;

	return str_compare(a->path, b->path);
}

static bool
sort_files(struct result *result)
{
	if (result->file_count)
		qsort(result->files, result->file_count, sizeof(*result->files), compare_paths);
	for (size_t i = 1; i < result->file_count; i++)
		if (str_equal(result->files[i - 1].path, result->files[i].path))
			return false;
	return true;
}

static bool
read_all(const struct cJSON *json, struct base *base, struct error *err)
{
	struct result *result = &base->result;

	if (!read_numbers(json_member(json, "totals"), &result->total))
		return damage(err, "in 'totals'");
	if (!read_list(json_member(json, "components"), base, &result->components,
		sizeof(*result->components), read_component))
		return damage(err, "in 'components'");
	if (!read_list(json_member(json, "files"), base, &result->files, sizeof(*result->files),
		read_file) ||
	    !sort_files(result))
		return damage(err, "in 'files'");
	if (!read_list(json_member(json, "stages"), base, &result->stages, sizeof(*result->stages),
		read_stage))
		return damage(err, "in 'stages'");
	if (!read_list(json_at(json, "tests.failing"), base, &base->failing, sizeof(*base->failing),
		read_failing))
		return damage(err, "in the failing tests");
	return true;
}

static bool
check_schema(const struct cJSON *json, struct error *err)
{
	uint64_t schema;

	if (!json_u64(json_at(json, "muster.schema"), &schema))
		return fail(err, ERROR_FOREIGN, "this JSON is no result of muster");
	return schema == SCHEMA ||
	       fail(err, ERROR_FOREIGN, "a JSON result of schema %" PRIu64 ", this muster knows %d",
		   schema, SCHEMA);
}

bool
result_json_read(struct str text, struct base *base, struct error *err)
{
	struct cJSON *json;
	bool good;

	if (!json_parse(text, &json, err))
		return false;
	good = check_schema(json, err) && read_all(json, base, err);
	json_free(json);
	if (!good)
		base_clear(base);
	return good;
}
