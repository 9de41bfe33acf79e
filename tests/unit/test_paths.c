/* How names of reports become paths of the repository (COVERAGE 1.2 to 1.4). */
#include "base/mem.h"
#include "merge/path_text.h"
#include "merge/paths.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

/* One report against one tree; lists end with NULL, a NULL list is empty. */
struct scene {
	const char *title;
	const char *root;		/* "/repo" when NULL */
	const char *const *tree;
	const char *const *rules;	/* "FROM=TO" or "-PREFIX" */
	const char *const *sources;	/* --source */
	const char *const *roots;	/* of the report */
	const char *const *names;	/* each name, then the path it becomes */
	const char *codes;		/* of the findings in their order, "" when NULL */
};

enum { SCENE_MOST = 64 };

/* A scene made into what the module takes. */
struct stage {
	struct str tree_paths[SCENE_MOST];
	struct str sources[SCENE_MOST];
	struct path_rule rules[SCENE_MOST];
	struct path_settings settings;
	struct intake intake;
	struct tree *tree;
};

static size_t
count_of(const char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	ck_assert_uint_lt(count, SCENE_MOST);
	return count;
}

static void
strings_of(const char *const *list, struct str *out)
{
	for (size_t i = 0; i < count_of(list); i++)
		out[i] = str_of(list[i]);
}

static struct path_rule
rule_of(const char *text)
{
	const char *equals = strchr(text, '=');

	if (*text == '-')
		return (struct path_rule){.from = str_of(text + 1), .strip = true};
	ck_assert_ptr_nonnull(equals);
	return (struct path_rule){{text, (size_t)(equals - text)}, str_of(equals + 1), false};
}

static void
stage_set(struct stage *stage, const struct scene *scene)
{
	*stage = (struct stage){0};
	strings_of(scene->tree, stage->tree_paths);
	strings_of(scene->sources, stage->sources);
	for (size_t i = 0; i < count_of(scene->rules); i++)
		stage->rules[i] = rule_of(scene->rules[i]);
	stage->tree = tree_of(stage->tree_paths, count_of(scene->tree));
	stage->settings = (struct path_settings){stage->tree,
	    str_of(scene->root ? scene->root : "/repo"),
	    stage->rules, count_of(scene->rules), stage->sources, count_of(scene->sources)};
	audit_begin(&stage->intake.audit, STR("report.xml"));
	for (size_t i = 0; i < count_of(scene->names); i += 2)
		intake_open(&stage->intake, str_of(scene->names[i]), i + 1);
	for (size_t i = 0; i < count_of(scene->roots); i++)
		intake_root(&stage->intake, str_of(scene->roots[i]));
}

static void
stage_strike(struct stage *stage)
{
	intake_clear(&stage->intake);
	tree_free(stage->tree);
}

static struct str
path_of(const struct stage *stage, const char *name)
{
	const struct intake *intake = &stage->intake;

	for (size_t i = 0; i < intake->file_count; i++)
		if (str_equal(strpool_get(&intake->strings, intake->files[i].name), str_of(name)))
			return strpool_get(&intake->strings, intake->files[i].path);
	ck_abort_msg("no file '%s'", name);
	return STR("");
}

static void
check_codes(const struct stage *stage, const struct scene *scene)
{
	struct strbuf codes = {0};

	for (size_t i = 0; i < stage->intake.audit.count; i++)
		strbuf_addf(&codes, "%s%s", i ? " " : "", stage->intake.audit.findings[i].code);
	ck_assert_msg(!strcmp(strbuf_string(&codes), scene->codes ? scene->codes : ""),
	    "%s: findings '%s'",
	    scene->title, strbuf_string(&codes));
	strbuf_clear(&codes);
}

/* Explaining a name tells the same path, before and after. */
static void
check_explain(struct stage *stage, const struct scene *scene, const char *name, const char *path)
{
	struct strbuf why = {0};
	struct str told = paths_explain(&stage->settings, &stage->intake, str_of(name), &why);

	ck_assert_msg(str_equal(told, str_of(path)), "%s: '%s' is explained as '%s'", scene->title,
	    name, told.s);
	ck_assert_uint_gt(why.length, 0);
	strbuf_clear(&why);
}

