/* Patterns: what fits, what is captured, what is refused, how long it may take, and the walk. */
#include "base/glob.h"
#include "base/limits.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct glob *
compiled(const char *pattern)
{
	struct error err = {0};
	struct glob *glob;

	ck_assert_msg(glob_compile(str_of(pattern), &glob, &err), "'%s': %s", pattern, err.message);
	return glob;
}

static bool
fits(const char *pattern, const char *path)
{
	struct glob *glob = compiled(pattern);
	bool found = glob_matches(glob, str_of(path), NULL);

	glob_free(glob);
	return found;
}

static const struct {
	const char *pattern;
	const char *path;
	bool fits;
} cases[] = {
	{"", "", true},
	{"", "a", false},
	{"a", "a", true},
	{"a", "ab", false},
	{"a/b.py", "a/b.py", true},
	{"*", "a", true},
	{"*", "", true},
	{"*", "a/b", false},
	{"*", ".hidden", true},
	{"*.py", "a.py", true},
	{"*.py", "a/b.py", false},
	{"a*c", "abbbc", true},
	{"a*c", "ac", true},
	{"a*c", "ab", false},
	{"ab*ba", "aba", false},
	{"?", "a", true},
	{"?", "/", false},
	{"?", "", false},
	{"?", "\xc3\xa9", true},
	{"??", "\xc3\xa9", false},
	{"?", "\xff", true},
	{"\xff*", "\xff\xfe", true},
	{"[a-c]", "b", true},
	{"[a-c]", "d", false},
	{"[!a-c]", "d", true},
	{"[!a-c]", "b", false},
	{"[!a]", "/", false},
	{"[a/]b", "/b", false},
	{"[]]", "]", true},
	{"[!]]", "]", false},
	{"[a-]", "-", true},
	{"[*]", "*", true},
	{"[*]", "a", false},
	{"[\xc3\xa0-\xc3\xbf]", "\xc3\xa9", true},
	{"[[]x", "[x", true},
	{"**", "a", true},
	{"**", "a/b/c", true},
	{"**", "", false},
	{"a/**", "a/b/c", true},
	{"a/**", "a", false},
	{"a/**", "ab/c", false},
	{"**/a", "a", true},
	{"**/a", "x/y/a", true},
	{"**/a", "xa", false},
	{"**/site-packages/**", "/usr/lib/site-packages/x.py", true},
	{"a/**/b", "a/b", true},
	{"a/**/b", "a/x/b", true},
	{"a/**/b", "a/x/y/b", true},
	{"a/**/b", "a/xb", false},
	{"a/**/**/b", "a/b", true},
	{"/**/b", "/a/b", true},
	{"a**b", "axxb", true},
	{"a**b", "ax/xb", false},
	{"***/b", "a/b", true},
	{"***/b", "a/a/b", false},
	{"{a,b}", "a", true},
	{"{a,b}", "b", true},
	{"{a,b}", "c", false},
	{"x{a,b}y", "xby", true},
	{"x{,a}y", "xy", true},
	{"x{,a}y", "xay", true},
	{"x{a,}y", "xy", true},
	{"{,}", "", true},
	{"{a,{b,c{d,e}}}f", "cef", true},
	{"{a,{b,c{d,e}}}f", "ef", false},
	{"{a/b,c}/*.py", "a/b/x.py", true},
	{"*.{py,pyi}", "a.pyi", true},
	{"{[,],b}x", ",x", true},
	{"{**/a,b}", "x/a", true},
	{"{**/a,b}", "a", true},
	{"x/{**,b}", "x/y/z", true},
	{"{a/,}**/b", "a/x/b", true},
	{"{a/,}**/b", "b", true},
	{"{a,b/}**", "ax/y", false},
	{"a,**", "a,x/y", false},
	{"a}b,c", "a}b,c", true},
	{"a]b*", "a]bc", true},
};

START_TEST(patterns_fit_as_told)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_msg(fits(cases[i].pattern, cases[i].path) == cases[i].fits,
		    "'%s' on '%s'", cases[i].pattern, cases[i].path);
}
END_TEST

