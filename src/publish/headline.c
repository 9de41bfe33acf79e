/* The verdict in few words. */
#include "publish/headline.h"

#include <inttypes.h>

size_t
headline_failed(const struct result *result)
{
	size_t failed = 0;

	for (size_t i = 0; i < result->gate_count; i++)
		failed += result->gates[i].status == VERDICT_FAIL;
	return failed;
}

void
headline_add(struct strbuf *out, const struct result *result)
{
	size_t failed = headline_failed(result), all = result->gate_count;
	const char *plural = all == 1 ? "" : "s";

	if (failed)
		strbuf_addf(out, "%zu of %zu gate%s failed", failed, all, plural);
	else if (result->verdict != VERDICT_PASS)
		strbuf_add_string(out, "not every input was read whole");
	else if (all)
		strbuf_addf(out, "%s%zu gate%s passed", all == 1 ? "" : "all ", all, plural);
	else
		strbuf_add_string(out, "no gate was set");
}

void
headline_cut(struct strbuf *text, size_t most)
{
	if (text->length <= most)
		return;
	while (most && ((unsigned char)text->s[most] & 0xc0) == 0x80)
		most--;
	strbuf_truncate(text, most);
}

void
headline_describe(struct strbuf *out, const struct result *result, size_t most)
{
	uint64_t failing = result->tests.failed + result->tests.errors;
	char percent[RATIO_TEXT];

	headline_add(out, result);
	if (result->total.lines.total)
		strbuf_addf(out, "; lines %s %%", ratio_text(result->total.lines, percent));
	if (result->tests.tests)
		strbuf_addf(out, "; %" PRIu64 " of %" PRIu64 " tests failed", failing,
		    result->tests.tests);
	headline_cut(out, most);
}