static void
play(const struct scene *scene)
{
	struct stage stage;

	stage_set(&stage, scene);
	for (size_t i = 0; i < count_of(scene->names); i += 2)
		check_explain(&stage, scene, scene->names[i], scene->names[i + 1]);
	ck_assert_uint_eq(stage.intake.audit.count, 0);
	paths_resolve(&stage.settings, &stage.intake);
	for (size_t i = 0; i < count_of(scene->names); i += 2) {
		struct str path = path_of(&stage, scene->names[i]);

		ck_assert_msg(str_equal(path, str_of(scene->names[i + 1])),
		    "%s: '%s' became '%s', not '%s'",
		    scene->title, scene->names[i], path.s, scene->names[i + 1]);
		check_explain(&stage, scene, scene->names[i], scene->names[i + 1]);
	}
	check_codes(&stage, scene);
	stage_strike(&stage);
}

#define PLAY(...) play(&(struct scene){__VA_ARGS__})

START_TEST(names_are_cleaned)
{
	static const char *const pairs[][2] = {
		{"", ""}, {".", ""}, {"./", ""}, {"/", "/"}, {"//", "/"}, {"a", "a"}, {"a/", "a"},
		{"./a//b/./c.py", "a/b/c.py"}, {"a\\b\\c.py", "a/b/c.py"}, {"a/../b", "b"},
		{"a/..", ""},
		{"../a", "../a"}, {"../../a", "../../a"}, {"a/../../b", "../b"},
		{"../a/../b", "../b"},
		{"/../a", "/a"}, {"/a/../../b", "/b"}, {"//server/share/a", "/server/share/a"},
		{"C:\\a\\b", "C:/a/b"}, {"c:/a/../b", "c:/b"}, {"C:", "C:"}, {"C:\\", "C:"},
		{"C:\\..\\a", "C:/a"},
		{"C:a", "C:a"}, {"C://a", "C:/a"}, {"a b/ü.py", "a b/ü.py"}, {"...", "..."},
		{"a/...", "a/..."},
		{"..a/b", "..a/b"}, {"a../b", "a../b"}, {"http://h/a/../b", "http://h/a/../b"},
		{"webpack:///./a.js", "webpack:///./a.js"}, {"a/http://b", "a/http:/b"},
		{"1a://b", "1a:/b"},
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct strbuf out = {0};

		strbuf_add_string(&out, "x/");
		path_clean(str_of(pairs[i][0]), &out);
		ck_assert_msg(!strcmp(out.s + 2, pairs[i][1]), "'%s' became '%s'", pairs[i][0],
		    out.s + 2);
		strbuf_clear(&out);
	}
}
END_TEST

START_TEST(cleaning_twice_changes_nothing)
{
	static const char alphabet[] = "a.b/\\:C";
	unsigned seed = 20240501;

	for (int round = 0; round < 20000; round++) {
		struct strbuf name = {0}, once = {0}, twice = {0};

		for (int i = 0; i < 12; i++)
			strbuf_add_char(&name,
			    alphabet[(size_t)rand_r(&seed) % (sizeof(alphabet) - 1)]);
		path_clean(strbuf_str(&name), &once);
		path_clean(strbuf_str(&once), &twice);
		ck_assert_msg(!strcmp(strbuf_string(&once), strbuf_string(&twice)),
		    "seed 20240501: '%s'", name.s);
		strbuf_clear(&name);
		strbuf_clear(&once);
		strbuf_clear(&twice);
	}
}
END_TEST

START_TEST(without_a_tree_names_are_only_cleaned)
{
	PLAY("no tree", .roots = LIST("/app/src"),
	    .names = LIST("pkg\\a.py", "pkg/a.py", "./b.py", "b.py", "/repo/src/c.py", "src/c.py",
	    ".", "."));
	PLAY("windows", .roots = LIST("C:\\agent\\_work\\1\\s\\"),
	    .names = LIST("src\\a.py", "src/a.py"));
	PLAY("separators make one file", .names = LIST("a\\b.py", "a/b.py", "a/b.py", "a/b.py"));
	PLAY("no root", .root = "", .names = LIST("src/a.py", "src/a.py"));
	PLAY("the root is the file system's", .root = "/", .names = LIST("/src/a.py", "src/a.py"));
}
END_TEST

