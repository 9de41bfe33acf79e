/* One strict parser per type of option value. */
#include "cli/values.h"

#include "base/mem.h"
#include "base/number.h"
#include "base/suggest.h"
#include "cli/label.h"
#include "cli/outputs.h"
#include "cli/settings.h"
#include "judge/measure.h"
#include "read/reader.h"

#define NANOSECONDS 1000000000u

enum { JOBS_MOST = 1024, SECONDS_MOST = 1000000000 };

/* Room for one more in a list; the new element's place. */
#define LIST_ADD(list) (*(MEM_GROW((list)->items, (list)->capacity, (list)->count + 1), \
	&(list)->items[(list)->count++]))

typedef bool value_setter(void *target, struct str value, struct error *err);

static bool
set_text(void *target, struct str value, struct error *err)
{
	if (!value.length)
		return fail(err, ERROR_USAGE, "the value is empty");
	*(const char **)target = value.s;
	return true;
}

static bool
set_texts(void *target, struct str value, struct error *err)
{
	struct strs *texts = target;

	if (!value.length)
		return fail(err, ERROR_USAGE, "the value is empty");
	LIST_ADD(texts) = value;
	return true;
}

static bool
has_text(const struct strs *texts, struct str text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (str_equal(texts->items[i], text))
			return true;
	return false;
}

/* A name given again says nothing new. */
static bool
set_names(void *target, struct str value, struct error *err)
{
	struct str name, rest = value;
	bool more;

	do {
		more = split_first(rest, ',', &name, &rest);
		name = str_trim(more ? name : rest);
		if (!name.length)
			return fail(err, ERROR_USAGE, "an empty name in the list");
		if (!has_text(target, name) && !set_texts(target, name, err))
			return false;
	} while (more);
	return true;
}

static bool
set_format(void *target, struct str value, struct error *err)
{
	const struct reader **format = target;
	char hint[SUGGEST_TEXT];
	struct suggestion near;

	*format = reader_find(value);
	if (*format)
		return true;
	suggest_begin(&near, value);
	for (size_t i = 0; readers[i]; i++)
		suggest_offer(&near, str_of(readers[i]->name));
	return fail(err, ERROR_USAGE, "unknown format '%s'%s", value.s, suggest_text(&near, "", hint));
}

static bool
set_strip(void *target, struct str value, struct error *err)
{
	struct path_rules *rules = target;

	if (!value.length)
		return fail(err, ERROR_USAGE, "the prefix is empty");
	LIST_ADD(rules) = (struct path_rule){.from = value, .to = STR(""), .strip = true};
	return true;
}

static bool
set_map(void *target, struct str value, struct error *err)
{
	struct path_rules *rules = target;
	struct path_rule rule = {0};

	if (!split_first(value, '=', &rule.from, &rule.to) || !rule.from.length)
		return fail(err, ERROR_USAGE, "'%s' is not FROM=TO", value.s);
	LIST_ADD(rules) = rule;
	return true;
}

static bool
set_include(void *target, struct str value, struct error *err)
{
	return filter_add(*(struct filter **)target, true, value, err);
}

static bool
set_exclude(void *target, struct str value, struct error *err)
{
	return filter_add(*(struct filter **)target, false, value, err);
}

static bool
parse_metric(struct str name, enum metric *out, struct error *err)
{
	char hint[SUGGEST_TEXT];
	struct suggestion near;

	if (metric_find(name, out))
		return true;
	suggest_begin(&near, name);
	for (int metric = 0; metric < METRICS; metric++)
		suggest_offer(&near, str_of(metric_name((enum metric)metric)));
	return fail(err, ERROR_USAGE, "unknown metric '%.*s'%s", (int)name.length, name.s,
	    near.best.length ? suggest_text(&near, "", hint)
			     : "; a scope stands before, with ':' behind it");
}

static bool
parse_percent(struct str text, struct decimal *out, struct error *err)
{
	if (decimal_parse(text, 100, out))
		return true;
	return fail(err, ERROR_USAGE, "'%.*s' is no percentage from 0 to 100 (of at most %d decimal places)",
	    (int)text.length, text.s, DECIMAL_PLACES);
}

