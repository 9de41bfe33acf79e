/*
 * GITHUB 1: what each answer asks for, how long is waited, how pages are followed, and that the
 * token stays where it belongs.  The transport and the clock are the test's own.
 */
#include "unit.h"

#include "base/json.h"
#include "publish/github.h"
#include "publish/github_url.h"

#include <stdio.h>
#include <stdlib.h>

enum { NOW = 1700000000, STEPS = 130 };	/* seconds */

struct step {
	unsigned status;	/* 0: the answer is lost */
	const char *headers;
	const char *body;
};

static struct script {
	struct step steps[STEPS];
	size_t count;
	size_t next;
	uint64_t slept;		/* milliseconds */
	uint64_t longest;
	char method[8];
	char url[256];
	char secret[128];
	struct strbuf bodies;
} script;

static struct github github;
static struct error err;

static enum http_end
send(void *context, const struct http_request *request, struct http_answer *answer,
    struct error *error)
{
	const struct step *step;

	(void)context;
	ck_assert_msg(script.next < script.count, "one request too many: %s", request->url);
	step = &script.steps[script.next++];
	snprintf(script.method, sizeof(script.method), "%s", request->method);
	snprintf(script.url, sizeof(script.url), "%s", request->url);
	snprintf(script.secret, sizeof(script.secret), "%s", request->secret);
	strbuf_add_str(&script.bodies, request->body);
	strbuf_reset(&answer->headers);
	strbuf_reset(&answer->body);
	answer->status = step->status;
	if (!step->status) {
		fail(error, ERROR_OUTPUT, "reset while SECRET was sent");
		return HTTP_LOST;
	}
	strbuf_add_string(&answer->headers, "HTTP/1.1 200 OK\r\n");
	strbuf_add_string(&answer->headers, step->headers ? step->headers : "");
	strbuf_add_string(&answer->body, step->body ? step->body : "");
	return HTTP_ANSWERED;
}

static uint64_t
now(void *context)
{
	(void)context;
	return (uint64_t)NOW * 1000 + script.slept;
}

static void
sleep_for(void *context, uint64_t milliseconds)
{
	(void)context;
	script.slept += milliseconds;
	if (milliseconds > script.longest)
		script.longest = milliseconds;
}

static uint64_t
draw(void *context, uint64_t bound)
{
	(void)context;
	return bound - 1;
}

static const struct github_world world = {NULL, send, now, sleep_for, draw};

static void
start(const char *base, uint64_t max_wait)
{
	github_clear(&github);
	strbuf_clear(&script.bodies);
	script = (struct script){0};
	error_clear(&err);
	ck_assert_msg(github_init(&github, &world, base, "SECRET", max_wait * 1000, &err), "%s",
	    err.message);
}

static void
setup(void)
{
	start("http://127.0.0.1:1/api/v3/", 60);
}

static void
teardown(void)
{
	github_clear(&github);
	strbuf_clear(&script.bodies);
}

static void
expect(unsigned status, const char *headers, const char *body)
{
	script.steps[script.count++] = (struct step){status, headers, body};
}

