"""What must come of publishing (GITHUB 9).

A case is a function of a new job, whose peer is one pull request of its own.  Some run against
every peer, others need the fault server, into which they look.
"""
import json
import pathlib
import re
import time

from harness import COVERAGE, Job, coverage, junit, pull_event
from server import (BASE, DIFF, HEAD, MERGE, REPOSITORY, TOKEN, Answer, Server, broken, cut,
                    done_then_reset, redirect, reset, silent)

OTHER = "d" * 40
MARKER = "<!-- muster:default v=1 "
RATE_LIMIT = {"message": "API rate limit exceeded"}

shared = []
faulty = []


def everywhere(case):
    shared.append(case)
    return case


def with_faults(case):
    faulty.append(case)
    return case


def expect(job, status):
    assert job.status == status, "status %d, not %d\n%s%s" % (job.status, status, job.out, job.err)


def equal(left, right):
    assert left == right, "%r is not %r" % (left, right)


def ours(job):
    """The text of our one comment."""
    found = [c for c in job.peer.comments if c["body"].startswith(MARKER)
             and c["user"]["login"] == job.peer.login]
    equal(len(found), 1)
    return found[0]["body"]


def again(job, **changes):
    """A job of another run on the same pull request."""
    other = Job(job.program, job.peer)
    other.environment.update({"GITHUB_RUN_ID": "101"}, **changes)
    return other


def comment(job, *arguments):
    return job.run("--publish", "comment", "--comment-author", job.peer.login, *arguments)


# ---- one comment -------------------------------------------------------------------------------

@everywhere
def creates(job):
    expect(comment(job), 0)
    assert "sha=%s run=100 attempt=1 hash=" % job.peer.head in ours(job)


@everywhere
def updates(job):
    expect(comment(job), 0)
    first = ours(job)
    later = again(job)
    later.write("coverage.xml", coverage(5))
    expect(comment(later), 0)
    assert "50.00 %" in ours(job) and ours(job) != first


@everywhere
def skips_what_is_unchanged(job):
    expect(comment(job), 0)
    first = ours(job)
    expect(comment(again(job)), 0)
    equal(ours(job), first)


@everywhere
def comes_back_when_deleted(job):
    expect(comment(job), 0)
    job.peer.delete_comments(job.peer.login)
    expect(comment(again(job)), 0)
    ours(job)


@everywhere
def finds_its_comment_on_the_second_page(job):
    for number in range(120):
        job.peer.add_comment(job.peer.login, "comment %d" % number)
    expect(comment(job), 0)
    later = again(job)
    later.write("coverage.xml", coverage(5))
    expect(comment(later), 0)
    assert "run=101" in ours(job)
    equal(len(job.peer.comments), 121)


@everywhere
def leaves_a_foreign_comment_with_our_marker(job):
    text = MARKER + "run=1 attempt=1 -->\nnot yours"
    job.peer.add_comment(job.peer.stranger, text)
    expect(comment(job), 0)
    ours(job)
    equal([c["body"] for c in job.peer.comments if c["user"]["login"] == job.peer.stranger], [text])


@everywhere
def a_wrong_author_is_put_right(job):
    for run in (job, again(job)):
        expect(run.run("--publish", "comment", "--comment-author", "github-actions[bot]"), 0)
        assert "writes as '%s'" % job.peer.login in run.err
        ours(job)
    equal(len(job.peer.comments), 1)


@everywhere
def two_jobs_at_once_leave_the_newest(job):
    jobs = [job, again(job)]
    jobs[1].write("coverage.xml", coverage(5))
    for one in jobs:
        one.start("--publish", "comment", "--comment-author", job.peer.login)
    for one in jobs:
        expect(one.finish(), 0)
    assert "run=101" in ours(job)


@everywhere
def makes_none_when_closed(job):
    job.peer.close_pull()
    expect(comment(job), 0)
    equal(job.peer.comments, [])
    assert "closed" in job.err


@everywhere
def updates_when_closed(job):
    expect(comment(job), 0)
    job.peer.close_pull()
    later = again(job)
    later.write("coverage.xml", coverage(5))
    expect(comment(later), 0)
    assert "run=101" in ours(job)


@everywhere
def skips_a_stale_head(job):
    job.event(pull_event(head=OTHER, number=job.peer.number, repository=job.peer.repository))
    expect(comment(job), 0)
    equal(job.peer.comments, [])
    assert "newer head" in job.err
    expect(comment(job, "--allow-stale"), 0)
    ours(job)


