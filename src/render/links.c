/* Links of a published result. */
#include "render/links.h"

#include "base/digest.h"

#include <inttypes.h>

static bool
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
	    c == '_' || c == '.';
}

static void
add_path(struct str path, struct strbuf *out)
{
	for (size_t i = 0; i < path.length; i++) {
		if (is_plain(path.s[i]))
			strbuf_add_char(out, path.s[i]);
		else
			strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)path.s[i]);
	}
}

/* Whether a part of the path leads upward: a browser would leave the repository by it. */
static bool
leads_up(struct str path)
{
	for (size_t i = 0; i + 1 < path.length; i++)
		if (path.s[i] == '.' && path.s[i + 1] == '.' && (!i || path.s[i - 1] == '/') &&
		    (i + 2 == path.length || path.s[i + 2] == '/'))
			return true;
	return false;
}

/* Names that leave the root, URLs and drives are on no forge. */
static bool
is_below(struct str path)
{
	return path.length && path.s[0] != '/' && !leads_up(path) && !memchr(path.s, ':', path.length);
}

static void
add_lines(char sign, uint32_t first, uint32_t last, struct strbuf *out)
{
	if (first)
		strbuf_addf(out, "%c%" PRIu32, sign, first);
	if (last > first)
		strbuf_addf(out, "-%c%" PRIu32, sign, last);
}

void
links_lines(const struct render_links *links, struct str path, bool changed, uint32_t first, uint32_t last,
    struct strbuf *out)
{
	char digest[DIGEST_HEX];

	if (!links || !*links->repository || !is_below(path))
		return;
	if (changed && links->pull) {
		digest_hex(path, digest);
		strbuf_addf(out, "%s/%s/pull/%" PRIu64 "/files#diff-%s", links->server_url, links->repository,
		    links->pull, digest);
		add_lines('R', first, last, out);
	} else if (*links->head) {
		strbuf_addf(out, "%s/%s/blob/%s/", links->server_url, links->repository, links->head);
		add_path(path, out);
		strbuf_add_string(out, first ? "#" : "");
		add_lines('L', first, last, out);
	}
}
