/*
 * GITHUB 3.3: whatever the order in which the requests of several jobs meet, and whichever of them
 * fail or lose their answers, one comment of ours stands in the end, with the newest content, and
 * those of others are as they were.
 */
#include "server.h"
#include "unit.h"

#include "publish/sticky.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 500 };

static uint64_t seed;

struct job {
	struct marker marker;
	struct strbuf text;
	enum sticky_end end;
	struct error err;
};

static void
run_job(void *context, const struct github_world *world)
{
	struct job *job = context;
	struct sticky sticky = {
	    .repository = "o/r",
	    .pull = 1,
	    .author = "bot",
	    .key = "default",
	    .marker = job->marker,
	    .text = strbuf_str(&job->text),
	    .may_create = true,
	};
	struct github github;
	char *url = NULL;

	ck_assert(github_init(&github, world, "http://127.0.0.1", "secret", 60000, &job->err));
	job->end = sticky_put(&github, &sticky, &url, &job->err);
	github_clear(&github);
	free(url);
}

static void
make_text(struct job *job, uint64_t run, uint64_t attempt)
{
	char content[64];

	job->marker = (struct marker){.run = run, .attempt = attempt};
	snprintf(content, sizeof(content), "of run %" PRIu64 ", attempt %" PRIu64 "\n", run,
	    attempt);
	digest_hex(str_of(content), job->marker.hash);
	strbuf_reset(&job->text);
	marker_add(&job->text, "default", &job->marker);
	strbuf_add_string(&job->text, content);
}

/* Runs and attempts that differ from job to job, in any order. */
static void
make_jobs(struct server *server, struct job *jobs, size_t count)
{
	uint64_t first = server_random(server, count);

	for (size_t i = 0; i < count; i++) {
		uint64_t place = (first + i * (server_random(server, 2) ? 1 : count + 1)) % count;

		make_text(&jobs[i], 10 + place / 2, 1 + place % 2);
		server_job(server, run_job, &jobs[i]);
	}
}

/* The comments that stand, or an old one of ours, or two, which a dead job left. */
static void
make_comments(struct server *server)
{
	struct job old = {0};

	server_add(server, "mallory", "<!-- muster:default v=1 run=99 -->\nmine!");
	server_add(server, "bot", "<!-- muster:other v=1 run=99 -->\nanother key");
	for (uint64_t left = server_random(server, 3); left; left--) {
		make_text(&old, 1 + left, 1);
		server_add(server, "bot", strbuf_string(&old.text));
	}
	strbuf_clear(&old.text);
}

static const struct job *
newest(const struct job *jobs, size_t count)
{
	const struct job *found = jobs;

	for (size_t i = 1; i < count; i++)
		if (marker_compare(&jobs[i].marker, &found->marker) > 0)
			found = &jobs[i];
	return found;
}

/* Our comment, if there is exactly one. */
static const char *
only_one(const struct server *server)
{
	const char *found = NULL;
	struct marker marker;

	for (size_t i = 0; i < server->count; i++) {
		const struct server_comment *comment = &server->comments[i];

		if (!comment->id || strcmp(comment->author, "bot") != 0 ||
		    !marker_parse(str_of(comment->body), "default", &marker))
			continue;
		if (found)
			return "two of them";
		found = comment->body;
	}
	return found ? found : "none";
}

static void
converge(int round, unsigned faults, size_t count)
{
	struct job jobs[SERVER_JOBS] = {0};
	struct server server;

	server_init(&server, seed + (uint64_t)round);
	server.faults = faults;
	make_comments(&server);
	make_jobs(&server, jobs, count);
	server_run(&server);
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(jobs[i].end != STICKY_FAILED, "seed %" PRIu64 ", round %d: %s", seed,
		    round, jobs[i].err.message);
	ck_assert_msg(strcmp(only_one(&server), newest(jobs, count)->text.s) == 0,
	    "seed %" PRIu64 ", round %d: %s", seed, round, only_one(&server));
	ck_assert_str_eq(server.comments[0].body, "<!-- muster:default v=1 run=99 -->\nmine!");
	ck_assert(server.comments[1].id);
	for (size_t i = 0; i < count; i++)
		strbuf_clear(&jobs[i].text);
	server_clear(&server);
}

START_TEST(two_jobs_leave_one_comment)
{
	converge(_i, 0, 2);
}
END_TEST

START_TEST(four_jobs_leave_one_comment)
{
	converge(_i, 0, 4);
}
END_TEST

START_TEST(lost_answers_leave_one_comment)
{
	converge(_i, 20, 2);
}
END_TEST

Suite *
unit_suite(void)
{
	const char *given = getenv("SEED");
	Suite *suite = suite_create("sticky");
	TCase *tests = tcase_create("sticky");

	seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	printf("seed %" PRIu64 "\n", seed);
	tcase_add_loop_test(tests, two_jobs_leave_one_comment, 0, ROUNDS);
	tcase_add_loop_test(tests, four_jobs_leave_one_comment, 0, ROUNDS);
	tcase_add_loop_test(tests, lost_answers_leave_one_comment, 0, ROUNDS);
	suite_add_tcase(suite, tests);
	return suite;
}
