/* One report read by one reader. */
#include "reading.h"

#include "base/mem.h"
#include "base/xml.h"

#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void
keep_intake(struct reading *reading, struct intake *intake)
{
	strbuf_add_str(&reading->dialect, strpool_get(&intake->strings, intake->dialect));
	for (size_t i = 0; i < intake->root_count; i++) {
		strbuf_add_str(&reading->roots, strpool_get(&intake->strings, intake->roots[i]));
		strbuf_add_char(&reading->roots, '|');
	}
	reading->timestamp = intake->timestamp;
}

static void
read_input(struct reading *reading, const struct reader *reader, struct input *input)
{
	struct intake intake = {0};
	struct error broken = {0};

	*reading = (struct reading){0};
	xml_initialise();
	audit_begin(&intake.audit, STR("report"));
	report_begin(&reading->report, STR("s"), STR(""));
	reading->ok = reader->coverage(input, &intake, &reading->err);
	ck_assert_msg(reading->ok || (!intake.file_count && !intake.line_records),
	    "a broken report left data");
	keep_intake(reading, &intake);
	intake_finish(&intake, &reading->report);
	audit_sort(&reading->report.audit);
	ck_assert_msg(report_check(&reading->report, &broken), "%s", broken.message);
}

void
reading_of_text(struct reading *reading, const struct reader *reader, struct str text)
{
	int fd = memfd_create("report", 0);
	struct input *input;
	struct error err = {0};

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text.s, text.length), (ssize_t)text.length);
	ck_assert_msg(input_open_fd(fd, "report", &input, &err), "%s", err.message);
	read_input(reading, reader, input);
	input_free(input);
	close(fd);
}

void
reading_of_data(struct reading *reading, const struct reader *reader, const char *name)
{
	const char *folder = getenv("srcdir");
	struct strbuf path = {0};
	struct input *input;
	struct error err = {0};

	strbuf_addf(&path, "%s/tests/data/%s", folder ? folder : ".", name);
	ck_assert_msg(input_open(strbuf_string(&path), &input, &err), "%s: %s",
	    strbuf_string(&path), err.message);
	read_input(reading, reader, input);
	input_free(input);
	strbuf_clear(&path);
}

static struct interval
interval_of(const struct report *report, const struct file *file, uint32_t row)
{
	size_t from = file_branch_from(file, file->lines[row]);
	size_t to = file_branch_from(file, file->lines[row] + 1);

	return file_interval(file, &report->lanes, from, to, file_pattern(file, row),
	    FILE_ALL_STAGES);
}

const char *
reading_lines(struct reading *reading)
{
	const struct report *report = &reading->report;

	strbuf_reset(&reading->text);
	for (size_t i = 0; i < report->file_count; i++) {
		const struct file *file = &report->files[i];

		strbuf_add_string(&reading->text, i ? "; " : "");
		strbuf_add_str(&reading->text, report_path(report, file));
		for (uint32_t row = 0; row < file->line_count; row++) {
			struct interval interval = interval_of(report, file, row);

			strbuf_addf(&reading->text, " %u:%" PRIu64, file->lines[row],
			    file->hits[row]);
			if (interval.n)
				strbuf_addf(&reading->text, "[%u,%u]/%u", interval.lo, interval.hi,
				    interval.n);
		}
	}
	return strbuf_string(&reading->text);
}

const char *
reading_functions(struct reading *reading)
{
	const struct strpool *strings = &reading->report.strings;

	strbuf_reset(&reading->text);
	for (size_t i = 0; i < reading->report.file_count; i++) {
		const struct file *file = &reading->report.files[i];

		for (uint32_t j = 0; j < file->function_count; j++) {
			const struct function *function = &file->functions[j];

			strbuf_addf(&reading->text, "%s%s.%s%s@%u=%" PRIu64,
			    reading->text.length ? " " : "",
			    strpool_get(strings, function->class_name).s,
			    strpool_get(strings, function->name).s,
			    strpool_get(strings, function->signature).s, function->first_line,
			    function->hits);
		}
	}
	return strbuf_string(&reading->text);
}

const char *
reading_findings(struct reading *reading)
{
	const struct audit *audit = &reading->report.audit;

	strbuf_reset(&reading->text);
	for (size_t i = 0; i < audit->count; i++)
		strbuf_addf(&reading->text, "%s%s:%" PRIu64 ":%s", i ? " " : "",
		    audit_level_name(audit->findings[i].level), audit->findings[i].line,
		    audit->findings[i].code);
	return strbuf_string(&reading->text);
}

const char *
reading_totals(struct reading *reading)
{
	uint64_t lines[2] = {0}, branches[3] = {0}, functions[2] = {0};

	for (size_t i = 0; i < reading->report.file_count; i++) {
		const struct file *file = &reading->report.files[i];

		for (uint32_t row = 0; row < file->line_count; row++) {
			struct interval interval = interval_of(&reading->report, file, row);

			lines[0] += file->hits[row] > 0;
			branches[0] += interval.lo;
			branches[1] += interval.hi;
			branches[2] += interval.n;
		}
		lines[1] += file->line_count;
		for (uint32_t j = 0; j < file->function_count; j++)
			functions[0] += file->functions[j].hits > 0;
		functions[1] += file->function_count;
	}
	strbuf_reset(&reading->text);
	strbuf_addf(&reading->text,
	    "lines %" PRIu64 "/%" PRIu64 " branches [%" PRIu64 ",%" PRIu64 "]/%" PRIu64
	    " functions %" PRIu64 "/%" PRIu64,
	    lines[0], lines[1], branches[0], branches[1], branches[2], functions[0], functions[1]);
	return strbuf_string(&reading->text);
}

void
reading_clear(struct reading *reading)
{
	report_clear(&reading->report);
	strbuf_clear(&reading->dialect);
	strbuf_clear(&reading->roots);
	strbuf_clear(&reading->text);
}
