/* What changed between commits of a repository that is made here, by libgit2 and by git's own diffs. */
#include "base/git.h"
#include "base/input.h"
#include "base/strbuf.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static char place[] = "/tmp/muster-git-XXXXXX";
static struct diff diff;
static struct git_pair pair;
static struct error err;

/* Runs shell commands in the place; each test is a process of its own with a place of its own. */
static void
run(const char *commands)
{
	struct strbuf line = {0};

	strbuf_addf(&line, "cd %s && exec >/dev/null 2>&1 && set -e\n%s", place, commands);
	ck_assert_msg(system(line.s) == 0, "%s", commands);
	strbuf_clear(&line);
}

/*
 * main: a base commit, then one of its own.  topic, from the base: everything that can become of a file.  The numbers
 * of `expected` are counted by hand.
 */
static const char history[] =
    "git init -q -b main repo && cd repo\n"
    "git config user.name somebody && git config user.email somebody\n"
    "seq 1 20 >kept.py && seq 1 20 >moved.py && seq 101 120 >renamed.py && echo 1 >gone.py && seq 1 3 >mode.sh\n"
    "printf 'a\\r\\nb\\r\\nc\\r\\n' >crlf.py && printf 'no newline' >end.py && printf 'a\\0b' >bytes.bin\n"
    "git add . && git commit -q -m base\n"
    "git checkout -q -b topic\n"
    "sed -i '2s/$/ changed/;5d;10a new\\nnewer' kept.py\n"
    "git mv moved.py 'new place.py' && git mv renamed.py same.py && sed -i '20s/$/ changed/' 'new place.py'\n"
    "git rm -q gone.py && chmod +x mode.sh && printf 'a\\0c' >bytes.bin\n"
    "printf 'a\\r\\nB\\r\\nc\\r\\nd\\r\\n' >crlf.py && printf 'no newline\\nmore' >end.py\n"
    "echo x >'with \"quotes\".py' && echo x >'\xc3\xa4\xc3\xb6.py' && printf 'x\\ny\\n' >\"$(printf 'tab\\there.py')\"\n"
    ": >empty.py\n"
    "git add -A\n"
    "git update-index --add --cacheinfo 160000,1111111111111111111111111111111111111111,sub\n"
    "git commit -q -m topic\n"
    "git checkout -q main && echo main >only-main.py && git add . && git commit -q -m main\n"
    "git checkout -q topic\n";

static const char expected[] =
    "gone.py>-; bytes.bin>bytes.bin; crlf.py>crlf.py +2 +4; ->empty.py; end.py>end.py +1 +2; "
    "kept.py>kept.py +2 +10 +11; mode.sh>mode.sh; moved.py>new place.py +20; renamed.py>same.py; ->sub; "
    "->tab\there.py +1 +2; ->with \"quotes\".py +1; ->\xc3\xa4\xc3\xb6.py +1";

static void
set_up(void)
{
	ck_assert_ptr_nonnull(mkdtemp(place));
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("HOME", place, 1);
	setenv("XDG_CONFIG_HOME", place, 1);
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	unsetenv("GIT_INDEX_FILE");
	run(history);
}

static void
tear_down(void)
{
	struct strbuf line = {0};

	diff_clear(&diff);
	strbuf_addf(&line, "rm -rf %s", place);
	ck_assert_int_eq(system(line.s), 0);
	strbuf_clear(&line);
}

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
check(const char *want)
{
	struct strbuf text = summary();

	ck_assert_str_eq(strbuf_string(&text), want);
	strbuf_clear(&text);
}

static bool
changes(const char *folder, const struct git_wish *wish)
{
	struct strbuf path = {0};
	struct git *git = NULL;
	char *real;
	bool good;

	diff_clear(&diff);
	error_clear(&err);
	strbuf_addf(&path, "%s/%s", place, folder);
	real = realpath(path.s, NULL);
	good = git_open(real, &git, &err) && git_changes(git, wish, &diff, &pair, &err);
	git_free(git);
	free(real);
	strbuf_clear(&path);
	return good;
}

