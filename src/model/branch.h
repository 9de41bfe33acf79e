/*
 * Branch records of one line: their order, their folding into one, and the bounds that they prove (COVERAGE 3.3).
 * A record's ids and conditions live in a data array beside it.
 */
#ifndef MUSTER_MODEL_BRANCH_H
#define MUSTER_MODEL_BRANCH_H

#include "base/strbuf.h"
#include "model/file.h"

enum { CONDITION_NUMBER, CONDITION_WIDTH, CONDITION_MAX, CONDITION_SUM, CONDITION_WORDS };

/*
 * Numbers that no format gives to its conditions: of a branch that is known by its block (15 bits) and its place there
 * (16 bits), and from CONDITION_UNNAMED on the hash of a name that is not kept.
 */
#define CONDITION_PLACED	0x80000000u
#define CONDITION_UNNAMED	0x40000000u
#define CONDITION_BLOCK_BITS	16

/* Whether a condition's name is known. */
bool condition_named(uint32_t number);
/* Adds it: its number, or block and place, "2" in the first block and "1/2" in the next one. */
void condition_name(uint32_t number, struct strbuf *out);

/* Words of data that a record refers to. */
size_t branch_words(const struct branch *branch);
/* The lower and the upper bound that this record alone proves; hi is not yet clamped to the line's n. */
uint32_t branch_low(const struct branch *branch, const uint32_t *data);
uint64_t branch_high(const struct branch *branch, const uint32_t *data);
/* Order by (kind, n, shape) of two records of one line and stage; 0: they are one group. */
int branch_compare(const struct branch *a, const uint32_t *a_data, const struct branch *b, const uint32_t *b_data);
/*
 * Folds `b` into `a` of the same group; a's data is changed in place and never grows.
 */
void branch_fold(struct branch *a, uint32_t *a_data, const struct branch *b, const uint32_t *b_data);
/* Puts ids into ascending order. */
void ids_sort(uint32_t *ids, size_t count);
/* Keeps in `ids` (ascending) what is in `other` too; returns how many. */
uint32_t ids_intersect(uint32_t *ids, uint32_t count, const uint32_t *other, uint32_t other_count);
/* Sum that stays at UINT32_MAX. */
uint32_t add_saturating(uint32_t a, uint32_t b);

#endif