START_TEST(roots_are_joined)
{
	PLAY("absolute root", .tree = LIST("src/a.py"), .roots = LIST("/repo/src"),
	    .names = LIST("a.py", "src/a.py"));
	PLAY("relative root", .tree = LIST("src/a.py"), .roots = LIST("src/"),
	    .names = LIST("a.py", "src/a.py"));
	PLAY("root of the tree", .tree = LIST("a.py", "b/a.py"), .roots = LIST("/repo"),
	    .names = LIST("a.py", "a.py"));
	PLAY("up from a root", .tree = LIST("lib/a.py"), .roots = LIST("/repo/src"),
	    .names = LIST("../lib/a.py", "lib/a.py"));
	PLAY("above the tree", .tree = LIST("src/a.py"), .roots = LIST("/"),
	    .names = LIST("repo/src/a.py", "src/a.py"));
	PLAY("absolute name", .tree = LIST("src/a.py"), .roots = LIST("/repo/src"),
	    .names = LIST("/repo/src/a.py", "src/a.py"));
	PLAY("several roots", .tree = LIST("src/a.py", "lib/b.py"),
	    .roots = LIST("/repo/src", "/repo/lib"),
	    .names = LIST("a.py", "src/a.py", "b.py", "lib/b.py"));
	PLAY("source goes first", .tree = LIST("src/a.py", "lib/a.py"), .sources = LIST("lib"),
	    .roots = LIST("/repo/src"), .names = LIST("a.py", "lib/a.py"));
	PLAY("source that does not fit", .tree = LIST("src/a.py", "lib/b.py"),
	    .sources = LIST("lib"),
	    .roots = LIST("/repo/src"), .names = LIST("a.py", "src/a.py"));
}
END_TEST

START_TEST(two_joins_that_are_files_are_an_error)
{
	PLAY("two-roots-same-name", .tree = LIST("a/x.py", "b/x.py"), .roots = LIST("/repo/a", "b"),
	    .names = LIST("x.py", "x.py"), .codes = "path-two-roots");
	PLAY("the same root twice", .tree = LIST("a/x.py", "b/x.py"),
	    .roots = LIST("/repo/a", "/repo/a/", "a"),
	    .names = LIST("x.py", "a/x.py"));
}
END_TEST

START_TEST(two_roots_are_named)
{
	const struct scene scene = {.tree = LIST("a/x.py", "b/x.py"), .roots = LIST("b", "a"),
	    .names = LIST("x.py", "x.py")};
	struct stage stage;

	stage_set(&stage, &scene);
	paths_resolve(&stage.settings, &stage.intake);
	ck_assert_int_eq(stage.intake.audit.findings[0].level, AUDIT_ERROR);
	ck_assert_uint_eq(stage.intake.audit.findings[0].line, 1);
	ck_assert_ptr_nonnull(strstr(stage.intake.audit.findings[0].message, "'a/x.py'"));
	ck_assert_ptr_nonnull(strstr(stage.intake.audit.findings[0].message, "'b/x.py'"));
	stage_strike(&stage);
}
END_TEST

START_TEST(unusable_roots_are_noted)
{
	PLAY("unusable", .tree = LIST("src/a.py"),
	    .roots = LIST("", ".", "./", "--dummy", " TODO ", "C:"),
	    .names = LIST("src/a.py", "src/a.py"), .codes = "root-unusable root-unusable "
	    "root-unusable root-unusable root-unusable root-unusable");
	PLAY("drive", .tree = LIST("src/a.py"), .rules = LIST("D:\\ws=gen"), .roots = LIST("D:\\"),
	    .names = LIST("x\\src\\a.py", "src/a.py", "ws\\b.py", "gen/b.py"));
	PLAY("URL", .tree = LIST("src/a.py"),
	    .roots = LIST("https://raw.githubusercontent.com/o/r/0123/"),
	    .names = LIST("src/a.py", "src/a.py"), .codes = "root-unusable");
	PLAY("one is left", .tree = LIST("src/a.py"), .roots = LIST(".", "/repo/src"),
	    .names = LIST("a.py", "src/a.py", "gen.py", "src/gen.py"), .codes = "root-unusable");
}
END_TEST

