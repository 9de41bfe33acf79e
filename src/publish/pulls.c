/* Asking for pull requests. */
#include "publish/pulls.h"

#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>

static bool
is_text(const struct cJSON *json, const char *path, const char *wanted)
{
	struct str text;

	return json_string(json_at(json, path), &text) && str_equal(text, str_of(wanted));
}

static void
copy_sha(const struct cJSON *json, const char *path, char out[SHA_TEXT])
{
	struct str text;

	*out = '\0';
	if (json_string(json_at(json, path), &text) && is_sha(text))
		snprintf(out, SHA_TEXT, "%s", text.s);
}

struct search {
	const struct target *target;
	uint64_t number;
	bool own;	/* it is of the branch that the run is of */
};

static bool
names_branch(const struct target *target)
{
	return *target->owner && *target->branch;
}

/* Another fork may have the same commit. */
static bool
is_of_branch(const struct target *target, const struct cJSON *item)
{
	struct str owner;

	return names_branch(target) && is_text(item, "head.ref", target->branch) &&
	    json_string(json_at(item, "head.user.login"), &owner) &&
	    str_equal_fold(owner, str_of(target->owner));
}

/* Of several the run's own, else the lowest, so that nothing depends on the order of an answer. */
static bool
take_candidate(void *context, const struct cJSON *item)
{
	struct search *search = context;
	struct str base;
	uint64_t number;
	bool own;

	if (!is_text(item, "state", "open") || !is_text(item, "head.sha", search->target->look_up))
		return true;
	if (json_string(json_at(item, "base.repo.full_name"), &base) &&
	    !str_equal_fold(base, str_of(search->target->repository)))
		return true;
	if (!json_u64(json_at(item, "number"), &number))
		return true;
	own = is_of_branch(search->target, item);
	if (!search->number || own > search->own || (own == search->own && number < search->number))
		*search = (struct search){search->target, number, own};
	return true;
}

/* A commit that the repository does not know has no pull requests. */
static enum github_end
search_list(struct github *github, const char *path, struct search *search, struct error *err)
{
	enum github_end end = github_list(github, path, NULL, take_candidate, search, err);

	if (end != GITHUB_GONE && github->answer.status != 422)
		return end;
	error_clear(err);
	return GITHUB_DONE;
}

static void
add_encoded(struct strbuf *out, const char *text)
{
	for (const char *s = text; *s; s++) {
		if ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
		    (*s >= '0' && *s <= '9') || strchr("-._~", *s))
			strbuf_add_char(out, *s);
		else
			strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)*s);
	}
}

static void
branch_path(const struct target *target, struct strbuf *out)
{
	strbuf_reset(out);
	strbuf_addf(out, "/repos/%s/pulls?state=open&head=", target->repository);
	add_encoded(out, target->owner);
	strbuf_add_string(out, ":");
	add_encoded(out, target->branch);
}

enum github_end
pulls_search(struct github *github, const struct target *target, uint64_t *number,
    struct error *err)
{
	struct search search = {.target = target};
	struct strbuf path = {0};
	enum github_end end = GITHUB_DONE;

	if (*target->look_up) {
		strbuf_addf(&path, "/repos/%s/commits/%s/pulls", target->repository,
		    target->look_up);
		end = search_list(github, strbuf_string(&path), &search, err);
	}
	if (end == GITHUB_DONE && !search.own && names_branch(target)) {
		branch_path(target, &path);
		end = search_list(github, strbuf_string(&path), &search, err);
	}
	strbuf_clear(&path);
	*number = search.number;
	return end;
}

enum github_end
pulls_get(struct github *github, const char *repository, uint64_t number, struct pull *pull,
    struct error *err)
{
	struct strbuf path = {0};
	struct cJSON *json;
	enum github_end end;

	strbuf_addf(&path, "/repos/%s/pulls/%" PRIu64, repository, number);
	end = github_call(github, "GET", strbuf_string(&path), STR(""), &json, err);
	strbuf_clear(&path);
	if (end == GITHUB_GONE)
		error_prefix(err, "no access, or there is no pull request %" PRIu64 ": ", number);
	if (end != GITHUB_DONE)
		return end;
	*pull = (struct pull){.number = number, .open = is_text(json, "state", "open")};
	copy_sha(json, "head.sha", pull->head);
	copy_sha(json, "base.sha", pull->base);
	json_u64(json_at(json, "changed_files"), &pull->changed_files);
	json_free(json);
	if (*pull->head)
		return GITHUB_DONE;
	fail(err, ERROR_OUTPUT, "an answer without the head of pull request %" PRIu64, number);
	return GITHUB_FAILED;
}
