/* Listing the files of a work tree, looking them up, and opening them for reading. */
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/tree.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char place[] = "/tmp/muster-tree-XXXXXX";

/* Runs shell commands in the place; each test is a process of its own with a place of its own. */
static void
run(const char *commands)
{
	struct strbuf line = {0};

	strbuf_addf(&line, "cd %s && exec >/dev/null 2>&1 && set -e\n%s", place, commands);
	ck_assert_msg(system(line.s) == 0, "%s", commands);
	strbuf_clear(&line);
}

static void
set_up(void)
{
	ck_assert_ptr_nonnull(mkdtemp(place));
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("HOME", place, 1);
	setenv("XDG_CONFIG_HOME", place, 1);
	for (const char *const *name = (const char *const[]){"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL",
	    "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", NULL}; *name; name++)
		setenv(*name, "somebody", 1);
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	unsetenv("GIT_INDEX_FILE");
}

static void
clean_up(void)
{
	struct strbuf line = {0};

	strbuf_addf(&line, "rm -rf %s", place);
	ck_assert_int_eq(system(line.s), 0);
	strbuf_clear(&line);
}

/* Lists `folder` of the place; the text is every path with a blank behind it. */
static struct strbuf
list(const char *folder, enum tree_origin origin, char why[256])
{
	struct strbuf root = {0}, text = {0};
	struct error err = {0};
	struct tree *tree;
	char *real;

	strbuf_addf(&root, "%s/%s", place, folder);
	real = realpath(root.s, NULL);
	ck_assert_msg(tree_open(real, &tree, why, 256, &err), "%s", err.message);
	for (size_t i = 0; i < tree_count(tree); i++) {
		struct str path = tree_path(tree, i);

		ck_assert(tree_has(tree, path, NULL));
		strbuf_addf(&text, "%s ", path.s);
	}
	ck_assert_msg(tree_origin(tree) == origin, "origin %d", (int)tree_origin(tree));
	tree_free(tree);
	free(real);
	strbuf_clear(&root);
	return text;
}

static void
expect(const char *folder, enum tree_origin origin, bool reason, const char *paths)
{
	char why[256];
	struct strbuf text = list(folder, origin, why);

	ck_assert_str_eq(strbuf_string(&text), paths);
	ck_assert_msg((*why != '\0') == reason, "why '%s'", why);
	strbuf_clear(&text);
}

static struct tree *
tree_of_names(const char *const *names)
{
	struct str paths[32];
	size_t count = 0;

	for (; names[count]; count++)
		paths[count] = str_of(names[count]);
	return tree_of(paths, count);
}

#define TREE(...) tree_of_names((const char *const[]){__VA_ARGS__, NULL})

START_TEST(paths_are_sorted_and_single)
{
	struct tree *tree = TREE("b", "a/b", "a", "b", "a-b", "\xc3\xa4");
	static const char *const order[] = {"a", "a-b", "a/b", "b", "\xc3\xa4"};
	size_t index;

	ck_assert_uint_eq(tree_count(tree), 5);
	for (size_t i = 0; i < 5; i++) {
		ck_assert_str_eq(tree_path(tree, i).s, order[i]);
		ck_assert(tree_has(tree, str_of(order[i]), &index));
		ck_assert_uint_eq(index, i);
	}
	ck_assert(!tree_has(tree, STR("A"), NULL));
	ck_assert(!tree_has(tree, STR(""), NULL));
	ck_assert(!tree_has(tree, STR("a/"), NULL));
	tree_free(tree);
}
END_TEST

START_TEST(folders_hold_files)
{
	struct tree *tree = TREE("a/b/c", "a-b", "ab/c");

	ck_assert(tree_has_folder(tree, STR("")));
	ck_assert(tree_has_folder(tree, STR("a")));
	ck_assert(tree_has_folder(tree, STR("a/b")));
	ck_assert(tree_has_folder(tree, STR("ab")));
	ck_assert(!tree_has_folder(tree, STR("a/b/c")));
	ck_assert(!tree_has_folder(tree, STR("a-b")));
	ck_assert(!tree_has_folder(tree, STR("b")));
	ck_assert(!tree_has_folder(tree, STR("z")));
	tree_free(tree);
}
END_TEST

