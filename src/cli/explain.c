/* What --explain asks about, and its tests. */
#include "cli/explain.h"

#include "base/number.h"
#include "base/suggest.h"
#include "cli/label.h"
#include "merge/path_text.h"
#include "render/escape.h"

#include <inttypes.h>
#include <stdlib.h>

#define NANOSECONDS 1000000000

void
explain_quote(struct output *out, struct str text)
{
	struct strbuf safe = {0};

	escape_terminal(&safe, text);
	output_addf(out, "'%s'", strbuf_string(&safe));
	strbuf_clear(&safe);
}

void
explain_lane(struct output *out, const struct report *report, uint32_t lane)
{
	struct strbuf safe = {0};
	struct str cell = report_cell(report, lane);

	escape_terminal(&safe, report_stage(report, report->lanes.lanes[lane].stage));
	if (cell.length) {
		strbuf_add_char(&safe, '/');
		escape_terminal(&safe, cell);
	}
	output_add_str(out, strbuf_str(&safe));
	strbuf_clear(&safe);
}

static void
tell_time(struct output *out, int64_t time)
{
	if (time == TEST_TIME_UNKNOWN)
		output_add_string(out, "time unknown");
	else
		output_addf(out, "%" PRId64 ".%03" PRId64 " s", time / NANOSECONDS,
		    time % NANOSECONDS / 1000000);
}

static void
tell_case(const struct explaining *e, const struct outcome_case *one)
{
	const struct report *report = e->result->report;
	struct str reason = outcome_reason(&e->result->outcome, one->row);

	output_add_string(e->out, "    ");
	explain_quote(e->out, strpool_get(&report->strings, one->report->name));
	output_addf(e->out, ": %s, ", test_status_name((enum test_status)one->row->status));
	tell_time(e->out, one->row->time);
	if (tests_attempts(&report->tests, one->row) > 1)
		output_addf(e->out, ", %u attempts", tests_attempts(&report->tests, one->row));
	if (one->row->flaky)
		output_add_string(e->out, ", marked flaky");
	if (one->row->synthetic)
		output_add_string(e->out, ", the result of its suite");
	if (one->replaced)
		output_addf(e->out, ", attempt %u, replaced by a later one of the cell",
		    one->report->attempt);
	output_add_string(e->out, "\n");
	if (!reason.length)
		return;
	output_add_string(e->out, "      ");
	explain_quote(e->out, reason);
	output_add_string(e->out, "\n");
}

static const char *
way_of(const struct outcome *outcome, const struct outcome_run *run)
{
	uint32_t stage = outcome->report->lanes.lanes[run->lane].stage;

	if (run->end - run->first == 1)
		return "its one case";
	return outcome->modes[stage] == DUPLICATE_RETRY ?
	    "the last of its cases (--on-duplicate retry)" :
	    "the worst of its cases";
}

static void
tell_run(const struct explaining *e, const struct outcome_run *run)
{
	struct outcome_case one;

	output_add_string(e->out, "  in ");
	explain_lane(e->out, e->result->report, run->lane);
	output_addf(e->out, ": %s%s, by %s\n", test_status_name(run->status),
	    run->flaky ? " and flaky" : "", way_of(&e->result->outcome, run));
	for (size_t i = 0; outcome_run_case(&e->result->outcome, run, i, &one); i++)
		tell_case(e, &one);
}

void
explain_test(const struct explaining *e, test_id id)
{
	const struct outcome *outcome = &e->result->outcome;
	struct outcome_run run = {0};
	struct outcome_test test;

	outcome_test(outcome, id, &test);
	output_add_string(e->out, "test ");
	explain_quote(e->out, test.name);
	output_add_string(e->out, " of ");
	explain_quote(e->out, test.container);
	if (test.repeat > 1)
		output_addf(e->out, ", #%u of that name", test.repeat);
	output_add_string(e->out, " in stage ");
	explain_quote(e->out, report_stage(e->result->report, test.stage));
	output_addf(e->out, ": %s%s, %" PRIu64 " run%s", test_status_name(test.status),
	    test.flaky ? " and flaky" : "", test.runs, test.runs == 1 ? "" : "s");
	output_add_string(e->out, test.runs > 1 ? ", the worst of which decides\n" : "\n");
	while (outcome_next_run(outcome, id, &run))
		tell_run(e, &run);
	output_addf(e->out, "  counted by: max-failures%s%s\n",
	    e->rules->max_skipped.given ? ", max-skipped" : "",
	    e->rules->max_flaky.given ? ", max-flaky" : "");
}

