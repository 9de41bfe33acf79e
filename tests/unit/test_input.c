/* Inputs: plain or gzip in any shape, read whole or refused with a reason; never a silent loss. */
#include "base/input.h"
#include "base/limits.h"
#include "base/strbuf.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

static char folder[64];

static void
enter(void)
{
	strcpy(folder, "/tmp/test_input.XXXXXX");
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

static void
write_file(const char *path, struct str bytes)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes.s, 1, bytes.length, file), bytes.length);
	ck_assert_int_eq(fclose(file), 0);
}

/* Adds one gzip member that holds `bytes`. */
static void
pack(struct strbuf *out, struct str bytes)
{
	z_stream stream = {0};
	size_t room = bytes.length + bytes.length / 100 + 1000;

	ck_assert_int_eq(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8,
	    Z_DEFAULT_STRATEGY), Z_OK);
	stream.next_in = (unsigned char *)(uintptr_t)bytes.s;
	stream.avail_in = (unsigned)bytes.length;
	stream.next_out = (unsigned char *)strbuf_reserve(out, room);
	stream.avail_out = (unsigned)room;
	ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
	strbuf_commit(out, room - stream.avail_out);
	deflateEnd(&stream);
}

/* Text of some length that does not pack to nothing. */
static struct strbuf
some_text(size_t length)
{
	struct strbuf text = {0};

	srandom(1);
	while (text.length < length) {
		long hits = random();

		strbuf_addf(&text, "<line number=\"%ld\" hits=\"%ld\"/>\n", random() % 10000, hits);
	}
	strbuf_truncate(&text, length);
	return text;
}

/* Reads to the end or the error; returns what came before it. */
static struct strbuf
read_open(struct input *input, struct error *err)
{
	struct strbuf all = {0};
	struct str chunk = {0};
	bool good;

	while ((good = input_read(input, &chunk, err)) && chunk.length) {
		ck_assert_uint_le(chunk.length, LIMIT_CHUNK);
		strbuf_add_str(&all, chunk);
	}
	ck_assert(input_read(input, &chunk, NULL) == good);	/* both last */
	ck_assert(!good || !chunk.length);
	return all;
}

static struct strbuf
read_file(const char *path, bool ahead, struct error *err)
{
	struct input *input;
	struct strbuf all;

	ck_assert_msg(input_open(path, &input, err), "%s", err->message);
	if (ahead)
		input_read_ahead(input);
	all = read_open(input, err);
	input_free(input);
	return all;
}

/* That the file unpacks to `bytes` and then to this error ("" is none), on one thread or two. */
static void
expect_content(const char *path, struct str bytes, enum error_code code, const char *message)
{
	for (int ahead = 0; ahead < 2; ahead++) {
		struct error err = {0};
		struct strbuf all = read_file(path, ahead, &err);

		ck_assert_str_eq(err.message, message);
		ck_assert_int_eq(err.code, code);
		ck_assert_uint_eq(all.length, bytes.length);
		ck_assert(str_equal(strbuf_str(&all), bytes));
		strbuf_clear(&all);
	}
}

static void
expect_refusal(const char *path, const char *message)
{
	struct error err = {0};
	struct input *input;

	ck_assert(!input_open(path, &input, &err));
	ck_assert_ptr_null(input);
	ck_assert_int_eq(err.code, ERROR_INPUT);
	ck_assert_str_eq(err.message, message);
}

START_TEST(plain_files_of_any_length)
{
	static const size_t lengths[] = {0, 1, 2, LIMIT_CHUNK - 1, LIMIT_CHUNK, LIMIT_CHUNK + 1,
	    1000000};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct strbuf text = some_text(lengths[i]);

		write_file("a", strbuf_str(&text));
		expect_content("a", strbuf_str(&text), ERROR_NONE, "");
		strbuf_clear(&text);
	}
}
END_TEST

