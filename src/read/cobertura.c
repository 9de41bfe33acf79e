/* The elements of Cobertura: classes, methods and lines on their way into an intake. */
#include "read/cobertura.h"

#include "read/cobertura_dialect.h"
#include "read/cobertura_header.h"
#include "read/cobertura_line.h"
#include "read/document.h"
#include "read/foreign.h"

#include <stdlib.h>

/* Element names, interned in the parser. */
struct names {
	const char *coverage;
	const char *source;
	const char *class_;
	const char *method;
	const char *line;
	const char *condition;
	const char *name;
	const char *filename;
	const char *signature;
	const char *hits;
	const char *line_rate;
	/* children of other reports' <coverage> */
	const char *project;
	const char *file;
	const char *module;
};

/* The open <method> of a class. */
struct method {
	unsigned depth;		/* <method> elements open in each other; 0: none */
	uint32_t name;		/* string ids */
	uint32_t signature;
	uint32_t first_line;	/* the lowest usable, 0: none yet */
	uint64_t hits;		/* its own, or the most of its lines */
};

/* An open <class>.  Those in each other are a stack. */
struct class_ {
	uint32_t file;		/* string ids */
	uint32_t name;
	uint64_t line;
	bool own_lines;		/* so the lines under its methods only repeat (COVERAGE 2.1) */
	size_t method_lines;	/* where its method lines start among those of all open classes */
	struct method method;
};

struct cobertura {
	struct names names;
	struct xml *xml;	/* borrowed, as are the next two */
	struct intake *intake;
	const struct sniff *sniff;
	bool rooted;
	struct header header;
	struct line_reader lines;
	struct class_ *classes;
	size_t class_count;
	size_t class_capacity;
	struct line_record *method_lines;
	size_t method_line_count;
	size_t method_line_capacity;
	uint64_t functions;
	bool in_source;
	struct strbuf source;
};

static void
begin(void *context, struct xml *xml)
{
	struct cobertura *reader = context;

	reader->xml = xml;
	reader->names = (struct names){
	    .coverage = xml_intern(xml, "coverage"),
	    .source = xml_intern(xml, "source"),
	    .class_ = xml_intern(xml, "class"),
	    .method = xml_intern(xml, "method"),
	    .line = xml_intern(xml, "line"),
	    .condition = xml_intern(xml, "condition"),
	    .name = xml_intern(xml, "name"),
	    .filename = xml_intern(xml, "filename"),
	    .signature = xml_intern(xml, "signature"),
	    .hits = xml_intern(xml, "hits"),
	    .line_rate = xml_intern(xml, "line-rate"),
	    .project = xml_intern(xml, "project"),
	    .file = xml_intern(xml, "file"),
	    .module = xml_intern(xml, "module"),
	};
	line_reader_init(&reader->lines, xml, reader->intake);
}

static void
stop(struct cobertura *reader, enum error_code code, const char *what)
{
	struct error err;

	fail_at(&err, code, xml_line(reader->xml), "%s", what);
	xml_stop(reader->xml, &err);
}

/* The string id of an attribute's value, 0: missing or empty.  One past the limit ends the parse. */
static uint32_t
text_of(struct cobertura *reader, const char *name, const struct xml_attribute *attributes,
    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str value = xml_value(&attributes[i]);

		if (attributes[i].name != name)
			continue;
		if (value.length > LIMIT_XML_NAME) {
			stop(reader, ERROR_LIMIT, "a name is longer than 64 KiB");
			return 0;
		}
		return str_trim(value).length ? strpool_add(&reader->intake->strings, value) : 0;
	}
	return 0;
}

static struct str
string(const struct cobertura *reader, uint32_t id)
{
	return strpool_get(&reader->intake->strings, id);
}

static struct class_ *
innermost(struct cobertura *reader)
{
	return reader->class_count ? &reader->classes[reader->class_count - 1] : NULL;
}

/* Refuses a root that is not Cobertura's, by its name. */
static bool
refuse_root(struct cobertura *reader, const char *name)
{
	struct error err;
	const struct foreign *kind = foreign_find(reader->sniff, reader->sniff->head);

	if (name != reader->names.coverage)
		fail_at(&err, ERROR_FOREIGN, xml_line(reader->xml),
		    "not a Cobertura report: root element <%.64s>", name);
	else if (kind && kind->root)
		fail_at(&err, ERROR_FOREIGN, xml_line(reader->xml),
		    "not a Cobertura report: this is %s (root element <%s>)", kind->what, name);
	else
		return false;
	xml_stop(reader->xml, &err);
	return true;
}

static void
root_begin(struct cobertura *reader, const char *name, const struct xml_attribute *attributes,
    size_t count)
{
	struct strbuf title = {0};

	reader->rooted = true;
	reader->header.line = xml_line(reader->xml);
	reader->header.dialect = dialect_find(reader->sniff, attributes, count);
	if (refuse_root(reader, name))
		return;
	header_read(&reader->header, attributes, count);
	dialect_title(reader->header.dialect, attributes, count, &title);
	reader->intake->dialect = strpool_add(&reader->intake->strings, strbuf_str(&title));
	reader->intake->timestamp = reader->header.timestamp;
	strbuf_clear(&title);
}

