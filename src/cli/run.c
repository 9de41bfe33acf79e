/* From the command line to an exit status. */
#include "cli/run.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/pool.h"
#include "cli/changes.h"
#include "cli/config.h"
#include "cli/earlier.h"
#include "cli/explain.h"
#include "cli/gather.h"
#include "cli/init.h"
#include "cli/options.h"
#include "cli/outputs.h"
#include "cli/publishing.h"
#include "cli/tell.h"
#include "judge/gate.h"
#include "judge/measure.h"
#include "judge/patch.h"
#include "merge/sources.h"
#include "model/order.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Everything that a run owns on its way. */
struct corridor {
	struct settings settings;
	struct rules rules;
	char *needs;
	char *root;
	struct tree *tree;
	struct path_settings paths;
	struct reading reading;
	uint64_t epoch;		/* SOURCE_DATE_EPOCH */
	bool has_epoch;
	unsigned threads;
	struct inputs inputs;
	struct changes changes;
	struct report report;
	struct str *failed_names;
	struct run_facts facts;
	struct result result;
	struct earlier earlier;
	struct publishing publishing;
};

/* The text of --needs, checked for what would hide a part of it. */
static bool
load_needs(struct corridor *c, struct error *err)
{
	size_t length;

	if (!c->settings.needs)
		return true;
	if (!input_slurp(c->settings.needs, LIMIT_CONFIG_BYTES, &c->needs, &length, err)) {
		err->code = ERROR_USAGE;
		error_prefix(err, "--needs: ");
		return false;
	}
	if (strlen(c->needs) != length)
		return fail(err, ERROR_USAGE, "--needs: a NUL character in '%s'", c->settings.needs);
	return true;
}

static bool
load_epoch(struct corridor *c, struct error *err)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");

	c->has_epoch = text && *text;
	if (c->has_epoch && number_u64(str_of(text), &c->epoch) != NUMBER_OK)
		return fail(err, ERROR_USAGE, "SOURCE_DATE_EPOCH is no number of seconds: '%s'", text);
	return true;
}

static struct rules
rules_of(const struct corridor *c)
{
	const struct settings *s = &c->settings;

	return (struct rules){
	    .fail_under = s->fail_unders.items,
	    .fail_under_count = s->fail_unders.count,
	    .required_stages = s->required_stages.items,
	    .required_stage_count = s->required_stages.count,
	    .components = s->components.items,
	    .component_count = s->components.count,
	    .stage_order = s->stage_order.items,
	    .stage_order_count = s->stage_order.count,
	    .min_tests = s->min_tests.items,
	    .min_tests_count = s->min_tests.count,
	    .max_failures = s->max_failures,
	    .max_skipped = s->max_skipped,
	    .max_flaky = s->max_flaky,
	    .duplicates = s->duplicates.items,
	    .duplicate_count = s->duplicates.count,
	    .slow_test = s->slow_test,
	    .max_drops = s->max_drops.items,
	    .max_drop_count = s->max_drops.count,
	    .stage_exits = s->stage_exits.items,
	    .stage_exit_count = s->stage_exits.count,
	    .needs = c->needs,
	    .needs_skipped_ok = s->needs_skipped_ok,
	    .untracked_changes = s->untracked_changes,
	    .strict = s->strict,
	    .allow_empty = s->allow_empty,
	};
}

/* --root, or the work tree around here. */
static bool
find_root(struct corridor *c, struct error *err)
{
	const char *root = c->settings.root;

	if (!root)
		return tree_root(".", &c->root, err);
	c->root = realpath(root, NULL);
	return c->root || fail_errno(err, ERROR_USAGE, errno, "--root: cannot use '%s'", root);
}

/* All that can be wrong with the command line, before a report is read. */
static bool
prepare(struct corridor *c, struct error *err)
{
	struct publish_options *publish = &c->settings.publish;
	const struct changes_from from = {
	    &c->settings, c->root, &c->publishing, &c->inputs.audit};

	if (!publish->dry_run && !c->settings.explain)
		publishers_narrow(&publish->set, publish->configured);
	if (!outputs_check(&c->settings, err) || !load_epoch(c, err))
		return false;
	if (!inputs_check(&c->settings, err) || !load_needs(c, err) ||
	    !earlier_check(&c->earlier, &c->settings, err))
		return false;
	c->rules = rules_of(c);
	c->threads = c->settings.jobs ? c->settings.jobs : pool_processors();
	return judge_check(&c->rules, err) &&
	    publishing_begin(&c->publishing, &c->settings, err) &&
	    inputs_expand(&c->inputs, &c->settings, err) &&
	    changes_load(&c->changes, &from, err);
}

