/*
 * From a name in a report to a path of the repository (COVERAGE 1.2), for one whole report at a
 * time.
 */
#ifndef MUSTER_MERGE_PATHS_H
#define MUSTER_MERGE_PATHS_H

#include "base/error.h"
#include "base/strbuf.h"
#include "base/tree.h"
#include "model/intake.h"

/* --map FROM=TO and --strip PREFIX (to is empty), in the order they were given. */
struct path_rule {
	struct str from;
	struct str to;
	bool strip;
};

/* What paths are resolved against; borrowed, shared by all threads, read only. */
struct path_settings {
	const struct tree *tree;	/* files of the repository; may be empty */
	struct str root;		/* --root, absolute, real */
	const struct path_rule *rules;
	size_t rule_count;
	const struct str *sources;	/* --source, tried before the report's own roots */
	size_t source_count;
};

/*
 * Sets `path` of every file of the intake; findings go to its audit, each decision to log_detail().
 */
void paths_resolve(const struct path_settings *settings, struct intake *intake);
/*
 * How --explain tells the way of one name: resolves it like paths_resolve() would in this intake
 * and appends a sentence ("suffix match of '/app/src/a.py'") to `why`.  The path is borrowed from
 * intake->strings.
 */
struct str paths_explain(const struct path_settings *settings, struct intake *intake,
    struct str name,
    struct strbuf *why);

#endif
