/* Chunks made ahead by a thread of their own. */
#include "base/ahead.h"

#include "base/limits.h"
#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>

enum { CHUNKS = 4 };

/*
 * A ring: chunk n is in place n % CHUNKS, from when it is made until the one behind it is asked
 * for.
 */
struct ahead {
	ahead_make *make;
	void *context;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t made;		/* chunks finished; all below is guarded by the lock */
	size_t used;		/* chunks that are no longer borrowed */
	bool borrowed;		/* chunk `used` is */
	bool stopped;
	size_t lengths[CHUNKS];
	char *chunks[CHUNKS];
};

/* Waits for a free place; false when nobody wants any more. */
static bool
wait_for_room(struct ahead *ahead)
{
	bool wanted;

	pthread_mutex_lock(&ahead->lock);
	while (!ahead->stopped && ahead->made - ahead->used == CHUNKS)
		pthread_cond_wait(&ahead->changed, &ahead->lock);
	wanted = !ahead->stopped;
	pthread_mutex_unlock(&ahead->lock);
	return wanted;
}

static void *
make_all(void *argument)
{
	struct ahead *ahead = argument;
	size_t length = 1;

	for (size_t place = 0; length && wait_for_room(ahead); place = (place + 1) % CHUNKS) {
		length = ahead->make(ahead->context, ahead->chunks[place]);
		pthread_mutex_lock(&ahead->lock);
		ahead->lengths[place] = length;
		ahead->made++;
		pthread_cond_signal(&ahead->changed);
		pthread_mutex_unlock(&ahead->lock);
	}
	return NULL;
}

static void
ahead_release(struct ahead *ahead)
{
	for (size_t i = 0; i < CHUNKS; i++)
		free(ahead->chunks[i]);
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->lock);
	free(ahead);
}

struct ahead *
ahead_start(ahead_make *make, void *context)
{
	struct ahead *ahead = mem_zalloc(1, sizeof(*ahead));

	ahead->make = make;
	ahead->context = context;
	for (size_t i = 0; i < CHUNKS; i++)
		ahead->chunks[i] = mem_alloc(LIMIT_CHUNK);
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	if (pthread_create(&ahead->thread, NULL, make_all, ahead) == 0)
		return ahead;
	ahead_release(ahead);
	return NULL;
}

/* Gives back the chunk that was borrowed; the empty one at the end stays. */
static void
give_back(struct ahead *ahead)
{
	if (!ahead->borrowed || !ahead->lengths[ahead->used % CHUNKS])
		return;
	ahead->used++;
	ahead->borrowed = false;
	pthread_cond_signal(&ahead->changed);
}

struct str
ahead_next(struct ahead *ahead)
{
	struct str chunk;
	size_t place;

	pthread_mutex_lock(&ahead->lock);
	give_back(ahead);
	while (ahead->made == ahead->used)
		pthread_cond_wait(&ahead->changed, &ahead->lock);
	place = ahead->used % CHUNKS;
	chunk = (struct str){ahead->chunks[place], ahead->lengths[place]};
	ahead->borrowed = true;
	pthread_mutex_unlock(&ahead->lock);
	return chunk;
}

void
ahead_free(struct ahead *ahead)
{
	if (!ahead)
		return;
	pthread_mutex_lock(&ahead->lock);
	ahead->stopped = true;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
	pthread_join(ahead->thread, NULL);
	ahead_release(ahead);
}