static void
list_tree(struct corridor *c)
{
	char why[256] = "";
	struct error err;

	if (!tree_open(c->root, &c->tree, why, sizeof(why), &err)) {
		snprintf(why, sizeof(why), "%.255s", err.message);
		c->tree = tree_of(NULL, 0);
	}
	if (!*why)
		return;
	audit_begin(&c->inputs.audit, STR(""));
	audit_add(&c->inputs.audit, AUDIT_NOTE, 0, "tree-not-from-git", "%s", why);
	audit_end(&c->inputs.audit);
}

static void
read_all(struct corridor *c)
{
	c->paths = (struct path_settings){
	    .root = str_of(c->root),
	    .rules = c->settings.path_rules.items,
	    .rule_count = c->settings.path_rules.count,
	    .sources = c->settings.sources.items,
	    .source_count = c->settings.sources.count,
	};
	c->reading = (struct reading){&c->settings, &c->paths,
	    outputs_pack(&c->settings) || c->settings.history};
	list_tree(c);
	c->paths.tree = c->tree;
	if (c->settings.action != ACTION_INIT) {
		inputs_drop_replaced(&c->inputs);
		inputs_drop_duplicates(&c->inputs);
	}
	gather(&c->inputs, &c->reading, c->threads, &c->report);
	sources_check(&c->report, c->tree, c->paths.root, c->threads);
	report_settle(&c->report);
	if (c->reading.digests || c->settings.explain)
		report_order(&c->report);
}

