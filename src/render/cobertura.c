/*
 * Cobertura XML (COVERAGE 9): a package for each directory, a class for each file.  Names are
 * relative to the root, which is written as the one <source> "."; so the same inputs give the same
 * bytes on every machine, and readers that join sources with names find the file from the root.
 */
#include "render/writers.h"

#include "base/mem.h"
#include "render/cobertura_class.h"
#include "render/xml_out.h"

#include <stdlib.h>

/* The document type of coverage-04.dtd with what muster adds to it. */
static const char prolog[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\" [\n"
    "<!ATTLIST line missing-branches CDATA #IMPLIED>\n"
    "<!ATTLIST method hits CDATA #IMPLIED>\n"
    "]>\n";

/* A file and the directory it is in, "." at the top. */
struct place {
	struct str directory;
	const struct file_result *file;
};

static struct str
directory_of(struct str path)
{
	const char *slash = path.length ? memrchr(path.s, '/', path.length) : NULL;

	if (!slash)
		return STR(".");
	return (struct str){path.s, slash == path.s ? 1 : (size_t)(slash - path.s)};
}

static int
compare_places(const void *left, const void *right)
{
	const struct place *a = left;
	const struct place *b = right;
	int order = str_compare(a->directory, b->directory);

	return order ? order : str_compare(a->file->path, b->file->path);
}

/* The files by directory; owned. */
static struct place *
list_places(const struct result *result)
{
	struct place *places = mem_alloc(result->file_count * sizeof(*places));

	for (size_t i = 0; i < result->file_count; i++)
		places[i] = (struct place){directory_of(result->files[i].path), &result->files[i]};
	if (result->file_count)
		qsort(places, result->file_count, sizeof(*places), compare_places);
	return places;
}

/* How many places from the first on are in its directory, and what they add up to. */
static size_t
count_package(const struct place *places, size_t count, struct numbers *sum)
{
	size_t end = 0;

	*sum = (struct numbers){0};
	for (; end < count && str_equal(places[end].directory, places->directory); end++) {
		const struct numbers *numbers = &places[end].file->numbers;

		sum->lines.covered += numbers->lines.covered;
		sum->lines.total += numbers->lines.total;
		sum->branches.covered += numbers->branches.covered;
		sum->branches.total += numbers->branches.total;
	}
	return end;
}

static void
add_package(struct cobertura_writer *writer, const struct place *places, size_t count,
    const struct numbers *sum)
{
	struct strbuf *out = &writer->text;

	strbuf_add_string(out, "<package");
	xml_out_attribute(out, "name", places->directory);
	cobertura_rates(out, sum);
	strbuf_add_string(out, ">\n<classes>\n");
	for (size_t i = 0; i < count; i++)
		cobertura_file(writer, places[i].file);
	strbuf_add_string(out, "</classes>\n</package>\n");
}

static void
add_root(struct strbuf *out, const struct result *result)
{
	const struct numbers *total = &result->total;

	strbuf_add_string(out, prolog);
	strbuf_add_string(out, "<coverage");
	xml_out_rate(out, "line-rate", total->lines);
	xml_out_rate(
	    out, "branch-rate", (struct ratio){total->branches.covered, total->branches.total});
	xml_out_count(out, "lines-covered", total->lines.covered);
	xml_out_count(out, "lines-valid", total->lines.total);
	xml_out_count(out, "branches-covered", total->branches.covered);
	xml_out_count(out, "branches-valid", total->branches.total);
	strbuf_add_string(out, " complexity=\"0\" version=\"muster " PACKAGE_VERSION "\"");
	xml_out_count(out, "timestamp", result->timestamp);
	strbuf_add_string(out, ">\n<sources>\n<source>.</source>\n</sources>\n<packages>\n");
}

static bool
write_cobertura(const struct result *result, const struct render_settings *settings,
    struct output *output, struct error *err)
{
	struct cobertura_writer writer = {.report = result->report, .output = output};
	struct place *places = list_places(result);
	struct numbers sum;

	(void)settings;
	(void)err;
	add_root(&writer.text, result);
	for (size_t i = 0, count; i < result->file_count; i += count) {
		count = count_package(places + i, result->file_count - i, &sum);
		add_package(&writer, places + i, count, &sum);
	}
	strbuf_add_string(&writer.text, "</packages>\n</coverage>\n");
	cobertura_flush(&writer);
	cobertura_writer_release(&writer);
	free(places);
	return true;
}

const struct renderer renderer_cobertura = {
    .name = "cobertura",
    .help = "the merged coverage as Cobertura XML",
    .suffixes = "",
    .write = write_cobertura,
};
