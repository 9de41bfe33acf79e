/*
 * What changed between two trees of files: a list of files with the lines that were removed and
 * added, from a unified diff (diff_parse) or from a repository (base/git.h).  Context lines are no
 * changes.  GITHUB 6.
 */
#ifndef MUSTER_BASE_DIFF_H
#define MUSTER_BASE_DIFF_H

#include "base/arena.h"
#include "base/error.h"

#include <stdint.h>

enum diff_kind { DIFF_CHANGED, DIFF_CREATED, DIFF_DELETED, DIFF_RENAMED, DIFF_COPIED };

/*
 * `removed` old lines from `old_line` on became `added` lines from `new_line` on; with none of them
 * the number is that of the line behind.  Lines are counted from 1.
 */
struct diff_change {
	uint32_t old_line;
	uint32_t removed;
	uint32_t new_line;
	uint32_t added;
};

/* Paths are as the diff has them, without its prefixes ("a/", "b/"); no byte of them is checked. */
struct diff_file {
	struct str path;	/* "" of a deleted file */
	struct str old_path;	/* "" of a created or copied one */
	enum diff_kind kind;
	bool opaque;		/* its lines are not known: it is binary, or too long for a server to tell */
	bool submodule;		/* it has none */
	size_t first;		/* of its changes, which ascend and do not touch */
	size_t change_count;
	uint64_t added;		/* lines in all */
};

/* A zeroed struct says that nothing changed. */
struct diff {
	struct arena arena;
	struct diff_file *files;	/* ascending by path, then by old path */
	size_t file_count;
	size_t file_capacity;
	struct diff_change *changes;
	size_t change_count;
	size_t change_capacity;
	uint32_t *by_old; /* places of the files that have an old path, ascending by it */
	size_t old_count;
};

/*
 * Parses a unified diff, of git or of diff -u, into an empty `out`.  A combined diff, a context
 * diff, one that ends inside a hunk, a file that is changed twice: false with the line, `out` stays
 * empty.
 */
bool diff_parse(struct str text, struct diff *out, struct error *err);

/*
 * Building one: a file (paths are copied), its changes in ascending order, at last diff_finish(),
 * which is false when a path is changed twice.  Files past LIMIT_DIFF_FILES: NULL.
 */
struct diff_file *diff_add_file(
    struct diff *diff, struct str path, struct str old_path, enum diff_kind kind);
void diff_add_change(struct diff *diff, const struct diff_change *change);
/*
 * Adds the changes of the newest file from its hunks alone ("@@ -1 +1,2 @@" and what follows).  Ones
 * that can't be read: false with their line, and the file is opaque.
 */
bool diff_add_hunks(struct diff *diff, struct str hunks, struct error *err);
bool diff_finish(struct diff *diff, struct error *err);

/* The file of this new, or old, path; NULL when it did not change.  Borrowed. */
const struct diff_file *diff_find(const struct diff *diff, struct str path);
const struct diff_file *diff_find_old(const struct diff *diff, struct str old_path);
/* The changes of a file, file->change_count of them. */
const struct diff_change *diff_changes(const struct diff *diff, const struct diff_file *file);
/* Whether this new line was added. */
bool diff_is_added(const struct diff *diff, const struct diff_file *file, uint32_t line);
/* Where an old line is now, 0 when it was removed; and where a new one was, 0 when it was added. */
uint32_t diff_new_line(const struct diff *diff, const struct diff_file *file, uint32_t old_line);
uint32_t diff_old_line(const struct diff *diff, const struct diff_file *file, uint32_t new_line);
void diff_clear(struct diff *diff);

#endif