static void
expect_captures(const char *pattern, const char *path, const char *stage, const char *cell,
    const char *attempt)
{
	struct glob *glob = compiled(pattern);
	struct glob_match match;

	ck_assert_msg(glob_matches(glob, str_of(path), &match), "'%s' on '%s'", pattern, path);
	ck_assert(str_equal(match.captures[GLOB_STAGE], str_of(stage)));
	ck_assert(str_equal(match.captures[GLOB_CELL], str_of(cell)));
	ck_assert(str_equal(match.captures[GLOB_ATTEMPT], str_of(attempt)));
	glob_free(glob);
}

START_TEST(captures)
{
	expect_captures("coverage-{stage}.xml", "coverage-unit.xml", "unit", "", "");
	expect_captures("artifacts/{stage}/{cell}/**/*.xml", "artifacts/e2e/py3.11/a/b.xml", "e2e",
	    "py3.11", "");
	expect_captures("{cell}-{attempt}/{stage}.xml", "py-3/unit.xml", "unit", "py", "3");
	expect_captures("{stage}-{cell}", "a-b-c", "a", "b-c", "");
	expect_captures("*-{stage}", "a-b-c", "b-c", "", "");
	expect_captures("{a/{stage},b/{cell}}/x", "b/y/x", "", "y", "");
	ck_assert(!fits("coverage-{stage}.xml", "coverage-.xml"));
	ck_assert(!fits("{stage}.xml", "a/b.xml"));
}
END_TEST

static void
expect_refusal(const char *pattern, const char *message)
{
	struct error err = {0};
	struct glob *glob;

	ck_assert(!glob_compile(str_of(pattern), &glob, &err));
	ck_assert_ptr_null(glob);
	ck_assert_int_eq(err.code, ERROR_USAGE);
	ck_assert_str_eq(err.message, message);
}

START_TEST(refusals)
{
	char longest[LIMIT_PATTERN + 2];

	expect_refusal("a[b", "unclosed '[' in pattern 'a[b'");
	expect_refusal("[]", "unclosed '[' in pattern '[]'");
	expect_refusal("{a,b", "unclosed '{' in pattern '{a,b'");
	expect_refusal("{a,{b}", "unclosed '{' in pattern '{a,{b}'");
	expect_refusal("[z-a]", "range that runs backwards in pattern '[z-a]'");
	expect_refusal("{stage}/{stage}", "capture given twice in pattern '{stage}/{stage}'");
	expect_refusal("{job}",
	    "unknown capture '{job}' in pattern '{job}'; known are {stage}, {cell}, {attempt}");
	expect_refusal("a{}",
	    "unknown capture '{}' in pattern 'a{}'; known are {stage}, {cell}, {attempt}");
	expect_refusal("{,{,{,{,{,{,{,{,{,{,{,{,{,{,{,{,{,}}}}}}}}}}}}}}}}}",
	    "too many braces in each other in pattern "
	    "'{,{,{,{,{,{,{,{,{,{,{,{,{,{,{,{,{,}}}}}}}}}}}}}}}}}'");
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	expect_refusal(longest, "pattern of more than 4096 bytes");
}
END_TEST

static double
seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

START_TEST(worst_cases_take_polynomial_time)
{
	char pattern[402], path[2001];
	double start = seconds();

	for (size_t i = 0; i < 200; i++)
		memcpy(pattern + 2 * i, "a*", 3);
	pattern[400] = 'b';
	pattern[401] = '\0';
	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	path[1999] = 'b';
	ck_assert(fits(pattern, path));
	memcpy(path + 1998, "cb", 2);
	memset(path, 'a', 1998);
	ck_assert(fits(pattern, path));
	path[1000] = '/';
	ck_assert(!fits(pattern, path));
	ck_assert(!fits("**/**/**/**/**/**/**/**/**/**/**/**/a/a/a/a/a/a/x", path));
	ck_assert(!fits("{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}c", path));
	ck_assert_double_lt(seconds() - start, 5);
}
END_TEST

/* Plain recursion over '*', '?' and letters, as the definition has it. */
static bool
slow_fits(const char *pattern, const char *path)
{
	if (!*pattern)
		return !*path;
	if (*pattern == '*')
		return slow_fits(pattern + 1, path) ||
		    (*path && *path != '/' && slow_fits(pattern, path + 1));
	if (!*path || (*pattern == '?' ? *path == '/' : *pattern != *path))
		return false;
	return slow_fits(pattern + 1, path + 1);
}