START_TEST(gzip_is_told_by_content)
{
	static const size_t lengths[] = {0, 1, LIMIT_CHUNK, LIMIT_CHUNK + 1, 3000000};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct strbuf text = some_text(lengths[i]), packed = {0};

		pack(&packed, strbuf_str(&text));
		write_file("a.xml", strbuf_str(&packed));
		expect_content("a.xml", strbuf_str(&text), ERROR_NONE, "");
		strbuf_clear(&text);
		strbuf_clear(&packed);
	}
	write_file("a.gz", STR("plain"));
	expect_content("a.gz", STR("plain"), ERROR_NONE, "");
}
END_TEST

START_TEST(members_and_padding)
{
	struct strbuf packed = {0};

	pack(&packed, STR("one "));
	pack(&packed, STR(""));
	pack(&packed, STR("two"));
	write_file("a", strbuf_str(&packed));
	expect_content("a", STR("one two"), ERROR_NONE, "");
	for (int i = 0; i < 100000; i++)
		strbuf_add_char(&packed, '\0');
	write_file("a", strbuf_str(&packed));
	expect_content("a", STR("one two"), ERROR_NONE, "");
	strbuf_add_char(&packed, 'x');
	write_file("a", strbuf_str(&packed));
	expect_content("a", STR("one two"), ERROR_DAMAGED, "other bytes behind the gzip data");
	strbuf_clear(&packed);
}
END_TEST

START_TEST(bytes_behind_a_member_are_damage)
{
	struct strbuf packed = {0};

	pack(&packed, STR("one"));
	strbuf_add_string(&packed, "<coverage/>");
	write_file("a", strbuf_str(&packed));
	expect_content("a", STR("one"), ERROR_DAMAGED, "other bytes behind the gzip data");
	strbuf_reset(&packed);
	pack(&packed, STR("one"));
	strbuf_add_string(&packed, "\x1f\x20");
	write_file("a", strbuf_str(&packed));
	expect_content("a", STR("one"), ERROR_DAMAGED, "broken gzip data: incorrect header check");
	strbuf_clear(&packed);
}
END_TEST

/* Wherever a gzip is cut, what was there is given and then the cut is told. */
START_TEST(cut_gzip)
{
	struct strbuf text = some_text(3000), packed = {0};

	pack(&packed, strbuf_str(&text));
	for (size_t length = 2; length < packed.length; length++) {
		struct error err = {0};
		struct strbuf all;

		write_file("a", (struct str){packed.s, length});
		all = read_file("a", false, &err);
		ck_assert_str_eq(err.message, "gzip data is cut off");
		ck_assert(str_starts(strbuf_str(&text), strbuf_str(&all)));
		if (length == packed.length - 1)
			ck_assert_uint_eq(all.length, text.length);
		strbuf_clear(&all);
	}
	strbuf_clear(&text);
	strbuf_clear(&packed);
}
END_TEST

START_TEST(a_cut_second_member_is_told)
{
	struct strbuf packed = {0};

	pack(&packed, STR("one"));
	strbuf_add_char(&packed, '\x1f');
	write_file("a", strbuf_str(&packed));
	expect_content("a", STR("one"), ERROR_DAMAGED, "gzip data is cut off");
	strbuf_clear(&packed);
}
END_TEST

START_TEST(no_changed_bit_goes_unseen)
{
	struct strbuf text = some_text(500), packed = {0};

	pack(&packed, strbuf_str(&text));
	for (size_t bit = 8 * 10; bit < packed.length * 8; bit++) {	/* behind times and flags */
		struct error err = {0};
		struct strbuf all;

		packed.s[bit / 8] = (char)(packed.s[bit / 8] ^ 1 << bit % 8);
		write_file("a", strbuf_str(&packed));
		all = read_file("a", false, &err);
		ck_assert_msg(err.code == ERROR_DAMAGED, "bit %zu", bit);
		packed.s[bit / 8] = (char)(packed.s[bit / 8] ^ 1 << bit % 8);
		strbuf_clear(&all);
	}
	strbuf_clear(&text);
	strbuf_clear(&packed);
}
END_TEST

