/* The blocks of a configuration: stages, components, colors, and gates as maps. */
#include "cli/config_blocks.h"

#include "base/glob.h"
#include "base/mem.h"
#include "cli/label.h"
#include "judge/measure.h"

#define STAGE_SCOPE "stage:"
#define EACH_FILE STR("each-file")

/* A key of a block's member, and what it does with its value. */
struct part {
	const char *key;
	bool (*apply)(struct config *config, struct str name, const struct yaml *value);
};

/* An unknown key with the nearest that is known, or with all. */
static bool
unknown_part(struct config *config, const struct yaml *member, const struct part *parts)
{
	struct suggestion near;
	struct strbuf known = {0};

	suggest_begin(&near, member->key->text);
	for (const struct part *part = parts; part->key; part++) {
		suggest_offer(&near, str_of(part->key));
		strbuf_addf(&known, "%s%s", part == parts ? "" : part[1].key ? ", " : " and ",
		    part->key);
	}
	if (near.best.length)
		config_unknown(config, member, "key", &near);
	else
		yaml_fail(config->name, member, config->err, "unknown key '%s'; known here are %s",
		    member->key->text.s, strbuf_string(&known));
	strbuf_clear(&known);
	return false;
}

static bool
apply_parts(struct config *config, const struct part *parts, const struct yaml *map)
{
	if (!config_wants(config, map, YAML_MAP))
		return false;
	for (const struct yaml *member = map->first; member; member = member->next) {
		const struct part *part = parts;

		while (part->key && !str_equal(member->key->text, str_of(part->key)))
			part++;
		if (!part->key)
			return unknown_part(config, member, parts);
		if (!part->apply(config, map->key->text, member))
			return false;
	}
	return true;
}

/* A single value, or each of a list. */
static bool
each_text(struct config *config, struct str name, const struct yaml *value,
    bool (*add)(struct config *config, struct str name, const struct yaml *item))
{
	if (value->kind != YAML_LIST)
		return config_wants(config, value, YAML_SCALAR) && add(config, name, value);
	for (const struct yaml *item = value->first; item; item = item->next)
		if (!config_wants(config, item, YAML_SCALAR) || !add(config, name, item))
			return false;
	return true;
}

static bool
add_report(struct config *config, struct str stage, const struct yaml *item)
{
	struct stage_reports *reports = &config->settings->stage_reports;
	bool pattern = glob_is_pattern(item->text);
	struct error why;
	struct glob *glob;

	if (!item->text.length || str_equal(item->text, STR("-")))
		return yaml_fail(
		    config->name, item, config->err, "reports: '%s' is no file", item->text.s);
	if (pattern && !glob_compile(item->text, &glob, &why))
		return yaml_fail(config->name, item, config->err, "reports: %s", why.message);
	if (pattern)
		glob_free(glob);
	MEM_GROW(reports->items, reports->capacity, reports->count + 1);
	reports->items[reports->count++] = (struct stage_report){
	    stage, str_of(config_path(config, item->text, pattern)), item->text};
	return true;
}

static bool
stage_reports(struct config *config, struct str stage, const struct yaml *value)
{
	return each_text(config, stage, value, add_report);
}

static bool
stage_required(struct config *config, struct str stage, const struct yaml *value)
{
	bool required = false;

	if (!config_flag(config, value, &required))
		return false;
	return !required ||
	    value_set(VALUE_NAMES, &config->settings->required_stages, stage, config->err);
}

static bool
stage_fail_under(struct config *config, struct str stage, const struct yaml *value)
{
	struct strbuf scope = {0};
	bool good;

	strbuf_addf(&scope, STAGE_SCOPE "%s", stage.s);
	good = config_fail_under(
	    config, str_of(arena_string(&config->settings->arena, strbuf_str(&scope))), value);
	strbuf_clear(&scope);
	return good;
}

bool
config_stages(struct config *config, const struct yaml *block)
{
	static const struct part parts[] = {
	    {"reports", stage_reports},
	    {"required", stage_required},
	    {"fail-under", stage_fail_under},
	    {NULL, NULL},
	};
	struct strs *order = &config->settings->stage_order;

	for (const struct yaml *stage = block->first; stage; stage = stage->next) {
		struct str name, cell;

		if (!label_parse(stage->key->text, &name, &cell) || cell.length)
			return yaml_fail(config->name, stage, config->err,
			    "'%s' is no name of a stage", stage->key->text.s);
		MEM_GROW(order->items, order->capacity, order->count + 1);
		order->items[order->count++] = name;
		if (!apply_parts(config, parts, stage))
			return false;
	}
	return true;
}

