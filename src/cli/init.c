/* A first configuration. */
#include "cli/init.h"

#include "base/glob.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/strbuf.h"
#include "base/yaml.h"
#include "cli/config.h"
#include "cli/label.h"

#include <stdlib.h>

/* A report and where it is to be listed. */
struct entry {
	struct str stage;	/* empty: none is told */
	struct str folder;	/* the one that told it; empty: the file's name did */
	struct str above;	/* of the folder, with a '/' behind it, or empty */
	struct str file;	/* the name within it */
	struct str path;
	char *pattern;		/* owned; NULL: the path as it is */
};

static bool
is_one_of(struct str name, const char *const *words)
{
	for (; *words; words++)
		if (str_equal_fold(name, str_of(*words)))
			return true;
	return false;
}

static struct str
without_end(struct str name, const char *const *ends)
{
	for (; *ends; ends++)
		if (str_ends(name, str_of(*ends)))
			return (struct str){name.s, name.length - strlen(*ends)};
	return name;
}

/* "unit" of "coverage-unit"; empty of "coverage" and of what is named after a class. */
static struct str
told_by_file(struct str name)
{
	static const char *const heads[] = {"coverage", "cobertura", "junit", "lcov",
	    "test-results", "test_results", "test-report", "test_report", NULL};

	if (str_starts(name, STR("TEST-")) || str_starts(name, STR("TESTS-")))
		return STR("");
	for (const char *const *head = heads; *head; head++) {
		struct str start = str_of(*head);

		if (!str_starts(name, start))
			continue;
		if (name.length == start.length)
			return STR("");
		if (strchr("-_.", name.s[start.length]))
			return (struct str){
			    name.s + start.length + 1, name.length - start.length - 1};
	}
	return name;
}

static bool
is_stage(struct str name)
{
	struct str stage, cell;

	return label_parse(name, &stage, &cell) && !cell.length;
}

struct str
init_stage(struct str path, bool *folder)
{
	static const char *const ends[][4] = {
	    {".gz", NULL}, {".xml", ".info", ".lcov", NULL}, {".cobertura", ".junit", NULL}};
	static const char *const common[] = {"artifacts", "build", "cobertura", "coverage",
	    "htmlcov", "junit", "out", "report", "reports", "results", "surefire-reports", "target",
	    "test-reports", "test-results", NULL};
	struct str file = path, above = STR(""), stage;

	split_last(path, '/', &above, &file);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		file = without_end(file, ends[i]);
	stage = told_by_file(file);
	*folder = !is_stage(stage);
	if (!*folder)
		return stage;
	if (!split_last(above, '/', &(struct str){0}, &stage))
		stage = above;
	return is_stage(stage) && !is_one_of(stage, common) ? stage : STR("");
}

static struct entry
entry_of(struct str path)
{
	struct entry entry = {.path = path, .file = path};
	bool by_folder;
	struct str above;

	entry.stage = init_stage(path, &by_folder);
	if (!by_folder || !entry.stage.length)
		return entry;
	split_last(path, '/', &above, &entry.file);
	entry.folder = entry.stage;
	entry.above = (struct str){above.s, above.length - entry.folder.length};
	return entry;
}

/* Whether two folders side by side are cells of one stage: "unit-py3.10", "unit-py3.11". */
static bool
are_cells(const struct entry *a, const struct entry *b, struct str *stage)
{
	struct str other, cell;

	return str_equal(a->above, b->above) && !str_equal(a->folder, b->folder) &&
	    split_first(a->folder, '-', stage, &cell) && cell.length &&
	    split_first(b->folder, '-', &other, &cell) && cell.length && str_equal(*stage, other) &&
	    is_stage(*stage);
}

/* Makes a pattern of what is one of several cells. */
static void
find_cells(struct entry *entries, size_t count, struct entry *entry)
{
	struct strbuf pattern = {0};
	struct str stage;
	size_t other = 0;

	if (!entry->folder.length)
		return;
	while (other < count && !are_cells(entry, &entries[other], &stage))
		other++;
	if (other == count)
		return;
	glob_quote(&pattern, entry->above);
	glob_quote(&pattern, stage);
	strbuf_add_string(&pattern, "-{cell}/");
	glob_quote(&pattern, entry->file);
	entry->stage = stage;
	entry->pattern = strbuf_take(&pattern);
}

