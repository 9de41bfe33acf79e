/* The lines of an LCOV tracefile: what each says, into the record that is open. */
#include "read/lcov.h"

#include "base/number.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "read/lcov_record.h"

#include <stdlib.h>

enum { TEXT_SHOWN = 60 };	/* bytes of a line in a message */

struct lcov {
	struct lcov_record record;
	struct audit *audit;	/* of the intake; borrowed */
	bool begun;		/* a TN or an SF was seen: this is a tracefile */
	uint64_t line;		/* of the report */
	struct strbuf rest;	/* the start of a line that the next chunk goes on with */
	struct strbuf mended;	/* a line with U+FFFD in place of what is no character */
	uint64_t mended_line;	/* where that was first needed, 0: never */
	uint64_t mended_count;
};

/* One kind of line: what it starts with and what is done with the rest of it. */
struct keyword {
	const char *name;
	void (*take)(struct lcov *lcov, struct str value);
};

static void
complain(struct lcov *lcov, enum audit_level level, const char *code, const char *what,
    struct str text)
{
	int length = (int)(text.length < TEXT_SHOWN ? text.length : TEXT_SHOWN);

	audit_add(lcov->audit, level, lcov->line, code, "%s: \"%.*s\"", what, length, text.s);
}

/* Cuts the text before the first comma off; without a comma all of it. */
static struct str
cut_field(struct str *rest)
{
	const char *comma = rest->length ? memchr(rest->s, ',', rest->length) : NULL;
	size_t length = comma ? (size_t)(comma - rest->s) : rest->length;
	struct str field = {rest->s, length};

	length += comma != NULL;
	*rest = (struct str){rest->s + length, rest->length - length};
	return field;
}

/* A line number, or 0 with a finding: the entry is skipped. */
static uint32_t
number_of(struct lcov *lcov, struct str text)
{
	uint64_t number;

	if (number_hits(text, &number) == HITS_OK && number && number <= LIMIT_LINE_NUMBER)
		return (uint32_t)number;
	complain(lcov, AUDIT_ERROR, "line-number", "line number is not usable, skipped", text);
	return 0;
}

static uint64_t
hits_of(struct lcov *lcov, struct str text)
{
	uint64_t hits;

	switch (number_hits(text, &hits)) {
	case HITS_OK:
		break;
	case HITS_NEGATIVE:
		complain(lcov, AUDIT_WARNING, "hits-negative", "a negative count is taken as 0",
		    text);
		break;
	case HITS_HUGE:
		complain(lcov, AUDIT_WARNING, "hits-huge", "a count is held at 2^63-1", text);
		break;
	case HITS_BAD:
		complain(lcov, AUDIT_ERROR, "hits-unreadable",
		    "a count that can't be read is taken as 0", text);
		break;
	}
	return hits;
}

/* SF:path */
static void
take_file(struct lcov *lcov, struct str value)
{
	if (lcov->record.open) {
		complain(lcov, AUDIT_ERROR, "record-unterminated",
		    "a record without end_of_record before this", value);
		record_close(&lcov->record);
	}
	if (!str_trim(value).length) {
		complain(lcov, AUDIT_ERROR, "class-without-filename",
		    "a record without a file name", value);
		value = STR("(unnamed)");
	}
	lcov->begun = true;
	record_open(&lcov->record, value, lcov->line);
}

/* DA:line,hits[,checksum] */
static void
take_line(struct lcov *lcov, struct str value)
{
	uint32_t number = number_of(lcov, cut_field(&value));

	if (number)
		record_line(&lcov->record, number, hits_of(lcov, cut_field(&value)));
}

/* BRDA:line,block,branch,taken where the branch may be an expression with commas in it. */
static void
take_branch(struct lcov *lcov, struct str value)
{
	uint32_t number = number_of(lcov, cut_field(&value));
	const char *comma = value.length ? memrchr(value.s, ',', value.length) : NULL;
	struct str id, taken;

	if (!number)
		return;
	if (!comma) {
		complain(lcov, AUDIT_ERROR, "branch-unreadable",
		    "a BRDA without its fields, skipped", value);
		return;
	}
	id = (struct str){value.s, (size_t)(comma - value.s)};
	taken = str_trim((struct str){comma + 1, value.length - id.length - 1});
	record_branch(&lcov->record, number, id,
	    !str_equal(taken, STR("-")) && hits_of(lcov, taken));
}

/* FN:line[,end],name where the name may hold commas. */
static void
take_function(struct lcov *lcov, struct str value)
{
	uint32_t number = number_of(lcov, cut_field(&value));
	struct str name = value;
	struct str field = cut_field(&value);
	uint64_t end;

	if (value.length && number_plain(field, &end))
		name = value;
	if (number && name.length)
		record_function(&lcov->record, name, number);
	else if (number)
		complain(lcov, AUDIT_ERROR, "function-unreadable", "an FN without a name, skipped",
		    name);
}

/* FNDA:count,name */
static void
take_calls(struct lcov *lcov, struct str value)
{
	uint64_t hits = hits_of(lcov, cut_field(&value));

	if (value.length)
		record_calls(&lcov->record, value, hits);
	else
		complain(lcov, AUDIT_ERROR, "function-unreadable",
		    "an FNDA without a name, skipped", value);
}

