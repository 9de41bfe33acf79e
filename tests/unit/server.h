/*
 * A server of comments that lives in the test, with a clock of its own: any number of jobs talk to
 * it at once, each on a thread, but only one moves at a time, in an order that a seed decides.
 */
#ifndef MUSTER_UNIT_SERVER_H
#define MUSTER_UNIT_SERVER_H

#include "publish/github.h"

#include <pthread.h>

enum { SERVER_JOBS = 4, SERVER_COMMENTS = 64 };

struct server_comment {
	uint64_t id;		/* 0: deleted */
	char author[32];
	char *body;
};

struct server_job {
	struct server *server;
	uint64_t wake;		/* when it moves next, milliseconds */
	bool moves;
	bool ended;
	pthread_t thread;
	void (*run)(void *context, const struct github_world *world);
	void *context;
};

struct server {
	pthread_mutex_t lock;
	pthread_cond_t turn;
	uint64_t now;
	uint64_t state;			/* of the random numbers */
	unsigned faults;		/* one request in so many goes wrong; 0: none */
	const char *login;		/* who writes */
	struct server_comment comments[SERVER_COMMENTS];
	size_t count;
	size_t writes;
	struct server_job jobs[SERVER_JOBS];
	size_t job_count;
};

void server_init(struct server *server, uint64_t seed);
void server_clear(struct server *server);
/* A comment that stands from the start. */
void server_add(struct server *server, const char *author, const char *body);
/* A job that starts with the others, a moment sooner or later. */
void server_job(struct server *server, void (*run)(void *context, const struct github_world *world),
    void *context);
/* Runs all jobs to their end. */
void server_run(struct server *server);
/* A random number below `bound`. */
uint64_t server_random(struct server *server, uint64_t bound);

#endif