@everywhere
def keeps_the_budget(job):
    job.write("junit.xml", junit(failed=3000, name="a_long_name_" * 10 + "%d", message="m" * 300))
    expect(comment(job), 1)
    first = ours(job)
    assert 1000 < len(first.encode()) <= 65000 and "Left out to fit: " in first
    later = again(job)
    later.write("junit.xml", job.read("junit.xml"))
    expect(comment(later), 1)
    equal(ours(job), first)


@everywhere
def keys_are_apart(job):
    expect(comment(job), 0)
    expect(comment(job, "--comment-key", "py 3.11 -->"), 0)
    equal(len(job.peer.comments), 2)
    ours(job)


@everywhere
def a_check_run_with_120_annotations_is_completed(job):
    job.write("junit.xml", junit(failed=120))
    expect(job.run("--publish", "check"), 1)
    run = job.peer.check_run()
    equal((run["name"], run["status"], run["conclusion"]), ("muster", "completed", "failure"))


@everywhere
def a_read_only_token_is_a_notice(job):
    job.environment["GITHUB_TOKEN"] = job.peer.read_only_token()
    expect(job.run("--publish", "comment,check", "--comment-author", job.peer.login), 0)
    equal(job.peer.comments, [])
    equal(job.err.count("may only read"), 1)
    assert "comment (needs pull-requests: write), check (needs checks: write)" in job.err
    assert "## ✅ 1 gate passed" in job.read("summary")


@everywhere
def a_read_only_token_does_not_change_the_verdict(job):
    job.environment["GITHUB_TOKEN"] = job.peer.read_only_token()
    expect(comment(job, "--fail-under", "90"), 1)


# ---- answers that go wrong ---------------------------------------------------------------------

@with_faults
def a_locked_pull_request_is_a_notice(job):
    job.peer.pull["locked"] = True
    expect(comment(job), 0)
    assert "locked" in job.err


@with_faults
def reads_survive_503_twice(job):
    job.peer.fault("GET", "/comments", 503, 503)
    expect(comment(job), 0)
    ours(job)


@with_faults
def writes_survive_503_twice(job):
    comment(job)
    job.peer.fault("PATCH", "/comments", 503, 503)
    later = again(job)
    later.write("coverage.xml", coverage(5))
    expect(comment(later), 0)
    assert "run=101" in ours(job)


@with_faults
def a_post_that_succeeds_and_is_lost_is_not_repeated(job):
    job.peer.fault("POST", "/comments", done_then_reset)
    expect(comment(job), 0)
    ours(job)
    equal(len(job.peer.sent("POST")), 1)


@with_faults
def a_post_that_is_lost_is_repeated(job):
    job.peer.fault("POST", "/comments", reset, 502)
    expect(comment(job), 0)
    ours(job)
    equal(len(job.peer.sent("POST")), 3)


@with_faults
def five_failures_end_it(job):
    job.peer.fault("GET", "/pulls/", *[500] * 9)
    expect(comment(job, "--diff", "/dev/null"), 4)
    equal(len(job.peer.sent("GET", "/pulls/")), 5)
    assert "the verdict is pass" in job.err


@with_faults
def waits_as_retry_after_says(job):
    job.peer.fault("POST", "/comments", Answer(429, RATE_LIMIT, {"Retry-After": "1"}))
    expect(comment(job), 0)
    ours(job)


@with_faults
def does_not_wait_too_long(job):
    job.peer.fault("GET", "/pulls/", Answer(429, RATE_LIMIT, {"Retry-After": "3600"}))
    expect(comment(job, "--max-wait", "2", "--diff", "/dev/null"), 4)
    assert re.search(r"it is over at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", job.err)
    equal(len(job.peer.requests), 1)


@with_faults
def an_exhausted_limit_tells_its_end(job):
    reset_at = int(time.time()) + 1800
    job.peer.fault("GET", "/pulls/", Answer(403, RATE_LIMIT, {
        "x-ratelimit-remaining": "0", "x-ratelimit-reset": str(reset_at)}))
    expect(job.run("--publish", "comment,check,status", "--diff", "/dev/null"), 4)
    assert time.strftime("%Y-%m-%d %H:", time.gmtime(reset_at)) in job.err
    equal(len(job.peer.requests), 1)