/* A test is asked for by its name, alone or behind its container. */
static bool
is_called(const struct outcome_test *test, struct str what)
{
	static const char *const joins[] = {" > ", "::", ".", "#", NULL};
	struct str rest = {what.s + test->container.length, what.length - test->container.length};

	if (str_equal(test->name, what))
		return true;
	if (!test->container.length || !str_starts(what, test->container))
		return false;
	for (const char *const *join = joins; *join; join++)
		if (str_starts(rest, str_of(*join)) &&
		    str_equal((struct str){rest.s + strlen(*join), rest.length - strlen(*join)},
			test->name))
			return true;
	return false;
}

static size_t
explain_tests(const struct explaining *e, struct str what, struct suggestion *near)
{
	struct test_list all = outcome_all(&e->result->outcome);
	size_t told = 0;

	for (size_t i = 0; i < all.count; i++) {
		struct outcome_test test;

		outcome_test(&e->result->outcome, all.ids[i], &test);
		suggest_offer(near, test.name);
		if (!is_called(&test, what))
			continue;
		if (told++)
			output_add_string(e->out, "\n");
		explain_test(e, all.ids[i]);
	}
	free(all.ids);
	return told;
}

/* The file of this path, or the only one whose path ends in it. */
static const struct file *
find_file(const struct report *report, struct str what)
{
	const struct file *found = NULL;
	struct strbuf path = {0};
	size_t count = 0;

	path_clean(what, &path);
	found = report_find(report, strbuf_str(&path));
	for (size_t i = 0; !found && i < report->file_count && count < 2; i++) {
		struct str end =
		    path_end(report_path(report, &report->files[i]), path_parts(strbuf_str(&path)));

		count += str_equal(end, strbuf_str(&path));
	}
	for (size_t i = 0; !found && count == 1 && i < report->file_count; i++)
		if (str_equal(path_end(report_path(report, &report->files[i]),
				  path_parts(strbuf_str(&path))),
			strbuf_str(&path)))
			found = &report->files[i];
	strbuf_clear(&path);
	return found;
}

/* PATH or PATH:LINE; a path may hold a ':' of its own. */
static const struct file *
find_place(struct explaining *e, struct str what)
{
	const struct file *file = find_file(e->result->report, what);
	struct str path, number;
	uint64_t line;

	if (file || !split_last(what, ':', &path, &number) ||
	    number_u64(number, &line) != NUMBER_OK || !line || line > LIMIT_LINE_NUMBER)
		return file;
	e->line = (uint32_t)line;
	return find_file(e->result->report, path);
}

bool
explain(struct explaining *e, struct str what, struct error *err)
{
	const struct file *file = find_place(e, what);
	char hint[SUGGEST_TEXT];
	struct suggestion near;
	size_t told;

	suggest_begin(&near, what);
	for (size_t i = 0; i < e->result->file_count; i++)
		suggest_offer(&near, e->result->files[i].path);
	if (!output_open("-", &e->out, err))
		return false;
	if (file)
		explain_file(e, file);
	told = explain_tests(e, what, &near);
	if (!output_commit(e->out, err))
		return false;
	if (file || told)
		return true;
	if (!filter_keeps(e->reading->settings->filter, what))
		return fail(err, ERROR_USAGE,
		    "--explain: '%s' is left out by --include or --exclude", what.s);
	return fail(err, ERROR_USAGE, "--explain: no report knows a file or test '%s'%s", what.s,
	    suggest_text(&near, "", hint));
}
