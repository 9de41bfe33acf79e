/*
 * The folders that the files of a result lie in, with their sums: what is shown of a tree of files.
 */
#ifndef MUSTER_MODEL_FOLDERS_H
#define MUSTER_MODEL_FOLDERS_H

#include "model/result.h"

/* Deeper folders are no folders of their own: what is below them counts as a part of a file's name. */
enum { FOLDERS_DEEP = 32 };

/* What one stage is to a folder. */
struct stage_share {
	struct ratio lines;	/* of the stage alone */
	struct ratio unique;	/* covered by no other stage, of all lines of the folder */
};

struct folder {
	struct str path;	/* without '/' at the end; "" is the root */
	size_t parent;		/* index; the root's is its own */
	size_t end;		/* index behind its last folder */
	size_t depth;
	size_t first_file;	/* of the result */
	size_t file_end;
	struct numbers numbers;
	struct stage_share *stages;	/* one per stage of the result; owned */
};

/* Each folder before those in it, and those of one folder by path bytes; [0] is the root.  Borrows the result. */
struct folders {
	const struct result *result;
	struct folder *folders;
	size_t count;
	size_t capacity;
	size_t *homes;		/* by file: its folder */
};

/* Fills a zeroed struct. */
void folders_build(struct folders *folders, const struct result *result);
void folders_clear(struct folders *folders);
/* By folder, the lines of the files that another result has there; owned. */
struct ratio *folders_lines_of(const struct folders *folders, const struct result *other);
/* The folder in `folder` that comes behind `*position` (0 at the start); false behind the last. */
bool folders_next(const struct folders *folders, size_t folder, size_t *position, size_t *out);
/* As folders_next() for the files that lie in `folder` itself. */
bool folders_next_file(const struct folders *folders, size_t folder, size_t *position, size_t *out);
/* The folder that is shown in its place: down through folders that hold nothing but one folder. */
size_t folders_settled(const struct folders *folders, size_t folder);

#endif
