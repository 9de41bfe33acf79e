/* The comment on a pull request (GITHUB 2 and 3). */
#include "publish/comment.h"

#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "model/comparison.h"
#include "publish/publication.h"
#include "publish/sticky.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { COMMENT_BYTES = 65000 };

/* Who comments when the token is a job's own: it may not ask for its name. */
#define JOB_LOGIN "github-actions[bot]"

/* ---- the text ------------------------------------------------------------------------------- */

struct str
comment_shown(struct str text)
{
	size_t start = text.length;

	while (start && text.s[start - 1] == '\n')
		start--;
	while (start && text.s[start - 1] != '\n')
		start--;
	if (!str_starts((struct str){text.s + start, text.length - start}, STR("<sub>")))
		start = text.length;
	return (struct str){text.s, start};
}

static void
add_ratio(struct strbuf *out, struct ratio ratio)
{
	strbuf_addf(out, "%" PRIu64 "/%" PRIu64 "\n", ratio.covered, ratio.total);
}

static void
add_failing(struct strbuf *out, const struct result *result)
{
	const struct test_list *failing = &result->outcome.failing;
	struct outcome_test test;

	for (size_t i = 0; i < failing->count; i++) {
		outcome_test(&result->outcome, failing->ids[i], &test);
		strbuf_add_str(out, report_stage(result->report, test.stage));
		strbuf_add_char(out, '\n');
		strbuf_add_str(out, test.container);
		strbuf_add_char(out, '\n');
		strbuf_add_str(out, test.name);
		strbuf_add_char(out, '\n');
	}
}

void
comment_state(const struct result *result, char out[DIGEST_HEX])
{
	const struct branch_ratio *branches = &result->total.branches;
	struct strbuf text = {0};

	strbuf_addf(&text, "%d\n", (int)result->verdict);
	add_ratio(&text, result->total.lines);
	add_ratio(&text, (struct ratio){branches->covered, branches->total});
	add_ratio(&text, result->total.functions);
	add_ratio(&text, result->total.patch);
	strbuf_addf(&text, "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
	    result->tests.passed, result->tests.failed, result->tests.errors,
	    result->tests.skipped, result->tests.flaky);
	add_failing(&text, result);
	digest_hex(strbuf_str(&text), out);
	strbuf_clear(&text);
}

/* The comment, marker first.  The marker's own length is known before its hash is. */
static bool
compose(const struct result *result, const struct publish_settings *settings,
    const struct publication *publication, struct marker *marker, struct strbuf *out,
    struct error *err)
{
	const char *head = publication->target.head;
	struct strbuf body = {0};
	bool good;

	*marker = (struct marker){.run = settings->environment->run,
	    .attempt = settings->environment->attempt};
	snprintf(marker->sha, sizeof(marker->sha), "%s", *head ? head : publication->pull.head);
	comment_state(result, marker->state);
	digest_hex(STR(""), marker->hash);
	marker_add(out, settings->comment_key, marker);
	good = publication_text(publication, settings, BODY_COMMENT,
	    COMMENT_BYTES - out->length, &body, err);
	digest_hex(comment_shown(strbuf_str(&body)), marker->hash);
	strbuf_reset(out);
	marker_add(out, settings->comment_key, marker);
	strbuf_add_str(out, strbuf_str(&body));
	strbuf_clear(&body);
	return good;
}

/* ---- whose, where and whether --------------------------------------------------------------- */

/* The login that we comment under, owned. */
static enum github_end
find_author(struct github *github, const char *given, char **author, struct error *err)
{
	struct cJSON *user;
	struct str login = STR(JOB_LOGIN);
	enum github_end end;

	*author = NULL;
	if (given) {
		*author = mem_string(given, strlen(given));
		return GITHUB_DONE;
	}
	end = github_call(github, "GET", "/user", STR(""), &user, err);
	if (end == GITHUB_DONE && !json_string(json_at(user, "login"), &login)) {
		fail(err, ERROR_OUTPUT, "an answer without a login: GET /user");
		end = GITHUB_FAILED;
	}
	if (end == GITHUB_READ_ONLY || end == GITHUB_GONE)
		end = GITHUB_DONE;
	if (end == GITHUB_DONE)
		*author = mem_string(login.s, login.length);
	json_free(user);
	return end;
}

static bool
leave(struct publication *publication, const char *why)
{
	if (publication->has_pull)
		log_notice("comment: pull request %" PRIu64 ": %s", publication->pull.number, why);
	else
		log_notice("comment: %s", why);
	publication->end = PUBLISH_LEFT;
	return true;
}

/* A head that is not ours is a newer one; what a merge queue built has no pull request's head. */
static bool
is_stale(const struct publication *publication, const struct publish_settings *settings)
{
	const struct target *target = &publication->target;

	return !settings->allow_stale && !target->queued && *target->head &&
	    strcmp(target->head, publication->pull.head) != 0;
}

