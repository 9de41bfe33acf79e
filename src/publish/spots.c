/* Collecting what is worth a note. */
#include "publish/spots.h"

#include "base/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { TITLE_MOST = 200, MESSAGE_MOST = 4000 };

static struct str
keep(struct spots *spots, struct str text)
{
	return (struct str){arena_string(&spots->arena, text), text.length};
}

/* Whether a test's file can be a path of the repository; what a report says may be anything. */
static bool
is_below_root(struct str path)
{
	if (!path.length || path.s[0] == '/' || memchr(path.s, '\\', path.length) ||
	    memchr(path.s, ':', path.length))
		return false;
	for (size_t i = 0; i + 1 < path.length; i++)
		if (path.s[i] == '.' && path.s[i + 1] == '.' && (!i || path.s[i - 1] == '/') &&
		    (i + 2 == path.length || path.s[i + 2] == '/'))
			return false;
	return true;
}

static struct str
path_of(struct str file)
{
	while (str_starts(file, STR("./")))
		file = (struct str){file.s + 2, file.length - 2};
	return is_below_root(file) ? file : STR("");
}

/* At most `most` bytes, cut between characters. */
static struct str
cut(struct str text, size_t most)
{
	if (text.length <= most)
		return text;
	while (most && ((unsigned char)text.s[most] & 0xc0) == 0x80)
		most--;
	return (struct str){text.s, most};
}

static void
add_title(struct strbuf *out, const struct result *result, const struct outcome_test *test)
{
	strbuf_add_string(out, test->status == TEST_ERROR ? "error in " : "failed: ");
	if (test->container.length) {
		strbuf_add_str(out, test->container);
		strbuf_add_char(out, ' ');
	}
	strbuf_add_str(out, test->name);
	strbuf_add_string(out, " (");
	strbuf_add_str(out, report_stage(result->report, test->stage));
	strbuf_add_char(out, ')');
}

static void
add(struct spots *spots, struct spot spot)
{
	MEM_GROW(spots->items, spots->capacity, spots->count + 1);
	spots->items[spots->count++] = spot;
}

static void
add_test(const struct result *result, test_id id, struct spots *spots)
{
	struct strbuf title = {0};
	struct outcome_test test;
	struct str message;

	outcome_test(&result->outcome, id, &test);
	add_title(&title, result, &test);
	message = cut(outcome_reason(&result->outcome, test.example), MESSAGE_MOST);
	add(spots, (struct spot){
	    .level = SPOT_ERROR,
	    .path = keep(spots, path_of(test.file)),
	    .first = test.line,
	    .last = test.line,
	    .title = keep(spots, cut(strbuf_str(&title), TITLE_MOST)),
	    .message = keep(spots, message.length ? message : STR("no message")),
	});
	strbuf_clear(&title);
}

size_t
spots_tests(const struct result *result, size_t most, struct spots *spots)
{
	const struct test_list *failing = &result->outcome.failing;
	size_t shown = failing->count < most ? failing->count : most;

	for (size_t i = 0; i < shown; i++)
		add_test(result, failing->ids[i], spots);
	return failing->count - shown;
}

static void
add_range(struct str path, const struct line_range *range, struct spots *spots)
{
	char message[64];

	if (range->first == range->last)
		snprintf(message, sizeof(message), "line %" PRIu32 " is not covered", range->first);
	else
		snprintf(message, sizeof(message),
		    "lines %" PRIu32 " to %" PRIu32 " are not covered", range->first, range->last);
	add(spots, (struct spot){
	    .level = SPOT_WARNING,
	    .path = keep(spots, path_of(path)),
	    .first = range->first,
	    .last = range->last,
	    .title = STR("not covered"),
	    .message = keep(spots, str_of(message)),
	});
}

size_t
spots_missing(const struct result *result, size_t most, struct spots *spots)
{
	size_t left = 0;

	for (size_t i = 0; i < result->file_count; i++) {
		const struct file_result *file = &result->files[i];
		size_t shown = file->patch_missing_count < most ? file->patch_missing_count : most;

		for (size_t j = 0; j < shown; j++)
			add_range(file->path, &file->patch_missing[j], spots);
		most -= shown;
		left += file->patch_missing_count - shown;
	}
	return left;
}

void
spots_clear(struct spots *spots)
{
	arena_clear(&spots->arena);
	free(spots->items);
	*spots = (struct spots){0};
}