static bool
set_fail_under(void *target, struct str value, struct error *err)
{
	struct fail_unders *rules = target;
	struct fail_under rule = {.scope = STR(""), .metric = METRIC_LINES};
	struct str limit = value, metric;

	if (split_last(value, ':', &rule.scope, &limit) && !rule.scope.length)
		return fail(err, ERROR_USAGE, "no scope before ':' in '%s'", value.s);
	if (split_first(limit, '=', &metric, &limit) && !parse_metric(metric, &rule.metric, err))
		return false;
	if (!parse_percent(limit, &rule.limit, err))
		return false;
	LIST_ADD(rules) = rule;
	return true;
}

/* A snapshot keeps no diff, so that no baseline has a patch. */
static bool
set_max_drop(void *target, struct str value, struct error *err)
{
	struct max_drops *rules = target;
	struct max_drop rule = {.metric = METRIC_LINES};
	struct str limit = value, metric;

	if (split_first(value, '=', &metric, &limit) && !parse_metric(metric, &rule.metric, err))
		return false;
	if (rule.metric == METRIC_PATCH)
		return fail(err, ERROR_USAGE, "no baseline has a 'patch' to compare with");
	if (!parse_percent(limit, &rule.limit, err))
		return false;
	LIST_ADD(rules) = rule;
	return true;
}

static bool
parse_count(struct str text, uint64_t most, uint64_t *out, struct error *err)
{
	uint64_t count = 0;

	if (number_u64(text, &count) != NUMBER_OK || count > most)
		return fail(err, ERROR_USAGE, "'%.*s' is no number from 0 to %llu", (int)text.length, text.s,
		    (unsigned long long)most);
	*out = count;
	return true;
}

static bool
set_limit(void *target, struct str value, struct error *err)
{
	struct count_rule *rule = target;

	if (!parse_count(value, INT64_MAX, &rule->limit, err))
		return false;
	rule->given = true;
	return true;
}

static bool
set_count(void *target, struct str value, struct error *err)
{
	uint64_t count;

	if (!parse_count(value, INT64_MAX, &count, err))
		return false;
	if (!count)
		return fail(err, ERROR_USAGE, "at least one is needed");
	*(uint64_t *)target = count;
	return true;
}

/* Parts [STAGE:]VALUE; without a stage it is empty. */
static bool
split_stage(struct str text, struct str *stage, struct str *rest, struct error *err)
{
	struct str cell;

	*stage = STR("");
	*rest = text;
	if (!split_last(text, ':', stage, rest))
		return true;
	if (label_parse(*stage, stage, &cell) && !cell.length)
		return true;
	return fail(err, ERROR_USAGE, "'%.*s' is no name of a stage", (int)stage->length, stage->s);
}

static bool
set_stage_count(void *target, struct str value, struct error *err)
{
	struct count_rules *rules = target;
	struct count_rule rule = {.given = true};
	struct str count;

	if (!split_stage(value, &rule.stage, &count, err) || !parse_count(count, INT64_MAX, &rule.limit, err))
		return false;
	LIST_ADD(rules) = rule;
	return true;
}

/* ERROR_USAGE with all words of a list that ends with NULL. */
static bool
unknown_word(struct str word, const char *const *words, struct error *err)
{
	struct strbuf known = {0};

	for (size_t i = 0; words[i]; i++)
		strbuf_addf(&known, "%s%s", !i ? "" : words[i + 1] ? ", " : " or ", words[i]);
	fail(err, ERROR_USAGE, "unknown value '%.*s'; it may be %s", (int)word.length, word.s,
	    strbuf_string(&known));
	strbuf_clear(&known);
	return false;
}

/* The index of a word in a list that ends with NULL. */
static bool
parse_word(struct str word, const char *const *words, int *out, struct error *err)
{
	for (int i = 0; words[i]; i++)
		if (str_equal(word, str_of(words[i]))) {
			*out = i;
			return true;
		}
	return unknown_word(word, words, err);
}

static const char *const duplicate_words[] = {"separate", "worst", "retry", NULL};
static const char *const untracked_words[] = {"warn", "ignore", "fail", NULL};
static const char *const colour_words[] = {"auto", "always", "never", NULL};
static const char *const shell_words[] = {"bash", "zsh", "fish", NULL};
static const char *const comment_words[] = {"always", "changes", "failures", NULL};

