/* Memory that is given back all at once. */
#include "base/arena.h"
#include "unit.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

START_TEST(an_empty_arena_can_be_cleared)
{
	struct arena arena = {0};

	arena_clear(&arena);
	arena_clear(&arena);
	ck_assert_ptr_null(arena.blocks);
}
END_TEST

START_TEST(allocations_are_aligned_whatever_came_before)
{
	struct arena arena = {0};

	for (size_t i = 0; i < 3000; i++) {
		void *bytes;

		arena_string(&arena, (struct str){"abcdefghijklmnopqrstuvwxyz", i % 27});
		bytes = arena_alloc(&arena, i % 90);
		ck_assert_ptr_nonnull(bytes);
		ck_assert_uint_eq((uintptr_t)bytes % _Alignof(max_align_t), 0);
		memset(bytes, 0xff, i % 90);
	}
	arena_clear(&arena);
}
END_TEST

START_TEST(the_first_allocation_may_be_of_nothing)
{
	struct arena arena = {0};

	ck_assert_ptr_nonnull(arena_alloc(&arena, 0));
	ck_assert_ptr_ne(arena_alloc(&arena, 0), arena_alloc(&arena, 0));
	arena_clear(&arena);
}
END_TEST

START_TEST(strings_are_copies_with_a_nul)
{
	struct arena arena = {0};
	char text[] = "one\0two";
	char *copy = arena_string(&arena, (struct str){text, 7});
	char *empty = arena_string(&arena, (struct str){NULL, 0});

	memset(text, 'x', sizeof(text));
	ck_assert_mem_eq(copy, "one\0two", 8);
	ck_assert_str_eq(empty, "");
	arena_clear(&arena);
}
END_TEST

static bool
all_bytes_are(const unsigned char *bytes, size_t size, unsigned char value)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] != value)
			return false;
	return true;
}

START_TEST(blocks_of_any_size_stay_apart)
{
	enum { COUNT = 400 };
	struct arena arena = {0};
	unsigned char *blocks[COUNT];
	size_t sizes[COUNT];
	unsigned seed = 11;

	for (size_t i = 0; i < COUNT; i++) {
		sizes[i] = (size_t)rand_r(&seed) % (i % 10 ? 300 : 200000);
		blocks[i] = arena_alloc(&arena, sizes[i]);
		memset(blocks[i], (int)(i & 0xff), sizes[i]);
	}
	for (size_t i = 0; i < COUNT; i++)
		ck_assert_msg(all_bytes_are(blocks[i], sizes[i], (unsigned char)(i & 0xff)),
		    "seed 11: block %zu", i);
	arena_clear(&arena);
}
END_TEST

START_TEST(a_big_allocation_does_not_end_the_block_at_hand)
{
	struct arena arena = {0};
	char *before = arena_string(&arena, STR("a"));

	arena_alloc(&arena, 1 << 20);
	ck_assert_ptr_eq(arena_string(&arena, STR("b")), before + _Alignof(max_align_t));
	arena_clear(&arena);
}
END_TEST

START_TEST(a_cleared_arena_starts_anew)
{
	struct arena arena = {0};

	arena_string(&arena, STR("a"));
	arena_clear(&arena);
	ck_assert_str_eq(arena_string(&arena, STR("b")), "b");
	arena_clear(&arena);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("arena");
	TCase *tests = tcase_create("arena");

	tcase_add_test(tests, an_empty_arena_can_be_cleared);
	tcase_add_test(tests, allocations_are_aligned_whatever_came_before);
	tcase_add_test(tests, the_first_allocation_may_be_of_nothing);
	tcase_add_test(tests, strings_are_copies_with_a_nul);
	tcase_add_test(tests, blocks_of_any_size_stay_apart);
	tcase_add_test(tests, a_big_allocation_does_not_end_the_block_at_hand);
	tcase_add_test(tests, a_cleared_arena_starts_anew);
	suite_add_tcase(suite, tests);
	return suite;
}
