/* The outputs of a step: what later steps and jobs may ask for (GITHUB 5). */
#include "publish/headline.h"
#include "publish/publication.h"

#include "base/random.h"

#include <inttypes.h>
#include <stdio.h>

enum { DELIMITER_BYTES = 16, DELIMITER_TEXT = 2 * DELIMITER_BYTES + 8 };

struct step_output {
	struct strbuf text;
	char delimiter[DELIMITER_TEXT];
};

/* A delimiter that nobody can foresee and that the value does not hold. */
static void
draw_delimiter(struct step_output *out, struct str value)
{
	unsigned char bytes[DELIMITER_BYTES];

	do {
		random_bytes(bytes, sizeof(bytes));
		memcpy(out->delimiter, "MUSTER_", sizeof("MUSTER_"));
		for (size_t i = 0; i < sizeof(bytes); i++)
			snprintf(out->delimiter + strlen("MUSTER_") + 2 * i, 3, "%02x", bytes[i]);
	} while (value.length && memmem(value.s, value.length, out->delimiter,
	    strlen(out->delimiter)));
}

static void
add_text(struct step_output *out, const char *name, struct str value)
{
	draw_delimiter(out, value);
	strbuf_addf(&out->text, "%s<<%s\n", name, out->delimiter);
	strbuf_add_str(&out->text, value);
	strbuf_addf(&out->text, "\n%s\n", out->delimiter);
}

static void
add_count(struct step_output *out, const char *name, uint64_t count)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, count);
	add_text(out, name, str_of(text));
}

/* NAME, the percentage ("" when nothing was measured), NAME-covered and NAME-total. */
static void
add_ratio(struct step_output *out, const char *name, struct ratio ratio)
{
	char percent[RATIO_TEXT], full[32];

	add_text(out, name, ratio.total ? str_of(ratio_text(ratio, percent)) : STR(""));
	snprintf(full, sizeof(full), "%s-covered", name);
	add_count(out, full, ratio.covered);
	snprintf(full, sizeof(full), "%s-total", name);
	add_count(out, full, ratio.total);
}

static void
add_tests(struct step_output *out, const struct test_totals *tests)
{
	add_count(out, "tests", tests->tests);
	add_count(out, "tests-passed", tests->passed);
	add_count(out, "tests-failed", tests->failed);
	add_count(out, "tests-errors", tests->errors);
	add_count(out, "tests-skipped", tests->skipped);
	add_count(out, "tests-flaky", tests->flaky);
}

static void
add_all(struct step_output *out, const struct result *result, const char *comment_url)
{
	const struct numbers *total = &result->total;
	struct strbuf headline = {0};

	headline_add(&headline, result);
	add_text(out, "verdict", result->verdict == VERDICT_PASS ? STR("pass") : STR("fail"));
	add_text(out, "headline", strbuf_str(&headline));
	add_count(out, "gates", result->gate_count);
	add_count(out, "gates-failed", headline_failed(result));
	add_ratio(out, "lines", total->lines);
	add_ratio(out, "branches", (struct ratio){total->branches.covered, total->branches.total});
	add_ratio(out, "functions", total->functions);
	add_ratio(out, "patch", total->patch);
	add_tests(out, &result->tests);
	add_text(out, "comment-url", str_of(comment_url));
	strbuf_clear(&headline);
}

static bool
publish_outputs(const struct result *result, const struct publish_settings *settings,
    struct publication *publication, struct error *err)
{
	const char *path = settings->environment->outputs_path;
	struct step_output out = {0};
	bool good;

	add_all(&out, result, publication->comment_url);
	if (settings->dry_run)
		good = publication_show(settings, "step outputs, to $GITHUB_OUTPUT",
		    strbuf_str(&out.text), err);
	else if (*path)
		good = output_append(path, strbuf_str(&out.text), err);
	else
		good = fail(err, ERROR_OUTPUT, "GITHUB_OUTPUT is not set");
	strbuf_clear(&out.text);
	return good;
}

static bool
has_file(const struct publish_settings *settings)
{
	return *settings->environment->outputs_path;
}

const struct publisher publisher_outputs = {
	.name = "outputs",
	.help = "verdict, percentages and counts in $GITHUB_OUTPUT",
	.possible = has_file,
	.publish = publish_outputs,
};
