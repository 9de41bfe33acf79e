/* The choice of pull request and commit. */
#include "publish/target.h"

#include "base/json.h"
#include "base/number.h"

#include <stdio.h>

/* A text of the payload that fits; "" else. */
static void
copy_text(const struct cJSON *json, const char *path, char *out, size_t size)
{
	struct str text;

	*out = '\0';
	if (json_string(json_at(json, path), &text) && text.length < size)
		snprintf(out, size, "%s", text.s);
}

static bool
copy_sha(const struct cJSON *json, const char *path, char out[SHA_TEXT])
{
	copy_text(json, path, out, SHA_TEXT);
	if (!is_sha(str_of(out)))
		*out = '\0';
	return *out;
}

/* A pull request's base is ours; without a word about it, it is. */
static bool
is_base_ours(const struct cJSON *pull, const char *repository)
{
	struct str name;

	if (json_string(json_at(pull, "base.repo.full_name"), &name))
		return str_equal_fold(name, str_of(repository));
	if (!json_string(json_at(pull, "base.repo.url"), &name))
		return true;
	return name.length > strlen(repository) &&
	    str_equal_fold(str_of(name.s + name.length - strlen(repository)), str_of(repository)) &&
	    name.s[name.length - strlen(repository) - 1] == '/';
}

static bool
from_pull_request(const struct cJSON *event, struct target *target)
{
	const struct cJSON *pull = json_at(event, "pull_request");
	uint64_t number;

	if (!json_u64(json_at(pull, "number"), &number))
		return false;
	if (is_base_ours(pull, target->repository))
		target->pull = number;
	return true;
}

/* The payload names the pull requests of our repository; those of forks it leaves out. */
static bool
from_workflow_run(const struct cJSON *event, struct target *target)
{
	const struct cJSON *run = json_at(event, "workflow_run");
	char run_head[SHA_TEXT], head[SHA_TEXT];
	const struct cJSON *pull;

	if (!copy_sha(run, "head_sha", run_head))
		return false;
	memcpy(target->look_up, run_head, SHA_TEXT);
	copy_text(run, "head_repository.owner.login", target->owner, sizeof(target->owner));
	copy_text(run, "head_branch", target->branch, sizeof(target->branch));
	for (pull = json_first(json_at(run, "pull_requests")); pull; pull = json_next(pull)) {
		if (!copy_sha(pull, "head.sha", head) || strcmp(head, run_head) != 0)
			continue;
		if (is_base_ours(pull, target->repository) &&
		    json_u64(json_at(pull, "number"), &target->pull))
			break;
	}
	return true;
}

static bool
from_issue_comment(const struct cJSON *event, struct target *target)
{
	const struct cJSON *issue = json_at(event, "issue");

	return json_is_object(json_at(issue, "pull_request")) &&
	    json_u64(json_at(issue, "number"), &target->pull);
}

/* The number at the start of a text, with `behind` behind it. */
static bool
leading_number(const char *text, char behind, uint64_t *number)
{
	size_t digits = strspn(text, "0123456789");

	return text[digits] == behind &&
	    number_u64((struct str){text, digits}, number) == NUMBER_OK && *number;
}

/* refs/pull/N/merge and refs/pull/N/head. */
static bool
from_pull_ref(const char *ref, struct target *target)
{
	return str_starts(str_of(ref), STR("refs/pull/")) &&
	    leading_number(ref + strlen("refs/pull/"), '/', &target->pull);
}

/* refs/heads/gh-readonly-queue/BRANCH/pr-N-SHA, where BRANCH may look like anything. */
static bool
from_queue_ref(const char *ref, struct target *target)
{
	const char *last = strrchr(ref, '/');

	if (!str_starts(str_of(ref), STR("refs/heads/gh-readonly-queue/")) ||
	    !str_starts(str_of(last), STR("/pr-")) ||
	    !leading_number(last + strlen("/pr-"), '-', &target->pull))
		return false;
	target->queued = true;
	return true;
}

/* What the event is about only concerns the repository it is of. */
static void
choose_pull(const struct environment *environment, struct target *target)
{
	const struct cJSON *event = environment->event;
	char queue_ref[BRANCH_TEXT];

	memcpy(target->look_up, environment->sha, SHA_TEXT);
	if (!str_equal_fold(str_of(target->repository), str_of(environment->repository)))
		return;
	copy_text(event, "merge_group.head_ref", queue_ref, sizeof(queue_ref));
	if (from_pull_request(event, target) || from_workflow_run(event, target) ||
	    from_issue_comment(event, target) || from_pull_ref(environment->ref, target) ||
	    from_queue_ref(queue_ref, target))
		return;
	from_queue_ref(environment->ref, target);
}

/* A bare ref and a comment know no head but the pull request's; GITHUB_SHA is a merge there. */
static void
choose_head(const struct environment *environment, struct target *target)
{
	const struct cJSON *event = environment->event;
	struct target bare = {0};

	if (copy_sha(event, "pull_request.head.sha", target->head) ||
	    copy_sha(event, "workflow_run.head_sha", target->head) ||
	    copy_sha(event, "merge_group.head_sha", target->head))
		return;
	if (!from_issue_comment(event, &bare) && !from_pull_ref(environment->ref, &bare))
		memcpy(target->head, environment->sha, SHA_TEXT);
}

void
target_find(const struct environment *environment, const struct target_wishes *wishes,
    struct target *target)
{
	*target = (struct target){
	    .repository = *wishes->repository ? wishes->repository : environment->repository,
	};
	choose_pull(environment, target);
	if (wishes->pull && wishes->pull != target->pull) {
		target->pull = wishes->pull;
		target->queued = false;
	}
	if (*wishes->sha)
		snprintf(target->head, sizeof(target->head), "%s", wishes->sha);
	else
		choose_head(environment, target);
}