START_TEST(rules_go_first)
{
	PLAY("map", .rules = LIST("/app=backend"),
	    .names = LIST("/app/a.py", "backend/a.py", "/apple/b.py",
	    "/apple/b.py"), .codes = "path-outside");
	PLAY("first map only", .rules = LIST("a=b", "a=c", "b=d"),
	    .names = LIST("a/x", "b/x", "b/x2", "d/x2"));
	PLAY("then strip", .rules = LIST("-out/gen", "/app=out", "-out"),
	    .names = LIST("/app/gen/x", "x",
	    "/app/y", "y"));
	PLAY("a whole name", .rules = LIST("a.py=b.py", "-c.py"),
	    .names = LIST("a.py", "b.py", "c.py", "c.py"));
	PLAY("separators", .rules = LIST("C:\\ws\\=src", "-D:\\x"),
	    .names = LIST("C:\\ws\\a.py", "src/a.py",
	    "D:/x/b.py", "b.py"));
	PLAY("everything relative", .rules = LIST("=src"),
	    .names = LIST("a.py", "src/a.py", "../b.py", "../b.py"),
	    .codes = "path-outside");
	PLAY("strip of a slash", .rules = LIST("-/"),
	    .names = LIST("/a/b.py", "a/b.py", "c.py", "c.py"));
	PLAY("empty strip", .rules = LIST("-"), .names = LIST("a.py", "a.py"));
	PLAY("a changed name is not joined", .tree = LIST("a.py", "src/b/a.py"),
	    .rules = LIST("x=b"),
	    .roots = LIST("/repo/src"), .names = LIST("x/z.py", "b/z.py", "y.py", "src/y.py"));
	PLAY("map to a place below the root", .rules = LIST("/app=/repo/x"),
	    .names = LIST("/app/a.py", "x/a.py"));
	PLAY("SourceLink", .tree = LIST("src/a.cs"), .rules = LIST("https://h/o/r/0123/="),
	    .names = LIST("https://h/o/r/0123/src/a.cs", "src/a.cs"));
}
END_TEST

START_TEST(rules_fit_joins_where_none_fits_the_name)
{
	PLAY("map of a root", .rules = LIST("/app=backend"), .roots = LIST("/app"),
	    .names = LIST("a.py", "backend/a.py"));
	PLAY("strip of a root", .rules = LIST("-/app"), .roots = LIST("/app/src"),
	    .names = LIST("a.py", "src/a.py"));
	PLAY("the name first", .rules = LIST("/app=x", "a=b"), .roots = LIST("/app"),
	    .names = LIST("a/c.py", "b/c.py"));
	PLAY("several joins", .tree = LIST("x/src/a.py", "x/lib/b.py"), .rules = LIST("/app=x"),
	    .roots = LIST("/app/src", "/app/lib"),
	    .names = LIST("a.py", "x/src/a.py", "b.py", "x/lib/b.py"));
	PLAY("several joins, no tree", .rules = LIST("/app=x"),
	    .roots = LIST("/app/src", "/app/lib"),
	    .names = LIST("a.py", "a.py"));
}
END_TEST

START_TEST(a_suffix_matches_by_whole_parts)
{
	PLAY("tree path ends the name", .tree = LIST("src/a.py"),
	    .names = LIST("/app/src/a.py", "src/a.py"));
	PLAY("name ends the tree path", .tree = LIST("backend/src/a.py"),
	    .names = LIST("src/a.py", "backend/src/a.py"));
	PLAY("an absolute name never does", .tree = LIST("src/os.py"),
	    .names = LIST("/usr/lib/os.py", "/usr/lib/os.py"),
	    .codes = "path-outside");
	PLAY("parts are whole", .tree = LIST("src/a.py"),
	    .names = LIST("/app/xsrc/a.py", "/app/xsrc/a.py"),
	    .codes = "path-outside");
	PLAY("most parts win", .tree = LIST("a.py", "src/a.py", "lib/src/a.py"),
	    .names = LIST("/app/src/a.py", "src/a.py", "/app/lib/src/a.py", "lib/src/a.py"));
	PLAY("the join counts", .tree = LIST("src/a.py", "lib/a.py"), .roots = LIST("/app/src"),
	    .names = LIST("a.py", "src/a.py"));
	PLAY("parts of the join count too", .tree = LIST("x/src/a.py", "y/lib/a.py"),
	    .roots = LIST("/build/src"),
	    .names = LIST("a.py", "x/src/a.py"));
	PLAY("leading up", .tree = LIST("src/a.py"), .names = LIST("../../src/a.py", "src/a.py"));
}
END_TEST

