/*
 * Requests to a server in this very process, which answers what it is told to: limits of time and
 * size, redirects, and what may not be asked for at all.
 */
#include "unit.h"

#include "base/http.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_BYTES = 4096, ANSWER_BYTES = 4000 };

static struct server {
	int fd;
	unsigned port;
	pthread_t thread;
	const char *answers[8];		/* of each connection; NULL ends the server; "": silence */
	char requests[8][REQUEST_BYTES];
	char text[512];
} server;

static struct http *http;
static struct http_answer answer;
static struct error err;
static char url[64];

/* Reads a request to its end; one with a body ends with it. */
static void
receive(int fd, char *request)
{
	size_t length = 0;
	ssize_t got;
	const char *end;

	do {
		got = recv(fd, request + length, REQUEST_BYTES - 1 - length, 0);
		length += got > 0 ? (size_t)got : 0;
		request[length] = '\0';
		end = strstr(request, "\r\n\r\n");
	} while (got > 0 && (!end || (strstr(request, "Content-Length") && !end[4])));
}

static void
serve(int fd, size_t number)
{
	const char *text = server.answers[number];

	receive(fd, server.requests[number]);
	if (!*text)
		sleep(3);
	send(fd, text, strlen(text), MSG_NOSIGNAL);
	close(fd);
}

static void *
run(void *unused)
{
	for (size_t i = 0; server.answers[i]; i++)
		serve(accept(server.fd, NULL, NULL), i);
	return unused;
}

static void
setup(void)
{
	static const struct http_limits limits = {2, 3, 1, ANSWER_BYTES};
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t length = sizeof(address);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server = (struct server){.fd = socket(AF_INET, SOCK_STREAM, 0)};
	ck_assert(bind(server.fd, (struct sockaddr *)&address, length) == 0);
	ck_assert(listen(server.fd, 8) == 0);
	ck_assert(getsockname(server.fd, (struct sockaddr *)&address, &length) == 0);
	server.port = ntohs(address.sin_port);
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/x", server.port);
	http = http_new(&limits);
	error_clear(&err);
}

static void
teardown(void)
{
	http_free(http);
	http_answer_clear(&answer);
	close(server.fd);
}

static enum http_end
ask(const char *method, const char *where)
{
	static const char *const headers[] = {"X-Own: 1", NULL};
	struct http_request request = {method, where, headers, "Authorization: secret", {NULL, 0}};
	enum http_end end;

	if (strcmp(method, "GET") != 0)
		request.body = STR("body");
	pthread_create(&server.thread, NULL, run, NULL);
	end = http_send(http, &request, &answer, &err);
	pthread_join(server.thread, NULL);
	return end;
}

START_TEST(a_request_and_its_answer)
{
	struct str value;

	server.answers[0] = "HTTP/1.1 201 Created\r\nX-A:  one \r\nx-a: two\r\n"
			    "Content-Length: 2\r\n\r\nok";
	ck_assert_int_eq(ask("POST", url), HTTP_ANSWERED);
	ck_assert_uint_eq(answer.status, 201);
	ck_assert_str_eq(strbuf_string(&answer.body), "ok");
	ck_assert(http_header(&answer, "X-A", &value) && str_equal(value, STR("two")));
	ck_assert(!http_header(&answer, "Link", &value));
	ck_assert(!http_header(&answer, "X", &value));
	ck_assert_ptr_nonnull(strstr(server.requests[0], "POST /x HTTP/1.1\r\n"));
	ck_assert_ptr_nonnull(strstr(server.requests[0], "\r\nX-Own: 1\r\n"));
	ck_assert_ptr_nonnull(strstr(server.requests[0], "\r\nAuthorization: secret\r\n"));
	ck_assert_ptr_nonnull(strstr(server.requests[0], "\r\n\r\nbody"));
	ck_assert_ptr_null(strstr(server.requests[0], "Expect"));
}
END_TEST

START_TEST(an_answer_has_a_bound)
{
	char text[ANSWER_BYTES + 200];
	int head = snprintf(text, sizeof(text), "HTTP/1.0 200 OK\r\n\r\n");

	memset(text + head, 'x', ANSWER_BYTES + 1);
	text[head + ANSWER_BYTES] = '\0';
	server.answers[0] = text;
	ck_assert_int_eq(ask("GET", url), HTTP_ANSWERED);
	ck_assert_uint_eq(answer.body.length, ANSWER_BYTES);
	memset(text + head, 'x', ANSWER_BYTES + 1);
	text[head + ANSWER_BYTES + 1] = '\0';
	ck_assert_int_eq(ask("GET", url), HTTP_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.message, "too large"));
	ck_assert_int_eq(err.code, ERROR_LIMIT);
}
END_TEST

