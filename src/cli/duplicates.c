/* Which inputs count: the same report given twice does once (COVERAGE 3.8), replaced ones do not (TESTS R5). */
#include "cli/inputs.h"

#include "base/log.h"
#include "base/mem.h"
#include "cli/reading.h"

#include <stdlib.h>

/* What tells one input's content from another's; the digest is made only where lane and hint agree. */
struct content {
	size_t index;
	uint64_t hint;
	bool has_digest;
	unsigned char digest[DIGEST_BYTES];
};

static bool
same_lane(const struct run_input *a, const struct run_input *b)
{
	return str_equal(a->stage, b->stage) && str_equal(a->cell, b->cell);
}

static int
hint_compare(const void *left, const void *right)
{
	const struct content *a = left;
	const struct content *b = right;

	if (a->hint != b->hint)
		return a->hint < b->hint ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

/* By digest, those without one last; of equal ones in the order of the inputs, which is that of names. */
static int
digest_compare(const void *left, const void *right)
{
	const struct content *a = left;
	const struct content *b = right;
	int order = a->has_digest == b->has_digest ? 0 : a->has_digest ? -1 : 1;

	if (!order && a->has_digest)
		order = memcmp(a->digest, b->digest, DIGEST_BYTES);
	return order ? order : (a->index > b->index) - (a->index < b->index);
}

static void
drop(struct inputs *inputs, struct run_input *kept, struct run_input *dropped)
{
	if (strcmp(dropped->name, kept->name) == 0)
		log_notice("%s: given twice, counted once", kept->name);
	else
		log_notice("%s: the same bytes as %s, counted once", dropped->name, kept->name);
	audit_begin(&inputs->audit, str_of(kept->name));
	audit_add(&inputs->audit, AUDIT_NOTE, 0, "duplicate-input", "given again as '%s', counted once", dropped->name);
	audit_end(&inputs->audit);
	if (dropped->attempt > kept->attempt)
		kept->attempt = dropped->attempt;
	free(dropped->path);
	dropped->path = NULL;
}

/* Contents with one hint. */
static void
drop_equal(struct inputs *inputs, struct content *contents, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct run_input *input = &inputs->items[contents[i].index];

		contents[i].has_digest = input_digest_file(input->path, contents[i].digest, NULL);
	}
	qsort(contents, count, sizeof(*contents), digest_compare);
	for (size_t i = 0, first = 0; i < count && contents[i].has_digest; i++) {
		if (memcmp(contents[first].digest, contents[i].digest, DIGEST_BYTES) != 0)
			first = i;
		else if (i > first)
			drop(inputs, &inputs->items[contents[first].index], &inputs->items[contents[i].index]);
	}
}

/* The inputs [from .. to) of one lane.  What can't be read here is told when it is read. */
static void
drop_in_lane(struct inputs *inputs, size_t from, size_t to, struct content *contents)
{
	size_t count = 0;

	for (size_t i = from; i < to; i++) {
		struct run_input *input = &inputs->items[i];

		contents[count] = (struct content){.index = i};
		if (input->path && !input->error && input_size_hint(input->path, &contents[count].hint, NULL))
			count++;
	}
	if (count)
		qsort(contents, count, sizeof(*contents), hint_compare);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && contents[end].hint == contents[i].hint;)
			end++;
		if (end > i + 1)
			drop_equal(inputs, contents + i, end - i);
	}
}

/* Takes the dropped out of the list, order kept. */
static void
sweep(struct inputs *inputs)
{
	size_t kept = 0;

	for (size_t i = 0; i < inputs->count; i++) {
		struct run_input *input = &inputs->items[i];

		if (input->path || input->error)
			inputs->items[kept++] = *input;
		else
			input_release(input);
	}
	inputs->count = kept;
}

void
inputs_drop_duplicates(struct inputs *inputs)
{
	struct content *contents = mem_alloc(inputs->count * sizeof(*contents));

	for (size_t i = 0, end; i < inputs->count; i = end) {
		for (end = i + 1; end < inputs->count && same_lane(&inputs->items[i], &inputs->items[end]);)
			end++;
		if (end > i + 1)
			drop_in_lane(inputs, i, end, contents);
	}
	free(contents);
	sweep(inputs);
}

/* ---- attempts ---- */

/* The attempt of a coverage report; 0: it is none, or was not told its attempt. */
static uint32_t
coverage_attempt(struct run_input *input)
{
	const struct reader *reader = input->attempt ? reading_choose(input) : NULL;

	return reader && reader->coverage ? input->attempt : 0;
}

/* The inputs [from .. to) of one lane. */
static void
replace_in_lane(struct inputs *inputs, size_t from, size_t to)
{
	uint32_t last = 0;

	for (size_t i = from; i < to; i++) {
		uint32_t attempt = coverage_attempt(&inputs->items[i]);

		last = attempt > last ? attempt : last;
	}
	for (size_t i = from; i < to; i++) {
		struct run_input *input = &inputs->items[i];

		if (!coverage_attempt(input) || input->attempt == last)
			continue;
		log_notice("%s: replaced by attempt %u of its cell", input->name, last);
		audit_begin(&inputs->audit, str_of(input->name));
		audit_add(&inputs->audit, AUDIT_NOTE, 0, "attempt-replaced",
		    "coverage of attempt %u, replaced by that of attempt %u", input->attempt, last);
		audit_end(&inputs->audit);
		free(input->path);
		input->path = NULL;
	}
}

void
inputs_drop_replaced(struct inputs *inputs)
{
	for (size_t i = 0, end; i < inputs->count; i = end) {
		for (end = i + 1; end < inputs->count && same_lane(&inputs->items[i], &inputs->items[end]);)
			end++;
		if (end > i + 1)
			replace_in_lane(inputs, i, end);
	}
	sweep(inputs);
}
