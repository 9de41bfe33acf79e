/* Gate needs: every job that this one waited for succeeded (GitHub's toJSON(needs)). */
#include "judge/gates.h"

#include "base/json.h"
#include "base/strbuf.h"

#include <inttypes.h>

static bool
check_jobs(const struct cJSON *jobs, struct error *err)
{
	struct str result;

	if (!json_is_object(jobs))
		return fail(err, ERROR_USAGE, "needs: not a JSON object of jobs, as toJSON(needs) gives it");
	for (const struct cJSON *job = json_first(jobs); job; job = json_next(job))
		if (!json_string(json_member(job, "result"), &result))
			return fail(err, ERROR_USAGE, "needs: job '%.200s' has no one result", json_name(job).s);
	return true;
}

static bool
parse(const char *text, struct cJSON **jobs, struct error *err)
{
	if (!json_parse(str_of(text), jobs, err)) {
		if (err)
			err->code = ERROR_USAGE;
		error_prefix(err, "needs: ");
		return false;
	}
	return true;
}

static bool
check(const struct rules *rules, struct error *err)
{
	struct cJSON *jobs = NULL;
	bool good = true;

	if (rules->needs)
		good = parse(rules->needs, &jobs, err) && check_jobs(jobs, err);
	json_free(jobs);
	return good;
}

static bool
has_passed(const struct rules *rules, struct str result)
{
	return str_equal(result, STR("success")) || (rules->needs_skipped_ok && str_equal(result, STR("skipped")));
}

static const char *
plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void
judge_jobs(const struct judging *judging, const struct cJSON *jobs, struct gate_result *row)
{
	struct strbuf bad = {0};
	uint64_t failed = 0, all = 0;

	for (const struct cJSON *job = json_first(jobs); job; job = json_next(job), all++) {
		struct str result = {0};

		if (json_string(json_member(job, "result"), &result) && has_passed(judging->rules, result))
			continue;
		strbuf_addf(&bad, "%s'%s' ended with %s", failed++ ? ", " : "", json_name(job).s, result.s);
	}
	row->required = gate_text(judging->result, "%" PRIu64 " job%s", all, plural(all));
	row->actual = gate_text(judging->result, "%" PRIu64, all - failed);
	row->needed = failed;
	row->status = failed ? VERDICT_FAIL : VERDICT_PASS;
	row->message = failed ? gate_copy(judging->result, strbuf_str(&bad)) : "every job succeeded";
	if (!all)
		gate_nothing(judging, row, "no job was needed");
	strbuf_clear(&bad);
}

static void
judge_needs(const struct judging *judging)
{
	struct cJSON *jobs = NULL;

	if (!judging->rules->needs)
		return;
	if (parse(judging->rules->needs, &jobs, NULL))
		judge_jobs(judging, jobs, gate_row(judging, &gate_needs, "total"));
	json_free(jobs);
}

const struct gate gate_needs = {"needs", check, judge_needs};
