/* Templates and what goes with them, embedded or from a folder. */
#include "render/template_files.h"

#include "base/input.h"
#include "base/limits.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <unistd.h>

static bool
embedded(struct str name, struct str *content)
{
	for (const struct template_file *file = template_files; file->name; file++) {
		if (!str_equal(str_of(file->name), name))
			continue;
		*content = file->content;
		return true;
	}
	return false;
}

/* The file of the folder that overrides this name; false when it has none, or it can't be read. */
static bool
overridden(struct template_source *source, struct str name, struct str *content)
{
	struct strbuf path = {0};
	size_t length;
	char *bytes;
	bool found;

	strbuf_addf(&path, "%s/%.*s", source->folder, (int)name.length, name.s);
	found = access(strbuf_string(&path), F_OK) == 0;
	if (found && input_slurp(strbuf_string(&path), LIMIT_CONFIG_BYTES, &bytes, &length, &source->error)) {
		*content = (struct str){arena_string(&source->arena, (struct str){bytes, length}), length};
		free(bytes);
	}
	strbuf_clear(&path);
	return found && !source->error.code;
}

bool
template_file_find(struct template_source *source, struct str name, struct str *content)
{
	if (source->error.code)
		return false;
	if (source->folder && overridden(source, name, content))
		return true;
	return !source->error.code && embedded(name, content);
}

bool
template_file_load(void *source, struct str name, struct str *content)
{
	struct strbuf file = {0};
	bool found;

	strbuf_addf(&file, "%.*s.mustache", (int)name.length, name.s);
	found = template_file_find(source, strbuf_str(&file), content);
	strbuf_clear(&file);
	return found;
}

void
template_source_clear(struct template_source *source)
{
	arena_clear(&source->arena);
	*source = (struct template_source){0};
}