static void
refused(const char *folder, const struct git_wish *wish, const char *words)
{
	ck_assert(!changes(folder, wish));
	ck_assert_int_eq(err.code, ERROR_USAGE);
	ck_assert_msg(strstr(err.message, words) != NULL, "'%s' without '%s'", err.message, words);
	ck_assert_uint_eq(diff.file_count, 0);
}

static const struct git_wish from_main = {.base = "main", .merge = ""};

START_TEST(changes_are_those_since_the_histories_parted)
{
	ck_assert_msg(changes("repo", &from_main), "%s", err.message);
	check(expected);
	ck_assert(!pair.is_merge);
	ck_assert_uint_eq(strlen(pair.old_id), 40);
	ck_assert_str_ne(pair.old_id, pair.new_id);
	ck_assert(diff_find(&diff, STR("bytes.bin"))->opaque);
	ck_assert(diff_find(&diff, STR("sub"))->submodule);
	ck_assert_int_eq(diff_find(&diff, STR("new place.py"))->kind, DIFF_RENAMED);
	ck_assert_uint_eq(diff_new_line(&diff, diff_find_old(&diff, STR("moved.py")), 19), 19);
}
END_TEST

/* What git prints, however it prints it, says what libgit2 says. */
START_TEST(the_parser_agrees_with_the_repository)
{
	static const char *const ways[] = {
	    "diff -M main...topic", "diff -M -U0 main...topic", "diff -M -U9 --patience main...topic",
	    "-c core.quotepath=off diff -M main...topic", "-c diff.mnemonicPrefix=true diff -M main...topic",
	    "diff -M --no-prefix main...topic", "diff -M --binary --full-index main...topic",
	    "diff -M --src-prefix=old/ --dst-prefix=new/ main...topic", "diff -M --color=never --stat -p main...topic",
	    "format-patch -M --stdout main..topic", "diff -M --submodule=log main...topic",
	};
	struct strbuf line = {0};
	char file[64], *text;
	size_t length;

	strbuf_addf(&line, "cd repo && git %s >../out.diff", ways[_i]);
	run(line.s);
	snprintf(file, sizeof(file), "%s/out.diff", place);
	ck_assert(input_slurp(file, 1 << 20, &text, &length, &err));
	ck_assert_msg(diff_parse((struct str){text, length}, &diff, &err), "%s: line %d: %s", ways[_i],
	    (int)err.line, err.message);
	if (strstr(ways[_i], "=log"))
		ck_assert_ptr_null(diff_find(&diff, STR("sub")));
	else
		check(expected);
	free(text);
	strbuf_clear(&line);
}
END_TEST

START_TEST(a_trial_merge_is_compared_with_its_first_parent)
{
	struct git_wish wish = {.base = "main", .merge = ""};

	run("cd repo && git checkout -q --detach main && git merge -q --no-ff topic -m merge && git rev-parse HEAD >../id");
	run("cd repo && git branch -q old main && git checkout -q main && echo x >later.py && git add . &&"
	    "git commit -q -m later && git checkout -q --detach $(cat ../id)");
	ck_assert_msg(changes("repo", &wish), "%s", err.message);
	check(expected);
	wish.merge = pair.new_id;
	run("git clone -q --depth 2 --no-local --no-tags --branch topic file://$PWD/repo shallow-topic");
	run("cd repo && git branch merged $(cat ../id) && cd .. &&"
	    "git clone -q --depth 2 --no-local --branch merged file://$PWD/repo two");
	ck_assert_msg(changes("two", &wish), "%s", err.message);
	check(expected);
	ck_assert(pair.is_merge);
	wish.merge = "1111111111111111111111111111111111111111";
	refused("two", &wish, "there is no 'main' in this shallow clone: check out with 'fetch-depth: 0', or run "
	    "'git fetch --unshallow'");
	run("git clone -q --depth 1 --no-local --branch merged file://$PWD/repo one");
	wish.merge = pair.new_id;
	refused("one", &wish, "first parent of the merge is not there in this shallow clone");
}
END_TEST