/* Megabytes of zeros: how much is unpacked before the limit, and the error. */
static void
expect_bomb(size_t megabytes, bool bomb)
{
	char *zeros = calloc(1, 1 << 20);
	gzFile file = gzopen("bomb", "wb");
	struct error err = {0};
	struct input *input;
	struct str chunk;
	uint64_t total = 0;

	for (size_t i = 0; i < megabytes; i++)
		ck_assert_int_eq(gzwrite(file, zeros, 1 << 20), 1 << 20);
	gzclose(file);
	ck_assert(input_open("bomb", &input, &err));
	while (input_read(input, &chunk, &err) && chunk.length)
		total += chunk.length;
	ck_assert_int_eq(err.code, bomb ? ERROR_LIMIT : ERROR_NONE);
	ck_assert_str_eq(err.message,
	    bomb ? "gzip data unpacks to more than 200 times its size" : "");
	ck_assert_uint_le(total, LIMIT_GZIP_FREE + LIMIT_CHUNK);
	input_free(input);
	free(zeros);
}

START_TEST(gzip_bombs)
{
	expect_bomb(32, false);
	expect_bomb(200, true);
}
END_TEST

START_TEST(names_that_can_not_be_read)
{
	ck_assert_int_eq(mkdir("d", 0777) | symlink("loop", "loop") | symlink("no", "dangling"), 0);
	write_file("a", STR("x"));
	expect_refusal("no", "cannot open 'no': No such file or directory");
	expect_refusal("", "cannot open '': No such file or directory");
	expect_refusal("d", "cannot read 'd': Is a directory");
	expect_refusal("loop", "cannot open 'loop': Too many levels of symbolic links");
	expect_refusal("dangling", "cannot open 'dangling': No such file or directory");
	expect_refusal("a/b", "cannot open 'a/b': Not a directory");
}
END_TEST

START_TEST(no_permission)
{
	uid_t user = geteuid();

	write_file("a", STR("x"));
	ck_assert_int_eq(chmod("a", 0) | chmod(".", 0755), 0);
	if (user == 0)
		ck_assert_int_eq(seteuid(65534), 0);
	expect_refusal("a", "cannot open 'a': Permission denied");
	ck_assert_int_eq(seteuid(user), 0);
}
END_TEST

START_TEST(a_failing_read_is_never_an_empty_report)
{
	struct error err = {0};
	struct input *input;
	struct str chunk;

	ck_assert(input_open("/proc/self/mem", &input, &err));
	ck_assert(!input_peek(input, &chunk, &err));
	ck_assert_str_eq(err.message, "cannot read '/proc/self/mem': Input/output error");
	ck_assert(!input_read(input, &chunk, NULL));
	ck_assert(!input_read(input, &chunk, NULL));
	input_free(input);
}
END_TEST

START_TEST(devices_without_end)
{
	struct error err = {0};
	struct strbuf all = read_file("/dev/zero", false, &err);

	ck_assert_int_eq(err.code, ERROR_LIMIT);
	ck_assert_str_eq(err.message, "more than 67108864 bytes");
	ck_assert_uint_le(all.length, LIMIT_DEVICE_BYTES + LIMIT_CHUNK);
	strbuf_clear(&all);
	expect_content("/dev/null", STR(""), ERROR_NONE, "");
}
END_TEST

START_TEST(peeking_consumes_nothing)
{
	struct strbuf text = some_text(200000), packed = {0};
	struct error err = {0};
	struct input *input;
	struct str head, again;
	struct strbuf all;

	pack(&packed, strbuf_str(&text));
	write_file("a", strbuf_str(&packed));
	ck_assert(input_open("a", &input, &err));
	ck_assert_uint_eq(input_size(input), packed.length);
	ck_assert_uint_eq(input_position(input), 0);
	ck_assert(input_peek(input, &head, &err) && input_peek(input, &again, &err));
	ck_assert_uint_eq(head.length, LIMIT_CHUNK);
	ck_assert(head.s == again.s && str_starts(strbuf_str(&text), head));
	all = read_open(input, &err);
	ck_assert(str_equal(strbuf_str(&all), strbuf_str(&text)));
	ck_assert_uint_eq(input_position(input), packed.length);
	input_free(input);
	strbuf_clear(&all);
	strbuf_clear(&text);
	strbuf_clear(&packed);
}
END_TEST

