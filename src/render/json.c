/* The JSON result, schema 1 (PRODUCT 2, schema/muster-result.schema.json): one list element a line, streamed. */
#include "render/writers.h"

#include "base/json_out.h"
#include "render/json.h"

static void
add_percent(struct json_out *json, struct ratio ratio)
{
	if (ratio.total)
		json_out_scaled(json, "percent", ratio_hundredths(ratio), 2);
	else
		json_out_null(json, "percent");
}

static void
add_ratio(struct json_out *json, const char *key, struct ratio ratio)
{
	json_out_open(json, key, '{');
	json_out_u64(json, "covered", ratio.covered);
	json_out_u64(json, "total", ratio.total);
	add_percent(json, ratio);
	json_out_close(json, '}');
}

static void
add_branches(struct json_out *json, const struct branch_ratio *branches)
{
	json_out_open(json, "branches", '{');
	json_out_u64(json, "covered", branches->covered);
	json_out_u64(json, "covered_max", branches->covered_max);
	json_out_u64(json, "total", branches->total);
	add_percent(json, (struct ratio){branches->covered, branches->total});
	json_out_close(json, '}');
}

static void
add_numbers(struct json_out *json, const struct numbers *numbers)
{
	add_ratio(json, "lines", numbers->lines);
	add_branches(json, &numbers->branches);
	add_ratio(json, "functions", numbers->functions);
}

static void
add_tests(struct json_out *json, const struct test_totals *tests)
{
	json_out_open(json, "tests", '{');
	json_out_u64(json, "tests", tests->tests);
	json_out_u64(json, "runs", tests->runs);
	json_out_u64(json, "cases", tests->cases);
	json_out_u64(json, "passed", tests->passed);
	json_out_u64(json, "failed", tests->failed);
	json_out_u64(json, "errors", tests->errors);
	json_out_u64(json, "skipped", tests->skipped);
	json_out_u64(json, "flaky", tests->flaky);
	json_out_scaled(json, "seconds", tests->nanoseconds, 9);
	json_out_u64(json, "unknown_times", tests->unknown_times);
	json_out_close(json, '}');
}

static void
add_head(struct json_out *json)
{
	json_out_open(json, NULL, '{');
	json_out_string(json, "version", PACKAGE_VERSION);
	json_out_u64(json, "schema", 1);
	json_out_close(json, '}');
}

static void
add_totals(struct json_out *json, const struct result *result)
{
	json_out_open(json, NULL, '{');
	json_out_u64(json, "files", result->file_count);
	add_numbers(json, &result->total);
	json_out_null(json, "patch");
	add_tests(json, &result->tests);
	json_out_close(json, '}');
}

static void
add_stage(struct json_out *json, const struct result *result, size_t i)
{
	const struct stage_result *stage = &result->stages[i];

	json_out_str(json, "name", stage->name);
	json_out_open(json, "cells", '[');
	for (size_t cell = 0; cell < stage->cell_count; cell++)
		json_out_str(json, NULL, stage->cells[cell]);
	json_out_close(json, ']');
	json_out_u64(json, "reports", stage->reports);
	add_numbers(json, &stage->numbers);
	json_out_u64(json, "lines_only_here", stage->lines_only_here);
	add_tests(json, &stage->tests);
}

static void
add_component(struct json_out *json, const struct result *result, size_t i)
{
	json_out_str(json, "name", result->components[i].name);
	add_numbers(json, &result->components[i].numbers);
}

/* The lines of a file by stage, for the stages that could run any. */
static void
add_file_stages(struct json_out *json, const struct result *result, const struct file_result *file)
{
	json_out_open(json, "stages", '{');
	for (size_t i = 0; i < result->stage_count; i++) {
		struct ratio lines = file->stages[i];

		if (!lines.total)
			continue;
		json_out_open_named(json, result->stages[i].name, '{');
		json_out_u64(json, "covered", lines.covered);
		json_out_u64(json, "total", lines.total);
		json_out_close(json, '}');
	}
	json_out_close(json, '}');
}