/* FNL:index,line[,end] */
static void
take_index(struct lcov *lcov, struct str value)
{
	uint64_t index;
	struct str text = value;
	bool known = number_u64(cut_field(&value), &index) == NUMBER_OK;
	uint32_t number = known ? number_of(lcov, cut_field(&value)) : 0;

	if (!known)
		complain(lcov, AUDIT_ERROR, "function-unreadable",
		    "an FNL without its index, skipped", text);
	else if (number)
		record_index(&lcov->record, index, number);
}

/* FNA:index,count,name */
static void
take_alias(struct lcov *lcov, struct str value)
{
	uint64_t index;
	struct str text = value;
	bool known = number_u64(cut_field(&value), &index) == NUMBER_OK;
	uint64_t hits = known ? hits_of(lcov, cut_field(&value)) : 0;

	if (known && value.length)
		record_alias(&lcov->record, index, value, hits);
	else
		complain(lcov, AUDIT_ERROR, "function-unreadable",
		    "an FNA without its fields, skipped", text);
}

static void
take_total(struct lcov *lcov, enum lcov_total total, struct str value)
{
	uint64_t number;

	if (number_u64(value, &number) == NUMBER_OK)
		record_total(&lcov->record, total, number);
}

static void
take_lf(struct lcov *lcov, struct str value)
{
	take_total(lcov, LCOV_LF, value);
}

static void
take_lh(struct lcov *lcov, struct str value)
{
	take_total(lcov, LCOV_LH, value);
}

static void
take_brf(struct lcov *lcov, struct str value)
{
	take_total(lcov, LCOV_BRF, value);
}

static void
take_brh(struct lcov *lcov, struct str value)
{
	take_total(lcov, LCOV_BRH, value);
}

/* TN:name */
static void
take_test(struct lcov *lcov, struct str value)
{
	(void)value;
	lcov->begun = true;
}

static void
leave_aside(struct lcov *lcov, struct str value)
{
	(void)lcov;
	(void)value;
}

/* Lines of a record; those most met first. */
static const struct keyword in_record[] = {
	{ "DA:", take_line },
	{ "BRDA:", take_branch },
	{ "FN:", take_function },
	{ "FNDA:", take_calls },
	{ "FNL:", take_index },
	{ "FNA:", take_alias },
	{ "LF:", take_lf },
	{ "LH:", take_lh },
	{ "BRF:", take_brf },
	{ "BRH:", take_brh },
	{ "FNF:", leave_aside },
	{ "FNH:", leave_aside },
	{ "VER:", leave_aside },
	{ "MCDC:", leave_aside },
	{ "MCF:", leave_aside },
	{ "MCH:", leave_aside },
};

/* Lines that may stand anywhere. */
static const struct keyword anywhere[] = {
	{ "SF:", take_file },
	{ "TN:", take_test },
	{ "#", leave_aside },
};

static bool
take(const struct keyword *keywords, size_t count, struct lcov *lcov, struct str line)
{
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(keywords[i].name);

		if (!str_starts(line, (struct str){keywords[i].name, length}))
			continue;
		keywords[i].take(lcov, (struct str){line.s + length, line.length - length});
		return true;
	}
	return false;
}

static void
take_text(struct lcov *lcov, struct str line)
{
	size_t count = sizeof(in_record) / sizeof(in_record[0]);

	if (lcov->record.open && take(in_record, count, lcov, line))
		return;
	if (take(anywhere, sizeof(anywhere) / sizeof(anywhere[0]), lcov, line) ||
	    !str_trim(line).length)
		return;
	if (lcov->record.open && str_equal(str_trim(line), STR("end_of_record")))
		record_close(&lcov->record);
	else if (lcov->record.open)
		complain(lcov, AUDIT_ERROR, "line-unreadable",
		    "a line that LCOV does not have, skipped", line);
	else if (lcov->begun)
		complain(lcov, AUDIT_ERROR, "outside-record",
		    "a line outside of any record, skipped", line);
}

/* Whether all bytes are plain text. */
static bool
is_plain(struct str line)
{
	for (size_t i = 0; i < line.length; i++)
		if ((unsigned char)line.s[i] - 0x20u >= 0x5fu && line.s[i] != '\t')
			return false;
	return true;
}

/* The line with U+FFFD for every byte that is no character and every control (COVERAGE 3.9). */
static struct str
mend(struct lcov *lcov, struct str line)
{
	uint64_t before = lcov->mended_count;

	strbuf_reset(&lcov->mended);
	while (line.length) {
		uint32_t code_point = 0;
		size_t length = utf8_decode(line, &code_point);
		bool good = length && (code_point >= 0x20 || code_point == '\t') &&
		    code_point != 0xfffe && code_point != 0xffff;

		if (good)
			strbuf_add(&lcov->mended, line.s, length);
		else
			strbuf_add_utf8(&lcov->mended, 0xfffd);
		lcov->mended_count += !good;
		length += !length;
		line = (struct str){line.s + length, line.length - length};
	}
	if (!before && lcov->mended_count)
		lcov->mended_line = lcov->line;
	return strbuf_str(&lcov->mended);
}

