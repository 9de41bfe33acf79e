/* Failure as a value. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void __attribute__((format(printf, 4, 0)))
error_set(struct error *err, enum error_code code, uint64_t line, const char *format, va_list args)
{
	if (!err)
		return;
	err->code = code;
	err->line = line;
	vsnprintf(err->message, sizeof(err->message), format, args);
}

bool
fail(struct error *err, enum error_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	error_set(err, code, 0, format, args);
	va_end(args);
	return false;
}

bool
fail_at(struct error *err, enum error_code code, uint64_t line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	error_set(err, code, line, format, args);
	va_end(args);
	return false;
}

bool
fail_errno(struct error *err, enum error_code code, int errnum, const char *format, ...)
{
	va_list args;
	char reason[128];
	size_t used;

	if (!err)
		return false;
	va_start(args, format);
	error_set(err, code, 0, format, args);
	va_end(args);
	used = strlen(err->message);
	snprintf(err->message + used, sizeof(err->message) - used, ": %s",
	    strerror_r(errnum, reason, sizeof(reason)));
	return false;
}

void
error_prefix(struct error *err, const char *format, ...)
{
	char tail[ERROR_MESSAGE_MAX];
	va_list args;
	size_t used;

	if (!err)
		return;
	memcpy(tail, err->message, sizeof(tail));
	va_start(args, format);
	vsnprintf(err->message, sizeof(err->message), format, args);
	va_end(args);
	used = strlen(err->message);
	snprintf(err->message + used, sizeof(err->message) - used, "%s", tail);
}

void
error_clear(struct error *err)
{
	if (err)
		*err = (struct error){0};
}