static struct str
listed_as(const struct entry *entry)
{
	return entry->pattern ? str_of(entry->pattern) : entry->path;
}

static int
entry_compare(const void *left, const void *right)
{
	const struct entry *a = left;
	const struct entry *b = right;
	int order = str_compare(a->stage, b->stage);

	return order ? order : str_compare(listed_as(a), listed_as(b));
}

static void
add_quoted(struct output *out, const char *before, struct str text, const char *behind)
{
	struct strbuf quoted = {0};

	yaml_put(&quoted, text);
	output_addf(out, "%s%s%s", before, strbuf_string(&quoted), behind);
	strbuf_clear(&quoted);
}

static void
write_stages(struct output *out, const struct entry *entries, size_t count)
{
	output_add_string(out,
	    "\n# Where each stage leaves its reports.  A stage that is required must have one.\n"
	    "stages:\n");
	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = &entries[i];

		if (!i || !str_equal(entry[-1].stage, entry->stage)) {
			add_quoted(out, "  ", entry->stage, ":\n");
			output_add_string(out, "    # required: true\n    reports:\n");
		}
		if (!i || entry_compare(entry - 1, entry) != 0)
			add_quoted(out, "      - ", listed_as(entry), "\n");
	}
}

/* The entries of the inputs, by stage. */
static struct entry *
make_entries(const struct inputs *inputs)
{
	struct entry *entries = mem_zalloc(inputs->count, sizeof(*entries));

	for (size_t i = 0; i < inputs->count; i++)
		entries[i] = entry_of(str_of(inputs->items[i].name));
	for (size_t i = 0; i < inputs->count; i++)
		find_cells(entries, inputs->count, &entries[i]);
	for (size_t i = 0; i < inputs->count; i++)
		if (!entries[i].stage.length)
			entries[i].stage = DEFAULT_STAGE;
	if (inputs->count)
		qsort(entries, inputs->count, sizeof(*entries), entry_compare);
	return entries;
}

/* The files of a report are in the order of their paths, so those of a folder stand together. */
static void
write_components(struct output *out, const struct report *report)
{
	struct str last = STR("");

	for (size_t i = 0; i < report->file_count; i++) {
		struct strbuf pattern = {0};
		struct str folder, rest;

		if (!split_first(report_path(report, &report->files[i]), '/', &folder, &rest) ||
		    !folder.length || folder.s[0] == '.' || memchr(folder.s, ':', folder.length) ||
		    str_equal(folder, last))
			continue;
		if (!last.length)
			output_add_string(out,
			    "\n# Parts that are shown, and may be judged, by themselves.\n"
			    "components:\n");
		glob_quote(&pattern, folder);
		strbuf_add_string(&pattern, "/**");
		add_quoted(out, "  ", folder, ": ");
		add_quoted(out, "{ paths: [", strbuf_str(&pattern), "] }\n");
		strbuf_clear(&pattern);
		last = folder;
	}
}

static void
write_all(
    struct output *out, const struct entry *entries, size_t count, const struct report *report)
{
	output_add_string(out,
	    "# What muster reads and asks of this repository.  Every key is the long name of an\n"
	    "# option (muster --help); the command line comes before it.\n");
	write_stages(out, entries, count);
	write_components(out, report);
	output_add_string(out,
	    "\n"
	    "# The gates, in percent.\n"
	    "# fail-under: { lines: 80, branches: 70 }\n"
	    "\n"
	    "# From where on numbers are green and orange, and tests slow.\n"
	    "# colors: { green: 80, orange: 60 }\n"
	    "# slow-test: 5s\n"
	    "\n"
	    "# What is written besides.\n"
	    "# output: ['result.json', 'summary.md']\n");
}

bool
init_write(const struct inputs *inputs, const struct report *report, struct error *err)
{
	struct entry *entries;
	struct output *out;
	bool good;

	if (!output_create(CONFIG_NAME, &out, err))
		return false;
	entries = make_entries(inputs);
	write_all(out, entries, inputs->count, report);
	for (size_t i = 0; i < inputs->count; i++)
		free(entries[i].pattern);
	free(entries);
	good = output_commit(out, err);
	if (good)
		log_notice("wrote %s", CONFIG_NAME);
	return good;
}
