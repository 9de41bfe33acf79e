/* Settings: defaults and the way back. */
#include "cli/settings.h"

#include <stdlib.h>

#define SECOND 1000000000u

void
settings_init(struct settings *settings)
{
	*settings = (struct settings){
	    .filter = filter_new(),
	    .slow_test = 5ull * SECOND,
	    .history_keep = 100,
	    .publish = {.sha = "", .repository = "", .comment_key = "default",
		.max_wait = 60ull * SECOND},
	    .colours = {{.units = 80, .text = "80"}, {.units = 60, .text = "60"}},
	};
}

void
settings_release(struct settings *settings)
{
	arena_clear(&settings->arena);
	filter_free(settings->filter);
	free(settings->stage_order.items);
	free(settings->stage_reports.items);
	for (size_t i = 0; i < settings->components.count; i++)
		filter_free(settings->components.items[i].paths);
	free(settings->components.items);
	free(settings->reports.items);
	free(settings->path_rules.items);
	free(settings->sources.items);
	free(settings->fail_unders.items);
	free(settings->required_stages.items);
	free(settings->min_tests.items);
	free(settings->duplicates.items);
	free(settings->max_drops.items);
	free(settings->stage_exits.items);
	free(settings->outputs.items);
}