START_TEST(a_shallow_history_is_told_from_a_missing_branch)
{
	run("git clone -q --depth 1 --no-local --no-single-branch --branch topic file://$PWD/repo shallow");
	refused("shallow", &from_main, "does not reach back to where the base and HEAD part in this shallow clone");
	run("cd shallow && git fetch -q --unshallow");
	ck_assert_msg(changes("shallow", &from_main), "%s", err.message);
	check(expected);
}
END_TEST

/* What a clone holds of a history with merges in it is enough, as far as it goes. */
START_TEST(a_shallow_history_may_reach_far_enough)
{
	static const char *const depths[] = {"1", "2", "3", "9", NULL};

	run("cd repo && git checkout -q -b side main && echo s >side.py && git add . && git commit -q -m side &&"
	    "git checkout -q topic && git merge -q --no-edit side && echo t >>kept.py && git commit -q -am more &&"
	    "git checkout -q main && git merge -q --no-edit --no-ff side && echo u >u.py && git add . && git commit -q -m u &&"
	    "git checkout -q topic");
	ck_assert_msg(changes("repo", &from_main), "%s", err.message);
	for (const char *const *depth = depths; *depth; depth++) {
		struct git_pair whole = pair;
		struct strbuf line = {0};

		strbuf_addf(&line, "rm -rf few && git clone -q --depth %s --no-local --no-single-branch --branch topic "
		    "file://$PWD/repo few", *depth);
		run(line.s);
		strbuf_clear(&line);
		if (**depth == '1') {
			refused("few", &from_main, "does not reach back");
			pair = whole;
			continue;
		}
		ck_assert_msg(changes("few", &from_main), "depth %s: %s", *depth, err.message);
		ck_assert_str_eq(pair.old_id, whole.old_id);
		ck_assert_str_eq(pair.new_id, whole.new_id);
	}
}
END_TEST

START_TEST(bases_are_branches_of_origin_too)
{
	struct git_wish wish = {.base = "main", .remote_first = true, .merge = ""};

	run("git clone -q --branch topic repo clone && cd clone && git branch -q main topic");
	ck_assert_msg(changes("clone", &wish), "%s", err.message);
	check(expected);
	wish.remote_first = false;
	ck_assert_msg(changes("clone", &wish), "%s", err.message);
	check("");
	wish.base = "origin/main";
	ck_assert_msg(changes("clone", &wish), "%s", err.message);
	check(expected);
	wish.base = "HEAD~1";
	ck_assert_msg(changes("clone", &wish), "%s", err.message);
	check(expected);
}
END_TEST

START_TEST(unknown_bases_are_named_with_the_nearest)
{
	struct git_wish wish = {.base = "mian", .merge = ""};

	refused("repo", &wish, "there is no branch, tag or commit 'mian'; did you mean 'main'?");
	wish.base = "-q";
	refused("repo", &wish, "there is no branch, tag or commit '-q'");
	run("cd repo && git checkout -q --orphan alone && git commit -q -m alone");
	refused("repo", &from_main, "no history in common");
	run("git init -q none");
	refused("none", &from_main, "there is no commit yet");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("git_changes");
	TCase *cases = tcase_create("changes");

	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, changes_are_those_since_the_histories_parted);
	tcase_add_loop_test(cases, the_parser_agrees_with_the_repository, 0, 11);
	tcase_add_test(cases, a_trial_merge_is_compared_with_its_first_parent);
	tcase_add_test(cases, a_shallow_history_is_told_from_a_missing_branch);
	tcase_add_test(cases, a_shallow_history_may_reach_far_enough);
	tcase_add_test(cases, bases_are_branches_of_origin_too);
	tcase_add_test(cases, unknown_bases_are_named_with_the_nearest);
	suite_add_tcase(suite, cases);
	return suite;
}
