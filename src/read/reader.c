/* The table of readers, and the choice between them. */
#include "read/reader.h"

#include "read/cobertura.h"
#include "read/foreign.h"
#include "read/junit.h"
#include "read/lcov.h"
#include "read/snapshot.h"

const struct reader *const readers[] = {
	&reader_cobertura,
	&reader_lcov,
	&reader_junit,
	&reader_check,
	&reader_snapshot,
	NULL,
};

enum { ROOT_SHOWN = 64 };	/* bytes of a root element's name in a message */

const struct reader *
reader_find(struct str name)
{
	for (const struct reader *const *reader = readers; *reader; reader++)
		if (str_equal(str_of((*reader)->name), name))
			return *reader;
	return NULL;
}

static int
shown(struct str s)
{
	return (int)(s.length < ROOT_SHOWN ? s.length : ROOT_SHOWN);
}

static void
refuse_kind(const struct foreign *kind, const struct sniff *sniff, struct error *err)
{
	const char *advice = kind->advice ? kind->advice : "";
	const char *before = kind->advice ? "; give it what this writes: " : "";

	if (kind->root)
		fail_at(err, ERROR_FOREIGN, sniff->line,
		    "muster does not read %s (root element <%.*s>)%s%s", kind->what,
		    shown(sniff->root), sniff->root.s, before, advice);
	else
		fail(err, ERROR_FOREIGN, "muster does not read this: it is %s%s%s", kind->what,
		    before, advice);
}

/* Controls that no text has. */
static bool
is_binary(struct str head)
{
	for (size_t i = 0; i < head.length; i++) {
		unsigned char c = (unsigned char)head.s[i];

		if (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1b)
			return true;
	}
	return false;
}

static void
refuse_unknown(const struct sniff *sniff, struct error *err)
{
	if (!str_trim(sniff->head).length)
		fail(err, ERROR_FOREIGN, "not a report: the file %s",
		    sniff->head.length ? "holds only white space" : "is empty");
	else if (is_binary(sniff->head))
		fail(err, ERROR_FOREIGN, "not a report: this is binary data");
	else if (sniff->markup && sniff->root.length)
		fail_at(err, ERROR_FOREIGN, sniff->line,
		    "not a report that muster reads: root element <%.*s>", shown(sniff->root),
		    sniff->root.s);
	else if (sniff->markup)
		fail_at(err, ERROR_FOREIGN, sniff->line, "not a report: there is no root element");
	else
		fail_at(err, ERROR_FOREIGN, 1, "not a report: this is plain text");
}

static void
refuse(struct str head, struct error *err)
{
	struct sniff sniff;
	const struct foreign *kind;

	sniff_head(&sniff, head);
	kind = foreign_find(&sniff, head);
	if (kind)
		refuse_kind(kind, &sniff, err);
	else
		refuse_unknown(&sniff, err);
}

static const struct reader *
highest_bid(struct str head)
{
	const struct reader *best = NULL;
	int highest = 0;

	for (const struct reader *const *reader = readers; *reader; reader++) {
		int bid = (*reader)->bid(head);

		if (bid > highest) {
			highest = bid;
			best = *reader;
		}
	}
	return best;
}

const struct reader *
reader_choose(struct str head, struct error *err)
{
	const struct reader *reader = highest_bid(head);

	if (!reader)
		refuse(head, err);
	return reader;
}

/* Whether the report may only begin behind this head (TESTS 4). */
static bool
is_preamble(struct str head)
{
	struct sniff sniff;

	sniff_head(&sniff, head);
	return !sniff.root.length && !is_binary(sniff.head) && !foreign_find(&sniff, head);
}

const struct reader *
reader_of_input(struct input *input, struct error *err)
{
	const struct reader *reader;
	struct str head;

	if (!input_peek(input, &head, err))
		return NULL;
	do
		reader = highest_bid(head);
	while (!reader && is_preamble(head) && input_peek_more(input, &head));
	if (!reader)
		refuse(head, err);
	return reader;
}
