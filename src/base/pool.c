/* Threads that share out numbered tasks. */
#include "base/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct pool {
	pool_task *task;
	void *context;
	size_t count;
	atomic_size_t next;
};

struct worker {
	struct pool *pool;
	pthread_t thread;
	unsigned number;
};

static void *
work(void *argument)
{
	const struct worker *worker = argument;
	struct pool *pool = worker->pool;
	size_t index;

	while ((index = atomic_fetch_add(&pool->next, 1)) < pool->count)
		pool->task(pool->context, worker->number, index);
	return NULL;
}

/* Starts workers 1, 2, ... and returns how many there are with worker 0, the caller. */
static unsigned
start(struct worker *workers, unsigned threads)
{
	unsigned started = 1;

	while (started < threads &&
	    pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
		started++;
	return started;
}

void
pool_run(unsigned threads, size_t count, pool_task *task, void *context)
{
	struct pool pool = {task, context, count, 0};
	struct worker *workers;
	unsigned started;

	if (!count)
		return;
	if (threads > count)
		threads = (unsigned)count;
	workers = mem_zalloc(threads ? threads : 1, sizeof(*workers));
	workers[0].pool = &pool;
	for (unsigned i = 1; i < threads; i++)
		workers[i] = (struct worker){.pool = &pool, .number = i};
	started = start(workers, threads);
	work(&workers[0]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	free(workers);
}

unsigned
pool_processors(void)
{
	for (int size = 1024; size <= 1 << 20; size *= 2) {
		cpu_set_t *set = CPU_ALLOC((size_t)size);
		size_t bytes = CPU_ALLOC_SIZE((size_t)size);
		int count = 0;

		if (set && sched_getaffinity(0, bytes, set) == 0)
			count = CPU_COUNT_S(bytes, set);
		CPU_FREE(set);
		if (count > 0)
			return (unsigned)count;
	}
	return 1;
}
