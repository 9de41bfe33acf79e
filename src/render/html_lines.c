/* The views of one source file. */
#include "render/html_source.h"

static const struct source_file *
source_of(struct view view)
{
	return view.data;
}

static const struct file_result *
result_file(const struct source_file *source)
{
	return &source->html->page.result->files[source->file];
}

static struct view
row(const struct view_type *type, struct view view, uint64_t index)
{
	return (struct view){type, view.data, index};
}

/* ---- a line; an item's index is its place ---- */

static const struct source_line *
line_of(struct view view)
{
	return &source_of(view)->lines[view.index];
}

static struct view
line_number(struct view view)
{
	return view_number(line_of(view)->number);
}

static void
id_add(const struct view *view, struct strbuf *out)
{
	const struct source_file *source = view->data;

	if (source->prefix.length)
		strbuf_add_str(out, source->prefix);
	strbuf_put(out, "L", 1);
	strbuf_add_u64(out, source->lines[view->index].number);
}

static bool
id_some(struct view view)
{
	(void)view;
	return true;
}

static const struct view_type id_type = {.kind = VIEW_TEXT, .add = id_add, .some = id_some};

static struct view
line_id(struct view view)
{
	return row(&id_type, view, view.index);
}

/* ---- what it shares with others; the index is that of the look ---- */

static const struct source_look *
look_of(struct view view)
{
	return &source_of(view)->looks[view.index];
}

static struct view
look_state(struct view view)
{
	static const char *const names[LINE_STATES][LINE_CHANGES] = {
	    {NULL, "nd", NULL}, {"c", "cd", "c"}, {"m", "md", "ml"}, {"p", "pd", "p"}, {"x", "xd", "x"}};

	return view_string(names[look_of(view)->state][look_of(view)->change]);
}

static bool
is_measured(struct view view)
{
	return look_of(view)->state != LINE_UNMEASURED && look_of(view)->state != LINE_EXCLUDED;
}

static struct view
look_hits(struct view view)
{
	return is_measured(view) ? view_number(look_of(view)->hits) : view_null();
}

static struct view
look_marks(struct view view)
{
	return is_measured(view) ? view_text(source_of(view)->html->marks[look_of(view)->pattern]) : view_null();
}

static const struct view_field look_fields[] = {
	{ "state", look_state, true },
	{ "hits", look_hits, true },
	{ "marks", look_marks, true },
	{ NULL, NULL, false },
};

static const struct view_type look_type = {.kind = VIEW_OBJECT, .repeats = true, .fields = look_fields};

static struct view
line_look(struct view view)
{
	return row(&look_type, view, line_of(view)->look);
}

static struct view
line_code(struct view view)
{
	const struct source_file *source = source_of(view);
	const struct source_line *line = line_of(view);

	if (view.index >= source->own_count)
		return view_null();
	return view_text((struct str){source->bytes + line->start, line->length});
}

/* ---- its branches; the index is theirs ---- */

static const struct source_branches *
branches_of(struct view view)
{
	return &source_of(view)->branches[view.index];
}

static struct view
branches_low(struct view view)
{
	return view_number(branches_of(view)->interval.lo);
}

static struct view
branches_high(struct view view)
{
	return view_number(branches_of(view)->interval.hi);
}

static struct view
branches_total(struct view view)
{
	return view_number(branches_of(view)->interval.n);
}

static struct view
branches_open(struct view view)
{
	return view_bool(branches_of(view)->interval.lo < branches_of(view)->interval.hi);
}

static struct view
branches_whole(struct view view)
{
	return view_bool(branches_of(view)->interval.lo == branches_of(view)->interval.n);
}

static struct view
missing(struct view view, enum branch_kind kind)
{
	const struct source_branches *branches = branches_of(view);

	if (branches->kind != kind || !branches->missing_length)
		return view_null();
	return view_text((struct str){source_of(view)->text.s + branches->missing, branches->missing_length});
}

static struct view
branches_targets(struct view view)
{
	return missing(view, BRANCH_IDS);
}

static struct view
branches_conditions(struct view view)
{
	return branches_of(view)->placed ? view_null() : missing(view, BRANCH_CONDS);
}

static struct view
branches_places(struct view view)
{
	return branches_of(view)->placed ? missing(view, BRANCH_CONDS) : view_null();
}

static const struct view_field branches_fields[] = {
	{ "low", branches_low, true },
	{ "high", branches_high, true },
	{ "total", branches_total, true },
	{ "open", branches_open, true },
	{ "whole", branches_whole, true },
	{ "missing_targets", branches_targets, true },
	{ "missing_conditions", branches_conditions, true },
	{ "missing_places", branches_places, true },
	{ NULL, NULL, false },
};

static const struct view_type branches_type = {.kind = VIEW_OBJECT, .repeats = true, .fields = branches_fields};

static struct view
line_branches(struct view view)
{
	uint32_t index = line_of(view)->branches;

	return index ? row(&branches_type, view, index - 1) : view_null();
}

static struct view
line_next(struct view view)
{
	const struct source_line *line = line_of(view);

	return line->next != line->number ? view_number(line->next) : view_null();
}

static const struct view_field extra_fields[] = {
	{ "branches", line_branches, true },
	{ "next", line_next, true },
	{ NULL, NULL, false },
};

static const struct view_type extra_type = {.kind = VIEW_OBJECT, .fields = extra_fields};

