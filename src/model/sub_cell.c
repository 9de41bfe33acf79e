/* The fields of suites that make sub-cells. */
#include "model/sub_cell.h"

#include <stddef.h>

static const size_t fields[] = {offsetof(struct test_suite, hostname),
    offsetof(struct test_suite, package), offsetof(struct test_suite, id)};

enum { FIELDS = sizeof(fields) / sizeof(*fields) };
_Static_assert(SUB_CELL_ALL == (1u << FIELDS) - 1, "a bit for each field");

/* A string id; 0: no suite. */
static uint32_t
value_of(const struct report *report, uint32_t suite, size_t field)
{
	uint32_t value = 0;

	if (suite)
		memcpy(&value, (const char *)&report->tests.suites[suite - 1] + fields[field],
		    sizeof(value));
	return value;
}

unsigned
sub_cell_difference(const struct report *report, uint32_t a, uint32_t b)
{
	unsigned differ = 0;

	for (size_t i = 0; a != b && i < FIELDS; i++)
		if (value_of(report, a, i) != value_of(report, b, i))
			differ |= 1u << i;
	return differ;
}

static void
add_part(struct strbuf *out, struct str part)
{
	if (out->length && part.length)
		strbuf_add_char(out, '/');
	strbuf_add_str(out, part);
}

void
sub_cell_name(const struct report *report, uint32_t lane, uint32_t suite, unsigned told,
    struct strbuf *out)
{
	strbuf_reset(out);
	add_part(out, report_cell(report, lane));
	for (size_t i = 0; told && i < FIELDS; i++)
		if (told & 1u << i)
			add_part(out, strpool_get(&report->strings, value_of(report, suite, i)));
}
