/* Outputs: whole or not at all, through links, never over devices, and every failure told. */
#include "base/output.h"
#include "base/strbuf.h"
#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];

/* Each test runs in a process and a directory of its own. */
static void
enter(void)
{
	signal(SIGPIPE, SIG_IGN);
	strcpy(folder, "/tmp/test_output.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
}

static void
leave(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -r %s", folder);
	ck_assert_int_eq(system(command), 0);
}

static struct output *
opened(const char *path)
{
	struct error err = {0};
	struct output *output;

	ck_assert_msg(output_open(path, &output, &err), "%s", err.message);
	return output;
}

static void
commit(struct output *output)
{
	struct error err = {0};

	ck_assert_msg(output_commit(output, &err), "%s", err.message);
}

static void
expect_failure(struct output *output, const char *message)
{
	struct error err = {0};

	ck_assert(!output_commit(output, &err));
	ck_assert_int_eq(err.code, ERROR_OUTPUT);
	ck_assert_str_eq(err.message, message);
}

static void
expect_refusal(const char *path, const char *message)
{
	struct error err = {0};
	struct output *output;

	ck_assert(!output_open(path, &output, &err));
	ck_assert_ptr_null(output);
	ck_assert_int_eq(err.code, ERROR_OUTPUT);
	ck_assert_str_eq(err.message, message);
}

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

static void
expect_file(const char *path, const char *text)
{
	char content[256] = "";
	FILE *file = fopen(path, "r");

	ck_assert_msg(file != NULL, "%s", path);
	content[fread(content, 1, sizeof(content) - 1, file)] = '\0';
	fclose(file);
	ck_assert_str_eq(content, text);
}

/* How many names there are in the working directory. */
static unsigned
names(void)
{
	DIR *directory = opendir(".");
	const struct dirent *entry;
	unsigned count = 0;

	while ((entry = readdir(directory)))
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(directory);
	return count;
}

START_TEST(a_file_appears_whole_on_commit)
{
	struct output *output = opened("a");

	output_add_string(output, "one ");
	output_addf(output, "%s %d", "two", 3);
	output_add_str(output, STR("."));
	ck_assert_uint_eq(output_length(output), 10);
	ck_assert_int_ne(access("a", F_OK), 0);
	commit(output);
	expect_file("a", "one two 3.");
	ck_assert_uint_eq(names(), 1);
}
END_TEST

START_TEST(abort_leaves_what_was)
{
	struct output *output;

	write_file("a", "old");
	output = opened("a");
	output_add_string(output, "new");
	output_abort(output);
	output_abort(NULL);
	expect_file("a", "old");
	ck_assert_uint_eq(names(), 1);
}
END_TEST

START_TEST(mode_is_0666_less_the_umask)
{
	struct stat st;

	write_file("a", "old");
	ck_assert_int_eq(chmod("a", 0600), 0);
	umask(027);
	commit(opened("a"));
	ck_assert_int_eq(stat("a", &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0640);
}
END_TEST

START_TEST(large_outputs_arrive_whole)
{
	char line[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	struct output *output = opened("a");
	struct stat st;

	for (int i = 0; i < 100000; i++)
		output_add(output, line, 64);
	output_addf(output, "%s%s%s%s%s", line, line, line, line, line);
	ck_assert_uint_eq(output_length(output), 64 * 100005);
	commit(output);
	ck_assert_int_eq(stat("a", &st), 0);
	ck_assert_int_eq(st.st_size, 64 * 100005);
}
END_TEST

START_TEST(links_stay_and_lead)
{
	struct stat st;
	struct output *output;

	ck_assert_int_eq(mkdir("d", 0777) | mkdir("e", 0777), 0);
	ck_assert_int_eq(symlink("d/link", "a"), 0);
	ck_assert_int_eq(symlink("../e/file", "d/link"), 0);
	output = opened("a");
	output_add_string(output, "x");
	commit(output);
	expect_file("e/file", "x");
	ck_assert_int_eq(lstat("a", &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
	ck_assert_int_eq(lstat("d/link", &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
}
END_TEST

START_TEST(names_that_can_not_be_written)
{
	char target[64];

	ck_assert_int_eq(mkdir("d", 0777) | symlink("loop", "loop") | symlink("d", "to-d"), 0);
	write_file("file", "");
	expect_refusal("d", "cannot write 'd': Is a directory");
	expect_refusal("to-d", "cannot write 'to-d': Is a directory");
	expect_refusal("d/", "cannot write 'd/': Is a directory");
	expect_refusal(".", "cannot write '.': Is a directory");
	expect_refusal("", "cannot write '': No such file or directory");
	expect_refusal("no/a", "cannot write 'no/a': No such file or directory");
	expect_refusal("file/a", "cannot write 'file/a': Not a directory");
	expect_refusal("loop", "cannot write 'loop': Too many levels of symbolic links");
	expect_refusal("/dev/fd/99", "cannot write '/dev/fd/99': Bad file descriptor");
	snprintf(target, sizeof(target), "/proc/self/nothing");
	expect_refusal(target, "cannot write '/proc/self/nothing': No such file or directory");
}
END_TEST

START_TEST(chdir_does_not_move_the_place)
{
	struct output *output = opened("a");

	ck_assert_int_eq(mkdir("d", 0777) | chdir("d"), 0);
	output_add_string(output, "x");
	commit(output);
	expect_file("../a", "x");
}
END_TEST

/* A file behind a descriptor keeps its name and its offset. */
static void
expect_straight(const char *descriptors, bool link)
{
	int fd = open("straight", O_RDWR | O_CREAT | O_TRUNC, 0666);
	struct stat before, after;
	char path[64];
	struct output *output;

	ck_assert_int_eq(write(fd, "head ", 5), 5);
	ck_assert_int_eq(fstat(fd, &before), 0);
	snprintf(path, sizeof(path), "%s/%d", descriptors, fd);
	unlink("link");
	ck_assert_int_eq(symlink(path, "link"), 0);
	output = opened(link ? "link" : path);
	output_add_string(output, "tail");
	commit(output);
	expect_file("straight", "head tail");
	ck_assert_int_eq(stat("straight", &after), 0);
	ck_assert_uint_eq(before.st_ino, after.st_ino);
	close(fd);
}

START_TEST(descriptors_are_written_straight)
{
	expect_straight("/dev/fd", false);
	expect_straight("/proc/self/fd", false);
	expect_straight("/proc/thread-self/fd", false);
	expect_straight("/dev/../dev/fd", false);
	expect_straight("/dev/fd", true);
	ck_assert_int_eq(symlink("/proc/self/fd", "fds"), 0);
	expect_straight("fds", false);
	ck_assert_uint_eq(names(), 3);
}
END_TEST

/* Runs `speak` with standard output going to the file "out". */
static void
with_standard_output(const char *name)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		int fd = open("out", O_WRONLY | O_CREAT | O_APPEND, 0666);
		struct output *output;

		dup2(fd, STDOUT_FILENO);
		output = opened(name);
		output_add_string(output, name);
		_exit(output_commit(output, NULL) ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}

START_TEST(standard_output)
{
	with_standard_output("-");
	with_standard_output("/dev/stdout");
	expect_file("out", "-/dev/stdout");
}
END_TEST

START_TEST(a_closed_standard_output_is_an_error)
{
	int kept = dup(STDOUT_FILENO);
	struct error err = {0};
	struct output *output;
	bool good;

	close(STDOUT_FILENO);
	good = output_open("-", &output, &err);
	dup2(kept, STDOUT_FILENO);
	ck_assert(!good);
	ck_assert_str_eq(err.message, "cannot write standard output: Bad file descriptor");
}
END_TEST

START_TEST(devices_and_pipes_are_written_straight)
{
	struct output *output = opened("/dev/null");
	char text[8] = "";
	int reader;

	output_add_string(output, "x");
	commit(output);
	ck_assert_int_eq(mkfifo("pipe", 0666), 0);
	reader = open("pipe", O_RDONLY | O_NONBLOCK);
	output = opened("pipe");
	output_add_string(output, "x");
	commit(output);
	ck_assert_int_eq(read(reader, text, sizeof(text)), 1);
	ck_assert_uint_eq(names(), 1);
	close(reader);
}
END_TEST

START_TEST(a_full_disk_is_an_error)
{
	struct output *output = opened("/dev/full");

	output_add_string(output, "x");
	expect_failure(output, "cannot write '/dev/full': No space left on device");
	ck_assert_int_eq(symlink("/dev/full", "full"), 0);
	output = opened("full");
	for (int i = 0; i < 100000; i++)
		output_add_string(output, "many bytes");
	ck_assert_uint_eq(output_length(output), 1000000);
	expect_failure(output, "cannot write 'full': No space left on device");
	commit(opened("/dev/full"));	/* nothing was to be written */
}
END_TEST

START_TEST(a_file_that_can_not_grow_leaves_what_was)
{
	struct rlimit limit = {100000, 100000};
	struct output *output;

	signal(SIGXFSZ, SIG_IGN);
	write_file("a", "old");
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	output = opened("a");
	for (int i = 0; i < 100000; i++)
		output_add_string(output, "many bytes");
	expect_failure(output, "cannot write 'a': File too large");
	expect_file("a", "old");
	ck_assert_uint_eq(names(), 1);
}
END_TEST

START_TEST(a_closed_pipe_is_an_error)
{
	int ends[2];
	char path[32];
	struct output *output;
	char message[64];

	ck_assert_int_eq(pipe(ends), 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[1]);
	output = opened(path);
	close(ends[0]);
	output_add_string(output, "x");
	snprintf(message, sizeof(message), "cannot write '%s': Broken pipe", path);
	expect_failure(output, message);
	close(ends[1]);
}
END_TEST

static void *
drain(void *argument)
{
	static size_t total;
	char bytes[4096];
	ssize_t got;

	usleep(50000);
	while ((got = read(*(int *)argument, bytes, sizeof(bytes))) > 0)
		total += (size_t)got;
	return &total;
}

START_TEST(a_pipe_that_does_not_block_is_waited_for)
{
	int ends[2];
	char path[32];
	struct output *output;
	pthread_t thread;
	void *total;

	ck_assert_int_eq(pipe2(ends, O_NONBLOCK), 0);
	ck_assert_int_eq(fcntl(ends[0], F_SETFL, 0), 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[1]);
	output = opened(path);
	close(ends[1]);
	ck_assert_int_eq(pthread_create(&thread, NULL, drain, &ends[0]), 0);
	for (int i = 0; i < 100000; i++)
		output_add_string(output, "many bytes");
	commit(output);
	ck_assert_int_eq(pthread_join(thread, &total), 0);
	ck_assert_uint_eq(*(size_t *)total, 1000000);
}
END_TEST

START_TEST(dead_runs_are_cleaned_up_and_live_ones_spared)
{
	int live = open(".muster-live.tmp", O_WRONLY | O_CREAT, 0666);

	write_file(".muster-dead.tmp", "x");
	write_file(".muster.yml", "x");
	ck_assert_int_eq(symlink("elsewhere", ".muster-link.tmp"), 0);
	ck_assert_int_eq(mkfifo(".muster-pipe.tmp", 0666), 0);
	ck_assert_int_eq(flock(live, LOCK_EX), 0);
	commit(opened("a"));
	ck_assert_int_eq(access(".muster-live.tmp", F_OK), 0);
	ck_assert_int_ne(access(".muster-dead.tmp", F_OK), 0);
	ck_assert_uint_eq(names(), 5);
	close(live);
}
END_TEST

static void *
write_often(void *argument)
{
	const char *text = argument;

	for (int i = 0; i < 300; i++) {
		struct output *output = opened(i % 2 ? "shared" : "d/shared");

		output_add_string(output, text);
		commit(output);
	}
	return NULL;
}

static char text_a[] = "aaaa", text_b[] = "bbbb";

START_TEST(outputs_of_threads_and_processes_do_not_meet)
{
	pthread_t threads[2];
	pid_t child;
	int status;
	char text[8] = "";
	FILE *file;

	ck_assert_int_eq(mkdir("d", 0777), 0);
	child = fork();
	ck_assert_int_eq(pthread_create(&threads[0], NULL, write_often, text_a), 0);
	ck_assert_int_eq(pthread_create(&threads[1], NULL, write_often, text_b), 0);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	if (child == 0)
		_exit(0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	file = fopen("shared", "r");
	ck_assert_uint_eq(fread(text, 1, sizeof(text), file), 4);
	fclose(file);
	ck_assert(strcmp(text, text_a) == 0 || strcmp(text, text_b) == 0);
	ck_assert_uint_eq(names(), 2);
}
END_TEST

START_TEST(create_makes_new_files_only)
{
	struct error err = {0};
	struct output *output;

	ck_assert(output_create("a", &output, &err));
	output_add_string(output, "x");
	commit(output);
	expect_file("a", "x");
	ck_assert(!output_create("a", &output, &err));
	ck_assert_str_eq(err.message, "cannot write 'a': File exists");
	ck_assert(output_create("b", &output, &err));
	output_abort(output);
	ck_assert_uint_eq(names(), 1);
}
END_TEST

START_TEST(memory)
{
	struct output *output = output_memory();

	for (int i = 0; i < 50000; i++)
		output_add_string(output, "abcdefgh");
	ck_assert_uint_eq(output_content(output).length, 400000);
	ck_assert_uint_eq(output_length(output), 400000);
	commit(output);
	output_abort(output_memory());
}
END_TEST

START_TEST(append)
{
	struct error err = {0};

	ck_assert(output_append("a", STR("one\n"), &err));
	ck_assert(output_append("a", STR("two\n"), &err));
	expect_file("a", "one\ntwo\n");
	ck_assert(!output_append("/dev/full", STR("x"), &err));
	ck_assert_str_eq(err.message, "cannot append to '/dev/full': No space left on device");
	ck_assert(!output_append("no/a", STR("x"), &err));
	ck_assert_str_eq(err.message, "cannot append to 'no/a': No such file or directory");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("output");
	TCase *tcase = tcase_create("output");

	tcase_add_checked_fixture(tcase, enter, leave);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, a_file_appears_whole_on_commit);
	tcase_add_test(tcase, abort_leaves_what_was);
	tcase_add_test(tcase, mode_is_0666_less_the_umask);
	tcase_add_test(tcase, large_outputs_arrive_whole);
	tcase_add_test(tcase, links_stay_and_lead);
	tcase_add_test(tcase, names_that_can_not_be_written);
	tcase_add_test(tcase, chdir_does_not_move_the_place);
	tcase_add_test(tcase, descriptors_are_written_straight);
	tcase_add_test(tcase, standard_output);
	tcase_add_test(tcase, a_closed_standard_output_is_an_error);
	tcase_add_test(tcase, devices_and_pipes_are_written_straight);
	tcase_add_test(tcase, a_full_disk_is_an_error);
	tcase_add_test(tcase, a_file_that_can_not_grow_leaves_what_was);
	tcase_add_test(tcase, a_closed_pipe_is_an_error);
	tcase_add_test(tcase, a_pipe_that_does_not_block_is_waited_for);
	tcase_add_test(tcase, dead_runs_are_cleaned_up_and_live_ones_spared);
	tcase_add_test(tcase, outputs_of_threads_and_processes_do_not_meet);
	tcase_add_test(tcase, create_makes_new_files_only);
	tcase_add_test(tcase, memory);
	tcase_add_test(tcase, append);
	suite_add_tcase(suite, tcase);
	return suite;
}
