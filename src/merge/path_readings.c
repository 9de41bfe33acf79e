/* What a name of a report may mean as text.  */
#include "merge/path_readings.h"

#include "base/mem.h"

#include <stdlib.h>

static struct str
keep(struct arena *arena, struct str text)
{
	return (struct str){arena_string(arena, text), text.length};
}

static struct str
keep_clean(struct arena *arena, struct str text)
{
	struct strbuf clean = {0};
	struct str kept;

	path_clean(text, &clean);
	while (path_is_url(strbuf_str(&clean)) && str_ends(strbuf_str(&clean), STR("/")))
		strbuf_truncate(&clean, clean.length - 1);
	kept = keep(arena, strbuf_str(&clean));
	strbuf_clear(&clean);
	return kept;
}

/* The path below --root where it lies there, else itself.  */
static struct str
from_root(const struct path_settings *settings, struct str path)
{
	struct str rest;

	if (settings->root.length && path_below(path, settings->root, &rest))
		return rest;
	return path;
}

/* COVERAGE 1.2c: what producers write where they know no root.  */
static bool
is_usable_root(struct str text, struct str clean)
{
	bool drive = text.length == 2 && text.s[1] == ':';	/* "C:\" is a root, "C:" is not */

	return clean.length && !drive && !path_is_url(clean) && !str_equal(text, STR("--dummy")) &&
	    !str_equal(text, STR("TODO"));
}

static bool
has_root(const struct path_grounds *grounds, struct str root)
{
	for (size_t i = 0; i < grounds->root_count; i++)
		if (str_equal(grounds->roots[i].path, root))
			return true;
	return false;
}

/* Whether the root is a folder of the tree, or above --root, so that a join may go on to one. */
static bool
root_reaches(const struct path_grounds *grounds, struct str root)
{
	const struct path_settings *settings = grounds->settings;

	return tree_has_folder(settings->tree, from_root(settings, root)) ||
	    path_below(settings->root, root, NULL);
}

static void
add_root(struct path_grounds *grounds, struct str text, struct audit *audit)
{
	struct str trimmed = str_trim(text), root = keep_clean(&grounds->arena, trimmed);

	if (!is_usable_root(trimmed, root)) {
		if (audit)
			audit_add(audit, AUDIT_NOTE, 0, "root-unusable",
			    "source root '%.*s' is of no use: ignored",
			    (int)trimmed.length, trimmed.s);
		return;
	}
	if (has_root(grounds, root))
		return;
	MEM_GROW(grounds->roots, grounds->root_capacity, grounds->root_count + 1);
	grounds->roots[grounds->root_count++] = (struct path_root){root, root_reaches(grounds,
	    root)};
}

/*
 * Takes the root of roots[from .. to) as the folder, if it is the only one and a folder of the
 * tree.
 */
static void
take_folder(struct path_grounds *grounds, size_t from, size_t to)
{
	if (to - from != 1 || grounds->has_folder)
		return;
	grounds->folder = from_root(grounds->settings, grounds->roots[from].path);
	grounds->has_folder = tree_has_folder(grounds->settings->tree, grounds->folder);
}

static void
take_rules(struct path_grounds *grounds)
{
	const struct path_settings *settings = grounds->settings;

	grounds->rules = mem_zalloc(settings->rule_count, sizeof(*grounds->rules));
	for (size_t i = 0; i < settings->rule_count; i++) {
		const struct path_rule *rule = &settings->rules[i];

		grounds->rules[i] = (struct path_rule){keep_clean(&grounds->arena, rule->from),
		    keep_clean(&grounds->arena, rule->strip ? STR("") : rule->to), rule->strip};
	}
}

