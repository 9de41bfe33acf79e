/* HTTP through libcurl. */
#include "base/http.h"

#include "base/limits.h"
#include "base/mem.h"

#include <curl/curl.h>
#include <stdlib.h>

const struct http_limits http_default_limits = {
	.connect_seconds = 10,
	.total_seconds = 60,
	.stall_seconds = 10,
	.answer_bytes = LIMIT_HTTP_ANSWER,
};

struct http {
	CURL *curl;
	struct http_limits limits;
	char message[CURL_ERROR_SIZE];
	bool too_large;		/* the answer at hand */
	struct http_answer *answer;
};

struct http *
http_new(const struct http_limits *limits)
{
	struct http *http = mem_zalloc(1, sizeof(*http));

	http->limits = *limits;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
		http->curl = curl_easy_init();
	return http;
}

void
http_free(struct http *http)
{
	if (!http)
		return;
	curl_easy_cleanup(http->curl);
	curl_global_cleanup();
	free(http);
}

void
http_answer_clear(struct http_answer *answer)
{
	strbuf_clear(&answer->headers);
	strbuf_clear(&answer->body);
	answer->status = 0;
}

/* ---- URLs ----------------------------------------------------------------------------------- */

/* A part of a URL, owned: curl_free(); NULL when it has none. */
static char *
url_part(CURLU *url, CURLUPart part)
{
	char *text = NULL;

	return curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) == CURLUE_OK ? text : NULL;
}

static CURLU *
url_parse(const char *text)
{
	CURLU *url = curl_url();

	if (url && curl_url_set(url, CURLUPART_URL, text, CURLU_DISALLOW_USER) == CURLUE_OK)
		return url;
	curl_url_cleanup(url);
	return NULL;
}

/* Whether a text is an IPv4 address of 127.0.0.0/8, four numbers. */
static bool
is_loopback_address(const char *host)
{
	unsigned parts[4];
	int end = 0;

	return sscanf(host, "%3u.%3u.%3u.%3u%n", &parts[0], &parts[1], &parts[2], &parts[3],
	    &end) == 4 && !host[end] && parts[0] == 127 && parts[1] < 256 && parts[2] < 256 &&
	    parts[3] < 256;
}

static bool
is_loopback(const char *host)
{
	return str_equal_fold(str_of(host), STR("localhost")) || strcmp(host, "[::1]") == 0 ||
	    is_loopback_address(host);
}

static bool
is_loopback_url(const char *text)
{
	CURLU *url = url_parse(text);
	char *host = url ? url_part(url, CURLUPART_HOST) : NULL;
	bool loopback = host && is_loopback(host);

	curl_free(host);
	curl_url_cleanup(url);
	return loopback;
}

static bool
has_scheme(const char *text, const char *scheme)
{
	CURLU *url = url_parse(text);
	char *found = url ? url_part(url, CURLUPART_SCHEME) : NULL;
	bool same = found && strcmp(found, scheme) == 0;

	curl_free(found);
	curl_url_cleanup(url);
	return same;
}

bool
http_check_url(const char *url, struct error *err)
{
	if (has_scheme(url, "https") || (has_scheme(url, "http") && is_loopback_url(url)))
		return true;
	if (has_scheme(url, "http"))
		return fail(err, ERROR_USAGE, "not an https address: '%s'", url);
	return fail(err, ERROR_USAGE, 
	    "not a web address that can be used (user and password have no place in it)");
}

static bool
same_part(CURLU *a, CURLU *b, CURLUPart part)
{
	char *left = url_part(a, part), *right = url_part(b, part);
	bool same = left && right && str_equal_fold(str_of(left), str_of(right));

	curl_free(left);
	curl_free(right);
	return same;
}

bool
http_same_origin(const char *a, const char *b)
{
	CURLU *left = url_parse(a), *right = url_parse(b);
	bool same = left && right && same_part(left, right, CURLUPART_SCHEME) &&
	    same_part(left, right, CURLUPART_HOST) && same_part(left, right, CURLUPART_PORT);

	curl_url_cleanup(left);
	curl_url_cleanup(right);
	return same;
}

/* ---- answers -------------------------------------------------------------------------------- */

static size_t
take_body(char *bytes, size_t size, size_t count, void *context)
{
	struct http *http = context;
	struct strbuf *body = &http->answer->body;

	http->too_large |= count * size > http->limits.answer_bytes - body->length;
	if (http->too_large)
		return 0;
	strbuf_add(body, bytes, count * size);
	return count * size;
}

/* A status line begins the headers anew: those of "100 Continue" count for nothing. */
static size_t
take_header(char *bytes, size_t size, size_t count, void *context)
{
	struct http *http = context;
	struct strbuf *headers = &http->answer->headers;

	if (str_starts((struct str){bytes, count * size}, STR("HTTP/")))
		strbuf_reset(headers);
	http->too_large |= count * size > LIMIT_HTTP_HEADERS - headers->length;
	if (http->too_large)
		return 0;
	strbuf_add(headers, bytes, count * size);
	return count * size;
}

/* The text from a place on. */
static struct str
str_from(struct str s, size_t place)
{
	return (struct str){s.s + place, s.length - place};
}

