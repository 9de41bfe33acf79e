/* Reports against the sources of the work tree. */
#include "merge/sources.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/pool.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files share out over threads by runs, each file's answer in its own place. */
enum { FILES_A_TASK = 64 };

struct checking {
	const struct report *report;
	const struct tree *tree;
	struct source_root root;
	uint32_t *ends;		/* by file: its number of lines where the report goes beyond it, plus 1; else 0 */
};

/* Counts lines up to `enough`; a last line without its newline is one. */
static uint32_t
count_lines(int fd, uint32_t enough)
{
	char buffer[LIMIT_CHUNK];
	uint32_t lines = 0;
	bool open_line = false;
	ssize_t got;

	while (lines < enough && (got = read(fd, buffer, sizeof(buffer))) > 0) {
		const char *end = buffer + got;
		const char *next = buffer;

		while ((next = memchr(next, '\n', (size_t)(end - next)))) {
			next++;
			lines++;
		}
		open_line = end[-1] != '\n';
	}
	return lines + open_line;
}

/* The number of lines of a source that ends before line `highest`, plus 1; 0 when it does not, or can't be read. */
static uint32_t
end_before(const struct source_root *root, struct str path, uint32_t highest)
{
	uint64_t size;
	int fd = source_open(root, path, &size, NULL);
	uint32_t lines;

	if (fd < 0)
		return 0;
	lines = count_lines(fd, highest);
	close(fd);
	return lines < highest ? lines + 1 : 0;
}

static void
check_run(void *context, unsigned worker, size_t index)
{
	struct checking *checking = context;
	const struct report *report = checking->report;
	size_t to = (index + 1) * FILES_A_TASK;

	(void)worker;
	for (size_t i = index * FILES_A_TASK; i < to && i < report->file_count; i++) {
		const struct file *file = &report->files[i];
		struct str path = report_path(report, file);

		if (file->line_count && tree_has(checking->tree, path, NULL))
			checking->ends[i] = end_before(&checking->root, path, file->lines[file->line_count - 1]);
	}
}

void
sources_check(struct report *report, const struct tree *tree, struct str root, unsigned threads)
{
	struct checking checking = {report, tree, source_root_open(root.s),
	    mem_zalloc(report->file_count, sizeof(uint32_t))};

	pool_run(threads, (report->file_count + FILES_A_TASK - 1) / FILES_A_TASK, check_run, &checking);
	source_root_close(&checking.root);
	audit_begin(&report->audit, STR(""));
	for (size_t i = 0; i < report->file_count; i++) {
		const struct file *file = &report->files[i];
		uint32_t lines = checking.ends[i] - 1;

		if (checking.ends[i])
			audit_add(&report->audit, AUDIT_WARNING, 0, "source-mismatch",
			    "%s: source does not match the report: it has %" PRIu32 " line%s, "
			    "line %" PRIu32 " is reported",
			    report_path(report, file).s, lines, lines == 1 ? "" : "s",
			    file->lines[file->line_count - 1]);
	}
	audit_end(&report->audit);
	free(checking.ends);
}