START_TEST(a_tie_is_an_error)
{
	const struct scene scene = {.tree = LIST("a/x.py", "b/x.py", "c/x.py", "d/x.py", "e/x.py"),
	    .names = LIST("x.py", "x.py")};
	struct stage stage;

	PLAY("tie", .tree = LIST("a/x.py", "b/x.py"), .names = LIST("x.py", "x.py"),
	    .codes = "path-ambiguous");
	PLAY("tie of joins", .tree = LIST("src/x.py", "lib/x.py"),
	    .roots = LIST("/app/src", "/app/lib"),
	    .names = LIST("x.py", "x.py"), .codes = "path-ambiguous");
	PLAY("a tie stays as it is named", .tree = LIST("a/s/x.py", "b/s/x.py"),
	    .roots = LIST("/repo/a"),
	    .names = LIST("q\\..\\s\\x.py", "a/s/x.py"));
	stage_set(&stage, &scene);
	paths_resolve(&stage.settings, &stage.intake);
	ck_assert_int_eq(stage.intake.audit.findings[0].level, AUDIT_ERROR);
	ck_assert_str_eq(stage.intake.audit.findings[0].message,
	    "'x.py' may be 'a/x.py', 'b/x.py', 'c/x.py', 'd/x.py' and 1 more: the name is kept");
	stage_strike(&stage);
}
END_TEST

START_TEST(case_folds_where_nothing_speaks_against_it)
{
	PLAY("folded", .tree = LIST("src/a.py"), .names = LIST("Src\\A.PY", "src/a.py"));
	PLAY("exact wins", .tree = LIST("src/a.py", "src/A.py"),
	    .names = LIST("/app/src/A.py", "src/A.py"));
	PLAY("ambiguous", .tree = LIST("src/a.py", "src/A.py"),
	    .names = LIST("/app/SRC/a.py", "/app/SRC/a.py"),
	    .codes = "path-ambiguous path-outside");
	PLAY("more parts folded", .tree = LIST("a.py", "src/a.py"),
	    .names = LIST("/app/Src/a.py", "src/a.py"));
	PLAY("no folding beyond ASCII", .tree = LIST("ä.py"), .names = LIST("x/Ä.py", "x/Ä.py"));
}
END_TEST

START_TEST(matches_vote_for_a_prefix)
{
	PLAY("what matched nothing", .tree = LIST("src/a.py"),
	    .names = LIST("/app/src/a.py", "src/a.py",
	    "/app/gen/b.py", "gen/b.py", "/usr/c.py", "/usr/c.py"), .codes = "path-outside");
	PLAY("to a folder", .tree = LIST("backend/src/a.py"),
	    .names = LIST("src/a.py", "backend/src/a.py",
	    "gen/b.py", "backend/gen/b.py", "../c.py", "../c.py"), .codes = "path-outside");
	PLAY("a tie is broken", .tree = LIST("p/a.py", "p/x.py", "q/x.py"),
	    .names = LIST("x.py", "p/x.py",
	    "a.py", "p/a.py"));
	PLAY("a tie that stays", .tree = LIST("p/a.py", "q/x.py", "r/x.py"),
	    .names = LIST("x.py", "x.py",
	    "a.py", "p/a.py"), .codes = "path-ambiguous");
	PLAY("level votes", .tree = LIST("p/a.py", "q/b.py"),
	    .names = LIST("a.py", "p/a.py", "b.py", "q/b.py",
	    "c.py", "c.py"));
	PLAY("most votes", .tree = LIST("p/a.py", "q/b.py", "q/d.py"),
	    .names = LIST("a.py", "p/a.py",
	    "b.py", "q/b.py", "d.py", "q/d.py", "c.py", "q/c.py"));
	PLAY("exact files have no vote", .tree = LIST("a.py", "b.py", "p/c.py"),
	    .names = LIST("a.py", "a.py",
	    "b.py", "b.py", "c.py", "p/c.py", "d.py", "p/d.py"));
	PLAY("with roots", .tree = LIST("backend/a.py"), .roots = LIST("/app"),
	    .names = LIST("a.py", "backend/a.py",
	    "gen.py", "backend/gen.py"));
}
END_TEST

