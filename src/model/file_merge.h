/*
 * The laws of merging two files of one path (COVERAGE 3).  Both must speak the ids of one report: see
 * file_translate().
 */
#ifndef MUSTER_MODEL_FILE_MERGE_H
#define MUSTER_MODEL_FILE_MERGE_H

#include "model/file.h"
#include "model/strmap.h"

/* From the ids of one report to those of the report that it is merged into. */
struct translation {
	struct string_map strings;
	uint32_t *lanes;	/* by lane id */
	uint32_t *stages;	/* by stage id */
	uint32_t *patterns;	/* by pattern id; UINT32_MAX: not yet asked for */
	const struct lanes *from;
	struct lanes *to;
	struct pattern_union *unions;	/* what lanes_union() said of pairs, a cache */
};

void translation_begin(struct translation *translation, const struct strpool *from_strings,
    const struct lanes *from, struct strpool *to_strings, struct lanes *to);
void translation_end(struct translation *translation);

/* Rewrites every id of the file; gives it a patterns column. */
void file_translate(struct file *file, struct translation *translation);
/* Adds `from` (translated; consumed: left empty) to `into`. */
void file_merge(struct file *into, struct file *from, const struct strpool *strings,
    struct translation *translation);
/* The order of functions in a file: class, name, signature by bytes, then first line. */
int function_compare(const struct function *a, const struct function *b, const struct strpool *strings);
/* A file whose `patterns` is NULL gets the column. */
void file_expand_patterns(struct file *file);

#endif
