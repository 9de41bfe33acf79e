/* The policy of a document with its style and script inside. */
#include "render/html_policy.h"

#include <sha2.h>

static void
add_base64(struct strbuf *out, const unsigned char *bytes, size_t length)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < length; i += 3) {
		size_t left = length - i;
		unsigned bits = (unsigned)bytes[i] << 16 | (left > 1 ? (unsigned)bytes[i + 1] << 8 : 0) |
		    (left > 2 ? (unsigned)bytes[i + 2] : 0);

		strbuf_add_char(out, digits[bits >> 18]);
		strbuf_add_char(out, digits[bits >> 12 & 63]);
		strbuf_add_char(out, left > 1 ? digits[bits >> 6 & 63] : '=');
		strbuf_add_char(out, left > 2 ? digits[bits & 63] : '=');
	}
}

static void
add_source(struct strbuf *out, const char *directive, struct str text)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)text.s, text.length);
	SHA256Final(digest, &context);
	strbuf_addf(out, "%s 'sha256-", directive);
	add_base64(out, digest, sizeof(digest));
	strbuf_add_string(out, "'; ");
}

void
html_policy(struct str style, struct str script, struct strbuf *out)
{
	strbuf_add_string(out, "default-src 'none'; ");
	add_source(out, "style-src", style);
	add_source(out, "script-src", script);
	strbuf_add_string(out, "base-uri 'none'; form-action 'none'");
}