bool
http_header(const struct http_answer *answer, const char *name, struct str *value)
{
	struct str rest = strbuf_str(&answer->headers), wanted = str_of(name);
	bool found = false;

	while (rest.length) {
		const char *newline = memchr(rest.s, '\n', rest.length);
		size_t length = newline ? (size_t)(newline - rest.s) : rest.length;
		struct str line = {rest.s, length};

		if (length > wanted.length && line.s[wanted.length] == ':' &&
		    str_equal_fold((struct str){line.s, wanted.length}, wanted)) {
			*value = str_trim(str_from(line, wanted.length + 1));
			found = true;
		}
		rest = str_from(rest, length + (newline != NULL));
	}
	return found;
}

bool
http_date(struct str text, uint64_t *seconds)
{
	char *copy = mem_string(text.s, text.length);
	time_t when = curl_getdate(copy, NULL);

	free(copy);
	if (when < 0)
		return false;
	*seconds = (uint64_t)when;
	return true;
}

/* ---- requests ------------------------------------------------------------------------------- */

/* One request of a chain of redirects. */
struct hop {
	const struct http_request *request;
	const char *url;
	const char *method;
	bool with_secret;
	bool with_body;
};

static struct curl_slist *
headers_of(const struct hop *hop)
{
	struct curl_slist *list = NULL;

	for (const char *const *header = hop->request->headers; header && *header; header++)
		list = curl_slist_append(list, *header);
	if (hop->with_secret && hop->request->secret)
		list = curl_slist_append(list, hop->request->secret);
	return curl_slist_append(list, "Expect:");
}

static void
set_limits(struct http *http)
{
	CURL *curl = http->curl;

	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, http->limits.connect_seconds);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, http->limits.total_seconds);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, http->limits.stall_seconds);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
}

/* A proxy has no business between this machine and itself. */
static void
set_request(struct http *http, const struct hop *hop, struct curl_slist *headers)
{
	CURL *curl = http->curl;

	curl_easy_reset(curl);
	set_limits(http);
	curl_easy_setopt(curl, CURLOPT_URL, hop->url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, http->message);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, http);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, http);
	if (is_loopback_url(hop->url))
		curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	if (hop->with_body) {
		/* on a connection that proves dead libcurl would send it again by itself */
		curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)hop->request->body.length);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, hop->request->body.s);
	}
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, hop->method);
}

static enum http_end
end_of(struct http *http, CURLcode code, const char *url, struct error *err)
{
	const char *why = *http->message ? http->message : curl_easy_strerror(code);

	if (http->too_large) {
		fail(err, ERROR_LIMIT, "the answer is too large: %s", url);
		return HTTP_REFUSED;
	}
	fail(err, ERROR_OUTPUT, "%s: %s", why, url);
	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_PARTIAL_FILE:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_WEIRD_SERVER_REPLY:
		return HTTP_LOST;
	default:
		return HTTP_REFUSED;
	}
}

static enum http_end
send_hop(struct http *http, const struct hop *hop, struct error *err)
{
	struct curl_slist *headers = headers_of(hop);
	long status = 0;
	CURLcode code;

	strbuf_reset(&http->answer->headers);
	strbuf_reset(&http->answer->body);
	http->too_large = false;
	http->message[0] = '\0';
	set_request(http, hop, headers);
	code = curl_easy_perform(http->curl);
	curl_easy_getinfo(http->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(headers);
	http->answer->status = (unsigned)status;
	return code == CURLE_OK ? HTTP_ANSWERED : end_of(http, code, hop->url, err);
}

/* Where the answer at hand sends us, owned; NULL: nowhere. */
static char *
redirect_of(struct http *http)
{
	char *url = NULL;

	switch (http->answer->status) {
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		curl_easy_getinfo(http->curl, CURLINFO_REDIRECT_URL, &url);
		return url ? mem_string(url, strlen(url)) : NULL;
	default:
		return NULL;
	}
}

/* Turns the hop to another place, if it may go there. */
static bool
turn_hop(const struct http *http, struct hop *hop, const char *url, struct error *err)
{
	if (!http_check_url(url, err))
		return false;
	if (http->answer->status == 303) {
		hop->method = "GET";
		hop->with_body = false;
	}
	hop->with_secret &= http_same_origin(hop->url, url);
	if (!hop->with_secret && strcmp(hop->method, "GET") != 0)
		return fail(err, ERROR_OUTPUT, "%s sends what is written to another place: %s",
		    hop->url, url);
	hop->url = url;
	return true;
}

enum http_end
http_send(struct http *http, const struct http_request *request, struct http_answer *answer,
    struct error *err)
{
	struct hop hop = {request, request->url, request->method, true, request->body.s != NULL};
	enum http_end end = HTTP_REFUSED;
	char *url = NULL, *next;

	http->answer = answer;
	if (!http->curl) {
		fail(err, ERROR_SYSTEM, "libcurl cannot be started");
		return end;
	}
	if (!http_check_url(request->url, err))
		return end;
	for (int redirects = 0;; redirects++) {
		end = send_hop(http, &hop, err);
		next = end == HTTP_ANSWERED ? redirect_of(http) : NULL;
		if (!next)
			break;
		if (redirects == HTTP_REDIRECTS)
			fail(err, ERROR_OUTPUT, "more than %d redirects from %s", HTTP_REDIRECTS,
			    request->url);
		if (redirects == HTTP_REDIRECTS || !turn_hop(http, &hop, next, err)) {
			end = HTTP_REFUSED;
			break;
		}
		free(url);
		url = next;
		next = NULL;
	}
	free(next);
	free(url);
	return end;
}