/* What few lines have, under one name that is asked for of all. */
static struct view
line_extra(struct view view)
{
	const struct source_line *line = line_of(view);

	return line->branches || line->next ? row(&extra_type, view, view.index) : view_null();
}

static const struct view_field line_fields[] = {
	{ "number", line_number, true },
	{ "id", line_id, true },
	{ "look", line_look, true },
	{ "code", line_code, true },
	{ "extra", line_extra, true },
	{ NULL, NULL, false },
};

static const struct view_type line_type = {.kind = VIEW_OBJECT, .fields = line_fields};

static bool
own_lines_next(struct view list, uint64_t *position, struct view *item)
{
	if (*position >= source_of(list)->own_count)
		return false;
	*item = row(&line_type, list, (*position)++);
	return true;
}

/* Those beyond the end of the source, or all when there is none. */
static bool
other_lines_next(struct view list, uint64_t *position, struct view *item)
{
	uint64_t at = source_of(list)->own_count + *position;

	if (at >= source_of(list)->line_count)
		return false;
	++*position;
	*item = row(&line_type, list, at);
	return true;
}

static const struct view_type own_lines_type = {.kind = VIEW_LIST, .next = own_lines_next};
static const struct view_type other_lines_type = {.kind = VIEW_LIST, .next = other_lines_next};

/* ---- functions; the index is theirs ---- */

static const struct function *
function_of(struct view view)
{
	return &result_file(source_of(view))->file->functions[view.index];
}

static struct view
pooled(struct view view, uint32_t id)
{
	return view_text(strpool_get(&source_of(view)->html->page.result->report->strings, id));
}

static struct view
function_class(struct view view)
{
	return pooled(view, function_of(view)->class_name);
}

static struct view
function_name(struct view view)
{
	return pooled(view, function_of(view)->name);
}

static struct view
function_signature(struct view view)
{
	return pooled(view, function_of(view)->signature);
}

static struct view
function_line(struct view view)
{
	return view_number(function_of(view)->first_line);
}

static struct view
function_hits(struct view view)
{
	return view_number(function_of(view)->hits);
}

static struct view
function_covered(struct view view)
{
	return view_bool(function_of(view)->hits > 0);
}

static struct view
function_marks(struct view view)
{
	return view_text(source_of(view)->html->marks[function_of(view)->pattern]);
}

static const struct view_field function_fields[] = {
	{ "class", function_class, true },
	{ "name", function_name, true },
	{ "signature", function_signature, true },
	{ "line", function_line, true },
	{ "hits", function_hits, true },
	{ "covered", function_covered, true },
	{ "marks", function_marks, true },
	{ NULL, NULL, false },
};

static const struct view_type function_type = {.kind = VIEW_OBJECT, .fields = function_fields};

static bool
functions_next(struct view list, uint64_t *position, struct view *item)
{
	if (*position >= result_file(source_of(list))->file->function_count)
		return false;
	*item = row(&function_type, list, (*position)++);
	return true;
}

static const struct view_type functions_type = {.kind = VIEW_LIST, .next = functions_next};

/* ---- the file ---- */

static struct view
source_prefix(struct view view)
{
	return view_text(source_of(view)->prefix);
}

static struct view
source_own_lines(struct view view)
{
	return row(&own_lines_type, view, 0);
}

static struct view
source_other_lines(struct view view)
{
	return row(&other_lines_type, view, 0);
}

static struct view
source_has_other_lines(struct view view)
{
	return view_bool(source_of(view)->line_count > source_of(view)->own_count);
}

static struct view
source_why(struct view view)
{
	return view_string(source_of(view)->why);
}

static struct view
source_functions(struct view view)
{
	return row(&functions_type, view, 0);
}

static struct view
source_first_miss(struct view view)
{
	const struct source_file *source = source_of(view);

	for (size_t i = 0; i < source->line_count; i++)
		if (source->lines[i].next)
			return view_number(source->lines[i].number);
	return view_null();
}

static struct view
source_file(struct view view)
{
	return page_file(&source_of(view)->html->page, source_of(view)->file);
}

/* The place behind the misses that come before a file. */
static size_t
misses_before(const struct html *html, size_t file)
{
	size_t low = 0, high = html->miss_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (html->misses[middle] < file)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct view
source_previous(struct view view)
{
	const struct html *html = source_of(view)->html;
	size_t at = misses_before(html, source_of(view)->file);

	return at ? page_file(&html->page, html->misses[at - 1]) : view_null();
}

static struct view
source_next(struct view view)
{
	const struct html *html = source_of(view)->html;
	size_t at = misses_before(html, source_of(view)->file + 1);

	return at < html->miss_count ? page_file(&html->page, html->misses[at]) : view_null();
}

static struct view
source_blocks(struct view view)
{
	return view_number(source_of(view)->blocks);
}

static const struct view_field source_fields[] = {
	{ "file", source_file, true },
	{ "previous_file", source_previous, true },
	{ "next_file", source_next, true },
	{ "anchor", source_prefix, true },
	{ "source_lines", source_own_lines, true },
	{ "other_lines", source_other_lines, true },
	{ "has_other_lines", source_has_other_lines, true },
	{ "no_source_because", source_why, true },
	{ "function_list", source_functions, true },
	{ "first_miss", source_first_miss, true },
	{ "miss_blocks", source_blocks, true },
	{ NULL, NULL, false },
};

static const struct view_type source_type = {.kind = VIEW_OBJECT, .fields = source_fields};

struct view
html_source_view(const struct source_file *source)
{
	return (struct view){&source_type, source, 0};
}
