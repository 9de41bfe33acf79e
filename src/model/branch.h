/*
 * Branch records of one line: their order, their folding into one, and the bounds that they prove (COVERAGE 3.3).
 * A record's ids and conditions live in a data array beside it.
 */
#ifndef MUSTER_MODEL_BRANCH_H
#define MUSTER_MODEL_BRANCH_H

#include "model/file.h"

enum { CONDITION_NUMBER, CONDITION_WIDTH, CONDITION_MAX, CONDITION_SUM, CONDITION_WORDS };

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
