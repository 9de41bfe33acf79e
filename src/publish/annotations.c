/* Workflow commands that put notes beside the source (GITHUB 5). */
#include "publish/publication.h"
#include "publish/spots.h"
#include "publish/workflow.h"

#include <inttypes.h>

enum { ANNOTATIONS_MOST = 10 };	/* that a runner shows of one level and step */

static void
add_number(struct strbuf *out, const char *name, uint32_t number)
{
	if (number)
		strbuf_addf(out, ",%s=%" PRIu32, name, number);
}

static void
add_spot(struct strbuf *out, const struct spot *spot)
{
	strbuf_add_string(out, spot->level == SPOT_ERROR ? "::error title=" : "::warning title=");
	workflow_property(out, spot->title);
	if (spot->path.length) {
		strbuf_add_string(out, ",file=");
		workflow_property(out, spot->path);
		add_number(out, "line", spot->first);
		add_number(out, "endLine", spot->last);
	}
	strbuf_add_string(out, "::");
	workflow_message(out, spot->message);
	strbuf_add_char(out, '\n');
}

/* The spots of one level; the last place of it is for the number of those that have none. */
static void
add_level(struct strbuf *out, const struct spots *spots, size_t left, const char *level,
    const char *what)
{
	size_t shown = left ? spots->count - 1 : spots->count;

	for (size_t i = 0; i < shown; i++)
		add_spot(out, &spots->items[i]);
	if (left)
		strbuf_addf(out, "::%s title=muster::%zu more %s\n", level, left + 1, what);
}

static void
add_all(struct strbuf *out, const struct result *result)
{
	struct spots tests = {0}, ranges = {0};
	size_t left = spots_tests(result, ANNOTATIONS_MOST, &tests);

	add_level(out, &tests, left, "error", "failing tests");
	left = spots_missing(result, ANNOTATIONS_MOST, &ranges);
	add_level(out, &ranges, left, "warning", "ranges of changed lines are not covered");
	spots_clear(&tests);
	spots_clear(&ranges);
}

static bool
print(const struct publish_settings *settings, struct str text, struct error *err)
{
	struct output *out;

	if (!output_open(settings->screen, &out, err))
		return false;
	output_add_str(out, text);
	return output_commit(out, err);
}

static bool
publish_annotations(const struct result *result, const struct publish_settings *settings,
    struct publication *publication, struct error *err)
{
	struct strbuf text = {0};
	bool good = true;

	(void)publication;
	add_all(&text, result);
	if (settings->dry_run)
		good = publication_show(settings, "annotations, as workflow commands",
		    strbuf_str(&text), err);
	else if (text.length)
		good = print(settings, strbuf_str(&text), err);
	strbuf_clear(&text);
	return good;
}

static bool
is_runner(const struct publish_settings *settings)
{
	return settings->environment->actions;
}

const struct publisher publisher_annotations = {
	.name = "annotations",
	.help = "failing tests and uncovered changes beside the source",
	.possible = is_runner,
	.publish = publish_annotations,
};
