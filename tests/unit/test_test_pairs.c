/* Which test of one run is which of another (TESTS 2, R16). */
#include "unit.h"

#include "judge/test_pairs.h"

#include <stdio.h>
#include <stdlib.h>

static struct pair_side now, before;

static void
tear_down(void)
{
	pair_side_clear(&now);
	pair_side_clear(&before);
}

static void
add(struct pair_side *side, const char *container, const char *name, const char *file)
{
	struct paired_test test = {.stage = STR("unit"),
	    .container = str_of(container),
	    .name = str_of(name),
	    .file = str_of(file),
	    .place = (uint32_t)side->count,
	    .id = (test_id)side->count};

	pair_side_add(side, &test);
}

/*
 * How the test that was added to `now` at this place was found again, and which it was: "same 0".
 */
static const char *
pairing_of(test_id id)
{
	static const char *const names[] = {"none", "same", "moved", "like"};
	static char text[32];

	for (size_t i = 0; i < now.count; i++) {
		const struct paired_test *row = &now.rows[i];

		if (row->id != id)
			continue;
		if (row->how == PAIR_NONE)
			return names[0];
		ck_assert_uint_eq(before.rows[row->other].other, i);
		ck_assert_int_eq(before.rows[row->other].how, row->how);
		snprintf(text, sizeof(text), "%s %u", names[row->how], before.rows[row->other].id);
		return text;
	}
	return "absent";
}

START_TEST(names_decide)
{
	add(&now, "c", "b", "");
	add(&now, "c", "a", "");
	add(&now, "d", "a", "");
	add(&before, "c", "a", "moved.py");
	add(&before, "c", "b", "");
	pair_tests(&now, &before, true);
	ck_assert_str_eq(pairing_of(0), "same 1");
	ck_assert_str_eq(pairing_of(1), "same 0");
	ck_assert_str_eq(pairing_of(2), "none");
}
END_TEST

START_TEST(files_part_tests_of_one_name)
{
	add(&now, "c", "a", "0.js");
	add(&now, "c", "a", "1.js");
	add(&now, "c", "a", "3.js");
	add(&before, "c", "a", "1.js");
	add(&before, "c", "a", "2.js");
	pair_tests(&now, &before, true);
	ck_assert_str_eq(pairing_of(0), "same 1");
	ck_assert_str_eq(pairing_of(1), "same 0");
	ck_assert_str_eq(pairing_of(2), "none");
}
END_TEST

START_TEST(what_differs_from_run_to_run_is_no_difference)
{
	add(&now, "TestX-20240501120000", "shows 0x7f0000001230", "");
	add(&now, "c", "at 2024-05-01T12:00:00Z", "");
	add(&before, "TestX-20240401120000", "shows 0x7fffff001230", "");
	add(&before, "c", "at 2024-04-01T12:00:00Z", "");
	pair_tests(&now, &before, false);
	ck_assert_str_eq(pairing_of(0), "same 0");
	ck_assert_str_eq(pairing_of(1), "same 1");
}
END_TEST

START_TEST(names_that_collide_stay_raw)
{
	add(&now, "c", "p[0xaaaaaaaa]", "");
	add(&now, "c", "p[0xcccccccc]", "");
	add(&before, "c", "p[0xaaaaaaaa]", "");
	add(&before, "c", "p[0xbbbbbbbb]", "");
	pair_tests(&now, &before, true);
	ck_assert_str_eq(pairing_of(0), "same 0");
	ck_assert_str_eq(pairing_of(1), "none");
}
END_TEST

START_TEST(the_only_one_of_its_name_has_moved)
{
	add(&now, "new.Home", "it works", "");
	add(&now, "x", "twice", "");
	add(&now, "y", "twice", "");
	add(&before, "old.Home", "it works", "");
	add(&before, "z", "twice", "");
	pair_tests(&now, &before, true);
	ck_assert_str_eq(pairing_of(0), "moved 0");
	ck_assert_str_eq(pairing_of(1), "none");
	ck_assert_str_eq(pairing_of(2), "none");
}
END_TEST

