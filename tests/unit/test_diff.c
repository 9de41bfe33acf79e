/* Unified diffs of many makers, and lines followed through them. */
#include "base/diff.h"
#include "base/strbuf.h"
#include "unit.h"

#include <stdlib.h>

static struct diff diff;
static struct error err;

static void
tear_down(void)
{
	diff_clear(&diff);
}

/* "old>new +3 +7" for each file; "-" in place of a path that there is not. */
static struct strbuf
summary(void)
{
	struct strbuf text = {0};

	for (size_t i = 0; i < diff.file_count; i++) {
		const struct diff_file *file = &diff.files[i];
		const struct diff_change *changes = diff_changes(&diff, file);

		strbuf_addf(&text, "%s%s>%s", i ? "; " : "", file->old_path.length ? file->old_path.s : "-",
		    file->path.length ? file->path.s : "-");
		for (size_t j = 0; j < file->change_count; j++)
			for (uint32_t k = 0; k < changes[j].added; k++)
				strbuf_addf(&text, " +%u", changes[j].new_line + k);
	}
	return text;
}

static void
expect_of(struct str input, const char *expected)
{
	struct strbuf text;

	diff_clear(&diff);
	error_clear(&err);
	ck_assert_msg(diff_parse(input, &diff, &err), "line %d: %s", (int)err.line, err.message);
	text = summary();
	ck_assert_str_eq(strbuf_string(&text), expected);
	strbuf_clear(&text);
}

static void
expect(const char *input, const char *expected)
{
	expect_of(str_of(input), expected);
}

static void
refused(const char *input, enum error_code code, uint64_t line, const char *words)
{
	error_clear(&err);
	ck_assert_msg(!diff_parse(str_of(input), &diff, &err), "taken: %s", input);
	ck_assert_int_eq(err.code, code);
	ck_assert_uint_eq(err.line, line);
	ck_assert_msg(strstr(err.message, words) != NULL, "'%s' without '%s'", err.message, words);
	ck_assert_uint_eq(diff.file_count, 0);
}

#define GIT(name) "diff --git a/" name " b/" name "\nindex 1..2 100644\n--- a/" name "\n+++ b/" name "\n"

START_TEST(context_is_no_change)
{
	expect(GIT("src/a.py")
	    "@@ -1,4 +1,5 @@ def f():\n one\n-two\n+TWO\n+2.5\n three\n four\n"
	    "@@ -10,2 +11,3 @@\n ten\n+ten and a half\n eleven\n",
	    "src/a.py>src/a.py +2 +3 +12");
	ck_assert_uint_eq(diff.files[0].added, 3);
	ck_assert_uint_eq(diff.files[0].change_count, 2);
}
END_TEST

START_TEST(without_context_the_numbers_are_the_same)
{
	expect(GIT("src/a.py") "@@ -2 +2,2 @@\n-two\n+TWO\n+2.5\n@@ -10,0 +12 @@\n+ten and a half\n",
	    "src/a.py>src/a.py +2 +3 +12");
}
END_TEST

START_TEST(lines_that_look_like_heads_are_lines)
{
	expect(GIT("a") "@@ -1,3 +1,4 @@\n--- a/x\n-- b\n+++ b/y\n+diff --git a/z b/z\n+Subproject commit 2\n @@ -1 +1 @@\n",
	    "a>a +1 +2 +3");
}
END_TEST

START_TEST(files_are_created_and_deleted)
{
	expect("diff --git a/n b/n\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/n\n@@ -0,0 +1,2 @@\n+1\n+2\n"
	    "diff --git a/o b/o\ndeleted file mode 100644\nindex 1..0\n--- a/o\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n"
	    "diff --git a/e b/e\nnew file mode 100644\nindex 0..0\n",
	    "o>-; ->e; ->n +1 +2");
	ck_assert_int_eq(diff.files[0].kind, DIFF_DELETED);
	ck_assert_int_eq(diff.files[2].kind, DIFF_CREATED);
}
END_TEST

