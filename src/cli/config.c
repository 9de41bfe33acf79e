/* From .muster.yml to settings. */
#include "cli/config.h"

#include "base/glob.h"
#include "base/input.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "base/yaml.h"
#include "cli/config_blocks.h"
#include "cli/label.h"
#include "cli/options.h"

#include <stdlib.h>
#include <unistd.h>

static const struct config_block {
	const char *name;
	bool (*apply)(struct config *config, const struct yaml *block);
} blocks[] = {
    {"stages", config_stages},
    {"components", config_components},
    {NULL, NULL},
};

bool
config_unknown(
    struct config *config, const struct yaml *member, const char *what, struct suggestion *near)
{
	char hint[SUGGEST_TEXT];

	return yaml_fail(config->name, member, config->err, "unknown %s '%s'%s", what,
	    member->key->text.s, suggest_text(near, "", hint));
}

static bool
unknown_key(struct config *config, const struct yaml *member)
{
	struct suggestion near;

	suggest_begin(&near, member->key->text);
	for (const struct option *option = options; option->name; option++)
		if (!option->line_only)
			suggest_offer(&near, str_of(option->name));
	for (const struct config_block *block = blocks; block->name; block++)
		suggest_offer(&near, str_of(block->name));
	return config_unknown(config, member, "key", &near);
}

bool
config_wants(struct config *config, const struct yaml *value, enum yaml_kind kind)
{
	if (value->kind == kind)
		return true;
	return yaml_fail(config->name, value, config->err, "'%s' is %s where %s is meant",
	    value->key ? value->key->text.s : "this", yaml_kind_name(value->kind),
	    yaml_kind_name(kind));
}

bool
config_flag(struct config *config, const struct yaml *value, bool *out)
{
	bool yes = str_equal(value->text, STR("true"));

	if (!config_wants(config, value, YAML_SCALAR))
		return false;
	if (value->quoted || (!yes && !str_equal(value->text, STR("false"))))
		return yaml_fail(config->name, value, config->err,
		    "%s: '%s' is neither true nor false", value->key->text.s, value->text.s);
	*out = yes;
	return true;
}

const char *
config_path(struct config *config, struct str text, bool pattern)
{
	struct strbuf path = {0};
	const char *kept;

	if (!*config->base || str_starts(text, STR("/")) || str_equal(text, STR("-")) ||
	    !text.length)
		return text.s;
	if (pattern)
		glob_quote(&path, str_of(config->base));
	else
		strbuf_add_string(&path, config->base);
	strbuf_add_str(&path, text);
	kept = arena_string(&config->settings->arena, strbuf_str(&path));
	strbuf_clear(&path);
	return kept;
}

/* [FORMAT:]TARGET with the target relative to the root. */
static const char *
output_path(struct config *config, struct str text)
{
	struct strbuf value = {0};
	struct str format, target;
	const char *kept;

	if (!split_first(text, ':', &format, &target) || !renderer_find(format))
		return config_path(config, text, false);
	strbuf_addf(
	    &value, "%.*s:%s", (int)format.length, format.s, config_path(config, target, false));
	kept = arena_string(&config->settings->arena, strbuf_str(&value));
	strbuf_clear(&value);
	return kept;
}

bool
config_set(
    struct config *config, const struct option *option, const struct yaml *value, struct str text)
{
	void *target = (char *)config->settings + option->target;
	struct error why = {0};

	if (option->type == VALUE_PATH)
		text = str_of(config_path(config, text, false));
	else if (option->type == VALUE_OUTPUT)
		text = str_of(output_path(config, text));
	if (value_set(option->type, target, text, &why))
		return true;
	return yaml_fail(config->name, value, config->err, "%s: %s", option->name, why.message);
}

static bool
set_list(struct config *config, const struct option *option, const struct yaml *list)
{
	if (!value_is_list(option->type))
		return config_wants(config, list, YAML_SCALAR);
	for (const struct yaml *item = list->first; item; item = item->next)
		if (!config_wants(config, item, YAML_SCALAR) ||
		    !config_set(config, option, item, item->text))
			return false;
	return true;
}