static void
add_file(struct json_out *json, const struct result *result, size_t i)
{
	const struct file_result *file = &result->files[i];
	struct strbuf missing = {0};

	file_missing(file->file, &missing);
	json_out_str(json, "path", file->path);
	add_numbers(json, &file->numbers);
	json_out_null(json, "patch");
	json_out_str(json, "missing", strbuf_str(&missing));
	add_file_stages(json, result, file);
	strbuf_clear(&missing);
}

static void
add_gate(struct json_out *json, const struct result *result, size_t i)
{
	const struct gate_result *gate = &result->gates[i];

	json_out_string(json, "gate", gate->gate);
	json_out_string(json, "scope", gate->scope);
	if (*gate->metric)
		json_out_string(json, "metric", gate->metric);
	else
		json_out_null(json, "metric");
	json_out_string(json, "status", gate->status == VERDICT_PASS ? "pass" : "fail");
	json_out_string(json, "required", gate->required);
	json_out_string(json, "actual", gate->actual);
	if (gate->has_ratio) {
		json_out_u64(json, "covered", gate->ratio.covered);
		json_out_u64(json, "total", gate->ratio.total);
	} else {
		json_out_null(json, "covered");
		json_out_null(json, "total");
	}
	json_out_u64(json, "needed", gate->needed);
	json_out_string(json, "message", gate->message);
}

static void
add_finding(struct json_out *json, const struct result *result, size_t i)
{
	const struct finding *finding = &result->report->audit.findings[i];

	json_out_string(json, "level", audit_level_name(finding->level));
	json_out_string(json, "report", finding->report);
	json_out_u64(json, "line", finding->line);
	json_out_string(json, "code", finding->code);
	json_out_string(json, "message", finding->message);
}

static void
flush(struct json_out *json, struct output *output)
{
	output_add_str(output, strbuf_str(&json->text));
	json_out_reset(json);
}

typedef void element_adder(struct json_out *json, const struct result *result, size_t i);

/* Prints a list of objects one by one, so that memory does not grow with it. */
static void
print_list(struct output *output, const char *key, const struct result *result, size_t count,
    element_adder *add)
{
	struct json_out json = {0};

	output_addf(output, ",\n  \"%s\": [", key);
	for (size_t i = 0; i < count; i++) {
		output_add_string(output, i ? ",\n    " : "\n    ");
		json_out_open(&json, NULL, '{');
		add(&json, result, i);
		json_out_close(&json, '}');
		flush(&json, output);
	}
	output_add_string(output, count ? "\n  ]" : "]");
	json_out_clear(&json);
}

static void
print_head(struct output *output, const struct result *result)
{
	struct json_out json = {0};

	output_add_string(output, "{\n  \"muster\": ");
	add_head(&json);
	flush(&json, output);
	output_addf(output, ",\n  \"verdict\": \"%s\"", result->verdict == VERDICT_PASS ? "pass" : "fail");
	output_add_string(output, ",\n  \"totals\": ");
	add_totals(&json, result);
	flush(&json, output);
	json_out_clear(&json);
}

static bool
write_json(const struct result *result, const struct render_settings *settings, struct output *output,
    struct error *err)
{
	(void)settings;
	(void)err;
	print_head(output, result);
	print_list(output, "stages", result, result->stage_count, add_stage);
	print_list(output, "components", result, result->component_count, add_component);
	print_list(output, "files", result, result->file_count, add_file);
	json_tests(output, &result->outcome);
	print_list(output, "gates", result, result->gate_count, add_gate);
	print_list(output, "audit", result, result->report->audit.count, add_finding);
	output_add_string(output, "\n}\n");
	return true;
}

const struct renderer renderer_json = {
	.name = "json",
	.help = "every number, gate and finding for programs (schema 1)",
	.suffixes = ".json",
	.write = write_json,
};
