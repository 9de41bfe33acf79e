/*
 * JSON as it is printed, member by member: commas come by themselves, integers of 64 bits and texts of any bytes
 * go in whole.  No document is held; what was collected can be given on and reset at any time.
 */
#ifndef MUSTER_BASE_JSON_OUT_H
#define MUSTER_BASE_JSON_OUT_H

#include "base/strbuf.h"

#include <stdint.h>

/* A zeroed struct is an empty text.  `key` below is NULL for elements of an array and for the outermost value. */
struct json_out {
	struct strbuf text;
	bool comma;		/* the next value stands behind another */
};

/* Opens an object ('{') or an array ('['). */
void json_out_open(struct json_out *out, const char *key, char bracket);
/* A key that came from an input, for the value that comes next (whose own key is NULL). */
void json_out_key(struct json_out *out, struct str key);
/* A number, true or false as it is printed. */
void json_out_raw(struct json_out *out, const char *key, struct str json);
/* Closes with '}' or ']'. */
void json_out_close(struct json_out *out, char bracket);
void json_out_null(struct json_out *out, const char *key);
void json_out_u64(struct json_out *out, const char *key, uint64_t value);
/* units / 10^places (at most 18 places), without trailing zeros: 7999 with 2 places is 79.99, 8000 is 80. */
void json_out_scaled(struct json_out *out, const char *key, uint64_t units, unsigned places);
void json_out_str(struct json_out *out, const char *key, struct str s);
void json_out_string(struct json_out *out, const char *key, const char *s);
/* Forgets the text, and that anything stood before; memory is kept. */
void json_out_reset(struct json_out *out);
void json_out_clear(struct json_out *out);

#endif
