/* Words for the person at the terminal. */
#include "base/log.h"

#include "base/visible.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define ERASE_LINE	"\r\033[K"

enum { SECOND = 1000000000, REDRAW = SECOND / 10 };	/* nanoseconds */

struct progress {
	atomic_bool wanted;
	_Atomic uint64_t done;
	_Atomic uint64_t due;	/* when the line is drawn next */
	uint64_t total;
	bool shown;		/* under the lock */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum log_level said = LOG_NORMAL;
static struct progress progress;
static _Thread_local struct strbuf *collecting;

void
log_set_level(enum log_level level)
{
	said = level;
}

/* Nothing can be done about a standard error that takes nothing. */
static void
put(struct str s)
{
	while (s.length) {
		ssize_t written = write(STDERR_FILENO, s.s, s.length);

		if (written <= 0)
			return;
		s = (struct str){s.s + written, s.length - (size_t)written};
	}
}

__attribute__((format(printf, 2, 0)))
static void
add_line(struct strbuf *lines, const char *format, va_list args)
{
	char *text = NULL;
	int length = vasprintf(&text, format, args);

	strbuf_add_string(lines, "muster: ");
	if (length > 0)
		visible_add(lines, (struct str){text, (size_t)length});
	strbuf_add_char(lines, '\n');
	if (length >= 0)
		free(text);
}

static void
put_lines(struct str lines)
{
	pthread_mutex_lock(&lock);
	if (progress.shown)
		put(STR(ERASE_LINE));
	progress.shown = false;
	put(lines);
	pthread_mutex_unlock(&lock);
}

__attribute__((format(printf, 1, 0)))
static void
say(const char *format, va_list args)
{
	struct strbuf line = {0};

	add_line(&line, format, args);
	put_lines(strbuf_str(&line));
	strbuf_clear(&line);
}

void
log_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
}

void
log_notice(const char *format, ...)
{
	va_list args;

	if (said < LOG_NORMAL)
		return;
	va_start(args, format);
	say(format, args);
	va_end(args);
}

void
log_detail(const char *format, ...)
{
	va_list args;

	if (said < LOG_VERBOSE)
		return;
	va_start(args, format);
	if (collecting)
		add_line(collecting, format, args);
	else
		say(format, args);
	va_end(args);
}

void
log_collect(struct strbuf *into)
{
	collecting = into;
}

void
log_collected(struct str details)
{
	if (details.length)
		put_lines(details);
}

static uint64_t
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
	return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

/* Whether standard error can erase a line. */
static bool
is_terminal(void)
{
	const char *kind = getenv("TERM");

	return kind && kind[0] && strcmp(kind, "dumb") != 0 && isatty(STDERR_FILENO);
}

void
progress_begin(uint64_t total)
{
	progress.total = total;
	progress.shown = false;
	atomic_store(&progress.done, 0);
	atomic_store(&progress.due, now() + SECOND);
	atomic_store(&progress.wanted, said > LOG_QUIET && is_terminal());
}

static void
add_megabytes(struct strbuf *line, uint64_t bytes)
{
	uintmax_t tenths = bytes / 100000;

	strbuf_addf(line, "%ju.%ju", tenths / 10, tenths % 10);
}

static void
draw(void)
{
	struct strbuf line = {0};
	uint64_t done = atomic_load(&progress.done);

	if (progress.total && done > progress.total)
		done = progress.total;
	strbuf_add_string(&line, ERASE_LINE "muster: reading ");
	add_megabytes(&line, done);
	if (progress.total) {
		strbuf_add_string(&line, " of ");
		add_megabytes(&line, progress.total);
	}
	strbuf_add_string(&line, " MB");
	put(strbuf_str(&line));
	strbuf_clear(&line);
	progress.shown = true;
}

void
progress_add(uint64_t bytes)
{
	uint64_t time;

	if (!atomic_load_explicit(&progress.wanted, memory_order_relaxed))
		return;
	atomic_fetch_add(&progress.done, bytes);
	time = now();
	if (time < atomic_load(&progress.due))
		return;
	pthread_mutex_lock(&lock);
	if (time >= atomic_load(&progress.due)) {
		draw();
		atomic_store(&progress.due, time + REDRAW);
	}
	pthread_mutex_unlock(&lock);
}

void
progress_end(void)
{
	pthread_mutex_lock(&lock);
	atomic_store(&progress.wanted, false);
	if (progress.shown)
		put(STR(ERASE_LINE));
	progress.shown = false;
	pthread_mutex_unlock(&lock);
}
