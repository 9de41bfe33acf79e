"""A small stand-in for GitHub's API on loopback that goes wrong where it is told to.

It keeps comments, check runs and statuses of one pull request, and remembers every request.  A
fault is a function that is asked before a request is served; it answers itself, or lets it pass.
"""
import http.server
import json
import re
import socket
import threading
import time

HEAD = "a" * 40
BASE = "b" * 40
MERGE = "c" * 40
REPOSITORY = "owner/name"
TOKEN = "ghs_0123456789abcdefTOKEN"
BOT = "muster-bot"
DIFF = "application/vnd.github.diff"


class Request:
    """One request as it came."""

    def __init__(self, handler, body):
        self.method = handler.command
        self.target = handler.path
        self.path, _, self.query = handler.path.partition("?")
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.body = body
        self.handler = handler

    def json(self):
        return json.loads(self.body) if self.body else None

    def wants_diff(self):
        return self.headers.get("accept") == DIFF

    def parameter(self, name, default):
        found = re.search(r"(?:^|&)%s=([^&]*)" % name, self.query)
        return found.group(1) if found else default


class Answer(Exception):
    """Ends the serving of a request with this answer."""

    def __init__(self, status, body=None, headers=None):
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = headers or {}


class NoAnswer(Exception):
    """Ends the serving of a request with nothing more to say."""


class Server:
    """State, faults and the record of one server."""

    def __init__(self, prefix=""):
        self.prefix = prefix
        self.lock = threading.RLock()
        self.requests = []
        self.faults = []
        self.comments = []
        self.check_runs = []
        self.statuses = []
        self.login = BOT
        self.pull = {"number": 7, "state": "open", "locked": False, "head": HEAD}
        self.diff = None
        self.files = []
        self.commit_pulls = {HEAD: [7]}
        self.branch_pulls = {}
        self.branches = {}
        self.next_id = 5_000_000_000
        self.user_status = 200
        handler = type("Bound", (Handler,), {"server_state": self})
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def origin(self):
        return "http://127.0.0.1:%d" % self.port

    @property
    def url(self):
        return self.origin + self.prefix

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    # ---- what a case sets up and looks at

    def add_comment(self, author, body):
        with self.lock:
            self.next_id += 1
            comment = {"id": self.next_id, "user": {"login": author}, "body": body,
                       "html_url": "https://example.invalid/comment/%d" % self.next_id}
            self.comments.append(comment)
            return comment

    def ours(self):
        return [c for c in self.comments
                if c["user"]["login"] == self.login and c["body"].startswith("<!-- muster:")]

    def sent(self, method, pattern=""):
        return [r for r in self.requests if r.method == method and re.search(pattern, r.path)]

    def fault(self, method, pattern, *steps):
        """Each step serves one matching request: a number is a bare status, a callable answers."""
        left = list(steps)

        def serve(request):
            if not left or request.method != method or not re.search(pattern, request.path):
                return
            step = left.pop(0)
            if step is None:
                return
            if isinstance(step, int):
                raise Answer(step, {"message": ""})
            if isinstance(step, Answer):
                raise step
            step(self, request)

        self.faults.append(serve)

    # ---- the API

    def serve(self, request):
        with self.lock:
            self.requests.append(request)
            for fault in self.faults:
                fault(request)
            if request.headers.get("authorization") != "Bearer " + TOKEN:
                raise Answer(401, {"message": "Bad credentials"})
            if not request.headers.get("user-agent"):
                raise Answer(403, {"message": "Request forbidden by administrative rules."})
            if not request.path.startswith(self.prefix + "/"):
                raise Answer(404, {"message": "Not Found"})
            self.route(request, request.path[len(self.prefix):])

    def route(self, request, path):
        repo = "/repos/" + REPOSITORY
        number = self.pull["number"]
        routes = [
            ("GET", r"/user", self.user),
            ("GET", r"%s/pulls/%d" % (repo, number), self.get_pull),
            ("GET", r"%s/pulls/%d/files" % (repo, number), self.list_files),
            ("GET", r"%s/pulls" % repo, self.list_pulls),
            ("GET", r"%s/commits/(\w+)/pulls" % repo, self.list_commit_pulls),
            ("GET", r"%s/issues/%d/comments" % (repo, number), self.list_comments),
            ("POST", r"%s/issues/%d/comments" % (repo, number), self.post_comment),
            ("GET", r"%s/issues/comments/(\d+)" % repo, self.get_comment),
            ("PATCH", r"%s/issues/comments/(\d+)" % repo, self.patch_comment),
            ("DELETE", r"%s/issues/comments/(\d+)" % repo, self.delete_comment),
            ("POST", r"%s/check-runs" % repo, self.post_check),
            ("PATCH", r"%s/check-runs/(\d+)" % repo, self.patch_check),
            ("GET", r"%s/commits/(\w+)/check-runs" % repo, self.list_checks),
            ("GET", r"%s/commits/(\w+)/status" % repo, self.get_status),
            ("POST", r"%s/statuses/(\w+)" % repo, self.post_status),
        ]
        for method, pattern, serve in routes:
            found = re.fullmatch(pattern, path)
            if found and method == request.method:
                serve(request, *found.groups())
        raise Answer(404, {"message": "Not Found"})

    def page(self, request, items, wrap=lambda part: part):
        size = min(int(request.parameter("per_page", "30")), 100)
        page = int(request.parameter("page", "1"))
        headers = {}
        if page * size < len(items):
            target = re.sub(r"([?&]page=)\d+", r"\g<1>%d" % (page + 1), request.target)
            headers["Link"] = '<%s%s>; rel="next"' % (self.origin, target)
        raise Answer(200, wrap(items[(page - 1) * size:page * size]), headers)

    def user(self, request):
        if self.user_status != 200:
            raise Answer(403, {"message": "Resource not accessible by integration"})
        raise Answer(200, {"login": self.login})

    def pull_json(self, number=None):
        number = number or self.pull["number"]
        owner, branch = self.branches.get(number, (None, None))
        return {"number": number, "state": self.pull["state"],
                "changed_files": self.pull.get("changed_files", len(self.files)),
                "head": {"sha": self.pull["head"], "ref": branch,
                         "user": owner and {"login": owner}},
                "base": {"sha": BASE, "repo": {"full_name": REPOSITORY}}}

    def get_pull(self, request):
        if request.wants_diff() and self.diff is None:
            raise Answer(406, {"message": "Sorry, the diff exceeded the maximum number of files"})
        if request.wants_diff():
            raise Answer(200, self.diff.encode())
        raise Answer(200, self.pull_json())

    def list_files(self, request):
        self.page(request, self.files)

    def list_pulls(self, request):
        numbers = self.branch_pulls.get(request.parameter("head", ""), [])
        raise Answer(200, [self.pull_json(number) for number in numbers])

    def list_commit_pulls(self, request, sha):
        raise Answer(200, [self.pull_json(number) for number in self.commit_pulls.get(sha, [])])

    def list_comments(self, request):
        self.page(request, self.comments)

    def find_comment(self, number):
        for comment in self.comments:
            if comment["id"] == int(number):
                return comment
        raise Answer(404, {"message": "Not Found"})

    def check_body(self, request):
        if self.pull["locked"]:
            raise Answer(403, {"message": "Unable to create comment because issue is locked."})
        if len(request.json()["body"]) > 65536:
            raise Answer(422, {"message": "Validation Failed", "errors": [
                {"field": "body", "code": "custom", "message": "body is too long"}]})

    def post_comment(self, request):
        self.check_body(request)
        raise Answer(201, self.add_comment(self.login, request.json()["body"]))

    def get_comment(self, request, number):
        raise Answer(200, self.find_comment(number))

    def patch_comment(self, request, number):
        comment = self.find_comment(number)
        self.check_body(request)
        comment["body"] = request.json()["body"]
        raise Answer(200, comment)

    def delete_comment(self, request, number):
        self.comments.remove(self.find_comment(number))
        raise Answer(204)

    def post_check(self, request):
        self.next_id += 1
        run = dict(request.json(), id=self.next_id, annotations=[])
        self.check_runs.append(run)
        raise Answer(201, run)

    def patch_check(self, request, number):
        run = next(r for r in self.check_runs if r["id"] == int(number))
        change = request.json()
        notes = change["output"].pop("annotations", [])
        if len(notes) > 50:
            raise Answer(422, {"message": "Validation Failed"})
        run["annotations"] += notes
        run.update(change)
        raise Answer(200, run)

    def list_checks(self, request, sha):
        runs = [r for r in self.check_runs if r["head_sha"] == sha]
        self.page(request, runs, lambda part: {"total_count": len(runs), "check_runs": part})

    def get_status(self, request, sha):
        newest = {s["context"]: s for s in self.statuses if s["sha"] == sha}
        self.page(request, list(newest.values()), lambda part: {"statuses": part})

    def post_status(self, request, sha):
        status = dict(request.json(), sha=sha)
        if len(status["description"]) > 140:
            raise Answer(422, {"message": "Validation Failed"})
        self.statuses.append(status)
        raise Answer(201, status)


