/* One <line> of Cobertura: number, hits, branches. */
#include "read/cobertura_line.h"

#include "base/number.h"
#include "read/cobertura_branch.h"

#include <stdlib.h>

enum { VALUE_SHOWN = 40 };	/* bytes of an attribute's value in a message */

static int
shown(struct str s)
{
	return (int)(s.length < VALUE_SHOWN ? s.length : VALUE_SHOWN);
}

void
line_reader_init(struct line_reader *reader, struct xml *xml, struct intake *intake)
{
	*reader = (struct line_reader){
	    .xml = xml,
	    .intake = intake,
	    .names = {
		.number = xml_intern(xml, "number"),
		.hits = xml_intern(xml, "hits"),
		.branch = xml_intern(xml, "branch"),
		.condition_coverage = xml_intern(xml, "condition-coverage"),
		.missing_branches = xml_intern(xml, "missing-branches"),
		.type = xml_intern(xml, "type"),
		.coverage = xml_intern(xml, "coverage"),
	    },
	};
}

void
line_reader_release(struct line_reader *reader)
{
	free(reader->missing);
	free(reader->children);
	free(reader->ids);
	free(reader->conditions);
}

uint64_t
line_hits(const struct line_reader *reader, const char *what, struct str value)
{
	struct audit *audit = &reader->intake->audit;
	uint64_t line = xml_line(reader->xml);
	uint64_t hits;

	switch (number_hits(value, &hits)) {
	case HITS_OK:
		break;
	case HITS_NEGATIVE:
		audit_add(audit, AUDIT_WARNING, line, "hits-negative",
		    "hits=\"%.*s\"%s counted as not covered", shown(value), value.s, what);
		break;
	case HITS_HUGE:
		audit_add(audit, AUDIT_WARNING, line, "hits-huge", "hits=\"%.*s\"%s held at 2^63-1",
		    shown(value), value.s, what);
		break;
	case HITS_BAD:
		audit_add(audit, AUDIT_ERROR, line, "hits-unreadable",
		    "hits=\"%.*s\"%s counted as not covered", shown(value), value.s, what);
		break;
	}
	return hits;
}

static uint32_t
bad_number(const struct line_reader *reader, struct str value)
{
	audit_add(&reader->intake->audit, AUDIT_ERROR, xml_line(reader->xml), "line-number",
	    value.s ? "line number \"%.*s\" is not usable, the line is skipped" :
	    "a line without number is skipped%.*s", shown(value), value.s ? value.s : "");
	return 0;
}

static uint32_t
number_of(const struct line_reader *reader, struct str value)
{
	uint64_t number = 0;

	if (number_plain(value, &number) && number && number <= LIMIT_LINE_NUMBER)
		return (uint32_t)number;
	if (number_hits(value, &number) == HITS_OK && number && number <= LIMIT_LINE_NUMBER)
		return (uint32_t)number;
	return bad_number(reader, value);
}

static uint64_t
hits_of(const struct line_reader *reader, struct str value)
{
	uint64_t hits;

	if (number_plain(value, &hits))
		return hits;
	if (value.s)
		return line_hits(reader, "", value);
	audit_add(&reader->intake->audit, AUDIT_ERROR, xml_line(reader->xml), "hits-missing",
	    "a line without hits counted as not covered");
	return 0;
}

static void
add_token(struct line_reader *reader, struct str token)
{
	if (!token.length)
		return;
	if (reader->missing_count == LIMIT_CONDITIONS) {
		reader->too_many = true;
		return;
	}
	MEM_GROW(reader->missing, reader->missing_capacity, reader->missing_count + 1);
	reader->missing[reader->missing_count++] = strpool_add(&reader->intake->strings, token);
}

static void
split_missing(struct line_reader *reader, struct str value)
{
	while (value.length) {
		const char *comma = memchr(value.s, ',', value.length);
		size_t length = comma ? (size_t)(comma - value.s) : value.length;

		add_token(reader, str_trim((struct str){value.s, length}));
		length += comma != NULL;
		value = (struct str){value.s + length, value.length - length};
	}
}

/* What the attributes say, as written; no value: the attribute is missing. */
struct line_values {
	struct str number;
	struct str hits;
	struct str branch;
	struct str condition_coverage;
	struct str missing_branches;
};

static inline void
collect(const struct line_names *names, const struct xml_attribute *attributes, size_t count,
    struct line_values *values)
{
	const struct xml_attribute *end = attributes + count;