START_TEST(a_tree_may_be_empty)
{
	struct tree *tree = tree_of(NULL, 0);
	struct tree_range range = tree_ending(tree, tree_all(tree, true), STR("a"), true);

	ck_assert_int_eq(tree_origin(tree), TREE_NONE);
	ck_assert_uint_eq(tree_count(tree), 0);
	ck_assert(!tree_has(tree, STR("a"), NULL));
	ck_assert(!tree_has_folder(tree, STR("")));
	ck_assert_uint_eq(range.count, 0);
	tree_free(tree);
	tree_free(NULL);
}
END_TEST

/* The paths of a range, in order of the tree. */
static void
expect_ending(const struct tree *tree, const char *suffix, bool fold, size_t whole,
    const char *paths)
{
	struct tree_range range = tree_ending(tree, tree_all(tree, fold), str_of(suffix), fold);
	struct strbuf text = {0};

	for (size_t place_of = 0; place_of < tree_count(tree); place_of++)
		for (size_t i = 0; i < range.count; i++)
			if (range.places[i] == place_of)
				strbuf_addf(&text, "%s ", tree_path(tree, place_of).s);
	ck_assert_str_eq(strbuf_string(&text), paths);
	ck_assert_uint_eq(range.whole, whole);
	for (size_t i = 0; i < range.whole; i++)
		ck_assert_uint_eq(tree_path(tree, range.places[i]).length, strlen(suffix));
	strbuf_clear(&text);
}

START_TEST(ends_are_found_by_whole_parts)
{
	struct tree *tree = TREE("a.c", "x/a.c", "y/a.c", "x/y/a.c", "xa.c", "x/ya.c", "x/A.c",
	    "-a.c");

	expect_ending(tree, "a.c", false, 1, "a.c x/a.c x/y/a.c y/a.c ");
	expect_ending(tree, "a.c", true, 1, "a.c x/A.c x/a.c x/y/a.c y/a.c ");
	expect_ending(tree, "y/a.c", false, 1, "x/y/a.c y/a.c ");
	expect_ending(tree, "x/a.c", true, 2, "x/A.c x/a.c ");
	expect_ending(tree, "x/y/a.c", false, 1, "x/y/a.c ");
	expect_ending(tree, "z/x/y/a.c", false, 0, "");
	expect_ending(tree, ".c", false, 0, "");
	expect_ending(tree, "b.c", true, 0, "");
	tree_free(tree);
}
END_TEST

/* A path of up to five parts over a small alphabet, so that ends are often shared. */
static void
random_path(unsigned *seed, struct strbuf *path)
{
	static const char *const parts[] = {"a", "b", "A", "ab", "a.b", "a-b", "\xc3\xa4", "_"};

	strbuf_reset(path);
	for (int n = rand_r(seed) % 5; n >= 0; n--)
		strbuf_addf(path, "%s%s", parts[rand_r(seed) % 8], n ? "/" : "");
}

START_TEST(ends_agree_with_a_plain_search)
{
	unsigned seed = 7;

	for (int round = 0; round < 200; round++) {
		struct strbuf texts[40] = {{0}}, end = {0};
		struct str paths[40];
		struct tree *tree;
		size_t count = 0;

		for (int i = 0; i < 40; i++) {
			random_path(&seed, &texts[i]);
			paths[i] = strbuf_str(&texts[i]);
		}
		tree = tree_of(paths, 40);
		random_path(&seed, &end);
		for (size_t i = 0; i < tree_count(tree); i++) {
			struct str path = tree_path(tree, i);

			count += str_ends(path, strbuf_str(&end)) && (path.length == end.length ||
			    path.s[path.length - end.length - 1] == '/');
		}
		ck_assert_msg(tree_ending(tree, tree_all(tree, false), strbuf_str(&end),
		    false).count == count,
		    "seed 7, round %d: '%s'", round, end.s);
		tree_free(tree);
		for (int i = 0; i < 40; i++)
			strbuf_clear(&texts[i]);
		strbuf_clear(&end);
	}
}
END_TEST

START_TEST(git_lists_tracked_and_untracked)
{
	run("git init r && cd r && mkdir -p src out 'a b' && "
	    "touch src/a.c src/b.o out/x 'a b/ä.c' gone.c\n"
	    "echo '*.o' > .gitignore && echo out/ >> .gitignore && touch out/kept && "
	    "git add -f out/kept .gitignore\n"
	    "git add src gone.c && git commit -m x && rm gone.c && touch new.c");
	expect("r", TREE_GIT, false, ".gitignore a b/\xc3\xa4.c gone.c new.c out/kept src/a.c ");
}
END_TEST