static bool
take_whole_line(struct lcov *lcov, struct str line, struct error *err)
{
	lcov->line++;
	if (lcov->line == 1 && str_starts(line, STR("\xef\xbb\xbf")))
		line = (struct str){line.s + 3, line.length - 3};
	if (line.length && line.s[line.length - 1] == '\r')
		line.length--;
	if (line.length && memchr(line.s, 0, line.length))
		return fail_at(err, ERROR_DAMAGED, lcov->line, "a NUL byte in the tracefile");
	take_text(lcov, is_plain(line) ? line : mend(lcov, line));
	if (!lcov->begun && str_trim(line).length && line.s[0] != '#')
		return fail_at(err, ERROR_FOREIGN, lcov->line,
		    "not an LCOV tracefile: it does not start with TN or SF");
	if (lcov->record.taken_in > LIMIT_LINES)
		return fail_at(err, ERROR_LIMIT, lcov->line, "too many lines in one report");
	if (lcov->record.intake->file_count > LIMIT_FILES)
		return fail_at(err, ERROR_LIMIT, lcov->line, "too many files in one report");
	return true;
}

/* Keeps the start of a line for the next chunk. */
static bool
keep_rest(struct lcov *lcov, struct str rest, struct error *err)
{
	if (lcov->rest.length + rest.length > LIMIT_LCOV_LINE)
		return fail_at(err, ERROR_LIMIT, lcov->line + 1, "a line is longer than 1 MiB");
	strbuf_add_str(&lcov->rest, rest);
	return true;
}

/* The line that ends at `newline`, with what was kept of it before. */
static bool
take_line_to(struct lcov *lcov, const char *start, const char *newline, struct error *err)
{
	struct str piece = {start, (size_t)(newline - start)};
	bool done;

	if (!lcov->rest.length)
		return take_whole_line(lcov, piece, err);
	if (!keep_rest(lcov, piece, err))
		return false;
	done = take_whole_line(lcov, strbuf_str(&lcov->rest), err);
	strbuf_reset(&lcov->rest);
	return done;
}

static bool
take_chunk(struct lcov *lcov, struct str chunk, struct error *err)
{
	const char *end = chunk.s + chunk.length;
	const char *at = chunk.s;
	const char *newline;

	while ((newline = memchr(at, '\n', (size_t)(end - at)))) {
		if (!take_line_to(lcov, at, newline, err))
			return false;
		at = newline + 1;
	}
	return keep_rest(lcov, (struct str){at, (size_t)(end - at)}, err);
}

static bool
take_input(struct lcov *lcov, struct input *input, struct error *err)
{
	struct str chunk;

	for (;;) {
		if (!input_read(input, &chunk, err))
			return false;
		if (!chunk.length)
			break;
		if (!take_chunk(lcov, chunk, err))
			return false;
	}
	if (lcov->rest.length && !take_whole_line(lcov, strbuf_str(&lcov->rest), err))
		return false;
	if (!lcov->begun)
		return fail(err, ERROR_FOREIGN, "not an LCOV tracefile: it is empty");
	if (lcov->record.open)
		return fail_at(err, ERROR_DAMAGED, lcov->line,
		    "the tracefile ends inside a record");
	return true;
}

static void
finish(struct lcov *lcov, struct intake *intake)
{
	intake_close(intake);
	if (lcov->mended_count)
		audit_add(lcov->audit, AUDIT_WARNING, lcov->mended_line, "invalid-bytes",
		    "bytes that are no text replaced by U+FFFD");
	if (!intake->line_records)
		audit_add(lcov->audit, AUDIT_NOTE, 1, "empty-report", "the report lists no line");
}

static bool
lcov_read(struct input *input, struct intake *intake, struct error *err)
{
	struct lcov lcov = {.record = {.intake = intake}, .audit = &intake->audit};
	bool done = take_input(&lcov, input, err);

	if (done)
		finish(&lcov, intake);
	else
		intake_abandon(intake);
	record_release(&lcov.record);
	strbuf_clear(&lcov.rest);
	strbuf_clear(&lcov.mended);
	return done;
}

/* A tracefile starts with TN or SF, behind blank lines and comments. */
static int
lcov_bid(struct str head)
{
	if (str_starts(head, STR("\xef\xbb\xbf")))
		head = (struct str){head.s + 3, head.length - 3};
	for (;;) {
		const char *newline;

		head = str_trim(head);
		if (!head.length || head.s[0] != '#')
			break;
		newline = memchr(head.s, '\n', head.length);
		head.length = newline ? head.length - (size_t)(newline - head.s) : 0;
		head.s = newline;
	}
	return str_starts(head, STR("TN:")) || str_starts(head, STR("SF:")) ? 90 : 0;
}

const struct reader reader_lcov = {
	.name = "lcov",
	.help = "LCOV tracefile, version 1 or 2",
	.kind = SOURCE_COVERAGE,
	.bid = lcov_bid,
	.coverage = lcov_read,
};