static int
name_compare(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* They come from the sources, so that snapshots carry them. */
static void
collect_facts(struct corridor *c)
{
	const struct report *report = &c->report;
	struct run_facts *facts = &c->facts;

	c->failed_names = mem_zalloc(report->source_count + 1, sizeof(*c->failed_names));
	for (size_t i = 0; i < report->source_count; i++) {
		const struct source *source = &report->sources[i];

		facts->tests_seen |= source->kind == SOURCE_TESTS;
		if (source->state != SOURCE_OK)
			c->failed_names[facts->inputs_failed++] = strpool_get(&report->strings, source->name);
	}
	if (c->earlier.broken)
		c->failed_names[facts->inputs_failed++] = str_of(c->settings.baseline);
	if (facts->inputs_failed)
		qsort(c->failed_names, facts->inputs_failed, sizeof(*c->failed_names), name_compare);
	facts->failed_names = c->failed_names;
	facts->failed_name_count = facts->inputs_failed;
}

/* The newest report's time, unless the environment sets one. */
static uint64_t
timestamp_of(const struct corridor *c)
{
	uint64_t newest = 0;

	for (size_t i = 0; i < c->report.source_count; i++)
		if (c->report.sources[i].timestamp > newest)
			newest = c->report.sources[i].timestamp;
	return c->has_epoch ? c->epoch : newest;
}

static bool
judge_all(struct corridor *c, struct error *err)
{
	struct change_given given = changes_given(&c->changes, &c->settings);

	earlier_read(&c->earlier, &c->settings, &c->report.audit);
	collect_facts(c);
	measure(&c->report, &c->rules, &c->result);
	patch_measure(&given, &c->rules, &c->result);
	measure_tests(&c->rules, &c->result, &c->report.audit);
	c->result.timestamp = timestamp_of(c);
	c->result.green = c->settings.colours.green;
	c->result.orange = c->settings.colours.orange;
	earlier_quarantine(&c->earlier, &c->settings, &c->result, &c->report.audit);
	earlier_compare(&c->earlier, &c->rules, c->tree, &c->result);
	judge_notes(&c->rules, &c->result, &c->report.audit);
	audit_sort(&c->report.audit);
	return judge(&c->rules, &c->facts, &c->result, err);
}

/* --explain instead of outputs. */
static enum status
explain_it(struct corridor *c, struct error *err)
{
	struct explaining explaining = {&c->reading, &c->inputs, &c->rules, &c->result, NULL, 0};

	if (!explain(&explaining, str_of(c->settings.explain), err))
		return err->code == ERROR_OUTPUT ? STATUS_OUTPUT : STATUS_USAGE;
	return c->facts.inputs_failed ? STATUS_INPUT : STATUS_PASS;
}

/* The first that applies of 2, 3, 4, 1, 0. */
static enum status
walk(struct corridor *c, struct error *err)
{
	bool written, published;

	if (!prepare(c, err))
		return STATUS_USAGE;
	read_all(c);
	tell_failures(&c->inputs);
	if (!judge_all(c, err))
		return STATUS_USAGE;
	if (c->settings.explain)
		return explain_it(c, err);
	earlier_remember(&c->earlier, &c->settings, c->root, &c->result);
	written = outputs_write(&c->settings, str_of(c->root), &c->result);
	published = publishing_run(&c->publishing, &c->settings, &c->result);
	if (c->facts.inputs_failed)
		return STATUS_INPUT;
	if (!written || !published)
		return STATUS_OUTPUT;
	return c->result.verdict == VERDICT_PASS ? STATUS_PASS : STATUS_FAIL;
}

/* --init: the reports that are found below the root, written down. */
static enum status
begin(struct corridor *c, struct error *err)
{
	if (c->settings.reports.count) {
		fail(err, ERROR_USAGE, "--init: reports are found, not named");
		return STATUS_USAGE;
	}
	if (!find_root(c, err))
		return STATUS_USAGE;
	if (chdir(c->root) < 0) {
		fail_errno(err, ERROR_USAGE, errno, "cannot use '%s'", c->root);
		return STATUS_USAGE;
	}
	if (access(CONFIG_NAME, F_OK) == 0) {
		fail(err, ERROR_USAGE, "--init: there is a %s already", CONFIG_NAME);
		return STATUS_USAGE;
	}
	if (!prepare(c, err))
		return STATUS_USAGE;
	read_all(c);
	tell_failures(&c->inputs);
	return init_write(&c->inputs, &c->report, err) ? STATUS_PASS : STATUS_OUTPUT;
}

static void
corridor_release(struct corridor *c)
{
	earlier_release(&c->earlier);
	result_clear(&c->result);
	report_clear(&c->report);
	inputs_release(&c->inputs);
	changes_release(&c->changes);
	tree_free(c->tree);
	settings_release(&c->settings);
	publishing_release(&c->publishing);
	free(c->failed_names);
	free(c->needs);
	free(c->root);
}

static enum log_level
log_level_of(const struct settings *settings)
{
	return settings->quiet ? LOG_QUIET : settings->verbose ? LOG_VERBOSE : LOG_NORMAL;
}

/* What the configuration says, and the command line over it. */
static bool
load_settings(struct corridor *c, int argc, char *const *argv, struct error *err)
{
	struct settings line;
	bool good;

	if (!options_parse(&c->settings, argc, argv, err))
		return false;
	if (c->settings.action != ACTION_RUN || c->settings.completion)
		return true;
	if (!find_root(c, err))
		return false;
	line = c->settings;
	settings_init(&c->settings);
	good = config_load(&c->settings, &line, c->root, err);
	c->settings.quiet = c->settings.quiet && !line.verbose;
	c->settings.verbose = c->settings.verbose && !line.quiet;
	good = good && options_parse(&c->settings, argc, argv, err);
	c->settings.publish.configured = c->settings.publish.set & ~line.publish.set;
	settings_release(&line);
	return good;
}

static enum status
answer(struct corridor *c, struct error *err)
{
	if (c->settings.completion)
		return tell_completion(c->settings.completion, err);
	if (c->settings.action == ACTION_INIT)
		return begin(c, err);
	return c->settings.action == ACTION_RUN ? walk(c, err) : tell_about(c->settings.action, err);
}

enum status
run(int argc, char *const *argv)
{
	struct corridor c = {0};
	struct error err = {0};
	enum status status = STATUS_USAGE;

	settings_init(&c.settings);
	if (load_settings(&c, argc, argv, &err)) {
		log_set_level(log_level_of(&c.settings));
		status = answer(&c, &err);
	}
	if (err.code)
		log_error("%s", err.message);
	corridor_release(&c);
	return status;
}