START_TEST(git_needs_no_commit_and_no_index)
{
	run("git init r && touch r/a.c");
	expect("r", TREE_GIT, false, "a.c ");
	run("git init empty");
	expect("empty", TREE_GIT, false, "");
}
END_TEST

START_TEST(a_root_below_the_work_tree)
{
	run("git init r && cd r && mkdir -p sub/x subway && "
	    "touch a.c sub/b.c sub/x/c.c sub/n.o subway/d.c\n"
	    "echo '*.o' > .gitignore && git add sub/b.c subway");
	expect("r/sub", TREE_GIT, false, "b.c x/c.c ");
}
END_TEST

START_TEST(an_ignored_root_is_walked)
{
	run("git init r && cd r && mkdir build && touch a.c build/b.c && echo build/ > .gitignore");
	expect("r/build", TREE_WALK, true, "b.c ");
}
END_TEST

START_TEST(submodules_and_nested_repositories)
{
	run("git init s && cd s && touch s.c && git add . && git commit -m x && cd ..\n"
	    "git init r && cd r && git -c protocol.file.allow=always submodule add ../s lib/s && "
	    "git commit -m x\n"
	    "git init inner && cd inner && mkdir o && touch i.c o/x.o && "
	    "echo '*.o' > .gitignore && cd ..\n"
	    "cp -r inner done && cd done && git add . && git commit -m x");
	expect("r", TREE_GIT, false,
	    ".gitmodules done/.gitignore done/i.c inner/.gitignore inner/i.c lib/s/s.c ");
	run("cd r && git submodule deinit -f lib/s");
	expect("r", TREE_GIT, false,
	    ".gitmodules done/.gitignore done/i.c inner/.gitignore inner/i.c ");
}
END_TEST

START_TEST(what_libgit2_refuses_is_walked)
{
	run("git init --object-format=sha256 sha && cd sha && touch a.c b.o && "
	    "echo '*.o' > .gitignore && git add .");
	expect("sha", TREE_WALK, true, ".gitignore a.c b.o ");
	run("git init split && cd split && touch a.c && git add a.c && git commit -m x && "
	    "git update-index --split-index");
	expect("split", TREE_WALK, true, "a.c ");
	run("git init sparse && cd sparse && mkdir a b && touch a/a.c b/b.c && git add . && "
	    "git commit -m x\n"
	    "git sparse-checkout init --cone --sparse-index && git sparse-checkout set a\n"
	    "git config --unset extensions.worktreeConfig && "
	    "git config core.repositoryFormatVersion 0");
	expect("sparse", TREE_WALK, true, "a/a.c ");
	run("git init bad && cd bad && touch a.c && git add a.c && echo rubbish > .git/index");
	expect("bad", TREE_WALK, true, "a.c ");
	run("mkdir moved && cd moved && touch a.c && echo 'gitdir: /nowhere/at/all' > .git");
	expect("moved", TREE_WALK, true, ".git a.c ");
}
END_TEST

START_TEST(an_owner_is_not_asked_for)
{
	run("git init r && cd r && touch a.c b.o && echo '*.o' > .gitignore && git add .\n"
	    "test $(id -u) -ne 0 || chown -R 12345 ../r");
	expect("r", TREE_GIT, false, ".gitignore a.c ");
}
END_TEST

START_TEST(nothing_of_the_repository_is_run)
{
	run("git init r && cd r && echo '* filter=f' > .gitattributes && touch a.c && "
	    "git add . && git commit -m x\n"
	    "echo 'touch ../ran; cat' > ../run.sh && chmod +x ../run.sh\n"
	    "git config filter.f.clean ../run.sh && git config core.fsmonitor ../run.sh\n"
	    "echo changed > a.c && "
	    "printf '#!/bin/sh\\ntouch ../ran\\n' > .git/hooks/post-index-change\n"
	    "chmod +x .git/hooks/post-index-change && touch new.c");
	expect("r", TREE_GIT, false, ".gitattributes a.c new.c ");
	run("! test -e ran");
}
END_TEST

