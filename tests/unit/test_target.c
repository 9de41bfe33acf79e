/*
 * GITHUB 2: which pull request and which commit, as far as the environment tells; and that nothing
 * malformed in it gets anywhere.
 */
#include "unit.h"

#include "base/json.h"
#include "publish/target.h"

#include <stdio.h>
#include <stdlib.h>

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define C "cccccccccccccccccccccccccccccccccccccccc"

#define PULL(base) "{\"pull_request\":{\"number\":7,\"head\":{\"sha\":\"" B "\"}," \
	"\"base\":{\"repo\":{\"full_name\":\"" base "\"}}}}"
#define RUN(pulls) "{\"workflow_run\":{\"head_sha\":\"" B "\",\"head_branch\":\"a/b c\"," \
	"\"head_repository\":{\"owner\":{\"login\":\"fork\"}},\"pull_requests\":[" pulls "]}}"
#define RUN_PULL(number, sha, repo) "{\"number\":" number ",\"head\":{\"sha\":\"" sha "\"}," \
	"\"base\":{\"repo\":{\"url\":\"https://api.github.com/repos/" repo "\"}}}"
#define GROUP "{\"merge_group\":{\"head_sha\":\"" B "\"," \
	"\"head_ref\":\"refs/heads/gh-readonly-queue/main/pr-12-" A "\"}}"

/* GITHUB_SHA is A, the repository o/r. */
static const struct row {
	const char *what;
	const char *event;
	const char *ref;
	struct target_wishes wishes;
	uint64_t pull;
	const char *head;
	const char *look_up;
} rows[] = {
	{"a pull request", PULL("o/r"), "refs/pull/7/merge", {"", 0, ""}, 7, B, ""},
	{"a pull request, other letters", PULL("O/R"), "", {"", 0, ""}, 7, B, ""},
	{"another base", PULL("x/r"), "refs/pull/7/merge", {"", 0, ""}, 0, B, A},
	{"--pr before all", PULL("o/r"), "refs/pull/7/merge", {"", 9, ""}, 9, B, ""},
	{"--sha before all", PULL("o/r"), "refs/pull/7/merge", {"", 0, C}, 7, C, ""},
	{"--repo elsewhere", PULL("o/r"), "refs/pull/7/merge", {"x/y", 0, ""}, 0, B, A},
	{"--repo elsewhere, --pr", PULL("o/r"), "refs/pull/7/merge", {"x/y", 3, ""}, 3, B, ""},
	{"a workflow run", RUN(RUN_PULL("8", B, "o/r")), "refs/heads/main", {"", 0, ""}, 8, B, ""},
	{"a workflow run of a fork", RUN(""), "refs/heads/main", {"", 0, ""}, 0, B, B},
	{"a workflow run, old head", RUN(RUN_PULL("8", C, "o/r")), "", {"", 0, ""}, 0, B, B},
	{"a workflow run, other base", RUN(RUN_PULL("8", B, "o/rr")), "", {"", 0, ""}, 0, B, B},
	{"a workflow run, other owner", RUN(RUN_PULL("8", B, "oo/r")), "", {"", 0, ""}, 0, B, B},
	{"a workflow run, the second", RUN(RUN_PULL("8", C, "o/r") "," RUN_PULL("9", B, "o/r")), "",
	 {"", 0, ""}, 9, B, ""},
	{"a comment on a pull request", "{\"issue\":{\"number\":4,\"pull_request\":{}}}",
	 "refs/heads/main", {"", 0, ""}, 4, "", ""},
	{"a comment on an issue", "{\"issue\":{\"number\":4}}", "refs/heads/main",
	 {"", 0, ""}, 0, A, A},
	{"a bare ref", NULL, "refs/pull/31/merge", {"", 0, ""}, 31, "", ""},
	{"a bare head ref", NULL, "refs/pull/31/head", {"", 0, ""}, 31, "", ""},
	{"a ref that is none", NULL, "refs/pull/31", {"", 0, ""}, 0, A, A},
	{"number 0", NULL, "refs/pull/0/merge", {"", 0, ""}, 0, A, A},
	{"a number too large", NULL, "refs/pull/99999999999999999999/merge", {"", 0, ""}, 0, A, A},
	{"a merge queue", GROUP, "refs/heads/main", {"", 0, ""}, 12, B, ""},
	{"a merge queue's ref", NULL, "refs/heads/gh-readonly-queue/a/pr-1-x/pr-13-" C,
	 {"", 0, ""}, 13, A, ""},
	{"a push", "{\"after\":\"" A "\"}", "refs/heads/main", {"", 0, ""}, 0, A, A},
	{"nothing of the kinds", "[1,2]", "", {"", 0, ""}, 0, A, A},
	{"wrong kinds", "{\"pull_request\":{\"number\":\"7\"},\"issue\":7,\"workflow_run\":[],"
	 "\"merge_group\":{\"head_ref\":1,\"head_sha\":\"" A "x\"}}", "", {"", 0, ""}, 0, A, A},
	{"numbers that are none", "{\"pull_request\":{\"number\":-1},\"issue\":{\"number\":1e99,"
	 "\"pull_request\":{}}}", "", {"", 0, ""}, 0, A, A},
	{"a head that is none", "{\"pull_request\":{\"number\":7,\"head\":{\"sha\":\"../x\"}}}", "",
	 {"", 0, ""}, 7, A, ""},
};