START_TEST(renames_count_by_the_new_name)
{
	expect("diff --git a/old name.c b/new name.c\nsimilarity index 90%\nrename from old name.c\nrename to new name.c\n"
	    "--- a/old name.c\t\n+++ b/new name.c\t\n@@ -3 +3 @@\n-a\n+b\n"
	    "diff --git a/p b/q\nsimilarity index 100%\nrename from p\nrename to q\n"
	    "diff --git a/s b/t\nsimilarity index 80%\ncopy from s\ncopy to t\n--- a/s\n+++ b/t\n@@ -1,0 +2 @@\n+x\n",
	    "old name.c>new name.c +3; p>q; ->t +2");
	ck_assert_int_eq(diff.files[0].kind, DIFF_RENAMED);
	ck_assert_int_eq(diff.files[2].kind, DIFF_COPIED);
}
END_TEST

START_TEST(modes_binaries_and_submodules_have_no_lines)
{
	expect("diff --git a/run me b/run me\nold mode 100644\nnew mode 100755\n"
	    "diff --git a/logo.png b/logo.png\nindex 1..2 100644\nBinary files a/logo.png and b/logo.png differ\n"
	    "diff --git a/blob b/blob\nindex 1..2 100644\nGIT binary patch\nliteral 3\nKcmZ\n\nliteral 3\nKcmZ\n\n"
	    "diff --git a/sub b/sub\nindex 1..2 160000\n--- a/sub\n+++ b/sub\n@@ -1 +1 @@\n"
	    "-Subproject commit 1\n+Subproject commit 2\n"
	    "Submodule other 1..2:\n  > a commit\n",
	    "blob>blob; logo.png>logo.png; run me>run me; sub>sub");
	ck_assert(diff.files[0].opaque && diff.files[1].opaque && diff.files[3].submodule);
	ck_assert(!diff.files[2].opaque && !diff.files[2].submodule);
}
END_TEST

START_TEST(quoted_names_are_unquoted)
{
	expect("diff --git \"a/\\303\\244 \\\"q\\\"\\t\\\\.py\" \"b/\\303\\244 \\\"q\\\"\\t\\\\.py\"\n"
	    "--- \"a/\\303\\244 \\\"q\\\"\\t\\\\.py\"\n+++ \"b/\\303\\244 \\\"q\\\"\\t\\\\.py\"\n@@ -1 +1 @@\n-a\n+b\n",
	    "\xc3\xa4 \"q\"\t\\.py>\xc3\xa4 \"q\"\t\\.py +1");
	expect(GIT("\xc3\xa4.py") "@@ -1 +1 @@\n-a\n+b\n", "\xc3\xa4.py>\xc3\xa4.py +1");
	expect("diff --git a/plain.py \"b/\\303\\244.py\"\nsimilarity index 100%\nrename from plain.py\n"
	    "rename to \"\\303\\244.py\"\n", "plain.py>\xc3\xa4.py");
	expect("diff --git \"a/\\303\\244\" \"b/\\303\\244\"\nnew file mode 100644\nindex 0..0\n", "->\xc3\xa4");
	refused("--- \"a/\\8\"\n+++ \"b/x\"\n@@ -1 +1 @@\n-a\n+b\n", ERROR_DAMAGED, 1, "quoted");
	refused("--- a/x\n+++ \"b/x\n@@ -1 +1 @@\n-a\n+b\n", ERROR_DAMAGED, 2, "quoted");
	refused("--- a/x\n+++ \"b/x\\000\"\n@@ -1 +1 @@\n-a\n+b\n", ERROR_DAMAGED, 2, "quoted");
}
END_TEST

START_TEST(blanks_in_names_part_in_the_middle)
{
	expect("diff --git a/x b/x b/x b/x\nold mode 100644\nnew mode 100755\n", "x b/x>x b/x");
	expect("diff --git x y x y\nold mode 100644\nnew mode 100755\n", "x y>x y");
	expect("diff --git a/foo a/foo b/foo a/foo\nold mode 100644\nnew mode 100755\n", "foo a/foo>foo a/foo");
	expect("diff --git nothing to tell\nold mode 100644\nnew mode 100755\n", "");
}
END_TEST