static void
fill(char *text, size_t most, const char *alphabet)
{
	size_t length = (size_t)random() % most;

	for (size_t i = 0; i < length; i++)
		text[i] = alphabet[(size_t)random() % strlen(alphabet)];
	text[length] = '\0';
	while (strstr(text, "**"))
		*strstr(text, "**") = 'a';
}

START_TEST(agrees_with_the_definition)
{
	unsigned seed = 4711;

	printf("seed %u\n", seed);
	srandom(seed);
	for (int i = 0; i < 50000; i++) {
		char pattern[9], path[9];

		fill(pattern, sizeof(pattern), "ab/*?");
		fill(path, sizeof(path), "aab/");
		ck_assert_msg(fits(pattern, path) == slow_fits(pattern, path), "'%s' on '%s'",
		    pattern, path);
	}
}
END_TEST

START_TEST(any_bytes_compile_or_are_refused)
{
	unsigned seed = 815;

	printf("seed %u\n", seed);
	srandom(seed);
	for (int i = 0; i < 50000; i++) {
		char pattern[16];
		struct glob *glob;

		fill(pattern, sizeof(pattern), "a*/{}[],!-?\xc3\xa9");
		if (glob_compile(str_of(pattern), &glob, NULL))
			glob_matches(glob, STR("a/a\xc3\xa9,/"), NULL);
		glob_free(glob);
	}
}
END_TEST

START_TEST(fixed_prefix)
{
	static const char *const table[][2] = {
		{"artifacts/x/{cell}/*.xml", "artifacts/x"}, {"*.xml", ""}, {"a/b.xml", "a/b.xml"},
		{"/*", "/"}, {"/a/b*", "/a"}, {"../x/*", "../x"}, {"a[b]/c", ""}, {"", ""},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		ck_assert(str_equal(glob_fixed_prefix(str_of(table[i][0])), str_of(table[i][1])));
}
END_TEST

START_TEST(quoting_makes_a_text_fit_itself)
{
	static const char *const texts[] = {"a[b]{c,d}*?!", "", "plain", "[[", "{stage}"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct strbuf quoted = {0};

		glob_quote(&quoted, str_of(texts[i]));
		ck_assert(fits(strbuf_string(&quoted), texts[i]));
		strbuf_clear(&quoted);
	}
}
END_TEST

static void
make_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0666);

	ck_assert_int_ge(fd, 0);
	close(fd);
}

static void
make_tree(void)
{
	char folder[] = "/tmp/test_glob.XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	ck_assert_int_eq(mkdir("a", 0777) | mkdir("a/b", 0777) | mkdir("other", 0777), 0);
	make_file("a.xml");
	make_file("a-b.xml");
	make_file("a/x.xml");
	make_file("a/b/y.xml");
	make_file("other/z.txt");
	ck_assert_int_eq(symlink("../a/x.xml", "other/link.xml"), 0);
	ck_assert_int_eq(symlink("../a", "other/folder"), 0);
	ck_assert_int_eq(symlink("nowhere", "other/dangling.xml"), 0);
	ck_assert_int_eq(symlink("..", "a/b/up"), 0);
	ck_assert_int_eq(mkfifo("other/pipe.xml", 0666), 0);
}

static void
remove_tree(void)
{
	char *folder = get_current_dir_name();
	char command[256];

	snprintf(command, sizeof(command), "chmod -R u+rwx %s && rm -r %s", folder, folder);
	ck_assert_int_eq(system(command), 0);
	free(folder);
}

static bool
collect(void *context, const char *path, bool is_directory, const struct glob_match *match)
{
	struct strbuf *found = context;

	strbuf_addf(found, "%s%s", path, is_directory ? "/" : "");
	if (match->captures[GLOB_STAGE].length)
		strbuf_addf(found, "(%.*s)", (int)match->captures[GLOB_STAGE].length,
		    match->captures[GLOB_STAGE].s);
	strbuf_add_char(found, ' ');
	return !strstr(path, "a-b");
}