static enum github_end
call(const char *method)
{
	return github_call(&github, method, "/x", strcmp(method, "GET") ? STR("{}") : STR(""), NULL,
	    &err);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define MESSAGE(text) "{\"message\":\"" text "\"}"
#define READ_ONLY MESSAGE("Resource not accessible by integration")
#define RESET(when) "x-ratelimit-remaining: 0\r\nx-ratelimit-reset: " when "\r\n"

static const struct row {
	const char *what;
	const char *method;
	struct step answer;
	enum github_end end;
	bool stops;
	uint64_t waits;		/* seconds until it is sent again; 0: it is not */
	const char *says;
} rows[] = {
	{"retry-after", "PATCH", {429, "Retry-After: 7\r\n", NULL}, GITHUB_DONE, false, 7, ""},
	{"403, retry-after", "GET", {403, "retry-after: 7\r\n", NULL}, GITHUB_DONE, false, 7, ""},
	{"retry-after as a date", "GET",
	 {429, "retry-after: Tue, 14 Nov 2023 22:13:30 GMT\r\n", NULL}, GITHUB_DONE, false, 11, ""},
	{"retry-after too long", "GET", {429, "retry-after: 61\r\n", NULL}, GITHUB_FAILED, true, 0,
	 "it is over at 2023-11-14 22:14:21 UTC"},
	{"reset soon", "POST", {403, RESET("1700000009"), NULL}, GITHUB_DONE, false, 10, ""},
	{"reset far", "GET", {403, RESET("1700003600"), NULL}, GITHUB_FAILED, true, 0,
	 "2023-11-14 23:13:21 UTC"},
	{"reset in the past", "GET", {429, RESET("1"), NULL}, GITHUB_DONE, false, 1, ""},
	{"reset never", "GET", {403, RESET("18446744073709551615"), NULL}, GITHUB_FAILED, true, 0,
	 "rate limit"},
	{"secondary limit", "POST", {403, NULL, MESSAGE("You exceeded a secondary rate limit")},
	 GITHUB_DONE, false, 60, ""},
	{"abuse", "PATCH", {403, NULL, MESSAGE("Abuse detection")}, GITHUB_DONE, false, 60, ""},
	{"429 alone", "GET", {429, NULL, NULL}, GITHUB_DONE, false, 60, ""},
	{"read-only", "POST", {403, NULL, READ_ONLY}, GITHUB_READ_ONLY, false, 0, "may not"},
	{"read-only read", "GET", {403, NULL, READ_ONLY}, GITHUB_READ_ONLY, false, 0, "may not"},
	{"silent write", "PATCH", {403, NULL, NULL}, GITHUB_READ_ONLY, false, 0, "may not"},
	{"silent read", "GET", {403, NULL, NULL}, GITHUB_FAILED, false, 0, "refused"},
	{"a reason", "POST", {403, NULL, MESSAGE("SSO please")}, GITHUB_FAILED, false, 0,
	 "SSO please"},
	{"locked", "POST", {403, NULL, MESSAGE("Unable to comment because issue is locked.")},
	 GITHUB_LOCKED, false, 0, "locked"},
	{"bad token", "GET", {401, NULL, MESSAGE("Bad credentials")}, GITHUB_FAILED, true, 0,
	 "the token is not valid"},
	{"404 on a write", "PATCH", {404, NULL, "{}"}, GITHUB_GONE, false, 0,
	 "no access, or the pull request is gone"},
	{"404 on a read", "GET", {404, NULL, "{}"}, GITHUB_GONE, false, 0, "nothing there"},
	{"422", "POST",
	 {422, NULL, "{\"message\":\"Validation Failed\",\"errors\":[{\"field\":\"body\","
		     "\"code\":\"custom\",\"message\":\"too long\"}]}"},
	 GITHUB_FAILED, false, 0, "Validation Failed; field body, code custom, too long"},
	{"422 with strings", "POST", {422, NULL, "{\"errors\":[\"a\",\"b\"]}"}, GITHUB_FAILED,
	 false, 0, "422 a; b"},
	{"503", "PATCH", {503, NULL, NULL}, GITHUB_DONE, false, 1, ""},
	{"500 on DELETE", "DELETE", {500, NULL, NULL}, GITHUB_DONE, false, 1, ""},
	{"408", "GET", {408, NULL, NULL}, GITHUB_DONE, false, 1, ""},
	{"lost", "GET", {0, NULL, NULL}, GITHUB_DONE, false, 1, ""},
	{"lost POST", "POST", {0, NULL, NULL}, GITHUB_UNSURE, false, 0, "reset"},
	{"503 on POST", "POST", {503, NULL, NULL}, GITHUB_UNSURE, false, 0, "failed"},
	{"broken JSON", "GET", {200, NULL, "[{\"id\":"}, GITHUB_DONE, false, 1, ""},
	{"broken JSON of a POST", "POST", {201, NULL, "{"}, GITHUB_UNSURE, false, 0, "broken"},
	{"204", "DELETE", {204, NULL, NULL}, GITHUB_DONE, false, 0, ""},
	{"418", "GET", {418, NULL, NULL}, GITHUB_FAILED, false, 0, "418"},
};

START_TEST(each_answer_asks_for_its_own)
{
	const struct row *row = &rows[_i];

	script.steps[script.count++] = row->answer;
	expect(200, NULL, "{}");
	ck_assert_msg(call(row->method) == row->end, "%s: %s", row->what, err.message);
	ck_assert_msg(script.slept == row->waits * 1000, "%s: %lu", row->what,
	    (unsigned long)script.slept);
	ck_assert_uint_eq(script.next, row->waits ? 2 : 1);
	ck_assert_msg(strstr(err.message, row->says) != NULL, "%s: %s", row->what, err.message);
	ck_assert_ptr_null(strstr(err.message, "SECRET"));
	ck_assert(github.stopped == row->stops);
}
END_TEST

START_TEST(nothing_is_sent_after_a_stop)
{
	expect(401, NULL, "{}");
	ck_assert_int_eq(call("GET"), GITHUB_FAILED);
	error_clear(&err);
	ck_assert_int_eq(call("POST"), GITHUB_FAILED);
	ck_assert_ptr_nonnull(strstr(err.message, "the token is not valid"));
	ck_assert_uint_eq(script.next, 1);
}
END_TEST

START_TEST(five_tries_double_their_waits)
{
	for (int i = 0; i < GITHUB_TRIES; i++)
		expect(503, NULL, NULL);
	ck_assert_int_eq(call("GET"), GITHUB_FAILED);
	ck_assert_uint_eq(script.slept, 15000);		/* 1 + 2 + 4 + 8 */
	ck_assert_ptr_nonnull(strstr(err.message, "503"));
	ck_assert(!github.stopped);
}
END_TEST

START_TEST(all_waits_for_limits_together_keep_the_bound)
{
	expect(429, "retry-after: 40\r\n", NULL);
	expect(200, NULL, "{}");
	expect(429, "retry-after: 30\r\n", NULL);
	ck_assert_int_eq(call("GET"), GITHUB_DONE);
	ck_assert_int_eq(call("GET"), GITHUB_FAILED);
	ck_assert_uint_eq(script.slept, 40000);
	ck_assert_ptr_nonnull(strstr(err.message, "waited 40 s of at most 60 s"));
}
END_TEST

START_TEST(a_secondary_limit_doubles)
{
	start("http://localhost", 200);
	for (int i = 0; i < 3; i++)
		expect(403, NULL, "{\"message\":\"secondary rate limit\"}");
	ck_assert_int_eq(call("GET"), GITHUB_FAILED);
	ck_assert_uint_eq(script.slept, 180000);
	ck_assert_uint_eq(script.longest, 120000);
}
END_TEST

START_TEST(a_careful_write_comes_back_to_read_anew)
{
	struct str body = STR("{}");

	expect(503, NULL, NULL);
	ck_assert_int_eq(github_try(&github, "PATCH", "/x", body, NULL, &err), GITHUB_UNSURE);
	expect(429, "retry-after: 3\r\n", NULL);
	ck_assert_int_eq(github_try(&github, "PATCH", "/x", body, NULL, &err), GITHUB_UNSURE);
	ck_assert_uint_eq(script.slept, 3000);
	expect(200, NULL, "{}");
	ck_assert_int_eq(github_try(&github, "PATCH", "/x", body, NULL, &err), GITHUB_DONE);
}
END_TEST

/* ---- the token and the base ----------------------------------------------------------------- */

START_TEST(paths_join_the_base)
{
	expect(200, NULL, "{}");
	ck_assert_int_eq(call("GET"), GITHUB_DONE);
	ck_assert_str_eq(script.url, "http://127.0.0.1:1/api/v3/x");
	ck_assert_str_eq(script.secret, "Authorization: Bearer SECRET");
}
END_TEST

START_TEST(bases_and_tokens_that_cannot_be_used)
{
	static const char *const bases[] = {"http://example.com", "ftp://127.0.0.1",
		"https://user:password@example.com", "https://h?x=1", "example.com",
		
		"http://127.0.0.1.example.com", "file:///etc/passwd",
		"http://localhost.example.com"};
	static const char *const tokens[] = {"", "a b", "a\nb", "a\r\nX-Evil: 1", "\xc3\xa4"};
	struct github other;

	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		ck_assert_msg(!github_init(&other, &world, bases[i], "t", 1, &err), "%s", bases[i]);
		ck_assert_ptr_null(strstr(err.message, "password@"));
		github_clear(&other);
	}
	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
		ck_assert(!github_init(&other, &world, "", tokens[i], 1, &err));
		github_clear(&other);
	}
	ck_assert(github_init(&other, &world, "", "t", 1, &err));
	ck_assert_str_eq(other.base, "https://api.github.com");
	github_clear(&other);
}
END_TEST

