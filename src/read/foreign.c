/* The table of kinds that are not read. */
#include "read/foreign.h"

/* Magic bytes with NULs in them, their number told by the literal. */
#define BYTES(literal) { (literal), sizeof(literal) - 1 }

static const struct foreign kinds[] = {
	/* coverage in XML */
	{ .what = "a Clover report", .root = "coverage", .attribute = "clover" },
	{ .what = "a Clover report", .root = "coverage", .child = "project" },
	{ .what = "an NCover report", .root = "coverage", .attribute = "profilerVersion" },
	{ .what = "an NCover report", .root = "coverage", .child = "module" },
	{ .what = "a SonarQube generic coverage report", .root = "coverage", .child = "file" },
	{ .what = "an NCover report", .root = "trendcoveragedata" },
	{ .what = "a JaCoCo report", .root = "report", .holds = "JACOCO" },
	{ .what = "a JaCoCo report", .root = "report", .child = "sessioninfo" },
	{ .what = "a JaCoCo report", .root = "report", .child = "group" },
	{ .what = "a JaCoCo report", .root = "report", .child = "package" },
	{ .what = "a JaCoCo report", .root = "report", .child = "counter" },
	{ .what = "an OpenCover report", .root = "CoverageSession" },
	{ .what = "a dotCover report", .root = "Root", .attribute = "DotCoverVersion" },
	{ .what = "a Visual Studio coverage report", .advice = "dotnet-coverage merge -f cobertura",
	  .root = "results", .child = "modules" },
	{ .what = "a Visual Studio coverage report", .root = "CoverageDSPriv" },
	{ .what = "a PHPUnit coverage index", .advice = "phpunit --coverage-cobertura",
	  .root = "phpunit" },
	{ .what = "a PIT mutation report", .root = "mutations" },
	/* tests in XML */
	{ .what = "a TRX report", .advice = "dotnet test --logger junit", .root = "TestRun" },
	{ .what = "an NUnit 3 report", .root = "test-run" },
	{ .what = "an NUnit 2 report", .root = "test-results" },
	{ .what = "an xUnit.net report", .root = "assemblies" },
	{ .what = "an xUnit.net report", .root = "assembly" },
	{ .what = "a TestNG report", .root = "testng-results" },
	{ .what = "a Robot Framework report", .advice = "robot --xunit", .root = "robot" },
	{ .what = "a CTest dashboard file", .advice = "ctest --output-junit", .root = "Site" },
	{ .what = "a Boost.Test report", .root = "TestLog" },
	{ .what = "a Boost.Test report", .root = "TestResult" },
	{ .what = "a Qt Test report", .advice = "-o FILE,junitxml", .root = "TestCase" },
	{ .what = "a Catch2 report", .advice = "--reporter junit", .root = "Catch2TestRun" },
	{ .what = "a Catch2 report", .advice = "--reporter junit", .root = "Catch" },
	{ .what = "a doctest report", .advice = "--reporters=junit", .root = "doctest" },
	{ .what = "a SonarQube test report", .root = "testExecutions" },
	{ .what = "a SonarQube test report", .root = "unitTest" },
	/* other XML */
	{ .what = "a Checkstyle report", .root = "checkstyle" },
	{ .what = "an HTML page", .root = "html" },
	/* JSON */
	{ .what = "a CTRF report", .json = true, .holds = "\"CTRF\"" },
	{ .what = "a CTRF report", .json = true, .holds = "\"ctrf\"" },
	{ .what = "an Istanbul coverage-final.json",
	  .advice = "the reporters cobertura or lcovonly", .json = true,
	  .holds = "\"statementMap\"" },
	{ .what = "an llvm-cov export", .advice = "llvm-cov export -format=lcov", .json = true,
	  .holds = "llvm.coverage.json.export" },
	{ .what = "an llvm-cov export", .advice = "llvm-cov export -format=lcov", .json = true,
	  .holds = "\"segments\"" },
	{ .what = "a gcovr JSON report", .advice = "gcovr --cobertura", .json = true,
	  .holds = "gcovr/" },
	{ .what = "a gcov JSON report", .advice = "gcovr --cobertura", .json = true,
	  .holds = "\"gcc_version\"" },
	{ .what = "a coverage.py JSON report", .advice = "coverage xml", .json = true,
	  .holds = "\"executed_lines\"" },
	{ .what = "a SimpleCov report", .advice = "simplecov-cobertura", .json = true,
	  .holds = "\"simplecov_version\"" },
	{ .what = "a Coveralls report", .json = true, .holds = "\"source_files\"" },
	{ .what = "a Jest result", .advice = "jest-junit", .json = true,
	  .holds = "\"numTotalTests\"" },
	{ .what = "a Mocha result", .advice = "mocha-junit-reporter", .json = true,
	  .holds = "\"passPercent\"" },
	{ .what = "a CTRF report", .json = true, .holds = "\"tool\"" },
	{ .what = "a muster result", .advice = "-o snapshot:FILE", .json = true,
	  .holds = "\"muster\"" },
	{ .what = "a SimpleCov result set", .advice = "simplecov-cobertura", .json = true,
	  .holds = "\"coverage\"" },
	{ .what = "JSON of a kind that is not known", .json = true },
	/* text */
	{ .what = "a Go cover profile", .advice = "gocover-cobertura",
	  .magic = BYTES("mode: set") },
	{ .what = "a Go cover profile", .advice = "gocover-cobertura",
	  .magic = BYTES("mode: count") },
	{ .what = "a Go cover profile", .advice = "gocover-cobertura",
	  .magic = BYTES("mode: atomic") },
	{ .what = "TAP", .advice = "tap-junit", .magic = BYTES("TAP version ") },
	{ .what = "gcov text", .advice = "gcovr --cobertura", .magic = BYTES("-:    0:Source:") },
	/* what producers keep for themselves */
	{ .what = "a data file of coverage.py", .advice = "coverage xml",
	  .magic = BYTES("SQLite format 3"),
	  .holds = "coverage_schema" },
	{ .what = "a data file of coverage.py", .advice = "coverage xml",
	  .magic = BYTES("!coverage.py:") },
	{ .what = "an SQLite database", .magic = BYTES("SQLite format 3") },
	{ .what = "gcov data (.gcda)", .advice = "gcovr --cobertura", .magic = BYTES("adcg") },
	{ .what = "gcov data (.gcda)", .advice = "gcovr --cobertura", .magic = BYTES("gcda") },
	{ .what = "gcov notes (.gcno)", .advice = "gcovr --cobertura", .magic = BYTES("oncg") },
	{ .what = "gcov notes (.gcno)", .advice = "gcovr --cobertura", .magic = BYTES("gcno") },
	{ .what = "an LLVM profile", .advice = "llvm-cov export -format=lcov",
	  .magic = BYTES("\x81rforpl\xff") },
	{ .what = "an LLVM profile", .advice = "llvm-cov export -format=lcov",
	  .magic = BYTES("\xfflprofi\x81") },
	{ .what = "JaCoCo execution data", .magic = BYTES("\x01\xc0\xc0") },
	/* containers and the like */
	{ .what = "a zip archive", .magic = BYTES("PK\x03\x04") },
	{ .what = "a zip archive", .magic = BYTES("PK\x05\x06") },
	{ .what = "a tar archive", .magic = BYTES("ustar"), .offset = 257 },
	{ .what = "gzip within gzip", .magic = BYTES("\x1f\x8b") },
	{ .what = "an xz archive", .magic = BYTES("\xfd" "7zXZ") },
	{ .what = "a bzip2 archive", .magic = BYTES("BZh") },
	{ .what = "a zstd archive", .magic = BYTES("\x28\xb5\x2f\xfd") },
	{ .what = "a 7z archive", .magic = BYTES("7z\xbc\xaf") },
	{ .what = "a PDF", .magic = BYTES("%PDF-") },
	{ .what = "a PNG image", .magic = BYTES("\x89PNG") },
	{ .what = "a program", .magic = BYTES("\x7f" "ELF") },
	{ .what = "a Java class", .magic = BYTES("\xca\xfe\xba\xbe") },
};

