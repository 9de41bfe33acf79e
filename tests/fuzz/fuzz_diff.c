/* Any bytes as a unified diff, or as the hunks of one file: whatever comes of them ascends, and lines followed there come back. */
#include "base/diff.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition) ((condition) ? (void)0 : broken(#condition))

static void
broken(const char *what)
{
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

/* The changes of both sides may disagree by what lies between them, but each line is in one of them at most. */
static void
check_changes(const struct diff *diff, const struct diff_file *file)
{
	const struct diff_change *changes = diff_changes(diff, file);
	uint64_t added = 0, old_end = 1, new_end = 1;

	for (size_t i = 0; i < file->change_count; i++) {
		const struct diff_change *change = &changes[i];

		REQUIRE(change->removed || change->added);
		REQUIRE(change->old_line >= old_end && change->new_line >= new_end);
		old_end = (uint64_t)change->old_line + change->removed;
		new_end = (uint64_t)change->new_line + change->added;
		added += change->added;
		if (change->added)
			REQUIRE(diff_is_added(diff, file, change->new_line) &&
			    !diff_old_line(diff, file, change->new_line));
		if (change->removed)
			REQUIRE(!diff_new_line(diff, file, change->old_line));
		REQUIRE(!diff_is_added(diff, file, (uint32_t)new_end) ||
		    (i + 1 < file->change_count && changes[i + 1].new_line == new_end));
	}
	REQUIRE(added == file->added);
}

static void
check_file(const struct diff *diff, const struct diff_file *file)
{
	REQUIRE(file->path.length || file->old_path.length);
	REQUIRE(!file->path.length || diff_find(diff, file->path) == file);
	REQUIRE(!file->old_path.length || diff_find_old(diff, file->old_path));
	REQUIRE(!file->submodule || !file->added);
	check_changes(diff, file);
}

static void
read_whole(struct str text)
{
	struct diff diff = {0};
	struct error err = {0};
	bool good = diff_parse(text, &diff, &err);

	REQUIRE(good || (err.code && *err.message && !diff.file_count));
	for (size_t i = 0; i < diff.file_count; i++)
		check_file(&diff, &diff.files[i]);
	diff_clear(&diff);
}

/* The same bytes as the hunks of one file. */
static void
read_hunks(struct str text)
{
	struct diff diff = {0};
	struct error err = {0};
	struct diff_file *file = diff_add_file(&diff, STR("a"), STR("a"), DIFF_CHANGED);
	bool good = diff_add_hunks(&diff, text, &err);

	REQUIRE(file->opaque == !good && (good || (err.code && !diff.change_count)));
	REQUIRE(diff_finish(&diff, &err));
	check_file(&diff, &diff.files[0]);
	diff_clear(&diff);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};

	read_whole(text);
	read_hunks(text);
	return 0;
}
