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

/* The last place of a level is for the number of those that have none. */
static void
add_all(struct strbuf *out, const struct result *result)
{
	struct spots spots = {0};
	size_t left;

	spots_collect(result, ANNOTATIONS_MOST, &spots, &left);
	if (left) {
		left++;
		spots.count--;
	}
	for (size_t i = 0; i < spots.count; i++)
		add_spot(out, &spots.items[i]);
	if (left)
		strbuf_addf(out, "::error title=muster::%zu more failing tests\n", left);
	spots_clear(&spots);
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
	.help = "failing tests beside the source, by workflow commands",
	.possible = is_runner,
	.publish = publish_annotations,
};
