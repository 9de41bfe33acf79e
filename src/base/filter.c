/* Which resolved paths count. */
#include "base/filter.h"

#include "base/glob.h"
#include "base/mem.h"

#include <stdlib.h>

struct rule {
	struct glob *glob;
	bool include;
	bool base_too;	/* a pattern without '/' is tried on the base name as well */
};

struct filter {
	struct rule *rules;
	size_t count;
	size_t capacity;
	bool lists_what_counts;	/* an include names what is in, so that all else is out */
};

struct filter *
filter_new(void)
{
	return mem_zalloc(1, sizeof(struct filter));
}

void
filter_free(struct filter *filter)
{
	if (!filter)
		return;
	for (size_t i = 0; i < filter->count; i++)
		glob_free(filter->rules[i].glob);
	free(filter->rules);
	free(filter);
}

/* Takes a leading '!' away and tells whether there was one. */
static bool
take_negation(struct str *pattern)
{
	if (!str_starts(*pattern, STR("!")))
		return false;
	*pattern = (struct str){pattern->s + 1, pattern->length - 1};
	return true;
}

static bool
refuse_captures(struct str pattern, struct error *err)
{
	return fail(err, ERROR_USAGE, "a pattern of paths captures nothing: '%.*s'",
	    (int)pattern.length, pattern.s);
}

/* Compiles a pattern as the header reads it, the '!' taken away. */
static bool
rule_compile(struct rule *rule, struct str pattern, struct error *err)
{
	struct strbuf text = {0};
	bool good;

	while (str_starts(pattern, STR("./")))
		pattern = (struct str){pattern.s + 2, pattern.length - 2};
	if (!pattern.length)
		return fail(err, ERROR_USAGE, "empty pattern");
	strbuf_add_str(&text, pattern);
	if (str_ends(pattern, STR("/")))
		strbuf_add_string(&text, "**");
	good = glob_compile(strbuf_str(&text), &rule->glob, err);
	if (good && glob_has_captures(rule->glob)) {
		glob_free(rule->glob);
		good = refuse_captures(pattern, err);
	}
	rule->base_too = !memchr(pattern.s, '/', pattern.length);
	strbuf_clear(&text);
	return good;
}

static struct str
base_of(struct str path)
{
	const char *slash = path.length ? memrchr(path.s, '/', path.length) : NULL;

	if (!slash)
		return path;
	return (struct str){slash + 1, path.length - (size_t)(slash + 1 - path.s)};
}

static bool
rule_fits(const struct rule *rule, struct str path)
{
	return glob_matches(rule->glob, path, NULL) ||
	    (rule->base_too && glob_matches(rule->glob, base_of(path), NULL));
}

bool
filter_add(struct filter *filter, bool include, struct str pattern, struct error *err)
{
	bool negated = take_negation(&pattern);
	struct rule rule = {.include = include != negated};

	if (!rule_compile(&rule, pattern, err))
		return false;
	MEM_GROW(filter->rules, filter->capacity, filter->count + 1);
	filter->rules[filter->count++] = rule;
	if (include && !negated)
		filter->lists_what_counts = true;
	return true;
}

bool
filter_keeps(const struct filter *filter, struct str path)
{
	for (size_t i = filter->count; i > 0; i--)
		if (rule_fits(&filter->rules[i - 1], path))
			return filter->rules[i - 1].include;
	return !filter->lists_what_counts;
}

bool
filter_pattern_fits(struct str pattern, struct str path)
{
	bool negated = take_negation(&pattern);
	struct rule rule = {0};
	bool fits;

	if (!rule_compile(&rule, pattern, NULL))
		return false;
	fits = rule_fits(&rule, path) != negated;
	glob_free(rule.glob);
	return fits;
}
