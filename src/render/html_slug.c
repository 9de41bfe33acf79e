/* Names of pages. */
#include "render/html_slug.h"

#include <sha2.h>

/* A letter or digit in lower case, else 0. */
static char
slug_character(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
}

/* What hints at the file's name; may be empty. */
static size_t
add_hint(struct str path, char *slug)
{
	const char *slash = memrchr(path.s, '/', path.length);
	size_t from = slash ? (size_t)(slash + 1 - path.s) : 0;
	size_t length = 0;

	for (size_t i = from; i < path.length && length < SLUG_HINT; i++) {
		char c = slug_character(path.s[i]);

		if (c)
			slug[length++] = c;
		else if (length && slug[length - 1] != '-')
			slug[length++] = '-';
	}
	while (length && slug[length - 1] == '-')
		length--;
	return length;
}

void
html_slug(struct str path, char slug[SLUG_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[SHA256_DIGEST_LENGTH];
	size_t length = add_hint(path, slug);
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)path.s, path.length);
	SHA256Final(digest, &context);
	if (!length)
		slug[length++] = 'f';
	slug[length++] = '-';
	for (size_t i = 0; i < SLUG_DIGEST; i++)
		slug[length++] = digits[i % 2 ? digest[i / 2] & 15 : digest[i / 2] >> 4];
	slug[length] = '\0';
}
