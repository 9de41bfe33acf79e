/* The table of writers and how a name or a target finds its row. */
#include "render/renderer.h"

#include "render/writers.h"

const struct renderer *const renderers[] = {
	&renderer_badge,
	&renderer_cobertura,
	&renderer_html,
	&renderer_html_single,
	&renderer_json,
	&renderer_junit,
	&renderer_lcov,
	&renderer_markdown,
	&renderer_snapshot,
	&renderer_text,
	NULL,
};

const struct renderer *
renderer_find(struct str name)
{
	for (size_t i = 0; renderers[i]; i++)
		if (str_equal(name, str_of(renderers[i]->name)))
			return renderers[i];
	return NULL;
}

/* Whether `target` ends in one of the blank-separated suffixes, with a name before it. */
static bool
has_suffix(struct str target, const char *suffixes)
{
	while (*suffixes) {
		size_t length = strcspn(suffixes, " ");

		if (length && target.length > length && str_ends(target, (struct str){suffixes, length}))
			return true;
		suffixes += length;
		suffixes += strspn(suffixes, " ");
	}
	return false;
}

const struct renderer *
renderer_for_target(struct str target)
{
	for (size_t i = 0; renderers[i]; i++)
		if (has_suffix(target, renderers[i]->suffixes))
			return renderers[i];
	return NULL;
}