@with_faults
def broken_json_is_read_again(job):
    job.peer.fault("GET", "/comments", broken, cut)
    expect(comment(job), 0)
    ours(job)


@with_faults
def broken_json_for_ever_writes_nothing(job):
    job.peer.fault("GET", "/comments", *[broken] * 9)
    expect(comment(job), 4)
    equal(job.peer.sent("POST"), [])


@with_faults
def a_silent_server_is_left(job):
    job.peer.fault("GET", "/pulls/", silent(15))
    start = time.monotonic()
    expect(comment(job), 0)
    assert time.monotonic() - start < 14.5
    ours(job)


@with_faults
def a_bad_token_stops(job):
    job.environment["GITHUB_TOKEN"] = "wrong"
    expect(job.run("--publish", "comment,check,status"), 4)
    equal(len(job.peer.requests), 1)
    equal(job.err.count("the token is not valid"), 1)
    assert job.err.endswith("muster: check: not published, as before\n"
                            "muster: status: not published, as before\n"), job.err


@with_faults
def a_refused_text_is_told(job):
    job.peer.fault("POST", "/comments", Answer(422, {"message": "Validation Failed", "errors": [
        {"field": "body", "code": "custom", "message": "is odd"}]}))
    expect(comment(job), 4)
    assert "field body, code custom, is odd" in job.err
    equal(len(job.peer.sent("POST")), 1)


@with_faults
def no_pull_request_is_told(job):
    job.peer.fault("GET", "/pulls/", 404, 404)
    expect(comment(job), 4)
    assert "no access, or there is no pull request 7" in job.err


# ---- where requests go -------------------------------------------------------------------------

@with_faults
def every_request_has_its_headers(job):
    expect(job.run("--publish", "comment,check,status"), 0)
    for request in job.peer.requests:
        headers = request.headers
        equal(headers["authorization"], "Bearer " + TOKEN)
        equal(headers["accept"], DIFF if request.wants_diff() else "application/vnd.github+json")
        equal(headers["x-github-api-version"], "2022-11-28")
        assert headers["user-agent"].startswith("muster/")
        equal(headers.get("content-type"), "application/json" if request.body else None)


@with_faults
def an_enterprise_prefix_is_kept(job):
    peer = Server(prefix="/api/v3")
    job.peer = peer
    job.environment["GITHUB_API_URL"] = peer.url + "/"
    for number in range(120):
        peer.add_comment(peer.login, "comment %d" % number)
    expect(job.run("--publish", "comment,check,status"), 0)
    assert all(request.path.startswith("/api/v3/") for request in peer.requests)
    ours(job)
    peer.close()


@with_faults
def of_a_link_elsewhere_only_the_page_is_taken(job):
    elsewhere = Server()
    for number in range(120):
        job.peer.add_comment(job.peer.login, "comment %d" % number)

    def page_one(server, request):
        raise Answer(200, server.comments[:100], {
            "Link": '<%s/repos/x/y/issues/7/comments?page=2>; rel="next"' % elsewhere.url})

    job.peer.fault("GET", "/comments", page_one)
    expect(comment(job), 0)
    ours(job)
    equal(elsewhere.requests, [])
    equal(job.peer.sent("GET", "/comments")[1].parameter("page", ""), "2")
    elsewhere.close()


@with_faults
def a_broken_link_does_not_hide_the_comment(job):
    for number in range(120):
        job.peer.add_comment(job.peer.login, "comment %d" % number)
    expect(comment(job), 0)

    def page_one(server, request):
        raise Answer(200, server.comments[:100], {"Link": "<<;rel=next,,"})

    job.peer.fault("GET", "/comments", page_one, None, page_one)
    expect(comment(again(job)), 0)
    ours(job)
    equal(len(job.peer.comments), 121)


@with_faults
def a_redirect_is_followed(job):
    peer = job.peer
    target = "%s/repos/%s/pulls/7?there" % (peer.url, REPOSITORY)
    peer.fault("GET", "/pulls/7", redirect(301, target))
    expect(comment(job), 0)
    ours(job)


@with_faults
def a_redirect_elsewhere_gets_no_token(job):
    elsewhere = Server()
    target = "%s/repos/%s/pulls/7" % (elsewhere.url, REPOSITORY)
    job.peer.fault("GET", "/pulls/7", redirect(302, target))
    expect(comment(job), 4)
    equal(len(elsewhere.requests), 1)
    assert "authorization" not in elsewhere.requests[0].headers
    elsewhere.close()