#define HUNK "@@ -1 +1 @@\n-a\n+b\n"

START_TEST(prefixes_are_told_by_both_names)
{
	expect("diff --git i/src/a w/src/a\n--- i/src/a\n+++ w/src/a\n" HUNK, "src/a>src/a +1");
	expect("diff --git c/a i/a\n--- c/a\n+++ i/a\n" HUNK, "a>a +1");
	expect("diff --git old/src/a new/src/a\n--- old/src/a\n+++ new/src/a\n" HUNK, "src/a>src/a +1");
	expect("diff --git src/a src/a\n--- src/a\n+++ src/a\n" HUNK, "src/a>src/a +1");
	expect("diff --git a/src/a a/src/a\n--- a/src/a\n+++ a/src/a\n" HUNK, "a/src/a>a/src/a +1");
	expect("diff --git w/n w/n\nnew file mode 100644\n--- /dev/null\n+++ w/n\n@@ -0,0 +1 @@\n+b\n", "->w/n +1");
	expect("diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+b\n", "->n +1");
	expect("diff --git a/x.old.go b/x.new.go\nindex 1..2\n--- a/x.old.go\n+++ b/x.new.go\n" HUNK,
	    "x.old.go>x.new.go +1");
	expect("--- ./src/a\n+++ ./src/a\n" HUNK, "src/a>src/a +1");
}
END_TEST

START_TEST(plain_diffs_have_times_behind_tabs)
{
	expect("diff -ru one/post image.txt two/post image.txt\n"
	    "--- one/post image.txt\t2010-08-18 20:13:31.484002255 -0500\n"
	    "+++ two/post image.txt\t2010-08-18 20:13:31.484002255 -0500\n" HUNK
	    "--- one/tab\tname\t2010-08-18\n+++ two/tab\tname\t2010-08-18\n" HUNK
	    "Only in two: more\n", "post image.txt>post image.txt +1; tab\tname>tab\tname +1");
	expect("--- a.txt.orig\tx\n+++ a.txt\tx\n" HUNK, "a.txt.orig>a.txt +1");
	expect("--- /dev/null\tx\n+++ b/src/a\tx\n@@ -0,0 +1 @@\n+b\n", "->src/a +1");
	expect("Index: src/a\n====\n--- src/a\t(revision 1)\n+++ src/a\t(working copy)\n" HUNK, "src/a>src/a +1");
	expect("Only in two: more\n", "");
}
END_TEST

START_TEST(ends_of_lines_and_files_do_not_matter)
{
	expect("diff --git a/x b/x\r\n--- a/x\r\n+++ b/x\r\n@@ -1,2 +1,2 @@\r\n-a\r\n+b\r\n \r\n", "x>x +1");
	expect(GIT("x") "@@ -1,2 +1,3 @@\n-a\n+b\n+c\n\n", "x>x +1 +2");
	expect(GIT("x") "@@ -1,2 +1 @@\n-a\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
	    GIT("y") "@@ -1 +1,2 @@\n a\n\\ Kein Zeilenumbruch am Dateiende.\n+b", "x>x +1; y>y +2");
	expect("\xef\xbb\xbf" GIT("x") HUNK, "x>x +1");
	expect("", "");
	expect(" \r\n\n", "");
}
END_TEST

START_TEST(mail_around_a_diff_is_left_aside)
{
	expect("From 1 Mon Sep 17\nSubject: x\n\n--- not a name\n@@ -9 +9 @@\n---\n x | 2 +-\n\n" GIT("x") HUNK
	    "-- \n2.39.5\n\n", "x>x +1");
}
END_TEST

