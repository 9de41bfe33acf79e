/* A number for the content of an element. */
#include "read/fingerprint.h"

#include <endian.h>
#include <string.h>

static uint64_t
mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0xd6e8feb86659fd93);
	return hash ^ hash >> 32;
}

static uint64_t
word_at(const void *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
	return le64toh(word);
}

static uint64_t
hash_of(struct str s)
{
	uint64_t hash = s.length;
	unsigned char rest[8] = {0};

	for (; s.length >= 8; s = (struct str){s.s + 8, s.length - 8})
		hash = mix(hash, word_at(s.s));
	if (s.length)
		memcpy(rest, s.s, s.length);
	return mix(hash, word_at(rest));
}

/* Of an interned name. */
static uint64_t
name_hash(struct name_hashes *names, const char *name)
{
	size_t slot = (uintptr_t)name / 4 % (sizeof(names->slots) / sizeof(*names->slots));

	if (names->slots[slot].name != name) {
		names->slots[slot].name = name;
		names->slots[slot].hash = hash_of(str_of(name));
	}
	return names->slots[slot].hash;
}

/* Takes the text since the last tag into the hash. */
static void
settle(struct fingerprint *print)
{
	size_t pending = print->length % 8;

	if (print->solid) {
		memset(print->pending + pending, 0, 8 - pending);
		print->run = mix(mix(print->run, word_at(print->pending)), print->length);
		print->hash = mix(print->hash, print->run);
	}
	print->run = 0;
	print->length = 0;
	print->solid = false;
}

void
fingerprint_start(struct fingerprint *print, struct name_hashes *names, const char *name,
    const struct xml_attribute *attributes, size_t count)
{
	uint64_t sum = count;

	settle(print);
	for (size_t i = 0; i < count; i++)
		sum += mix(name_hash(names, attributes[i].name), hash_of(xml_value(&attributes[i])));
	print->hash = mix(mix(print->hash, name_hash(names, name)), sum);
}

static bool
is_blank(struct str s)
{
	return !str_trim(s).length;
}

void
fingerprint_text(struct fingerprint *print, struct str piece)
{
	size_t pending = print->length % 8;

	print->solid = print->solid || !is_blank(piece);
	print->length += piece.length;
	while (pending && piece.length) {
		print->pending[pending] = (unsigned char)*piece.s;
		pending = (pending + 1) % 8;
		piece = (struct str){piece.s + 1, piece.length - 1};
		if (!pending)
			print->run = mix(print->run, word_at(print->pending));
	}
	for (; piece.length >= 8; piece = (struct str){piece.s + 8, piece.length - 8})
		print->run = mix(print->run, word_at(piece.s));
	if (piece.length)
		memcpy(print->pending + pending, piece.s, piece.length);
}

void
fingerprint_end(struct fingerprint *print)
{
	settle(print);
	print->hash = mix(print->hash, 1);
}
