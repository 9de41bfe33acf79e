/* Views of the tests that changed since the baseline, list by list (TESTS R16). */
#include "render/page_changes.h"

#include "model/comparison.h"
#include "render/page_rows.h"

static const struct comparison *
comparison_of(struct view view)
{
	return result_of(view)->comparison;
}

/* ---- a test: its index is its place with the list's number below ---- */

static const struct changed_test *
test_of(struct view view)
{
	return &comparison_of(view)
		    ->tests[view.index % TEST_CHANGES]
		    .items[view.index / TEST_CHANGES];
}

static struct view
test_stage(struct view view)
{
	return view_text(test_of(view)->stage);
}

static struct view
test_container(struct view view)
{
	return view_text(test_of(view)->container);
}

static struct view
test_name(struct view view)
{
	return view_text(test_of(view)->name);
}

static struct view
test_old_container(struct view view)
{
	return test_of(view)->old_name.length ? view_text(test_of(view)->old_container)
					      : view_null();
}

static struct view
test_old_name(struct view view)
{
	return test_of(view)->old_name.length ? view_text(test_of(view)->old_name) : view_null();
}

/* All that is known of it now. */
static struct view
test_now(struct view view)
{
	return test_of(view)->id == NO_TEST ? view_null()
					    : page_test(page_of(view), test_of(view)->id);
}

static const struct view_field test_fields[] = {
    {"stage", test_stage, false},
    {"container", test_container, false},
    {"name", test_name, false},
    {"old_container", test_old_container, false},
    {"old_name", test_old_name, false},
    {"test", test_now, true},
    {NULL, NULL, false},
};

static const struct view_type test_type = {.kind = VIEW_OBJECT, .fields = test_fields};

/* ---- the lists; a list's index is its number ---- */

static bool
tests_next(struct view list, uint64_t *position, struct view *item)
{
	if (*position >= comparison_of(list)->tests[list.index].count ||
	    *position >= page_of(list)->limits.tests)
		return false;
	*item = row(&test_type, list, (*position)++ * TEST_CHANGES + list.index);
	return true;
}

static const struct view_type tests_type = {.kind = VIEW_LIST, .next = tests_next};

#define LIST(name, change)                                                                         \
	static struct view list_##name(struct view view)                                           \
	{                                                                                          \
		return row(&tests_type, view, change);                                             \
	}                                                                                          \
	static struct view count_##name(struct view view)                                          \
	{                                                                                          \
		return view_number(comparison_of(view)->tests[change].count);                      \
	}

LIST(new_failures, CHANGE_NEW_FAILURE)
LIST(still_failing, CHANGE_STILL_FAILING)
LIST(fixed, CHANGE_FIXED)
LIST(newly_flaky, CHANGE_NEWLY_FLAKY)
LIST(added, CHANGE_ADDED)
LIST(removed, CHANGE_REMOVED)
LIST(renamed, CHANGE_RENAMED)
LIST(newly_skipped, CHANGE_NEWLY_SKIPPED)
LIST(unskipped, CHANGE_UNSKIPPED)

#undef LIST

/* Failing tests of stages that can't be compared. */
static bool
incomparable_next(struct view list, uint64_t *position, struct view *item)
{
	const struct test_list *tests = &comparison_of(list)->incomparable;

	if (*position >= tests->count || *position >= page_of(list)->limits.tests)
		return false;
	*item = page_test(page_of(list), tests->ids[(*position)++]);
	return true;
}

static const struct view_type incomparable_type = {.kind = VIEW_LIST, .next = incomparable_next};

static struct view
list_incomparable(struct view view)
{
	return row(&incomparable_type, view, 0);
}

static struct view
count_incomparable(struct view view)
{
	return view_number(comparison_of(view)->incomparable.count);
}

static const struct view_field lists_fields[] = {
    {"new_failures", list_new_failures, false},
    {"still_failing", list_still_failing, false},
    {"fixed", list_fixed, false},
    {"newly_flaky", list_newly_flaky, false},
    {"added", list_added, false},
    {"removed", list_removed, false},
    {"renamed", list_renamed, false},
    {"newly_skipped", list_newly_skipped, false},
    {"unskipped", list_unskipped, false},
    {"new_failure_count", count_new_failures, true},
    {"still_failing_count", count_still_failing, true},
    {"fixed_count", count_fixed, true},
    {"newly_flaky_count", count_newly_flaky, true},
    {"added_count", count_added, true},
    {"removed_count", count_removed, true},
    {"renamed_count", count_renamed, true},
    {"newly_skipped_count", count_newly_skipped, true},
    {"unskipped_count", count_unskipped, true},
    {"incomparable_failing", list_incomparable, true},
    {"incomparable_failing_count", count_incomparable, true},
    {NULL, NULL, false},
};

static const struct view_type lists_type = {.kind = VIEW_OBJECT, .fields = lists_fields};

struct view
page_changed_tests(const struct page *page)
{
	return (struct view){&lists_type, page, 0};
}

struct view
page_failing_change(const struct page *page, size_t place)
{
	const struct comparison *comparison = page->result->comparison;

	return comparison ? view_string(test_change_name(comparison->failing[place])) : view_null();
}