START_TEST(roots_that_match_alike_have_no_vote)
{
	PLAY("alike", .tree = LIST("p/a.py"), .roots = LIST("/x", "/y"),
	    .names = LIST("a.py", "p/a.py", "gen.py", "p/gen.py"));
	PLAY("one is like the file's folder", .tree = LIST("src/a.py"),
	    .roots = LIST("/x/lib", "/x/src"),
	    .names = LIST("a.py", "src/a.py", "/x/gen.py", "gen.py"));
	PLAY("level ends of roots", .tree = LIST("src/a.py"), .roots = LIST("/x/src", "/y/src"),
	    .names = LIST("a.py", "src/a.py", "gen.py", "src/gen.py"));
	PLAY("a root above --root", .tree = LIST("y/a.py"), .roots = LIST("/"),
	    .names = LIST("repo/y/b.py", "repo/y/b.py", "repo/y/a.py", "y/a.py", "repo/a.py",
	    "repo/a.py"));
}
END_TEST

START_TEST(what_matches_nothing_is_kept)
{
	PLAY("cleaned, not joined", .tree = LIST("a.py"), .roots = LIST("/app/src"),
	    .names = LIST("./x\\b.py", "x/b.py"));
	PLAY("below the root", .tree = LIST("a.py"), .names = LIST("/repo/x/b.py", "x/b.py"));
	PLAY("joined with the one folder", .tree = LIST("src/a.py"), .roots = LIST("/repo/src"),
	    .names = LIST("gen/b.py", "src/gen/b.py"));
	PLAY("not with one of two", .tree = LIST("src/a.py"), .roots = LIST("/repo/src", "/app"),
	    .names = LIST("gen/b.py", "gen/b.py"));
	PLAY("not with one that is no folder", .tree = LIST("src/a.py"),
	    .roots = LIST("/repo/build"),
	    .names = LIST("gen/b.py", "gen/b.py"));
}
END_TEST

START_TEST(names_outside_are_counted_and_said)
{
	PLAY("outside", .tree = LIST("a.py"),
	    .names = LIST("/etc/passwd", "/etc/passwd", "../../etc/passwd",
	    "../../etc/passwd", "C:\\x.c", "C:/x.c"),
	    .codes = "path-outside path-outside path-outside");
	PLAY("a root that looks alike", .tree = LIST("a.py"),
	    .names = LIST("/repository/b.py", "/repository/b.py"),
	    .codes = "path-outside");
	PLAY("through a root", .tree = LIST("src/a.py"), .roots = LIST("/repo/src"),
	    .names = LIST("../../etc/x", "../../etc/x"), .codes = "path-outside");
}
END_TEST

START_TEST(urls_are_names)
{
	PLAY("URL", .tree = LIST("src/a.cs"), .roots = LIST("/repo"),
	    .names = LIST("https://raw.githubusercontent.com/o/r/01ab/src/a.cs",
	    "https://raw.githubusercontent.com/o/r/01ab/src/a.cs", "webpack:///./x.js",
	    "webpack:///./x.js"),
	    .codes = "path-url path-url");
}
END_TEST

START_TEST(two_files_that_become_one_path_are_an_error)
{
	PLAY("suffixes", .tree = LIST("src/a.py"),
	    .names = LIST("/x/src/a.py", "src/a.py", "/y/src/a.py", "src/a.py"),
	    .codes = "path-two-roots");
	PLAY("a suffix and the file", .tree = LIST("src/a.py"),
	    .names = LIST("src/a.py", "src/a.py",
	    "/y/src/a.py", "src/a.py"), .codes = "path-two-roots");
	PLAY("one file in two words", .tree = LIST("src/a.py"), .roots = LIST("/app"),
	    .names = LIST("src/a.py",
	    "src/a.py", "/app/src/a.py", "src/a.py", "src\\a.py", "src/a.py"));
	PLAY("a drive in two cases", .tree = LIST("src/a.py"),
	    .names = LIST("C:\\s\\src\\a.py", "src/a.py",
	    "c:\\s\\src\\a.py", "src/a.py"));
}
END_TEST

