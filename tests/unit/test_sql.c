/* A small database in one file, shared by processes. */
#include "unit.h"

#include "base/sql.h"
#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#undef fail

static const char *const tables[] = {
    "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)", NULL};
static const struct sql_schema schema = {"box", 0x626f7821, 3, 30000, tables};

static char folder[] = "/tmp/test_sql.XXXXXX";
static char path[64];
static struct error err;

static void
set_up(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/box.db", folder);
	error_clear(&err);
}

static void
tear_down(void)
{
	unlink(path);
	rmdir(folder);
	strcpy(folder, "/tmp/test_sql.XXXXXX");
}

static void
write_file(const char *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
	fclose(file);
}

static bool
add_item(const char *name)
{
	struct sql_query *query;
	struct sql *sql;

	if (!sql_open(path, &schema, &sql, &err))
		return false;
	query = sql_query(sql, "INSERT INTO item (name) VALUES (?)");
	sql_bind_text(query, 1, str_of(name));
	sql_run(query);
	sql_query_free(query);
	return sql_commit(sql, &err);
}

static int64_t
count_items(void)
{
	struct sql_query *query;
	struct sql *sql;
	int64_t count;

	ck_assert_msg(sql_open(path, &schema, &sql, &err), "%s", err.message);
	query = sql_query(sql, "SELECT count(*) FROM item");
	ck_assert(sql_step(query));
	count = sql_int(query, 0);
	sql_query_free(query);
	sql_abort(sql);
	return count;
}

static void
expect_refusal(const char *why)
{
	struct sql *sql;

	ck_assert(!sql_open(path, &schema, &sql, &err));
	ck_assert_int_eq(err.code, ERROR_INPUT);
	ck_assert_msg(strstr(err.message, why) != NULL, "%s", err.message);
	ck_assert_msg(strncmp(err.message, "box '/tmp/", 10) == 0, "%s", err.message);
}

START_TEST(what_was_committed_is_there)
{
	ck_assert_msg(add_item("one"), "%s", err.message);
	ck_assert_msg(add_item("two"), "%s", err.message);
	ck_assert_int_eq(count_items(), 2);
}
END_TEST

START_TEST(what_was_aborted_is_not)
{
	struct sql *sql;

	ck_assert(add_item("one"));
	ck_assert(sql_open(path, &schema, &sql, &err));
	sql_run(NULL);
	sql_abort(sql);
	ck_assert_int_eq(count_items(), 1);
}
END_TEST

START_TEST(a_failure_is_told_at_the_end_and_keeps_nothing)
{
	struct sql *sql;
	struct sql_query *query;

	ck_assert(add_item("one"));
	ck_assert(sql_open(path, &schema, &sql, &err));
	query = sql_query(sql, "INSERT INTO item (name) VALUES ('two')");
	sql_run(query);
	sql_query_free(query);
	query = sql_query(sql, "INSERT INTO nowhere VALUES (1)");
	ck_assert_ptr_null(query);
	ck_assert(sql_failed(sql));
	ck_assert(!sql_commit(sql, &err));
	ck_assert_ptr_nonnull(strstr(err.message, "no such table: nowhere"));
	ck_assert_int_eq(count_items(), 1);
}
END_TEST

START_TEST(an_empty_file_is_a_new_one)
{
	write_file("", 0);
	ck_assert_msg(add_item("one"), "%s", err.message);
	ck_assert_int_eq(count_items(), 1);
}
END_TEST

START_TEST(what_is_no_database_is_refused)
{
	static const char text[] = "this is a text that is long enough to be looked at as the head "
				   "of a database, and no such";

	write_file(text, sizeof(text));
	expect_refusal("no database");
	unlink(path);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	expect_refusal("can't be opened");
	rmdir(path);
}
END_TEST

