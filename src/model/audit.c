/* Findings, bounded and ordered. */
#include "model/audit.h"

#include "base/limits.h"
#include "base/mem.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many findings of one code the current report has had. */
struct audit_tally {
	const char *code;
	enum audit_level level;
	uint64_t count;
};

static struct audit_tally *
tally_of(struct audit *audit, enum audit_level level, const char *code)
{
	for (size_t i = 0; i < audit->tally_count; i++)
		if (strcmp(audit->tallies[i].code, code) == 0)
			return &audit->tallies[i];
	MEM_GROW(audit->tallies, audit->tally_capacity, audit->tally_count + 1);
	audit->tallies[audit->tally_count] = (struct audit_tally){code, level, 0};
	return &audit->tallies[audit->tally_count++];
}

static void
append(struct audit *audit, enum audit_level level, uint64_t line, const char *code, struct str message)
{
	MEM_GROW(audit->findings, audit->capacity, audit->count + 1);
	audit->findings[audit->count++] = (struct finding){
	    .level = level,
	    .report = audit->report ? audit->report : "",
	    .line = line,
	    .code = code,
	    .message = arena_string(&audit->arena, message),
	    .derived = audit->derived || !audit->report || !*audit->report,
	};
}

void
audit_begin(struct audit *audit, struct str report)
{
	audit_end(audit);
	audit->report = arena_string(&audit->arena, report);
}

void
audit_add(struct audit *audit, enum audit_level level, uint64_t line, const char *code,
    const char *format, ...)
{
	struct audit_tally *tally = tally_of(audit, level, code);
	char message[1024];
	va_list args;

	if (++tally->count > LIMIT_FINDINGS)
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	append(audit, level, line, code, str_of(message));
}

void
audit_end(struct audit *audit)
{
	char message[64];

	for (size_t i = 0; i < audit->tally_count; i++) {
		const struct audit_tally *tally = &audit->tallies[i];

		if (tally->count <= LIMIT_FINDINGS)
			continue;
		snprintf(message, sizeof(message), "and %" PRIu64 " more of this kind",
		    tally->count - LIMIT_FINDINGS);
		append(audit, tally->level, 0, tally->code, str_of(message));
	}
	audit->tally_count = 0;
	audit->report = NULL;
}

void
audit_merge(struct audit *audit, const struct audit *other)
{
	const char *report = NULL;
	const char *copied = "";

	MEM_GROW(audit->findings, audit->capacity, audit->count + other->count);
	for (size_t i = 0; i < other->count; i++) {
		struct finding finding = other->findings[i];

		if (finding.report != report) {
			report = finding.report;
			copied = arena_string(&audit->arena, str_of(report));
		}
		finding.report = copied;
		finding.code = arena_string(&audit->arena, str_of(finding.code));
		finding.message = arena_string(&audit->arena, str_of(finding.message));
		audit->findings[audit->count++] = finding;
	}
}

static int
finding_compare(const void *left, const void *right)
{
	const struct finding *a = left;
	const struct finding *b = right;
	int order = strcmp(a->report, b->report);

	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	if (!order)
		order = (a->level > b->level) - (a->level < b->level);
	if (!order)
		order = strcmp(a->code, b->code);
	return order ? order : strcmp(a->message, b->message);
}

void
audit_sort(struct audit *audit)
{
	size_t kept = 0;

	if (!audit->count)
		return;
	qsort(audit->findings, audit->count, sizeof(*audit->findings), finding_compare);
	for (size_t i = 1; i < audit->count; i++)
		if (finding_compare(&audit->findings[kept], &audit->findings[i]) != 0)
			audit->findings[++kept] = audit->findings[i];
	audit->count = kept + 1;
}

size_t
audit_count(const struct audit *audit, enum audit_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < audit->count; i++)
		count += audit->findings[i].level == level;
	return count;
}

const char *
audit_level_name(enum audit_level level)
{
	static const char *const names[] = {
	    [AUDIT_ERROR] = "error",
	    [AUDIT_WARNING] = "warning",
	    [AUDIT_NOTE] = "note",
	};

	return names[level];
}

void
audit_clear(struct audit *audit)
{
	arena_clear(&audit->arena);
	free(audit->findings);
	free(audit->tallies);
	*audit = (struct audit){0};
}
