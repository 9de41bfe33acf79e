/* The result's small services. */
#include "model/result.h"

#include <stdlib.h>

static void
add_range(struct strbuf *out, uint32_t first, uint32_t last)
{
	if (out->length)
		strbuf_add_char(out, ',');
	strbuf_add_u64(out, first);
	if (last > first) {
		strbuf_add_char(out, '-');
		strbuf_add_u64(out, last);
	}
}

/* Ranges in the making; they join consecutive line numbers only. */
struct ranges {
	struct strbuf *out;
	uint32_t first;
	uint32_t last;
};

static void
ranges_add(struct ranges *ranges, uint32_t line)
{
	if (ranges->first && line == ranges->last + 1) {
		ranges->last++;
		return;
	}
	if (ranges->first)
		add_range(ranges->out, ranges->first, ranges->last);
	ranges->first = ranges->last = line;
}

static void
ranges_end(struct ranges *ranges)
{
	if (ranges->first)
		add_range(ranges->out, ranges->first, ranges->last);
}

void
file_missing(const struct file *file, struct strbuf *out)
{
	struct ranges ranges = {out, 0, 0};

	strbuf_reset(out);
	for (uint32_t i = 0; i < file->line_count; i++)
		if (!file->hits[i])
			ranges_add(&ranges, file->lines[i]);
	ranges_end(&ranges);
}

void
file_patch_missing(const struct patch_result *patch, const struct file_result *row, struct strbuf *out)
{
	const struct file *file = row->file;
	struct ranges ranges = {out, 0, 0};

	strbuf_reset(out);
	if (!row->changed || !row->patch_missing_count)
		return;
	for (uint32_t i = 0; i < file->line_count; i++)
		if (!file->hits[i] && diff_is_added(patch->diff, row->changed, file->lines[i]))
			ranges_add(&ranges, file->lines[i]);
	ranges_end(&ranges);
}

void
result_clear(struct result *result)
{
	for (size_t i = 0; i < result->file_count; i++) {
		free(result->files[i].patch_missing);
		free(result->files[i].stages);
		free(result->files[i].only_here);
	}
	for (size_t i = 0; i < result->stage_count; i++)
		free(result->stages[i].cells);
	free(result->patch.without_data);
	free(result->files);
	free(result->stages);
	free(result->components);
	free(result->gates);
	outcome_clear(&result->outcome);
	arena_clear(&result->arena);
	*result = (struct result){0};
}
