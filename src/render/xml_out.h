/*
 * The pieces that XML writers share: attributes of the kinds that reports have, appended to a
 * buffer.
 */
#ifndef MUSTER_RENDER_XML_OUT_H
#define MUSTER_RENDER_XML_OUT_H

#include "base/strbuf.h"
#include "model/ratio.h"

/* " name="value"", with the blank before it; `name` is a literal. */
void xml_out_attribute(struct strbuf *out, const char *name, struct str value);
void xml_out_count(struct strbuf *out, const char *name, uint64_t count);
/*
 * A fraction from 0 to 1, floored to four places as percents are to two; "0" when nothing was
 * measured.
 */
void xml_out_rate(struct strbuf *out, const char *name, struct ratio ratio);
/* Seconds from nanoseconds, exact. */
void xml_out_seconds(struct strbuf *out, const char *name, uint64_t nanoseconds);

#endif
