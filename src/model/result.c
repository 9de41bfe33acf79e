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

void
file_missing(const struct file *file, struct strbuf *out)
{
	uint32_t first = 0, last = 0;

	strbuf_reset(out);
	for (uint32_t i = 0; i < file->line_count; i++) {
		if (file->hits[i])
			continue;
		if (first && file->lines[i] == last + 1) {
			last++;
			continue;
		}
		if (first)
			add_range(out, first, last);
		first = last = file->lines[i];
	}
	if (first)
		add_range(out, first, last);
}

void
result_clear(struct result *result)
{
	for (size_t i = 0; i < result->file_count; i++) {
		free(result->files[i].stages);
		free(result->files[i].only_here);
	}
	for (size_t i = 0; i < result->stage_count; i++)
		free(result->stages[i].cells);
	free(result->files);
	free(result->stages);
	free(result->components);
	free(result->gates);
	outcome_clear(&result->outcome);
	arena_clear(&result->arena);
	*result = (struct result){0};
}
