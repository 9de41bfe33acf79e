/* SHA-256 of texts. */
#include "base/digest.h"

#include <sha2.h>
#include <stdint.h>

void
digest_hex(struct str text, char out[DIGEST_HEX])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)text.s, text.length);
	SHA256Final(digest, &context);
	for (size_t i = 0; i < sizeof(digest); i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[2 * sizeof(digest)] = '\0';
}