@with_faults
def nothing_is_written_elsewhere(job):
    elsewhere = Server()
    target = "%s/repos/%s/issues/7/comments" % (elsewhere.url, REPOSITORY)
    job.peer.fault("POST", "/comments", redirect(307, target))
    expect(comment(job), 4)
    equal(elsewhere.requests, [])
    elsewhere.close()


@with_faults
def a_circle_of_redirects_ends(job):
    target = "%s/repos/%s/pulls/7" % (job.peer.url, REPOSITORY)
    job.peer.fault("GET", "/pulls/7", *[redirect(307, target)] * 20)
    expect(comment(job, "--diff", "/dev/null"), 4)
    equal(len(job.peer.sent("GET", "/pulls/7")), 6)


@with_faults
def plain_http_elsewhere_is_refused(job):
    job.environment["GITHUB_API_URL"] = "http://github.example/api"
    expect(comment(job), 4)
    assert "https" in job.err


@with_faults
def the_token_is_nowhere(job):
    job.write("junit.xml", junit(failed=1, name=TOKEN, message="the token is " + TOKEN))
    job.peer.fault("POST", "/check-runs", Answer(422, {"message": "you sent " + TOKEN}))
    job.start("--publish", "comment,check,status", "-v", "--comment-author", job.peer.login)
    assert TOKEN not in " ".join(job.arguments)
    expect(job.finish(), 4)
    assert TOKEN not in job.out and TOKEN not in job.err
    for request in job.peer.requests:
        assert TOKEN not in request.target and TOKEN not in request.body


@with_faults
def a_token_comes_from_a_file(job):
    del job.environment["GITHUB_TOKEN"]
    job.write("token", TOKEN + "\n")
    expect(comment(job, "--token-file", "token"), 0)
    ours(job)
    expect(comment(again(job), "--token-file", "missing"), 2)


@with_faults
def a_dry_run_makes_no_request(job):
    job.write("junit.xml", junit(failed=2, message="&#10;::error::x ##[error]y"))
    expect(job.run("--publish", "github", "--dry-run"), 1)
    equal(job.peer.requests, [])
    equal((job.read("output"), job.read("summary")), (None, None))
    assert "the comment on pull request 7 of " + REPOSITORY in job.out
    no_commands(job.out)


# ---- which pull request ------------------------------------------------------------------------

@with_faults
def a_push_finds_its_pull_request(job):
    job.event({"ref": "refs/heads/topic"})
    job.environment.update({"GITHUB_SHA": HEAD, "GITHUB_REF": "refs/heads/topic"})
    expect(comment(job), 0)
    ours(job)


@with_faults
def a_push_without_one_is_a_notice(job):
    job.event({"ref": "refs/heads/main"})
    job.environment.update({"GITHUB_SHA": OTHER, "GITHUB_REF": "refs/heads/main"})
    expect(comment(job), 0)
    assert "no pull request" in job.err
    equal(job.peer.comments, [])


@with_faults
def a_workflow_run_finds_a_fork(job):
    job.event({"workflow_run": {"head_sha": HEAD, "head_branch": "topic/ä",
                                "head_repository": {"owner": {"login": "fork"}},
                                "pull_requests": []}})
    job.environment.update({"GITHUB_SHA": BASE, "GITHUB_REF": "refs/heads/main"})
    job.peer.commit_pulls = {}
    job.peer.branch_pulls = {"fork:topic%2F%C3%A4": [7]}
    expect(comment(job), 0)
    assert "sha=" + HEAD in ours(job)


@with_faults
def of_one_commit_in_two_forks_the_run_s_own_counts(job):
    job.event({"workflow_run": {"head_sha": HEAD, "head_branch": "topic", "pull_requests": [],
                                "head_repository": {"owner": {"login": "Fork"}}}})
    job.environment.update({"GITHUB_SHA": BASE, "GITHUB_REF": "refs/heads/main"})
    job.peer.commit_pulls = {HEAD: [5, 7, 9]}
    job.peer.branches = {5: ("other", "topic"), 7: ("fork", "topic"), 9: ("fork", "later")}
    expect(comment(job), 0)
    ours(job)
    job.peer.delete_comments(job.peer.login)
    job.peer.commit_pulls = {HEAD: [5]}
    job.peer.branch_pulls = {"Fork:topic": [7]}
    expect(comment(job), 0)
    ours(job)