START_TEST(a_like_name_is_a_renamed_test)
{
	add(&now, "c", "rejects_empty_inputs", "");
	add(&before, "c", "rejects_empty_input", "");
	pair_tests(&now, &before, true);
	ck_assert_str_eq(pairing_of(0), "like 0");
}
END_TEST

START_TEST(what_is_not_surely_renamed_is_not)
{
	static const char *const pairs[][2] = {
	    {"parses[12]", "parses[13]"},
	    {"short", "shore"},
	    {"rejects_empty_input", "accepts_full_output"},
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		add(&now, "c", pairs[i][0], "");
		add(&before, "c", pairs[i][1], "");
		pair_tests(&now, &before, true);
		ck_assert_str_eq(pairing_of(0), "none");
		tear_down();
	}
	add(&now, "c", "rejects_empty_inputs", "");
	add(&before, "c", "rejects_empty_input", "");
	add(&before, "c", "reject_empty_inputs", "");
	pair_tests(&now, &before, true);
	ck_assert_str_eq(pairing_of(0), "none");
}
END_TEST

START_TEST(without_renames_only_names_decide)
{
	add(&now, "c", "rejects_empty_inputs", "");
	add(&now, "d", "it works", "");
	add(&before, "c", "rejects_empty_input", "");
	add(&before, "e", "it works", "");
	pair_tests(&now, &before, false);
	ck_assert_str_eq(pairing_of(0), "none");
	ck_assert_str_eq(pairing_of(1), "none");
}
END_TEST

static void
add_random(struct pair_side *side, unsigned *seed)
{
	static const char *const containers[] = {
	    "a", "b", "TestX-20240501120000", "TestX-20240601120000"};
	static const char *const names[] = {"one", "two", "rejects_empty_input",
	    "rejects_empty_inputs", "at 0xaaaaaaaa", "at 0xbbbbbbbb"};
	static const char *const files[] = {"", "f", "g"};

	for (int count = rand_r(seed) % 12; count > 0; count--)
		add(side, containers[rand_r(seed) % 4], names[rand_r(seed) % 6],
		    files[rand_r(seed) % 3]);
}

/* The pairs by kind and id, in the order of the rows of `side`. */
static size_t
count_open(const struct pair_side *side)
{
	size_t open = 0;

	for (size_t i = 0; i < side->count; i++)
		open += side->rows[i].how == PAIR_NONE;
	return open;
}

START_TEST(pairs_are_mutual_and_turn_round)
{
	unsigned seed = 4711, state = seed;

	printf("test_pairs: seed %u\n", seed);
	for (int i = 0; i < 3000; i++) {
		unsigned again = state;
		size_t added, removed;

		add_random(&now, &state);
		add_random(&before, &state);
		pair_tests(&now, &before, true);
		for (test_id id = 0; id < now.count; id++)
			pairing_of(id);
		added = count_open(&now);
		removed = count_open(&before);
		ck_assert_uint_eq(now.count - added, before.count - removed);
		tear_down();
		add_random(&before, &again);
		add_random(&now, &again);
		pair_tests(&now, &before, true);
		ck_assert_uint_eq(count_open(&now), removed);
		ck_assert_uint_eq(count_open(&before), added);
		tear_down();
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("test_pairs");
	TCase *pairs = tcase_create("pairs");

	tcase_add_checked_fixture(pairs, NULL, tear_down);
	tcase_add_test(pairs, names_decide);
	tcase_add_test(pairs, files_part_tests_of_one_name);
	tcase_add_test(pairs, what_differs_from_run_to_run_is_no_difference);
	tcase_add_test(pairs, names_that_collide_stay_raw);
	tcase_add_test(pairs, the_only_one_of_its_name_has_moved);
	tcase_add_test(pairs, a_like_name_is_a_renamed_test);
	tcase_add_test(pairs, what_is_not_surely_renamed_is_not);
	tcase_add_test(pairs, without_renames_only_names_decide);
	tcase_add_test(pairs, pairs_are_mutual_and_turn_round);
	suite_add_tcase(suite, pairs);
	return suite;
}