/* Plain and packed, on one thread or two: what is peeked is what is read then. */
START_TEST(peeking_goes_on)
{
	struct strbuf text = {0}, packed = {0}, all;
	struct error err = {0};
	struct input *input;
	struct str head;

	while (text.length < 3 * LIMIT_CHUNK)
		strbuf_addf(&text, "line %zu\n", text.length);
	pack(&packed, strbuf_str(&text));
	write_file("a", strbuf_str(_i ? &packed : &text));
	ck_assert(input_open("a", &input, &err));
	if (_i == 2)
		input_read_ahead(input);
	ck_assert(input_peek(input, &head, &err));
	ck_assert_uint_eq(head.length, LIMIT_CHUNK);
	ck_assert(input_peek_more(input, &head));
	ck_assert_uint_eq(head.length, 2 * LIMIT_CHUNK);
	ck_assert(input_peek_more(input, &head));
	ck_assert(str_equal(head, strbuf_str(&text)));
	ck_assert(!input_peek_more(input, &head));
	all = read_open(input, &err);
	ck_assert(str_equal(strbuf_str(&all), strbuf_str(&text)));
	input_free(input);
	strbuf_clear(&all);
	strbuf_clear(&text);
	strbuf_clear(&packed);
}
END_TEST

START_TEST(giving_up_in_the_middle)
{
	struct strbuf text = some_text(3000000), packed = {0};

	pack(&packed, strbuf_str(&text));
	write_file("a", strbuf_str(&packed));
	for (int reads = 0; reads < 10; reads++) {
		struct input *input;
		struct str chunk;

		ck_assert(input_open("a", &input, NULL));
		input_read_ahead(input);
		for (int i = 0; i < reads; i++)
			ck_assert(input_read(input, &chunk, NULL));
		input_free(input);
	}
	input_free(NULL);
	strbuf_clear(&text);
	strbuf_clear(&packed);
}
END_TEST

START_TEST(a_borrowed_descriptor_is_read_from_the_start)
{
	struct error err = {0};
	struct input *input;
	struct strbuf all;
	int fd;

	write_file("a", STR("content"));
	fd = open("a", O_RDONLY);
	ck_assert_int_eq(lseek(fd, 3, SEEK_SET), 3);
	for (int i = 0; i < 2; i++) {
		ck_assert(input_open_fd(fd, "a", &input, &err));
		all = read_open(input, &err);
		ck_assert_str_eq(strbuf_string(&all), "content");
		strbuf_clear(&all);
		input_free(input);
	}
	ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 3);
	close(fd);
}
END_TEST

static const char digest_abc[] =
    "\xba\x78\x16\xbf\x8f\x01\xcf\xea\x41\x41\x40\xde\x5d\xae\x22\x23"
    "\xb0\x03\x61\xa3\x96\x17\x7a\x9c\xb4\x10\xff\x61\xf2\x00\x15\xad";

START_TEST(digests_are_of_unpacked_bytes)
{
	struct strbuf packed = {0};
	unsigned char digest[DIGEST_BYTES];
	struct error err = {0};
	struct input *input;
	struct str chunk;

	pack(&packed, STR("a"));
	pack(&packed, STR("bc"));
	write_file("packed", strbuf_str(&packed));
	write_file("plain", STR("abc"));
	ck_assert(input_digest_file("packed", digest, &err));
	ck_assert_mem_eq(digest, digest_abc, DIGEST_BYTES);
	ck_assert(input_open("plain", &input, &err));
	input_want_digest(input);
	ck_assert(input_peek(input, &chunk, &err));
	while (input_read(input, &chunk, &err) && chunk.length)
		continue;
	memset(digest, 0, sizeof(digest));
	input_digest(input, digest);
	input_digest(input, digest);
	ck_assert_mem_eq(digest, digest_abc, DIGEST_BYTES);
	input_free(input);
	ck_assert(!input_digest_file("/proc/self/mem", digest, &err));
	strbuf_clear(&packed);
}
END_TEST

