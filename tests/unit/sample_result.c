/* A result built by hand. */
#include "sample_result.h"

#include "base/mem.h"

static void
init_files(struct sample *sample)
{
	static uint32_t lines[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12};
	static uint64_t api[] = {1, 1, 0, 0, 0, 7, 1, 1, 0, 1};
	static uint64_t all[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
	static uint64_t none[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
	static const struct {
		const char *path;
		uint64_t *hits;
		uint32_t count;
		struct numbers numbers;
	} rows[SAMPLE_FILES] = {
		{"backend/api.py", api, 10, {.lines = {6, 10}, .branches = {1, 2, 4}, .functions = {1, 2}}},
		{"core/model.py", all, 10, {.lines = {10, 10}, .branches = {0, 0, 0}, .functions = {0, 0}}},
		{"skills/talk.py", none, 10, {.lines = {0, 10}, .branches = {0, 0, 0}, .functions = {0, 0}}},
	};

	for (size_t i = 0; i < SAMPLE_FILES; i++) {
		sample->files[i] = (struct file){.line_count = rows[i].count, .lines = lines, .hits = rows[i].hits};
		sample->file_results[i] = (struct file_result){.file = &sample->files[i],
			.path = str_of(rows[i].path), .numbers = rows[i].numbers,
			.stages = sample->file_stages[i], .only_here = sample->only_here[i]};
	}
	sample->only_here[0][0] = 4;
	sample->only_here[1][0] = 10;
	sample->file_stages[0][0] = (struct ratio){6, 10};
	sample->file_stages[0][1] = (struct ratio){2, 10};
	sample->file_stages[1][0] = (struct ratio){10, 10};
	sample->file_stages[2][1] = (struct ratio){0, 10};
}

static void
init_stages(struct sample *sample)
{
	sample->cells[0] = STR("py3.10");
	sample->cells[1] = STR("py3.11");
	sample->stages[0] = (struct stage_result){.name = STR("unit"), .cells = sample->cells, .cell_count = 2,
		.reports = 4, .numbers = {.lines = {16, 20}, .branches = {1, 1, 4}, .functions = {1, 2}}, .lines_only_here = 14,
		.tests = {.tests = 3, .runs = 6, .cases = 6, .passed = 2, .failed = 1, .nanoseconds = 1500000000}};
	sample->stages[1] = (struct stage_result){.name = STR("e2e"), .reports = 1,
		.numbers = {.lines = {2, 20}, .branches = {1, 1, 4}, .functions = {1, 2}}};
	sample->component = (struct component_result){STR("backend"), {.lines = {6, 10}, .branches = {1, 2, 4}, .functions = {1, 2}}};
}

static void
init_gates(struct sample *sample)
{
	sample->gates[0] = (struct gate_result){.gate = "fail-under", .scope = "total", .metric = "lines",
		.status = VERDICT_FAIL, .required = "80", .actual = "53.33", .has_ratio = true, .ratio = {16, 30},
		.needed = 8, .message = "16 of 30 lines are covered; cover 8 more lines"};
	sample->gates[1] = (struct gate_result){.gate = "fail-under", .scope = "backend", .metric = "branches",
		.required = "20", .actual = "25.00", .has_ratio = true, .ratio = {1, 4},
		.message = "1 of 4 branches are covered"};
	sample->gates[2] = (struct gate_result){.gate = "reports", .scope = "total", .metric = "",
		.required = "0", .actual = "0", .message = "every input was read whole"};
}

void
sample_init(struct sample *sample)
{
	struct result *result = &sample->result;

	*sample = (struct sample){0};
	init_files(sample);
	init_stages(sample);
	init_gates(sample);
	*result = (struct result){.report = &sample->report, .total = {.lines = {16, 30}, .branches = {1, 2, 4}, .functions = {1, 2}},
		.files = sample->file_results, .file_count = SAMPLE_FILES,
		.stages = sample->stages, .stage_count = SAMPLE_STAGES,
		.components = &sample->component, .component_count = 1,
		.tests = sample->stages[0].tests, .gates = sample->gates, .gate_count = SAMPLE_GATES,
		.all_read = true, .verdict = VERDICT_FAIL};
	decimal_parse(STR("80"), 100, &result->green);
	decimal_parse(STR("60"), 100, &result->orange);
	audit_begin(&sample->report.audit, STR("unit.xml"));
	audit_add(&sample->report.audit, AUDIT_WARNING, 42, "hits-negative", "hits=\"-1\" counted as not covered");
	audit_end(&sample->report.audit);
}

void
sample_release(struct sample *sample)
{
	audit_clear(&sample->report.audit);
}

char *
sample_print(const struct sample *sample, const char *writer, const struct render_settings *settings)
{
	const struct renderer *renderer = renderer_find(str_of(writer));
	struct output *output = output_memory();
	struct str content;
	char *text = NULL;

	if (renderer && renderer->write(&sample->result, settings, output, NULL)) {
		content = output_content(output);
		text = mem_string(content.s, content.length);
	}
	output_abort(output);
	return text;
}