START_TEST(what_is_no_single_diff_is_refused)
{
	refused("diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n--a\n++b\n", ERROR_FOREIGN, 1,
	    "combined diff");
	refused("diff --git a/m b/m\nold mode 1\nnew mode 2\ndiff --combined x\n", ERROR_FOREIGN, 4, "combined diff");
	refused("*** a\t1\n--- b\t1\n***************\n*** 1 ****\n", ERROR_FOREIGN, 3, "context diff");
	refused("{\"message\": \"Not Found\"}\n", ERROR_FOREIGN, 0, "no unified diff");
	refused("\xff\xfe" "d", ERROR_FOREIGN, 0, "UTF-16");
	refused(GIT("x") HUNK GIT("x") HUNK, ERROR_DAMAGED, 0, "'x' is changed twice");
}
END_TEST

START_TEST(broken_hunks_are_refused)
{
	refused(GIT("x") "@@ -1,2 +1,2 @@\n-a\n+b\n", ERROR_DAMAGED, 7, "ends inside a hunk");
	refused(GIT("x") "@@ -1 +1 @@\n-a\n+b\n+c\n", ERROR_DAMAGED, 8, "longer than it says");
	refused(GIT("x") "@@ -1 +1 @@\n-a\n-b\n+c\n", ERROR_DAMAGED, 7, "shorter than it says");
	refused(GIT("x") "@@ -1 +1 @@\n-a\nb\n", ERROR_DAMAGED, 7, "what is no line");
	refused(GIT("x") "@@ -1 @@\n", ERROR_DAMAGED, 5, "without its line numbers");
	refused(GIT("x") "@@ -0 +1 @@\n", ERROR_DAMAGED, 5, "without its line numbers");
	refused(GIT("x") "@@ -1 +99999999999999999999 @@\n", ERROR_DAMAGED, 5, "without its line numbers");
	refused(GIT("x") "@@ -9 +9 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b\n", ERROR_DAMAGED, 8, "before the one");
}
END_TEST

START_TEST(lines_are_followed_both_ways)
{
	const struct diff_file *file;

	expect(GIT("x") "@@ -2,2 +2 @@\n-two\n-three\n+2\n@@ -5,0 +5,2 @@\n+a\n+b\n@@ -8 +8,0 @@\n-eight\n",
	    "x>x +2 +5 +6");
	file = diff_find_old(&diff, STR("x"));
	ck_assert_ptr_eq(file, diff_find(&diff, STR("x")));
	for (uint32_t old = 1; old < 20; old++) {
		static const uint32_t now[] = {0, 1, 0, 0, 3, 4, 7, 8, 0, 9};
		uint32_t expected = old < 10 ? now[old] : old;

		ck_assert_uint_eq(diff_new_line(&diff, file, old), expected);
		if (expected)
			ck_assert_uint_eq(diff_old_line(&diff, file, expected), old);
	}
	for (uint32_t line = 1; line < 20; line++) {
		bool added = line == 2 || line == 5 || line == 6;

		ck_assert_int_eq(diff_is_added(&diff, file, line), added);
		ck_assert_int_eq(diff_old_line(&diff, file, line) == 0, added);
	}
	ck_assert_ptr_null(diff_find(&diff, STR("y")));
	ck_assert_ptr_null(diff_find(&diff, STR("")));
}
END_TEST

/* A diff that is made with its answer: every line of both sides is removed, added or kept at random. */
START_TEST(any_diff_gives_its_lines_back)
{
	unsigned seed = (unsigned)_i;

	for (int context = 0; context < 2; context++) {
		struct strbuf text = {0}, answer = {0};
		uint32_t old_line = 1, new_line = 1;

		strbuf_add_string(&text, GIT("x"));
		strbuf_add_string(&answer, "x>x");
		for (int i = 0; i < 100; i++) {
			unsigned removed = (unsigned)rand_r(&seed) % 3, added = (unsigned)rand_r(&seed) % 3;

			strbuf_addf(&text, "@@ -%u,%u +%u,%u @@\n", old_line - !(removed + (unsigned)context),
			    removed + (unsigned)context, new_line - !(added + (unsigned)context),
			    added + (unsigned)context);
			for (unsigned j = 0; j < removed; j++)
				strbuf_add_string(&text, "-\n");
			for (unsigned j = 0; j < added; j++) {
				strbuf_add_string(&text, "+\n");
				strbuf_addf(&answer, " +%u", new_line + j);
			}
			strbuf_add_string(&text, context ? " \n" : "");
			old_line += removed + (unsigned)context;
			new_line += added + (unsigned)context;
		}
		expect(strbuf_string(&text), strbuf_string(&answer));
		strbuf_clear(&text);
		strbuf_clear(&answer);
	}
}
END_TEST