START_TEST(equal_contents_share_the_hint)
{
	struct strbuf text = some_text(300000), packed = {0};
	uint64_t plain, gzip, other;

	pack(&packed, (struct str){text.s, 100});
	pack(&packed, (struct str){text.s + 100, text.length - 100});
	write_file("packed", strbuf_str(&packed));
	write_file("plain", strbuf_str(&text));
	text.s[7]++;
	write_file("other", strbuf_str(&text));
	ck_assert(input_size_hint("packed", &gzip, NULL));
	ck_assert(input_size_hint("plain", &plain, NULL));
	ck_assert(input_size_hint("other", &other, NULL));
	ck_assert_uint_eq(gzip, plain);
	ck_assert_uint_ne(other, plain);
	ck_assert(!input_size_hint("no", &other, NULL));
	strbuf_clear(&text);
	strbuf_clear(&packed);
}
END_TEST

START_TEST(slurping)
{
	struct error err = {0};
	char *bytes;
	size_t length;

	write_file("a", STR("12\00034"));
	ck_assert(input_slurp("a", 5, &bytes, &length, &err));
	ck_assert_uint_eq(length, 5);
	ck_assert_mem_eq(bytes, "12\00034", 6);
	free(bytes);
	ck_assert(!input_slurp("a", 4, &bytes, &length, &err));
	ck_assert_int_eq(err.code, ERROR_LIMIT);
	ck_assert_str_eq(err.message, "more than 4 bytes");
	ck_assert_ptr_null(bytes);
	ck_assert(!input_slurp("/dev/zero", 1 << 20, &bytes, &length, &err));
	ck_assert_int_eq(err.code, ERROR_LIMIT);
	ck_assert(input_slurp("/dev/null", 0, &bytes, &length, &err));
	ck_assert_str_eq(bytes, "");
	free(bytes);
}
END_TEST

struct pour {
	int fd;
	const struct strbuf *text;
};

static void *
pour(void *argument)
{
	const struct pour *job = argument;

	for (size_t at = 0; at < job->text->length; at += 1000) {
		size_t left = job->text->length - at;

		ck_assert_int_gt(write(job->fd, job->text->s + at, left < 1000 ? left : 1000), 0);
	}
	close(job->fd);
	return NULL;
}

/* Spools a pipe that is fed by another thread, by the name given, and reads the copy twice. */
static void
expect_spooled(int read_end, int write_end, const char *name)
{
	struct strbuf text = some_text(300000);
	struct pour job = {write_end, &text};
	struct error err = {0};
	pthread_t thread;
	char *path;
	int fd;

	ck_assert_int_eq(pthread_create(&thread, NULL, pour, &job), 0);
	ck_assert_msg(input_spool(name, &path, &fd, &err), "%s", err.message);
	pthread_join(thread, NULL);
	close(read_end);
	ck_assert_int_ge(fd, 0);
	expect_content(path, strbuf_str(&text), ERROR_NONE, "");
	close(fd);
	free(path);
	strbuf_clear(&text);
}

START_TEST(pipes_are_spooled)
{
	int ends[2];
	char name[32];

	ck_assert_int_eq(pipe(ends), 0);
	snprintf(name, sizeof(name), "/dev/fd/%d", ends[0]);
	expect_spooled(ends[0], ends[1], name);
}
END_TEST

START_TEST(standard_input_is_spooled_from_where_it_stands)
{
	int ends[2];
	struct error err = {0};
	char *path;
	int fd;

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	expect_spooled(ends[0], ends[1], "-");
	write_file("a", STR("head tail"));
	fd = open("a", O_RDONLY);
	ck_assert_int_eq(lseek(fd, 5, SEEK_SET), 5);
	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	close(fd);
	ck_assert(input_spool("-", &path, &fd, &err));
	expect_content(path, STR("tail"), ERROR_NONE, "");
	close(fd);
	free(path);
	close(STDIN_FILENO);
	ck_assert(!input_spool("-", &path, &fd, &err));
	ck_assert_str_eq(err.message, "cannot open '-': Bad file descriptor");
}
END_TEST