START_TEST(a_damaged_file_is_refused)
{
	struct stat st;
	FILE *file;

	for (int i = 0; i < 200; i++)
		ck_assert(add_item("some name that takes room, so that there are pages"));
	ck_assert_int_eq(stat(path, &st), 0);
	file = fopen(path, "r+b");
	fseek(file, 100, SEEK_SET);
	for (long i = 100; i < st.st_size; i++)
		fputc(0xa5, file);
	fclose(file);
	expect_refusal("damaged");
}
END_TEST

static void
change_file(const char *statement)
{
	struct sql *sql;
	struct sql_query *query;

	ck_assert_msg(sql_open(path, &schema, &sql, &err), "%s", err.message);
	query = sql_query(sql, statement);
	sql_run(query);
	sql_query_free(query);
	ck_assert_msg(sql_commit(sql, &err), "%s", err.message);
}

START_TEST(other_schemas_are_refused_by_their_number)
{
	static const struct sql_schema newer = {"box", 0x626f7821, 4, 0, tables},
				       foreign = {"box", 7, 3, 0, tables};
	struct sql *sql;

	ck_assert(add_item("one"));
	ck_assert(!sql_open(path, &newer, &sql, &err));
	ck_assert_ptr_nonnull(strstr(err.message, "an older schema (3, this is 4)"));
	ck_assert(!sql_open(path, &foreign, &sql, &err));
	ck_assert_ptr_nonnull(strstr(err.message, "a database of something else"));
	change_file("PRAGMA user_version = 9");
	expect_refusal("a newer schema (9, this is 3)");
}
END_TEST

START_TEST(tables_that_are_not_ours_are_refused)
{
	ck_assert(add_item("one"));
	change_file("CREATE TRIGGER t AFTER INSERT ON item BEGIN DELETE FROM item; END");
	expect_refusal("its tables are not those that belong into it");
}
END_TEST

START_TEST(a_locked_file_is_said_to_be)
{
	static const struct sql_schema hasty = {"box", 0x626f7821, 3, 20, tables};
	struct sql *holder, *other;

	ck_assert(add_item("one"));
	ck_assert(sql_open(path, &schema, &holder, &err));
	ck_assert(!sql_open(path, &hasty, &other, &err));
	ck_assert_ptr_nonnull(strstr(err.message, "locked by another process for too long"));
	ck_assert(sql_commit(holder, &err));
	ck_assert(add_item("two"));
}
END_TEST

/* Each child adds items one by one; nobody loses any. */
START_TEST(many_processes_lose_nothing)
{
	enum { CHILDREN = 6, ITEMS = 15 };
	pid_t children[CHILDREN];

	for (int i = 0; i < CHILDREN; i++) {
		children[i] = fork();
		if (children[i] == 0) {
			for (int j = 0; j < ITEMS; j++)
				if (!add_item("x"))
					_exit(1);
			_exit(0);
		}
	}
	for (int i = 0; i < CHILDREN; i++) {
		int status;

		ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
		ck_assert_int_eq(status, 0);
	}
	ck_assert_int_eq(count_items(), CHILDREN * ITEMS);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("sql");
	TCase *file = tcase_create("file");

	tcase_add_checked_fixture(file, set_up, tear_down);
	tcase_set_timeout(file, 60);
	tcase_add_test(file, what_was_committed_is_there);
	tcase_add_test(file, what_was_aborted_is_not);
	tcase_add_test(file, a_failure_is_told_at_the_end_and_keeps_nothing);
	tcase_add_test(file, an_empty_file_is_a_new_one);
	tcase_add_test(file, what_is_no_database_is_refused);
	tcase_add_test(file, a_damaged_file_is_refused);
	tcase_add_test(file, other_schemas_are_refused_by_their_number);
	tcase_add_test(file, tables_that_are_not_ours_are_refused);
	tcase_add_test(file, a_locked_file_is_said_to_be);
	tcase_add_test(file, many_processes_lose_nothing);
	suite_add_tcase(suite, file);
	return suite;
}
