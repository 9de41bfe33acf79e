"""Stand-ins for GitHub that others wrote: emulate keeps state, and Prism before it holds every
request against GitHub's own description.  npm installs them below the working folder, by the lock
file.  Both listen on loopback and end with the tests."""
import atexit
import base64
import itertools
import json
import os
import pathlib
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
WORK = pathlib.Path("npm/github")
DOCUMENT = "node_modules/@octokit/openapi/generated/api.github.com.json"
READY_SECONDS = 60
LIMIT = 5000                    # requests that emulate lets a token make in an hour


def install():
    """npm ci, once for each lock file."""
    WORK.mkdir(parents=True, exist_ok=True)
    lock, installed = HERE / "package-lock.json", WORK / "installed"
    if not installed.exists() or installed.read_text() != lock.read_text():
        shutil.copy(HERE / "package.json", WORK)
        shutil.copy(lock, WORK)
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"],
                       cwd=WORK, check=True)
        shutil.copy(lock, installed)
    for name in ("seed.mjs", "openapi.mjs"):
        shutil.copy(HERE / name, WORK)
    subprocess.run(["node", "openapi.mjs", DOCUMENT, "github.json"], cwd=WORK, check=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment():
    """Node before 19 has the cryptography that emulate wants only on demand."""
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    old = int(version.stdout.lstrip("v").split(".")[0]) < 19
    return dict(os.environ, **{"NODE_OPTIONS": "--experimental-global-webcrypto"} if old else {})


def start(*arguments):
    """A process that is ended with the tests, its output in a file."""
    log = open(WORK / ("%s.log" % pathlib.Path(arguments[1]).stem), "w+", encoding="utf-8")
    process = subprocess.Popen(arguments, cwd=WORK, env=environment(), stdin=subprocess.DEVNULL,
                               stdout=log, stderr=subprocess.STDOUT)
    atexit.register(process.wait)
    atexit.register(process.kill)
    return process, log


def wait_for(process, log, sign):
    """The first line of the output that holds the sign."""
    for _ in range(READY_SECONDS * 10):
        log.seek(0)
        for line in log:
            if sign in line and line.endswith("\n"):
                return line
        if process.poll() is not None:
            break
        time.sleep(0.1)
    log.seek(0)
    raise RuntimeError("not ready: %s\n%s" % (process.args, log.read()[-2000:]))


class World:
    """emulate and Prism, running."""

    def __init__(self):
        install()
        process, log = start("node", "seed.mjs", str(free_port()))
        seed = json.loads(wait_for(process, log, '"origin"'))
        self.__dict__.update(seed)
        port = free_port()
        process, log = start("node", "node_modules/.bin/prism", "proxy", "--errors",
                             "-h", "127.0.0.1", "-p", str(port), "github.json", self.origin)
        wait_for(process, log, "Prism is listening")
        self.proxy = "http://127.0.0.1:%d" % port
        self.numbers = itertools.count(1)
        self.lock = threading.Lock()

    def call(self, method, path, token=None, body=None):
        """What emulate answers, asked without Prism."""
        request = urllib.request.Request(self.origin + path, method=method)
        request.add_header("Authorization", "Bearer " + (token or self.user))
        request.add_header("User-Agent", "tests")
        data = None if body is None else json.dumps(body).encode()
        if data:
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, data) as answer:
            text = answer.read()
            return json.loads(text) if text else None


class EmulatePeer:
    """A pull request of its own in the one repository."""

    stranger = "ci-bot"

    def __init__(self, world):
        self.world = world
        self.url = world.proxy
        self.repository = world.repository
        self.repo = "/repos/" + world.repository
        self.token = world.bot
        self.login = "muster[bot]"
        with world.lock:
            self.open_pull("topic-%d" % next(world.numbers))

    def open_pull(self, branch):
        call = self.world.call
        main = call("GET", self.repo + "/git/ref/heads/main")["object"]["sha"]
        call("POST", self.repo + "/git/refs", body={"ref": "refs/heads/" + branch, "sha": main})
        call("PUT", "%s/contents/%s.txt" % (self.repo, branch), body={
            "message": branch, "branch": branch,
            "content": base64.b64encode(branch.encode()).decode()})
        pull = call("POST", self.repo + "/pulls", body={"title": branch, "head": branch,
                                                       "base": "main"})
        self.number = pull["number"]
        self.head = pull["head"]["sha"]

    def close(self):
        pass

    @property
    def comments(self):
        found = []
        for page in itertools.count(1):
            part = self.world.call("GET", "%s/issues/%d/comments?per_page=100&page=%d" %
                                   (self.repo, self.number, page))
            found += part
            if len(part) < 100:
                return found

    def add_comment(self, author, body):
        token = self.token if author == self.login else self.world.user
        self.world.call("POST", "%s/issues/%d/comments" % (self.repo, self.number), token,
                        {"body": body})

    def delete_comments(self, author):
        for comment in self.comments:
            if comment["user"]["login"] == author:
                self.world.call("DELETE", "%s/issues/comments/%d" % (self.repo, comment["id"]))

    def close_pull(self):
        self.world.call("PATCH", "%s/pulls/%d" % (self.repo, self.number), body={"state": "closed"})

    def read_only_token(self):
        return self.world.reader

    def check_run(self):
        return self.world.call("GET", "%s/commits/%s/check-runs" %
                               (self.repo, self.head))["check_runs"][0]


def an_exhausted_limit_ends_it(job):
    """The one limit that emulate keeps is real: so many requests and no more."""
    world, token = job.peer.world, job.peer.world.spent
    try:
        for _ in range(LIMIT + 1):
            world.call("GET", "/rate_limit", token)
    except urllib.error.HTTPError as error:
        assert error.code == 403, error.code
    job.environment["GITHUB_TOKEN"] = token
    job.run("--publish", "comment,check", "--comment-author", job.peer.login)
    assert job.status == 4, job.err
    assert "rate limit" in job.err and "it is over at" in job.err, job.err
    assert job.peer.comments == []


def a_status_keeps_the_contract(job):
    """emulate knows no statuses, but what Prism finds wrong would not come so far."""
    job.run("--publish", "status")
    assert job.status == 4 and "404" in job.err, job.err


def peers(shared):
    """The rows of tests/github/run for the shared cases and those of emulate alone."""
    world = World()
    return [("emulate", case, lambda: EmulatePeer(world))
            for case in shared + [an_exhausted_limit_ends_it, a_status_keeps_the_contract]]
