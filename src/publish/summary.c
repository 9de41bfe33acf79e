/* The summary of a step (GITHUB 4). */
#include "publish/publication.h"

#include <sys/stat.h>

enum { SUMMARY_BYTES = 1000000 };

/* Bytes that other commands of the step wrote there before. */
static size_t
size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 ?
	    (size_t)st.st_size : 0;
}

static bool
append(const struct publication *publication, const struct publish_settings *settings,
    const char *path, struct error *err)
{
	size_t held = size_of(path);
	struct strbuf text = {0};
	bool good;

	if (held >= SUMMARY_BYTES)
		return fail(err, ERROR_OUTPUT, "the step summary is full: '%s'", path);
	if (held)
		strbuf_add_char(&text, '\n');
	good = publication_text(publication, settings, BODY_SUMMARY,
	    SUMMARY_BYTES - held - text.length, &text, err);
	good = good && output_append(path, strbuf_str(&text), err);
	strbuf_clear(&text);
	return good;
}

static bool
show(const struct publication *publication, const struct publish_settings *settings,
    struct error *err)
{
	struct strbuf text = {0};
	bool good = publication_text(publication, settings, BODY_SUMMARY, SUMMARY_BYTES, &text,
	    err);

	good = good && publication_show(settings, "the summary, to $GITHUB_STEP_SUMMARY",
	    strbuf_str(&text), err);
	strbuf_clear(&text);
	return good;
}

static bool
publish_summary(const struct result *result, const struct publish_settings *settings,
    struct publication *publication, struct error *err)
{
	const char *path = settings->environment->summary_path;

	(void)result;
	if (settings->dry_run)
		return show(publication, settings, err);
	if (!*path)
		return fail(err, ERROR_OUTPUT, "GITHUB_STEP_SUMMARY is not set");
	return append(publication, settings, path, err);
}

static bool
has_file(const struct publish_settings *settings)
{
	return *settings->environment->summary_path;
}

const struct publisher publisher_summary = {
	.name = "summary",
	.help = "the result on the page of the run ($GITHUB_STEP_SUMMARY)",
	.possible = has_file,
	.publish = publish_summary,
};
