/* The baseline, the history and the quarantine of a run. */
#include "cli/earlier.h"

#include "base/git.h"
#include "base/limits.h"
#include "base/log.h"
#include "cli/reading.h"
#include "judge/compare.h"
#include "judge/history.h"
#include "judge/quarantine.h"
#include "publish/environment.h"
#include "read/result_json.h"
#include "read/snapshot.h"

#include <stdlib.h>

bool
earlier_check(struct earlier *earlier, const struct settings *settings, struct error *err)
{
	const char *name = settings->quarantine;
	size_t length;
	char *text;
	bool good;

	if (!name)
		return true;
	if (!input_slurp(name, LIMIT_CONFIG_BYTES, &text, &length, err)) {
		err->code = ERROR_USAGE;
		error_prefix(err, "--quarantine: ");
		return false;
	}
	good = quarantine_parse(name, (struct str){text, length}, &earlier->quarantine, err);
	free(text);
	return good;
}

/* ---- the baseline ---- */

static bool
read_json(const char *name, struct base *base, struct error *err)
{
	size_t length;
	char *text;
	bool good;

	if (!input_slurp(name, LIMIT_RESULT_BYTES, &text, &length, err))
		return false;
	good = result_json_read((struct str){text, length}, base, err);
	free(text);
	return good;
}

static bool
read_snapshot(
    struct input *input, const struct settings *settings, struct base *base, struct error *err)
{
	base->whole = reader_snapshot.snapshot(input, &base->report, err);
	if (base->whole)
		reading_filter(&base->report, settings->filter);
	return base->whole;
}

static bool
read_base(const struct settings *settings, struct base *base, struct error *err)
{
	const char *name = settings->baseline;
	struct input *input;
	struct str head;
	bool good;

	if (!input_open(name, &input, err))
		return false;
	good = input_peek(input, &head, err);
	if (good && reader_snapshot.bid(head))
		good = read_snapshot(input, settings, base, err);
	else if (good && result_json_bid(head))
		good = read_json(name, base, err);
	else if (good)
		good = fail(err, ERROR_FOREIGN,
		    "a baseline is a snapshot or a JSON result; this is neither");
	input_free(input);
	return good;
}

void
earlier_read(struct earlier *earlier, const struct settings *settings, struct audit *audit)
{
	struct error err = {0};

	if (!settings->baseline)
		return;
	earlier->broken = !read_base(settings, &earlier->base, &err);
	earlier->base.name = settings->baseline;
	if (!earlier->broken)
		return;
	log_error("%s: %s", settings->baseline, err.message);
	audit_begin(audit, str_of(settings->baseline));
	audit_add(audit, AUDIT_ERROR, err.line, "baseline-not-readable", "%s", err.message);
	audit_end(audit);
}

void
earlier_quarantine(struct earlier *earlier, const struct settings *settings, struct result *result,
    struct audit *audit)
{
	if (!settings->quarantine)
		return;
	quarantine_apply(settings->quarantine, result, &earlier->quarantine, audit);
	result->quarantine = &earlier->quarantine;
}

void
earlier_compare(struct earlier *earlier, const struct rules *rules, const struct tree *tree,
    struct result *result)
{
	struct compare_sources sources = {result->patch.diff, tree};

	if (!earlier->base.name || earlier->broken)
		return;
	compare_measure(rules, &earlier->base);
	compare(&earlier->base, &sources, result, &earlier->comparison);
	result->comparison = &earlier->comparison;
}

/* ---- the history ---- */

/* The commit at HEAD; "" where there is none. */
static void
find_head(const char *root, char sha[GIT_ID_TEXT])
{
	struct git *git;

	sha[0] = '\0';
	if (!git_is_root(root) || !git_open(root, &git, NULL))
		return;
	git_head(git, sha);
	git_free(git);
}

void
earlier_remember(struct earlier *earlier, const struct settings *settings, const char *root,
    struct result *result)
{
	struct history_settings history = {
	    settings->history, settings->publish.sha, settings->history_keep};
	const char *environment = getenv("GITHUB_SHA");
	char head[GIT_ID_TEXT];
	struct error err = {0};

	if (!settings->history)
		return;
	if (!*history.sha && environment && is_sha(str_of(environment)))
		history.sha = environment;
	if (!*history.sha) {
		find_head(root, head);
		history.sha = head;
	}
	if (history_update(&history, result, &earlier->history, &err))
		result->history = &earlier->history;
	else
		log_error("%s; the verdict does not depend on it", err.message);
}

void
earlier_release(struct earlier *earlier)
{
	comparison_clear(&earlier->comparison);
	base_clear(&earlier->base);
	quarantine_clear(&earlier->quarantine);
	history_clear(&earlier->history);
}