static void
method_line(struct cobertura *reader, struct method *method, const struct line_record *record)
{
	if (!method->first_line || record->number < method->first_line)
		method->first_line = record->number;
	if (record->hits > method->hits && !reader->header.dialect->methods_list_file)
		method->hits = record->hits;
	if (reader->method_line_count >= LIMIT_LINES) {
		stop(reader, ERROR_LIMIT, "too many lines in one class");
		return;
	}
	MEM_GROW(reader->method_lines, reader->method_line_capacity, reader->method_line_count + 1);
	reader->method_lines[reader->method_line_count++] = *record;
}

static void
line_finish(struct cobertura *reader)
{
	struct class_ *class_ = innermost(reader);
	struct line_record record;

	if (!reader->lines.open || !line_end(&reader->lines, &record))
		return;
	if (class_->method.depth) {
		method_line(reader, &class_->method, &record);
		return;
	}
	class_->own_lines = true;
	line_put(&reader->lines, &record);
	line_forget(&reader->lines, &record);
}

/* Whether the class only holds the functions of its file that have none (muster's own reports). */
static bool
is_no_class(const struct cobertura *reader, const struct class_ *class_)
{
	struct str name = string(reader, class_->name);

	return reader->header.dialect->file_for_class && str_starts(name, STR("./")) &&
	    str_equal((struct str){name.s + 2, name.length - 2}, string(reader, class_->file));
}

static void
class_begin(struct cobertura *reader, const struct xml_attribute *attributes, size_t count)
{
	struct intake *intake = reader->intake;
	struct class_ class_ = {
	    .line = xml_line(reader->xml),
	    .method_lines = reader->method_line_count,
	    .name = text_of(reader, reader->names.name, attributes, count),
	    .file = text_of(reader, reader->names.filename, attributes, count),
	};

	line_finish(reader);
	if (!class_.file) {
		class_.file = class_.name;
		if (!class_.file)
			class_.file = strpool_add(&intake->strings, STR("(unnamed)"));
		audit_add(&intake->audit, AUDIT_ERROR, class_.line, "class-without-filename",
		    "a class without a file name counts under its name, \"%.200s\"",
		    string(reader, class_.file).s);
	}
	if (is_no_class(reader, &class_))
		class_.name = 0;
	MEM_GROW(reader->classes, reader->class_capacity, reader->class_count + 1);
	reader->classes[reader->class_count++] = class_;
	intake_open(intake, string(reader, class_.file), class_.line);
	if (intake->file_count > LIMIT_FILES)
		stop(reader, ERROR_LIMIT, "too many files in one report");
}

/* Hands over the lines under the methods of a class, if they are all it has, and forgets them. */
static void
method_lines_end(struct cobertura *reader, const struct class_ *class_)
{
	size_t from = class_->method_lines;

	for (size_t i = from; !class_->own_lines && i < reader->method_line_count; i++)
		line_put(&reader->lines, &reader->method_lines[i]);
	while (reader->method_line_count > from)
		line_forget(&reader->lines, &reader->method_lines[--reader->method_line_count]);
}

static void
class_end(struct cobertura *reader)
{
	struct intake *intake = reader->intake;
	const struct class_ *outer;

	if (!reader->class_count)
		return;
	method_lines_end(reader, innermost(reader));
	reader->class_count--;
	outer = innermost(reader);
	if (outer)
		intake_open(intake, string(reader, outer->file), outer->line);
	if (intake->line_records + intake->line_count + reader->functions > LIMIT_LINES)
		stop(reader, ERROR_LIMIT, "too many lines in one report");
}

/* What a method's own attributes say of its hits. */
static uint64_t
method_hits(const struct cobertura *reader, const struct xml_attribute *attributes, size_t count)
{
	bool rated = reader->header.dialect->methods_list_file;
	struct number rate;

	for (size_t i = 0; i < count; i++) {
		struct str value = xml_value(&attributes[i]);

		if (attributes[i].name == reader->names.hits)
			return line_hits(&reader->lines, " of a method", value);
		if (rated && attributes[i].name == reader->names.line_rate)
			return number_decimal(value, NUMBER_POINT_OR_COMMA, &rate) == NUMBER_OK &&
			    rate.units && !rate.negative;
	}
	return 0;
}

static void
method_begin(struct cobertura *reader, const struct xml_attribute *attributes, size_t count)
{
	struct class_ *class_ = innermost(reader);
	struct method *method = class_ ? &class_->method : NULL;

	line_finish(reader);
	if (!method || method->depth++)
		return;
	method->name = text_of(reader, reader->names.name, attributes, count);
	method->signature = text_of(reader, reader->names.signature, attributes, count);
	method->first_line = 0;
	method->hits = method_hits(reader, attributes, count);
}