static bool
add_path(struct config *config, struct str name, const struct yaml *item)
{
	struct components *components = &config->settings->components;
	struct component *component = &components->items[components->count - 1];
	struct error why;

	(void)name;
	if (!component->paths)
		component->paths = filter_new();
	if (!filter_add(component->paths, true, item->text, &why))
		return yaml_fail(config->name, item, config->err, "paths: %s", why.message);
	return true;
}

static bool
component_paths(struct config *config, struct str name, const struct yaml *value)
{
	return each_text(config, name, value, add_path);
}

bool
config_components(struct config *config, const struct yaml *block)
{
	static const struct part parts[] = {
	    {"paths", component_paths},
	    {"fail-under", config_fail_under},
	    {NULL, NULL},
	};
	struct components *components = &config->settings->components;

	for (const struct yaml *member = block->first; member; member = member->next) {
		struct str name = member->key->text;

		if (!name.length || str_equal(name, EACH_FILE) ||
		    str_starts(name, STR(STAGE_SCOPE)))
			return yaml_fail(config->name, member, config->err,
			    "'%s' is no name of a component", name.s);
		MEM_GROW(components->items, components->capacity, components->count + 1);
		components->items[components->count++] = (struct component){.name = name};
		if (!apply_parts(config, parts, member))
			return false;
		if (!components->items[components->count - 1].paths)
			return yaml_fail(config->name, member, config->err,
			    "component '%s' has no paths", name.s);
	}
	return true;
}

static bool
add_limit(struct config *config, struct str scope, enum metric metric, const struct yaml *value)
{
	struct fail_unders *rules = &config->settings->fail_unders;
	struct fail_under rule = {.scope = scope, .metric = metric};

	if (!config_wants(config, value, YAML_SCALAR))
		return false;
	if (!decimal_parse(value->text, 100, &rule.limit))
		return yaml_fail(config->name, value, config->err,
		    "fail-under: '%s' is no percentage from 0 to 100"
		    " (of at most %d decimal places)",
		    value->text.s, DECIMAL_PLACES);
	MEM_GROW(rules->items, rules->capacity, rules->count + 1);
	rules->items[rules->count++] = rule;
	return true;
}

/* Whether a key of `fail-under` is a scope, not a metric mistyped. */
static bool
is_scope(const struct config *config, struct str key)
{
	const struct components *components = &config->settings->components;

	for (size_t i = 0; i < components->count; i++)
		if (str_equal(components->items[i].name, key))
			return true;
	return str_equal(key, EACH_FILE) || strpbrk(key.s, "/.*?[]{}!\\:");
}

static bool
unknown_metric(struct config *config, const struct yaml *member)
{
	struct suggestion near;

	suggest_begin(&near, member->key->text);
	for (int metric = 0; metric < METRICS; metric++)
		suggest_offer(&near, str_of(metric_name((enum metric)metric)));
	return config_unknown(config, member, "metric", &near);
}

bool
config_fail_under(struct config *config, struct str scope, const struct yaml *value)
{
	enum metric metric;

	if (value->kind != YAML_MAP)
		return add_limit(config, scope, METRIC_LINES, value);
	for (const struct yaml *member = value->first; member; member = member->next) {
		struct str key = member->key->text;
		bool good;

		if (metric_find(key, &metric))
			good = add_limit(config, scope, metric, member);
		else if (scope.length || !is_scope(config, key))
			good = unknown_metric(config, member);
		else
			good = config_fail_under(config, key, member);
		if (!good)
			return false;
	}
	return true;
}

bool
config_colours(struct config *config, const struct option *option, const struct yaml *map)
{
	struct colours *colours = &config->settings->colours;
	const char *green = colours->green.text, *orange = colours->orange.text;
	struct strbuf text = {0};
	bool good;

	for (const struct yaml *member = map->first; member; member = member->next) {
		bool is_green = str_equal(member->key->text, STR("green"));
		struct suggestion near;

		if (!is_green && !str_equal(member->key->text, STR("orange"))) {
			suggest_begin(&near, member->key->text);
			suggest_offer(&near, STR("green"));
			suggest_offer(&near, STR("orange"));
			return config_unknown(config, member, "key", &near);
		}
		if (!config_wants(config, member, YAML_SCALAR))
			return false;
		*(is_green ? &green : &orange) = member->text.s;
	}
	strbuf_addf(&text, "%s,%s", green, orange);
	good = config_set(
	    config, option, map, str_of(arena_string(&config->settings->arena, strbuf_str(&text))));
	strbuf_clear(&text);
	return good;
}