START_TEST(the_token_is_in_no_message_and_no_text)
{
	expect(422, NULL, "{\"message\":\"you sent SECRETSECRET here\"}");
	ck_assert_int_eq(github_call(&github, "POST", "/x", STR("{\"body\":\"my SECRET\"}"), NULL,
	    &err), GITHUB_FAILED);
	ck_assert_ptr_nonnull(strstr(err.message, "you sent ****** here"));
	ck_assert_str_eq(strbuf_string(&script.bodies), "{\"body\":\"my ***\"}");
}
END_TEST

/* ---- pages ---------------------------------------------------------------------------------- */

static uint64_t items;

static bool
count_item(void *context, const struct cJSON *item)
{
	uint64_t number;

	ck_assert_ptr_eq(context, &items);
	items += json_u64(item, &number);
	return true;
}

static enum github_end
list(void)
{
	items = 0;
	return github_list(&github, "/list?a=b", NULL, count_item, &items, &err);
}

START_TEST(links_are_followed_on_our_origin)
{
	expect(200, "Link: <http://127.0.0.1:1/repositories/7/list?page=2>; rel=\"next\", "
	    "<http://127.0.0.1:1/x?page=9>; rel=\"last\"\r\n", "[1,2]");
	expect(200, "link: <http://127.0.0.1:1/x?page=1>; rel=\"prev\"\r\n", "[3]");
	ck_assert_int_eq(list(), GITHUB_DONE);
	ck_assert_uint_eq(items, 3);
	ck_assert_str_eq(script.url, "http://127.0.0.1:1/repositories/7/list?page=2");
}
END_TEST

