/* The terminal's section about gates: what failed, by how little, and what would pass it. */
#include "render/text.h"

#include "render/escape.h"

enum { MARK_COLUMNS = 10, WORDS_INDENT = 4 };

/* "fail-under lines of backend", "require-stage e2e", "reports". */
static void
add_name(struct strbuf *out, const struct gate_result *gate)
{
	bool scoped = *gate->scope && strcmp(gate->scope, "total") != 0;

	escape_terminal(out, str_of(gate->gate));
	if (*gate->metric) {
		strbuf_add_char(out, ' ');
		escape_terminal(out, str_of(gate->metric));
	}
	if (!scoped)
		return;
	strbuf_add_string(out, *gate->metric ? " of " : " ");
	escape_terminal(out, str_of(gate->scope));
}

/* A value as the gate has it, with its unit: "80 %", "n/a", "3". */
static void
add_value(struct strbuf *out, const struct gate_result *gate, const char *value)
{
	escape_terminal(out, str_of(value));
	if (*gate->metric && *value >= '0' && *value <= '9')
		strbuf_add_string(out, gate->in_points ? " points" : " %");
}

static void
add_failed(struct strbuf *out, const struct gate_result *gate)
{
	add_name(out, gate);
	if (*gate->required) {
		strbuf_add_string(out, ": required ");
		add_value(out, gate, gate->required);
	}
	if (*gate->actual) {
		strbuf_add_string(out, *gate->required ? ", actual " : ": actual ");
		add_value(out, gate, gate->actual);
	}
}

static void
print_failed(const struct canvas *canvas, const struct gate_result *gate)
{
	struct strbuf line = {0};

	add_failed(&line, gate);
	canvas_add(canvas, STYLE_RED, STR("✗ failed"));
	output_add_string(canvas->output, "  ");
	canvas_wrap(canvas, MARK_COLUMNS, WORDS_INDENT, STYLE_BOLD, strbuf_str(&line));
	strbuf_reset(&line);
	escape_terminal(&line, str_of(gate->message));
	if (line.length) {
		output_add_string(canvas->output, "    ");
		canvas_wrap(canvas, WORDS_INDENT, WORDS_INDENT, STYLE_PLAIN, strbuf_str(&line));
	}
	strbuf_clear(&line);
}

/*
 * "fail-under lines (91.00 %, required 85 %)", "max-failures (0 failing tests, at most 0)"; of points also what they are
 * between.
 */
static void
add_passed(struct strbuf *out, const struct gate_result *gate)
{
	add_name(out, gate);
	strbuf_add_string(out, " (");
	if (*gate->metric) {
		add_value(out, gate, gate->actual);
		strbuf_add_string(out, ", required ");
		add_value(out, gate, gate->required);
		if (gate->in_points) {
			strbuf_add_string(out, "; ");
			escape_terminal(out, str_of(gate->message));
		}
	} else {
		escape_terminal(out, str_of(gate->message));
	}
	strbuf_add_char(out, ')');
}

static void
print_passed(const struct canvas *canvas, const struct result *result)
{
	struct strbuf line = {0};

	for (size_t i = 0; i < result->gate_count; i++) {
		if (result->gates[i].status != VERDICT_PASS)
			continue;
		strbuf_add_string(&line, line.length ? "; " : "");
		add_passed(&line, &result->gates[i]);
	}
	if (line.length) {
		canvas_add(canvas, STYLE_GREEN, STR("✓ passed"));
		output_add_string(canvas->output, "  ");
		canvas_wrap(canvas, MARK_COLUMNS, WORDS_INDENT, STYLE_PLAIN, strbuf_str(&line));
	}
	strbuf_clear(&line);
}

static size_t
count_failed(const struct result *result)
{
	size_t failed = 0;

	for (size_t i = 0; i < result->gate_count; i++)
		failed += result->gates[i].status == VERDICT_FAIL;
	return failed;
}

static const char *
plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void
print_verdict(const struct canvas *canvas, const struct result *result)
{
	bool pass = result->verdict == VERDICT_PASS;
	size_t failed = count_failed(result), all = result->gate_count;
	struct strbuf line = {0};

	if (failed)
		strbuf_addf(&line, "✗ FAIL: %zu of %zu gate%s failed", failed, all, plural(all));
	else if (!pass)
		strbuf_add_string(&line, "✗ FAIL: not every input was read whole");
	else if (all)
		strbuf_addf(&line, "✓ PASS: %zu gate%s passed", all, plural(all));
	else
		strbuf_add_string(&line, "✓ PASS: no gate was set");
	canvas_wrap(canvas, 0, 2, pass ? STYLE_GREEN : STYLE_RED, strbuf_str(&line));
	strbuf_clear(&line);
}

void
text_gates(const struct canvas *canvas, const struct result *result)
{
	print_verdict(canvas, result);
	if (result->gate_count)
		output_add_string(canvas->output, "\n");
	for (size_t i = 0; i < result->gate_count; i++)
		if (result->gates[i].status == VERDICT_FAIL)
			print_failed(canvas, &result->gates[i]);
	print_passed(canvas, result);
}
