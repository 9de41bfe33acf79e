/* The table of publishers, and running them. */
#include "publish/publication.h"

#include "base/log.h"
#include "base/suggest.h"
#include "publish/headline.h"

/* The comment comes before the outputs, which tell where it is. */
const struct publisher *const publishers[] = {
	&publisher_comment,
	&publisher_check,
	&publisher_status,
	&publisher_summary,
	&publisher_annotations,
	&publisher_outputs,
	NULL,
};

#define ALL_PERMITTED "github"

static bool
unknown_publisher(struct str name, struct error *err)
{
	char hint[SUGGEST_TEXT];
	struct suggestion near;

	suggest_begin(&near, name);
	for (size_t i = 0; publishers[i]; i++)
		suggest_offer(&near, str_of(publishers[i]->name));
	suggest_offer(&near, STR(ALL_PERMITTED));
	return fail(err, ERROR_USAGE, "unknown value '%.*s'%s", (int)name.length, name.s,
	    suggest_text(&near, "", hint));
}

static bool
parse_name(struct str name, unsigned *set, struct error *err)
{
	if (str_equal(name, STR(ALL_PERMITTED))) {
		*set |= PUBLISH_GITHUB;
		return true;
	}
	for (size_t i = 0; publishers[i]; i++) {
		if (!str_equal(name, str_of(publishers[i]->name)))
			continue;
		*set |= 1u << i;
		return true;
	}
	return unknown_publisher(name, err);
}

bool
publishers_parse(struct str list, unsigned *set, struct error *err)
{
	bool more = true;

	while (more) {
		const char *comma = list.length ? memchr(list.s, ',', list.length) : NULL;
		size_t length = comma ? (size_t)(comma - list.s) : list.length;

		if (!parse_name(str_trim((struct str){list.s, length}), set, err))
			return false;
		more = comma;
		length += more;
		list = (struct str){list.s + length, list.length - length};
	}
	return true;
}

static void
add_names(unsigned set, struct strbuf *out)
{
	for (size_t i = 0; publishers[i]; i++)
		if (set & 1u << i)
			strbuf_addf(out, "%s%s", out->length ? ", " : "", publishers[i]->name);
	if (set & PUBLISH_GITHUB)
		strbuf_addf(out, "%s%s", out->length ? ", " : "", ALL_PERMITTED);
}

void
publishers_narrow(unsigned *set, unsigned configured)
{
	struct strbuf names = {0};

	if (!(*set & configured) || environment_is_runner())
		return;
	add_names(*set & configured, &names);
	log_notice("no job of GitHub Actions, so what the configuration publishes is left out: %s",
	    strbuf_string(&names));
	*set &= ~configured;
	strbuf_clear(&names);
}

/* ---- running -------------------------------------------------------------------------------- */

struct publishing {
	const struct result *result;
	const struct publish_settings *settings;
	struct publication *publication;
	struct strbuf denied;	/* what the token may not do: "comment (pull-requests: write)" */
	bool failed;
	bool stop_told;		/* why nothing more is sent */
};

static bool
is_asked(unsigned set, const struct publish_settings *settings, size_t i)
{
	if (set & 1u << i)
		return true;
	return set & PUBLISH_GITHUB && publishers[i]->possible(settings);
}

enum publishers_use
publishers_use(unsigned set, const struct publish_settings *settings)
{
	enum publishers_use use = PUBLISHERS_NO_NETWORK;

	for (size_t i = 0; publishers[i] && !settings->dry_run; i++) {
		if (!publishers[i]->permission || !is_asked(set, settings, i))
			continue;
		if (publishers[i]->of_pull)
			return PUBLISHERS_PULL;
		use = PUBLISHERS_NETWORK;
	}
	return use;
}

/* What ends all talk is the reason of every later publisher, and said once. */
static const char *
reason(struct publishing *p, const struct publisher *publisher, const struct error *err)
{
	bool stopped = publisher->permission && p->publication->github.stopped;
	const char *text = stopped && p->stop_told ? "not published, as before" : err->message;

	p->stop_told |= stopped;
	return text;
}

/* The verdict comes before the first word of a failure, which must not hide it. */
static void
tell_failure(struct publishing *p, const struct publisher *publisher, const struct error *err)
{
	struct strbuf headline = {0};

	headline_add(&headline, p->result);
	if (!p->failed)
		log_notice("the verdict is %s: %s; publishing failed:",
		    p->result->verdict == VERDICT_PASS ? "pass" : "fail",
		    strbuf_string(&headline));
	log_error("%s: %s", publisher->name, reason(p, publisher, err));
	p->failed = true;
	strbuf_clear(&headline);
}

static void
run_one(struct publishing *p, const struct publisher *publisher)
{
	struct error err = {0};

	p->publication->end = PUBLISH_DONE;
	if (!publisher->publish(p->result, p->settings, p->publication, &err)) {
		tell_failure(p, publisher, &err);
	} else if (p->publication->end == PUBLISH_READ_ONLY) {
		strbuf_addf(&p->denied, "%s%s (needs %s)", p->denied.length ? ", " : "",
		    publisher->name, publisher->permission);
	} else if (p->publication->end == PUBLISH_DONE && !p->settings->dry_run) {
		log_detail("%s: published", publisher->name);
	}
}

/* One notice for all; the summary stands in, unless it was written anyway. */
static void
make_up(struct publishing *p, bool summary_written)
{
	const struct publisher *summary = &publisher_summary;

	if (!p->denied.length)
		return;
	log_notice("the token may only read, as those of forks may; not published: %s",
	    strbuf_string(&p->denied));
	if (!summary_written && summary->possible(p->settings))
		run_one(p, summary);
}

bool
publish(unsigned set, const struct result *result, const struct publish_settings *settings,
    struct publication *publication)
{
	struct publishing p = {.result = result, .settings = settings, .publication = publication};
	bool summary_written = false, any = false;

	for (size_t i = 0; publishers[i]; i++) {
		if (!is_asked(set, settings, i))
			continue;
		any = true;
		run_one(&p, publishers[i]);
		summary_written |= publishers[i] == &publisher_summary;
	}
	if (!any)
		log_notice("published nowhere: the environment has no GITHUB_TOKEN with a repository, no "
			   "GITHUB_STEP_SUMMARY and no GITHUB_OUTPUT");
	make_up(&p, summary_written);
	strbuf_clear(&p.denied);
	return !p.failed;
}