/* { STAGE: N } is "STAGE:N", { FROM: TO } is "FROM=TO". */
static bool
set_pairs(struct config *config, const struct option *option, const struct yaml *map)
{
	char sign = value_pair_sign(option->type);

	if (!sign)
		return config_wants(
		    config, map, value_is_list(option->type) ? YAML_LIST : YAML_SCALAR);
	for (const struct yaml *member = map->first; member; member = member->next) {
		struct strbuf pair = {0};
		bool good;

		if (!config_wants(config, member, YAML_SCALAR))
			return false;
		strbuf_addf(&pair, "%s%c%s", member->key->text.s, sign, member->text.s);
		good = config_set(config, option, member,
		    str_of(arena_string(&config->settings->arena, strbuf_str(&pair))));
		strbuf_clear(&pair);
		if (!good)
			return false;
	}
	return true;
}

static bool
set_option(struct config *config, const struct option *option, const struct yaml *value)
{
	if (option->type == VALUE_FLAG)
		return config_flag(
		    config, value, (bool *)((char *)config->settings + option->target));
	if (option->type == VALUE_FAIL_UNDER && value->kind == YAML_MAP)
		return config_fail_under(config, STR(""), value);
	if (option->type == VALUE_COLOURS && value->kind == YAML_MAP)
		return config_colours(config, option, value);
	if (value->kind == YAML_LIST)
		return set_list(config, option, value);
	if (value->kind == YAML_MAP)
		return set_pairs(config, option, value);
	return config_set(config, option, value, value->text);
}

static bool
apply(struct config *config, const struct yaml *member)
{
	struct str key = member->key->text;
	const struct option *option = option_find(key);

	for (const struct config_block *block = blocks; block->name; block++)
		if (str_equal(key, str_of(block->name)))
			return config_wants(config, member, YAML_MAP) &&
			    block->apply(config, member);
	if (!option)
		return unknown_key(config, member);
	if (option->line_only)
		return yaml_fail(config->name, member, config->err,
		    "'%s' is for the command line alone", option->name);
	return set_option(config, option, member);
}

/* The components come first: their names are scopes wherever else in the file. */
static bool
apply_all(struct config *config, const struct yaml *root)
{
	if (!root)
		return true;
	if (root->kind != YAML_MAP)
		return yaml_fail(config->name, root, config->err,
		    "%s where a map of options is meant", yaml_kind_name(root->kind));
	for (const struct yaml *member = root->first; member; member = member->next)
		if (str_equal(member->key->text, STR("components")) && !apply(config, member))
			return false;
	for (const struct yaml *member = root->first; member; member = member->next)
		if (!str_equal(member->key->text, STR("components")) && !apply(config, member))
			return false;
	return true;
}

char *
config_base(const struct settings *line, const char *root)
{
	char *here = realpath(".", NULL);
	size_t length = strlen(root);
	struct strbuf base = {0};
	bool above = here && strncmp(here, root, length) == 0;

	if (above && !here[length]) {
		strbuf_add_string(&base, "");
	} else if (above && (here[length] == '/' || !strcmp(root, "/"))) {
		strbuf_add_string(&base, "../");
		for (const char *s = here + length + strspn(here + length, "/");
		     (s = strchr(s, '/')); s++)
			strbuf_add_string(&base, "../");
	} else {
		strbuf_addf(&base, "%s/", line->root ? line->root : root);
	}
	free(here);
	return base.s ? strbuf_take(&base) : mem_string("", 0);
}

static bool
read_file(struct config *config, const char *path, struct error *err)
{
	struct yaml *root;
	char *bytes;
	size_t length;
	bool good;

	if (!input_slurp(path, LIMIT_CONFIG_BYTES, &bytes, &length, err)) {
		err->code = ERROR_USAGE;
		error_prefix(err, "configuration: ");
		return false;
	}
	good =
	    yaml_parse(path, (struct str){bytes, length}, &config->settings->arena, &root, err) &&
	    apply_all(config, root);
	free(bytes);
	return good;
}

bool
config_load(
    struct settings *settings, const struct settings *line, const char *root, struct error *err)
{
	char *base = config_base(line, root);
	struct config config = {.base = base, .settings = settings, .err = err};
	struct strbuf path = {0};
	bool good = true;

	strbuf_addf(&path, "%s%s", base, CONFIG_NAME);
	config.name = line->config ? line->config : strbuf_string(&path);
	if (line->config || access(config.name, F_OK) == 0)
		good = read_file(&config, config.name, err);
	strbuf_clear(&path);
	free(base);
	return good;
}
