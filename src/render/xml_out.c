/* The pieces that XML writers share. */
#include "render/xml_out.h"

#include "render/escape.h"

#include <inttypes.h>

enum { PLACES = 9 };

#define NANOSECONDS 1000000000u /* of a second */

static void
begin(struct strbuf *out, const char *name)
{
	strbuf_add_char(out, ' ');
	strbuf_add_string(out, name);
	strbuf_add_string(out, "=\"");
}

void
xml_out_attribute(struct strbuf *out, const char *name, struct str value)
{
	begin(out, name);
	escape_xml_attribute(out, value);
	strbuf_add_char(out, '"');
}

void
xml_out_count(struct strbuf *out, const char *name, uint64_t count)
{
	begin(out, name);
	strbuf_add_u64(out, count);
	strbuf_add_char(out, '"');
}

void
xml_out_rate(struct strbuf *out, const char *name, struct ratio ratio)
{
	begin(out, name);
	if (!ratio.covered || ratio.covered == ratio.total)
		strbuf_add_char(out, ratio.covered ? '1' : '0');
	else
		strbuf_addf(out, "0.%04" PRIu32, ratio_hundredths(ratio));
	strbuf_add_char(out, '"');
}

void
xml_out_seconds(struct strbuf *out, const char *name, uint64_t nanoseconds)
{
	uint64_t fraction = nanoseconds % NANOSECONDS;
	int places = PLACES;

	begin(out, name);
	strbuf_add_u64(out, nanoseconds / NANOSECONDS);
	if (fraction) {
		for (; fraction % 10 == 0; places--)
			fraction /= 10;
		strbuf_addf(out, ".%0*" PRIu64, places, fraction);
	}
	strbuf_add_char(out, '"');
}
