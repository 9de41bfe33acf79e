/*
 * One source file with what is known of its lines, as views over an index of its lines: no tree is built of them.
 */
#ifndef MUSTER_RENDER_HTML_SOURCE_H
#define MUSTER_RENDER_HTML_SOURCE_H

#include "base/tree.h"
#include "render/html.h"

/* Which lines look the same; the order of the classes in html_source.c. */
enum line_state { LINE_UNMEASURED, LINE_COVERED, LINE_MISSED, LINE_PARTIAL, LINE_EXCLUDED, LINE_STATES };

/* Against the change under judgement, or the baseline. */
enum line_change { LINE_AS_IT_WAS, LINE_ADDED, LINE_LOST, LINE_CHANGES };

/* What lines show of their branches. */
struct source_branches {
	struct interval interval;
	enum branch_kind kind;
	bool placed;		/* CONDS: what is missing is told by block and place */
	size_t missing;		/* of source->text: what is not covered, as words */
	size_t missing_length;
};

/* What lines that look the same have in common. */
struct source_look {
	uint64_t hits;
	uint32_t pattern;
	enum line_state state;
	enum line_change change;
};

struct source_line {
	uint32_t start;		/* of the bytes; meaningless where there is no source */
	uint32_t length;
	uint32_t number;
	uint32_t look;		/* index; 0: not measured */
	uint32_t branches;	/* index + 1; 0: none */
	uint32_t next;		/* where a block of missed or partial lines begins: the number of the next one's line */
};

enum { RECENT = 64 };

/* Zero but for html, root, file and prefix before html_source_load(). */
struct source_file {
	const struct html *html;
	const struct source_root *root;	/* NULL: none is known */
	size_t file;		/* of the result */
	struct str prefix;	/* of anchors: "" where the file has a page of its own */
	char *bytes;
	size_t size;
	char *why;		/* why there is no source; NULL when there is one */
	bool has_changes;	/* lines were added, or lost what covered them */
	struct source_line *lines;	/* those of the source, then the measured ones beyond its end */
	size_t line_count;
	size_t own_count;	/* lines of the source */
	size_t line_capacity;
	struct source_look *looks;	/* the first: not measured, excluded, each of them added */
	size_t look_count;
	size_t look_capacity;
	uint32_t recent_looks[RECENT];	/* those that were met lately, by what they are made of */
	struct source_branches *branches;
	size_t branch_count;
	size_t branch_capacity;
	uint32_t recent_branches[RECENT];	/* as those of looks, plus 1 */
	struct strbuf text;
	size_t blocks;		/* of missed or partial lines */
};

/* Reads the source below the root; what can't be read becomes `why`. */
void html_source_load(struct source_file *source);
void html_source_release(struct source_file *source);
/* An object with the lines and functions of the file. */
struct view html_source_view(const struct source_file *source);

#endif