static struct str
without_blanks(struct str s)
{
	while (s.length && strchr(" \t\r\n", s.s[0]) && s.s[0])
		s = (struct str){s.s + 1, s.length - 1};
	return s;
}

/* Whether a text starts with an object or an array, and not with a log line like "[INFO] x". */
static bool
starts_like_json(struct str text)
{
	struct str inside;

	if (!text.length || (text.s[0] != '{' && text.s[0] != '['))
		return false;
	inside = without_blanks((struct str){text.s + 1, text.length - 1});
	if (!inside.length || inside.s[0] == '"')
		return true;
	return strchr(text.s[0] == '{' ? "}" : "]{[", inside.s[0]) && inside.s[0];
}

static bool
magic_fits(const struct foreign *kind, struct str text, struct str raw)
{
	if (raw.length < kind->offset)
		return false;
	if (str_starts((struct str){raw.s + kind->offset, raw.length - kind->offset}, kind->magic))
		return true;
	return !kind->offset && str_starts(text, kind->magic);
}

static bool
fits(const struct foreign *kind, const struct sniff *sniff, struct str raw)
{
	struct str text = without_blanks(sniff->head);

	if (kind->root && !(sniff->markup && str_equal_fold(sniff->root, str_of(kind->root))))
		return false;
	if (kind->attribute && !sniff_attribute(sniff, kind->attribute))
		return false;
	if (kind->child && !str_equal(sniff->child, str_of(kind->child)))
		return false;
	if (kind->json && !starts_like_json(text))
		return false;
	if (kind->magic.length && !magic_fits(kind, text, raw))
		return false;
	return !kind->holds || sniff_holds(sniff, kind->holds);
}

const struct foreign *
foreign_find(const struct sniff *sniff, struct str raw)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (fits(&kinds[i], sniff, raw))
			return &kinds[i];
	return NULL;
}
