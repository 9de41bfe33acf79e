/*
 * Patterns over paths: compiled into steps that all possible matches take side by side, character
 * by character (Thompson's simulation), so that time is bounded by pattern times path.
 */
#include "base/glob.h"

#include "base/glob_steps.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { INVALID_BYTE = 0x110000 };	/* bytes that are no characters get numbers from here on */

/* One possible match so far: the step it waits at and where its captures began and ended. */
struct thread {
	uint32_t step;
	uint32_t slots[GLOB_SLOTS];
};

struct run {
	const struct glob *glob;
	struct thread *now;	/* in order of preference */
	struct thread *next;
	struct thread *stack;
	size_t now_count;
	size_t next_count;
	uint32_t *marks;	/* by step: the last round that reached it */
	uint32_t round;
};

void
glob_free(struct glob *glob)
{
	if (!glob)
		return;
	free(glob->text);
	free(glob->steps);
	free(glob->sets);
	free(glob->ranges);
	free(glob);
}

size_t
glob_character(struct str s, uint32_t *c)
{
	size_t length = utf8_decode(s, c);

	if (length)
		return length;
	*c = INVALID_BYTE + (unsigned char)s.s[0];
	return 1;
}

static bool
in_set(const struct glob *glob, uint32_t index, uint32_t c)
{
	const struct glob_set *set = &glob->sets[index];

	for (uint32_t i = 0; i < set->count; i++) {
		const struct glob_range *range = &glob->ranges[set->first + i];

		if (c >= range->first && c <= range->last)
			return !set->negated;
	}
	return set->negated;
}

static bool
takes(const struct glob *glob, const struct glob_step *step, uint32_t c)
{
	switch (step->kind) {
	case STEP_CHARACTER:
		return c == step->value;
	case STEP_ANY:
		return c != '/';
	case STEP_DEEP:
		return true;
	case STEP_SET:
		return c != '/' && in_set(glob, step->value, c);
	case STEP_SPLIT:
	case STEP_JUMP:
	case STEP_SAVE:
	case STEP_MATCH:
		break;
	}
	return false;
}

static size_t
push(struct run *run, size_t depth, const struct thread *from, uint32_t step)
{
	run->stack[depth] = *from;
	run->stack[depth].step = step;
	return depth + 1;
}

/*
 * Adds to `next` every waiting step that `thread` reaches without a character, the preferred first.
 */
static void
follow(struct run *run, const struct thread *thread, uint32_t step_index, uint32_t position)
{
	size_t depth = push(run, 0, thread, step_index);

	while (depth) {
		struct thread top = run->stack[--depth];
		const struct glob_step *step = &run->glob->steps[top.step];

		if (run->marks[top.step] == run->round)
			continue;
		run->marks[top.step] = run->round;
		if (step->kind == STEP_SPLIT) {
			depth = push(run, depth, &top, step->other);
			depth = push(run, depth, &top, step->value);
		} else if (step->kind == STEP_JUMP) {
			depth = push(run, depth, &top, step->value);
		} else if (step->kind == STEP_SAVE) {
			top.slots[step->value] = position;
			depth = push(run, depth, &top, top.step + 1);
		} else {
			run->next[run->next_count++] = top;
		}
	}
}

static void
turn(struct run *run)
{
	struct thread *done = run->now;

	run->now = run->next;
	run->now_count = run->next_count;
	run->next = done;
	run->next_count = 0;
	run->round++;
}

/* Runs over a whole text; false as soon as nothing can match any more. */
static bool
run_over(struct run *run, struct str text)
{
	const struct thread start = {0};
	size_t length;
	uint32_t c;

	run->round = 1;
	follow(run, &start, 0, 0);
	turn(run);
	for (size_t at = 0; at < text.length; at += length) {
		length = glob_character((struct str){text.s + at, text.length - at}, &c);
		for (size_t i = 0; i < run->now_count; i++) {
			const struct thread *thread = &run->now[i];

			if (takes(run->glob, &run->glob->steps[thread->step], c))
				follow(run, thread, thread->step + 1, (uint32_t)(at + length));
		}
		turn(run);
		if (!run->now_count)
			return false;
	}
	return true;
}

static void
run_init(struct run *run, const struct glob *glob)
{
	size_t count = glob->step_count;

	*run = (struct run){.glob = glob};
	run->now = mem_resize(NULL, count, sizeof(*run->now));
	run->next = mem_resize(NULL, count, sizeof(*run->next));
	run->stack = mem_resize(NULL, 2 * count + 1, sizeof(*run->stack));
	run->marks = mem_zalloc(count, sizeof(*run->marks));
}

static void
run_release(struct run *run)
{
	free(run->now);
	free(run->next);
	free(run->stack);
	free(run->marks);
}

static void
fill(struct glob_match *match, const struct thread *thread, struct str path)
{
	for (size_t i = 0; i < GLOB_CAPTURES; i++) {
		uint32_t start = thread->slots[2 * i], end = thread->slots[2 * i + 1];

		match->captures[i] = (struct str){path.s + start, end - start};
	}
}

/* What a text must look like without asking the steps: literal at both ends. */
static bool
ends_fit(const struct glob *glob, struct str path)
{
	return str_starts(path, glob->head) && str_ends(path, glob->tail);
}

bool
glob_matches(const struct glob *glob, struct str path, struct glob_match *match)
{
	struct run run;
	bool found = false;

	if (match)
		*match = (struct glob_match){0};
	if (!ends_fit(glob, path) || path.length > UINT32_MAX)
		return false;
	if (glob->literal)
		return path.length == glob->head.length;
	run_init(&run, glob);
	if (run_over(&run, path)) {
		for (size_t i = 0; i < run.now_count && !found; i++) {
			found = glob->steps[run.now[i].step].kind == STEP_MATCH;
			if (found && match)
				fill(match, &run.now[i], path);
		}
	}
	run_release(&run);
	return found;
}

bool
glob_leads_below(const struct glob *glob, struct str folder)
{
	struct run run;
	bool alive;

	run_init(&run, glob);
	alive = run_over(&run, folder);
	run_release(&run);
	return alive;
}

bool
glob_has_captures(const struct glob *glob)
{
	return glob->captures;
}

static bool
is_special(char c)
{
	return c == '*' || c == '?' || c == '[' || c == '{';
}

static size_t
plain_length(struct str text)
{
	size_t length = 0;

	while (length < text.length && !is_special(text.s[length]))
		length++;
	return length;
}

bool
glob_is_pattern(struct str text)
{
	return plain_length(text) < text.length;
}

struct str
glob_fixed_prefix(struct str pattern)
{
	size_t length = plain_length(pattern);

	if (length == pattern.length)
		return pattern;
	while (length && pattern.s[length - 1] != '/')
		length--;
	return (struct str){pattern.s, length > 1 ? length - 1 : length};
}

void
glob_quote(struct strbuf *out, struct str text)
{
	while (text.length) {
		size_t length = plain_length(text);

		strbuf_add(out, text.s, length);
		if (length < text.length)
			strbuf_addf(out, "[%c]", text.s[length++]);
		text = (struct str){text.s + length, text.length - length};
	}
}