static void
method_end(struct cobertura *reader)
{
	struct class_ *class_ = innermost(reader);
	struct method *method = class_ ? &class_->method : NULL;

	if (!method || !method->depth || --method->depth)
		return;
	reader->functions++;
	intake_function(reader->intake, string(reader, class_->name), string(reader, method->name),
	    string(reader, method->signature), method->first_line, method->hits);
}

static void
line_start(struct cobertura *reader, const struct xml_attribute *attributes, size_t count)
{
	if (reader->class_count) {
		line_finish(reader);	/* a <line> within a <line> ends it */
		line_begin(&reader->lines, attributes, count);
		return;
	}
	audit_add(&reader->intake->audit, AUDIT_ERROR, xml_line(reader->xml), "line-outside-class",
	    "a line that belongs to no class is skipped");
}

static void
source_begin(struct cobertura *reader)
{
	reader->in_source = true;
	strbuf_reset(&reader->source);
}

static void
source_end(struct cobertura *reader)
{
	struct intake *intake = reader->intake;

	if (!reader->in_source)
		return;
	reader->in_source = false;
	if (intake->root_count < LIMIT_SOURCES)
		intake_root(intake, str_trim(strbuf_str(&reader->source)));
	else
		audit_add(&intake->audit, AUDIT_WARNING, xml_line(reader->xml), "too-many-sources",
		    "a <source> beyond the first %u is left aside", LIMIT_SOURCES);
}

/* A child of the root that only other kinds of <coverage> have. */
static bool
is_foreign_child(const struct cobertura *reader, const char *name)
{
	return name == reader->names.project || name == reader->names.file ||
	    name == reader->names.module;
}

static void
other_start(struct cobertura *reader, const char *name, const struct xml_attribute *attributes,
    size_t count)
{
	if (name == reader->names.method)
		method_begin(reader, attributes, count);
	else if (name == reader->names.class_)
		class_begin(reader, attributes, count);
	else if (name == reader->names.source && !reader->class_count)
		source_begin(reader);
	else if (xml_depth(reader->xml) == 2 && is_foreign_child(reader, name))
		stop(reader, ERROR_FOREIGN,
		    "not a Cobertura report: root element <coverage> of Clover, NCover or SonarQube");
}

static void
start(void *context, const char *name, const struct xml_attribute *attributes, size_t count)
{
	struct cobertura *reader = context;

	if (!reader->rooted)
		root_begin(reader, name, attributes, count);
	else if (name == reader->names.line)
		line_start(reader, attributes, count);
	else if (name != reader->names.condition)
		other_start(reader, name, attributes, count);
	else if (reader->lines.open)
		line_condition(&reader->lines, attributes, count);
}

static void
end(void *context, const char *name)
{
	struct cobertura *reader = context;

	if (name == reader->names.line)
		line_finish(reader);
	else if (name == reader->names.method)
		method_end(reader);
	else if (name == reader->names.class_)
		class_end(reader);
	else if (name == reader->names.source)
		source_end(reader);
}

static void
text(void *context, struct str piece)
{
	struct cobertura *reader = context;

	if (reader->in_source && reader->source.length + piece.length <= LIMIT_XML_NAME)
		strbuf_add_str(&reader->source, piece);
}

static const struct document cobertura_document = {
	.mended = AUDIT_WARNING,
	.handler = { start, end, text },
	.begin = begin,
};

static void
finish(struct cobertura *reader)
{
	struct intake *intake = reader->intake;

	intake_close(intake);
	header_check(&reader->header, intake);
	if (!intake->line_records)
		audit_add(&intake->audit, AUDIT_NOTE, reader->header.line, "empty-report",
		    "the report lists no line");
}

static bool
cobertura_read(struct input *input, struct intake *intake, struct error *err)
{
	struct cobertura reader = {.intake = intake};
	struct document document = cobertura_document;
	struct sniff sniff;
	struct str peeked;
	char *head;
	bool done;

	if (!input_peek(input, &peeked, err))
		return false;
	head = mem_copy(peeked.s, peeked.length);
	sniff_head(&sniff, (struct str){head, peeked.length});
	reader.sniff = &sniff;
	document.fast = intake->plain ? NULL : &fast_lines;
	done = document_read(&document, input, &reader, &intake->audit, err);
	if (done)
		finish(&reader);
	else
		intake_abandon(intake);
	line_reader_release(&reader.lines);
	free(head);
	free(reader.classes);
	free(reader.method_lines);
	strbuf_clear(&reader.source);
	return done;
}

/* Text before the root is damage, but of a Cobertura report. */
static int
cobertura_bid(struct str head)
{
	struct sniff sniff;

	sniff_head(&sniff, head);
	if (!str_equal(sniff.root, STR("coverage")) || foreign_find(&sniff, head))
		return 0;
	return sniff.markup ? 80 : sniff.own_line ? 20 : 0;
}

const struct reader reader_cobertura = {
	.name = "cobertura",
	.help = "Cobertura XML of any producer",
	.kind = SOURCE_COVERAGE,
	.bid = cobertura_bid,
	.coverage = cobertura_read,
};
