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

/* A document on its way: the reader's callbacks behind those of the fast path. */
struct passage {
	const struct document *document;
	void *context;		/* the reader's */
	struct repair *repair;
	struct xml *xml;
	struct fast fast;
};

static void
pass_start(void *context, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct passage *passage = context;

	fast_start(&passage->fast, name);
	passage->document->handler.start(passage->context, name, attributes, count);
}

static void
pass_end(void *context, const char *name)
{
	struct passage *passage = context;

	fast_end(&passage->fast, name);
	passage->document->handler.end(passage->context, name);
}

static void
pass_text(void *context, struct str piece)
{
	struct passage *passage = context;

	passage->document->handler.text(passage->context, piece);
}

static const struct xml_handler passing = { pass_start, pass_end, pass_text };

static bool
show(struct passage *passage, struct str clean, bool last, struct error *err)
{
	if (passage->document->fast)
		return fast_feed(&passage->fast, clean, last, err);
	return xml_feed(passage->xml, clean, last, err);
}

/* Mends one piece and shows it to the parser; of two errors the parser's stands before the other. */
static bool
feed(struct passage *passage, struct str raw, struct error *err)
{
	struct str clean = {0};
	bool last = !raw.length;

	if (repair_feed(passage->repair, raw, last, &clean, err))
		return show(passage, clean, last, err);
	if (clean.length) {
		struct error earlier;

		if (!show(passage, clean, false, &earlier) && err)
			*err = earlier;
	}
	return false;
}

static bool
feed_all(struct passage *passage, struct input *input, struct error *err)
{
	struct str raw;

	do {
		if (!input_read(input, &raw, err) || !feed(passage, raw, err))
			return false;
	} while (raw.length);
	return true;
}

bool
document_read(const struct document *document, struct input *input, void *context, struct audit *audit,
    struct error *err)
{
	struct passage passage = {
		.document = document,
		.context = context,
		.repair = repair_new(document->several_roots),
	};
	bool done;

	passage.xml = document->fast ? xml_new(&passing, &passage) : xml_new(&document->handler, context);
	if (document->several_roots)
		xml_hide_root(passage.xml);
	if (document->begin)
		document->begin(context, passage.xml);
	if (document->fast)
		fast_begin(&passage.fast, document->fast, passage.xml, &document->handler, context);
	done = feed_all(&passage, input, err);
	add_findings(document, passage.repair, audit);
	fast_release(&passage.fast);
	xml_free(passage.xml);
	repair_free(passage.repair);
	return done;
}