	for (const struct xml_attribute *attribute = attributes; attribute < end; attribute++) {
		if (attribute->name == names->number)
			values->number = xml_value(attribute);
		else if (attribute->name == names->hits)
			values->hits = xml_value(attribute);
		else if (attribute->name == names->branch)
			values->branch = xml_value(attribute);
		else if (attribute->name == names->condition_coverage)
			values->condition_coverage = xml_value(attribute);
		else if (attribute->name == names->missing_branches)
			values->missing_branches = xml_value(attribute);
	}
}

void
line_begin(struct line_reader *reader, const struct xml_attribute *attributes, size_t count)
{
	struct line_values values = {0};

	collect(&reader->names, attributes, count, &values);
	reader->open = true;
	reader->branch = false;
	reader->counted = false;
	reader->too_many = false;
	reader->missing_count = 0;
	reader->child_count = 0;
	reader->record.n = 0;
	reader->record.k = 0;
	reader->record.number = number_of(reader, values.number);
	reader->record.hits = hits_of(reader, values.hits);
	if (values.branch.length == 5 && memcmp(values.branch.s, "false", 5) == 0 &&
	    !values.condition_coverage.s)
		return;
	if (!values.branch.s && !values.condition_coverage.s)
		return;
	reader->report_line = xml_line(reader->xml);
	reader->branch = str_equal_fold(str_trim(values.branch), STR("true"));
	reader->counted = branch_counts(reader, values.condition_coverage);
	if (reader->record.n > reader->record.k)
		split_missing(reader, values.missing_branches);
}

/* Percent in millionths; a plain number up to 1 is a fraction (grcov).  False: no percentage. */
static bool
percent_of(struct str value, uint32_t *percent)
{
	static const uint64_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
	struct number number;
	bool sign;

	value = str_trim(value);
	sign = str_ends(value, STR("%"));
	value.length -= sign;
	if (number_decimal(value, NUMBER_POINT_OR_COMMA, &number) != NUMBER_OK || number.negative)
		return false;
	for (; number.places > 6; number.places--)
		number.units /= 10;
	if (number.units > 100 * powers[number.places])
		return false;
	number.units *= powers[6 - number.places];
	if (!sign && number.units <= powers[6])
		number.units *= 100;
	*percent = (uint32_t)number.units;
	return true;
}

void
line_condition(struct line_reader *reader, const struct xml_attribute *attributes, size_t count)
{
	struct line_condition condition = {0};
	bool numbered = false, measured = false;
	uint64_t number;

	if (reader->child_count == LIMIT_CONDITIONS) {
		reader->too_many = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct xml_attribute *attribute = &attributes[i];
		struct str value = xml_value(attribute);

		if (attribute->name == reader->names.number) {
			numbered = number_u64(value, &number) == NUMBER_OK && number <= UINT32_MAX;
			condition.number = numbered ? (uint32_t)number : 0;
		} else if (attribute->name == reader->names.type) {
			condition.jump = str_equal_fold(str_trim(value), STR("jump"));
			condition.switched = str_equal_fold(str_trim(value), STR("switch"));
		} else if (attribute->name == reader->names.coverage) {
			measured = percent_of(value, &condition.percent);
		}
	}
	condition.usable = numbered && measured;
	MEM_GROW(reader->children, reader->child_capacity, reader->child_count + 1);
	reader->children[reader->child_count++] = condition;
}

bool
line_end(struct line_reader *reader, struct line_record *record)
{
	reader->open = false;
	if (!reader->record.number)
		return false;
	if (reader->record.n || reader->branch || reader->child_count)
		branch_settle(reader);
	*record = reader->record;
	return true;
}

void
line_put(const struct line_reader *reader, const struct line_record *record)
{
	struct intake *intake = reader->intake;

	intake_line(intake, record->number, record->hits);
	if (!record->n)
		return;
	if (record->kind == BRANCH_IDS)
		intake_ids(intake, record->n, record->k, reader->ids + record->from, record->count);
	else if (record->kind == BRANCH_CONDS)
		intake_conditions(intake, record->n, record->k, reader->conditions + record->from,
		    record->count);
	else
		intake_counts(intake, record->n, record->k);
}

void
line_forget(struct line_reader *reader, const struct line_record *record)
{
	if (record->n && record->kind == BRANCH_IDS)
		reader->id_count = record->from;
	else if (record->n && record->kind == BRANCH_CONDS)
		reader->condition_count = record->from;
}
