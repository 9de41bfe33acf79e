/* One XML report from its first byte to its last. */
#include "read/document.h"

#include "read/repair.h"

#include <inttypes.h>

/* The stable word of each kind of mending; NULL: nothing worth a finding. */
static const struct mending {
	const char *code;
	bool replaces;	/* characters were lost */
} mendings[REPAIR_KINDS] = {
	[REPAIR_ENCODING] = { "encoding", false },
	[REPAIR_INVALID_BYTES] = { "invalid-bytes", true },
	[REPAIR_FORBIDDEN] = { "forbidden-characters", true },
	[REPAIR_CDATA_END] = { "cdata-end", false },
	[REPAIR_LEADING] = { "leading-text", false },
	[REPAIR_TRAILING] = { "trailing-text", false },
	[REPAIR_ROOTS] = { "several-roots", false },
};

static void
add_finding(const struct document *document, enum repair_kind kind, const struct repair_note *note,
    struct audit *audit)
{
	const struct mending *mending = &mendings[kind];
	enum audit_level level = mending->replaces ? document->mended : AUDIT_NOTE;

	if (!mending->code || !note->count)
		return;
	if (note->count == 1)
		audit_add(audit, level, note->line, mending->code, "%s", repair_message(kind));
	else
		audit_add(audit, level, note->line, mending->code, "%s, here first of %" PRIu64 " times",
		    repair_message(kind), note->count);
}

static void
add_findings(const struct document *document, const struct repair *repair, struct audit *audit)
{
	const struct repair_note *notes = repair_notes(repair);

	for (int kind = 0; kind < REPAIR_KINDS; kind++)
		add_finding(document, (enum repair_kind)kind, &notes[kind], audit);
}

/* Mends one piece and shows it to the parser; of two errors the parser's stands before the other. */
static bool
feed(struct str raw, struct repair *repair, struct xml *xml, struct error *err)
{
	struct str clean = {0};
	bool last = !raw.length;

	if (repair_feed(repair, raw, last, &clean, err))
		return xml_feed(xml, clean, last, err);
	if (clean.length) {
		struct error earlier;

		if (!xml_feed(xml, clean, false, &earlier) && err)
			*err = earlier;
	}
	return false;
}

static bool
feed_all(struct input *input, struct repair *repair, struct xml *xml, struct error *err)
{
	struct str raw;

	do {
		if (!input_read(input, &raw, err) || !feed(raw, repair, xml, err))
			return false;
	} while (raw.length);
	return true;
}

bool
document_read(const struct document *document, struct input *input, void *context, struct audit *audit,
    struct error *err)
{
	struct repair *repair = repair_new(document->several_roots);
	struct xml *xml = xml_new(&document->handler, context);
	bool done;

	if (document->several_roots)
		xml_hide_root(xml);
	if (document->begin)
		document->begin(context, xml);
	done = feed_all(input, repair, xml, err);
	add_findings(document, repair, audit);
	xml_free(xml);
	repair_free(repair);
	return done;
}
