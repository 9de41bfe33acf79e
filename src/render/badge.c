/*
 * A badge: coverage of lines, or tests where nothing was measured, as an SVG picture without fonts,
 * scripts or hosts of its own.  Every colour has its word, and white on it has a contrast of 4.5 at
 * least.
 */
#include "render/writers.h"

#include "base/utf8.h"
#include "render/escape.h"

#include <inttypes.h>

enum {
	HEIGHT = 20,
	PADDING = 7,     /* beside each text */
	MARK_WIDTH = 14, /* of the verdict's mark, with the gap before it */
	RADIUS = 3,
	FONT_SIZE = 11,
	BASELINE = 14,
};

struct colour {
	const char *fill;
	const char *word; /* "" where the value says it */
};

static const struct colour green = {"#2c7a36", "good"};
static const struct colour orange = {"#a85400", "fair"};
static const struct colour red = {"#b3261e", "low"};
static const struct colour grey = {"#5c6166", ""};

struct badge {
	struct str label;
	struct strbuf value;
	struct colour colour;
	enum verdict verdict;
};

/* Advance widths of printable ASCII in DejaVu Sans, in hundredths of an em. */
static const unsigned char widths[] = {32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32,
    34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58,
    77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84,
    50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59,
    82, 59, 59, 52, 64, 34, 64, 84};

enum { WIDTH_OTHER = 64, WIDTH_FULL = 100 };

/* Pixels that a text takes. */
static unsigned
width_of(struct str text)
{
	unsigned hundredths = 0;

	while (text.length) {
		uint32_t c = 0;
		size_t length = utf8_decode(text, &c);

		if (length && c >= 0x20 && c - 0x20 < sizeof(widths))
			hundredths += widths[c - 0x20];
		else
			hundredths += length && utf8_width(c) == 2 ? WIDTH_FULL : WIDTH_OTHER;
		length += !length;
		text = (struct str){text.s + length, text.length - length};
	}
	return (hundredths * FONT_SIZE + 99) / 100;
}

static struct colour
ratio_colour(const struct result *result, struct ratio ratio)
{
	if (ratio_reaches(ratio, &result->green))
		return green;
	return ratio_reaches(ratio, &result->orange) ? orange : red;
}

static void
say_coverage(struct badge *badge, const struct result *result)
{
	char text[RATIO_TEXT];

	badge->colour = ratio_colour(result, result->total.lines);
	strbuf_addf(
	    &badge->value, "%s %% %s", ratio_text(result->total.lines, text), badge->colour.word);
}

static void
say_tests(struct badge *badge, const struct test_totals *tests)
{
	uint64_t failing = tests->failed + tests->errors;

	badge->label = STR("tests");
	badge->colour = failing ? red : tests->passed ? green : grey;
	if (failing)
		strbuf_addf(
		    &badge->value, "%" PRIu64 " of %" PRIu64 " failing", failing, tests->tests);
	else
		strbuf_addf(&badge->value, "%" PRIu64 " passed", tests->passed);
	if (!failing && tests->skipped)
		strbuf_addf(&badge->value, ", %" PRIu64 " skipped", tests->skipped);
}

static void
say_nothing(struct badge *badge)
{
	badge->colour = grey;
	strbuf_add_string(&badge->value, "n/a");
}

static void
add_text(struct output *out, unsigned x, unsigned width, struct str text)
{
	struct strbuf safe = {0};

	escape_xml_text(&safe, text);
	output_addf(out, "<text x=\"%u\" y=\"%u\" textLength=\"%u\">%s</text>\n", x, BASELINE,
	    width, strbuf_string(&safe));
	strbuf_clear(&safe);
}

/* A tick or a cross, drawn: fonts may lack them. */
static void
add_mark(struct output *out, unsigned x, enum verdict verdict)
{
	output_addf(out,
	    "<path fill=\"none\" stroke=\"#fff\" stroke-width=\"1.8\" d=\"M%u %s\"/>\n", x,
	    verdict == VERDICT_PASS ? "10.5l2.6 3 5-7" : "6.5l7 7m0-7l-7 7");
}

/* The whole in words, for those who see no picture. */
static void
add_title(struct output *out, const struct badge *badge)
{
	struct strbuf title = {0}, safe = {0};

	strbuf_add_str(&title, badge->label);
	strbuf_add_string(&title, ": ");
	strbuf_add_str(&title, strbuf_str(&badge->value));
	strbuf_add_string(
	    &title, badge->verdict == VERDICT_PASS ? "; verdict: pass" : "; verdict: fail");
	escape_xml_attribute(&safe, strbuf_str(&title));
	output_addf(out, " role=\"img\" aria-label=\"%s\">\n<title>%s</title>\n",
	    strbuf_string(&safe), strbuf_string(&safe));
	strbuf_clear(&title);
	strbuf_clear(&safe);
}

static void
draw(struct output *out, const struct badge *badge)
{
	unsigned label = width_of(badge->label), value = width_of(strbuf_str(&badge->value));
	unsigned left = label + 2 * PADDING, right = value + MARK_WIDTH + 2 * PADDING;

	output_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\"",
	    left + right, HEIGHT);
	add_title(out, badge);
	output_addf(out, "<rect width=\"%u\" height=\"%u\" rx=\"%u\" fill=\"#3c4043\"/>\n",
	    left + right, HEIGHT, RADIUS);
	output_addf(out,
	    "<path fill=\"%s\" d=\"M%u 0h%ua%u %u 0 0 1 %u %uv%ua%u %u 0 0 1-%u %uh-%uz\"/>\n",
	    badge->colour.fill, left, right - RADIUS, RADIUS, RADIUS, RADIUS, RADIUS,
	    HEIGHT - 2 * RADIUS, RADIUS, RADIUS, RADIUS, RADIUS, right - RADIUS);
	output_addf(out,
	    "<g fill=\"#fff\" font-family=\"DejaVu Sans,Verdana,Geneva,sans-serif\" "
	    "font-size=\"%u\">\n",
	    FONT_SIZE);
	add_text(out, PADDING, label, badge->label);
	add_text(out, left + PADDING, value, strbuf_str(&badge->value));
	output_add_string(out, "</g>\n");
	add_mark(out, left + right - MARK_WIDTH, badge->verdict);
	output_add_string(out, "</svg>\n");
}

static bool
write_badge(const struct result *result, const struct render_settings *settings,
    struct output *output, struct error *err)
{
	struct badge badge = {.label = STR("coverage"), .verdict = result->verdict};

	(void)settings;
	(void)err;
	if (result->total.lines.total)
		say_coverage(&badge, result);
	else if (result->tests.tests)
		say_tests(&badge, &result->tests);
	else
		say_nothing(&badge);
	draw(output, &badge);
	strbuf_clear(&badge.value);
	return true;
}

const struct renderer renderer_badge = {
    .name = "badge",
    .help = "an SVG badge of the coverage, or of the tests without any",
    .suffixes = ".svg",
    .write = write_badge,
};
