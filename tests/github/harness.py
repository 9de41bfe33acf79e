"""Runs muster against a stand-in for GitHub: reports, a runner's environment, what came of it."""
import json
import os
import pathlib
import subprocess
import tempfile

from server import BASE, HEAD, MERGE, REPOSITORY

COVERAGE = """<coverage><packages><package name="p"><classes><class name="c" filename="src/a.py">
<lines>%s</lines></class></classes></package></packages></coverage>"""


def coverage(covered=8, total=10):
    return COVERAGE % "".join('<line number="%d" hits="%d"/>' % (i + 1, i < covered)
                              for i in range(total))


def junit(passed=3, failed=0, name="test_%d", message="expected 1, got 2", file="src/a.py"):
    cases = ['<testcase classname="c" name="good_%d"/>' % i for i in range(passed)]
    cases += ['<testcase classname="c" name="%s" file="%s" line="%d"><failure message="%s"/>'
              "</testcase>" % (name.replace("%d", str(i)), file, i + 1, message)
              for i in range(failed)]
    return "<testsuite>%s</testsuite>" % "".join(cases)


def pull_event(head=HEAD, number=7, repository=REPOSITORY):
    return {"pull_request": {"number": number, "head": {"sha": head},
                             "base": {"sha": BASE, "repo": {"full_name": repository}}}}


class Job:
    """One run of muster in a folder of its own."""

    def __init__(self, program, peer):
        self.program = program
        self.peer = peer
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "GITHUB_API_URL": peer.url,
            "GITHUB_REPOSITORY": peer.repository,
            "GITHUB_TOKEN": peer.token,
            "GITHUB_SHA": MERGE,
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_RUN_ID": "100",
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.write("coverage.xml", coverage())
        self.event(pull_event(peer.head, peer.number, peer.repository))

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name):
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else None

    def event(self, payload):
        """The payload of the event that the run is of; None: there is none."""
        self.environment.pop("GITHUB_EVENT_PATH", None)
        if payload is not None:
            self.write("event.json", json.dumps(payload))
            self.environment["GITHUB_EVENT_PATH"] = str(self.folder / "event.json")

    def start(self, *arguments):
        """Starts muster; finish() waits for it."""
        self.arguments = [self.program, "--root", str(self.folder), *arguments, "coverage.xml"]
        if (self.folder / "junit.xml").exists():
            self.arguments.append("junit.xml")
        self.process = subprocess.Popen(self.arguments, cwd=self.folder, env=self.environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        return self

    def finish(self):
        out, err = self.process.communicate(timeout=240)
        self.status = self.process.returncode
        self.out = out.decode()
        self.err = err.decode()
        return self

    def run(self, *arguments):
        return self.start(*arguments).finish()

    def outputs(self):
        """What $GITHUB_OUTPUT holds, read as a runner does."""
        found = {}
        lines = iter((self.read("output") or "").splitlines())
        for line in lines:
            name, _, delimiter = line.partition("<<")
            if not delimiter:
                continue
            value = []
            for inner in lines:
                if inner == delimiter:
                    break
                value.append(inner)
            found[name] = "\n".join(value)
        return found
