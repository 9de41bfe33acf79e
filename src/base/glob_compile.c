/* Patterns over paths: from text to steps. */
#include "base/glob_steps.h"
#include "base/limits.h"
#include "base/mem.h"

static const char *const capture_names[GLOB_CAPTURES] = {
	[GLOB_STAGE] = "stage",
	[GLOB_CELL] = "cell",
	[GLOB_ATTEMPT] = "attempt",
};

struct parser {
	struct glob *glob;
	struct str rest;
	unsigned depth;		/* braces that are open */
	bool part_starts;	/* nothing of the current part of the path was seen */
	bool captured[GLOB_CAPTURES];
	struct error *err;
};

static bool parse_sequence(struct parser *p);

static bool
refuse(struct parser *p, const char *what)
{
	return fail(p->err, ERROR_USAGE, "%s in pattern '%s'", what, p->glob->text);
}

static char
peek(const struct parser *p, size_t ahead)
{
	if (ahead >= p->rest.length)
		return '\0';
	return p->rest.s[ahead];
}

static struct str
behind(struct str text, size_t length)
{
	return (struct str){text.s + length, text.length - length};
}

static void
skip(struct parser *p, size_t length)
{
	p->rest = behind(p->rest, length);
}

static uint32_t
emit(struct parser *p, enum glob_step_kind kind, uint32_t value, uint32_t other)
{
	struct glob *glob = p->glob;

	MEM_GROW(glob->steps, glob->step_capacity, glob->step_count + 1);
	glob->steps[glob->step_count] = (struct glob_step){kind, value, other};
	return (uint32_t)glob->step_count++;
}

static uint32_t
here(const struct parser *p)
{
	return (uint32_t)p->glob->step_count;
}

/* Any number of characters, as few as fit. */
static void
emit_run(struct parser *p, enum glob_step_kind kind)
{
	uint32_t loop = here(p);

	emit(p, STEP_SPLIT, loop + 3, loop + 1);
	emit(p, kind, 0, 0);
	emit(p, STEP_JUMP, loop, 0);
}

/* A leading "**" and its '/': nothing, or anything up to a '/'. */
static void
emit_parts(struct parser *p)
{
	uint32_t start = emit(p, STEP_SPLIT, 0, here(p) + 1);

	emit_run(p, STEP_DEEP);
	emit(p, STEP_CHARACTER, '/', 0);
	p->glob->steps[start].value = here(p);
}

/* Whether a "**" of this text stands for a part of its own. */
static bool
part_ends(const struct parser *p, size_t ahead)
{
	char c = peek(p, ahead);

	if (ahead >= p->rest.length || c == '/')
		return true;
	return p->depth && (c == ',' || c == '}');
}

static void
parse_stars(struct parser *p)
{
	size_t stars = 1;

	while (peek(p, stars) == '*')
		stars++;
	if (stars == 2 && p->part_starts && part_ends(p, 2)) {
		if (peek(p, 2) == '/') {
			emit_parts(p);
			skip(p, 3);
			return;
		}
		emit(p, STEP_DEEP, 0, 0);
		emit_run(p, STEP_DEEP);
	} else {
		emit_run(p, STEP_ANY);
	}
	skip(p, stars);
	p->part_starts = false;
}

/* The length of a set with its brackets; 0 when it is not closed. */
static size_t
set_length(struct str text)
{
	size_t at = 1;

	if (at < text.length && (text.s[at] == '!' || text.s[at] == '^'))
		at++;
	if (at < text.length && text.s[at] == ']')
		at++;
	while (at < text.length && text.s[at] != ']')
		at++;
	return at < text.length ? at + 1 : 0;
}

static bool
add_range(struct parser *p, uint32_t first, uint32_t last)
{
	struct glob *glob = p->glob;

	if (first > last)
		return refuse(p, "range that runs backwards");
	MEM_GROW(glob->ranges, glob->range_capacity, glob->range_count + 1);
	glob->ranges[glob->range_count++] = (struct glob_range){first, last};
	return true;
}

/* What stands between the brackets, behind the '!'. */
static bool
parse_ranges(struct parser *p, struct str text)
{
	while (text.length) {
		uint32_t first, last;
		size_t used = glob_character(text, &first);

		last = first;
		if (used + 1 < text.length && text.s[used] == '-')
			used += 1 + glob_character(behind(text, used + 1), &last);
		if (!add_range(p, first, last))
			return false;
		text = behind(text, used);
	}
	return true;
}

static bool
parse_set(struct parser *p)
{
	struct glob *glob = p->glob;
	size_t length = set_length(p->rest);
	struct glob_set set = {.first = (uint32_t)glob->range_count};
	struct str inside;

	if (!length)
		return refuse(p, "unclosed '['");
	inside = (struct str){p->rest.s + 1, length - 2};
	set.negated = inside.s[0] == '!' || inside.s[0] == '^';
	if (set.negated)
		inside = behind(inside, 1);
	if (!parse_ranges(p, inside))
		return false;
	set.count = (uint32_t)glob->range_count - set.first;
	MEM_GROW(glob->sets, glob->set_capacity, glob->set_count + 1);
	glob->sets[glob->set_count] = set;
	emit(p, STEP_SET, (uint32_t)glob->set_count++, 0);
	skip(p, length);
	p->part_starts = false;
	return true;
}

