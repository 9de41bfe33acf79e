/* Scanner and parser in turn. */
#include "read/fast.h"

#include "base/limits.h"

static struct str
behind(struct str bytes, size_t taken)
{
	return (struct str){bytes.s + taken, bytes.length - taken};
}

/*
 * The parser up to and with the next tag that may let the scanner in, or the end of the bytes.  The tag is fed by itself: only
 * what the parser tells of at just these bytes says that it is no text, comment or value.
 */
static bool
parse(struct fast *fast, struct str *bytes, struct error *err)
{
	struct str tag = fast->form->find(*bytes);
	struct str before = {bytes->s, tag.length ? (size_t)(tag.s - bytes->s) : bytes->length};

	if (!xml_feed(fast->xml, before, false, err))
		return false;
	*bytes = behind(*bytes, before.length + tag.length);
	if (!tag.length)
		return true;
	fast->boundary = false;
	if (!xml_feed(fast->xml, tag, false, err))
		return false;
	fast->inside = fast->boundary && xml_depth(fast->xml) + fast->form->depth <= LIMIT_XML_DEPTH;
	return true;
}

/* The scanner as far as it goes; then what is left is held, or the parser's. */
static void
scan_on(struct fast *fast, struct str *bytes, bool last)
{
	size_t taken;
	enum scanned scanned = fast->form->scan(fast, *bytes, &taken);

	*bytes = behind(*bytes, taken);
	fast->inside = scanned == SCAN_MORE && !last && bytes->length < FAST_HELD;
	if (!fast->inside)
		return;
	strbuf_add_str(&fast->held, *bytes);
	*bytes = behind(*bytes, bytes->length);
}

/* Puts the beginning of the new bytes behind what is held, and goes on with both until that is done with. */
static bool
feed_held(struct fast *fast, struct str *bytes, bool last, struct error *err)
{
	struct strbuf *held = &fast->held;
	size_t before = held->length;
	size_t added = bytes->length < FAST_HELD ? bytes->length : FAST_HELD;
	size_t taken;
	enum scanned scanned;
	bool good = true;

	strbuf_add(held, bytes->s, added);
	scanned = fast->form->scan(fast, strbuf_str(held), &taken);
	if (taken >= before) {
		*bytes = behind(*bytes, taken - before);
	} else if (scanned == SCAN_MORE && !last && held->length < FAST_HELD) {
		*bytes = behind(*bytes, added);
		return true;
	} else {
		strbuf_truncate(held, before);
		fast->inside = false;
		good = xml_feed(fast->xml, strbuf_str(held), false, err);
	}
	strbuf_reset(held);
	return good;
}

bool
fast_feed(struct fast *fast, struct str bytes, bool last, struct error *err)
{
	while (bytes.length || (last && fast->held.length)) {
		if (fast->held.length) {
			if (!feed_held(fast, &bytes, last, err))
				return false;
		} else if (fast->inside) {
			scan_on(fast, &bytes, last);
		} else if (!parse(fast, &bytes, err)) {
			return false;
		}
	}
	return xml_feed(fast->xml, (struct str){"", 0}, last, err);
}

void
fast_begin(struct fast *fast, const struct fast_form *form, struct xml *xml, const struct xml_handler *handler,
    void *context)
{
	*fast = (struct fast){
	    .form = form,
	    .xml = xml,
	    .handler = handler,
	    .context = context,
	    .start = form->start ? xml_intern(xml, form->start) : NULL,
	    .end = form->end ? xml_intern(xml, form->end) : NULL,
	};
	for (size_t i = 0; form->elements[i]; i++)
		fast->elements[i] = xml_intern(xml, form->elements[i]);
	for (size_t i = 0; form->attributes[i]; i++)
		fast->attributes[i] = xml_intern(xml, form->attributes[i]);
}

void
fast_release(struct fast *fast)
{
	strbuf_clear(&fast->held);
}
