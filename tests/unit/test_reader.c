/* Which reader takes a file, and what is said of those that none takes. */
#include "unit.h"

#include "read/reader.h"

#include <stdlib.h>

static const char *
chosen(struct str head, struct error *err)
{
	const struct reader *reader = reader_choose(head, err);

	return reader ? reader->name : "";
}

static void
expect_choice(struct str head, const char *name)
{
	struct error err = {0};
	const char *found = chosen(head, &err);

	ck_assert_msg(str_equal(str_of(found), str_of(name)), "'%s' (%s) is not '%s' for %s", found,
	    err.message, name, head.s);
}

static void
expect_refusal(struct str head, uint64_t line, const char *part)
{
	struct error err = {0};
	const char *found = chosen(head, &err);

	ck_assert_msg(!*found, "'%s' reads %s", found, head.s);
	ck_assert_int_eq(err.code, ERROR_FOREIGN);
	ck_assert_msg(strstr(err.message, part), "'%s' not in '%s'", part, err.message);
	ck_assert_msg(err.line == line, "line %llu: %s", (unsigned long long)err.line, err.message);
}

#define CHOOSE(text, name) expect_choice(STR(text), name)
#define REFUSE(text, line, part) expect_refusal(STR(text), line, part)

START_TEST(cobertura)
{
	CHOOSE("<coverage/>", "cobertura");
	CHOOSE("\xef\xbb\xbf<?xml version='1.0'?>\r\n<!-- <html> -->\r\n<coverage line-rate='1'>",
	    "cobertura");
	CHOOSE("\n\n <?xml version='1.0'?><?pi <a>?><coverage>", "cobertura");
	CHOOSE("<!DOCTYPE coverage [\n<!ENTITY a '>]'>\n<!-- ' -->\n]><coverage><packages/>",
	    "cobertura");
	CHOOSE("<c:coverage xmlns:c='urn:x'>", "cobertura");
	CHOOSE("\xff\xfe<\0c\0o\0v\0e\0r\0a\0g\0e\0/\0>\0", "cobertura");
	CHOOSE("\xfe\xff\0<\0c\0o\0v\0e\0r\0a\0g\0e\0/\0>", "cobertura");
	CHOOSE("\0<\0c\0o\0v\0e\0r\0a\0g\0e\0/\0>", "cobertura");
	CHOOSE("log line\n<coverage/>", "cobertura");
}
END_TEST

START_TEST(others)
{
	CHOOSE("TN:\nSF:a.c\n", "lcov");
	CHOOSE("\xef\xbb\xbfSF:a.c\r\n", "lcov");
	CHOOSE("\n# comment\n\n# another\nSF:a.c\n", "lcov");
	CHOOSE("<testsuites/>", "junit");
	CHOOSE("<?xml version='1.0'?>\n<testsuite name='x'>", "junit");
}
END_TEST

START_TEST(foreign_xml)
{
	REFUSE("<coverage generated='1' clover='3.2.0'>\n<project>", 1,
	    "a Clover report (root element <coverage>)");
	REFUSE("<?xml version='1.0'?>\n<coverage generated='1'>\n<project timestamp='1'>", 2,
	    "Clover");
	REFUSE("<coverage version='1'><file path='a.c'>", 1, "SonarQube");
	REFUSE("<coverage profilerVersion='1.5'><module>", 1, "NCover");
	REFUSE("<!DOCTYPE report PUBLIC '-//JACOCO//DTD Report 1.1//EN' 'report.dtd'>\n<report "
	       "name='x'>",
	    2, "JaCoCo");
	REFUSE("<report name='x'><sessioninfo id='y'/>", 1, "JaCoCo");
	REFUSE("<CoverageSession>", 1, "OpenCover");
	REFUSE("<Root CoveredStatements='1' DotCoverVersion='2023'>", 1, "dotCover");
	REFUSE("\xef\xbb\xbf<TestRun id='1'>", 1, "a TRX report (root element <TestRun>)");
	REFUSE("<test-results name='x'>", 1, "NUnit 2");
	REFUSE("<test-run id='2'>", 1, "NUnit 3");
	REFUSE("<assemblies timestamp='x'>", 1, "xUnit.net");
	REFUSE("<testng-results skipped='0'>", 1, "TestNG");
	REFUSE("<!DOCTYPE html>\n<html lang='en'><head>", 2, "<html>");
	REFUSE("<?xml version='1.0'?>\n\n<x a='b'/>", 3, "root element <x>");
	REFUSE("<report><other/>", 1, "root element <report>");
	REFUSE("<?xml version='1.0'?>\n<!-- nothing -->\n", 3, "no root element");
}
END_TEST

