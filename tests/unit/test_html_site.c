/* A directory gets its name as a whole, and only where nobody else's stands. */
#include "render/html_site.h"

#include "base/output.h"
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void
enter(void)
{
	strcpy(folder, "/tmp/muster-site-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
}

static void
leave(void)
{
	char command[128];

	ck_assert_int_eq(chdir("/"), 0);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	ck_assert_int_eq(system(command), 0);
}

static void
put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static bool
is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

/* Names in the working directory that begin with ".muster-". */
static int
leftovers(void)
{
	DIR *directory = opendir(".");
	const struct dirent *entry;
	int count = 0;

	while ((entry = readdir(directory)))
		count += strncmp(entry->d_name, ".muster-", 8) == 0;
	closedir(directory);
	return count;
}

static void
write_site(const char *target, const char *page)
{
	struct site site;
	struct error err = {0};
	char *path;

	ck_assert_msg(site_open(target, &site, &err), "%s", err.message);
	path = site_path(&site, page);
	put(path, page);
	free(path);
	ck_assert_msg(site_commit(&site, &err), "%s", err.message);
}

START_TEST(a_new_directory_bears_its_marker)
{
	write_site("site/", "one");
	ck_assert(is_there("site/one"));
	ck_assert(is_there("site/" SITE_MARKER));
	ck_assert(is_there("site/.nojekyll"));
	ck_assert_int_eq(leftovers(), 0);
}
END_TEST

START_TEST(ours_is_replaced_as_a_whole)
{
	write_site("site", "one");
	write_site("site", "two");
	ck_assert(is_there("site/two"));
	ck_assert(!is_there("site/one"));
	ck_assert_int_eq(leftovers(), 0);
}
END_TEST

START_TEST(an_empty_one_is_taken)
{
	ck_assert_int_eq(mkdir("site", 0777), 0);
	write_site("site", "one");
	ck_assert(is_there("site/one"));
}
END_TEST

START_TEST(a_foreign_one_is_refused)
{
	struct site site;
	struct error err = {0};

	ck_assert_int_eq(mkdir("site", 0777), 0);
	put("site/precious", "mine");
	ck_assert(!site_open("site/", &site, &err));
	ck_assert_int_eq(err.code, ERROR_OUTPUT);
	ck_assert_ptr_nonnull(strstr(err.message, SITE_MARKER));
	ck_assert(is_there("site/precious"));
	ck_assert_int_eq(leftovers(), 0);
}
END_TEST

START_TEST(what_is_no_directory_is_refused)
{
	struct site site;
	struct error err = {0};

	put("site", "a file");
	ck_assert(!site_open("site", &site, &err));
	ck_assert(!site_open("missing/site", &site, &err));
	ck_assert(!site_open("/", &site, &err));
	ck_assert_int_eq(err.code, ERROR_OUTPUT);
}
END_TEST

START_TEST(a_link_is_followed)
{
	ck_assert_int_eq(mkdir("real", 0777), 0);
	ck_assert_int_eq(symlink("real", "site"), 0);
	write_site("site/", "one");
	ck_assert(is_there("real/one"));
	ck_assert_int_eq(readlink("site", (char[8]){0}, 8), 4);
}
END_TEST

START_TEST(giving_up_leaves_all_as_it_was)
{
	struct site site;
	struct error err = {0};

	write_site("site", "one");
	ck_assert(site_open("site", &site, &err));
	ck_assert(site_folder(&site, "files", &err));
	site_abort(&site);
	ck_assert(is_there("site/one"));
	ck_assert_int_eq(leftovers(), 0);
}
END_TEST

START_TEST(what_dead_runs_left_goes_and_live_ones_stay)
{
	int lock;

	ck_assert_int_eq(mkdir(".muster-0000000000000001.site", 0777), 0);
	ck_assert_int_eq(mkdir(".muster-0000000000000002.site", 0777), 0);
	lock = open(".muster-0000000000000002.site", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ck_assert_int_eq(flock(lock, LOCK_EX), 0);
	write_site("site", "one");
	ck_assert(!is_there(".muster-0000000000000001.site"));
	ck_assert(is_there(".muster-0000000000000002.site"));
	close(lock);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("html_site");
	TCase *tcase = tcase_create("html_site");

	tcase_add_checked_fixture(tcase, enter, leave);
	tcase_add_test(tcase, a_new_directory_bears_its_marker);
	tcase_add_test(tcase, ours_is_replaced_as_a_whole);
	tcase_add_test(tcase, an_empty_one_is_taken);
	tcase_add_test(tcase, a_foreign_one_is_refused);
	tcase_add_test(tcase, what_is_no_directory_is_refused);
	tcase_add_test(tcase, a_link_is_followed);
	tcase_add_test(tcase, giving_up_leaves_all_as_it_was);
	tcase_add_test(tcase, what_dead_runs_left_goes_and_live_ones_stay);
	suite_add_tcase(suite, tcase);
	return suite;
}
