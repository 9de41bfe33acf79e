/*
 * The floor that reading is measured against: libxml2's push parser and the least that any reader must do.
 *   floor coverage FILE...   looks up each <line>, keeps number and hits per class in an array
 *   floor tests FILE...      counts cases and failures, copies failure text
 */
#include <fcntl.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 << 10 };

struct floor {
	const xmlChar *line, *number, *hits, *conditions, *class_, *case_, *failure;
	uint32_t *kept;
	size_t count;
	size_t capacity;
	uint64_t lines, covered, cases, failures, text;
	bool in_failure;
};

static uint32_t
digits(const xmlChar *at, const xmlChar *end)
{
	uint32_t number = 0;

	for (; at < end && *at >= '0' && *at <= '9'; at++)
		number = number * 10 + (uint32_t)(*at - '0');
	return number;
}

static void
keep(struct floor *f, uint32_t value)
{
	if (f->count == f->capacity) {
		f->capacity = f->capacity ? f->capacity * 2 : 4096;
		f->kept = realloc(f->kept, f->capacity * sizeof(*f->kept));
		if (!f->kept)
			abort();
	}
	f->kept[f->count++] = value;
}

static void
take_line(struct floor *f, int count, const xmlChar **attributes)
{
	uint32_t number = 0, hits = 0;

	for (int i = 0; i < count; i++, attributes += 5) {
		if (attributes[0] == f->number)
			number = digits(attributes[3], attributes[4]);
		else if (attributes[0] == f->hits)
			hits = digits(attributes[3], attributes[4]);
		else if (attributes[0] == f->conditions)
			keep(f, digits(attributes[3], attributes[4]));
	}
	keep(f, number);
	keep(f, hits);
	f->lines++;
	f->covered += hits > 0;
}

static void
on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int count, int defaulted, const xmlChar **attributes)
{
	struct floor *f = context;

	(void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
	if (name == f->line)
		take_line(f, count, attributes);
	else if (name == f->class_)
		f->count = 0;
	f->cases += name == f->case_;
	f->failures += name == f->failure;
	f->in_failure = name == f->failure;
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct floor *f = context;

	(void)name, (void)prefix, (void)uri;
	f->in_failure = false;
}

static void
on_text(void *context, const xmlChar *text, int length)
{
	struct floor *f = context;

	if (!f->in_failure)
		return;
	free(memcpy(malloc((size_t)length + 1), text, (size_t)length));
	f->text += (uint64_t)length;
}

static void
names_find(struct floor *f, xmlDictPtr dict)
{
	f->line = xmlDictLookup(dict, BAD_CAST "line", -1);
	f->number = xmlDictLookup(dict, BAD_CAST "number", -1);
	f->hits = xmlDictLookup(dict, BAD_CAST "hits", -1);
	f->conditions = xmlDictLookup(dict, BAD_CAST "condition-coverage", -1);
	f->class_ = xmlDictLookup(dict, BAD_CAST "class", -1);
	f->case_ = xmlDictLookup(dict, BAD_CAST "testcase", -1);
	f->failure = xmlDictLookup(dict, BAD_CAST "failure", -1);
}

static void
read_file(struct floor *f, const char *path, bool tests)
{
	static char chunk[CHUNK];
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC, .startElementNs = on_start};
	xmlParserCtxtPtr parser;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length;

	if (tests) {
		sax.endElementNs = on_end;
		sax.characters = on_text;
		sax.cdataBlock = on_text;
	}
	parser = xmlCreatePushParserCtxt(&sax, f, NULL, 0, NULL);
	xmlCtxtUseOptions(parser, XML_PARSE_HUGE | XML_PARSE_NONET);
	names_find(f, parser->dict);
	while ((length = read(fd, chunk, sizeof(chunk))) > 0)
		if (xmlParseChunk(parser, chunk, (int)length, 0) != 0)
			break;
	if (fd < 0 || length < 0 || xmlParseChunk(parser, NULL, 0, 1) != 0) {
		fprintf(stderr, "floor: cannot read '%s'\n", path);
		exit(1);
	}
	xmlFreeParserCtxt(parser);
	close(fd);
}

int
main(int argc, char **argv)
{
	struct floor f = {0};
	bool tests = argc > 1 && strcmp(argv[1], "tests") == 0;

	xmlInitParser();
	for (int i = 2; i < argc; i++)
		read_file(&f, argv[i], tests);
	printf("lines %llu covered %llu cases %llu failures %llu text %llu\n", (unsigned long long)f.lines,
	    (unsigned long long)f.covered, (unsigned long long)f.cases, (unsigned long long)f.failures,
	    (unsigned long long)f.text);
	free(f.kept);
	return 0;
}
