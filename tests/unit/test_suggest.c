/* The nearest word to a mistyped one. */
#include "unit.h"

#include "base/suggest.h"

static const char *
nearest(const char *word, const char *const *candidates)
{
	static char text[SUGGEST_TEXT];
	struct suggestion suggestion;

	suggest_begin(&suggestion, str_of(word));
	for (; *candidates; candidates++)
		suggest_offer(&suggestion, str_of(*candidates));
	return suggest_text(&suggestion, "", text);
}

START_TEST(distance_counts_steps)
{
	ck_assert_uint_eq(suggest_distance(STR("lines"), STR("lines"), 3), 0);
	ck_assert_uint_eq(suggest_distance(STR("lnies"), STR("lines"), 3), 1);
	ck_assert_uint_eq(suggest_distance(STR("line"), STR("lines"), 3), 1);
	ck_assert_uint_eq(suggest_distance(STR("liness"), STR("lines"), 3), 1);
	ck_assert_uint_eq(suggest_distance(STR("limes"), STR("lines"), 3), 1);
	ck_assert_uint_eq(suggest_distance(STR(""), STR("abc"), 3), 3);
	ck_assert_uint_eq(suggest_distance(STR("kitten"), STR("sitting"), 9), 3);
	ck_assert_uint_eq(suggest_distance(STR("kitten"), STR("sitting"), 2), 3);
}
END_TEST

START_TEST(the_nearest_is_suggested)
{
	const char *const metrics[] = {"lines", "branches", "functions", NULL};

	ck_assert_str_eq(nearest("brnaches", metrics), "; did you mean 'branches'?");
	ck_assert_str_eq(nearest("func", metrics), "; did you mean 'functions'?");
	ck_assert_str_eq(nearest("statements", metrics), "");
	ck_assert_str_eq(nearest("", metrics), "");
}
END_TEST

START_TEST(order_of_candidates_never_shows)
{
	const char *const forth[] = {"cat", "bat", NULL};
	const char *const back[] = {"bat", "cat", NULL};

	ck_assert_str_eq(nearest("hat", forth), "; did you mean 'bat'?");
	ck_assert_str_eq(nearest("hat", back), "; did you mean 'bat'?");
}
END_TEST

START_TEST(long_words_are_no_harm)
{
	char word[3 * SUGGEST_WORD];
	const char *const candidates[] = {"lines", word, NULL};

	memset(word, 'x', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	ck_assert_str_eq(nearest(word, candidates), "");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("suggest");
	TCase *words = tcase_create("words");

	tcase_add_test(words, distance_counts_steps);
	tcase_add_test(words, the_nearest_is_suggested);
	tcase_add_test(words, order_of_candidates_never_shows);
	tcase_add_test(words, long_words_are_no_harm);
	suite_add_tcase(suite, words);
	return suite;
}
