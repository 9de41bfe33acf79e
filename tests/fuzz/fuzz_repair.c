/*
 * Any bytes through the repair and the parser: what comes out is clean, line for line, and does
 * not depend on how the input is cut.  The first byte of an input says whether several roots
 * are read, and how it is cut.
 */
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "read/repair.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition) ((condition) ? (void)0 : fail_requirement(#condition))

/* What the parser told, folded into a number; the pieces of a text are one. */
struct outcome {
	struct strbuf clean;
	struct repair_note notes[REPAIR_KINDS];
	struct error repair_error;
	struct error xml_error;
	uint64_t told;
	unsigned depth;
};

static void
fail_requirement(const char *what)
{
	fprintf(stderr, "fuzz_repair: not so: %s\n", what);
	abort();
}

static void
tell(struct outcome *outcome, char kind, struct str text)
{
	outcome->told = (outcome->told ^ (unsigned char)kind) * 1099511628211u;
	for (size_t i = 0; i < text.length; i++)
		outcome->told = (outcome->told ^ (unsigned char)text.s[i]) * 1099511628211u;
}

static void
on_start(void *context, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct outcome *outcome = context;

	outcome->depth++;
	tell(outcome, '<', str_of(name));
	for (size_t i = 0; i < count; i++) {
		tell(outcome, ' ', str_of(attributes[i].name));
		tell(outcome, '=', xml_value(&attributes[i]));
	}
}

static void
on_end(void *context, const char *name)
{
	struct outcome *outcome = context;

	REQUIRE(outcome->depth > 0);
	outcome->depth--;
	tell(outcome, '/', str_of(name));
}

static void
on_text(void *context, struct str piece)
{
	struct outcome *outcome = context;

	for (size_t i = 0; i < piece.length; i++)
		tell(outcome, 't', (struct str){piece.s + i, 1});
}

/* Lengths of pieces, of which small ones are the likeliest; 0: everything at once. */
static size_t
next_length(unsigned *seed, size_t left)
{
	size_t length;

	if (!*seed)
		return left;
	*seed = *seed * 1103515245u + 12345u;
	length = (*seed >> 16) % 4 ? (*seed >> 18) % 7 : (*seed >> 18) % 300;
	return length < left ? length : left;
}

static void
feed_xml(struct outcome *outcome, struct xml *xml, struct str clean, bool last)
{
	strbuf_add_str(&outcome->clean, clean);
	if (!outcome->xml_error.code && !xml_feed(xml, clean, last, &outcome->xml_error))
		REQUIRE(outcome->xml_error.line > 0 && *outcome->xml_error.message);
}

static void
run(struct str input, bool several_roots, unsigned seed, struct outcome *outcome)
{
	static const struct xml_handler handler = {on_start, on_end, on_text};
	struct repair *repair = repair_new(several_roots);
	struct xml *xml = xml_new(&handler, outcome);
	bool mended = true;
	bool last = false;

	if (several_roots)
		xml_hide_root(xml);
	while (mended && !last) {
		size_t length = next_length(&seed, input.length);
		char *raw = malloc(length + 1);	/* so that a sanitizer sees each step past it */
		struct str clean;

		memcpy(raw, input.s, length);
		input = (struct str){input.s + length, input.length - length};
		last = !input.length;
		mended = repair_feed(repair, (struct str){raw, length}, last, &clean,
		    &outcome->repair_error);
		feed_xml(outcome, xml, clean, mended && last);
		free(raw);
	}
	REQUIRE(mended || (outcome->repair_error.line > 0 && *outcome->repair_error.message));
	REQUIRE(outcome->xml_error.code || outcome->repair_error.code || outcome->depth == 0);
	memcpy(outcome->notes, repair_notes(repair), sizeof(outcome->notes));
	xml_free(xml);
	repair_free(repair);
}

static void
check_clean(struct str clean)
{
	while (clean.length) {
		uint32_t c;
		size_t length = utf8_decode(clean, &c);

		REQUIRE(length > 0);
		REQUIRE(c >= 0x20 || c == '\t' || c == '\n' || c == '\r');
		REQUIRE(c != 0xfffe && c != 0xffff);
		clean = (struct str){clean.s + length, clean.length - length};
	}
}

static uint64_t
count_lines(struct str s)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < s.length; i++)
		lines += s.s[i] == '\n';
	return lines;
}

/* Without a declaration and marks it is surely UTF-8; a NUL ends it. */
static bool
is_plain(struct str s)
{
	return !memmem(s.s, s.length, "encoding", 8) && !memchr(s.s, '\0', s.length) &&
	    !(s.length > 1 && (unsigned char)s.s[0] >= 0xfe);
}

static void
check_notes(const struct outcome *outcome, const struct outcome *other)
{
	for (int kind = 0; kind < REPAIR_KINDS; kind++) {
		REQUIRE(outcome->notes[kind].line == other->notes[kind].line);
		REQUIRE(outcome->notes[kind].count == other->notes[kind].count);
		REQUIRE(!outcome->notes[kind].line == !outcome->notes[kind].count);
		REQUIRE(repair_message((enum repair_kind)kind) != NULL);
	}
}

static void
check_errors(const struct error *error, const struct error *other)
{
	REQUIRE(error->code == other->code);
	REQUIRE(error->line == other->line);
	REQUIRE(strcmp(error->message, other->message) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outcome whole = {0};
	struct outcome cut = {0};
	struct str input = {(const char *)data + 1, size - 1};

	if (!size)
		return 0;
	xml_initialise();
	run(input, data[0] & 1, 0, &whole);
	run(input, data[0] & 1, data[0] | 1u, &cut);
	check_clean(strbuf_str(&whole.clean));
	REQUIRE(str_equal(strbuf_str(&whole.clean), strbuf_str(&cut.clean)));
	check_notes(&whole, &cut);
	check_errors(&whole.repair_error, &cut.repair_error);
	check_errors(&whole.xml_error, &cut.xml_error);
	REQUIRE(whole.xml_error.code || whole.told == cut.told);
	if (!whole.repair_error.code && is_plain(input))
		REQUIRE(count_lines(input) == count_lines(strbuf_str(&whole.clean)));
	strbuf_clear(&whole.clean);
	strbuf_clear(&cut.clean);
	return 0;
}
