/* A simulated server of comments. */
#include "server.h"

#include "base/json.h"
#include "base/json_out.h"
#include "base/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { LATENCY = 100, START = 1500 };	/* milliseconds */

uint64_t
server_random(struct server *server, uint64_t bound)
{
	server->state = server->state * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (server->state >> 33) % bound;
}

void
server_init(struct server *server, uint64_t seed)
{
	*server = (struct server){.state = seed, .login = "bot"};
	pthread_mutex_init(&server->lock, NULL);
	pthread_cond_init(&server->turn, NULL);
}

void
server_clear(struct server *server)
{
	for (size_t i = 0; i < server->count; i++)
		free(server->comments[i].body);
	pthread_cond_destroy(&server->turn);
	pthread_mutex_destroy(&server->lock);
}

/* ---- time ----------------------------------------------------------------------------------- */

/* Lets the job move whose time comes first. */
static void
give_turn(struct server *server)
{
	struct server_job *next = NULL;

	for (size_t i = 0; i < server->job_count; i++) {
		struct server_job *job = &server->jobs[i];

		if (!job->ended && (!next || job->wake < next->wake))
			next = job;
	}
	if (!next)
		return;
	if (next->wake > server->now)
		server->now = next->wake;
	next->moves = true;
	pthread_cond_broadcast(&server->turn);
}

static void
wait_turn(struct server_job *job)
{
	while (!job->moves)
		pthread_cond_wait(&job->server->turn, &job->server->lock);
}

/* Under the lock: comes back when the time is over. */
static void
pass(struct server_job *job, uint64_t milliseconds)
{
	job->wake = job->server->now + milliseconds;
	job->moves = false;
	give_turn(job->server);
	wait_turn(job);
}

static uint64_t
world_now(void *context)
{
	return ((struct server_job *)context)->server->now;
}

static void
world_sleep(void *context, uint64_t milliseconds)
{
	pass(context, milliseconds);
}

static uint64_t
world_random(void *context, uint64_t bound)
{
	return server_random(((struct server_job *)context)->server, bound);
}

/* ---- requests ------------------------------------------------------------------------------- */

static struct server_comment *
find(struct server *server, const char *url)
{
	const char *last = strrchr(url, '/');
	uint64_t id = strtoull(last + 1, NULL, 10);

	for (size_t i = 0; i < server->count; i++)
		if (id && server->comments[i].id == id)
			return &server->comments[i];
	return NULL;
}

static void
add_comment(struct json_out *json, const struct server_comment *comment)
{
	json_out_open(json, NULL, '{');
	json_out_u64(json, "id", comment->id);
	json_out_open(json, "user", '{');
	json_out_string(json, "login", comment->author);
	json_out_close(json, '}');
	json_out_string(json, "html_url", "https://example.invalid/comment");
	json_out_string(json, "body", comment->body);
	json_out_close(json, '}');
}

static char *
body_of(const struct http_request *request)
{
	struct cJSON *json = NULL;
	struct str text = STR("");
	char *copy;

	json_parse(request->body, &json, NULL);
	json_string(json_at(json, "body"), &text);
	copy = mem_string(text.s, text.length);
	json_free(json);
	return copy;
}

void
server_add(struct server *server, const char *author, const char *body)
{
	struct server_comment *comment = &server->comments[server->count++];

	comment->id = 5000000000u + server->count;	/* above INT_MAX */
	snprintf(comment->author, sizeof(comment->author), "%s", author);
	comment->body = mem_string(body, strlen(body));
}

static void
answer_list(struct server *server, struct json_out *json)
{
	json_out_open(json, NULL, '[');
	for (size_t i = 0; i < server->count; i++)
		if (server->comments[i].id)
			add_comment(json, &server->comments[i]);
	json_out_close(json, ']');
}

static unsigned
create(struct server *server, const struct http_request *request, struct json_out *json)
{
	char *body = body_of(request);

	server_add(server, server->login, body);
	free(body);
	server->writes++;
	add_comment(json, &server->comments[server->count - 1]);
	return 201;
}

static unsigned
change(struct server *server, const struct http_request *request, struct json_out *json)
{
	struct server_comment *comment = find(server, request->url);

	if (!comment)
		return 404;
	if (strcmp(request->method, "DELETE") == 0) {
		comment->id = 0;
		return 204;
	}
	if (strcmp(request->method, "PATCH") == 0) {
		free(comment->body);
		comment->body = body_of(request);
		server->writes++;
	}
	add_comment(json, comment);
	return 200;
}

static unsigned
serve(struct server *server, const struct http_request *request, struct json_out *json)
{
	if (strstr(request->url, "/issues/comments/"))
		return change(server, request, json);
	if (strcmp(request->method, "POST") == 0)
		return create(server, request, json);
	answer_list(server, json);
	return 200;
}

static bool
goes_wrong(struct server *server)
{
	return server->faults && server_random(server, server->faults) == 0;
}

/* A request takes effect between the two halves of its time; its answer may be lost after that. */
static enum http_end
world_send(void *context, const struct http_request *request, struct http_answer *answer,
    struct error *err)
{
	struct server_job *job = context;
	struct server *server = job->server;
	struct json_out json = {0};
	bool lost;

	pass(job, server_random(server, LATENCY));
	strbuf_reset(&answer->headers);
	strbuf_reset(&answer->body);
	answer->status = 503;
	if (!goes_wrong(server))
		answer->status = serve(server, request, &json);
	strbuf_add_str(&answer->body, strbuf_str(&json.text));
	json_out_clear(&json);
	lost = goes_wrong(server);
	pass(job, server_random(server, LATENCY));
	if (lost)
		fail(err, ERROR_OUTPUT, "lost");
	return lost ? HTTP_LOST : HTTP_ANSWERED;
}

/* ---- jobs ----------------------------------------------------------------------------------- */

static void *
run_job(void *context)
{
	struct server_job *job = context;
	struct github_world world = {job, world_send, world_now, world_sleep, world_random};

	pthread_mutex_lock(&job->server->lock);
	wait_turn(job);
	job->run(job->context, &world);
	job->ended = true;
	give_turn(job->server);
	pthread_mutex_unlock(&job->server->lock);
	return NULL;
}

void
server_job(struct server *server, void (*run)(void *context, const struct github_world *world),
    void *context)
{
	struct server_job *job = &server->jobs[server->job_count++];

	*job = (struct server_job){.server = server, .run = run, .context = context};
	job->wake = server->now + server_random(server, START);
}

void
server_run(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	for (size_t i = 0; i < server->job_count; i++)
		pthread_create(&server->jobs[i].thread, NULL, run_job, &server->jobs[i]);
	give_turn(server);
	pthread_mutex_unlock(&server->lock);
	for (size_t i = 0; i < server->job_count; i++)
		pthread_join(server->jobs[i].thread, NULL);
}
