/* Following the lines of a file through a diff. */
#include "judge/trail.h"

struct trail
trail_to(const struct diff *diff, struct str path)
{
	const struct diff_file *change = diff ? diff_find(diff, path) : NULL;

	return (struct trail){
	    .old_path = change ? change->old_path : path, .diff = diff, .change = change};
}

bool
trail_follows(const struct trail *trail, const struct file *before, const struct file *now)
{
	if (trail->diff)
		return !trail->change || !trail->change->opaque;
	return before->line_count == now->line_count &&
	       (!now->line_count ||
		   memcmp(before->lines, now->lines, now->line_count * sizeof(*now->lines)) == 0);
}

uint32_t
trail_line(const struct trail *trail, uint32_t line)
{
	return trail->change ? diff_new_line(trail->diff, trail->change, line) : line;
}

bool
trail_deleted(const struct diff *diff, struct str path)
{
	const struct diff_file *file = diff_find_old(diff, path);

	return file && file->kind == DIFF_DELETED;
}
