/* Labels of lanes. */
#include "cli/label.h"

static bool
is_label_character(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 ||
	    (c && strchr("_.-+ \t", c));
}

static bool
is_label_part(struct str part)
{
	for (size_t i = 0; i < part.length; i++)
		if (!is_label_character((unsigned char)part.s[i]))
			return false;
	return str_trim(part).length > 0;
}

bool
label_parse(struct str text, struct str *stage, struct str *cell)
{
	struct str head = text, tail = STR("");
	bool has_cell = split_first(text, '/', &head, &tail);

	if (!is_label_part(head) || (has_cell && !is_label_part(tail)))
		return false;
	*stage = head;
	*cell = tail;
	return true;
}

static bool
split_at(struct str text, const char *place, struct str *head, struct str *tail)
{
	size_t before;

	if (!place)
		return false;
	before = (size_t)(place - text.s);
	*head = (struct str){text.s, before};
	*tail = (struct str){place + 1, text.length - before - 1};
	return true;
}

bool
split_first(struct str text, char sign, struct str *head, struct str *tail)
{
	return split_at(text, memchr(text.s, sign, text.length), head, tail);
}

bool
split_last(struct str text, char sign, struct str *head, struct str *tail)
{
	return split_at(text, memrchr(text.s, sign, text.length), head, tail);
}
