/* Texts of which both ends are kept. */
#include "read/excerpt.h"

#include "base/limits.h"

#include <inttypes.h>
#include <stdlib.h>

/* When the rest is twice the last half long, its older half is let go. */
enum { HALF = LIMIT_TEXT_HALF, MOST = 3 * HALF };

static void
drop_middle(struct excerpt *excerpt, size_t bytes)
{
	struct strbuf *kept = &excerpt->kept;

	memmove(kept->s + HALF, kept->s + HALF + bytes, kept->length - HALF - bytes);
	strbuf_truncate(kept, kept->length - bytes);
	excerpt->left_out += bytes;
}

void
excerpt_add(struct excerpt *excerpt, struct str piece)
{
	while (piece.length) {
		size_t room = MOST - excerpt->kept.length;
		size_t part = piece.length < room ? piece.length : room;

		strbuf_add(&excerpt->kept, piece.s, part);
		piece = (struct str){piece.s + part, piece.length - part};
		if (excerpt->kept.length == MOST)
			drop_middle(excerpt, HALF);
	}
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Replaces the middle by a line that tells its size; whole characters only. */
static void
mark_middle(struct excerpt *excerpt)
{
	struct strbuf *kept = &excerpt->kept;
	struct strbuf marked = {0};
	size_t head = HALF;
	size_t tail = HALF;

	while (head && is_continuation(kept->s[head]))
		head--;
	while (tail < kept->length && is_continuation(kept->s[tail]))
		tail++;
	strbuf_add(&marked, kept->s, head);
	strbuf_addf(&marked, "\n[%" PRIu64 " bytes left out]\n", excerpt->left_out + tail - head);
	strbuf_add(&marked, kept->s + tail, kept->length - tail);
	strbuf_clear(kept);
	*kept = marked;
}

struct str
excerpt_text(struct excerpt *excerpt)
{
	if (excerpt->kept.length > 2 * HALF)
		drop_middle(excerpt, excerpt->kept.length - 2 * HALF);
	if (excerpt->left_out)
		mark_middle(excerpt);
	excerpt->left_out = 0;
	return str_trim(strbuf_str(&excerpt->kept));
}

void
excerpt_reset(struct excerpt *excerpt)
{
	strbuf_reset(&excerpt->kept);
	excerpt->left_out = 0;
}

void
excerpt_clear(struct excerpt *excerpt)
{
	strbuf_clear(&excerpt->kept);
	excerpt->left_out = 0;
}