START_TEST(links_are_files_where_they_lead_to_files)
{
	run("git init r && cd r && mkdir d && touch d/a.c && ln -s d/a.c l.c && ln -s d e && "
	    "ln -s nowhere n\n"
	    "ln -s .. d/up && git add l.c e");
	expect("r", TREE_GIT, false, "d/a.c l.c ");
	run("rm -rf r/.git");
	expect("r", TREE_WALK, false, "d/a.c l.c ");
}
END_TEST

START_TEST(a_walk_leaves_foreign_folders_aside)
{
	run("mkdir -p w/src w/node_modules/x w/env/lib w/venv w/conda/conda-meta w/.hidden && "
	    "cd w\n"
	    "touch src/a.c node_modules/x/i.js env/pyvenv.cfg env/lib/os.py venv/own.py conda/c.py .hidden/h.c\n"
	    "mkfifo pipe");
	expect("w", TREE_WALK, false, ".hidden/h.c src/a.c venv/own.py ");
}
END_TEST

START_TEST(a_walk_goes_deep)
{
	run("mkdir w && cd w && for i in $(seq 300); do mkdir ddd && cd ddd; done && touch deep.c");
	{
		char why[256];
		struct strbuf text = list("w", TREE_WALK, why);

		ck_assert_uint_eq(text.length, 300 * strlen("ddd/") + strlen("deep.c "));
		strbuf_clear(&text);
	}
}
END_TEST

/* tree_root() of a folder of the place, as what stands behind the place. */
static void
expect_root(const char *start, const char *below)
{
	struct strbuf from = {0}, to = {0};
	struct error err = {0};
	char *root, *real;

	strbuf_addf(&from, "%s/%s", place, start);
	strbuf_addf(&to, "%s/%s", place, below);
	real = realpath(to.s, NULL);
	ck_assert_msg(tree_root(from.s, &root, &err), "%s", err.message);
	ck_assert_str_eq(root, real);
	free(root);
	free(real);
	strbuf_clear(&from);
	strbuf_clear(&to);
}

START_TEST(the_root_is_that_of_the_work_tree)
{
	char *root = NULL;
	struct error err = {0};

	run("mkdir -p plain/a && git init r && mkdir -p r/a/b && ln -s r/a/b link && touch file\n"
	    "git init --object-format=sha256 sha && mkdir sha/x && mkdir -p r/odd/.git/x\n"
	    "cd r && git commit --allow-empty -m x && git worktree add ../other && "
	    "mkdir ../other/y");
	expect_root("plain/a", "plain/a");
	expect_root("r", "r");
	expect_root("r/a/b/", "r");
	expect_root("link", "r");
	expect_root("r/odd", "r");
	expect_root("sha/x", "sha");
	expect_root("other/y", "other");
	ck_assert(!tree_root("/nowhere/at/all", &root, &err));
	ck_assert_int_eq(err.code, ERROR_INPUT);
	ck_assert(!tree_root("/dev/null", &root, &err));
	ck_assert(tree_root("/", &root, &err));
	ck_assert_str_eq(root, "/");
	free(root);
}
END_TEST

START_TEST(a_linked_work_tree_is_listed)
{
	run("git init r && cd r && touch a.c && git add . && git commit -m x && "
	    "git worktree add ../other\n"
	    "touch ../other/b.c");
	expect("other", TREE_GIT, false, "a.c b.c ");
}
END_TEST

START_TEST(no_folder_is_an_error)
{
	struct error err = {0};
	struct tree *tree = NULL;
	char why[16];

	ck_assert(!tree_open("/nowhere/at/all", &tree, why, sizeof(why), &err));
	ck_assert_int_eq(err.code, ERROR_INPUT);
	ck_assert(!tree_open("/dev/null", &tree, why, sizeof(why), &err));
}
END_TEST

/* Whether a source below r/ can be opened; its text must then be "yes". */
static bool
opens(const char *path)
{
	struct strbuf folder = {0};
	struct source_root root;
	struct error err = {0};
	char text[4] = "";
	uint64_t size;
	int fd;

	strbuf_addf(&folder, "%s/r", place);
	root = source_root_open(folder.s);
	fd = source_open(&root, str_of(path), &size, &err);
	source_root_close(&root);
	strbuf_clear(&folder);
	if (fd < 0) {
		ck_assert_int_eq(err.code, ERROR_INPUT);
		return false;
	}
	ck_assert_uint_eq(size, 3);
	ck_assert_int_eq(read(fd, text, 3), 3);
	ck_assert_str_eq(text, "yes");
	close(fd);
	return true;
}