/* As servers tell the change of a file: its hunks without any head. */
START_TEST(hunks_alone_are_of_the_newest_file)
{
	struct strbuf text;

	diff_add_file(&diff, STR("b.c"), STR("b.c"), DIFF_CHANGED);
	ck_assert(diff_add_hunks(&diff, STR("@@ -1,2 +1,3 @@ f(void)\n a\n+b\n c\n"
					    "@@ -9 +10 @@\n-x\n+y\n\\ No newline at end of file"),
	    &err));
	diff_add_file(&diff, STR("a.c"), STR(""), DIFF_CREATED);
	ck_assert(diff_add_hunks(&diff, STR("@@ -0,0 +1,2 @@\r\n+1\r\n+2"), &err));
	ck_assert(diff_finish(&diff, &err));
	text = summary();
	ck_assert_str_eq(strbuf_string(&text), "->a.c +1 +2; b.c>b.c +2 +10");
	strbuf_clear(&text);
}
END_TEST

START_TEST(broken_hunks_alone_leave_nothing)
{
	static const char *const broken[] = {
	    "+1", "@@ -1 +1,2 @@\n 1\n+2\n+3", "@@ -1 +1,2 @@\n 1\n+2\n@@ -1 +1,2 @@\n 1\n+2",
	    "@@ -1 +1,2 @@\n 1\n+2\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n+2",
	    "@@ -1 +1,2 @@\n 1", "\\ No newline at end of file",
	};

	diff_add_file(&diff, STR("a.c"), STR("a.c"), DIFF_CHANGED);
	ck_assert(diff_add_hunks(&diff, STR("@@ -3 +3 @@\n-1\n+2"), &err));
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		char name[] = {(char)('b' + i), '\0'};
		const struct diff_file *file =
		    diff_add_file(&diff, str_of(name), str_of(name), DIFF_CHANGED);

		ck_assert_msg(!diff_add_hunks(&diff, str_of(broken[i]), &err), "%s", broken[i]);
		ck_assert(file->opaque && !file->change_count && !file->added);
		ck_assert_uint_eq(diff.change_count, 1);
	}
	ck_assert_uint_eq(diff.file_count, 7);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("diff");
	TCase *cases = tcase_create("parse");

	tcase_add_checked_fixture(cases, NULL, tear_down);
	tcase_add_test(cases, context_is_no_change);
	tcase_add_test(cases, without_context_the_numbers_are_the_same);
	tcase_add_test(cases, lines_that_look_like_heads_are_lines);
	tcase_add_test(cases, files_are_created_and_deleted);
	tcase_add_test(cases, renames_count_by_the_new_name);
	tcase_add_test(cases, modes_binaries_and_submodules_have_no_lines);
	tcase_add_test(cases, quoted_names_are_unquoted);
	tcase_add_test(cases, blanks_in_names_part_in_the_middle);
	tcase_add_test(cases, prefixes_are_told_by_both_names);
	tcase_add_test(cases, plain_diffs_have_times_behind_tabs);
	tcase_add_test(cases, ends_of_lines_and_files_do_not_matter);
	tcase_add_test(cases, mail_around_a_diff_is_left_aside);
	tcase_add_test(cases, what_is_no_single_diff_is_refused);
	tcase_add_test(cases, broken_hunks_are_refused);
	tcase_add_test(cases, hunks_alone_are_of_the_newest_file);
	tcase_add_test(cases, broken_hunks_alone_leave_nothing);
	tcase_add_test(cases, lines_are_followed_both_ways);
	tcase_add_loop_test(cases, any_diff_gives_its_lines_back, 1, 50);
	suite_add_tcase(suite, cases);
	return suite;
}