@with_faults
def a_bare_ref_takes_the_head_as_it_is(job):
    job.event(None)
    expect(job.run("--publish", "comment,status"), 0)
    assert "sha=" + HEAD in ours(job)
    equal(job.peer.statuses[0]["sha"], HEAD)


@with_faults
def options_come_before_the_environment(job):
    job.event(None)
    job.environment.update({"GITHUB_REF": "refs/heads/main", "GITHUB_REPOSITORY": "other/name"})
    expect(comment(job, "--pr", "7", "--sha", HEAD, "--repo", REPOSITORY), 0)
    ours(job)


# ---- what changed ------------------------------------------------------------------------------

def patch(job, *arguments, publish="comment"):
    """The patch of the result, and what is said of a change that is not known."""
    job.run("--publish", publish, "-o", "json:result.json", "--fail-under", "patch=50",
            "--comment-author", job.peer.login, *arguments)
    result = json.loads(job.read("result.json"))
    notes = [note["message"] for note in result["audit"] if note["code"] == "change-unknown"]
    return result["totals"]["patch"], notes


def new_lines(path, first, count):
    return ("diff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n@@ -%d,0 +%d,%d @@\n" %
            (path, path, path, path, first - 1, first, count)) + "+x\n" * count


def changed(path, first, count, **more):
    hunk = "@@ -%d,0 +%d,%d @@\n" % (first - 1, first, count) + "+x\n" * count
    return dict({"filename": path, "status": "modified", "additions": count, "deletions": 0,
                 "patch": hunk.rstrip("\n")}, **more)


@with_faults
def a_job_without_history_asks_what_changed(job):
    job.environment["GITHUB_BASE_REF"] = "main"
    job.peer.diff = new_lines("src/a.py", 7, 4)
    found, notes = patch(job)
    expect(job, 0)
    equal((found["covered"], found["total"], notes), (2, 4, []))
    assert "2 of 4" in ours(job)
    equal(len([r for r in job.peer.requests if r.wants_diff()]), 1)


@with_faults
def a_change_too_large_is_read_file_by_file(job):
    job.peer.files = [changed("src/a.py", 7, 2), changed("src/b%d.py" % 1, 1, 1)] + [
        changed("doc/%03d.txt" % i, 1, 1) for i in range(150)]
    found, notes = patch(job)
    expect(job, 0)
    equal((found["covered"], found["total"], notes), (2, 2, []))
    equal(found["files_without_data"], ["src/b1.py"])
    equal(len(job.peer.sent("GET", "/files")), 2)


@with_faults
def of_every_file_its_status_counts(job):
    job.peer.files = [
        changed("src/a.py", 7, 1, status="renamed", previous_filename="old.py"),
        changed("src/gone.py", 1, 0, status="removed", deletions=3, patch="@@ -1,3 +0,0 @@\n-1\n-2\n-3"),
        {"filename": "logo.png", "status": "added", "additions": 0, "deletions": 0},
        changed("src/new.py", 1, 2, status="added", patch="@@ -0,0 +1,2 @@\n+1\n+2\n\\ No newline at end of file"),
        {"filename": "same.py", "status": "unchanged", "additions": 0, "deletions": 0}]
    found, notes = patch(job)
    equal((found["covered"], found["total"], notes), (1, 1, []))
    equal(found["files_without_data"], ["src/new.py"])


@with_faults
def what_the_server_leaves_out_is_told(job):
    job.peer.files = [changed("src/a.py", 7, 2), changed("src/big.py", 1, 9000, patch=None),
                      changed("src/odd.py", 1, 2, patch="@@ -0,0 +1,2 @@\n+1")]
    job.peer.pull["changed_files"] = 4000
    found, notes = patch(job)
    expect(job, 0)
    equal((found["covered"], found["total"], len(notes)), (2, 2, 3))
    assert "3 of 4000 changed files" in notes[0], notes
    assert "'src/big.py'" in notes[1] and "'src/odd.py'" in notes[2], notes


@with_faults
def a_change_that_can_t_be_had_fails_its_gate_alone(job):
    job.peer.fault("GET", "/pulls/7/files", 404)
    found, notes = patch(job)
    expect(job, 1)
    equal((found, len(notes)), (None, 1))
    ours(job)


