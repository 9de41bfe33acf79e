/* The terminal's section about tests. */
#include "render/text.h"

#include <inttypes.h>

void
text_tests(const struct canvas *canvas, const struct result *result)
{
	const struct test_totals *tests = &result->tests;
	enum style style = tests->failed || tests->errors ? STYLE_RED : STYLE_GREEN;
	struct strbuf line = {0};

	if (!tests->tests)
		return;
	strbuf_addf(&line, "%" PRIu64 " in %" PRIu64 " runs: %" PRIu64 " passed, %" PRIu64 " failed, %" PRIu64
	    " errors, %" PRIu64 " skipped, %" PRIu64 " flaky, %" PRIu64 ".%03" PRIu64 " s", tests->tests, tests->runs,
	    tests->passed, tests->failed, tests->errors, tests->skipped, tests->flaky,
	    tests->nanoseconds / 1000000000, tests->nanoseconds / 1000000 % 1000);
	output_add_string(canvas->output, "\n");
	canvas_add(canvas, STYLE_BOLD, STR("Tests"));
	output_add_string(canvas->output, "  ");
	canvas_wrap(canvas, 7, 7, style, strbuf_str(&line));
	strbuf_clear(&line);
}
