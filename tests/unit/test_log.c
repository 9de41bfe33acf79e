/*
 * Words on standard error: visible, whole, and as many as asked for; progress only on a terminal.
 */
#include "base/log.h"
#include "base/strbuf.h"
#include "unit.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs `speak` in a child whose standard error is `to`; returns what comes out at `from`. */
static struct strbuf
listen_to(void (*speak)(void), int from, int to)
{
	struct strbuf heard = {0};
	pid_t child = fork();
	ssize_t got;
	int status;

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		dup2(to, STDERR_FILENO);
		speak();
		_exit(0);
	}
	close(to);
	while ((got = read(from, strbuf_reserve(&heard, 4096), 4096)) > 0)
		strbuf_commit(&heard, (size_t)got);
	close(from);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	return heard;
}

static struct strbuf
on_pipe(void (*speak)(void))
{
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	return listen_to(speak, ends[0], ends[1]);
}

static struct strbuf
on_terminal(void (*speak)(void))
{
	int from = posix_openpt(O_RDWR | O_NOCTTY);
	int to;

	ck_assert_int_ge(from, 0);
	ck_assert_int_eq(grantpt(from), 0);
	ck_assert_int_eq(unlockpt(from), 0);
	to = open(ptsname(from), O_RDWR | O_NOCTTY);
	ck_assert_int_ge(to, 0);
	return listen_to(speak, from, to);
}

static void
speak_levels(void)
{
	for (int level = LOG_QUIET; level <= LOG_VERBOSE; level++) {
		log_set_level((enum log_level)level);
		log_error("e%d", level);
		log_notice("n%d", level);
		log_detail("d%d", level);
	}
}

START_TEST(levels)
{
	struct strbuf heard = on_pipe(speak_levels);

	ck_assert_str_eq(strbuf_string(&heard),
	    "muster: e0\nmuster: e1\nmuster: n1\nmuster: e2\nmuster: n2\nmuster: d2\n");
	strbuf_clear(&heard);
}
END_TEST

static void
speak_odd(void)
{
	log_error("%s", "a\tb\nc\033[31m\x7f \xff\xc3 \xc2\x85 \xe2\x80\xae \xe2\x81\xa6 "
	    "\xc3\xa9 100%");
}

START_TEST(odd_bytes_are_visible)
{
	struct strbuf heard = on_pipe(speak_odd);

	ck_assert_str_eq(strbuf_string(&heard),
	    "muster: a\\tb\\nc\\x1b[31m\\x7f \\xff\\xc3 \\x85 \\u202e \\u2066 \xc3\xa9 100%\n");
	strbuf_clear(&heard);
}
END_TEST

static void *
chatter(void *argument)
{
	for (int i = 0; i < 500; i++)
		log_notice("%s", (const char *)argument);
	return NULL;
}

static char first_words[] = "one one one one one";
static char second_words[] = "two two two two two";

static void
speak_in_threads(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, chatter, first_words);
	pthread_create(&threads[1], NULL, chatter, second_words);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

START_TEST(lines_of_threads_stay_whole)
{
	struct strbuf heard = on_pipe(speak_in_threads);
	size_t length = strlen("muster: one one one one one\n");

	ck_assert_uint_eq(heard.length, 1000 * length);
	for (size_t i = 0; i < heard.length; i += length)
		ck_assert(strncmp(heard.s + i, "muster: one one one one one\n", length) == 0 ||
		    strncmp(heard.s + i, "muster: two two two two two\n", length) == 0);
	strbuf_clear(&heard);
}
END_TEST

static void
work_long(void)
{
	progress_begin(4000000);
	progress_add(500000);
	usleep(1100000);
	progress_add(1000000);
	log_notice("between");
	usleep(150000);
	progress_add(9000000);
	progress_end();
	log_notice("after");
}

static void
work_briefly(void)
{
	progress_begin(0);
	progress_add(1);
	usleep(100000);
	progress_add(1);
	progress_end();
}

START_TEST(progress_on_a_terminal)
{
	struct strbuf heard;

	setenv("TERM", "xterm", 1);
	heard = on_terminal(work_long);
	ck_assert_str_eq(strbuf_string(&heard),
	    "\r\033[Kmuster: reading 1.5 of 4.0 MB\r\033[Kmuster: between\r\n"
	    "\r\033[Kmuster: reading 4.0 of 4.0 MB\r\033[Kmuster: after\r\n");
	strbuf_clear(&heard);
}
END_TEST

START_TEST(no_progress_for_brief_work)
{
	struct strbuf heard;

	setenv("TERM", "xterm", 1);
	heard = on_terminal(work_briefly);
	ck_assert_str_eq(strbuf_string(&heard), "");
	strbuf_clear(&heard);
}
END_TEST

START_TEST(no_progress_elsewhere)
{
	struct strbuf heard;

	setenv("TERM", "xterm", 1);
	heard = on_pipe(work_long);
	ck_assert_str_eq(strbuf_string(&heard), "muster: between\nmuster: after\n");
	strbuf_clear(&heard);
	setenv("TERM", "dumb", 1);
	heard = on_terminal(work_long);
	ck_assert_str_eq(strbuf_string(&heard), "muster: between\r\nmuster: after\r\n");
	strbuf_clear(&heard);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("log");
	TCase *tcase = tcase_create("log");

	tcase_set_timeout(tcase, 30);
	tcase_add_test(tcase, levels);
	tcase_add_test(tcase, odd_bytes_are_visible);
	tcase_add_test(tcase, lines_of_threads_stay_whole);
	tcase_add_test(tcase, progress_on_a_terminal);
	tcase_add_test(tcase, no_progress_for_brief_work);
	tcase_add_test(tcase, no_progress_elsewhere);
	suite_add_tcase(suite, tcase);
	return suite;
}