START_TEST(of_another_origin_only_the_number_is_taken)
{
	static const char *const others[] = {"https://api.github.com/x?page=2",
		"http://127.0.0.1:2/x?per_page=100&page=2", "https://127.0.0.1:1/x?page=2",
		"http://127.0.0.1:1@evil.example/x?page=2", "//evil.example/x?page=2"};
	char header[200];

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		snprintf(header, sizeof(header), "link: <%s>; rel=\"next\"\r\n", others[i]);
		expect(200, header, "[1]");
		expect(200, NULL, "[2]");
		ck_assert_int_eq(list(), GITHUB_DONE);
		ck_assert_str_eq(script.url,
		    "http://127.0.0.1:1/api/v3/list?a=b&per_page=100&page=2");
	}
}
END_TEST

START_TEST(a_page_that_does_not_grow_ends_the_list)
{
	expect(200, "link: <http://127.0.0.1:1/x?page=1>; rel=\"next\"\r\n", "[1]");
	ck_assert_int_eq(list(), GITHUB_DONE);
	expect(200, "link: <http://127.0.0.1:1/x>; rel=\"next\"\r\n", "[1]");
	ck_assert_int_eq(list(), GITHUB_DONE);
}
END_TEST

START_TEST(at_most_a_hundred_pages)
{
	static char headers[STEPS][80];

	for (int i = 0; i < STEPS; i++) {
		snprintf(headers[i], sizeof(headers[i]),
		    "link: <http://127.0.0.1:1/x?page=%d>; rel=next\r\n", i + 2);
		expect(200, headers[i], "[1]");
	}
	ck_assert_int_eq(list(), GITHUB_DONE);
	ck_assert_uint_eq(script.next, 100);
}
END_TEST

START_TEST(a_full_page_without_readable_links_may_have_one_behind_it)
{
	struct strbuf full = {0};

	strbuf_add_string(&full, "[0");
	for (int i = 1; i < 100; i++)
		strbuf_addf(&full, ",%d", i);
	strbuf_add_string(&full, "]");
	expect(200, "link: <http://127.0.0.1:1/x?page=2; rel=\"next\r\n", strbuf_string(&full));
	expect(200, NULL, strbuf_string(&full));
	expect(200, "link: <http://127.0.0.1:1/x?page=1>; rel=\"first\"\r\n", strbuf_string(&full));
	ck_assert_int_eq(list(), GITHUB_DONE);
	ck_assert_uint_eq(items, 300);
	strbuf_clear(&full);
}
END_TEST

START_TEST(what_is_no_list_is_an_error)
{
	expect(200, NULL, "{\"a\":[1]}");
	ck_assert_int_eq(list(), GITHUB_FAILED);
	ck_assert_uint_eq(items, 0);
	expect(200, NULL, "{\"a\":[1]}");
	ck_assert_int_eq(github_list(&github, "/y", "a", count_item, &items, &err), GITHUB_DONE);
	ck_assert_uint_eq(items, 1);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("github");
	TCase *tests = tcase_create("github");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, each_answer_asks_for_its_own, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tests, nothing_is_sent_after_a_stop);
	tcase_add_test(tests, five_tries_double_their_waits);
	tcase_add_test(tests, all_waits_for_limits_together_keep_the_bound);
	tcase_add_test(tests, a_secondary_limit_doubles);
	tcase_add_test(tests, a_careful_write_comes_back_to_read_anew);
	tcase_add_test(tests, paths_join_the_base);
	tcase_add_test(tests, bases_and_tokens_that_cannot_be_used);
	tcase_add_test(tests, the_token_is_in_no_message_and_no_text);
	tcase_add_test(tests, links_are_followed_on_our_origin);
	tcase_add_test(tests, of_another_origin_only_the_number_is_taken);
	tcase_add_test(tests, a_page_that_does_not_grow_ends_the_list);
	tcase_add_test(tests, at_most_a_hundred_pages);
	tcase_add_test(tests, a_full_page_without_readable_links_may_have_one_behind_it);
	tcase_add_test(tests, what_is_no_list_is_an_error);
	suite_add_tcase(suite, tests);
	return suite;
}