@with_faults
def a_change_is_not_waited_for(job):
    job.peer.fault("GET", "/pulls/7", Answer(429, RATE_LIMIT, {"Retry-After": "50"}))
    start = time.monotonic()
    found, notes = patch(job)
    assert found is None and "rate limit" in notes[0] and time.monotonic() - start < 20
    ours(job)
    job.peer.fault("GET", "/pulls/7/files", *[500] * 9)
    patch(job)
    equal(len(job.peer.sent("GET", "/files")), 2)
    ours(job)


@with_faults
def of_a_later_head_nothing_is_known(job):
    job.peer.diff = new_lines("src/a.py", 7, 4)
    job.peer.pull["head"] = OTHER
    found, notes = patch(job)
    equal((found, len(notes)), (None, 1))
    assert "ddddddd" in notes[0] and "aaaaaaa" in notes[0], notes


@with_faults
def a_merge_queue_is_of_no_one_pull_request(job):
    ref = "refs/heads/gh-readonly-queue/main/pr-7-" + BASE
    job.event({"merge_group": {"head_sha": MERGE, "head_ref": ref}})
    job.environment["GITHUB_REF"] = ref
    job.peer.diff = new_lines("src/a.py", 7, 4)
    equal(patch(job), (None, []))


@with_faults
def a_fork_s_second_step_knows_the_change(job):
    a_workflow_run_finds_a_fork(job)
    job.peer.diff = new_lines("src/a.py", 9, 2)
    found, _ = patch(job)
    expect(job, 1)
    equal((found["covered"], found["total"]), (0, 2))


@with_faults
def what_is_given_is_not_asked_for(job):
    job.peer.diff = new_lines("src/a.py", 7, 4)
    job.write("change.diff", new_lines("src/a.py", 1, 3))
    equal(patch(job, "--diff", "change.diff")[0]["total"], 3)
    assert not [r for r in job.peer.requests if r.wants_diff()]


@with_faults
def a_base_is_asked_for_where_its_history_is_cut(job):
    job.environment["GITHUB_BASE_REF"] = "main"
    job.peer.diff = new_lines("src/a.py", 7, 4)
    equal(patch(job, "--diff-base", "origin/main")[0]["total"], 4)
    job.run("--publish", "comment", "--diff-base", "elsewhere")
    expect(job, 2)


@with_faults
def without_the_network_nobody_is_asked(job):
    job.environment["GITHUB_BASE_REF"] = "main"
    job.peer.diff = new_lines("src/a.py", 7, 4)
    equal(patch(job, publish="annotations,summary")[0], None)
    equal(patch(job, "--dry-run")[0], None)
    equal(job.peer.requests, [])


@with_faults
def a_read_only_token_learns_the_change(job):
    job.peer.diff = new_lines("src/a.py", 7, 4)
    job.environment["GITHUB_TOKEN"] = job.peer.read_only_token()
    equal(patch(job)[0]["total"], 4)


# ---- whose and when ----------------------------------------------------------------------------

@with_faults
def the_author_is_the_token_s(job):
    job.peer.add_comment("stranger", MARKER + "run=1 -->")
    expect(job.run("--publish", "comment"), 0)
    ours(job)
    equal(len(job.peer.sent("GET", "/user")), 1)


@with_faults
def a_job_s_token_writes_as_github_actions(job):
    job.peer.user_status = 403
    job.peer.login = "github-actions[bot]"
    expect(job.run("--publish", "comment"), 0)
    expect(again(job).run("--publish", "comment"), 0)
    ours(job)


@with_faults
def a_newer_run_s_comment_stays(job):
    expect(comment(again(job)), 0)
    first = ours(job)
    job.write("coverage.xml", coverage(5))
    expect(comment(job), 0)
    equal(ours(job), first)
    assert "newer" in job.err


@with_faults
def what_is_written_while_a_long_list_is_read_stays(job):
    expect(comment(job), 0)
    for number in range(120):
        job.peer.add_comment(job.peer.login, "comment %d" % number)

    def newer(server, request):
        found = server.ours()[0]
        found["body"] = found["body"].replace("run=100", "run=999")

    job.peer.fault("GET", "/7/comments", None, newer)
    later = again(job)
    later.write("coverage.xml", coverage(5))
    expect(comment(later), 0)
    assert "run=999" in ours(job) and "80.00 %" in ours(job)


@with_faults
def on_changes_only(job):
    expect(comment(job, "--comment-when", "changes"), 0)
    first = ours(job)
    later = again(job)
    later.event(pull_event(head=HEAD))
    expect(comment(later, "--comment-when", "changes"), 0)
    equal(ours(job), first)
    later.write("coverage.xml", coverage(5))
    expect(comment(later, "--comment-when", "changes"), 0)
    assert "50.00 %" in ours(job)