static bool
set_duplicates(void *target, struct str value, struct error *err)
{
	struct duplicates_rules *rules = target;
	struct duplicate_rule rule = {0};
	struct str word;
	int mode;

	if (!split_stage(value, &rule.stage, &word, err) || !parse_word(word, duplicate_words, &mode, err))
		return false;
	rule.mode = (enum duplicate_mode)mode;
	LIST_ADD(rules) = rule;
	return true;
}

/* Shells know 0 to 255; on Windows any 32 bits, with a sign or without. */
static bool
parse_exit(struct str text, int64_t *code, struct error *err)
{
	bool negative = str_starts(text, STR("-"));
	uint64_t number = 0;

	text = (struct str){text.s + negative, text.length - negative};
	if (!parse_count(text, UINT32_MAX, &number, err))
		return false;
	*code = negative ? -(int64_t)number : (int64_t)number;
	return true;
}

static bool
set_stage_exit(void *target, struct str value, struct error *err)
{
	struct stage_exits *exits = target;
	struct stage_exit rule = {0};
	struct str label, code;

	if (!split_last(value, '=', &label, &code))
		return fail(err, ERROR_USAGE, "'%s' is not STAGE[/CELL]=CODE", value.s);
	if (!label_parse(label, &rule.stage, &rule.cell))
		return fail(err, ERROR_USAGE, "'%.*s' is no STAGE[/CELL]", (int)label.length, label.s);
	if (!parse_exit(code, &rule.code, err))
		return false;
	rule.has_cell = rule.cell.length > 0;
	LIST_ADD(exits) = rule;
	return true;
}

static bool
set_output(void *target, struct str value, struct error *err)
{
	struct output_requests *outputs = target;
	struct output_request request;

	if (!output_request_parse(value, &request, err))
		return false;
	LIST_ADD(outputs) = request;
	return true;
}

static bool
set_jobs(void *target, struct str value, struct error *err)
{
	uint64_t jobs;

	if (!parse_count(value, JOBS_MOST, &jobs, err))
		return false;
	if (!jobs)
		return fail(err, ERROR_USAGE, "at least one thread is needed");
	*(unsigned *)target = (unsigned)jobs;
	return true;
}

static bool
set_untracked(void *target, struct str value, struct error *err)
{
	int mode;

	if (!parse_word(value, untracked_words, &mode, err))
		return false;
	*(enum untracked_changes *)target = (enum untracked_changes)mode;
	return true;
}

static bool
set_colour(void *target, struct str value, struct error *err)
{
	int when;

	if (!parse_word(value, colour_words, &when, err))
		return false;
	*(enum colour_when *)target = (enum colour_when)when;
	return true;
}

/* "5", "0.25", "5s", "500ms". */
static bool
set_seconds(void *target, struct str value, struct error *err)
{
	bool milli = str_ends(value, STR("ms"));
	struct str digits = value;
	struct decimal seconds;
	__extension__ __int128 nanoseconds;

	if (milli || str_ends(digits, STR("s")))
		digits.length -= milli ? 2 : 1;
	if (!digits.length || digits.s[digits.length - 1] == '%' || !decimal_parse(digits, SECONDS_MOST, &seconds))
		return fail(err, ERROR_USAGE, "'%s' is no number of seconds", value.s);
	nanoseconds = seconds.units * (milli ? NANOSECONDS / 1000 : NANOSECONDS);
	for (unsigned i = 0; i < seconds.places; i++)
		nanoseconds /= 10;
	*(uint64_t *)target = (uint64_t)nanoseconds;
	return true;
}

/* Whether a <= b. */
static bool
decimal_at_most(const struct decimal *a, const struct decimal *b)
{
	__extension__ __int128 left = a->units, right = b->units;

	for (unsigned i = a->places; i < b->places; i++)
		left *= 10;
	for (unsigned i = b->places; i < a->places; i++)
		right *= 10;
	return left <= right;
}

static bool
set_colours(void *target, struct str value, struct error *err)
{
	struct colours *colours = target;
	struct colours parsed;
	struct str green, orange;

	if (!split_first(value, ',', &green, &orange))
		return fail(err, ERROR_USAGE, "'%s' is not GREEN,ORANGE", value.s);
	if (!parse_percent(green, &parsed.green, err) || !parse_percent(orange, &parsed.orange, err))
		return false;
	if (!decimal_at_most(&parsed.orange, &parsed.green))
		return fail(err, ERROR_USAGE, "green begins below orange in '%s'", value.s);
	*colours = parsed;
	return true;
}