START_TEST(what_is_no_whole_answer_is_lost)
{
	static const char *const answers[] = {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"};

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		server.answers[0] = answers[i];
		ck_assert_msg(ask("GET", url) == HTTP_LOST, "%s: %s", answers[i], err.message);
	}
}
END_TEST

START_TEST(nobody_listens)
{
	struct http_request request = {.method = "GET", .url = url};

	close(server.fd);
	ck_assert_int_eq(http_send(http, &request, &answer, &err), HTTP_LOST);
}
END_TEST

static const char *
redirect(unsigned status, const char *where)
{
	snprintf(server.text, sizeof(server.text), "HTTP/1.1 %u Go\r\nLocation: %s\r\n"
	    "Content-Length: 0\r\n\r\n", status, where);
	return server.text;
}

START_TEST(redirects_keep_method_and_secret_on_one_origin)
{
	static const struct {
		unsigned status;
		const char *method;
	} rows[] = {{301, "PATCH /y"}, {302, "PATCH /y"}, {303, "GET /y"}, {307, "PATCH /y"},
		{308, "PATCH /y"}};

	server.answers[1] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *second = server.requests[1];
		bool sends = rows[i].status != 303;

		server.answers[0] = redirect(rows[i].status, "/y");
		ck_assert_int_eq(ask("PATCH", url), HTTP_ANSWERED);
		ck_assert_uint_eq(answer.status, 200);
		ck_assert_ptr_eq(strstr(second, rows[i].method), second);
		ck_assert_ptr_nonnull(strstr(second, "Authorization"));
		ck_assert((strstr(second, "\r\n\r\nbody") != NULL) == sends);
	}
}
END_TEST

START_TEST(another_origin_gets_no_secret)
{
	char where[64];

	snprintf(where, sizeof(where), "http://localhost:%u/y", server.port);
	server.answers[0] = redirect(302, where);
	server.answers[1] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
	ck_assert_int_eq(ask("GET", url), HTTP_ANSWERED);
	ck_assert_ptr_nonnull(strstr(server.requests[1], "GET /y"));
	ck_assert_ptr_null(strstr(server.requests[1], "Authorization"));
	server.answers[1] = NULL;
	ck_assert_int_eq(ask("POST", url), HTTP_REFUSED);
}
END_TEST

START_TEST(redirects_to_where_nothing_may_go)
{
	static const char *const places[] = {"file:///etc/passwd", "http://192.0.2.1/", "ftp://h/",
		"http://user:password@127.0.0.1/", "gopher://127.0.0.1/"};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		server.answers[0] = redirect(302, places[i]);
		ck_assert_msg(ask("GET", url) == HTTP_REFUSED, "%s", places[i]);
	}
}
END_TEST

START_TEST(addresses_that_may_be_used)
{
	static const char *const good[] = {"https://api.github.com", "https://[::1]:3/x",
		"http://127.0.0.1:80", "http://127.255.1.2/a", "http://localhost/", "http://[::1]/",
		"HTTPS://H/"};
	static const char *const bad[] = {"", "/x", "http://128.0.0.1", "http://127.0.0.1.x.org",
		"http://localhost.org", "http://[::2]/", "ftp://127.0.0.1", "https://a:b@h/",
		"http://127.0.0.256", "https://a@h"};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ck_assert_msg(http_check_url(good[i], &err), "%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!http_check_url(bad[i], &err), "%s", bad[i]);
}
END_TEST

START_TEST(origins)
{
	ck_assert(http_same_origin("https://h/a", "https://H:443/b?c"));
	ck_assert(!http_same_origin("https://h/", "http://h/"));
	ck_assert(!http_same_origin("https://h/", "https://h:444/"));
	ck_assert(!http_same_origin("https://h/", "https://h.x/"));
	ck_assert(!http_same_origin("https://h/", "/a"));
	ck_assert(!http_same_origin("https://h/", "https://h@x/"));
}
END_TEST

START_TEST(dates)
{
	uint64_t seconds;

	ck_assert(http_date(STR("Tue, 14 Nov 2023 22:13:20 GMT"), &seconds));
	ck_assert_uint_eq(seconds, 1700000000);
	ck_assert(!http_date(STR("soon"), &seconds));
	ck_assert(!http_date(STR(""), &seconds));
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("http");
	TCase *tests = tcase_create("http");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_request_and_its_answer);
	tcase_add_test(tests, an_answer_has_a_bound);
	tcase_add_test(tests, what_is_no_whole_answer_is_lost);
	tcase_add_test(tests, nobody_listens);
	tcase_add_test(tests, redirects_keep_method_and_secret_on_one_origin);
	tcase_add_test(tests, another_origin_gets_no_secret);
	tcase_add_test(tests, redirects_to_where_nothing_may_go);
	tcase_add_test(tests, addresses_that_may_be_used);
	tcase_add_test(tests, origins);
	tcase_add_test(tests, dates);
	suite_add_tcase(suite, tests);
	return suite;
}