static bool
walk(const char *pattern, struct strbuf *found, struct error *err)
{
	struct glob *glob = compiled(pattern);
	bool good = glob_walk(glob, str_of(pattern), collect, found, err);

	glob_free(glob);
	return good;
}

static void
expect_walk(const char *pattern, const char *expected)
{
	struct error err = {0};
	struct strbuf found = {0};

	ck_assert_msg(walk(pattern, &found, &err), "%s", err.message);
	ck_assert_str_eq(strbuf_string(&found), expected);
	strbuf_clear(&found);
}

START_TEST(walks)
{
	make_tree();
	expect_walk("**/?.xml", "a.xml a/b/y.xml a/x.xml ");
	expect_walk("{stage}/*.xml", "a/x.xml(a) other/link.xml(other) ");
	expect_walk("*.xml", "a-b.xml ");	/* where the collector stops */
	expect_walk("./a/**", "./a/b/y.xml ./a/x.xml ");
	expect_walk("other/folder/*.xml", "other/folder/x.xml ");
	expect_walk("other/*/x.xml", "");
	expect_walk("a/x.xml", "a/x.xml ");
	expect_walk("a", "a/ ");
	expect_walk("a/*", "a/b/ a/x.xml ");
	expect_walk("a/b", "a/b/ ");
	expect_walk("other/*", "other/folder/ other/link.xml other/z.txt ");
	expect_walk("other/**", "other/link.xml other/z.txt ");
	expect_walk("nowhere/*", "");
	expect_walk("a.xml/*", "");
	remove_tree();
}
END_TEST

START_TEST(absolute_walks)
{
	struct strbuf pattern = {0}, expected = {0};
	char *folder;

	make_tree();
	folder = get_current_dir_name();
	strbuf_addf(&pattern, "%s/*/x.xml", folder);
	strbuf_addf(&expected, "%s/a/x.xml ", folder);
	expect_walk(strbuf_string(&pattern), strbuf_string(&expected));
	strbuf_clear(&pattern);
	strbuf_clear(&expected);
	free(folder);
	remove_tree();
}
END_TEST

START_TEST(paths_come_in_order_of_bytes)
{
	struct strbuf found = {0};

	make_tree();
	ck_assert_int_eq(unlink("a-b.xml"), 0);
	make_file("a!b.xml");
	make_file("a0.xml");
	ck_assert(walk("**/*.xml", &found, NULL));
	ck_assert_str_eq(strbuf_string(&found),
	    "a!b.xml a.xml a/b/y.xml a/x.xml a0.xml other/link.xml ");
	strbuf_clear(&found);
	remove_tree();
}
END_TEST

START_TEST(an_unreadable_directory_is_told_after_the_rest)
{
	uid_t user = geteuid();
	struct strbuf found = {0};
	struct error err = {0};

	make_tree();
	ck_assert_int_eq(chmod("a/b", 0) | chmod(".", 0755), 0);
	if (user == 0)
		ck_assert_int_eq(seteuid(65534), 0);	/* root may read everything */
	ck_assert(!walk("*/**", &found, &err));
	ck_assert_int_eq(err.code, ERROR_INPUT);
	ck_assert_str_eq(err.message, "cannot read directory 'a/b': Permission denied");
	ck_assert_str_eq(strbuf_string(&found), "a/x.xml other/link.xml other/z.txt ");
	ck_assert_int_eq(seteuid(user), 0);
	strbuf_clear(&found);
	remove_tree();
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("glob");
	TCase *tcase = tcase_create("glob");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, patterns_fit_as_told);
	tcase_add_test(tcase, captures);
	tcase_add_test(tcase, refusals);
	tcase_add_test(tcase, worst_cases_take_polynomial_time);
	tcase_add_test(tcase, agrees_with_the_definition);
	tcase_add_test(tcase, any_bytes_compile_or_are_refused);
	tcase_add_test(tcase, fixed_prefix);
	tcase_add_test(tcase, quoting_makes_a_text_fit_itself);
	tcase_add_test(tcase, walks);
	tcase_add_test(tcase, absolute_walks);
	tcase_add_test(tcase, paths_come_in_order_of_bytes);
	tcase_add_test(tcase, an_unreadable_directory_is_told_after_the_rest);
	suite_add_tcase(suite, tcase);
	return suite;
}
