/*
 * What a name of a report may mean as text: itself, or its joins with roots, after --map and
 * --strip (COVERAGE 1.2a to c).  Nothing is asked of the tree but which roots are folders of it.
 */
#ifndef MUSTER_MERGE_PATH_READINGS_H
#define MUSTER_MERGE_PATH_READINGS_H

#include "base/arena.h"
#include "merge/path_text.h"
#include "merge/paths.h"

struct path_root {
	struct str path;	/* clean */
	bool reaches;		/* its joins may be files of the tree as they are */
};

/* Clean roots and rules of one report: those of the settings first, then the report's own. */
struct path_grounds {
	const struct path_settings *settings;
	struct arena arena;
	struct path_rule *rules;	/* with clean texts */
	struct path_root *roots;
	size_t root_count;
	size_t root_capacity;
	size_t settings_roots;	/* how many of the roots come from the settings */
	struct str folder;	/* the one usable root if it is a folder of the tree,
	    below --root */
	bool has_folder;
};

/* `audit` (NULL: nobody asks) gets a note for each root that is of no use. */
void path_grounds_init(struct path_grounds *grounds, const struct path_settings *settings,
    const struct intake *intake, struct audit *audit);
void path_grounds_clear(struct path_grounds *grounds);

struct path_join {
	struct str path;
	bool reaches;	/* may be a file of the tree as it is */
};

/* All strings are clean, relative when below --root, and borrowed until the next name. */
struct path_readings {
	struct str name;	/* as it stays when nothing matches */
	struct str given;	/* the relative name as given; empty when it was absolute */
	bool url;
	bool ruled;		/* a rule changed the name or all that it may mean */
	bool plain;		/* every join is a root and the given name, one behind the other */
	struct path_join *joins;	/* never none, but for a URL or an empty name */
	size_t join_count;
	size_t join_capacity;
	size_t settings_joins;	/* how many of the joins are with roots of the settings */
	struct arena arena;
};

void path_read(const struct path_grounds *grounds, struct str name, struct path_readings *readings);
void path_readings_clear(struct path_readings *readings);

#endif