class Handler(http.server.BaseHTTPRequestHandler):
    """Sends what the server's state answers."""

    protocol_version = "HTTP/1.1"
    server_state = None

    def log_message(self, *arguments):
        pass

    def handle_any(self):
        length = int(self.headers.get("Content-Length", "0"))
        request = Request(self, self.rfile.read(length).decode())
        try:
            self.server_state.serve(request)
        except Answer as answer:
            self.send(answer.status, answer.body, answer.headers)
        except NoAnswer:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    do_GET = do_POST = do_PATCH = do_DELETE = handle_any

    def send(self, status, body, headers):
        text = body if isinstance(body, bytes) else b"" if body is None else \
            json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


# ---- faults that are more than an answer

def reset(server, request):
    """Closes the connection without an answer."""
    raise NoAnswer


def done_then_reset(server, request):
    """Carries the request out, then closes the connection without an answer."""
    try:
        server.route(request, request.path[len(server.prefix):])
    except Answer:
        raise NoAnswer from None


def cut(server, request):
    """An answer that ends before it should."""
    request.handler.send_response(200)
    request.handler.send_header("Content-Length", "1000")
    request.handler.end_headers()
    request.handler.wfile.write(b'[{"id":')
    raise NoAnswer


def silent(seconds):
    """Says nothing for a while."""
    def serve(server, request):
        server.lock.release()
        try:
            time.sleep(seconds)
        finally:
            server.lock.acquire()
        raise NoAnswer
    return serve


def broken(server, request):
    raise Answer(200, b'[{"id": 1, "body": "cut')


def redirect(status, url):
    return Answer(status, {}, {"Location": url})
