/* Reports that were measured, written and read back. */
#include "written.h"

#include "dump.h"
#include "judge/measure.h"
#include "reading.h"
#include "render/renderer.h"

#include "base/mem.h"

#include <check.h>
#include <inttypes.h>
#include <stdlib.h>

void
written_add(struct written *written, struct report *report)
{
	report_merge(&written->report, report);
}

void
written_add_words(struct written *written, const char *stage, const char *cell, const char *words)
{
	struct report report = {0};

	report_from(&report, stage, cell, words);
	written_add(written, &report);
}

void
written_measure(struct written *written)
{
	static const struct rules rules;

	report_settle(&written->report);
	measure(&written->report, &rules, &written->result);
	measure_tests(&rules, &written->result, &written->report.audit);
	decimal_parse(STR("80"), 100, &written->result.green);
	decimal_parse(STR("60"), 100, &written->result.orange);
}

const char *
written_by(struct written *written, const char *writer)
{
	const struct renderer *renderer = renderer_find(str_of(writer));
	const struct render_settings settings = {0};
	struct output *output = output_memory();
	struct str content;

	ck_assert_ptr_nonnull(renderer);
	ck_assert(renderer->write(&written->result, &settings, output, NULL));
	content = output_content(output);
	free(written->bytes);
	written->bytes = mem_string(content.s, content.length);
	written->text = (struct str){written->bytes, content.length};
	output_abort(output);
	return written->bytes;
}

static void
dump_line(const struct report *report, const struct file *file, uint32_t row, struct strbuf *out)
{
	size_t from = file_branch_from(file, file->lines[row]);
	size_t to = file_branch_from(file, file->lines[row] + 1);

	strbuf_addf(out, "  %u: %" PRIu64, file->lines[row], file->hits[row]);
	if (from < to) {
		struct interval interval = file_interval(
		    file, &report->lanes, from, to, file_pattern(file, row), FILE_ALL_STAGES);

		strbuf_addf(out, " %u/%u", interval.lo, interval.n);
	}
	strbuf_add_char(out, '\n');
}

void
written_dump_lines(const struct report *report, struct strbuf *out)
{
	for (size_t i = 0; i < report->file_count; i++) {
		const struct file *file = &report->files[i];

		strbuf_add_str(out, report_path(report, file));
		strbuf_add_char(out, '\n');
		for (uint32_t row = 0; row < file->line_count; row++)
			dump_line(report, file, row, out);
	}
}

void
written_dump_functions(const struct report *report, struct strbuf *out)
{
	const struct strpool *strings = &report->strings;

	for (size_t i = 0; i < report->file_count; i++) {
		const struct file *file = &report->files[i];

		strbuf_addf(out, "%s\n", report_path(report, file).s);
		for (uint32_t j = 0; j < file->function_count; j++) {
			const struct function *function = &file->functions[j];

			strbuf_addf(out, "  %s|%s|%s@%u %s\n",
			    strpool_get(strings, function->class_name).s,
			    strpool_get(strings, function->name).s,
			    strpool_get(strings, function->signature).s, function->first_line,
			    function->hits ? "covered" : "missed");
		}
	}
}

void
written_read_back(struct written *written, const struct reader *reader, struct report *back)
{
	struct reading reading;
	struct strbuf before = {0}, after = {0};

	written_by(written, reader->name);
	reading_of_text(&reading, reader, written->text);
	ck_assert_msg(reading.ok, "%s in\n%s", reading.err.message, written->bytes);
	for (size_t i = 0; i < reading.report.audit.count; i++) {
		const struct finding *finding = &reading.report.audit.findings[i];

		ck_assert_msg(finding->level == AUDIT_NOTE, "%s: %s in\n%s", finding->code,
		    finding->message, written->bytes);
	}
	written_dump_lines(&written->report, &before);
	written_dump_lines(&reading.report, &after);
	ck_assert_msg(str_equal(strbuf_str(&before), strbuf_str(&after)),
	    "before:\n%safter:\n%sin\n%s", strbuf_string(&before), strbuf_string(&after),
	    written->bytes);
	*back = reading.report;
	reading.report = (struct report){0};
	reading_clear(&reading);
	strbuf_clear(&before);
	strbuf_clear(&after);
}

void
written_clear(struct written *written)
{
	result_clear(&written->result);
	report_clear(&written->report);
	free(written->bytes);
	*written = (struct written){0};
}