@with_faults
def on_changes_from_a_baseline_only(job):
    expect(job.run("-o", "json:base.json"), 0)
    arguments = ("--comment-when", "changes", "--baseline", str(job.folder / "base.json"))
    expect(comment(job, *arguments), 0)
    equal(job.peer.comments, [])
    job.write("coverage.xml", coverage(5))
    expect(comment(job, *arguments), 0)
    assert "50.00 %" in ours(job)
    back = again(job)
    expect(comment(back, *arguments), 0)
    assert "80.00 %" in ours(job)


@with_faults
def on_failures_only(job):
    expect(comment(job, "--comment-when", "failures"), 0)
    equal(job.peer.comments, [])
    expect(comment(job, "--comment-when", "failures", "--fail-under", "90"), 1)
    assert "failed" in ours(job)
    expect(comment(again(job), "--comment-when", "failures"), 0)
    assert "run=101" in ours(job)


@with_faults
def a_hostile_marker_does_no_harm(job):
    job.peer.add_comment(job.peer.login, MARKER + "run=9999999999999999999999 attempt=x -->")
    expect(comment(job), 0)
    assert "run=100" in ours(job)


# ---- check run and status ----------------------------------------------------------------------

@with_faults
def a_check_run_is_filled_in_chunks(job):
    job.write("junit.xml", junit(failed=120))
    expect(job.run("--publish", "check"), 1)
    equal([len(r.json()["output"].get("annotations", [])) for r in job.peer.sent("PATCH")],
          [50, 50, 20])
    equal([r.json().get("status") for r in job.peer.sent("PATCH")], [None, None, "completed"])
    equal(job.peer.sent("POST")[0].json()["status"], "in_progress")
    equal(len(job.peer.check_runs[0]["annotations"]), 120)
    equal(job.peer.check_runs[0]["head_sha"], HEAD)


@with_faults
def a_check_run_deceives_nobody(job):
    job.write("junit.xml", junit(failed=1, name="x\u202ey&#10;z", message="a\u2066b&#10;c&#9;d \u00e9" +
                                 "\u65e5" * 3000))
    expect(job.run("--publish", "check"), 1)
    note = job.peer.check_runs[0]["annotations"][0]
    equal(note["title"], "failed: c x\\u202ey\\nz (default)")
    assert note["message"].startswith("a\\u2066b\nc\\td \u00e9\u65e5")
    assert 3900 < len(note["message"].encode()) < 4100 and "\ufffd" not in note["message"]


@with_faults
def a_check_run_is_completed_on_failure(job):
    job.write("junit.xml", junit(failed=120))
    job.peer.fault("PATCH", "/check-runs", None, Answer(422, {"message": "no"}))
    expect(job.run("--publish", "check"), 4)
    equal(job.peer.check_runs[0]["status"], "completed")


@with_faults
def a_check_run_that_is_lost_is_found(job):
    job.peer.fault("POST", "/check-runs", done_then_reset)
    expect(job.run("--publish", "check"), 0)
    equal(len(job.peer.check_runs), 1)
    equal(job.peer.check_runs[0]["status"], "completed")


@with_faults
def a_status_is_written_once(job):
    expect(job.run("--publish", "status"), 0)
    expect(again(job).run("--publish", "status"), 0)
    equal(len(job.peer.statuses), 1)
    equal((job.peer.statuses[0]["context"], job.peer.statuses[0]["state"]), ("muster", "success"))
    expect(again(job).run("--publish", "status", "--fail-under", "90"), 1)
    equal(job.peer.statuses[1]["state"], "failure")


# ---- the runner's files and commands -----------------------------------------------------------

def no_commands(text):
    for line in text.splitlines():
        assert not line.lstrip().startswith("::") and "##[" not in line, line


@with_faults
def outputs_tell_the_result(job):
    job.write("junit.xml", junit(failed=1))
    job.write("output", "before=1\n")
    expect(job.run("--publish", "comment,outputs", "--comment-author", job.peer.login), 1)
    outputs = job.outputs()
    assert job.read("output").startswith("before=1\n")
    equal((outputs["verdict"], outputs["lines"], outputs["lines-covered"]), ("fail", "80.00", "8"))
    equal((outputs["tests"], outputs["tests-failed"], outputs["functions"]), ("4", "1", ""))
    assert outputs["comment-url"].startswith("https://example.invalid/comment/")


