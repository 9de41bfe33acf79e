/*
 * What the files of model/outcome share; between outcome*.c only.
 */
#ifndef MUSTER_MODEL_OUTCOME_PARTS_H
#define MUSTER_MODEL_OUTCOME_PARTS_H

#include "model/outcome.h"

/* An entry of outcome->order: the index of a case, and whether a test begins with it. */
#define ORDER_FIRST	0x80000000u
#define ORDER_INDEX	0x7fffffffu

/* The id of unlisted tests: this bit, four times the index, and which of them are meant. */
#define TEST_UNLISTED	0x80000000u
enum unlisted_part { UNLISTED_ALL, UNLISTED_FAILING, UNLISTED_SKIPPED };

static inline const struct test_case *
order_case(const struct outcome *outcome, size_t at)
{
	return &outcome->report->tests.cases[outcome->order[at] & ORDER_INDEX];
}

static inline const struct test_report *
order_report(const struct outcome *outcome, size_t at)
{
	return tests_report_of(&outcome->report->tests, outcome->order[at] & ORDER_INDEX);
}

static inline const struct outcome_unlisted *
unlisted_of(const struct outcome *outcome, test_id id)
{
	return &outcome->unlisted[(id & ~TEST_UNLISTED) / 4];
}

/* A test that is the second, third ... of bare duplicates (TESTS R3). */
struct repeat {
	test_id id;
	uint32_t number;
};

/* The cases first..end of a test in one cell, whose suites differ in these fields. */
struct told_cell {
	size_t first;
	size_t end;
	unsigned fields;
};

/* The place behind the last case of the test at this place. */
size_t order_end(const struct outcome *outcome, size_t first);
/* Whether a later attempt of the cell has replaced this report (TESTS R5). */
bool report_replaced(const struct outcome *outcome, const struct test_report *report);
/* The order of lists: stage, container, name, file, line, suites, repeat. */
int outcome_compare(const struct outcome *outcome, test_id a, test_id b);
void outcome_sort(const struct outcome *outcome, struct test_list *list);
void outcome_list_add(struct test_list *list, test_id id);

struct timed {
	int64_t time;
	test_id id;
};

/* The slowest tests, gathered one by one. */
struct slowness {
	uint64_t limit;		/* 0: none */
	struct timed slowest[OUTCOME_SLOWEST + 1];
	size_t slowest_count;
	struct timed *slow;	/* longer than the limit */
	size_t slow_count;
	size_t slow_capacity;
};

void slowness_add(struct slowness *slowness, const struct outcome *outcome, test_id id, int64_t time);
/* Hands the lists to the outcome. */
void slowness_finish(struct slowness *slowness, struct outcome *outcome);

/* Ranks lanes, stages and reports by their names. */
void outcome_rank(struct outcome *outcome, const struct outcome_rules *rules);
/* Makes outcome->order: tests out of cases (TESTS 2, R3, R4, R5), with the notes that are due. */
void outcome_group(struct outcome *outcome, struct audit *audit);
/* Makes outcome->told. */
void outcome_tell_cells(struct outcome *outcome);
/* Makes outcome->unlisted (TESTS R10a). */
void outcome_group_unlisted(struct outcome *outcome);
/* Fills totals and lists. */
void outcome_count(struct outcome *outcome, uint64_t slow);

#endif