/*
 * The length of a brace with its ends, 0 when it is not closed; and whether it holds alternatives.
 */
static size_t
brace_length(struct str text, bool *alternatives)
{
	size_t open = 0, at = 0;

	*alternatives = false;
	while (at < text.length) {
		struct str rest = behind(text, at);
		size_t set = rest.s[0] == '[' ? set_length(rest) : 0;

		if (rest.s[0] == '{')
			open++;
		else if (rest.s[0] == '}' && --open == 0)
			return at + 1;
		else if (rest.s[0] == ',' && open == 1)
			*alternatives = true;
		at += set ? set : 1;
	}
	return 0;
}

static bool
parse_capture(struct parser *p, struct str name)
{
	size_t i = 0;

	while (i < GLOB_CAPTURES && !str_equal(name, str_of(capture_names[i])))
		i++;
	if (i == GLOB_CAPTURES)
		return fail(p->err, ERROR_USAGE,
		    "unknown capture '{%.*s}' in pattern '%s'; "
		    "known are {stage}, {cell}, {attempt}",
		    (int)name.length, name.s, p->glob->text);
	if (p->captured[i])
		return refuse(p, "capture given twice");
	p->captured[i] = true;
	p->glob->captures = true;
	emit(p, STEP_SAVE, (uint32_t)(2 * i), 0);
	emit(p, STEP_ANY, 0, 0);
	emit_run(p, STEP_ANY);
	emit(p, STEP_SAVE, (uint32_t)(2 * i + 1), 0);
	skip(p, name.length + 2);
	p->part_starts = false;
	return true;
}

/* Lets all jumps of a chain, each of which names the one before it, lead to the next step. */
static void
land(struct parser *p, uint32_t jump)
{
	while (jump) {
		uint32_t before = p->glob->steps[jump].value;

		p->glob->steps[jump].value = here(p);
		jump = before;
	}
}

static bool
parse_alternatives(struct parser *p)
{
	bool starts = p->part_starts, ends_whole = true;
	uint32_t jump = 0, split;

	if (++p->depth > LIMIT_PATTERN_DEPTH)
		return refuse(p, "too many braces in each other");
	do {
		skip(p, 1);
		split = emit(p, STEP_SPLIT, here(p) + 1, 0);
		p->part_starts = starts;
		if (!parse_sequence(p))
			return false;
		ends_whole = ends_whole && p->part_starts;
		jump = emit(p, STEP_JUMP, jump, 0);
		p->glob->steps[split].other = here(p);
	} while (peek(p, 0) == ',');
	skip(p, 1);
	p->glob->steps[split].other = split + 1;	/* there is no alternative to the last */
	land(p, jump);
	p->depth--;
	p->part_starts = ends_whole;
	return true;
}

static bool
parse_brace(struct parser *p)
{
	bool alternatives;
	size_t length = brace_length(p->rest, &alternatives);

	if (!length)
		return refuse(p, "unclosed '{'");
	if (alternatives)
		return parse_alternatives(p);
	return parse_capture(p, (struct str){p->rest.s + 1, length - 2});
}

static void
parse_character(struct parser *p)
{
	uint32_t c;
	size_t length = glob_character(p->rest, &c);

	emit(p, c == '?' ? STEP_ANY : STEP_CHARACTER, c, 0);
	skip(p, length);
	p->part_starts = c == '/';
}

/* Up to the end, or to the ',' or '}' that ends an alternative. */
static bool
parse_sequence(struct parser *p)
{
	while (p->rest.length) {
		char c = peek(p, 0);

		if (p->depth && (c == ',' || c == '}'))
			break;
		if (c == '*')
			parse_stars(p);
		else if (c != '[' && c != '{')
			parse_character(p);
		else if (!(c == '[' ? parse_set(p) : parse_brace(p)))
			return false;
	}
	return true;
}

static bool
is_closing(char c)
{
	return c == '*' || c == '?' || c == ']' || c == '}';
}

/* The '/' behind a "**" may have to match nothing, so that it can't be part of the tail. */
static struct str
literal_tail(struct str pattern)
{
	size_t start = pattern.length;

	while (start && !is_closing(pattern.s[start - 1]))
		start--;
	if (start && start < pattern.length && pattern.s[start] == '/')
		start++;
	return behind(pattern, start);
}

bool
glob_compile(struct str pattern, struct glob **out, struct error *err)
{
	struct glob *glob = mem_zalloc(1, sizeof(*glob));
	struct parser p = {.glob = glob, .part_starts = true, .err = err};
	struct str text;

	*out = NULL;
	glob->text = mem_string(pattern.s, pattern.length);
	text = (struct str){glob->text, pattern.length};
	p.rest = text;
	if (pattern.length > LIMIT_PATTERN) {
		glob_free(glob);
		return fail(err, ERROR_USAGE, "pattern of more than %u bytes", LIMIT_PATTERN);
	}
	if (!parse_sequence(&p)) {
		glob_free(glob);
		return false;
	}
	emit(&p, STEP_MATCH, 0, 0);
	glob->head = (struct str){text.s, strcspn(text.s, "*?[{")};
	glob->literal = glob->head.length == text.length;
	glob->tail = glob->literal ? (struct str){text.s, 0} : literal_tail(text);
	*out = glob;
	return true;
}
