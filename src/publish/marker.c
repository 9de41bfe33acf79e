/* Markers of comments. */
#include "publish/marker.h"

#include "base/number.h"

#include <inttypes.h>

static bool
is_plain(const char *key)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789._-";

	return *key && key[strspn(key, plain)] == '\0';
}

/* base64url without padding. */
static void
add_base64url(struct strbuf *out, struct str s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789-_";
	unsigned bits = 0, count = 0;

	for (size_t i = 0; i < s.length; i++) {
		bits = (bits << 8 | (unsigned char)s.s[i]) & 0xffff;
		for (count += 8; count >= 6; count -= 6)
			strbuf_add_char(out, digits[bits >> (count - 6) & 63]);
	}
	if (count)
		strbuf_add_char(out, digits[bits << (6 - count) & 63]);
}

/* "<!-- muster:KEY v=1": a key of odd characters is encoded, behind a '~' that no plain one has. */
static void
add_start(struct strbuf *out, const char *key)
{
	strbuf_add_string(out, "<!-- muster:");
	if (is_plain(key)) {
		strbuf_add_string(out, key);
	} else {
		strbuf_add_char(out, '~');
		add_base64url(out, str_of(key));
	}
	strbuf_add_string(out, " v=1");
}

void
marker_add(struct strbuf *out, const char *key, const struct marker *marker)
{
	add_start(out, key);
	strbuf_addf(out, " sha=%s run=%" PRIu64 " attempt=%" PRIu64 " hash=%s state=%s -->\n",
	    marker->sha, marker->run, marker->attempt, marker->hash, marker->state);
}

static void
take_hex(struct str value, char *out, size_t size)
{
	if (value.length >= size)
		return;
	for (size_t i = 0; i < value.length; i++)
		if (!value.s[i] || !strchr("0123456789abcdef", value.s[i]))
			return;
	memcpy(out, value.s, value.length);
	out[value.length] = '\0';
}

static void
take_field(struct marker *marker, struct str name, struct str value)
{
	if (str_equal(name, STR("run")))
		number_u64(value, &marker->run);
	else if (str_equal(name, STR("attempt")))
		number_u64(value, &marker->attempt);
	else if (str_equal(name, STR("sha")))
		take_hex(value, marker->sha, sizeof(marker->sha));
	else if (str_equal(name, STR("hash")))
		take_hex(value, marker->hash, sizeof(marker->hash));
	else if (str_equal(name, STR("state")))
		take_hex(value, marker->state, sizeof(marker->state));
}

static void
take_fields(struct str fields, struct marker *marker)
{
	while (fields.length) {
		const char *blank = memchr(fields.s, ' ', fields.length);
		struct str one = {fields.s, blank ? (size_t)(blank - fields.s) : fields.length};
		const char *sign = one.length ? memchr(one.s, '=', one.length) : NULL;
		size_t used = one.length + (blank != NULL);

		if (sign)
			take_field(marker, (struct str){one.s, (size_t)(sign - one.s)},
			    (struct str){sign + 1, one.length - (size_t)(sign - one.s) - 1});
		fields = (struct str){fields.s + used, fields.length - used};
	}
}

bool
marker_parse(struct str comment, const char *key, struct marker *marker)
{
	struct strbuf start = {0};
	const char *newline = comment.length ? memchr(comment.s, '\n', comment.length) : NULL;
	struct str line = str_trim((struct str){comment.s,
	    newline ? (size_t)(newline - comment.s) : comment.length});
	bool ours;

	*marker = (struct marker){0};
	add_start(&start, key);
	ours = str_starts(comment, strbuf_str(&start)) && str_ends(line, STR(" -->"));
	if (ours)
		take_fields((struct str){line.s + start.length,
		    line.length - start.length - strlen("-->")}, marker);
	strbuf_clear(&start);
	return ours;
}

int
marker_compare(const struct marker *a, const struct marker *b)
{
	if (a->run != b->run)
		return a->run < b->run ? -1 : 1;
	return (a->attempt > b->attempt) - (a->attempt < b->attempt);
}
