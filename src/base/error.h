/*
 * The one way that failure travels: a function that can fail returns false and fills the caller's
 * struct error.  Not for audit findings (model/audit.h), which are about odd input that still counts.
 */
#ifndef MUSTER_BASE_ERROR_H
#define MUSTER_BASE_ERROR_H

#include <stdbool.h>
#include <stdint.h>

enum error_code {
	ERROR_NONE,
	ERROR_USAGE,	/* the command line or the configuration is wrong */
	ERROR_INPUT,	/* an input could not be read */
	ERROR_FOREIGN,	/* an input is no report of a kind that muster reads */
	ERROR_DAMAGED,	/* an input is a report, but broken */
	ERROR_LIMIT,	/* an input passes a named limit of base/limits.h */
	ERROR_OUTPUT,	/* an output could not be written */
	ERROR_SYSTEM,	/* anything else that the system refused */
};

enum { ERROR_MESSAGE_MAX = 1024 };

/*
 * `line` is the line of the input that the error is about, 0 when it is about no line.
 * The message is lower case, without full stop: the error first, then the thing.
 * A zeroed struct holds no error.
 */
struct error {
	enum error_code code;
	uint64_t line;
	char message[ERROR_MESSAGE_MAX];
};

/* Fills `err` (NULL: nobody wants to know) and returns false, so that callers write `return fail(...)`. */
bool fail(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As fail(), for an error at `line` of the input. */
bool fail_at(struct error *err, enum error_code code, uint64_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* As fail(), with ": " and the text of `errnum` behind the message. */
bool fail_errno(struct error *err, enum error_code code, int errnum, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Puts a text (with its own separator) before the message. */
void error_prefix(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Forgets the error. */
void error_clear(struct error *err);

#endif
