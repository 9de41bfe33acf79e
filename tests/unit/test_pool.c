/* Every task runs once, whatever the number of threads. */
#include "base/pool.h"
#include "unit.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

enum { TASKS = 5000 };

struct trace {
	atomic_int runs[TASKS];
	unsigned threads;
	atomic_bool stray;	/* a worker's number was not below `threads` */
};

static void
note(void *context, unsigned worker, size_t index)
{
	struct trace *trace = context;

	atomic_fetch_add(&trace->runs[index], 1);
	if (worker >= trace->threads)
		atomic_store(&trace->stray, true);
}

static void
run(unsigned threads, size_t count)
{
	struct trace *trace = calloc(1, sizeof(*trace));

	trace->threads = threads ? threads : 1;
	pool_run(threads, count, note, trace);
	for (size_t i = 0; i < TASKS; i++)
		ck_assert_int_eq(atomic_load(&trace->runs[i]), i < count);
	ck_assert(!atomic_load(&trace->stray));
	free(trace);
}

START_TEST(every_task_runs_once)
{
	static const unsigned threads[] = {0, 1, 2, 7, 64};
	static const size_t counts[] = {0, 1, 3, TASKS};

	for (size_t i = 0; i < sizeof(threads) / sizeof(threads[0]); i++)
		for (size_t j = 0; j < sizeof(counts) / sizeof(counts[0]); j++)
			run(threads[i], counts[j]);
}
END_TEST

static void
append(void *context, unsigned worker, size_t index)
{
	size_t *next = context;

	ck_assert_uint_eq(worker, 0);
	ck_assert_uint_eq(index, *next);
	++*next;
}

START_TEST(one_thread_is_the_callers_own_and_in_order)
{
	size_t next = 0;

	pool_run(1, 100, append, &next);
	ck_assert_uint_eq(next, 100);
}
END_TEST

START_TEST(processors_follow_the_affinity)
{
	cpu_set_t one;

	ck_assert_uint_ge(pool_processors(), 1);
	CPU_ZERO(&one);
	CPU_SET((size_t)sched_getcpu(), &one);
	ck_assert_int_eq(sched_setaffinity(0, sizeof(one), &one), 0);
	ck_assert_uint_eq(pool_processors(), 1);
}
END_TEST

Suite *
unit_suite(void)
{
	Suite *suite = suite_create("pool");
	TCase *tcase = tcase_create("pool");

	tcase_add_test(tcase, every_task_runs_once);
	tcase_add_test(tcase, one_thread_is_the_callers_own_and_in_order);
	tcase_add_test(tcase, processors_follow_the_affinity);
	suite_add_tcase(suite, tcase);
	return suite;
}
