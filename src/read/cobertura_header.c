/* What the root says of the whole, against the body. */
#include "read/cobertura_header.h"

#include "model/branch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define MILLISECONDS_FROM	100000000000u	/* larger: milliseconds (COVERAGE 5) */
#define YEAR_10000		253402300800u	/* in seconds; no time of a report */

enum { RATE_PLACES_LEAST = 2, RATE_PLACES_MOST = 4 };

/* Which field an attribute goes to. */
static const struct field {
	const char *name;
	size_t count;		/* offsets into struct header; 0: not of this kind */
	size_t rate;
} fields[] = {
	{ "lines-valid", offsetof(struct header, lines_valid), 0 },
	{ "lines-covered", offsetof(struct header, lines_covered), 0 },
	{ "branches-valid", offsetof(struct header, branches_valid), 0 },
	{ "branches-covered", offsetof(struct header, branches_covered), 0 },
	{ "line-rate", 0, offsetof(struct header, line_rate) },
	{ "branch-rate", 0, offsetof(struct header, branch_rate) },
};

/* Counts are plain digits: "1.0" (kcov, xccov) is a constant that counts nothing. */
static void
read_count(struct header_count *count, struct str value)
{
	count->given = number_u64(value, &count->value) == NUMBER_OK;
}

/* Places behind the sign, as printed; with an exponent none are trusted beyond RATE_PLACES_MOST. */
static unsigned
places_printed(struct str value)
{
	size_t at = 0;

	value = str_trim(value);
	while (at < value.length && value.s[at] != '.' && value.s[at] != ',')
		at++;
	if (memchr(value.s, 'e', value.length) || memchr(value.s, 'E', value.length))
		return RATE_PLACES_MOST;
	return at < value.length ? (unsigned)(value.length - at - 1) : 0;
}

static void
read_rate(struct header_rate *rate, struct str value)
{
	rate->given = number_decimal(value, NUMBER_POINT_OR_COMMA, &rate->value) == NUMBER_OK;
	if (rate->given)
		rate->printed = places_printed(value);
}

/* Seconds or milliseconds, a fraction left aside; 0 for text and whatever else is no time. */
static uint64_t
read_timestamp(struct str value)
{
	struct number number;

	if (number_decimal(value, NUMBER_POINT_OR_COMMA, &number) != NUMBER_OK || number.negative)
		return 0;
	for (; number.places; number.places--)
		number.units /= 10;
	if (number.units > MILLISECONDS_FROM)
		number.units /= 1000;
	return number.units < YEAR_10000 ? number.units : 0;
}

void
header_read(struct header *header, const struct xml_attribute *attributes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str value = xml_value(&attributes[i]);

		if (strcmp(attributes[i].name, "timestamp") == 0)
			header->timestamp = read_timestamp(value);
		for (size_t j = 0; j < sizeof(fields) / sizeof(fields[0]); j++) {
			if (strcmp(attributes[i].name, fields[j].name) != 0)
				continue;
			if (fields[j].count)
				read_count((void *)((char *)header + fields[j].count), value);
			else
				read_rate((void *)((char *)header + fields[j].rate), value);
		}
	}
}

/* Covered and valid of the body, lines or branches. */
struct sums {
	uint64_t covered;
	uint64_t valid;
};

struct body {
	struct sums lines;
	struct sums branches;
};

/* One raw line record with its branches. */
struct row {
	uint32_t line;
	uint32_t n;
	uint32_t k;
	bool hit;
};

static int
row_compare(const void *left, const void *right)
{
	const struct row *a = left;
	const struct row *b = right;

	return (a->line > b->line) - (a->line < b->line);
}

static size_t
segment_rows(const struct intake_segment *segment, struct row *rows)
{
	for (uint32_t i = 0; i < segment->line_count; i++)
		rows[i] = (struct row){.line = segment->lines[i], .hit = segment->hits[i] > 0};
	for (uint32_t i = 0; i < segment->branch_count; i++) {
		struct row *row = &rows[segment->branch_rows[i]];

		row->n = segment->branches[i].n;
		row->k = branch_low(&segment->branches[i], segment->data);
	}
	return segment->line_count;
}

/* Adds rows up, those of one line taken as one (COVERAGE 2.2, 2.4). */
static void
body_add(struct body *body, struct row *rows, size_t count)
{
	bool ordered = true;

	for (size_t i = 1; i < count; i++)
		ordered = ordered && rows[i - 1].line <= rows[i].line;
	if (!ordered)
		qsort(rows, count, sizeof(*rows), row_compare);
	for (size_t i = 0, next; i < count; i = next) {
		struct row all = rows[i];

		for (next = i + 1; next < count && rows[next].line == all.line; next++) {
			all.hit = all.hit || rows[next].hit;
			all.n = rows[next].n > all.n ? rows[next].n : all.n;
			all.k = rows[next].k > all.k ? rows[next].k : all.k;
		}
		body->lines.valid++;
		body->lines.covered += all.hit;
		body->branches.valid += all.n;
		body->branches.covered += all.k;
	}
}