/* Shapes that are met in the wild. */
static const struct scene wild[] = {
	{"Docker", .tree = LIST("Dockerfile", "src/app/a.py", "src/app/b.py"),
	    .roots = LIST("/app/src"),
	    .names = LIST("app/a.py", "src/app/a.py", "app/b.py", "src/app/b.py", "app/gen.py",
	    "src/app/gen.py")},
	{"runner and container", .root = "/github/workspace",
	    .tree = LIST("x/a.py", "tests/t.py", "setup.py"),
	    .roots = LIST("/home/runner/work/x/x"),
	    .names = LIST("x/a.py", "x/a.py", "tests/t.py", "tests/t.py",
	    "build/g.py", "build/g.py")},
	{"runner, absolute names", .root = "/github/workspace",
	    .tree = LIST("src/a.ts", "src/b.ts"),
	    .names = LIST("/home/runner/work/x/x/src/a.ts", "src/a.ts",
	    "/home/runner/work/x/x/src/b.ts", "src/b.ts",
	    "/home/runner/work/x/x/dist/c.ts", "dist/c.ts")},
	{"Jenkins", .root = "/var/jenkins/workspace/p_main@2",
	    .tree = LIST("core/src/main/java/o/A.java"),
	    .roots = LIST("/var/jenkins/workspace/p_main/core/src/main/java"),
	    .names = LIST("o/A.java", "core/src/main/java/o/A.java", "o/Gen.java",
	    "core/src/main/java/o/Gen.java")},
	{"Azure", .root = "/home/vsts/work/1/s",
	    .tree = LIST("src/Lib/A.cs", "src/Lib/Sub Dir/B.cs"),
	    .roots = LIST("C:\\agent\\_work\\1\\s\\"),
	    .names = LIST("src\\Lib\\A.cs", "src/Lib/A.cs",
	    "src\\Lib\\Sub Dir\\B.cs", "src/Lib/Sub Dir/B.cs", "src\\obj\\C.cs", "src/obj/C.cs")},
	{"dotnet-coverage", .tree = LIST("src/A.cs"),
	    .names = LIST("D:\\a\\x\\x\\src\\A.cs", "src/A.cs",
	    "D:\\a\\x\\x\\obj\\B.cs", "obj/B.cs")},
	{"OpenCppCoverage", .tree = LIST("src/a.cpp"), .roots = LIST("C:"),
	    .names = LIST("Users\\me\\proj\\src\\a.cpp", "src/a.cpp"), .codes = "root-unusable"},
	{"macOS", .tree = LIST("Sources/App/A.swift"), .roots = LIST("/Users/me/App"),
	    .names = LIST("Sources/App/A.swift", "Sources/App/A.swift")},
	{"deterministic builds", .tree = LIST("src/A.cs", "src/B.cs"),
	    .names = LIST("/_/src/A.cs", "src/A.cs",
	    "/_/src/B.cs", "src/B.cs", "/_/obj/C.cs", "obj/C.cs")},
	{"sub-project", .tree = LIST("backend/app/a.py", "backend/app/b.py", "README.md"),
	    .roots = LIST("."),
	    .names = LIST("app/a.py", "backend/app/a.py", "app/b.py", "backend/app/b.py",
	    "app/v.py",
	    "backend/app/v.py"), .codes = "root-unusable"},
	{"monorepo",
	    .tree = LIST("packages/a/src/index.ts", "packages/a/src/only.ts",
	    "packages/b/src/index.ts"),
	    .names = LIST("src/index.ts", "packages/a/src/index.ts", "src/only.ts",
	    "packages/a/src/only.ts")},
	{"monorepo, nothing tells",
	    .tree = LIST("packages/a/src/index.ts", "packages/b/src/index.ts"),
	    .names = LIST("src/index.ts", "src/index.ts"), .codes = "path-ambiguous"},
	{"Go module", .tree = LIST("cmd/x/main.go", "pkg/a.go"),
	    .names = LIST("github.com/o/r/cmd/x/main.go",
	    "cmd/x/main.go", "github.com/o/r/pkg/a.go", "pkg/a.go", "github.com/o/r/zz.go",
	    "zz.go")},
	{"Rust", .root = "/home/me/x", .tree = LIST("src/lib.rs"), .roots = LIST("/"),
	    .names = LIST("home/me/x/src/lib.rs", "src/lib.rs")},
	{"outside of ASCII", .tree = LIST("src/größe/naïve.py", "src/日本.py"),
	    .names = LIST("/app/src/größe/naïve.py",
	    "src/größe/naïve.py", "/app/src/日本.py", "src/日本.py")},
	{"generated names", .tree = LIST("src/a.ts"),
	    .names = LIST("<stdin>", "<stdin>", "src/a.ts?vue&type=script",
	    "src/a.ts?vue&type=script", "(eval 12)", "(eval 12)")},
	{"site-packages", .tree = LIST("src/pkg/a.py"),
	    .names = LIST("/usr/lib/python3.11/site-packages/pkg/a.py",
	    "/usr/lib/python3.11/site-packages/pkg/a.py"), .codes = "path-outside"},
};