static bool
conclude(struct publication *publication, enum sticky_end end, const struct error *err)
{
	switch (end) {
	case STICKY_WRITTEN:
		return true;
	case STICKY_SAME:
		log_detail("comment: it stands as it is");
		publication->end = PUBLISH_LEFT;
		return true;
	case STICKY_NEWER:
		return leave(publication, "a newer run's stands there");
	case STICKY_UNWANTED:
		log_detail("comment: nothing to say");
		publication->end = PUBLISH_LEFT;
		return true;
	case STICKY_CLOSED:
		return leave(publication, "closed, and without a comment of ours");
	case STICKY_LOCKED:
		return leave(publication, err->message);
	case STICKY_READ_ONLY:
		return publication_end(publication, GITHUB_READ_ONLY);
	case STICKY_FAILED:
		break;
	}
	return false;
}

static bool
is_unchanged(const struct change *change, struct ratio now)
{
	return change->before.covered == now.covered && change->before.total == now.total;
}

/* GITHUB 3.4: what the baseline knew of totals and failing tests; it knows no verdict. */
static bool
is_as_before(const struct result *result)
{
	const struct comparison *comparison = result->comparison;
	const struct numbers_change *total = &comparison->total;
	const struct branch_ratio *branches = &result->total.branches;

	return is_unchanged(&total->lines, result->total.lines) &&
	    is_unchanged(&total->branches, (struct ratio){branches->covered, branches->total}) &&
	    is_unchanged(&total->functions, result->total.functions) &&
	    !comparison->tests[CHANGE_NEW_FAILURE].count &&
	    !comparison->tests[CHANGE_FIXED].count && !comparison->incomparable.count;
}

/* Whether a first comment would say nothing that is asked for. */
static bool
is_no_news(const struct result *result, enum comment_when when)
{
	if (when == COMMENT_FAILURES)
		return result->verdict == VERDICT_PASS;
	return when == COMMENT_CHANGES && result->comparison && is_as_before(result);
}

/* ---- the publisher -------------------------------------------------------------------------- */

static bool
put(const struct result *result, const struct publish_settings *settings,
    struct publication *publication, const char *author, struct error *err)
{
	struct sticky sticky = {
	    .repository = publication->target.repository,
	    .pull = publication->pull.number,
	    .author = author,
	    .key = settings->comment_key,
	    .may_create = publication->pull.open,
	    .only_changes = settings->comment_when == COMMENT_CHANGES,
	    .never_first = is_no_news(result, settings->comment_when),
	};
	struct strbuf text = {0};
	enum sticky_end end = STICKY_FAILED;

	if (compose(result, settings, publication, &sticky.marker, &text, err)) {
		sticky.text = strbuf_str(&text);
		end = sticky_put(&publication->github, &sticky, &publication->comment_url, err);
	}
	strbuf_clear(&text);
	return conclude(publication, end, err);
}

static bool
send(const struct result *result, const struct publish_settings *settings,
    struct publication *publication, struct error *err)
{
	enum github_end end = publication_pull(publication, err);
	char *author = NULL;
	bool good;

	if (end != GITHUB_DONE)
		return publication_end(publication, end);
	if (!publication->has_pull)
		return leave(publication, "there is no pull request for this run");
	if (is_stale(publication, settings))
		return leave(publication, "it has a newer head than ours");
	end = find_author(&publication->github, settings->comment_author, &author, err);
	good = end == GITHUB_DONE ? put(result, settings, publication, author, err) :
	    publication_end(publication, end);
	free(author);
	return good;
}

static bool
show(const struct result *result, const struct publish_settings *settings,
    const struct publication *publication, struct error *err)
{
	const struct target *target = &publication->target;
	struct strbuf text = {0};
	struct marker marker;
	char title[256];
	bool good;

	if (target->pull)
		snprintf(title, sizeof(title), "the comment on pull request %" PRIu64 " of %s",
		    target->pull, target->repository);
	else
		snprintf(title, sizeof(title), "the comment on the pull request of %s, if any",
		    *target->look_up ? target->look_up : "this run");
	good = compose(result, settings, publication, &marker, &text, err) &&
	    publication_show(settings, title, strbuf_str(&text), err);
	strbuf_clear(&text);
	return good;
}

static bool
publish_comment(const struct result *result, const struct publish_settings *settings,
    struct publication *publication, struct error *err)
{
	if (settings->dry_run)
		return show(result, settings, publication, err);
	return publication_connect(publication, settings, err) &&
	    send(result, settings, publication, err);
}

const struct publisher publisher_comment = {
	.name = "comment",
	.help = "one comment on the pull request, kept up to date",
	.permission = "pull-requests: write",
	.of_pull = true,
	.possible = publication_is_possible,
	.publish = publish_comment,
};