START_TEST(standard_input_is_read_as_a_stream)
{
	struct error err = {0};
	int fd;

	write_file("a", STR("content"));
	fd = open("a", O_RDONLY);
	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	close(fd);
	for (int i = 0; i < 2; i++) {
		struct strbuf all = read_file("-", false, &err);

		ck_assert_str_eq(strbuf_string(&all), i ? "" : "content");
		strbuf_clear(&all);
	}
}
END_TEST

START_TEST(what_can_be_read_twice_is_not_copied)
{
	struct error err = {0};
	char *path;
	int fd;

	write_file("a", STR("x"));
	ck_assert_int_eq(mkdir("d", 0777), 0);
	ck_assert(input_spool("a", &path, &fd, &err));
	ck_assert_str_eq(path, "a");
	ck_assert_int_eq(fd, -1);
	free(path);
	ck_assert(input_spool("d", &path, &fd, &err));
	ck_assert_int_eq(fd, -1);
	free(path);
	ck_assert(!input_spool("no", &path, &fd, &err));
	ck_assert_str_eq(err.message, "cannot open 'no': No such file or directory");
}
END_TEST

START_TEST(spools_that_fail)
{
	struct error err = {0};
	struct rlimit limit = {100000, 100000};
	char *path;
	int fd;

	ck_assert(!input_spool("/dev/zero", &path, &fd, &err));
	ck_assert_str_eq(err.message, "more than 67108864 bytes in '/dev/zero'");
	ck_assert_ptr_null(path);
	ck_assert_int_eq(fd, -1);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	setenv("TMPDIR", folder, 1);
	ck_assert(!input_spool("/dev/zero", &path, &fd, &err));
	ck_assert_int_eq(err.code, ERROR_INPUT);
	ck_assert(str_ends(str_of(err.message), STR("': File too large")));
	setenv("TMPDIR", "/no/such/folder", 1);
	ck_assert(!input_spool("/dev/null", &path, &fd, &err));
	ck_assert_str_eq(err.message,
	    "cannot make a temporary file in '/no/such/folder': No such file or directory");
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("input");
	TCase *tcase = tcase_create("input");

	tcase_add_checked_fixture(tcase, enter, leave);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, plain_files_of_any_length);
	tcase_add_test(tcase, gzip_is_told_by_content);
	tcase_add_test(tcase, members_and_padding);
	tcase_add_test(tcase, bytes_behind_a_member_are_damage);
	tcase_add_test(tcase, cut_gzip);
	tcase_add_test(tcase, a_cut_second_member_is_told);
	tcase_add_test(tcase, no_changed_bit_goes_unseen);
	tcase_add_test(tcase, gzip_bombs);
	tcase_add_test(tcase, names_that_can_not_be_read);
	tcase_add_test(tcase, no_permission);
	tcase_add_test(tcase, a_failing_read_is_never_an_empty_report);
	tcase_add_test(tcase, devices_without_end);
	tcase_add_test(tcase, peeking_consumes_nothing);
	tcase_add_loop_test(tcase, peeking_goes_on, 0, 3);
	tcase_add_test(tcase, giving_up_in_the_middle);
	tcase_add_test(tcase, a_borrowed_descriptor_is_read_from_the_start);
	tcase_add_test(tcase, digests_are_of_unpacked_bytes);
	tcase_add_test(tcase, equal_contents_share_the_hint);
	tcase_add_test(tcase, slurping);
	tcase_add_test(tcase, pipes_are_spooled);
	tcase_add_test(tcase, standard_input_is_spooled_from_where_it_stands);
	tcase_add_test(tcase, standard_input_is_read_as_a_stream);
	tcase_add_test(tcase, what_can_be_read_twice_is_not_copied);
	tcase_add_test(tcase, spools_that_fail);
	suite_add_tcase(suite, tcase);
	return suite;
}