START_TEST(sources_are_read_below_the_root_only)
{
	run("mkdir -p r/d/e r/.git r/.github out && cd r && "
	    "for f in a d/a d/e/a .git/config .github/a ../out/a; do printf yes > $f; done\n"
	    "ln -s d/e/a in && ln -s ../../a d/e/up && ln -s ../../../out/a d/e/out && "
	    "ln -s /etc/passwd abs\n"
	    "ln -s ../out outdir && ln -s $PWD/d/a absin && ln -s loop loop && mkfifo pipe && "
	    "ln -s .git/config cfg");
	ck_assert(opens("a"));
	ck_assert(opens("d/e/a"));
	ck_assert(opens("./d//a"));
	ck_assert(opens("in"));
	ck_assert(opens("d/e/up"));
	ck_assert(opens("absin"));
	ck_assert(opens("d/../a"));
	ck_assert(opens(".github/a"));
	ck_assert(!opens("d/e/out"));
	ck_assert(!opens("outdir/a"));
	ck_assert(!opens("abs"));
	ck_assert(!opens("../out/a"));
	ck_assert(!opens("/etc/passwd"));
	ck_assert(!opens("loop"));
	ck_assert(!opens("pipe"));
	ck_assert(!opens("d"));
	ck_assert(!opens(""));
	ck_assert(!opens("missing"));
	ck_assert(!opens(".git/config"));
	ck_assert(!opens("cfg"));
	ck_assert(!opens("a/"));
}
END_TEST

static void
refuses(const char *folder, struct str path)
{
	struct source_root root = source_root_open(folder);
	struct error err = {0};
	uint64_t size;

	ck_assert_int_eq(source_open(&root, path, &size, &err), -1);
	ck_assert_int_eq(err.code, ERROR_INPUT);
	source_root_close(&root);
}

START_TEST(odd_names_of_sources_are_refused)
{
	char *name = mem_alloc(100000);

	memset(name, 'a', 100000);
	refuses("/tmp", (struct str){name, 100000});
	refuses("/etc", STR("passwd\0x"));
	refuses("/nowhere", STR("a"));
	free(name);
}
END_TEST

static void
add_lookup_tests(TCase *tests)
{
	tcase_add_test(tests, paths_are_sorted_and_single);
	tcase_add_test(tests, folders_hold_files);
	tcase_add_test(tests, a_tree_may_be_empty);
	tcase_add_test(tests, ends_are_found_by_whole_parts);
	tcase_add_test(tests, ends_agree_with_a_plain_search);
}

static void
add_folder_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, clean_up);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, git_lists_tracked_and_untracked);
	tcase_add_test(tests, git_needs_no_commit_and_no_index);
	tcase_add_test(tests, a_root_below_the_work_tree);
	tcase_add_test(tests, an_ignored_root_is_walked);
	tcase_add_test(tests, submodules_and_nested_repositories);
	tcase_add_test(tests, what_libgit2_refuses_is_walked);
	tcase_add_test(tests, an_owner_is_not_asked_for);
	tcase_add_test(tests, nothing_of_the_repository_is_run);
	tcase_add_test(tests, links_are_files_where_they_lead_to_files);
	tcase_add_test(tests, a_walk_leaves_foreign_folders_aside);
	tcase_add_test(tests, a_walk_goes_deep);
	tcase_add_test(tests, the_root_is_that_of_the_work_tree);
	tcase_add_test(tests, a_linked_work_tree_is_listed);
	tcase_add_test(tests, no_folder_is_an_error);
	tcase_add_test(tests, sources_are_read_below_the_root_only);
	tcase_add_test(tests, odd_names_of_sources_are_refused);
}

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("tree");
	TCase *lookups = tcase_create("lookups"), *folders = tcase_create("folders");

	add_lookup_tests(lookups);
	add_folder_tests(folders);
	suite_add_tcase(suite, lookups);
	suite_add_tcase(suite, folders);
	return suite;
}