START_TEST(wild_shapes)
{
	play(&wild[_i]);
}
END_TEST

START_TEST(order_of_names_and_roots_is_no_matter)
{
	PLAY("one order", .tree = LIST("p/a.py", "p/x.py", "q/x.py", "q/b.py", "p/c.py"),
	    .names = LIST("a.py", "p/a.py",
	    "x.py", "p/x.py", "b.py", "q/b.py", "c.py", "p/c.py", "z.py", "p/z.py"));
	PLAY("the other", .tree = LIST("q/b.py", "p/c.py", "q/x.py", "p/x.py", "p/a.py"),
	    .names = LIST("z.py", "p/z.py",
	    "c.py", "p/c.py", "b.py", "q/b.py", "x.py", "p/x.py", "a.py", "p/a.py"));
}
END_TEST

START_TEST(reasons_are_given)
{
	const struct scene scene = {.tree = LIST("src/a.py"),
	    .names = LIST("/app/src/a.py", "", "/app/b.py", "")};
	struct strbuf why = {0};
	struct stage stage;

	stage_set(&stage, &scene);
	paths_explain(&stage.settings, &stage.intake, STR("/app/src/a.py"), &why);
	ck_assert_str_eq(why.s, "suffix match of '/app/src/a.py'");
	strbuf_reset(&why);
	paths_explain(&stage.settings, &stage.intake, STR("/app/b.py"), &why);
	ck_assert_str_eq(why.s, "prefix inferred from other names, on '/app/b.py'");
	strbuf_clear(&why);
	stage_strike(&stage);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, names_are_cleaned);
	tcase_add_test(tests, cleaning_twice_changes_nothing);
	tcase_add_test(tests, without_a_tree_names_are_only_cleaned);
	tcase_add_test(tests, roots_are_joined);
	tcase_add_test(tests, two_joins_that_are_files_are_an_error);
	tcase_add_test(tests, two_roots_are_named);
	tcase_add_test(tests, unusable_roots_are_noted);
	tcase_add_test(tests, rules_go_first);
	tcase_add_test(tests, rules_fit_joins_where_none_fits_the_name);
	tcase_add_test(tests, a_suffix_matches_by_whole_parts);
	tcase_add_test(tests, a_tie_is_an_error);
	tcase_add_test(tests, case_folds_where_nothing_speaks_against_it);
	tcase_add_test(tests, matches_vote_for_a_prefix);
	tcase_add_test(tests, roots_that_match_alike_have_no_vote);
	tcase_add_test(tests, what_matches_nothing_is_kept);
	tcase_add_test(tests, names_outside_are_counted_and_said);
	tcase_add_test(tests, urls_are_names);
	tcase_add_test(tests, two_files_that_become_one_path_are_an_error);
	tcase_add_loop_test(tests, wild_shapes, 0, sizeof(wild) / sizeof(wild[0]));
	tcase_add_test(tests, order_of_names_and_roots_is_no_matter);
	tcase_add_test(tests, reasons_are_given);
}

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("paths");
	TCase *tests = tcase_create("paths");

	add_tests(tests);
	suite_add_tcase(suite, tests);
	return suite;
}
