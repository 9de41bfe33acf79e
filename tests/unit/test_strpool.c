/* Interned strings. */
#include "base/strpool.h"
#include "unit.h"

#include <stdio.h>

START_TEST(an_empty_pool_knows_the_empty_string)
{
	struct strpool pool = {0};

	ck_assert_uint_eq(strpool_add(&pool, STR("")), 0);
	ck_assert_uint_eq(strpool_find(&pool, STR("")), 0);
	ck_assert_uint_eq(strpool_find(&pool, STR("a")), 0);
	ck_assert_str_eq(strpool_get(&pool, 0).s, "");
	ck_assert_uint_eq(pool.count, 0);
	strpool_clear(&pool);
}
END_TEST

START_TEST(equal_bytes_have_one_id)
{
	struct strpool pool = {0};
	uint32_t a = strpool_add(&pool, STR("a")), b = strpool_add(&pool, STR("b"));

	ck_assert_uint_ne(a, 0);
	ck_assert_uint_ne(a, b);
	ck_assert_uint_eq(strpool_add(&pool, STR("a")), a);
	ck_assert_uint_eq(strpool_find(&pool, STR("b")), b);
	ck_assert_uint_eq(strpool_find(&pool, STR("c")), 0);
	ck_assert_uint_eq(pool.count, 2);
	strpool_clear(&pool);
}
END_TEST

START_TEST(nuls_are_bytes_like_others)
{
	struct strpool pool = {0};
	static const struct str strings[] = {{"\0", 1}, {"\0\0", 2}, {"a", 1}, {"a\0", 2},
	{"a\0\0\0\0\0\0\0\0", 9},
	    {"a\0\0\0\0\0\0\0", 8}, {"\0a", 2}};
	size_t count = sizeof(strings) / sizeof(strings[0]);

	for (size_t i = 0; i < count; i++)
		ck_assert_uint_eq(strpool_add(&pool, strings[i]), i + 1);
	for (size_t i = 0; i < count; i++) {
		struct str got = strpool_get(&pool, (uint32_t)i + 1);

		ck_assert(str_equal(got, strings[i]));
		ck_assert_int_eq(got.s[got.length], '\0');
	}
	strpool_clear(&pool);
}
END_TEST

START_TEST(ids_count_up_and_strings_stay_put)
{
	struct strpool pool = {0};
	const char *first = strpool_get(&pool, strpool_add(&pool, STR("name 0"))).s;
	char text[32];

	for (uint32_t i = 1; i < 100000; i++) {
		int length = snprintf(text, sizeof(text), "name %u", i);

		ck_assert_uint_eq(strpool_add(&pool, (struct str){text, (size_t)length}), i + 1);
	}
	for (uint32_t i = 0; i < 100000; i++) {
		snprintf(text, sizeof(text), "name %u", i);
		ck_assert_uint_eq(strpool_find(&pool, str_of(text)), i + 1);
		ck_assert_str_eq(strpool_get(&pool, i + 1).s, text);
	}
	ck_assert_ptr_eq(strpool_get(&pool, 1).s, first);
	strpool_clear(&pool);
}
END_TEST

/* The longest way from where a string belongs to where it is. */
static size_t
longest_probe(const struct strpool *pool)
{
	size_t mask = pool->slot_count - 1, longest = 0;

	for (size_t slot = 0; slot < pool->slot_count; slot++) {
		size_t way;

		if (!pool->slots[slot])
			continue;
		way = (slot - pool->entries[pool->slots[slot] - 1].hash) & mask;
		longest = way > longest ? way : longest;
	}
	return longest;
}

/*
 * Names that differ in the top bits of two words only: multiplying alone lets such differences
 * meet.
 */
START_TEST(no_family_of_names_falls_into_one_slot)
{
	struct strpool pool = {0};

	for (unsigned i = 0; i < 1 << 14; i++) {
		char text[128];

		memset(text, 'a', sizeof(text));
		for (unsigned bit = 0; bit < 14; bit++) {
			if (!(i >> bit & 1))
				continue;
			text[8 * bit + 7] = (char)(text[8 * bit + 7] ^ 0x80);
			text[8 * bit + 11] = (char)(text[8 * bit + 11] ^ 0x80);
			text[8 * bit + 15] = (char)(text[8 * bit + 15] ^ 0x80);
		}
		strpool_add(&pool, (struct str){text, sizeof(text)});
	}
	ck_assert_uint_lt(longest_probe(&pool), 500);
	strpool_clear(&pool);
}
END_TEST

START_TEST(a_cleared_pool_starts_anew)
{
	struct strpool pool = {0};

	strpool_add(&pool, STR("a"));
	strpool_clear(&pool);
	ck_assert_uint_eq(strpool_find(&pool, STR("a")), 0);
	ck_assert_uint_eq(strpool_add(&pool, STR("b")), 1);
	strpool_clear(&pool);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("strpool");
	TCase *tests = tcase_create("strpool");

	tcase_add_test(tests, an_empty_pool_knows_the_empty_string);
	tcase_add_test(tests, equal_bytes_have_one_id);
	tcase_add_test(tests, nuls_are_bytes_like_others);
	tcase_add_test(tests, ids_count_up_and_strings_stay_put);
	tcase_add_test(tests, no_family_of_names_falls_into_one_slot);
	tcase_add_test(tests, a_cleared_pool_starts_anew);
	suite_add_tcase(suite, tests);
	return suite;
}
