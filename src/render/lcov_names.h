/*
 * Names of functions for LCOV, which knows functions by their names alone, and of a name only what
 * stands before the first comma (version 1).  Between lcov*.c only.
 */
#ifndef MUSTER_RENDER_LCOV_NAMES_H
#define MUSTER_RENDER_LCOV_NAMES_H

#include "base/strbuf.h"
#include "base/strpool.h"
#include "model/file.h"

/* The names of one file's functions; reused from file to file. */
struct lcov_names {
	struct strbuf bytes;
	struct lcov_name *names; /* by index of the function */
	size_t capacity;
	uint32_t *order; /* indices, by first line and name */
	size_t order_capacity;
};

/*
 * Names the functions of a file: each by its name; where LCOV would take several for one, those
 * with class, signature and line too.
 */
void lcov_names_of(
    struct lcov_names *names, const struct file *file, const struct strpool *strings);
/* The name of the function at this index, safe for a line of text. */
struct str lcov_name(const struct lcov_names *names, uint32_t index);
void lcov_names_release(struct lcov_names *names);

#endif
