/* Reports found in directories. */
#include "cli/search.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <fnmatch.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_SHOWN = 10 };

/* A search under way. */
struct search {
	struct inputs *inputs;
	const struct settings *settings;
	const char *path;
	struct str stage;
	struct str cell;
	bool around;		/* by known names, passing foreign directories by */
	size_t found;
	size_t foreign;		/* files that are no report */
};

static bool
fits_any(const char *name, const char *const *patterns)
{
	for (; *patterns; patterns++)
		if (fnmatch(*patterns, name, 0) == 0)
			return true;
	return false;
}

/* Names under which runners leave reports, packed or not. */
static bool
is_known_name(const char *name)
{
	static const char *const patterns[] = {
	    /* coverage */
	    "coverage*.xml",
	    "*-coverage.xml",
	    "cobertura*.xml",
	    "*.cobertura.xml",
	    "lcov*.info",
	    "*.lcov",
	    "coverage*.info",
	    /* tests */
	    "junit*.xml",
	    "*-junit.xml",
	    "*.junit.xml",
	    "TEST-*.xml",
	    "TESTS-*.xml",
	    "test-results*.xml",
	    "test_results*.xml",
	    "test-report*.xml",
	    "test_report*.xml",
	    "pytest*.xml",
	    "nosetests*.xml",
	    "rspec*.xml",
	    "report.xml",
	    NULL,
	};
	size_t length = strlen(name);
	char plain[256];

	if (length >= sizeof(plain))
		return false;
	memcpy(plain, name, length + 1);
	if (length > 3 && strcmp(plain + length - 3, ".gz") == 0)
		plain[length - 3] = '\0';
	return fits_any(plain, patterns);
}

/* Directories whose reports, if any, are somebody else's. */
static bool
is_passed_by(const FTSENT *entry)
{
	static const char *const names[] = {".git", ".hg", ".svn", "node_modules", "site-packages",
	    ".venv", "venv", ".tox", ".nox", NULL};
	char *mark;
	bool environment;

	if (fits_any(entry->fts_name, names))
		return true;
	if (asprintf(&mark, "%s/pyvenv.cfg", entry->fts_accpath) < 0)
		return false;
	environment = access(mark, F_OK) == 0;
	free(mark);
	return environment;
}

/* Whether a file bids as a report, and as which. */
static bool
probe(const char *path, const struct reader *forced, const struct reader **out, struct error *err)
{
	struct input *input;
	struct str head;
	bool good;

	if (!input_open(path, &input, err))
		return false;
	*out = forced ? forced : reader_of_input(input, err);
	good = *out && input_peek(input, &head, err);
	if (good && forced && !forced->bid(head))
		good = fail(err, ERROR_FOREIGN, "not a report of format %s", forced->name);
	input_free(input);
	return good;
}

/* A file that is no report is a note, the first few by name; the rest is counted. */
static void
note_foreign(struct search *search, const char *path, const struct error *err)
{
	struct audit *audit = &search->inputs->audit;

	if (search->foreign++ >= LIMIT_FINDINGS)
		return;
	audit_begin(audit, str_of(path));
	audit_add(audit, AUDIT_NOTE, err->line, "not-a-report", "%s", err->message);
	audit_end(audit);
}

static struct run_input *
add_item(struct search *search, const char *path)
{
	return inputs_add(search->inputs, str_of(path), search->stage, search->cell);
}

/*
 * An empty file of a report's name is a runner that died, not a file of another kind (TESTS R11).
 */
static bool
is_empty_report(const FTSENT *entry)
{
	struct stat st;

	return is_known_name(entry->fts_name) && stat(entry->fts_accpath, &st) == 0 && !st.st_size;
}

static void
search_file(struct search *search, const FTSENT *entry)
{
	const char *path =
	    strncmp(entry->fts_path, "./", 2) == 0 ? entry->fts_path + 2 : entry->fts_path;
	const struct reader *reader = NULL;
	struct error err = {0};
	struct run_input *input;

	if (search->around && !is_known_name(entry->fts_name))
		return;
	if (!probe(path, search->settings->format, &reader, &err) && err.code == ERROR_FOREIGN &&
	    !is_empty_report(entry)) {
		note_foreign(search, path, &err);
		return;
	}
	search->found++;
	input = add_item(search, path);
	input->path = mem_string(path, strlen(path));
	input->reader = reader;
	if (err.code)
		input_failed(input, &err);
}

static bool
is_regular(const FTSENT *entry)
{
	struct stat st;

	return entry->fts_info == FTS_F ||
	    (entry->fts_info == FTS_SL && stat(entry->fts_accpath, &st) == 0 &&
		S_ISREG(st.st_mode));
}

/* Around here much is closed to us and no concern of the user's; what was named must open. */
static void
search_refused(struct search *search, const FTSENT *entry)
{
	struct error err;

	fail_errno(&err, ERROR_INPUT, entry->fts_errno, "cannot search");
	if (search->around) {
		log_notice("%s: %s", entry->fts_path, err.message);
		return;
	}
	input_failed(add_item(search, entry->fts_path), &err);
	search->found++;
}

static void
search_entry(struct search *search, FTS *fts, FTSENT *entry)
{
	if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR || entry->fts_info == FTS_NS) {
		search_refused(search, entry);
	} else if (entry->fts_info == FTS_D) {
		if (search->around && entry->fts_level > 0 && is_passed_by(entry))
			fts_set(fts, entry, FTS_SKIP);
	} else if (is_regular(entry)) {
		search_file(search, entry);
	}
}

static int
by_name(const FTSENT **left, const FTSENT **right)
{
	return strcmp((*left)->fts_name, (*right)->fts_name);
}

/* Walks in the order of names; links to directories are not followed. */
static void
search_below(struct search *search)
{
	char *path = mem_string(search->path, strlen(search->path));
	char *const roots[] = {path, NULL};
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	struct error err;
	FTSENT *entry;

	while (fts && (entry = fts_read(fts)) && search->inputs->count <= LIMIT_INPUTS)
		search_entry(search, fts, entry);
	if (!fts) {
		fail_errno(&err, ERROR_INPUT, errno, "cannot search");
		input_failed(add_item(search, path), &err);
	} else {
		fts_close(fts);
	}
	free(path);
	if (search->foreign > LIMIT_FINDINGS) {
		audit_begin(&search->inputs->audit, str_of(search->path));
		audit_add(&search->inputs->audit, AUDIT_NOTE, 0, "not-a-report",
		    "and %zu more files are no reports", search->foreign - LIMIT_FINDINGS);
		audit_end(&search->inputs->audit);
	}
}

bool
search_directory(struct inputs *inputs, const struct settings *settings, const char *path,
    struct str stage, struct str cell)
{
	struct search search = {inputs, settings, path, stage, cell, .around = false};

	search_below(&search);
	return search.found > 0;
}

static void
say_found(const struct inputs *inputs)
{
	struct strbuf names = {0};

	for (size_t i = 0; i < inputs->count && i < NAMES_SHOWN; i++)
		strbuf_addf(&names, "%s%s", i ? ", " : "", inputs->items[i].name);
	if (inputs->count > NAMES_SHOWN)
		strbuf_addf(&names, " and %zu more", inputs->count - NAMES_SHOWN);
	log_notice("no report was named, found %zu: %s", inputs->count, strbuf_string(&names));
	strbuf_clear(&names);
}

void
search_around(struct inputs *inputs, const struct settings *settings)
{
	struct search search = {inputs, settings, ".", STR(""), STR(""), .around = true};

	search_below(&search);
	if (inputs->count)
		say_found(inputs);
}