static bool
set_shell(void *target, struct str value, struct error *err)
{
	int shell;

	if (!parse_word(value, shell_words, &shell, err))
		return false;
	*(enum shell *)target = (enum shell)(shell + 1);
	return true;
}

static bool
set_publish(void *target, struct str value, struct error *err)
{
	return publishers_parse(value, target, err);
}

static bool
set_pull(void *target, struct str value, struct error *err)
{
	uint64_t number;

	if (!parse_count(value, INT64_MAX, &number, err))
		return false;
	if (!number)
		return fail(err, ERROR_USAGE, "there is no pull request 0");
	*(uint64_t *)target = number;
	return true;
}

static bool
set_sha(void *target, struct str value, struct error *err)
{
	if (!is_sha(value))
		return fail(err, ERROR_USAGE, "'%s' is no whole commit id", value.s);
	*(const char **)target = value.s;
	return true;
}

static bool
set_repository(void *target, struct str value, struct error *err)
{
	if (!is_repository(value))
		return fail(err, ERROR_USAGE, "'%s' is no OWNER/NAME", value.s);
	*(const char **)target = value.s;
	return true;
}

static bool
set_comment_when(void *target, struct str value, struct error *err)
{
	int when;

	if (!parse_word(value, comment_words, &when, err))
		return false;
	*(enum comment_when *)target = (enum comment_when)when;
	return true;
}

static const struct {
	value_setter *set;
	bool list;
	char pair_sign;
	const char *const *words;
} types[VALUE_TYPES] = {
    [VALUE_TEXT] = {set_text, false, '\0', NULL},
    [VALUE_PATH] = {set_text, false, '\0', NULL},
    [VALUE_TEXTS] = {set_texts, true, '\0', NULL},
    [VALUE_NAMES] = {set_names, true, '\0', NULL},
    [VALUE_FORMAT] = {set_format, false, '\0', NULL},
    [VALUE_STRIP] = {set_strip, true, '\0', NULL},
    [VALUE_MAP] = {set_map, true, '=', NULL},
    [VALUE_INCLUDE] = {set_include, true, '\0', NULL},
    [VALUE_EXCLUDE] = {set_exclude, true, '\0', NULL},
    [VALUE_FAIL_UNDER] = {set_fail_under, true, '\0', NULL},
    [VALUE_UNTRACKED] = {set_untracked, false, '\0', untracked_words},
    [VALUE_MAX_DROP] = {set_max_drop, true, '=', NULL},
    [VALUE_COUNT] = {set_count, false, '\0', NULL},
    [VALUE_LIMIT] = {set_limit, false, '\0', NULL},
    [VALUE_STAGE_COUNT] = {set_stage_count, true, ':', NULL},
    [VALUE_DUPLICATES] = {set_duplicates, true, ':', duplicate_words},
    [VALUE_STAGE_EXIT] = {set_stage_exit, true, '=', NULL},
    [VALUE_OUTPUT] = {set_output, true, '\0', NULL},
    [VALUE_JOBS] = {set_jobs, false, '\0', NULL},
    [VALUE_COLOUR] = {set_colour, false, '\0', colour_words},
    [VALUE_SECONDS] = {set_seconds, false, '\0', NULL},
    [VALUE_COLOURS] = {set_colours, false, '\0', NULL},
    [VALUE_SHELL] = {set_shell, false, '\0', shell_words},
    [VALUE_PUBLISH] = {set_publish, true, '\0', NULL},
    [VALUE_PULL] = {set_pull, false, '\0', NULL},
    [VALUE_SHA] = {set_sha, false, '\0', NULL},
    [VALUE_REPOSITORY] = {set_repository, false, '\0', NULL},
    [VALUE_COMMENT_WHEN] = {set_comment_when, false, '\0', comment_words},
};

bool
value_is_list(enum value_type type)
{
	return types[type].list;
}

char
value_pair_sign(enum value_type type)
{
	return types[type].pair_sign;
}

const char *const *
value_words(enum value_type type)
{
	return types[type].words;
}

bool
value_set(enum value_type type, void *target, struct str value, struct error *err)
{
	return types[type].set(target, value, err);
}
