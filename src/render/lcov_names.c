/* Names of functions for LCOV. */
#include "render/lcov_names.h"

#include "base/mem.h"
#include "render/escape.h"

#include <stdlib.h>

/* bytes[offset .. offset + length); `key` is as much of it as version 1 of LCOV sees. */
struct lcov_name {
	size_t offset;
	size_t length;
	size_t key;
};

struct str
lcov_name(const struct lcov_names *names, uint32_t index)
{
	return (struct str){
	    names->bytes.s + names->names[index].offset, names->names[index].length};
}

static struct str
key_of(const struct lcov_names *names, uint32_t index)
{
	return (struct str){names->bytes.s + names->names[index].offset, names->names[index].key};
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Whether the name starts with a comma, or with digits and one: version 2 has the function's last
 * line there.
 */
static bool
starts_like_line(struct str name)
{
	size_t digits = 0;

	while (digits < name.length && is_digit(name.s[digits]))
		digits++;
	return digits < name.length && name.s[digits] == ',';
}

static void
replace_commas(struct strbuf *bytes, size_t offset)
{
	for (size_t i = offset; i < bytes->length; i++)
		if (bytes->s[i] == ',')
			bytes->s[i] = ';';
}

/* Makes the bytes from `offset` on the function's name. */
static void
set_name(struct lcov_names *names, uint32_t index, size_t offset)
{
	size_t length = names->bytes.length - offset;
	const char *comma = length ? memchr(names->bytes.s + offset, ',', length) : NULL;

	names->names[index] = (struct lcov_name){
	    offset, length, comma ? (size_t)(comma - (names->bytes.s + offset)) : length};
}

static void
name_shortly(struct lcov_names *names, uint32_t index, struct str name)
{
	size_t offset = names->bytes.length;

	if (name.length)
		escape_line(&names->bytes, name);
	else
		strbuf_add_string(&names->bytes, "(unnamed)");
	if (starts_like_line(name))
		replace_commas(&names->bytes, offset);
	set_name(names, index, offset);
}

static void
name_fully(struct lcov_names *names, uint32_t index, const struct function *function,
    const struct strpool *strings)
{
	size_t offset = names->bytes.length;
	struct str class_name = strpool_get(strings, function->class_name);

	escape_line(&names->bytes, class_name);
	if (class_name.length)
		strbuf_add_char(&names->bytes, '.');
	escape_line(&names->bytes, strpool_get(strings, function->name));
	escape_line(&names->bytes, strpool_get(strings, function->signature));
	strbuf_addf(&names->bytes, ":%u", function->first_line);
	replace_commas(&names->bytes, offset);
	set_name(names, index, offset);
}

static int
compare_keys(const void *left, const void *right, void *names)
{
	return str_compare(
	    key_of(names, *(const uint32_t *)left), key_of(names, *(const uint32_t *)right));
}

/* What orders functions: first lines, then names. */
struct order_context {
	const struct lcov_names *names;
	const struct file *file;
};

static int
compare_functions(const void *left, const void *right, void *context)
{
	const struct order_context *order = context;
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;
	uint32_t x = order->file->functions[a].first_line;
	uint32_t y = order->file->functions[b].first_line;

	if (x != y)
		return x < y ? -1 : 1;
	return str_compare(lcov_name(order->names, a), lcov_name(order->names, b));
}

/* Gives those that LCOV would take for one their full names; `order` is by keys. */
static void
tell_apart(struct lcov_names *names, const struct file *file, const struct strpool *strings)
{
	for (uint32_t i = 0, end; i < file->function_count; i = end) {
		struct str key = key_of(names, names->order[i]);

		for (end = i + 1; end < file->function_count &&
				  str_equal(key, key_of(names, names->order[end]));)
			end++;
		for (uint32_t j = i; end - i > 1 && j < end; j++)
			name_fully(
			    names, names->order[j], &file->functions[names->order[j]], strings);
	}
}

void
lcov_names_of(struct lcov_names *names, const struct file *file, const struct strpool *strings)
{
	struct order_context order = {names, file};
	uint32_t count = file->function_count;

	strbuf_reset(&names->bytes);
	MEM_GROW(names->names, names->capacity, count);
	MEM_GROW(names->order, names->order_capacity, count);
	for (uint32_t i = 0; i < count; i++) {
		name_shortly(names, i, strpool_get(strings, file->functions[i].name));
		names->order[i] = i;
	}
	if (!count)
		return;
	qsort_r(names->order, count, sizeof(*names->order), compare_keys, names);
	tell_apart(names, file, strings);
	qsort_r(names->order, count, sizeof(*names->order), compare_functions, &order);
}

void
lcov_names_release(struct lcov_names *names)
{
	strbuf_clear(&names->bytes);
	free(names->names);
	free(names->order);
}