@with_faults
def outputs_are_those_of_the_action(job):
    action = pathlib.Path(__file__).resolve().parents[2] / "action.yml"
    names = re.findall(r"steps\.muster\.outputs\.([\w-]+)", action.read_text(encoding="utf-8"))
    expect(job.run("--publish", "outputs"), 0)
    assert "patch" in names and not set(names) - set(job.outputs()), names


@with_faults
def annotations_are_ten_at_most(job):
    job.write("junit.xml", junit(failed=25))
    expect(job.run("--publish", "annotations"), 1)
    lines = job.out.splitlines()
    equal(len(lines), 10)
    assert lines[0].startswith("::error title=failed%3A c test_0 (default),file=src/a.py,line=1,")
    assert lines[0].endswith("::expected 1, got 2")
    equal(lines[9], "::error title=muster::16 more failing tests")


@with_faults
def annotations_show_uncovered_changes(job):
    hits = {1: 1, 2: 1, 5: 0, 8: 0, 9: 1, 10: 0}
    job.write("coverage.xml", COVERAGE % "".join('<line number="%d" hits="%d"/>' % line
                                                 for line in hits.items()))
    job.write("change.diff", "--- a/src/a.py\n+++ b/src/a.py\n@@ -1,4 +1,10 @@\n"
              " 1\n 2\n 3\n+4\n+5\n+6\n+7\n+8\n 9\n+10\n")
    expect(job.run("--publish", "annotations,check", "--diff", "change.diff"), 0)
    equal(job.out.splitlines(), [
        "::warning title=not covered,file=src/a.py,line=5,endLine=8::lines 5 to 8 are not covered",
        "::warning title=not covered,file=src/a.py,line=10,endLine=10::line 10 is not covered"])
    equal([(note["path"], note["start_line"], note["end_line"], note["annotation_level"])
           for note in job.peer.check_runs[0]["annotations"]],
          [("src/a.py", 5, 8, "warning"), ("src/a.py", 10, 10, "warning")])


@with_faults
def annotations_hold_no_commands(job):
    job.write("junit.xml", junit(failed=1, name="x::error file=y,line=1::z%0A##[error]w",
                                 message="a%0A&#10;::warning::b &#13;##[group]c", file="a,b:c.py"))
    expect(job.run("--publish", "annotations"), 1)
    equal(len(job.out.splitlines()), 1)
    assert "##[" not in job.out and "%250A" in job.out
    equal(job.out.count("::"), 4)       # two of the command, two of the message


@with_faults
def other_outputs_keep_standard_output(job):
    job.write("junit.xml", junit(failed=1))
    expect(job.run("--publish", "annotations", "-o", "json:-"), 1)
    assert job.out.startswith("{") and "::error" not in job.out and "::error" in job.err


@with_faults
def a_summary_is_appended(job):
    job.write("summary", "before\n")
    expect(job.run("--publish", "summary"), 0)
    assert job.read("summary").startswith("before\n\n## ")


@with_faults
def a_full_summary_fails(job):
    job.write("summary", "x" * 1000000)
    expect(job.run("--publish", "summary"), 4)
    equal(len(job.read("summary")), 1000000)


@with_faults
def what_is_not_there_fails(job):
    for name in ("GITHUB_TOKEN", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        del job.environment[name]
    for publisher in ("comment", "check", "status", "outputs", "summary"):
        expect(job.run("--publish", publisher), 4)
        assert publisher + ": " in job.err
    del job.environment["GITHUB_ACTIONS"]
    expect(job.run("--publish", "github"), 0)
    assert "published nowhere: " in job.err
    equal(job.peer.requests, [])


@with_faults
def all_that_is_permitted(job):
    expect(job.run("--publish", "github", "--comment-author", job.peer.login), 0)
    ours(job)
    equal((len(job.peer.check_runs), len(job.peer.statuses)), (1, 1))
    assert job.read("summary") and job.outputs()["verdict"] == "pass"


@with_faults
def the_verdict_is_told_when_publishing_fails(job):
    job.environment["GITHUB_TOKEN"] = "wrong"
    expect(comment(job, "--fail-under", "90"), 4)
    assert job.err.startswith("muster: the verdict is fail: 1 of 2 gates failed; publishing failed:\n")