START_TEST(the_choice)
{
	const struct row *row = &rows[_i];
	struct environment environment = {.repository = "o/r", .ref = row->ref, .sha = A};
	struct target target;

	if (row->event)
		ck_assert(json_parse(str_of(row->event), &environment.event, NULL));
	target_find(&environment, &row->wishes, &target);
	ck_assert_msg(target.pull == row->pull, "%s: %lu", row->what, (unsigned long)target.pull);
	ck_assert_msg(strcmp(target.head, row->head) == 0, "%s: %s", row->what, target.head);
	if (!row->pull)
		ck_assert_msg(strcmp(target.look_up, row->look_up) == 0, "%s: %s", row->what,
		    target.look_up);
	environment_release(&environment);
}
END_TEST

START_TEST(a_queue_has_a_head_of_its_own)
{
	struct environment environment = {.repository = "o/r", .ref = ""};
	struct target_wishes wishes = {"", 0, ""};
	struct target target;

	ck_assert(json_parse(STR(GROUP), &environment.event, NULL));
	target_find(&environment, &wishes, &target);
	ck_assert(target.queued);
	wishes.pull = 12;
	target_find(&environment, &wishes, &target);
	ck_assert(target.queued);
	wishes.pull = 13;
	target_find(&environment, &wishes, &target);
	ck_assert(!target.queued);
	environment_release(&environment);
}
END_TEST

START_TEST(where_a_fork_has_its_branch)
{
	struct environment environment = {.repository = "o/r", .ref = ""};
	struct target_wishes wishes = {"", 0, ""};
	struct target target;

	ck_assert(json_parse(STR(RUN("")), &environment.event, NULL));
	target_find(&environment, &wishes, &target);
	ck_assert_str_eq(target.owner, "fork");
	ck_assert_str_eq(target.branch, "a/b c");
	environment_release(&environment);
}
END_TEST

START_TEST(names_and_ids)
{
	static const char *const bad[] = {"", "o", "o/", "/r", "o/r/x", "o/..", "./r", "o/r?x",
		"o/r\n", "o r/x", "%2e/r"};

	ck_assert(is_repository(STR("o/r")) && is_repository(STR("Some-One/a_b.c")));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!is_repository(str_of(bad[i])), "%s", bad[i]);
	ck_assert(is_sha(STR(A)) && is_sha(STR(A "aaaaaaaaaaaaaaaaaaaaaaaa")));
	ck_assert(!is_sha(STR("")) && !is_sha(STR(A "a")) && !is_sha(STR("abc")));
	ck_assert(!is_sha((struct str){"\0" A, 40}));
}
END_TEST

START_TEST(what_is_malformed_is_not_said)
{
	struct environment environment;

	setenv("GITHUB_REPOSITORY", "../..", 1);
	setenv("GITHUB_SHA", "HEAD", 1);
	setenv("GITHUB_RUN_ID", "12x", 1);
	setenv("GITHUB_RUN_ATTEMPT", "2", 1);
	setenv("GITHUB_EVENT_PATH", "/nowhere/event.json", 1);
	setenv("GITHUB_SERVER_URL", "https://h/) [x](https://evil", 1);
	setenv("GITHUB_ACTIONS", "true", 1);
	environment_read(&environment);
	ck_assert_str_eq(environment.repository, "");
	ck_assert_str_eq(environment.sha, "");
	ck_assert_str_eq(environment.server_url, "");
	ck_assert_uint_eq(environment.run, 0);
	ck_assert_uint_eq(environment.attempt, 2);
	ck_assert_ptr_null(environment.event);
	ck_assert(environment.actions);
	environment_release(&environment);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("target");
	TCase *tests = tcase_create("target");

	tcase_add_loop_test(tests, the_choice, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tests, a_queue_has_a_head_of_its_own);
	tcase_add_test(tests, where_a_fork_has_its_branch);
	tcase_add_test(tests, names_and_ids);
	tcase_add_test(tests, what_is_malformed_is_not_said);
	suite_add_tcase(suite, tests);
	return suite;
}