void
path_grounds_init(struct path_grounds *grounds, const struct path_settings *settings,
    const struct intake *intake, struct audit *audit)
{
	*grounds = (struct path_grounds){.settings = settings};
	take_rules(grounds);
	for (size_t i = 0; i < settings->source_count; i++)
		add_root(grounds, settings->sources[i], audit);
	grounds->settings_roots = grounds->root_count;
	for (size_t i = 0; i < intake->root_count; i++)
		add_root(grounds, strpool_get(&intake->strings, intake->roots[i]), audit);
	take_folder(grounds, 0, grounds->settings_roots);
	take_folder(grounds, grounds->settings_roots, grounds->root_count);
}

void
path_grounds_clear(struct path_grounds *grounds)
{
	arena_clear(&grounds->arena);
	free(grounds->rules);
	free(grounds->roots);
	*grounds = (struct path_grounds){0};
}

/* Puts the first fitting rule of a kind into force on `path`.  */
static bool
apply_rule(const struct path_grounds *grounds, bool strip, struct strbuf *path)
{
	for (size_t i = 0; i < grounds->settings->rule_count; i++) {
		const struct path_rule *rule = &grounds->rules[i];
		struct strbuf changed = {0};
		struct str rest;

		if (rule->strip != strip || (strip && !rule->from.length) ||
		    !path_below(strbuf_str(path),
		    rule->from, &rest) || (!rule->to.length && !rest.length))
			continue;
		path_join(rule->to, rest, &changed);
		strbuf_reset(path);
		path_clean(strbuf_str(&changed), path);
		strbuf_clear(&changed);
		return true;
	}
	return false;
}

/* COVERAGE 1.2b: the first fitting --map, then the first fitting --strip, each once.  */
static bool
apply_rules(const struct path_grounds *grounds, struct strbuf *path)
{
	bool mapped = apply_rule(grounds, false, path);

	return apply_rule(grounds, true, path) || mapped;
}

static void
add_join(struct path_readings *readings, struct str path, bool reaches)
{
	MEM_GROW(readings->joins, readings->join_capacity, readings->join_count + 1);
	readings->joins[readings->join_count++] = (struct path_join){path, reaches};
}

/*
 * Joins the name with every root; where rules make one path of all joins that they fit, that is the
 * name from here on.
 */
static void
join_roots(const struct path_grounds *grounds, struct path_readings *readings)
{
	bool up = path_leads_up(readings->given), one = true;
	struct str fixed = {0};
	struct strbuf join = {0};

	readings->plain = !up;
	readings->settings_joins = grounds->settings_roots;
	for (size_t i = 0; i < grounds->root_count; i++) {
		struct str path;
		bool ruled;

		path_join(grounds->roots[i].path, readings->given, &join);
		ruled = apply_rules(grounds, &join);
		path = keep(&readings->arena, from_root(grounds->settings, strbuf_str(&join)));
		add_join(readings, path, up || ruled || grounds->roots[i].reaches);
		if (ruled || path.length < readings->given.length)
			readings->plain = false;
		if (!ruled)
			continue;
		one = one && (!fixed.length || str_equal(fixed, path));
		fixed = path;
	}
	strbuf_clear(&join);
	if (one && fixed.length) {
		readings->name = fixed;
		readings->ruled = true;
	}
}

void
path_read(const struct path_grounds *grounds, struct str name, struct path_readings *readings)
{
	struct strbuf clean = {0};
	struct str path;

	arena_clear(&readings->arena);
	readings->join_count = 0;
	readings->settings_joins = 0;
	readings->plain = false;
	path_clean(name, &clean);
	readings->ruled = apply_rules(grounds, &clean);
	path = keep(&readings->arena, strbuf_str(&clean));
	strbuf_clear(&clean);
	readings->url = path_is_url(path);
	readings->given = path_is_absolute(path) ? STR("") : path;
	readings->name = from_root(grounds->settings, path);
	if (readings->url || !readings->name.length)
		return;
	if (!readings->ruled && readings->given.length)
		join_roots(grounds, readings);
	if (!readings->join_count)
		add_join(readings, readings->name, true);
}

void
path_readings_clear(struct path_readings *readings)
{
	free(readings->joins);
	arena_clear(&readings->arena);
	*readings = (struct path_readings){0};
}
