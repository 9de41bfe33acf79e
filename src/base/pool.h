/*
 * Threads that share out numbered tasks.  Which thread takes which task is left open: what tasks
 * build must not depend on it.
 */
#ifndef MUSTER_BASE_POOL_H
#define MUSTER_BASE_POOL_H

#include <stddef.h>

/* Runs task(context, worker, i) for every i below `count`; worker is below `threads`. */
typedef void pool_task(void *context, unsigned worker, size_t index);

/*
 * Runs all tasks on `threads` threads (1: on the caller's own) and returns when all are done. 
 * Tasks are taken in order of their index.  A thread that can't be made is done without.
 */
void pool_run(unsigned threads, size_t count, pool_task *task, void *context);
/* The processors that this process may use; at least 1. */
unsigned pool_processors(void);

#endif