START_TEST(foreign_text)
{
	REFUSE("{\n \"reportFormat\": \"CTRF\", \"results\": {", 0, "CTRF");
	REFUSE("{\"/src/a.js\": {\"path\":\"/src/a.js\",\"statementMap\":{", 0,
	    "Istanbul coverage-final.json");
	REFUSE("{\"RSpec\":{\"coverage\":{\"/a.rb\":{\"lines\":[1]}}}}", 0, "SimpleCov");
	REFUSE("{\"meta\":{\"simplecov_version\":\"0.22\"},\"coverage\":{}}", 0, "SimpleCov");
	REFUSE("{\"data\":[{\"files\":[]}],\"type\":\"llvm.coverage.json.export\"}", 0, "llvm-cov");
	REFUSE("{\"data\":[{\"files\":[{\"segments\":[[1,2]]}]}]", 0, "llvm-cov");
	REFUSE("{}", 0, "JSON of a kind");
	REFUSE("[INFO] building\n", 1, "plain text");
	REFUSE("[10:15:01] building\n", 1, "plain text");
	REFUSE("mode: atomic\nexample.org/a.go:1.2,3.4 1 1\n", 0, "Go cover profile");
	REFUSE("just words\n", 1, "plain text");
	REFUSE("        -:    0:Source:a.c\n", 0, "gcov text");
}
END_TEST

START_TEST(foreign_bytes)
{
	char tar[512] = "name";

	REFUSE("SQLite format 3\0 ... CREATE TABLE coverage_schema (version)", 0,
	    "a data file of coverage.py");
	REFUSE("SQLite format 3\0 ... CREATE TABLE x", 0, "an SQLite database");
	REFUSE("adcg\x2a\x34\x30\x41", 0, ".gcda");
	REFUSE("oncg\x2a\x34\x30\x41", 0, ".gcno");
	REFUSE("PK\x03\x04\x14\0", 0, "a zip archive");
	REFUSE("\x1f\x8b\x08\0", 0, "gzip within gzip");
	REFUSE("%PDF-1.7\n", 0, "a PDF");
	REFUSE("\x89PNG\r\n\x1a\n", 0, "a PNG image");
	REFUSE("", 0, "is empty");
	REFUSE(" \n\n", 0, "only white space");
	REFUSE("\x01\x02\x03\0\xff<coverage", 0, "binary data");
	memcpy(tar + 257, "ustar", 5);
	expect_refusal((struct str){tar, sizeof(tar)}, 0, "a tar archive");
}
END_TEST

START_TEST(names)
{
	ck_assert_ptr_null(reader_find(STR("clover")));
	for (const struct reader *const *reader = readers; *reader; reader++) {
		ck_assert_ptr_eq(reader_find(str_of((*reader)->name)), *reader);
		ck_assert(*(*reader)->help);
		ck_assert((*reader)->bid != NULL);
	}
}
END_TEST

/* Bids are asked of any bytes. */
START_TEST(bids_of_noise)
{
	unsigned seed = 7;
	char head[300];

	for (int round = 0; round < 20000; round++) {
		static const char letters[] = "<>!-?[]'\"=/ \n\0coverage:testsuit{}#TNSF";
		size_t length = (size_t)rand_r(&seed) % sizeof(head);
		struct error err = {0};

		for (size_t i = 0; i < length; i++)
			head[i] = letters[(size_t)rand_r(&seed) % sizeof(letters)];
		if (!reader_choose((struct str){head, length}, &err))
			ck_assert_int_eq(err.code, ERROR_FOREIGN);
	}
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("reader");
	TCase *tests = tcase_create("reader");

	tcase_add_test(tests, cobertura);
	tcase_add_test(tests, others);
	tcase_add_test(tests, foreign_xml);
	tcase_add_test(tests, foreign_text);
	tcase_add_test(tests, foreign_bytes);
	tcase_add_test(tests, names);
	tcase_add_test(tests, bids_of_noise);
	suite_add_tcase(suite, tests);
	return suite;
}
