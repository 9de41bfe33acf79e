/* YAML as a tree: what is taken, what is refused, and where. */
#include "unit.h"

#include "base/limits.h"
#include "base/strbuf.h"
#include "base/yaml.h"

static struct arena arena;
static struct yaml *root;
static struct error err;

static bool
parse(const char *text)
{
	error_clear(&err);
	return yaml_parse("f.yml", str_of(text), &arena, &root, &err);
}

static void
assert_refused(const char *text, const char *message)
{
	ck_assert_msg(!parse(text), "%s", text);
	ck_assert_int_eq(err.code, ERROR_USAGE);
	ck_assert_str_eq(err.message, message);
}

static void
finish(void)
{
	arena_clear(&arena);
}

START_TEST(maps_and_lists_become_a_tree)
{
	ck_assert(parse("a: 1\nb: [x, 'true']\nc: {d: \"\\x41\"}\n"));
	ck_assert_int_eq(root->kind, YAML_MAP);
	ck_assert(str_equal(root->first->key->text, STR("a")));
	ck_assert(str_equal(root->first->text, STR("1")));
	ck_assert(!root->first->quoted);
	ck_assert_int_eq(root->first->next->kind, YAML_LIST);
	ck_assert_ptr_null(root->first->next->first->key);
	ck_assert(root->first->next->first->next->quoted);
	ck_assert(str_equal(root->first->next->next->first->text, STR("A")));
	ck_assert_ptr_null(root->first->next->next->next);
}
END_TEST

START_TEST(nothing_is_no_tree)
{
	ck_assert(parse(""));
	ck_assert_ptr_null(root);
	ck_assert(parse("# only words\n"));
	ck_assert_ptr_null(root);
}
END_TEST

START_TEST(places_are_lines_and_columns_from_one)
{
	ck_assert(parse("a: 1\n  \nbc:\n  d: 2\n"));
	ck_assert_uint_eq(root->first->next->key->line, 3);
	ck_assert_uint_eq(root->first->next->first->key->column, 3);
	yaml_fail("f.yml", root->first->next->first, &err, "no %s", "good");
	ck_assert_str_eq(err.message, "f.yml:4:3: no good");
}
END_TEST

START_TEST(what_could_grow_is_refused)
{
	assert_refused("a: &x 1\n", "f.yml:1:4: anchors ('&name') are not read");
	assert_refused("a: *x\n", "f.yml:1:4: aliases ('*name') are not read");
	assert_refused("a: !!str 1\n", "f.yml:1:4: tags ('!name') are not read");
	assert_refused("a: !x [1]\n", "f.yml:1:4: tags ('!name') are not read");
	assert_refused("a: 1\n---\nb: 2\n", "f.yml:2:1: a second document");
	assert_refused("a: 1\na: 2\n", "f.yml:2:1: 'a' is given twice, first in line 1");
	assert_refused("? [a]\n: 1\n", "f.yml:1:3: a key is a list");
	assert_refused("a: \"b\\0c\"\n", "f.yml:1:4: a NUL character");
	assert_refused("[a\n", "f.yml:2:1: did not find expected ',' or ']'");
}
END_TEST

START_TEST(depth_and_number_are_limited)
{
	struct strbuf text = {0};

	for (unsigned i = 0; i <= LIMIT_CONFIG_DEPTH; i++)
		strbuf_add_char(&text, '[');
	ck_assert(!parse(strbuf_string(&text)));
	ck_assert(strstr(err.message, "did not find expected"));
	strbuf_add_char(&text, '[');
	ck_assert(!parse(strbuf_string(&text)));
	ck_assert(strstr(err.message, "too many lists and maps in each other"));
	strbuf_reset(&text);
	strbuf_add_char(&text, '[');
	for (unsigned i = 0; i <= LIMIT_CONFIG_NODES; i++)
		strbuf_add_string(&text, "1,");
	strbuf_add_char(&text, ']');
	ck_assert(!parse(strbuf_string(&text)));
	ck_assert(strstr(err.message, "too many values"));
	strbuf_clear(&text);
}
END_TEST

START_TEST(written_texts_read_back)
{
	static const char *const texts[] = {"unit", "true", "No", "null", "a b", "a: b", "", "-x",
	    "{cell}", "it's", "\"\\", "a#b", "12", "1e3", "\x1b[1m\n", "ü", "a/b-c_d.e"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct strbuf text = {0};

		strbuf_add_string(&text, "k: [");
		yaml_put(&text, str_of(texts[i]));
		strbuf_add_string(&text, "]\n");
		ck_assert_msg(
		    parse(strbuf_string(&text)), "%s: %s", strbuf_string(&text), err.message);
		ck_assert_str_eq(root->first->first->text.s, texts[i]);
		strbuf_clear(&text);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("yaml");
	TCase *trees = tcase_create("trees");

	tcase_add_checked_fixture(trees, NULL, finish);
	tcase_add_test(trees, maps_and_lists_become_a_tree);
	tcase_add_test(trees, nothing_is_no_tree);
	tcase_add_test(trees, places_are_lines_and_columns_from_one);
	tcase_add_test(trees, what_could_grow_is_refused);
	tcase_add_test(trees, depth_and_number_are_limited);
	tcase_add_test(trees, written_texts_read_back);
	suite_add_tcase(suite, trees);
	return suite;
}
