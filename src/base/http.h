/*
 * HTTP requests, one after the other, through libcurl, which no other module sees.  Only https, or
 * http to this machine itself; certificates are always verified.  What is asked for and what an
 * answer means is for the caller.
 */
#ifndef MUSTER_BASE_HTTP_H
#define MUSTER_BASE_HTTP_H

#include "base/error.h"
#include "base/strbuf.h"

struct http;

struct http_limits {
	long connect_seconds;
	long total_seconds;	/* of one request with its answer */
	long stall_seconds;	/* without a byte */
	size_t answer_bytes;
};

extern const struct http_limits http_default_limits;

/* All borrowed for the call. */
struct http_request {
	const char *method;
	const char *url;
	const char *const *headers;	/* "Name: value", NULL at the end */
	const char *secret;		/* a header for the origin of `url` alone; NULL: none */
	struct str body;		/* .s NULL: none */
};

struct http_answer {
	unsigned status;
	struct strbuf headers;	/* as they came, one a line */
	struct strbuf body;
};

enum http_end {
	HTTP_ANSWERED,	/* whatever the status */
	HTTP_LOST,	/* no whole answer; it may have been carried out, and may be tried again */
	HTTP_REFUSED,	/* trying again would not help: URL, certificate, a limit, redirects */
};

enum { HTTP_REDIRECTS = 5 };

/* Owned: http_free().  `limits` is copied. */
struct http *http_new(const struct http_limits *limits);
void http_free(struct http *http);
/*
 * Sends a request and fills `answer` (any earlier content goes).  Redirects are followed with the
 * method as it is (303: with GET), at most HTTP_REDIRECTS; on another origin the secret stays
 * behind, and nothing is written there.  Unless HTTP_ANSWERED `err` says why.
 */
enum http_end http_send(struct http *http, const struct http_request *request,
    struct http_answer *answer, struct error *err);
void http_answer_clear(struct http_answer *answer);

/* The value of the last header of this name (any case), trimmed, borrowed; false: there is none. */
bool http_header(const struct http_answer *answer, const char *name, struct str *value);
/* Seconds since 1970 of a date as headers write it; false for anything else. */
bool http_date(struct str text, uint64_t *seconds);
/* Whether a URL may be used at all: https unless it is of this machine, no user or password. */
bool http_check_url(const char *url, struct error *err);
/* Whether scheme, host and port of two URLs are the same. */
bool http_same_origin(const char *a, const char *b);

#endif