/* The fast way for a file whose lines ascend in one segment, as most do.  False: another file. */
static bool
body_add_ordered(struct body *body, const struct intake_file *file)
{
	const struct intake_segment *segment = file->segments;
	uint64_t covered = 0;

	if (file->segment_count != 1)
		return false;
	for (uint32_t i = 0, before = 0; i < segment->line_count; before = segment->lines[i++]) {
		if (segment->lines[i] <= before)
			return false;
		covered += segment->hits[i] > 0;
	}
	body->lines.valid += segment->line_count;
	body->lines.covered += covered;
	for (uint32_t i = 0; i < segment->branch_count; i++) {
		body->branches.valid += segment->branches[i].n;
		body->branches.covered += branch_low(&segment->branches[i], segment->data);
	}
	return true;
}

static struct body
body_of(const struct intake *intake)
{
	struct body body = {0};
	struct row *rows = NULL;
	size_t capacity = 0;

	for (size_t i = 0; i < intake->file_count; i++) {
		const struct intake_file *file = &intake->files[i];
		size_t count = 0;

		if (body_add_ordered(&body, file))
			continue;
		for (size_t j = 0; j < file->segment_count; j++) {
			MEM_GROW(rows, capacity, count + file->segments[j].line_count);
			count += segment_rows(&file->segments[j], rows + count);
		}
		body_add(&body, rows, count);
	}
	free(rows);
	return body;
}

/* What the header says of lines or of branches, beside what the body has. */
struct check {
	const struct header *header;
	struct intake *intake;
	const char *what;	/* "lines", "branches" */
	const char *code;
	enum audit_level level;
	const struct header_count *covered;
	const struct header_count *valid;
	const struct header_rate *rate;
	struct sums body;
};

static bool
count_differs(const struct header_count *count, uint64_t body)
{
	return count->given && count->value != body;
}

enum { COUNT_TEXT = 24 };

static const char *
count_text(const struct header_count *count, char text[COUNT_TEXT])
{
	if (!count->given)
		return "?";
	snprintf(text, COUNT_TEXT, "%" PRIu64, count->value);
	return text;
}

/* False when the header's counts differ from the body's. */
static bool
check_counts(const struct check *check)
{
	char covered[COUNT_TEXT], valid[COUNT_TEXT];

	if (!count_differs(check->covered, check->body.covered) &&
	    !count_differs(check->valid, check->body.valid))
		return true;
	audit_add(&check->intake->audit, check->level, check->header->line, check->code,
	    "the header says %s of %s %s, the body has %" PRIu64 " of %" PRIu64,
	    count_text(check->covered, covered),
	    count_text(check->valid, valid), check->what, check->body.covered, check->body.valid);
	return false;
}

static double
power_of_ten(unsigned places)
{
	double power = 1;

	while (places--)
		power *= 10;
	return power;
}

/* The difference that a producer's rounding can make: one in the last place that it prints. */
static double
tolerance(const struct check *check)
{
	unsigned places = check->header->dialect->rate_places;

	if (!places)
		places = check->rate->printed;
	if (places < RATE_PLACES_LEAST)
		places = RATE_PLACES_LEAST;
	return 1 / power_of_ten(places < RATE_PLACES_MOST ? places : RATE_PLACES_MOST);
}

static void
check_rate(const struct check *check)
{
	const struct number *rate = &check->rate->value;
	double said, found;

	if (!check->rate->given || !check->body.valid)
		return;
	said = (double)rate->units / power_of_ten(rate->places);
	found = (double)check->body.covered / (double)check->body.valid;
	if (!rate->negative && said - found < tolerance(check) && found - said < tolerance(check))
		return;
	audit_add(&check->intake->audit, check->level, check->header->line, check->code,
	    "the header says a rate of %s%g for %s, the body has %" PRIu64 " of %" PRIu64,
	    rate->negative ? "-" : "",
	    said, check->what, check->body.covered, check->body.valid);
}

static void
check_both(const struct check *check)
{
	if (check_counts(check))
		check_rate(check);
}

void
header_check(const struct header *header, struct intake *intake)
{
	const struct dialect *dialect = header->dialect;
	bool lines_noted = dialect->counts_otherwise;
	bool branches_noted = dialect->counts_otherwise || dialect->branches_otherwise;
	struct body body = body_of(intake);
	struct check lines = {header, intake, "lines", "header-lines",
	    lines_noted ? AUDIT_NOTE : AUDIT_WARNING, &header->lines_covered, &header->lines_valid,
	    &header->line_rate, body.lines};
	struct check branches = {header, intake, "branches", "header-branches",
	    branches_noted ? AUDIT_NOTE : AUDIT_WARNING, &header->branches_covered,
	    &header->branches_valid,
	    &header->branch_rate, body.branches};

	check_both(&lines);
	check_both(&branches);
}
